"""Counting working days: Monday to Friday, less the nation's bank holidays and the partnership's own closures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_MONDAY = date(1, 1, 1).toordinal()  # 1 January of year 1 was a Monday


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """One version of the non-working days of a nation, weekends aside.

    Args:
        version: the calendar's name in the ledger; each deadline's working names the one it used.
        days: non-working day to its name ("Good Friday"). Days that fall on a weekend may be present; they
            change nothing.
        first_year, last_year: the years whose holidays it knows; 0 where nobody said.
    """

    version: str
    days: Mapping[date, str]
    first_year: int = 0
    last_year: int = 0
    _ordinals: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        weekdays = sorted(day.toordinal() for day in self.days if day.weekday() < 5)
        object.__setattr__(self, "_ordinals", tuple(weekdays))

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day."""
        return day.weekday() < 5 and day not in self.days

    def why_not(self, day: date) -> str:
        """Return why `day` is not a working day ("Saturday", "Good Friday"), or "" where it is one."""
        return self.days.get(day, "") or (day.strftime("%A") if day.weekday() >= 5 else "")

    def knows(self, day: date) -> bool:
        """Return whether the holidays of this day's year are known."""
        return day.year >= self.first_year and (not self.last_year or day.year <= self.last_year)

    def working_days_before(self, ordinal: int) -> int:
        """Return how many working days lie before the day of this proleptic ordinal, counted from year 1."""
        weeks, weekday = divmod(ordinal - _MONDAY, 7)
        return weeks * 5 + min(weekday, 5) - bisect_left(self._ordinals, ordinal)


@dataclass(frozen=True, slots=True)
class AdoptedCalendar:
    """A later version of the calendar, and the day from which a case counts by it."""

    on: date
    calendar: WorkingCalendar


def add_working_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """Return the working day `days` working days after `start`, which is day 0.

    Args:
        start: civil date in the calendar's nation; need not be a working day.
        days: working days, 1 or more.
    Raises:
        ValueError: `days` is less than 1.
    Example:
        >>> easter = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
        >>> add_working_days(date(2026, 4, 2), 1, WorkingCalendar("ENG", easter))
        datetime.date(2026, 4, 7)
    """
    if days < 1:
        raise ValueError(f"working days to add: {days} is less than 1")
    ordinal = start.toordinal()
    wanted = calendar.working_days_before(ordinal + 1) + days
    ordinal += days  # at least so many days ahead; then jump by what is still lacking, which never overshoots
    while (lacking := wanted - calendar.working_days_before(ordinal + 1)) > 0:
        ordinal += lacking
    return date.fromordinal(ordinal)


def same_working_day(day: date, calendar: WorkingCalendar) -> date:
    """Return `day` itself, or the next working day where it is not one.

    Example:
        >>> same_working_day(date(2026, 4, 4), WorkingCalendar("ENG", {date(2026, 4, 6): "Easter Monday"}))
        datetime.date(2026, 4, 7)
    """
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def count_out_loud(start: date, end: date, calendar: WorkingCalendar) -> list[tuple[date, int, str]]:
    """Return each day after `start` up to `end`: (day, its number, "") or (day, 0, why it does not count)."""
    counted, told = 0, []
    for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        reason = calendar.why_not(day)
        counted += not reason
        told.append((day, 0 if reason else counted, reason))
    return told


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Return the working days after `start` up to `end`, which is included; 0 where it ends on the day it began.

    Example:
        >>> easter = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
        >>> working_days_between(date(2026, 4, 1), date(2026, 4, 8), WorkingCalendar("ENG", easter))
        3
    """
    after = calendar.working_days_before(start.toordinal() + 1)
    return max(0, calendar.working_days_before(end.toordinal() + 1) - after)
