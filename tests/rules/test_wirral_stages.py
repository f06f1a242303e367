"""Wirral, stages 2 to 4: W5 to W7, and W14, the diagram that is lost with whatever times it named."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import GoingUp
from escalate.core.policy import follow
from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered
from tests.rules.scenario import agreed, done, recommended, responded
from tests.rules.wirral import TODAY, asked_when_leaving, at_stage, case, page, raising, wirral

CLOCKS = [("2", "stage-2-resolve", "W5"), ("3", "stage-3-resolve", "W6"), ("4", "chair-determines", "W7")]


def test_w5_the_managers_must_attempt_to_resolve_it_between_the_two_agencies() -> None:
    owed = at_stage("2")["stage-2-resolve"]

    assert "stage-2-resolve" not in case()
    assert (owed.force, owed.party, owed.act) == (
        "must",
        "both",
        "try to settle the disagreement between the two agencies",
    )
    assert owed.who == "the managers (with the agencies' safeguarding leads or equivalent)"
    assert not at_stage("2", ended("2", "resolved", "2026-04-13"))["stage-2-resolve"].is_open


def test_w5_the_business_manager_helps_to_find_the_other_sides_safeguarding_lead() -> None:
    assert [(prompt.at, prompt.says) for prompt in wirral().prompt if prompt.rule == "W5"] == [
        (("2",), "You do not know who the other agency's safeguarding lead is? The business manager helps.")
    ]


def test_w6_a_senior_manager_should_escalate_it_to_the_board_representatives() -> None:
    situation = at_stage("3")
    owed = situation["escalate-to-representatives"]

    assert "escalate-to-representatives" not in at_stage("2")
    assert (owed.force, owed.who, owed.contact) == (
        "should",
        "a senior manager of any agency involved",
        "business-manager",
    )
    assert owed.to == "the agencies' board representatives"
    raising_only = situation.following(which_senior_manager="raising")
    assert raising_only["escalate-to-representatives"].who == "a senior manager of the agency that raised it"
    told = situation.then(done("escalate-to-representatives", "2026-04-10"))
    assert not told["escalate-to-representatives"].is_open


def test_w6_the_representatives_will_convene_a_meeting_which_is_held_only_by_a_meeting_of_this_stage() -> None:
    situation = at_stage("3")
    owed = situation["convene-the-meeting"]

    assert (owed.force, owed.act) == ("will", "call a conflict resolution meeting, to mediate")
    assert (owed.due_on, owed.no_date) == (None, "the policy states no time")
    assert situation.then(discussed("2026-04-13"))["convene-the-meeting"].is_open
    assert not situation.then(discussed("2026-04-13", how="meeting"))["convene-the-meeting"].is_open
    met_before = case(discussed("2026-04-02", how="meeting"), entered("2", "2026-04-10"), entered("3", "2026-04-10"))
    assert met_before["convene-the-meeting"].is_open


def test_w6_a_meeting_is_still_to_be_convened_with_the_agency_that_has_not_settled() -> None:
    settled = ended("3", "resolved", "2026-04-13")
    situation = at_stage("3", settled, receiving_agencies=(SOCIAL_CARE, HEALTH))

    assert [situation[key].is_open for key in situation.keys("convene-the-meeting")] == [False, True]


def test_w6_they_mediate_until_it_is_resolved() -> None:
    owed = at_stage("3", discussed("2026-04-13", how="meeting"))["stage-3-resolve"]

    assert (owed.force, owed.act, owed.is_open) == ("will", "mediate, to resolve the concern", True)
    assert not at_stage("3", ended("3", "resolved", "2026-04-13"))["stage-3-resolve"].is_open


def test_w7_unresolved_the_representatives_contact_the_business_manager_to_go_to_the_chair() -> None:
    owed = at_stage("3", ended("3", "unresolved", "2026-04-13"))["contact-business-manager"]

    assert (owed.force, owed.to, owed.contact) == ("should", "the business manager of the board", "business-manager")
    assert "contact-business-manager" not in at_stage("3")
    missed = at_stage("3", agreed("stage-3-resolve", "2026-04-20", "2026-04-10"))["contact-business-manager"]
    assert (missed.since_on, missed.shows_from) == (date(2026, 4, 20), date(2026, 4, 21))


def test_w7_they_escalate_it_to_the_chair_for_a_determination() -> None:
    situation = at_stage("4")
    owed = situation["escalate-to-the-chair"]

    assert "escalate-to-the-chair" not in at_stage("3")
    assert (owed.force, owed.to) == ("will", "the Chair of the board, through the business manager")
    assert not situation.then(done("escalate-to-the-chair", "2026-04-10"))["escalate-to-the-chair"].is_open


def test_w7_the_chair_determines_it_and_each_agency_says_whether_it_follows() -> None:
    situation = at_stage("4")
    determined = situation.then(recommended("2026-04-15"))
    ending = wirral().ending_at("4")
    assert ending is not None

    assert (situation["chair-determines"].party, situation["chair-determines"].is_open) == ("partnership", True)
    assert not determined["chair-determines"].is_open
    assert "answer-the-determination" not in situation
    assert (determined.case.state, determined["answer-the-determination"].is_open) == ("open", True)
    assert not determined.then(responded("2026-04-16"))["answer-the-determination"].is_open
    assert (ending.who, ending.does, ending.binding) == ("the Chair of the board", "decides", None)
    assert "decides (whether it binds is not said)" in page()
    assert wirral().last_stages == ("4",)


@pytest.mark.parametrize(("stage", "clock", "rule"), CLOCKS)
def test_w5_w6_w7_w14_no_time_is_in_the_text_and_until_one_is_agreed_the_stage_says_so(
    stage: str, clock: str, rule: str
) -> None:
    owed = at_stage(stage)[clock]

    assert (owed.due_on, owed.no_date, owed.since_on) == (None, "no date has been agreed yet", TODAY)
    assert owed.rule == f"{rule} W14"
    assert "a time may have stood in the lost diagram" in owed.clause


@pytest.mark.parametrize(("stage", "clock", "rule"), CLOCKS)
def test_w5_w6_w7_an_agreed_date_governs_through_its_last_day(stage: str, clock: str, rule: str) -> None:
    situation = at_stage(stage, agreed(clock, "2026-04-20", "2026-04-10"))

    assert situation[clock].due_on == date(2026, 4, 20)
    assert not situation.then(ended(stage, "resolved", "2026-04-20"))[clock].is_missed
    assert situation.then(ended(stage, "resolved", "2026-04-21"))[clock].is_missed


@pytest.mark.parametrize("stage", ["1", "2", "3"])
def test_w14_going_up_asks_for_a_date_and_for_whom_the_diagram_names(stage: str) -> None:
    asked = asked_when_leaving(at_stage(stage))
    following = str(int(stage) + 1)

    assert asked["agreed_by_on"].text == "By when have both sides agreed to finish this stage?"
    assert asked["people"].notice == (
        f"Whom does the process diagram name for stage {following}, and which time? The diagram is not in the text."
    )
    assert asked["people"].notice in page()


def test_w5_w6_w7_w14_what_the_diagram_named_is_for_the_partnership_to_fill_in() -> None:
    assert [(gap.id, gap.stage, gap.answer, gap.clause) for gap in wirral().to_fill_in] == [
        (f"diagram-stage-{stage}", stage, "", "s2 para 3") for stage in "234"
    ]
    assert {"people", "agreed_by_on"} & set(raising()) == set()


def test_w14_who_acts_there_stands_in_the_record() -> None:
    outcome = e.OutcomeRecorded(agency=SOCIAL_CARE, stage="1", outcome="unresolved")
    going = GoingUp(on=TODAY, outcomes=(outcome,), people="The team managers.")

    decided = deciding.advance(case().case, follow(wirral()), going, TODAY)

    assert decided[-1].fact == e.StageEntered(stage="2", ground="unresolved", left="1", people="The team managers.")
