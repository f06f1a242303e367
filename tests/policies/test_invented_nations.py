"""Invented policies of other nations: Scotland's days and higher start, Northern Ireland's days and agreed dates."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.bank_holidays import bank_holidays
from escalate.core.working_days import WorkingCalendar
from tests.builders import ended, entered, on
from tests.policies.walk import Walk, path_of
from tests.rules.scenario import Scenario, agreed, policy_of, scenario

GLENFIRTH, BALLYDRAUM = (policy_of(str(path_of(name))) for name in ("glenfirth-2026-01", "ballydraum-2026-01"))


def calendar_of(nation: Any) -> WorkingCalendar:
    """Return a nation's bank holidays over the years these tests are about."""
    days = bank_holidays(nation, range(2025, 2028))
    return WorkingCalendar(nation, {date.fromisoformat(day): name for day, name in days.items()})


SCOTLAND, NORTHERN_IRELAND = calendar_of("Scotland"), calendar_of("Northern Ireland")


def test_glenfirth_by_scotlands_days_and_to_the_senior_officers_at_immediate_risk(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "glenfirth-2026-01")

    walk.raised("2026-04-01")
    assert walk.due("2026-04-01") == {"stage-1-settle": "2026-04-09"}
    assert [day["why_not"] for day in walk.why("2026-04-01", "stage-1-settle")["counting"] if day["why_not"]] == [
        "Good Friday",
        "Saturday",
        "Sunday",
    ]
    walk.advanced("2026-04-09")
    assert walk.due("2026-04-09") == {"stage-2-settle": "2026-04-16"}
    walk.advanced("2026-04-10", "going up", to="3", ground="immediate risk", reason="Tonight.", risk="yes")
    due = walk.due("2026-04-10")
    assert due == {"stage-3-settle": "2026-04-13", next(key for key in due if "#" in key): "2026-04-10"}
    walk.advanced("2026-04-13")
    assert walk.due("2026-04-13")["chair-advises"] == "2026-04-27"
    walk.recorded("2026-04-20", "recommendation", recommended_by="the chair", recommendation="Assess together.")
    walk.recorded("2026-04-21", "response", response="accepted")
    assert walk.shown("2026-04-21")["case"]["state"] == "ended"
    assert walk.is_sound()


def test_glenfirth_a_concern_of_immediate_risk_starts_at_the_senior_officers(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "glenfirth-2026-01")

    assert walk.raised("2026-04-01", risk="yes", keeps_safe="An aunt has him.")["stage"] == "3"
    due = walk.due("2026-04-01")
    assert due == {"stage-3-settle": "2026-04-02", next(key for key in due if "#" in key): "2026-04-01"}
    assert walk.items("2026-04-01")["stage-3-settle"]["is_guide"] is False
    walk.resolved("2026-04-02")
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        ("2026-04-01", "2026-04-09"),
        ("2026-07-30", "2026-08-07"),
        ("2026-11-27", "2026-12-07"),
        ("2026-12-31", "2027-01-11"),
    ],
)
def test_glenfirths_five_working_days_are_scotlands(start: str, last_day: str) -> None:
    case = dataclasses.replace(scenario(decision_received_on=start, policy=GLENFIRTH), calendar=SCOTLAND)

    assert case["stage-1-settle"].due_on == on(last_day)


@pytest.mark.parametrize(("last_day", "first_day_late"), [("2026-04-16", "2026-04-17")])
def test_glenfirths_seven_calendar_days_count_weekends(last_day: str, first_day_late: str) -> None:
    case = scenario(entered("2", "2026-04-09"), policy=GLENFIRTH)

    assert not case.then(ended("2", "resolved", last_day))["stage-2-settle"].is_missed
    assert case.then(ended("2", "resolved", first_day_late))["stage-2-settle"].is_missed


def test_ballydraum_what_follows_from_a_missed_day_and_a_day_that_is_agreed(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "ballydraum-2026-01")

    walk.raised("2026-03-13")
    assert walk.due("2026-03-18") == {"stage-1-settle": "2026-03-19"}
    assert walk.due("2026-03-20") == {
        "stage-1-settle": "2026-03-19",
        "go-up": "2026-03-20",
        "write-to-the-trust": "2026-03-23",
    }
    walk.did("2026-03-20", "write-to-the-trust", how="letter")
    walk.advanced("2026-03-20", "out of time")
    assert walk.due("2026-03-20") == {"stage-2-settle": "no date has been agreed yet"}
    walk.agreed("2026-03-20", "stage-2-settle", "2026-03-27")
    assert walk.due("2026-03-20") == {"stage-2-settle": "2026-03-27"}
    walk.advanced("2026-03-27")
    assert walk.due("2026-03-27") == {"panel-meets": "2026-04-07", "panel-decides": "no meeting has been recorded yet"}
    assert walk.why("2026-03-27", "panel-meets")["due_on"] == "2026-04-07"
    walk.recorded("2026-04-02", "discussion", held="meeting")
    assert walk.due("2026-04-02") == {"panel-decides": "2026-04-02"}
    assert walk.items("2026-04-02")["panel-decides"]["says"] == "now"
    walk.recorded("2026-04-02", "recommendation", recommended_by="the Panel", recommendation="Assess together.")
    walk.recorded("2026-04-08", "response", response="not accepted", response_note="We stand by it.")
    assert walk.shown("2026-04-08")["case"]["state"] == "open"
    assert walk.resolved("2026-04-09")["state"] == "ended"
    assert walk.due("2026-04-09") == {}
    assert walk.is_sound()


@pytest.mark.parametrize(
    ("start", "last_day", "first_day_late"),
    [
        pytest.param("2026-03-13", "2026-03-19", "2026-03-20", id="saint patrick's day"),
        pytest.param("2026-07-09", "2026-07-15", "2026-07-16", id="the twelfth, on the 13th"),
        pytest.param("2026-04-01", "2026-04-08", "2026-04-09", id="easter"),
    ],
)
def test_ballydraums_three_working_days_are_northern_irelands(start: str, last_day: str, first_day_late: str) -> None:
    case: Scenario = dataclasses.replace(
        scenario(decision_received_on=start, policy=BALLYDRAUM), calendar=NORTHERN_IRELAND
    )

    assert case["stage-1-settle"].due_on == on(last_day)
    assert not case.then(ended("1", "resolved", last_day))["stage-1-settle"].is_missed
    assert case.then(ended("1", "resolved", first_day_late))["stage-1-settle"].is_missed
    assert "go-up" not in case.then(ended("1", "resolved", last_day))


def test_ballydraums_earlier_agreed_day_governs_and_a_later_one_does_not() -> None:
    case = scenario(entered("2", "2026-03-20"), agreed("stage-2-settle", "2026-03-27", "2026-03-20"), policy=BALLYDRAUM)

    assert case.then(agreed("stage-2-settle", "2026-03-25", "2026-03-23"))["stage-2-settle"].due_on == on("2026-03-25")
    assert case.then(agreed("stage-2-settle", "2026-04-10", "2026-03-23"))["stage-2-settle"].due_on == on("2026-03-27")
