"""Knowsley, stage 2, line manager to line manager: K11 to K13, and the records of K3 and K10."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.interview import question_for
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.recording import record_script
from escalate.core.answers import Answers
from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered, told
from tests.rules.scenario import confirmed, done, knowsley, reopened, scenario, withdrawn


@pytest.mark.parametrize(
    ("start", "missed_on", "late_on"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_k11_it_goes_to_the_line_managers_the_same_working_day_as_the_date_for_resolving(
    start: str, missed_on: str, late_on: str
) -> None:
    case = scenario(decision_received_on=start)
    owed = case["stage-1-escalate"]

    assert (owed.due_on, owed.shows_from) == (date.fromisoformat(missed_on), date.fromisoformat(missed_on))
    assert "stage-1-escalate" not in case.then(entered("2", missed_on))
    assert case.then(entered("2", late_on))["stage-1-escalate"].is_missed


def test_k11_of_two_dates_missed_the_earlier_governs() -> None:
    case = scenario(told("2026-04-01"))

    owed = case["stage-1-escalate"]

    assert (owed.due_on, owed.working.started_by) == (
        date(2026, 4, 8),
        "the last day for this was reached: "
        "speak to the professional with concerns and look for a way forward both agree",
    )
    assert [on for _, on in owed.working.also] == [date(2026, 4, 10)]


def test_k11_the_other_reading_waits_for_the_date_for_resolving() -> None:
    case = scenario(told("2026-04-01"))

    reading = case["stage-1-escalate"].working.readings[-1]

    assert reading.doubt == "stage-2-which-time"
    assert [other.gives for other in reading.others] == [date(2026, 4, 10)]
    assert case.following(stage_2_which_time="resolve")["stage-1-escalate"].due_on == date(2026, 4, 10)


@pytest.mark.parametrize(
    ("failed_on", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-02", "2026-04-02", "2026-04-03", id="a working day"),
        pytest.param("2026-04-03", "2026-04-07", "2026-04-08", id="good friday"),
        pytest.param("2026-04-04", "2026-04-07", "2026-04-08", id="a saturday"),
    ],
)
def test_k11_failing_to_agree_before_the_date_sends_it_up_the_same_working_day(
    failed_on: str, last_day: str, first_day_late: str
) -> None:
    case = scenario(ended("1", "unresolved", failed_on))

    assert case["stage-1-escalate"].due_on == date.fromisoformat(last_day)
    assert not case.then(entered("2", last_day))["stage-1-escalate"].is_missed
    assert case.then(entered("2", first_day_late))["stage-1-escalate"].is_missed


@pytest.mark.parametrize(
    ("failed_on", "last_day"),
    [("2026-08-29", "2026-09-01"), ("2026-12-25", "2026-12-29"), ("2027-01-01", "2027-01-04")],
)
def test_k11_the_same_working_day_as_a_day_off_is_the_next_working_day(failed_on: str, last_day: str) -> None:
    case = scenario(ended("1", "unresolved", failed_on), decision_received_on=failed_on)

    assert case["stage-1-escalate"].due_on == date.fromisoformat(last_day)


def test_k11_silence_and_time_run_out_send_it_up_as_failing_to_agree_does() -> None:
    for outcome in ("no response", "out of time"):
        assert scenario(ended("1", outcome, "2026-04-02"))["stage-1-escalate"].due_on == date(2026, 4, 2)


def test_k11_what_was_resolved_in_time_does_not_go_up() -> None:
    assert "stage-1-escalate" not in scenario(told("2026-04-01"), ended("1", "resolved", "2026-04-08"))


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_k12_the_line_managers_resolve_within_five_working_days_of_the_escalation(
    start: str, last_day: str, first_day_late: str
) -> None:
    case = scenario(entered("2", start), decision_received_on=start)

    assert case["stage-2-resolve"].due_on == date.fromisoformat(last_day)
    assert not case.then(ended("2", "resolved", last_day))["stage-2-resolve"].is_missed
    assert case.then(ended("2", "resolved", first_day_late))["stage-2-resolve"].is_missed


def test_k12_entered_on_10_april_it_ends_on_17_april() -> None:
    owed = scenario(entered("2", "2026-04-10"))["stage-2-resolve"]

    assert (owed.due_on, owed.own_due_on) == (date(2026, 4, 17), None)


def test_k12_entered_late_on_24_april_it_still_ends_on_17_april_with_1_may_beside_it() -> None:
    owed = scenario(entered("2", "2026-04-24"))["stage-2-resolve"]

    assert (owed.due_on, owed.own_due_on) == (date(2026, 4, 17), date(2026, 5, 1))
    assert owed.working.started_by == "the day by which stage 1 was to be resolved"
    assert owed.working.own_start_on == date(2026, 4, 24)


def test_k12_entered_early_it_counts_from_the_entering() -> None:
    owed = scenario(entered("2", "2026-04-02"))["stage-2-resolve"]

    assert (owed.due_on, owed.own_due_on) == (date(2026, 4, 13), None)


def test_k12_what_the_other_reading_of_stage_1_would_give_here_is_told() -> None:
    case = scenario(told("2026-04-07"), entered("2", "2026-04-24"))

    readings = {reading.doubt: reading for reading in case["stage-2-resolve"].working.readings}

    assert [other.gives for other in readings["stage-1-time"].others] == [date(2026, 4, 21)]


def test_k12_it_counts_from_the_date_for_resolving_and_not_from_the_date_for_answering() -> None:
    case = scenario(told("2026-04-01"), entered("2", "2026-04-24"))

    assert case["stage-1-reply"].due_on == date(2026, 4, 8)
    assert case["stage-2-resolve"].working.start_on == date(2026, 4, 10)


def test_k12_an_agency_that_has_agreed_already_has_no_second_stage() -> None:
    case = scenario(
        ended("1", "resolved", "2026-04-08", SOCIAL_CARE),
        ended("1", "unresolved", "2026-04-08", HEALTH),
        entered("2", "2026-04-08"),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    )

    assert case.keys("stage-2-resolve") == ["stage-2-resolve@2"]
    assert case.keys("stage-1-confirm") == ["stage-1-confirm"]


def test_k13_each_line_manager_should_seek_the_designated_professionals_advice() -> None:
    owed = scenario(entered("2", "2026-04-10"))["take-designated-advice"]

    assert (owed.force, owed.party, owed.clause) == ("should", "both", "Stage 2 para 1")
    assert (owed.who, owed.act) == (
        "each line manager",
        "seek advice, where necessary, from their agency's designated safeguarding children professional",
    )
    assert (owed.due_on, owed.no_date) == (None, "the policy states no time")
    assert "take-designated-advice" not in scenario()


def test_k3_each_discussion_is_put_on_the_childs_file_and_none_is_done_by_being_recorded_here() -> None:
    case = scenario(discussed("2026-04-02"), discussed("2026-04-08"))

    keys = case.keys("place-on-file")
    assert [case[key].is_open for key in keys] == [True, True]
    assert case[keys[0]].to == "the child's file"
    assert case[keys[0]].clause == "s4 para 3; s2 bullet 6"
    after = case.then(done(keys[0], "2026-04-09", to="the child's file"))
    assert [after[key].is_open for key in keys] == [False, True]


def test_k3_the_agreed_outcome_and_what_is_outstanding_are_recorded_for_each_agency() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert case.keys("record-the-outcome") == ["record-the-outcome@2"]
    assert case["record-the-outcome@2"].act == "record the agreed outcome and how outstanding issues will be pursued"


def test_k3_withdrawing_does_not_take_a_discussion_off_the_childs_file() -> None:
    case = scenario(discussed("2026-04-02"), withdrawn("2026-04-08"))

    assert case[case.keys("place-on-file")[0]].is_open
    assert not case["stage-1-resolve"].is_open


def test_k3_recording_says_to_approve_date_and_file_it() -> None:
    script = record_script(scenario().case, knowsley(), Known(today=date(2026, 4, 8)))

    what = question_for(script, Answers({"risk": "no"}), "what")
    said = what.notice if what else ""
    own = "Record each discussion when it is held; approve it, date it, and put it on the child's file."
    assert own in said.splitlines()


@pytest.mark.parametrize("outcome", ["resolved", "unresolved"])
def test_k10_stage_1s_discussions_and_decisions_are_put_in_the_childs_records(outcome: str) -> None:
    owed = scenario(ended("1", outcome, "2026-04-08"))["stage-1-child-records"]  # type: ignore[arg-type]

    assert (owed.force, owed.to, owed.clause) == ("should", "the child's records", "Stage 1 para 3")


def test_k10_at_stage_2_the_records_also_say_that_this_policy_was_used() -> None:
    owed = scenario(entered("2", "2026-04-10"))["stage-2-child-records"]

    assert "that this policy was used" in owed.act
    assert (owed.force, owed.clause) == ("should", "Stage 2 para 3")


def test_k9_what_is_resolved_again_after_reopening_is_confirmed_again() -> None:
    first = scenario(ended("1", "resolved", "2026-04-08"), confirmed("1", "2026-04-09"), reopened("2026-04-20"))
    again = first.then(ended("1", "resolved", "2026-04-22"))

    assert "stage-1-confirm" not in first
    assert (again["stage-1-confirm"].due_on, again["stage-1-confirm"].is_open) == (date(2026, 4, 24), True)


def test_k8_reopening_keeps_the_concerns_first_date() -> None:
    case = scenario(ended("1", "resolved", "2026-04-08"), reopened("2026-04-20"))

    assert case.case.state == "open"
    assert (case["stage-1-resolve"].due_on, case["stage-1-resolve"].is_open) == (date(2026, 4, 10), True)
