"""Knowsley, stage 1, practitioner to practitioner: K2 and K4 to K9, each date on both sides of its boundary."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered, told
from tests.rules.scenario import agreed, confirmed, done, scenario


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-08", id="easter"),
        pytest.param("2026-08-27", "2026-09-01", "2026-09-02", id="august"),
        pytest.param("2026-12-23", "2026-12-29", "2026-12-30", id="christmas"),
        pytest.param("2026-12-30", "2027-01-04", "2027-01-05", id="new year"),
    ],
)
def test_k4_the_counterpart_is_told_by_the_second_working_day(start: str, last_day: str, first_day_late: str) -> None:
    case = scenario(decision_received_on=start)
    owed = case["stage-1-raise"]

    assert (owed.due_on, owed.force, owed.clause) == (date.fromisoformat(last_day), "should", "Stage 1 para 1")
    assert not case.then(told(last_day))["stage-1-raise"].is_missed
    assert case.then(told(first_day_late))["stage-1-raise"].is_missed


def test_k4_recording_the_concern_tells_nobody() -> None:
    assert scenario()["stage-1-raise"].is_open


def test_k4_it_counts_from_the_earlier_of_the_disagreement_and_the_decision() -> None:
    earlier = scenario(disagreed_on="2026-03-30")["stage-1-raise"]
    later = scenario(disagreed_on="2026-04-02")["stage-1-raise"]

    assert (earlier.due_on, earlier.working.start_on) == (date(2026, 4, 1), date(2026, 3, 30))
    assert (later.due_on, later.working.start_on) == (date(2026, 4, 7), date(2026, 4, 1))
    assert earlier.working.also == (("the decision was received", date(2026, 4, 1)),)


def test_k4_the_other_reading_counts_from_the_decision_and_is_told_beside_it() -> None:
    case = scenario(disagreed_on="2026-03-30")

    reading = case["stage-1-raise"].working.readings[0]

    assert (reading.doubt, reading.sort) == ("stage-1-raise-start", "ambiguity")
    assert [other.gives for other in reading.others] == [date(2026, 4, 7)]
    assert case.following(stage_1_raise_start="decision")["stage-1-raise"].due_on == date(2026, 4, 7)


def test_k4_each_receiving_agency_is_told_for_itself() -> None:
    case = scenario(told("2026-04-02", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert [case[key].closed_on for key in case.keys("stage-1-raise")] == [None, date(2026, 4, 2)]
    assert case.keys("stage-1-raise") == ["stage-1-raise", "stage-1-raise@2"]


@pytest.mark.parametrize("how", ["telephone", "face to face", "meeting"])
def test_k5_what_was_raised_verbally_is_followed_up_in_writing_by_the_day_it_was_to_be_raised(how: str) -> None:
    case = scenario(told("2026-04-02", how=how))
    owed = case["follow-up-in-writing"]

    assert (owed.due_on, owed.force, owed.is_open) == (date(2026, 4, 7), "must", True)
    assert not case.then(done("follow-up-in-writing", "2026-04-07"))["follow-up-in-writing"].is_missed
    assert case.then(done("follow-up-in-writing", "2026-04-08"))["follow-up-in-writing"].is_missed


def test_k5_telling_them_does_not_close_the_follow_up() -> None:
    assert scenario(told("2026-04-02"), discussed("2026-04-07"))["follow-up-in-writing"].is_open


@pytest.mark.parametrize("how", ["e-mail", "letter", "form"])
def test_k5_what_was_raised_in_writing_needs_no_following_up(how: str) -> None:
    assert "follow-up-in-writing" not in scenario(told("2026-04-02", how=how))


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-08", "2026-04-09", id="easter"),
        pytest.param("2026-08-27", "2026-09-02", "2026-09-03", id="august"),
        pytest.param("2026-12-23", "2026-12-30", "2026-12-31", id="christmas"),
    ],
)
def test_k7_they_speak_within_three_working_days_of_being_told(start: str, last_day: str, first_day_late: str) -> None:
    case = scenario(told(start), decision_received_on=start)
    owed = case["stage-1-reply"]

    assert (owed.due_on, owed.party, owed.force) == (date.fromisoformat(last_day), "receiving", "must")
    assert not case.then(discussed(last_day))["stage-1-reply"].is_missed
    assert case.then(discussed(first_day_late))["stage-1-reply"].is_missed


def test_k7_there_is_no_date_until_they_were_told_and_it_says_so() -> None:
    owed = scenario()["stage-1-reply"]

    assert (owed.due_on, owed.no_date) == (None, "the counterpart has not been told yet, as far as is recorded")


def test_k7_a_discussion_before_they_were_told_does_not_answer_it() -> None:
    assert scenario(discussed("2026-04-01"), told("2026-04-02"))["stage-1-reply"].is_open


def test_k7_the_case_file_is_read_by_the_same_day_and_speaking_does_not_show_that_it_was() -> None:
    case = scenario(told("2026-04-01"), discussed("2026-04-07"))

    assert case["read-the-case-file"].due_on == date(2026, 4, 8)
    assert case["read-the-case-file"].is_open
    assert not case.then(done("read-the-case-file", "2026-04-08"))["read-the-case-file"].is_missed
    assert case.then(done("read-the-case-file", "2026-04-09"))["read-the-case-file"].is_missed


def test_k7_the_other_start_is_told_beside_the_date() -> None:
    reading = scenario(told("2026-04-02"))["stage-1-reply"].working.readings[0]

    assert (reading.doubt, reading.says) == ("stage-1-reply-start", "counted from the day the counterpart was told")
    assert [(other.says, other.gives) for other in reading.others] == [("counted from the concern", date(2026, 4, 8))]


def test_k7_each_agency_answers_from_the_day_it_was_told_itself() -> None:
    case = scenario(told("2026-04-01"), told("2026-04-07", HEALTH), receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert case["stage-1-reply"].due_on == date(2026, 4, 8)
    assert case["stage-1-reply@2"].due_on == date(2026, 4, 10)


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_k8_the_practitioners_resolve_within_five_working_days_of_the_concern(
    start: str, last_day: str, first_day_late: str
) -> None:
    case = scenario(decision_received_on=start)

    assert case["stage-1-resolve"].due_on == date.fromisoformat(last_day)
    assert not case.then(ended("1", "resolved", last_day))["stage-1-resolve"].is_missed
    assert case.then(ended("1", "resolved", first_day_late))["stage-1-resolve"].is_missed


def test_k8_late_telling_gives_nobody_more_time() -> None:
    assert scenario(told("2026-04-09"))["stage-1-resolve"].due_on == date(2026, 4, 10)


def test_k8_counting_from_the_raise_is_the_reading_not_followed_and_what_it_gives_is_told() -> None:
    case = scenario(told("2026-04-07"))
    reading = case["stage-1-resolve"].working.readings[0]

    assert (reading.doubt, reading.sort, reading.clause) == (
        "stage-1-time",
        "ambiguity",
        "flowchart stage 1 (the start is ours)",
    )
    assert [other.gives for other in reading.others] == [date(2026, 4, 14)]
    assert case.following(stage_1_time="raise")["stage-1-resolve"].due_on == date(2026, 4, 14)


def test_k8_the_working_names_its_start_its_timescale_and_the_calendar() -> None:
    working = scenario()["stage-1-resolve"].working

    assert working.timescale == "5 working days, or less if the child needs it"
    assert (working.start_on, working.started_by) == (date(2026, 4, 1), "the concern arose")
    assert working.calendar == "ENG-2026-invented"


@pytest.mark.parametrize(
    ("resolved_on", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-08", id="easter"),
        pytest.param("2026-08-27", "2026-09-01", "2026-09-02", id="august"),
        pytest.param("2026-12-23", "2026-12-29", "2026-12-30", id="christmas"),
    ],
)
@pytest.mark.parametrize("stage", ["1", "2", "3"])
def test_k9_the_outcome_is_confirmed_in_writing_within_two_working_days_of_the_resolution(
    stage: str, resolved_on: str, last_day: str, first_day_late: str
) -> None:
    up = [entered(above, resolved_on) for above in ("2", "3") if above <= stage]
    case = scenario(*up, ended(stage, "resolved", resolved_on), decision_received_on=resolved_on)
    key = f"stage-{stage}-confirm"

    assert (case[key].due_on, case[key].is_open) == (date.fromisoformat(last_day), True)
    assert not case.then(confirmed(stage, last_day))[key].is_missed
    assert case.then(confirmed(stage, first_day_late))[key].is_missed


def test_k9_it_counts_from_the_resolution_and_not_from_the_day_it_was_to_be_resolved() -> None:
    case = scenario(ended("1", "resolved", "2026-04-02"))

    assert case["stage-1-confirm"].due_on == date(2026, 4, 8)
    assert case["stage-1-confirm"].working.started_by == "stage 1 was resolved"


def test_k9_nothing_is_to_be_confirmed_where_nothing_was_resolved() -> None:
    case = scenario(ended("1", "unresolved", "2026-04-08"), entered("2", "2026-04-08"))

    assert not {"stage-1-confirm", "stage-2-confirm"} & set(case.owed)


def test_k9_each_agency_confirms_its_own() -> None:
    case = scenario(
        ended("1", "resolved", "2026-04-08", SOCIAL_CARE),
        ended("1", "resolved", "2026-04-09", HEALTH),
        confirmed("1", "2026-04-10", HEALTH),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    )

    assert (case["stage-1-confirm"].due_on, case["stage-1-confirm"].is_open) == (date(2026, 4, 10), True)
    assert (case["stage-1-confirm@2"].due_on, case["stage-1-confirm@2"].is_open) == (date(2026, 4, 13), False)


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        ("1", "the agency that received the concern (by whom is not stated)"),
        ("2", "the receiving line manager"),
        ("3", "the senior manager of the agency that received the concern"),
    ],
)
def test_k9_who_confirms_is_the_sources_own(stage: str, who: str) -> None:
    up = [entered(above, "2026-04-02") for above in ("2", "3") if above <= stage]

    assert scenario(*up, ended(stage, "resolved", "2026-04-02"))[f"stage-{stage}-confirm"].who == who


def test_k9_there_is_none_at_stage_4() -> None:
    case = scenario(entered("4", "2026-04-02"), ended("4", "resolved", "2026-04-02"))

    assert [key for key in case.owed if key.endswith("confirm")] == []


def test_k30_a_shorter_time_agreed_governs_and_the_policys_own_stays_in_sight() -> None:
    owed = scenario(agreed("stage-1-resolve", "2026-04-07", "2026-04-02"))["stage-1-resolve"]

    assert (owed.due_on, owed.policy_due_on, owed.agreed_on) == (
        date(2026, 4, 7),
        date(2026, 4, 10),
        date(2026, 4, 7),
    )


def test_k30_a_longer_time_never_governs_and_is_kept_beside_with_its_reason() -> None:
    later = agreed(
        "stage-1-resolve", "2026-04-17", "2026-04-02", reason="The manager is away.", keeps_safe="With grandmother."
    )
    owed = scenario(later)["stage-1-resolve"]

    assert (owed.due_on, owed.policy_due_on, owed.agreed_on) == (
        date(2026, 4, 10),
        date(2026, 4, 10),
        date(2026, 4, 17),
    )
    assert [(one.by_on, one.reason, one.keeps_safe) for one in owed.working.agreed] == [
        (date(2026, 4, 17), "The manager is away.", "With grandmother.")
    ]


def test_k30_of_two_dates_agreed_the_sooner_governs_even_where_the_later_came_last() -> None:
    case = scenario(
        agreed("stage-1-resolve", "2026-04-07", "2026-04-02"), agreed("stage-1-resolve", "2026-04-09", "2026-04-02")
    )

    assert case["stage-1-resolve"].due_on == date(2026, 4, 7)


@pytest.mark.parametrize("item", ["stage-1-raise", "stage-1-resolve", "stage-2-resolve", "stage-3-resolve"])
def test_k30_the_policy_says_or_less_of_these_times(item: str) -> None:
    case = scenario(entered("2", "2026-04-01"), entered("3", "2026-04-01"))

    assert case[item].working.timescale.endswith(", or less if the child needs it")


@pytest.mark.parametrize("item", ["stage-1-reply", "stage-1-confirm", "stage-1-escalate"])
def test_k30_the_policy_does_not_say_it_of_these(item: str) -> None:
    case = scenario(told("2026-04-01"), ended("1", "resolved", "2026-04-02"), ended("1", "unresolved", "2026-04-02"))

    assert "or less" not in case[item].working.timescale
