"""The days that are counted together: a quarter, a year, or any days, as they are written and as they are called.

Quarters and years are those of the calendar: "2026-Q1" is January to March, and no financial year is assumed. A year
that begins on another day is written by its first and last days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from escalate.core.days import MONTHS
from escalate.core.forms.dates import format_form_date
from escalate.core.reports.report import Period

_QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)
_EARLIEST, _LATEST = 1900, 9998


@dataclass(frozen=True, slots=True)
class PeriodTyped:
    """A period as somebody wrote it; "" where they did not. `since` and `until` are days written year-month-day."""

    quarter: str = ""
    year: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.quarter or self.year or self.since or self.until)


def parse_period(typed: PeriodTyped, today: date) -> Period:
    """Return the period that was written; where nothing was, the last quarter that is over.

    Without a last day it goes on until today. It may end later than today.

    Raises:
        ValueError: in words: two periods at once, no quarter, year or day, or one that ends before it begins.
    Example:
        >>> parse_period(PeriodTyped(quarter="2026-Q1"), date(2026, 4, 15)).called
        'January to March 2026'
        >>> parse_period(PeriodTyped(), date(2026, 4, 15)) == quarter(2026, 1)
        True
        >>> parse_period(PeriodTyped(since="2025-09-01", until="2026-08-31"), date(2026, 4, 15)).called
        '1 September 2025 to 31 August 2026'
    """
    if sum(map(bool, (typed.quarter, typed.year, typed.since or typed.until))) > 1:
        raise ValueError("a quarter, a year and two days are three ways to name one period")
    if typed.quarter:
        found = _QUARTER.fullmatch(typed.quarter.strip())
        if not found or not _EARLIEST <= int(found[1]) <= _LATEST:
            raise ValueError(f'"{typed.quarter}" is not a quarter; write 2026-Q1 for January to March 2026')
        return quarter(int(found[1]), int(found[2]))
    if typed.year:
        written = typed.year.strip()
        if not re.fullmatch("[0-9]{4}", written) or not _EARLIEST <= int(written) <= _LATEST:
            raise ValueError(f'"{typed.year}" is not a year; write 2026, or any days as their first and their last')
        return year(int(written))
    if typed.until and not typed.since:
        raise ValueError("the last day is given, and not the first")
    if typed.since:
        return days(_day(typed.since), _day(typed.until) if typed.until else today)
    return last_full_quarter(today)


def quarter(of_year: int, number: int) -> Period:
    """Return a quarter of a calendar year, numbered from 1.

    Example:
        >>> quarter(2026, 1)
        Period(first=datetime.date(2026, 1, 1), last=datetime.date(2026, 3, 31), called='January to March 2026')
    """
    first = 3 * number - 2
    last = date(of_year + number // 4, (first + 2) % 12 + 1, 1) - timedelta(days=1)
    return Period(date(of_year, first, 1), last, f"{MONTHS[first - 1]} to {MONTHS[first + 1]} {of_year}")


def year(number: int) -> Period:
    """Return a calendar year.

    Example:
        >>> year(2026).called
        'January to December 2026'
    """
    return Period(date(number, 1, 1), date(number, 12, 31), f"January to December {number}")


def days(first: date, last: date) -> Period:
    """Return the days from one to another, both included; a quarter or a year is called by its own name.

    Raises:
        ValueError: the last is before the first.
    Example:
        >>> days(date(2026, 1, 1), date(2026, 3, 31)) == quarter(2026, 1)
        True
        >>> days(date(2026, 2, 1), date(2026, 2, 1)).called
        '1 February 2026'
    """
    if last < first:
        raise ValueError(
            f"the period would end on {format_form_date(last)}, before it begins on {format_form_date(first)}"
        )
    for known in (quarter_of(first), year(first.year)):
        if (known.first, known.last) == (first, last):
            return known
    called = format_form_date(first) if first == last else f"{format_form_date(first)} to {format_form_date(last)}"
    return Period(first, last, called)


def quarter_of(day: date) -> Period:
    """Return the quarter that a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def last_full_quarter(today: date) -> Period:
    """Return the last quarter that is over today: on its own last day it is not.

    Example:
        >>> last_full_quarter(date(2026, 3, 31)).called, last_full_quarter(date(2026, 4, 1)).called
        ('October to December 2025', 'January to March 2026')
    """
    return quarter_before(quarter_of(today))


def quarter_before(period: Period) -> Period:
    """Return the quarter that was over when this period began."""
    return quarter_of(quarter_of(period.first).first - timedelta(days=1))


def periods_before(period: Period, number: int = 4) -> tuple[Period, ...]:
    """Return the quarters before a quarter, or the years before a year, the oldest first; none for any other days.

    A year is any twelve months that begin with a month.

    Example:
        >>> [one.called for one in periods_before(quarter(2026, 1), 2)]
        ['July to September 2025', 'October to December 2025']
        >>> [one.called for one in periods_before(year(2026), 1)]
        ['January to December 2025']
        >>> periods_before(days(date(2026, 1, 1), date(2026, 2, 28)))
        ()
    """
    if is_quarter(period):
        found = [quarter_before(period)]
        while len(found) < number:
            found.append(quarter_before(found[-1]))
        return tuple(reversed(found))
    if not is_year(period):
        return ()
    first = period.first
    starts = [first.replace(year=first.year - back) for back in range(number, -1, -1)]
    return tuple(days(begun, after - timedelta(days=1)) for begun, after in pairwise(starts))


def is_quarter(period: Period) -> bool:
    """Are these the days of a calendar quarter?"""
    known = quarter_of(period.first)
    return (known.first, known.last) == (period.first, period.last)


def is_year(period: Period) -> bool:
    """Are these twelve whole months?"""
    first = period.first
    return first.day == 1 and period.last == first.replace(year=first.year + 1) - timedelta(days=1)


def ends_with_a_quarter(period: Period) -> bool:
    """Is the last day that of a calendar quarter?"""
    return quarter_of(period.last).last == period.last


def year_ending_with(period: Period) -> Period:
    """Return the twelve months that end with a period, or the period itself where it is longer.

    Example:
        >>> year_ending_with(quarter(2026, 1)).called
        '1 April 2025 to 31 March 2026'
    """
    after = period.last + timedelta(days=1)
    is_leap_day = (after.month, after.day) == (2, 29)
    begun = date(after.year - 1, 3, 1) if is_leap_day else after.replace(year=after.year - 1)
    return days(min(begun, period.first), period.last)


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise ValueError(f'"{written}" is not a day; write year, month, day: 2026-04-01') from None
    if len(written.strip()) != 10 or not _EARLIEST <= day.year <= _LATEST:
        raise ValueError(f'"{written}" is not a day; write year, month, day: 2026-04-01')
    return day
