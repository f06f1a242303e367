from __future__ import annotations

from datetime import date

import pytest

from escalate.core.reports.periods import (
    PeriodTyped,
    days,
    last_full_quarter,
    parse_period,
    quarter,
    quarter_before,
    year,
    year_ending_with,
)
from escalate.core.reports.report import Period

TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("number", "first", "last", "called"),
    [
        (1, date(2028, 1, 1), date(2028, 3, 31), "January to March 2028"),
        (2, date(2028, 4, 1), date(2028, 6, 30), "April to June 2028"),
        (3, date(2028, 7, 1), date(2028, 9, 30), "July to September 2028"),
        (4, date(2028, 10, 1), date(2028, 12, 31), "October to December 2028"),
    ],
)
def test_a_quarter_is_three_months_of_the_calendar_year(number: int, first: date, last: date, called: str) -> None:
    assert quarter(2028, number) == Period(first, last, called)


@pytest.mark.parametrize("written", ["2026-Q1", "2026-q1", "2026Q1"])
def test_a_quarter_is_written_with_its_year(written: str) -> None:
    assert parse_period(PeriodTyped(quarter=written), TODAY) == quarter(2026, 1)


def test_without_days_it_is_the_last_quarter_that_is_over() -> None:
    assert parse_period(PeriodTyped(), date(2026, 3, 31)) == quarter(2025, 4)
    assert parse_period(PeriodTyped(), date(2026, 4, 1)) == quarter(2026, 1)
    assert last_full_quarter(date(2026, 1, 1)) == quarter(2025, 4)


def test_without_a_last_day_it_goes_on_until_today() -> None:
    assert parse_period(PeriodTyped(since="2026-04-14"), TODAY) == Period(
        date(2026, 4, 14), TODAY, "14 April 2026 to 15 April 2026"
    )


def test_days_that_are_a_quarter_or_a_year_are_called_so() -> None:
    assert days(date(2026, 10, 1), date(2026, 12, 31)) == quarter(2026, 4)
    assert days(date(2026, 1, 1), date(2026, 12, 31)) == year(2026)


def test_the_quarter_before_the_first_is_in_the_year_before() -> None:
    assert quarter_before(quarter(2026, 1)) == quarter(2025, 4)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2028, 2, 28), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2027, 3, 1)),
        (date(2029, 2, 28), date(2028, 3, 1)),
    ],
)
def test_a_year_ends_with_a_period_and_begins_the_day_after_the_one_before(last: date, first: date) -> None:
    ended = year_ending_with(days(last, last))

    assert (ended.first, ended.last) == (first, last)


def test_a_period_longer_than_a_year_is_its_own() -> None:
    longer = days(date(2024, 1, 1), date(2026, 3, 31))

    assert year_ending_with(longer) == longer


@pytest.mark.parametrize(
    "typed",
    [
        PeriodTyped(quarter="2026-Q0"),
        PeriodTyped(quarter="9999-Q1"),
        PeriodTyped(year="2026-27"),
        PeriodTyped(year="0001"),
        PeriodTyped(since="2026-02-29"),
        PeriodTyped(since="20260401"),
        PeriodTyped(until="2026-04-01"),
        PeriodTyped(since="2026-04-16"),
        PeriodTyped(year="2026", since="2026-04-01"),
    ],
)
def test_cannot_be_days_otherwise(typed: PeriodTyped) -> None:
    with pytest.raises(ValueError, match=r"quarter|year|day|period"):
        parse_period(typed, TODAY)
