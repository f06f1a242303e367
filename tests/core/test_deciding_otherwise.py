"""Decisions under other policies: a fork, starting higher, grounds of their own, chairs, decisions that bind."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import Decided, GoingUp
from escalate.core.policy import Policy
from escalate.errors import CannotDecide
from tests.builders import HEALTH, SCHOOL, SOCIAL_CARE, a_concern, ended, entered, on
from tests.policies.walk import path_of
from tests.rules.scenario import Scenario, knowsley, policy_of, recommended, reopened, responded, scenario

CALDERMOOR, GLENFIRTH, JETTLESHAM, LARKMINSTER, FENHOLT = (
    policy_of(str(path_of(name)))
    for name in (
        "caldermoor-2026-02",
        "glenfirth-2026-01",
        "jettlesham-2026-01",
        "larkminster-2026-01",
        "fenholt-2026-01",
    )
)
TODAY = date(2026, 4, 30)


def up(case: Scenario, policy: Policy, **more: str) -> list[e.Fact]:
    """Return what going up from where the case is records, besides its outcome."""
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage=case.case.stage, outcome="unresolved")
    going = GoingUp(on=date(2026, 4, 13), outcomes=(outcome,), **more)
    return [one.fact for one in deciding.advance(case.case, policy, going, TODAY)][1:]


def opened(policy: Policy, risk: e.RiskAnswer) -> list[e.StageEntered]:
    """Return the stage at which a case opens."""
    beside = (Decided(fact=e.RiskConsidered(answer=risk), on=TODAY),)
    decided = deciding.raise_concern(a_concern(reference="X"), policy, TODAY, beside, people="Jo Manager")
    return [one.fact for one in decided if isinstance(one.fact, e.StageEntered)]


def test_cannot_go_up_where_the_way_parts_until_somebody_chooses() -> None:
    case = scenario(entered("2", "2026-04-08"), policy=CALDERMOOR)

    with pytest.raises(CannotDecide) as refused:
        up(case, CALDERMOOR)

    assert (refused.value.what, refused.value.remedy) == (
        "case KSCP-2026-0001-TEST: from tier 2 it goes to 3-health or to 3-council",
        'say to which: the answer is called "to"',
    )


@pytest.mark.parametrize("to", ["3-health", "3-council"])
def test_either_way_where_it_parts_is_no_departure(to: str) -> None:
    case = scenario(entered("2", "2026-04-08"), policy=CALDERMOOR)

    assert up(case, CALDERMOOR, to=to) == [e.StageEntered(stage=to, ground="unresolved", left="2")]


def test_cannot_go_up_from_the_end_of_a_branch_nor_across_to_the_other() -> None:
    case = scenario(entered("3-health", "2026-04-13"), policy=CALDERMOOR)

    with pytest.raises(CannotDecide, match="^case KSCP-2026-0001-TEST: tier 3-health is the last of this policy$"):
        up(case, CALDERMOOR, to="4")
    with pytest.raises(CannotDecide) as refused:
        up(scenario(entered("3-council", "2026-04-13"), policy=CALDERMOOR), CALDERMOOR, to="3-health")
    assert (refused.value.what, refused.value.remedy) == (
        'case KSCP-2026-0001-TEST: "3-health" is not a tier above tier 3-council',
        "the tiers above are: 4",
    )


def test_a_tier_passed_over_is_named_in_the_policys_word_along_the_branch_taken() -> None:
    assert up(scenario(policy=CALDERMOOR), CALDERMOOR, to="4", reason="The partners asked.") == [
        e.DepartureRecorded(
            what="tiers 2 and 3-council passed over, from tier 1 to tier 4", reason="The partners asked."
        ),
        e.StageEntered(stage="4", ground="skipped", left="1", reason="The partners asked."),
    ]


@pytest.mark.parametrize(
    ("policy", "risk", "stage", "ground"),
    [
        (GLENFIRTH, "yes", "3", "immediate risk"),
        (GLENFIRTH, "not sure", "1", "raised"),
        (GLENFIRTH, "no", "1", "raised"),
        (FENHOLT, "yes", "1", "raised"),
        (knowsley(), "yes", "1", "raised"),
    ],
)
def test_a_case_opens_higher_only_at_immediate_risk_and_only_where_the_policy_says_so(
    policy: Policy, risk: e.RiskAnswer, stage: str, ground: str
) -> None:
    assert opened(policy, risk) == [e.StageEntered(stage=stage, ground=ground, people="Jo Manager")]


def test_a_ground_of_the_policys_own_goes_straight_up_without_departing() -> None:
    ground = "the same thing has happened to another child"

    went = up(scenario(policy=LARKMINSTER), LARKMINSTER, to="3", ground=ground, people="Jo Manager")

    assert went == [e.StageEntered(stage="3", ground=ground, left="1", people="Jo Manager")]


@pytest.mark.parametrize(
    ("ground", "to"), [("the same thing has happened to another child", "4"), ("immediate risk", "3")]
)
def test_a_ground_that_does_not_lead_there_is_a_departure_and_is_kept_as_the_ground(ground: str, to: str) -> None:
    departed, went = up(scenario(policy=LARKMINSTER), LARKMINSTER, to=to, ground=ground)

    assert isinstance(departed, e.DepartureRecorded)
    assert went == e.StageEntered(stage=to, ground=ground, left="1")


@pytest.mark.parametrize(
    ("stage", "agency", "what"),
    [
        ("2", SOCIAL_CARE, ["whoever chairs the meeting came from an agency involved"]),
        ("2", SCHOOL, ["whoever chairs the meeting came from an agency involved"]),
        ("2", HEALTH, []),
        ("2", "", []),
        ("3", SOCIAL_CARE, []),
        ("1", SOCIAL_CARE, []),
    ],
)
def test_a_chair_the_policy_keeps_out_is_a_departure_at_that_stage_only(
    stage: str, agency: str, what: list[str]
) -> None:
    at = () if stage == "1" else (entered(stage, "2026-04-08"),)
    held = e.DiscussionRecorded(agencies=(SOCIAL_CARE,), how="meeting", said="Both spoke.", chair_agency=agency)

    found = deciding.departures(
        scenario(*at, policy=JETTLESHAM).case, JETTLESHAM, (Decided(fact=held, on=date(2026, 4, 9)),), "Nobody else."
    )

    assert [(one.on, one.fact) for one in found] == [
        (date(2026, 4, 9), e.DepartureRecorded(what=said, reason="Nobody else.", rule="J2" if stage == "2" else "J3"))
        for said in what
    ]


@pytest.mark.parametrize(
    ("agency", "what"),
    [(SOCIAL_CARE, ["whoever decides came from the agency receiving it"]), (SCHOOL, []), ("", [])],
)
def test_whoever_decides_though_the_policy_keeps_them_out_is_a_departure(agency: str, what: list[str]) -> None:
    made = e.RecommendationMade(by="A director", recommendation="Visit.", stage="3", agency=agency)
    case = scenario(entered("3", "2026-04-08"), policy=JETTLESHAM).case

    found = deciding.departures(case, JETTLESHAM, (Decided(fact=made, on=date(2026, 4, 9)),), "Nobody else.")

    assert [one.fact for one in found] == [
        e.DepartureRecorded(what=said, reason="Nobody else.", rule="J3") for said in what
    ]


def bound(day: str) -> tuple[e.Fact, date]:
    """Whoever ends the ladder decided, and it binds."""
    return e.RecommendationMade(by="the Chair", recommendation="Visit.", stage="3", binds=True), on(day)


def test_a_decision_that_binds_settles_the_case_with_every_agency_on_that_day() -> None:
    case = scenario(
        entered("3", "2026-04-15"), bound("2026-04-28"), receiving_agencies=(SOCIAL_CARE, HEALTH), policy=JETTLESHAM
    ).case

    assert (case.state, case.ended_on, case.unsettled) == ("ended", date(2026, 4, 28), ())


def test_a_recommendation_settles_it_only_with_the_agencies_that_accept_it() -> None:
    case = scenario(
        entered("4", "2026-04-15"),
        recommended("2026-04-28"),
        responded("2026-04-29"),
        responded("2026-04-29", "accepted in part", HEALTH),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    ).case

    assert (case.state, case.unsettled) == ("open", (HEALTH,))


def test_an_agency_settled_before_a_binding_decision_keeps_its_own_day_and_a_reopened_case_is_open() -> None:
    case = scenario(
        ended("1", "resolved", "2026-04-08", HEALTH),
        entered("3", "2026-04-15"),
        bound("2026-04-28"),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
        policy=JETTLESHAM,
    )

    assert [case.case.settled_on(agency) for agency in (SOCIAL_CARE, HEALTH)] == [date(2026, 4, 28), date(2026, 4, 8)]
    assert case.then(reopened("2026-05-05")).case.state == "open"
