"""Invented policies of other ladders: an uncounted step, six levels, one in two halves, a fork, ways straight up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import at_risk, ended, entered
from tests.cli.kept import facts, kinds
from tests.policies.walk import Walk, path_of
from tests.rules.scenario import policy_of, scenario

ALDERWICK, BRANFIELD, CALDERMOOR, LARKMINSTER = (
    policy_of(str(path_of(name)))
    for name in ("alderwick-2026-01", "branfield-2025-09", "caldermoor-2026-02", "larkminster-2026-01")
)


def test_alderwick_from_the_talk_to_the_mediator_by_one_time_from_the_first_concern(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "alderwick-2026-01")

    assert walk.raised("2026-04-01")["stage"] == "talk"
    assert walk.due("2026-04-01") == {"talk-settle": "2026-04-07"}
    assert walk.items("2026-04-01")["talk-settle"]["is_guide"]
    assert walk.advanced("2026-04-08")["stage"] == "1"
    assert walk.due("2026-04-08") == {"step-1-settle": "2026-04-10", "note-on-file": "the policy states no time"}
    walk.did("2026-04-08", "note-on-file", to="the child's file", how="record")
    assert walk.advanced("2026-04-13")["stage"] == "2"
    assert walk.due("2026-04-13") == {"step-2-settle": "2026-04-17"}
    assert walk.advanced("2026-04-27")["stage"] == "3"
    assert walk.due("2026-04-27") == {"step-3-mediate": "2026-04-24"}
    assert walk.why("2026-04-27", "step-3-mediate")["says"][5] == (
        "Counted from Wednesday 1 April 2026, which is day 0: the concern arose."
    )
    walk.recorded("2026-04-28", "recommendation", recommended_by="the mediator", recommendation="Visit together.")
    assert walk.resolved("2026-04-29")["state"] == "ended"
    assert walk.due("2026-04-29") == {}
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("concern", "talk", "first", "second", "third"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-10", "2026-04-17", "2026-04-24", id="easter"),
        pytest.param("2026-08-27", "2026-09-01", "2026-09-04", "2026-09-11", "2026-09-18", id="august"),
        pytest.param("2026-12-23", "2026-12-29", "2027-01-04", "2027-01-11", "2027-01-18", id="christmas"),
    ],
)
def test_alderwicks_steps_end_at_two_five_ten_and_fifteen_working_days_however_late_each_is_entered(
    concern: str, talk: str, first: str, second: str, third: str
) -> None:
    climbed = [entered(step, third) for step in ("1", "2", "3")]
    case = scenario(*climbed, decision_received_on=concern, policy=ALDERWICK)

    due = [case[key].due_on for key in ("talk-settle", "step-1-settle", "step-2-settle", "step-3-mediate")]
    assert due == [date.fromisoformat(day) for day in (talk, first, second, third)]


def test_alderwicks_step_1_is_on_time_on_10_april_and_late_on_the_11th() -> None:
    case = scenario(entered("1", "2026-04-08"), policy=ALDERWICK)

    assert not case.then(ended("1", "resolved", "2026-04-10"))["step-1-settle"].is_missed
    assert case.then(ended("1", "resolved", "2026-04-11"))["step-1-settle"].is_missed


def test_alderwicks_steps_go_on_unchanged_where_a_child_is_at_immediate_risk() -> None:
    case = scenario(entered("1", "2026-04-02"), at_risk("2026-04-02"), policy=ALDERWICK)

    assert (case["step-1-settle"].due_on, case["step-1-settle"].is_guide) == (date(2026, 4, 10), False)


def test_alderwicks_talk_is_no_counted_step_and_a_team_may_hold_it() -> None:
    talk, *steps = ALDERWICK.stage

    assert (talk.informal, [step.informal for step in steps]) == (True, [False, False, False])
    assert [stage.between[0] for stage in ALDERWICK.stage[:2]] == [
        "anybody of the team around the child, alone or together",
        "the lead professional, for the whole team",
    ]
    assert steps[0].stand_in == "a deputy, where the manager is away for more than a day"


def test_branfield_through_six_levels_with_a_clock_for_each_who_serves_the_meeting(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "branfield-2025-09")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {
        "raise": "2026-04-02 00:00",
        "reply": "the counterpart has not been told yet, as far as is recorded",
    }
    walk.recorded("2026-04-02", "told", time="09:30")
    assert walk.due("2026-04-02") == {"reply": "2026-04-04 09:30"}
    assert walk.advanced("2026-04-07", "no response", said="Rang twice.")["stage"] == "2"
    waiting = {
        "write-up": "no meeting has been recorded yet",
        "circulate": "nobody has recorded that this was done: minutes",
    }
    assert walk.due("2026-04-07") == {
        "convene": "2026-04-08",
        "invitations": "2026-04-08",
        "hold-the-meeting": "2026-04-14",
        **waiting,
    }
    walk.did("2026-04-08", "invitations")
    walk.recorded("2026-04-13", "discussion", held="meeting")
    waiting.pop("write-up")
    assert walk.due("2026-04-13") == {"write-up": "2026-04-15", "minutes": "2026-04-15", **waiting}
    walk.did("2026-04-15", "minutes")
    assert walk.due("2026-04-15") == {"circulate": "2026-04-15", "circulated": "2026-04-15"}
    walk.did("2026-04-15", "circulated")
    assert walk.advanced("2026-04-15")["stage"] == "3"
    assert walk.due("2026-04-15") == {"level-3-settle": "2026-04-17"}
    assert walk.items("2026-04-15")["level-3-settle"]["own_due_on"] == "2026-04-20"
    assert walk.advanced("2026-04-17")["stage"] == "4a"
    assert walk.due("2026-04-17") == {"level-4a-settle": "2026-04-22"}
    assert walk.advanced("2026-04-22")["stage"] == "4b"
    assert walk.due("2026-04-22") == {"level-4b-settle": "2026-04-24"}
    assert walk.why("2026-04-22", "level-4b-settle")["due_on"] == "2026-04-24"
    assert walk.advanced("2026-04-24")["stage"] == "5"
    walk.recorded("2026-04-28", "recommendation", recommended_by="the Chair", recommendation="Assess together.")
    walk.recorded("2026-04-29", "response", response="accepted in part", response_note="Not the timescale.")
    assert walk.shown("2026-04-29")["case"]["state"] == "open"
    assert walk.resolved("2026-04-30")["state"] == "ended"
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("entered_on", "last_day", "first_day_late"),
    [("2026-04-02", "2026-04-13", "2026-04-14"), ("2026-08-28", "2026-09-07", "2026-09-08")],
)
def test_branfields_two_halves_of_level_4_follow_each_other(
    entered_on: str, last_day: str, first_day_late: str
) -> None:
    half = scenario(entered("4a", entered_on), decision_received_on=entered_on, policy=BRANFIELD)
    both = half.then(entered("4b", half["level-4a-settle"].due_on or ""))

    assert BRANFIELD.after("4a") == ("4b",)
    assert both["level-4b-settle"].due_on == date.fromisoformat(last_day)
    assert not both.then(ended("4b", "resolved", last_day))["level-4b-settle"].is_missed
    assert both.then(ended("4b", "resolved", first_day_late))["level-4b-settle"].is_missed


def test_caldermoors_managers_choose_health_where_the_chief_nurse_decides_for_all(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "caldermoor-2026-02")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"tier-1-settle": "2026-04-08"}
    walk.advanced("2026-04-08")
    assert walk.due("2026-04-08") == {
        "tier-2-settle": "2026-04-13",
        "brief-the-assistant-directors": "it is owed before tier 3-council is entered",
    }
    up = {"risk": "no", "on": "2026-04-13", "outcome": "unresolved"}
    refused = walk.refused("advance", walk.reference, today="2026-04-13", answers=up)
    assert '"to" is missing: Which tier comes next?' in refused
    assert walk.advanced("2026-04-13", to="3-health")["stage"] == "3-health"
    assert walk.due("2026-04-13") == {"chief-nurse-decides": "2026-04-15"}
    assert walk.why("2026-04-13", "chief-nurse-decides")["due_on"] == "2026-04-15"
    walk.recorded("2026-04-15", "recommendation", recommended_by="the chief nurse", recommendation="Weigh weekly.")
    assert walk.shown("2026-04-15")["case"]["state"] == "ended"
    assert walk.due("2026-04-15") == {}
    assert "departure recorded" not in kinds(walk.home, walk.reference)
    assert walk.is_sound()


def test_caldermoors_managers_choose_the_council_where_the_partners_recommend(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "caldermoor-2026-02")

    walk.raised("2026-04-01")
    walk.advanced("2026-04-08")
    walk.advanced("2026-04-13", to="3-council")
    assert walk.due("2026-04-13") == {
        "tier-3-council-settle": "2026-04-20",
        "brief-the-assistant-directors": "2026-04-13",
    }
    walk.did("2026-04-13", "brief-the-assistant-directors")
    assert walk.advanced("2026-04-20")["stage"] == "4"
    assert walk.due("2026-04-20") == {
        "partners-recommend": "2026-04-27",
        "answer-the-partners": "no recommendation has been made yet",
    }
    walk.recorded("2026-04-24", "recommendation", recommended_by="the partners", recommendation="Assess together.")
    assert walk.due("2026-04-24") == {"answer-the-partners": "2026-05-01"}
    walk.recorded("2026-05-01", "response", response="accepted")
    assert walk.due("2026-05-01") == {"publish-the-answer": "the policy states no time"}
    assert walk.shown("2026-05-01")["case"]["state"] == "ended"
    assert walk.is_sound()


def test_caldermoors_tier_4_lies_above_the_council_and_not_above_health() -> None:
    assert CALDERMOOR.after("2") == ("3-health", "3-council")
    assert (CALDERMOOR.above("3-health"), CALDERMOOR.above("3-council")) == ((), ("4",))
    assert CALDERMOOR.last_stages == ("3-health", "4")


def test_caldermoors_council_entered_late_counts_from_the_managers_last_day() -> None:
    case = scenario(entered("2", "2026-04-08"), entered("3-council", "2026-04-24"), policy=CALDERMOOR)

    owed = case["tier-3-council-settle"]
    assert (owed.due_on, owed.own_due_on) == (date(2026, 4, 20), date(2026, 5, 1))
    assert owed.working.started_by == "the day by which tier 2 was to be resolved"


def test_caldermoors_briefing_falls_away_where_it_is_settled_below() -> None:
    owed = scenario(entered("2", "2026-04-08"), ended("2", "resolved", "2026-04-10"), policy=CALDERMOOR)

    assert owed["brief-the-assistant-directors"].closed_how == "the case ended before tier 3-council"


def test_larkminster_straight_up_on_a_ground_of_its_own_and_asked_who_acts_there(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "larkminster-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"level-1-settle": "2026-04-07"}
    went = walk.advanced(
        "2026-04-02",
        to="3",
        ground="the same thing has happened to another child",
        reason="It happened to his cousin in March.",
        people="Jo Manager for social care",
    )
    assert went["stage"] == "3"
    assert walk.due("2026-04-02") == {"level-3-settle": "2026-04-13"}
    assert walk.why("2026-04-02", "level-3-settle")["due_on"] == "2026-04-13"
    assert facts(walk.home, walk.reference, "stage entered")[-1] == e.StageEntered(
        stage="3",
        ground="the same thing has happened to another child",
        left="1",
        reason="It happened to his cousin in March.",
        people="Jo Manager for social care",
    )
    walk.advanced("2026-04-13")
    assert walk.due("2026-04-13") == {"partners-decide": "2026-04-27"}
    walk.recorded("2026-04-20", "recommendation", recommended_by="the partners", recommendation="Assess together.")
    assert walk.shown("2026-04-20")["case"]["state"] == "ended"
    assert "departure recorded" not in kinds(walk.home, walk.reference)
    assert walk.is_sound()


def test_larkminster_past_a_level_on_no_ground_of_its_own_is_a_departure(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "larkminster-2026-01")

    walk.raised("2026-04-01")
    walk.advanced("2026-04-02", to="3", reason="Both supervisors are away.")

    departed = facts(walk.home, walk.reference, "departure recorded")
    assert departed == [
        e.DepartureRecorded(what="level 2 passed over, from level 1 to level 3", reason="Both supervisors are away.")
    ]
    assert walk.is_sound()


def test_larkminster_says_who_goes_to_whom_and_what_it_has_left_blank(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "larkminster-2026-01")

    shown = walk.done("policy", "show", "larkminster-2026-01").out

    assert "Student midwife (the hospital): the ward manager, then the named midwife." in shown
    assert "The diagram on page 5 that named each agency's senior officer is not in the copy that was read." in shown
    assert LARKMINSTER.contact[0].confirmed_by == "the office itself, by telephone"
    assert LARKMINSTER.post[0].acts_as == "the supervisor"
