"""Herefordshire's agreed response dates, and going up until it is agreed: H4 and H22."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.deciding import Decided, GoingUp
from tests.builders import HEALTH, SOCIAL_CARE, discussed, ended, entered
from tests.rules.herefordshire import at_stage, case, herefordshire, page, to_stage_1
from tests.rules.scenario import Scenario, agreed, recommended


def going_up(one: Scenario, outcome: e.Outcome, day: date) -> tuple[Decided, ...]:
    """Return what is recorded where the case's stage ends so and it goes up on that day."""
    ended_so = e.OutcomeRecorded(agency=SOCIAL_CARE, stage=one.case.stage, outcome=outcome)
    return deciding.advance(one.case, herefordshire(), GoingUp(on=day, outcomes=(ended_so,)), day)


@pytest.mark.parametrize("stage", ["1", "2", "3", "4"])
def test_h4_at_every_formal_stage_a_response_is_due_by_an_agreed_date(stage: str) -> None:
    owed = at_stage(stage)[f"stage-{stage}-reply"]

    assert (owed.force, owed.who, owed.party, owed.clause) == ("should", "the agencies", "receiving", "s4 para 5")
    assert (owed.due_on, owed.no_date) == (None, "no date has been agreed yet")
    assert owed.act == (
        "agree by when the agency challenged will answer, as soon as the matter can be looked into and the sooner "
        "the greater the worry for the child; the answer is due by then"
    )


def test_h4_before_stage_1_no_response_date_is_asked_for() -> None:
    assert [key for key in case().owed if key.endswith("-reply")] == []


@pytest.mark.parametrize("stage", ["1", "2", "3", "4"])
def test_h4_the_agreed_date_is_the_response_date(stage: str) -> None:
    key = f"stage-{stage}-reply"
    one = at_stage(stage, "2026-04-02", agreed(key, "2026-04-07", "2026-04-02"))

    assert (one[key].due_on, one[key].no_date) == (date(2026, 4, 7), "")
    assert not one.then(ended(stage, "resolved", "2026-04-07"))[key].is_missed
    assert one.then(ended(stage, "resolved", "2026-04-08"))[key].is_missed


def test_h4_the_talk_in_which_the_date_was_agreed_is_not_the_response() -> None:
    one = at_stage("1", "2026-04-02", discussed("2026-04-02"), agreed("stage-1-reply", "2026-04-07", "2026-04-02"))

    assert one["stage-1-reply"].is_open


def test_h4_each_agency_agrees_its_own_date() -> None:
    one = at_stage(
        "1",
        "2026-04-02",
        agreed("stage-1-reply@2", "2026-04-07", "2026-04-02"),
        receiving_agencies=(SOCIAL_CARE, HEALTH),
    )

    assert (one["stage-1-reply"].due_on, one["stage-1-reply@2"].due_on) == (None, date(2026, 4, 7))


def test_h4_a_response_agreed_for_later_than_the_stages_own_day_puts_that_day_off_by_nothing() -> None:
    one = at_stage("1", "2026-04-02", agreed("stage-1-reply", "2026-04-24", "2026-04-02"))

    assert one["stage-1-resolve"].due_on == date(2026, 4, 8)


@pytest.mark.parametrize(("stage", "following"), [("1", "2"), ("2", "3"), ("3", "4")])
def test_h4_no_response_by_then_one_may_go_up_and_say_why(stage: str, following: str) -> None:
    one = at_stage(stage, "2026-04-02", agreed(f"stage-{stage}-reply", "2026-04-07", "2026-04-02"))
    owed = one[f"go-up-without-a-response-{stage}"]

    assert (owed.force, owed.party, owed.since_on) == ("may", "raising", date(2026, 4, 7))
    assert owed.shows_from == date(2026, 4, 8)
    assert owed.act == (
        f"go up to stage {following}, giving as reason the lack of a response and the continuing concern for the child"
    )
    gone = one.then(entered(following, "2026-04-08", ground="no response"))
    assert not gone[f"go-up-without-a-response-{stage}"].is_open


def test_h4_an_answer_by_the_agreed_date_gives_no_such_ground() -> None:
    one = at_stage("1", "2026-04-02", agreed("stage-1-reply", "2026-04-07", "2026-04-02"))

    assert "go-up-without-a-response-1" not in one.then(ended("1", "resolved", "2026-04-07"))
    assert "go-up-without-a-response-1" not in at_stage("1")


@pytest.mark.parametrize(("stage", "following"), [("1", "2"), ("2", "3"), ("3", "4")])
def test_h4_going_up_on_no_response_is_no_departure_and_nothing_is_refused(stage: str, following: str) -> None:
    decided = going_up(at_stage(stage), "no response", date(2026, 4, 8))

    assert [one.fact for one in decided] == [
        e.OutcomeRecorded(agency=SOCIAL_CARE, stage=stage, outcome="no response"),
        e.StageEntered(stage=following, ground="no response", left=stage),
    ]


def test_h22_the_formal_stages_follow_one_another_until_it_is_agreed() -> None:
    ways = {stage.id: herefordshire().after(stage.id) for stage in herefordshire().stage}

    assert ways == {"informal": ("1",), "1": ("2",), "2": ("3",), "3": ("4",), "4": ()}
    assert herefordshire().straight_up == ()
    prompt = next(prompt for prompt in herefordshire().prompt if prompt.rules == ("H22",))
    assert (prompt.at, prompt.says) == (
        ("raise", "1"),
        "What is not resolved must go up, stage by stage, until it is agreed how it will be resolved.",
    )
    assert prompt.says in page()


def test_h22_not_resolved_informally_it_goes_to_stage_1() -> None:
    decided = going_up(case(), "unresolved", date(2026, 4, 2))

    assert decided[-1].fact == e.StageEntered(stage="1", ground="unresolved", left="informal")


def test_h22_a_stage_passed_over_is_a_departure_and_not_refused() -> None:
    to_3 = GoingUp(on=date(2026, 4, 7), outcomes=(), to="3", reason="Nobody is there at stage 2.")
    decided = deciding.advance(at_stage("1").case, herefordshire(), to_3, date(2026, 4, 7))

    assert [one.fact for one in decided] == [
        e.DepartureRecorded(
            what="stage 2 passed over, from stage 1 to stage 3", reason="Nobody is there at stage 2.", rule="H9 H10"
        ),
        e.StageEntered(stage="3", ground="skipped", left="1", reason="Nobody is there at stage 2."),
    ]


@pytest.mark.parametrize(
    ("stage", "item", "force", "missed_on", "shows_from"),
    [
        ("1", "go-up-to-stage-2", "must", "2026-04-08", "2026-04-09"),
        ("2", "go-up-to-stage-3", "must", "2026-04-15", "2026-04-16"),
        ("3", "go-up-to-the-board", "will", "2026-04-22", "2026-04-23"),
    ],
)
def test_h22_what_stays_unresolved_goes_up_from_the_day_after_its_stage_was_to_end(
    stage: str, item: str, force: str, missed_on: str, shows_from: str
) -> None:
    one = at_stage(stage)

    assert (one[item].force, one[item].since_on, one[item].shows_from) == (
        force,
        date.fromisoformat(missed_on),
        date.fromisoformat(shows_from),
    )
    assert item not in one.then(ended(stage, "resolved", missed_on))
    assert not one.then(ended(stage, "resolved", shows_from))[item].is_open
    unresolved = one.then(ended(stage, "unresolved", "2026-04-07"))[item]
    assert (unresolved.since_on, unresolved.shows_from) == (date(2026, 4, 7), None)
    gone_up = [one.then(entered(str(int(stage) + 1), day)) for day in (missed_on, shows_from)]
    assert [item in gone for gone in gone_up] == [False, True]
    assert not gone_up[1][item].is_open


def test_h22_one_agencys_resolution_does_not_end_it_for_the_other() -> None:
    one = at_stage("1", receiving_agencies=(SOCIAL_CARE, HEALTH)).then(ended("1", "resolved", "2026-04-08"))

    assert one.keys("go-up-to-stage-2") == ["go-up-to-stage-2@2"]


def test_h22_entering_a_stage_has_told_nobody() -> None:
    one = at_stage("3")

    for item in ("take-to-line-manager", "take-to-stage-2", "take-to-stage-3"):
        assert (one[item].force, one[item].is_open) == ("must", True)


def test_h22_after_stage_3_it_is_the_boards_whose_plan_each_agency_answers() -> None:
    one = case(
        to_stage_1("2026-04-02"), entered("2", "2026-04-09"), entered("3", "2026-04-16"), entered("4", "2026-04-23")
    )
    planned = one.then(recommended("2026-04-30"))

    assert planned.case.state == "open"
    assert (planned["answer-the-plan"].party, planned["answer-the-plan"].is_open) == ("receiving", True)
