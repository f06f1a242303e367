"""Somerset's ladder: S1, S3, S5, S7 and S8, from those who disagree up to the Coordinator."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import Decided, GoingUp
from escalate.core.policy import follow
from tests.builders import SOCIAL_CARE, a_concern, at_risk, ended
from tests.rules.scenario import done, recommended, responded
from tests.rules.somerset import TODAY, asked_when_leaving, at_stage, case, page, somerset

GOOD_FRIDAY = "2026-04-03"


def test_s1_the_first_attempt_is_between_the_people_who_disagree() -> None:
    first = somerset().stage[0]
    owed = case()["stage-1-resolve"]

    assert (first.between, first.informal) == (("the worker who disagrees", "the worker they disagree with"), True)
    assert (owed.who, owed.force, owed.act, owed.party) == (
        "the people who disagree",
        "should",
        "normally try first to resolve it between themselves",
        "both",
    )
    assert owed.is_open
    assert not case(ended("1", "resolved", "2026-04-09"))["stage-1-resolve"].is_open


@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_s1_at_immediate_risk_the_child_is_referred_that_very_day_and_not_on_tuesday(answer: e.RiskAnswer) -> None:
    situation = case(at_risk(GOOD_FRIDAY, answer))
    key = situation.keys("refer-at-once")[0]

    assert (situation[key].due_on, situation[key].says) == (date(2026, 4, 3), "now")
    assert situation[key].to == "children's social care or the police"
    assert situation[key].to in situation[key].act
    assert not situation.then(done(key, GOOD_FRIDAY))[key].is_missed
    assert situation.then(done(key, "2026-04-04"))[key].is_missed


def test_s1_without_immediate_risk_nothing_is_referred_at_once() -> None:
    assert case().keys("refer-at-once") == []


@pytest.mark.parametrize(("answer", "opened_at"), [("yes", "2"), ("not sure", "1"), ("no", "1")])
def test_s1_at_immediate_risk_it_does_not_begin_between_those_who_disagree(
    answer: e.RiskAnswer, opened_at: str
) -> None:
    risk = Decided(fact=e.RiskConsidered(answer=answer), on=date(2026, 4, 1))

    decided = deciding.raise_concern(a_concern(), follow(somerset()), date(2026, 4, 1), [risk])

    assert [one.fact.stage for one in decided if isinstance(one.fact, e.StageEntered)] == [opened_at]


def test_s1_a_risk_found_later_takes_it_to_the_line_managers_without_a_departure() -> None:
    going = GoingUp(on=TODAY, outcomes=(), to="2", ground="immediate risk")

    decided = deciding.advance(case().case, follow(somerset()), going, TODAY)

    assert [one.fact for one in decided] == [e.StageEntered(stage="2", ground="immediate risk", left="1")]
    assert [(way.ground, way.from_, way.to) for way in somerset().straight_up if way.rule == "S1"] == [
        ("immediate risk", ("1",), "2")
    ]


def test_s1_the_other_reading_leaves_the_ladder_and_its_dates() -> None:
    situation = case(at_risk("2026-04-01"))

    assert situation["stage-1-resolve"].no_date == "no date has been agreed yet"
    left = situation.following(immediate_risk_then_what="no-ladder")
    assert left["stage-1-resolve"].no_date == "a child is at immediate risk: act at once"
    assert not left["stage-1-resolve"].is_guide


def test_s3_unresolved_it_goes_to_the_workers_own_line_manager() -> None:
    situation = at_stage("2")
    owed = situation["refer-to-line-manager"]

    assert "refer-to-line-manager" not in case()
    assert (owed.force, owed.party, owed.to, owed.clause) == (
        "should",
        "raising",
        "their own line manager",
        "2.3",
    )
    assert owed.since_on == TODAY
    assert owed.is_open
    assert not situation.then(done("refer-to-line-manager", "2026-04-09"))["refer-to-line-manager"].is_open


def test_s3_the_line_manager_discusses_it_with_the_opposite_number() -> None:
    owed = at_stage("2")["stage-2-resolve"]

    assert (owed.who, owed.force) == ("the line manager", "will")
    assert owed.act == "discuss it with the opposite number in the other agency, to resolve it"
    assert "stage-2-resolve" not in case()


def test_s5_the_line_manager_refers_it_up_the_line() -> None:
    situation = at_stage("3")
    owed = situation["refer-up-the-line"]

    assert "refer-up-the-line" not in at_stage("2")
    assert (owed.force, owed.act, owed.is_open) == ("will", "refer the problem up the line", True)
    assert not situation.then(done("refer-up-the-line", "2026-04-09"))["refer-up-the-line"].is_open


def test_s5_the_managers_up_the_line_resolve_it_level_by_level() -> None:
    owed = at_stage("3")["stage-3-resolve"]

    assert (owed.who, owed.force) == ("the managers up the line on both sides", "should")
    assert not at_stage("3", ended("3", "resolved", "2026-04-09"))["stage-3-resolve"].is_open


def test_s5_who_acts_up_the_line_is_for_the_partnership_to_fill_in_and_asked_case_by_case_until_then() -> None:
    gap = next(gap for gap in somerset().to_fill_in if gap.rule == "S5")
    asked = asked_when_leaving(at_stage("2"))

    assert (gap.stage, gap.answer) == ("3", "")
    assert gap.asks == (
        "How many levels are there up the line in each agency, and who acts at each? It stood only in the flowchart, "
        "which is lost."
    )
    assert (asked["people"].text, asked["people"].notice) == ("Who acts for each side there?", gap.asks)
    assert "people" not in asked_when_leaving(case())
    assert gap.asks in page()


def test_s5_who_acts_there_stands_in_the_record() -> None:
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="2", outcome="unresolved")
    going = GoingUp(on=TODAY, outcomes=(outcome,), people="The locality manager and the service manager.")

    decided = deciding.advance(at_stage("2").case, follow(somerset()), going, TODAY)

    assert decided[-1].fact == e.StageEntered(
        stage="3", ground="unresolved", left="2", people="The locality manager and the service manager."
    )


def test_s7_unresolved_it_must_go_to_each_agencys_representative_on_the_board() -> None:
    situation = at_stage("4")
    owed = situation["refer-to-board-representatives"]

    assert "refer-to-board-representatives" not in at_stage("3")
    assert (owed.force, owed.party, owed.is_open) == ("must", "both", True)
    assert (owed.who, owed.act) == ("the agencies involved (who in them is not stated)", "refer the matter on")
    assert owed.to == "the representative on the Board of each agency involved, a school's among them"
    told = situation.then(done("refer-to-board-representatives", "2026-04-09"))
    assert not told["refer-to-board-representatives"].is_open
    assert somerset().stage[3].title == "Stage 4: the agencies' representatives on the Board"


def test_s7_the_representatives_are_to_resolve_it() -> None:
    owed = at_stage("4")["stage-4-resolve"]

    assert (owed.who, owed.force) == ("the agencies' representatives on the Board", "should")
    assert not at_stage("4", ended("4", "resolved", "2026-04-09"))["stage-4-resolve"].is_open


def test_s8_then_it_should_go_to_the_coordinator() -> None:
    situation = at_stage("5")
    owed = situation["refer-to-coordinator"]

    assert "refer-to-coordinator" not in at_stage("4")
    assert (owed.force, owed.to, owed.contact) == (
        "should",
        "the Safeguarding Children Board Coordinator",
        "coordinator",
    )
    assert not situation.then(done("refer-to-coordinator", "2026-04-09"))["refer-to-coordinator"].is_open


@pytest.mark.parametrize("stage", ["1", "2", "3", "4"])
def test_s8_a_significant_policy_issue_goes_straight_to_the_coordinator_without_a_departure(stage: str) -> None:
    going = GoingUp(on=TODAY, outcomes=(), to="5", ground="significant policy issue")

    decided = deciding.advance(at_stage(stage).case, follow(somerset()), going, TODAY)

    assert [one.fact for one in decided] == [e.StageEntered(stage="5", ground="significant policy issue", left=stage)]


def test_s8_on_another_ground_passing_over_stages_is_a_departure_and_is_not_refused() -> None:
    going = GoingUp(on=TODAY, outcomes=(), to="5", reason="The review is tomorrow.")

    decided = deciding.advance(at_stage("2").case, follow(somerset()), going, TODAY)

    assert [type(one.fact) for one in decided] == [e.DepartureRecorded, e.StageEntered]


def test_s8_the_coordinator_determines_a_course_and_reports_to_the_chair() -> None:
    situation = at_stage("5")

    determines, reports = situation["coordinator-determines"], situation["report-to-chair"]
    assert (determines.force, determines.party, determines.act) == (
        "will",
        "partnership",
        "determine a course of action",
    )
    assert (reports.force, reports.party, reports.to) == ("will", "partnership", "the Chair of the Board")
    assert not situation.then(recommended("2026-04-10"))["coordinator-determines"].is_open
    assert situation.then(recommended("2026-04-10"))["report-to-chair"].is_open


def test_s8_the_ladder_ends_with_the_coordinators_course_and_whether_it_binds_is_not_stated() -> None:
    ending = somerset().ending_at("5")
    assert ending is not None

    assert somerset().last_stages == ("5",)
    assert (ending.who, ending.does, ending.binding) == (
        "the Safeguarding Children Board Coordinator",
        "decides",
        None,
    )
    assert "decides (whether it binds is not said)" in page()


def test_s8_each_agency_says_whether_it_follows_the_course() -> None:
    situation = at_stage("5", recommended("2026-04-10"))

    assert "answer-the-course" not in at_stage("5")
    assert situation["answer-the-course"].is_open
    assert (situation.case.state, situation.then(responded("2026-04-13")).case.state) == ("open", "ended")
    assert not situation.then(responded("2026-04-13", "not accepted"))["answer-the-course"].is_open


def test_s8_the_coordinator_is_a_contact_whose_number_nobody_printed() -> None:
    contact = somerset().contact_of("coordinator")
    assert contact is not None

    assert (contact.title, contact.telephone, contact.email) == ("Safeguarding Children Board Coordinator", "", "")
    assert "What are the Coordinator's telephone and e-mail? None is printed." in [
        gap.asks for gap in somerset().to_fill_in if gap.rule == "S8"
    ]
