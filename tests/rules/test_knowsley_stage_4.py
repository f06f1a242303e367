"""Knowsley, stage 4, the Chair: K20 to K22, the ways straight up, and how a case ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.errors import CannotDecide
from tests.builders import HEALTH, SOCIAL_CARE, ended, entered
from tests.rules.scenario import Scenario, done, knowsley, learned, recommended, reopened, responded, scenario


def at_stage_4(day: str, **concern: Any) -> Scenario:
    """A case whose stages 2, 3 and 4 were entered on one day."""
    return scenario(entered("2", day), entered("3", day), entered("4", day), **concern)


@pytest.mark.parametrize(
    ("start", "missed_on", "late_on", "under_the_text"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-08", "2026-04-10", id="easter"),
        pytest.param("2026-08-27", "2026-09-01", "2026-09-02", "2026-09-04", id="august"),
        pytest.param("2026-12-23", "2026-12-29", "2026-12-30", "2027-01-04", id="christmas"),
    ],
)
def test_k20_out_of_time_it_goes_to_the_chair_that_day_and_the_day_depends_on_k16(
    start: str, missed_on: str, late_on: str, under_the_text: str
) -> None:
    case = scenario(entered("2", start), entered("3", start), decision_received_on=start)
    owed = case["stage-4-refer"]

    assert (owed.due_on, owed.force) == (date.fromisoformat(missed_on), "must")
    readings = {reading.doubt: reading for reading in owed.working.readings}
    assert [other.gives for other in readings["stage-3-time"].others] == [date.fromisoformat(under_the_text)]
    assert case.following(stage_3_time="text")["stage-4-refer"].due_on == date.fromisoformat(under_the_text)
    assert "stage-4-refer" not in case.then(entered("4", missed_on))
    assert case.then(entered("4", late_on))["stage-4-refer"].is_missed


def test_k20_unresolved_after_the_senior_managers_it_goes_to_the_chair_the_same_working_day() -> None:
    case = scenario(entered("2", "2026-04-01"), entered("3", "2026-04-01"), ended("3", "unresolved", "2026-04-03"))

    assert case["stage-4-refer"].due_on == date(2026, 4, 7)
    assert not case.then(entered("4", "2026-04-07"))["stage-4-refer"].is_missed
    assert case.then(entered("4", "2026-04-08"))["stage-4-refer"].is_missed


@pytest.mark.parametrize(
    ("entered_on", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-07", "2026-04-07", "2026-04-08", id="a working day"),
        pytest.param("2026-04-03", "2026-04-07", "2026-04-08", id="easter"),
        pytest.param("2026-08-29", "2026-09-01", "2026-09-02", id="august"),
        pytest.param("2026-12-25", "2026-12-29", "2026-12-30", id="christmas"),
    ],
)
def test_k20_it_is_brought_to_the_chair_with_appendix_2_the_same_working_day(
    entered_on: str, last_day: str, first_day_late: str
) -> None:
    case = at_stage_4(entered_on, decision_received_on="2026-04-01")
    owed = case["refer-to-the-chair"]

    assert (owed.due_on, owed.form, owed.contact) == (
        date.fromisoformat(last_day),
        "knowsley-appendix-2",
        "business-manager",
    )
    assert owed.to == "the Chair, or in the Chair's absence the Vice Chair"
    assert not case.then(done("refer-to-the-chair", last_day))["refer-to-the-chair"].is_missed
    assert case.then(done("refer-to-the-chair", first_day_late))["refer-to-the-chair"].is_missed


@pytest.mark.parametrize("stage", ["1", "2", "3"])
def test_k20_a_significant_policy_issue_goes_straight_to_the_chair_from_any_stage(stage: str) -> None:
    case = scenario(*(entered(above, "2026-04-01") for above in ("2", "3") if above <= stage)).case
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage=stage, outcome="unresolved")
    going = deciding.GoingUp(
        on=date(2026, 4, 2),
        outcomes=(outcome,),
        to="4",
        ground="significant policy issue",
        reason="The threshold itself.",
    )

    decided = deciding.advance(case, knowsley(), going, date(2026, 4, 2))

    assert [one.fact for one in decided] == [
        outcome,
        e.StageEntered(stage="4", ground="significant policy issue", left=stage, reason="The threshold itself."),
    ]


@pytest.mark.parametrize(
    ("done_on", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-10", "2026-04-11", id="easter"),
        pytest.param("2026-08-27", "2026-09-04", "2026-09-05", id="august"),
        pytest.param("2026-12-23", "2027-01-04", "2027-01-05", id="christmas"),
    ],
)
def test_k21_the_chair_recommends_within_five_working_days_of_being_told(
    done_on: str, last_day: str, first_day_late: str
) -> None:
    case = at_stage_4(done_on, decision_received_on=done_on).then(done("refer-to-the-chair", done_on))
    owed = case["chair-recommends"]

    assert (owed.due_on, owed.party, owed.force) == (date.fromisoformat(last_day), "partnership", "will")
    assert not case.then(recommended(last_day))["chair-recommends"].is_missed
    assert case.then(recommended(first_day_late))["chair-recommends"].is_missed


def test_k21_there_is_no_date_until_the_chair_was_told() -> None:
    owed = at_stage_4("2026-04-10")["chair-recommends"]

    assert (owed.due_on, owed.no_date) == (None, "nobody has recorded that this was done: refer to the chair")


def test_k21_asking_for_more_does_not_stop_the_clock() -> None:
    case = at_stage_4("2026-04-10").then(done("refer-to-the-chair", "2026-04-10"))

    assert case["chair-seeks-information"].force == "may"
    after = case.then(done("chair-seeks-information", "2026-04-14"))
    assert after["chair-recommends"].due_on == date(2026, 4, 17)


def test_k21_the_chair_confers_as_necessary() -> None:
    owed = at_stage_4("2026-04-10").then(done("refer-to-the-chair", "2026-04-10"))["chair-confers"]

    assert (owed.force, owed.act) == (
        "will",
        "confer as necessary with senior managers, named or designated professionals and others",
    )


def test_k22_the_chair_recommends_and_binds_nobody() -> None:
    ending = knowsley().ending[0]

    assert (ending.stage, ending.who, ending.does, ending.binding) == ("4", "the Chair", "recommends", False)
    assert ending.says == (
        "The Partnership cannot direct agencies; it strongly expects the Chair's recommendations to be acted upon."
    )


def test_k22_each_agencys_response_is_asked_for_and_recorded_for_itself() -> None:
    case = at_stage_4("2026-04-10", receiving_agencies=(SOCIAL_CARE, HEALTH)).then(recommended("2026-04-16"))

    assert case.keys("act-on-recommendation") == ["act-on-recommendation", "act-on-recommendation@2"]
    after = case.then(responded("2026-04-20", "not accepted"))
    assert [after[key].closed_on for key in after.keys("act-on-recommendation")] == [date(2026, 4, 20), None]
    assert after.case.state == "open"
    refused = after.then(responded("2026-04-21", "accepted", HEALTH))
    assert (refused.case.state, refused.case.unsettled) == ("open", (SOCIAL_CARE,))
    assert refused.then(responded("2026-04-22", "accepted")).case.ended_on == date(2026, 4, 22)


def test_k22_there_is_no_stage_above_the_chairs() -> None:
    case = at_stage_4("2026-04-10").case
    going = deciding.GoingUp(
        on=date(2026, 4, 10), outcomes=(e.OutcomeRecorded(agency=SOCIAL_CARE, stage="4", outcome="unresolved"),)
    )

    with pytest.raises(CannotDecide) as refused:
        deciding.advance(case, knowsley(), going, date(2026, 4, 10))

    assert refused.value.what == "case KSCP-2026-0001-TEST: stage 4 is the last of this policy"
    assert refused.value.remedy == (
        "record the decision, and each agency's answer: escalate record KSCP-2026-0001-TEST"
    )


def test_k22_a_case_reopened_at_stage_4_waits_for_the_chair_again() -> None:
    case = at_stage_4("2026-04-10").then(
        done("refer-to-the-chair", "2026-04-10"),
        recommended("2026-04-16"),
        responded("2026-04-20"),
        reopened("2026-05-05"),
    )

    assert case.case.state == "open"
    assert (case["chair-recommends"].due_on, case["chair-recommends"].is_open) == (date(2026, 4, 17), True)
    again = case.then(recommended("2026-05-11"))
    assert (again["act-on-recommendation"].since_on, again["act-on-recommendation"].is_open) == (
        date(2026, 5, 11),
        True,
    )


def test_k14_learning_is_sent_on_appendix_3_from_any_stage_each_time() -> None:
    case = scenario(learned("2026-04-02"), entered("2", "2026-04-10"), learned("2026-04-14", "2"))

    keys = case.keys("tell-partnership-of-learning")
    assert [(case[key].since_on, case[key].form) for key in keys] == [
        (date(2026, 4, 2), "knowsley-appendix-3"),
        (date(2026, 4, 14), "knowsley-appendix-3"),
    ]
    assert case[keys[0]].no_date == "the policy states no time"


def test_k23_the_partnerships_manager_considers_each_form_received_for_training_needs() -> None:
    case = scenario(learned("2026-04-02"))
    key = case.keys("tell-partnership-of-learning")[0]

    assert "consider-training-needs" not in case
    owed = case.then(done(key, "2026-04-08"))["consider-training-needs"]
    assert (owed.party, owed.force, owed.since_on) == ("partnership", "will", date(2026, 4, 8))
    by_appendix_2 = at_stage_4("2026-04-10").then(done("copy-to-business-manager", "2026-04-13"))
    assert by_appendix_2["consider-training-needs"].since_on == date(2026, 4, 13)
