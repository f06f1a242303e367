"""Somerset, S13: no time is stated anywhere, so each stage is to be given a date, and stands without one until then."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.casework.facts_answered import stage_dates_agreed
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.timescale import parse_timescale
from tests.builders import HEALTH, SOCIAL_CARE, ended, entered
from tests.rules.scenario import agreed
from tests.rules.somerset import asked_when_leaving, at_stage, case, raising, somerset

CLOCKS = ["stage-1-resolve", "stage-2-resolve", "stage-3-resolve", "stage-4-resolve", "coordinator-determines"]


def test_s13_each_stage_has_one_time_of_its_own_and_it_is_an_agreed_date() -> None:
    assert [(clock.stage, clock.id, clock.within) for clock in somerset().clock if clock.resolves] == [
        (stage, clock, "an agreed date") for stage, clock in zip("12345", CLOCKS, strict=True)
    ]


def test_s13_no_clock_or_duty_of_the_policy_has_a_time_but_immediate_risk() -> None:
    timed = {
        item.id: item.within
        for item in (*somerset().clock, *somerset().duty)
        if item.within and parse_timescale(item.within).has_date
    }

    assert timed == {"refer-at-once": "immediately"}


@pytest.mark.parametrize(("stage", "clock"), list(zip("12345", CLOCKS, strict=True)))
def test_s13_until_a_date_is_agreed_the_stage_stands_without_one_and_says_so(stage: str, clock: str) -> None:
    owed = at_stage(stage)[clock]

    assert (owed.due_on, owed.policy_due_on, owed.is_open) == (None, None, True)
    assert owed.no_date == "no date has been agreed yet"
    assert owed.since_on == (date(2026, 4, 1) if stage == "1" else date(2026, 4, 9))
    assert (owed.working.timescale, owed.rule.split()[-1]) == ("an agreed date", "S13")


def test_s13_stage_1_has_waited_since_the_concern_and_not_since_it_was_written_down() -> None:
    assert case(disagreed_on="2026-03-25", opened="2026-04-02")["stage-1-resolve"].since_on == date(2026, 3, 25)


@pytest.mark.parametrize(("stage", "clock"), list(zip("12345", CLOCKS, strict=True)))
def test_s13_an_agreed_date_governs_through_its_last_day(stage: str, clock: str) -> None:
    situation = at_stage(stage, agreed(clock, "2026-04-20", "2026-04-09"))

    assert (situation[clock].due_on, situation[clock].agreed_on, situation[clock].no_date) == (
        date(2026, 4, 20),
        date(2026, 4, 20),
        "",
    )
    assert not situation.then(ended(stage, "resolved", "2026-04-20"))[clock].is_missed
    assert situation.then(ended(stage, "resolved", "2026-04-21"))[clock].is_missed


def test_s13_the_calendar_does_not_move_an_agreed_date() -> None:
    owed = case(agreed("stage-1-resolve", "2026-04-06", "2026-04-01"))["stage-1-resolve"]

    assert owed.due_on == date(2026, 4, 6)


def test_s13_a_later_agreed_date_does_not_take_the_place_of_a_sooner_one() -> None:
    first = agreed("stage-1-resolve", "2026-04-08", "2026-04-01")

    owed = case(first, agreed("stage-1-resolve", "2026-04-15", "2026-04-07"))["stage-1-resolve"]

    assert (owed.due_on, owed.agreed_on) == (date(2026, 4, 8), date(2026, 4, 15))


def test_s13_the_date_agreed_for_one_stage_is_no_date_of_the_next() -> None:
    situation = case(agreed("stage-1-resolve", "2026-04-08", "2026-04-01"), entered("2", "2026-04-09"))

    assert situation["stage-2-resolve"].no_date == "no date has been agreed yet"


def test_s13_raising_asks_by_when_both_sides_will_finish_the_first_stage() -> None:
    question = raising()["agreed_by_on"]

    assert question.text == "By when have both sides agreed to finish this stage?"
    assert (question.kind, question.required) == ("date", False)
    assert question.help == ("The policy gives no time. Until a date is agreed, it stands high among what has none.")


@pytest.mark.parametrize("stage", ["1", "2", "3", "4"])
def test_s13_going_up_asks_it_of_the_stage_that_opens(stage: str) -> None:
    assert asked_when_leaving(at_stage(stage))["agreed_by_on"].label == "Agreed to finish by"


def test_s13_what_is_answered_there_is_that_stages_date_with_each_agency() -> None:
    opening = Decided(fact=e.StageEntered(stage="2", ground="unresolved", left="1"), on=date(2026, 4, 9))
    answers = Answers({"agreed_by_on": date(2026, 4, 20)})

    decided = stage_dates_agreed(somerset(), [opening], (SOCIAL_CARE, HEALTH), answers)

    assert [one.fact for one in decided] == [
        e.TimescaleAgreed(item="stage-2-resolve", by_on=date(2026, 4, 20), reason="agreed as the stage was entered"),
        e.TimescaleAgreed(item="stage-2-resolve@2", by_on=date(2026, 4, 20), reason="agreed as the stage was entered"),
    ]
    situation = case(entered("2", "2026-04-09"), *decided, receiving_agencies=(SOCIAL_CARE, HEALTH))
    assert [situation[key].due_on for key in situation.keys("stage-2-resolve")] == [date(2026, 4, 20)] * 2


def test_s13_raising_says_that_there_are_no_times_and_to_agree_a_date() -> None:
    assert (
        "The policy gives no times. Agree a date as each stage opens; one that has no date stays in sight until it has."
        in raising()["decision"].notice
    )
