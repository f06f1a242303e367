"""Decisions: events, or a refusal of the impossible only. Departures are recorded, never refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import Decided, GoingUp
from escalate.errors import CannotDecide
from tests.builders import HEALTH, SOCIAL_CARE, a_concern, ended, entered
from tests.rules.scenario import Scenario, knowsley, scenario, withdrawn

TODAY = date(2026, 4, 30)
REMEDY_DATE = "write day, month, year: 30/04/2026, 30 April, yesterday, Fri"


def outcome(stage: str, how: e.Outcome = "unresolved", agency: str = SOCIAL_CARE) -> e.OutcomeRecorded:
    """Return how a stage ended with an agency."""
    return e.OutcomeRecorded(agency=agency, stage=stage, outcome=how)


def going(day: date, *outcomes: e.OutcomeRecorded, **more: Any) -> GoingUp:
    """Return what somebody says of a stage's end."""
    return GoingUp(on=day, outcomes=outcomes, **more)


def advanced(case: Scenario, what: GoingUp, today: date = TODAY) -> list[e.Fact]:
    """Return the facts that advancing records."""
    return [one.fact for one in deciding.advance(case.case, knowsley(), what, today)]


def refused(case: Scenario, what: GoingUp) -> tuple[str, str, str | None]:
    """Return what a refusal to advance says, what to do, and what was recorded."""
    with pytest.raises(CannotDecide) as found:
        deciding.advance(case.case, knowsley(), what, TODAY)
    return found.value.what, found.value.remedy, found.value.recorded


def test_raising_names_the_parties_first_and_enters_the_first_stage_last() -> None:
    name = Decided(fact=e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase"), on=TODAY)
    risk = Decided(fact=e.RiskConsidered(answer="no"), on=TODAY)
    raised = a_concern(reference="KSCP-2026-0001-TEST")

    decided = deciding.raise_concern(raised, knowsley(), TODAY, (risk, name))

    assert decided == (
        name,
        Decided(fact=raised, on=TODAY),
        risk,
        Decided(fact=e.StageEntered(stage="1", ground="raised"), on=TODAY),
    )


def test_cannot_raise_a_decision_learned_of_tomorrow() -> None:
    with pytest.raises(CannotDecide) as found:
        deciding.raise_concern(a_concern(), knowsley(), date(2026, 3, 31))

    assert (found.value.what, found.value.remedy, found.value.recorded) == (
        "the day the decision was learned of is after today",
        REMEDY_DATE,
        "",
    )


def test_cannot_have_told_the_counterpart_before_the_concern() -> None:
    told = Decided(fact=e.CounterpartTold(agency=SOCIAL_CARE, how="telephone"), on=date(2026, 3, 31))

    with pytest.raises(CannotDecide, match="^the counterpart cannot have been told before the concern arose$"):
        deciding.raise_concern(a_concern(), knowsley(), TODAY, (told,))


@pytest.mark.parametrize(
    ("how", "ground"), [("unresolved", "unresolved"), ("no response", "no response"), ("out of time", "out of time")]
)
def test_the_next_stage_is_entered_on_the_ground_of_how_this_one_ended(how: e.Outcome, ground: e.Ground) -> None:
    assert advanced(scenario(), going(date(2026, 4, 10), outcome("1", how))) == [
        outcome("1", how),
        e.StageEntered(stage="2", ground=ground, left="1"),
    ]


def test_one_agency_that_did_not_agree_is_enough_to_go_up() -> None:
    case = scenario(receiving_agencies=(SOCIAL_CARE, HEALTH))
    mixed = (outcome("1", "resolved"), outcome("1", "no response", HEALTH))

    assert advanced(case, going(date(2026, 4, 10), *mixed)) == [
        *mixed,
        e.StageEntered(stage="2", ground="no response", left="1"),
    ]


def test_resolved_with_every_agency_enters_no_further_stage() -> None:
    assert advanced(scenario(), going(date(2026, 4, 10), outcome("1", "resolved"))) == [outcome("1", "resolved")]


def test_straight_to_the_chair_on_no_ground_the_policy_names_is_a_departure_with_its_reason() -> None:
    assert advanced(scenario(), going(date(2026, 4, 2), outcome("1"), to="4", reason="The Chair asked for it.")) == [
        outcome("1"),
        e.DepartureRecorded(
            what="stages 2 and 3 passed over, from stage 1 to stage 4", reason="The Chair asked for it.", rule="K11 K12"
        ),
        e.StageEntered(stage="4", ground="skipped", left="1", reason="The Chair asked for it."),
    ]


def test_what_is_recorded_beside_it_comes_first() -> None:
    learning = Decided(fact=e.LearningIdentified(stage="1", learning="Letters came late."), on=date(2026, 4, 10))

    decided = deciding.advance(
        scenario().case, knowsley(), going(date(2026, 4, 10), outcome("1"), beside=(learning,)), TODAY
    )

    assert decided[0] == learning


@pytest.mark.parametrize("to", ["1", "5", "0"])
def test_cannot_go_up_to_a_stage_that_is_not_above(to: str) -> None:
    assert refused(scenario(), going(date(2026, 4, 10), outcome("1"), to=to)) == (
        f'case KSCP-2026-0001-TEST: "{to}" is not a stage above stage 1',
        "the stages above are: 2, 3, 4",
        "",
    )


def test_cannot_advance_a_case_that_was_withdrawn() -> None:
    assert refused(scenario(withdrawn("2026-04-08")), going(date(2026, 4, 10), outcome("1"))) == (
        "case KSCP-2026-0001-TEST was withdrawn",
        "if it must go on: escalate reopen KSCP-2026-0001-TEST",
        "",
    )


def test_cannot_advance_a_case_that_is_resolved_with_every_agency() -> None:
    assert refused(scenario(ended("1", "resolved", "2026-04-08")), going(date(2026, 4, 10), outcome("1")))[0] == (
        "case KSCP-2026-0001-TEST is resolved with every agency"
    )


def test_cannot_end_a_stage_tomorrow_or_before_the_concern() -> None:
    assert refused(scenario(), going(date(2026, 5, 1), outcome("1")))[0] == (
        "case KSCP-2026-0001-TEST: 01/05/2026 is after today"
    )
    assert refused(scenario(), going(date(2026, 3, 31), outcome("1"))) == (
        "case KSCP-2026-0001-TEST: 31/03/2026 is before the concern, 01/04/2026",
        f"{REMEDY_DATE}; if the concern's own date is wrong: escalate correct KSCP-2026-0001-TEST",
        "",
    )


def test_cannot_end_a_stage_before_it_was_entered() -> None:
    assert refused(scenario(entered("2", "2026-04-10")), going(date(2026, 4, 9), outcome("2"))) == (
        "case KSCP-2026-0001-TEST: 09/04/2026 is before stage 2 was entered, 10/04/2026",
        f"{REMEDY_DATE}; if that entry is wrong: escalate correct KSCP-2026-0001-TEST",
        "",
    )


def test_the_first_stage_may_have_ended_before_it_was_written_down() -> None:
    case = scenario(opened="2026-04-14")

    assert advanced(case, going(date(2026, 4, 10), outcome("1")))[-1] == e.StageEntered(
        stage="2", ground="unresolved", left="1"
    )


def test_cannot_reopen_a_case_that_is_open() -> None:
    with pytest.raises(CannotDecide, match="^case KSCP-2026-0001-TEST is open$"):
        deciding.reopen(scenario().case, e.Reopened(reason="It was not done."), TODAY)


def test_a_case_whose_actions_nobody_has_checked_can_be_reopened() -> None:
    visit = e.Action(id="action-1", what="Visit.")
    case = scenario(ended("1", "resolved", "2026-04-08", actions=(visit,))).case
    fact = e.Reopened(reason="It was not done.")

    assert deciding.reopen(case, fact, TODAY) == (Decided(fact=fact, on=TODAY),)


def test_cannot_agree_to_a_date_before_the_concern() -> None:
    fact = e.TimescaleAgreed(item="stage-1-resolve", by_on=date(2026, 3, 31))

    with pytest.raises(CannotDecide, match="^case KSCP-2026-0001-TEST: the date agreed lies before the concern$"):
        deciding.agree(scenario().case, fact, (), date(2026, 4, 2), TODAY)


def test_actions_are_numbered_through_the_whole_case() -> None:
    case = scenario(ended("1", "unresolved", "2026-04-08", actions=(e.Action(id="action-1", what="Visit."),))).case

    assert deciding.next_action_ids(None, 2) == ("action-1", "action-2")
    assert deciding.next_action_ids(case, 2) == ("action-2", "action-3")
