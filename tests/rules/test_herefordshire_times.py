"""Herefordshire's one count through four stages: H3, H5, H9, H12, H21, H23, H25 and H32."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import HEALTH, SOCIAL_CARE, ended, entered, on
from tests.rules.herefordshire import CLOCKS, at_stage, case, herefordshire, page, question, to_stage_1
from tests.rules.scenario import Scenario, agreed, recommended


def dates(one: Scenario) -> list[date | None]:
    """Return the day each of the four stages is to be completed by."""
    return [one[clock].due_on for clock in CLOCKS]


@pytest.mark.parametrize(
    ("concern", "days"),
    [
        pytest.param("2026-04-01", ["2026-04-08", "2026-04-15", "2026-04-22", "2026-05-01"], id="easter"),
        pytest.param("2026-08-27", ["2026-09-02", "2026-09-09", "2026-09-16", "2026-09-25"], id="august"),
        pytest.param("2026-12-23", ["2026-12-30", "2027-01-07", "2027-01-14", "2027-01-25"], id="christmas"),
    ],
)
def test_h5_h9_h12_h25_the_four_stages_end_3_8_13_and_20_working_days_after_the_concern(
    concern: str, days: list[str]
) -> None:
    assert dates(at_stage("4", concern, decision_received_on=concern)) == [on(day) for day in days]


@pytest.mark.parametrize(
    ("rule", "stage", "force", "last_day", "first_day_late"),
    [
        pytest.param("H5", "1", "should", "2026-04-08", "2026-04-09", id="h5"),
        pytest.param("H9", "2", "must", "2026-04-15", "2026-04-16", id="h9"),
        pytest.param("H12", "3", "must", "2026-04-22", "2026-04-23", id="h12"),
        pytest.param("H25", "4", "should", "2026-05-01", "2026-05-02", id="h25"),
    ],
)
def test_h5_h9_h12_h25_a_stage_is_in_time_on_its_last_day_and_late_the_day_after(
    rule: str, stage: str, force: str, last_day: str, first_day_late: str
) -> None:
    one, clock = at_stage(stage), f"stage-{stage}-resolve"

    assert (one[clock].force, one[clock].rule.split()[0], one[clock].since_on) == (force, rule, date(2026, 4, 1))
    assert not one.then(ended(stage, "resolved", last_day))[clock].is_missed
    assert one.then(ended(stage, "resolved", first_day_late))[clock].is_missed


def test_h5_stage_1_is_one_to_three_working_days_of_which_the_last_governs() -> None:
    assert at_stage("1")["stage-1-resolve"].working.timescale == ("1 to 3 working days, or less if the child needs it")


def test_h25_stage_4_is_completed_when_the_board_has_agreed_its_plan() -> None:
    assert not at_stage("4", "2026-04-23", recommended("2026-05-01"))["stage-4-resolve"].is_open
    assert at_stage("4", "2026-04-23", recommended("2026-05-02"))["stage-4-resolve"].is_missed


def test_h25_the_stage_runs_on_until_it_is_resolved_with_every_agency() -> None:
    one = at_stage("4", "2026-04-23", receiving_agencies=(SOCIAL_CARE, HEALTH))
    with_one = one.then(ended("4", "resolved", "2026-04-28"))
    with_both = with_one.then(ended("4", "resolved", "2026-04-29", HEALTH))

    assert one.keys("stage-4-resolve") == ["stage-4-resolve"]
    assert (with_one["stage-4-resolve"].is_open, with_both["stage-4-resolve"].is_open) == (True, False)


def test_h21_entering_late_starts_nothing_anew_and_stage_1_after_day_3_is_late_at_once() -> None:
    on_day_3, on_day_4 = case(to_stage_1("2026-04-08")), case(to_stage_1("2026-04-09"))

    assert on_day_3["stage-1-resolve"].due_on == on_day_4["stage-1-resolve"].due_on == date(2026, 4, 8)
    assert on_day_4["stage-1-resolve"].since_on == date(2026, 4, 1)
    late = case(to_stage_1("2026-04-24"), entered("2", "2026-04-27"))
    assert [late[clock].due_on for clock in CLOCKS[:2]] == [date(2026, 4, 8), date(2026, 4, 15)]


def test_h21_of_a_disagreement_and_a_decision_the_earlier_is_the_concern() -> None:
    one = at_stage("1", disagreed_on="2026-03-31")

    assert one["stage-1-resolve"].due_on == date(2026, 4, 7)


def test_h2_h21_the_day_of_stage_1_is_in_sight_while_the_informal_step_uses_it_up() -> None:
    owed = case()["before-stage-1-ends"]

    assert (owed.due_on, owed.stage, owed.party, owed.settles) == (date(2026, 4, 8), "informal", "raising", False)
    assert not case(to_stage_1("2026-04-08"))["before-stage-1-ends"].is_missed
    assert case(to_stage_1("2026-04-09"))["before-stage-1-ends"].is_missed
    assert not case(ended("informal", "resolved", "2026-04-02"))["before-stage-1-ends"].is_open


def test_h2_h21_the_informal_step_has_no_other_time_than_that_of_stage_1_and_says_so() -> None:
    [clock] = [clock for clock in herefordshire().clock if clock.stage == "informal"]
    stage_1 = next(clock for clock in herefordshire().clock if clock.id == "stage-1-resolve")

    assert (clock.within, clock.from_) == (stage_1.within, stage_1.from_)
    assert "ours: the informal step has no time of its own" in clock.clause
    assert not clock.resolves


def test_h21_from_the_initial_escalation_is_the_reading_not_followed_and_what_it_would_give_is_told() -> None:
    one = at_stage("4", "2026-04-09")

    assert dates(one) == [date(2026, 4, 8), date(2026, 4, 15), date(2026, 4, 22), date(2026, 5, 1)]
    assert dates(one.following(what_the_clock_starts_from="escalation")) == [
        date(2026, 4, 14),
        date(2026, 4, 21),
        date(2026, 4, 28),
        date(2026, 5, 8),
    ]
    told = next(r for r in one["stage-2-resolve"].working.readings if r.doubt == "what-the-clock-starts-from")
    assert (told.sort, [other.gives for other in told.others]) == ("contradiction", [date(2026, 4, 21)])


def test_h21_counted_from_the_initial_escalation_the_informal_step_has_no_day() -> None:
    owed = case().following(what_the_clock_starts_from="escalation")["before-stage-1-ends"]

    assert (owed.due_on, owed.no_date) == (None, "this has not happened yet: stage 1 entered")


def test_h23_the_times_bind_and_indicative_is_the_reading_not_followed() -> None:
    one = at_stage("4")
    other = one.following(times_binding_or_indicative="indicative")

    assert [one[clock].is_guide for clock in CLOCKS] == [False] * 4
    assert [other[clock].is_guide for clock in CLOCKS] == [True] * 4
    assert dates(other) == dates(one)
    doubt = next(doubt for doubt in herefordshire().contradiction if doubt.rules == ("H23",))
    assert (doubt.followed, doubt.items) == ("binding", ("before-stage-1-ends", *CLOCKS))
    informal = case().following(times_binding_or_indicative="indicative")["before-stage-1-ends"]
    assert (case()["before-stage-1-ends"].is_guide, informal.is_guide) == (False, True)


def test_h23_h3_a_shorter_time_that_the_child_needs_governs_and_a_longer_one_puts_nothing_off() -> None:
    sooner = at_stage("2", "2026-04-02", agreed("stage-2-resolve", "2026-04-10", "2026-04-02"))
    later = at_stage("2", "2026-04-02", agreed("stage-2-resolve", "2026-04-24", "2026-04-02"))

    assert (sooner["stage-2-resolve"].due_on, later["stage-2-resolve"].due_on) == (
        date(2026, 4, 10),
        date(2026, 4, 15),
    )


def test_h3_every_stages_time_gives_way_to_the_childs_need() -> None:
    written = {clock.id: clock.within for clock in herefordshire().clock}

    assert [written[clock] for clock in CLOCKS] == [
        "1 to 3 working days, or less if the child needs it",
        "8 working days, or less if the child needs it",
        "13 working days, or less if the child needs it",
        "20 working days, or less if the child needs it",
    ]


def test_h3_the_childs_needs_decide_when_to_go_up_is_always_in_sight() -> None:
    prompt = next(prompt for prompt in herefordshire().prompt if prompt.rules == ("H3",))

    assert (prompt.at, prompt.clause) == (("raise", "record", "always"), "s4 paras 3-4")
    assert prompt.says == (
        "Where waiting would put the child at greater risk, do not wait. The child's needs decide when to go up; "
        "some matters need a swifter answer than the times given."
    )
    assert prompt.says in page()
    assert prompt.says in question("decision").notice


def test_h32_the_day_of_the_concern_is_day_0_and_as_day_1_every_date_is_a_working_day_sooner() -> None:
    one = at_stage("4").following(first_day_counted="day-1")

    assert dates(one) == [date(2026, 4, 7), date(2026, 4, 14), date(2026, 4, 21), date(2026, 4, 30)]
    told = next(r for r in at_stage("4")["stage-4-resolve"].working.readings if r.doubt == "first-day-counted")
    assert (told.sort, [other.gives for other in told.others]) == ("ambiguity", [date(2026, 4, 30)])


def test_h32_on_a_day_that_is_not_counted_both_readings_are_one() -> None:
    one = at_stage("4", "2026-04-07", decision_received_on="2026-04-04")

    assert dates(one) == dates(one.following(first_day_counted="day-1"))
    assert dates(one)[0] == date(2026, 4, 9)
