"""Dates as forms print them, and as people write them there."""

from __future__ import annotations

from datetime import date

from escalate.core.days import MONTHS


def format_form_date(day: date) -> str:
    """Return the date as forms print it: "3 April 2026". The months are English whatever the computer's language.

    Example:
        >>> format_form_date(date(2026, 4, 3))
        '3 April 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spelled_out(text: str) -> str:
    """Return a date field's "2026-04-03" as forms print it; any other text as it is.

    Example:
        >>> spelled_out("2026-04-03"), spelled_out("2026-04-31"), spelled_out("in April")
        ('3 April 2026', '2026-04-31', 'in April')
    """
    if len(text) != 10 or text[4:5] != "-":
        return text
    try:
        return format_form_date(date.fromisoformat(text))
    except ValueError:
        return text


def parse_form_date(text: str) -> date | None:
    """Return the date where the whole text is one: "3 April 2026", "03/04/2026" (day first) or "2026-04-03"; else None.

    Example:
        >>> parse_form_date("03/04/2026")
        datetime.date(2026, 4, 3)
        >>> parse_form_date("not known yet") is None
        True
    """
    words = text.split()
    try:
        if len(words) == 3 and words[1].capitalize() in MONTHS:
            return date(int(words[2]), MONTHS.index(words[1].capitalize()) + 1, int(words[0]))
        if text.count("/") == 2:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
