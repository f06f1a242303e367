"""Days, times and numbers of days, as people say them. Never through the computer's own language settings."""

from __future__ import annotations

from datetime import date, datetime

from escalate.core.days import MONTHS, WEEKDAYS


def format_day(day: date) -> str:
    """Return a day in full.

    Example:
        >>> format_day(date(2026, 4, 10))
        'Friday 10 April 2026'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def format_short_day(day: date, today: date | None = None) -> str:
    """Return a day in short, with its year unless it is this year's.

    Example:
        >>> format_short_day(date(2026, 4, 10), date(2026, 1, 1)), format_short_day(date(2027, 1, 4), date(2026, 1, 1))
        ('Fri 10 Apr', 'Mon 4 Jan 2027')
    """
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}"


def format_moment(recorded_at: str) -> str:
    """Return an ISO moment as its own offset says it: "Wednesday 1 April 2026 at 16:40"."""
    moment = datetime.fromisoformat(recorded_at)
    return f"{format_day(moment.date())} at {moment:%H:%M}"


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number of things.

    Example:
        >>> format_count(1, "working day"), format_count(0, "entry", "entries")
        ('1 working day', '0 entries')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
