"""Days counted out loud: each day and its number, each day skipped and why; long counts week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from escalate.core.timescale import Timescale, end_of
from escalate.core.working_days import WorkingCalendar, count_out_loud
from escalate.render.days import format_count, format_short_day

LONG = 30

Counted = tuple[date, int, str]
"""A day, its number (0 where it is not counted), and why it is not."""


def count_days(timescale: Timescale, start_on: date, calendar: WorkingCalendar) -> list[Counted]:
    """Return each day from the start to the end of a timescale counted in days; none for hours and "immediately".

    Of "the same working day" only the days skipped and the day it ends on are counted.
    """
    if timescale.unit == "working days":
        end, _ = end_of(timescale, start_on, "", calendar)
        return count_out_loud(start_on, end, calendar)
    if timescale.unit == "same working day":
        end, _ = end_of(timescale, start_on, "", calendar)
        skipped = [(day, 0, calendar.why_not(day)) for day in _days(start_on, end)]
        return [*skipped, (end, 1, "")] if skipped else []
    if timescale.unit == "calendar days":
        return [(start_on + timedelta(days=number), number, "") for number in range(1, timescale.amount + 1)]
    return []


def summarise(days: Sequence[Counted]) -> Iterator[str]:
    """Yield one line a day; where there are more than `LONG`, one a week, its holidays named.

    Example:
        >>> list(summarise([(date(2026, 4, 2), 1, ""), (date(2026, 4, 3), 0, "Good Friday")]))
        ['Thu 2 Apr 2026  day 1', 'Fri 3 Apr 2026  not counted: Good Friday']
    """
    if len(days) <= LONG:
        width = max(len(format_short_day(day)) for day, _, _ in days) if days else 0
        for day, number, why_not in days:
            yield f"{format_short_day(day):<{width}}  {f'day {number}' if number else f'not counted: {why_not}'}"
        return
    for monday, week in groupby(days, key=lambda one: one[0] - timedelta(days=one[0].weekday())):
        yield _week(monday, list(week))


def _week(monday: date, days: list[Counted]) -> str:
    numbers = [number for _, number, _ in days if number]
    holidays = [f"{why_not} ({format_short_day(day)})" for day, _, why_not in days if why_not and day.weekday() < 5]
    said = f"days {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"day {numbers[0]}" if numbers else "no day"
    skipped = f"; not counted: {', '.join(holidays)}" if holidays else ""
    return f"week of {format_short_day(monday)}: {said} ({format_count(len(numbers), 'day')}){skipped}"


def _days(first: date, end: date) -> Iterator[date]:
    return (first + timedelta(days=past) for past in range((end - first).days))
