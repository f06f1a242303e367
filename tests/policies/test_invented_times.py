"""Invented policies of other times: shared by stages, capped, by band, a guide, with the day itself counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Happened, at_risk, ended, entered, on, told
from tests.policies.walk import CONCERN, Walk, path_of
from tests.rules.scenario import policy_of, scenario

DUNMERE, EASTLYN, HARROWDALE = (
    policy_of(str(path_of(name)))
    for name in (
        "dunmere-2025-11",
        "eastlyn-2026-01",
        "harrowdale-2026-01",
    )
)


def judged(band: str, day: str) -> Happened:
    """Somebody judged how urgent it is."""
    return e.UrgencyJudged(band=band, judged_by="Jo Manager"), on(day)


def test_dunmere_two_stages_on_one_time_and_a_day_past_which_nothing_lasts(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "dunmere-2025-11")

    walk.raised("2026-04-02", disagreed_on="2026-04-01")
    assert walk.due("2026-04-02") == {"workers-settle": "2026-04-10", "whole-difference": "2026-04-29"}
    walk.advanced("2026-04-13")
    assert walk.due("2026-04-13") == {"managers-settle": "2026-04-21", "whole-difference": "2026-04-29"}
    assert walk.items("2026-04-13")["managers-settle"]["own_due_on"] == "2026-04-22"
    walk.advanced("2026-04-17")
    assert walk.due("2026-04-17") == {"managers-settle": "2026-04-21", "whole-difference": "2026-04-29"}
    walk.advanced("2026-04-22")
    assert walk.due("2026-04-22") == {
        "send-the-record": "2026-04-25",
        "whole-difference": "2026-04-29",
        "sub-group-settles": "no date has been agreed yet",
    }
    walk.agreed("2026-04-22", "sub-group-settles", "2026-05-08")
    assert walk.due("2026-04-22")["sub-group-settles"] == "2026-04-29"
    assert (
        "Its own time would give 08/05/2026; whole-difference allows none later than its own date."
        in (walk.why("2026-04-22", "sub-group-settles")["says"])
    )
    walk.agreed("2026-04-23", "sub-group-settles", "2026-04-27")
    assert walk.due("2026-04-23")["sub-group-settles"] == "2026-04-27"
    assert walk.resolved("2026-04-27")["state"] == "ended"
    assert walk.due("2026-04-27") == {"send-the-record": "2026-04-25"}
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("start", "pooled", "capped"),
    [
        pytest.param("2026-04-01", "2026-04-21", "2026-04-29", id="easter"),
        pytest.param("2026-08-27", "2026-09-15", "2026-09-24", id="august"),
        pytest.param("2026-12-23", "2027-01-13", "2027-01-20", id="christmas"),
    ],
)
def test_dunmeres_stages_2_and_3_together_have_seven_working_days_and_the_whole_twenty_eight_days(
    start: str, pooled: str, capped: str
) -> None:
    case = scenario(entered("2", pooled), entered("3", pooled), decision_received_on=start, policy=DUNMERE)

    assert (case["managers-settle"].due_on, case["whole-difference"].due_on) == (on(pooled), on(capped))
    assert case.keys("managers-settle") == ["managers-settle"]


def test_dunmeres_shared_time_is_met_by_settling_at_either_stage_and_not_by_going_up_within_it() -> None:
    case = scenario(entered("2", "2026-04-10"), ended("2", "unresolved", "2026-04-14"), policy=DUNMERE)
    third = case.then(entered("3", "2026-04-14"))

    assert third["managers-settle"].is_open
    assert not third.then(ended("3", "resolved", "2026-04-21"))["managers-settle"].is_missed
    assert third.then(ended("3", "resolved", "2026-04-22"))["managers-settle"].is_missed


def test_dunmeres_cap_is_kept_on_29_april_and_missed_on_the_30th() -> None:
    case = scenario(entered("4", "2026-04-22"), policy=DUNMERE)

    assert not case.then(ended("4", "resolved", "2026-04-29"))["whole-difference"].is_missed
    assert case.then(ended("4", "resolved", "2026-04-30"))["whole-difference"].is_missed


def test_dunmeres_days_are_a_guide_at_immediate_risk_and_keep_their_dates() -> None:
    owed = scenario(at_risk("2026-04-01"), policy=DUNMERE)["workers-settle"]

    assert (owed.due_on, owed.is_guide) == (date(2026, 4, 10), True)


def test_eastlyn_the_time_that_the_urgency_allows_and_the_shortest_until_it_is_judged(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "eastlyn-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"stage-1-settle": "2026-04-02 00:00", "tell-own-lead": "2026-04-01"}
    assert walk.items("2026-04-01")["tell-own-lead"]["says"] == "now"
    walk.recorded("2026-04-01", "urgency", band="green", judged_by="Jo Manager")
    assert walk.due("2026-04-01") == {"stage-1-settle": "2026-04-17", "tell-own-lead": "2026-04-07"}
    walk.recorded("2026-04-02", "urgency", band="amber", judged_by="Jo Manager")
    assert walk.due("2026-04-02") == {"stage-1-settle": "2026-04-08", "tell-own-lead": "2026-04-01"}
    assert "The case was judged: amber: the plan is not working." in walk.why("2026-04-02", "stage-1-settle")["says"]
    walk.did("2026-04-02", "tell-own-lead")
    walk.advanced("2026-04-08")
    untimed = {"ask-for-advice": "the policy states no time", "think-of-the-parents": "the policy states no time"}
    assert walk.due("2026-04-08") == {"stage-2-settle": "2026-04-15", **untimed}
    items = walk.items("2026-04-08")
    assert {key: (one["force"], one["is_guide"]) for key, one in items.items()} == {
        "stage-2-settle": ("should", True),
        "ask-for-advice": ("may", False),
        "think-of-the-parents": ("consider", False),
    }
    walk.advanced("2026-04-16")
    assert walk.due("2026-04-16") == {"scrutineer-recommends": "the policy states no time", **untimed}
    walk.recorded("2026-04-20", "recommendation", recommended_by="the scrutineer", recommendation="Visit together.")
    walk.recorded("2026-04-21", "response", response="accepted")
    assert walk.shown("2026-04-21")["case"]["state"] == "ended"
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("band", "last_day", "first_day_late"),
    [("red", "2026-04-02", "2026-04-03"), ("amber", "2026-04-08", "2026-04-09"), ("green", "2026-04-17", "2026-04-18")],
)
def test_eastlyns_bands_each_end_on_their_own_day(band: str, last_day: str, first_day_late: str) -> None:
    case = scenario(judged(band, "2026-04-01"), policy=EASTLYN)

    assert case["stage-1-settle"].due_on == on(last_day)
    assert not case.then(ended("1", "resolved", last_day))["stage-1-settle"].is_missed
    assert case.then(ended("1", "resolved", first_day_late))["stage-1-settle"].is_missed


def test_eastlyns_urgency_judged_again_counts_from_the_same_concern() -> None:
    case = scenario(judged("green", "2026-04-01"), judged("amber", "2026-04-14"), policy=EASTLYN)

    assert case["stage-1-settle"].due_on == date(2026, 4, 8)


def test_harrowdale_the_day_itself_is_day_one_and_silence_has_duties_of_its_own(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "harrowdale-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"speak-up": "2026-04-07", "stage-1-settle": "2026-04-10"}
    walk.recorded("2026-04-07", "told")
    assert walk.due("2026-04-07") == {"confirm-by-letter": "2026-04-08", "stage-1-settle": "2026-04-10"}
    walk.did("2026-04-08", "confirm-by-letter", how="letter")
    walk.advanced("2026-04-10", "no response", said="Wrote on 8 April.")
    silence = {"log-the-silence": "the policy states no time"}
    assert walk.due("2026-04-10") == {
        "chase-the-silence": "2026-04-10",
        "tell-the-group": "2026-04-14",
        "stage-2-settle": "2026-04-17",
        **silence,
    }
    walk.did("2026-04-10", "chase-the-silence", how="telephone")
    walk.did("2026-04-10", "tell-the-group")
    walk.advanced("2026-04-17")
    assert walk.due("2026-04-17") == {"name-the-delegates": "2026-04-20", **silence}
    assert walk.why("2026-04-17", "name-the-delegates")["due_on"] == "2026-04-20"
    assert walk.resolved("2026-04-24")["state"] == "ended"
    assert walk.is_sound()


def test_harrowdale_settled_at_stage_1_the_group_may_thank_the_team(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "harrowdale-2026-01")

    walk.raised("2026-04-01")
    walk.resolved("2026-04-08")

    assert walk.due("2026-04-08") == {"thank-the-team": "the policy states no time"}
    assert walk.items("2026-04-08")["thank-the-team"]["force"] == "may"


@pytest.mark.parametrize(
    ("route", "go_to"),
    [
        ("serious incident", "the partnership's serious incident notification, within five working days"),
        ("other", "the joint funding panel"),
        ("conference", "the conference's own dissent form"),
    ],
)
def test_harrowdale_sends_what_is_not_its_own_elsewhere_and_keeps_nothing(
    tmp_path: Path, route: str, go_to: str
) -> None:
    walk = Walk(tmp_path / "home", "harrowdale-2026-01")

    said = walk.refused("raise", today="2026-04-01", answers={**CONCERN, "route": route, "learned_on": "2026-04-01"})

    assert said == f"this policy does not apply: nothing was kept\n    use instead: {go_to}\nNothing was recorded.\n"
    assert walk.due("2026-04-01") == {}


@pytest.mark.parametrize(
    ("learned", "last_day", "first_day_late"),
    [
        pytest.param("2026-04-01", "2026-04-07", "2026-04-08", id="a working day counts itself"),
        pytest.param("2026-04-03", "2026-04-09", "2026-04-10", id="good friday does not"),
        pytest.param("2026-08-28", "2026-09-02", "2026-09-03", id="august"),
    ],
)
def test_harrowdales_day_of_learning_is_the_first_of_three(learned: str, last_day: str, first_day_late: str) -> None:
    case = scenario(decision_received_on=learned, policy=HARROWDALE)

    assert case["speak-up"].due_on == on(last_day)
    assert not case.then(told(last_day))["speak-up"].is_missed
    assert case.then(told(first_day_late))["speak-up"].is_missed
