"""The ground the scenarios stand on: their calendar is England's, their case that of the builders."""

from __future__ import annotations

from datetime import date

from escalate.bank_holidays import bank_holidays
from tests.builders import told
from tests.rules.scenario import ENGLAND, scenario


def test_the_calendar_of_the_scenarios_is_englands() -> None:
    published = {date.fromisoformat(day) for day in bank_holidays("England", [2025, 2026, 2027])}

    assert {day for day in published if day.weekday() < 5} == set(ENGLAND.days)


def test_a_scenario_is_a_case_of_the_school_with_social_care_from_wednesday_1_april_2026() -> None:
    case = scenario(told("2026-04-02")).case

    assert (case.concern_on, case.stage, case.state) == (date(2026, 4, 1), "1", "open")
