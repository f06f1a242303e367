"""How far a day lies from another, as people say it."""

from __future__ import annotations

import calendar
from datetime import date


def format_distance(day: date, today: date) -> str:
    """Return how far away a day is, in words: whole months, from two years on whole years.

    What lacks a week or less of a further month says so: "a year ago less a day".

    Example:
        >>> format_distance(date(2025, 2, 3), date(2026, 4, 10))
        '14 months ago'
    """
    early, late = min(day, today), max(day, today)
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    if months == 0:
        days = (late - early).days
        words = f"{days} day{'' if days == 1 else 's'}"
    elif months < 24:
        words = _months(months)
    else:
        words = f"{months // 12} years"
    if day == today:
        return "today"
    lacking = 0 if months == 0 or months > 22 else _days_short_of(months + 1, early, late)
    less = f" less {'a day' if lacking == 1 else f'{lacking} days'}" if lacking else ""
    words = _months(months + 1) if lacking else words
    return f"{words} ago{less}" if day < today else f"in {words}{less}"


def _months(count: int) -> str:
    return "a year" if count == 12 else f"{count} month{'' if count == 1 else 's'}"


def _days_short_of(months: int, early: date, late: date) -> int:
    """Return how many days `late` lies before so many months after `early`; 0 where more than a week is lacking."""
    year, month = divmod(early.year * 12 + early.month - 1 + months, 12)
    whole = date(year, month + 1, min(early.day, calendar.monthrange(year, month + 1)[1]))
    short = (whole - late).days
    return short if 0 < short <= 7 else 0
