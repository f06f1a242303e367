"""Dates as forms print them, and as people write them there."""

from __future__ import annotations

import re
from datetime import date

from escalate.core.days import MONTHS

_EARLIEST = 1900
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    r"(?:\s*[/.-]\s*(?P<figures>[0-9]{1,2})\s*[/.-]\s*|[\s/.-]+(?:of\s+)?(?P<name>[a-z]{3,9})[\s,/.-]+)"
    r"(?P<year>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)


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
    """Return the date where the whole text is one, day first, as people write it; else None.

    "3 April 2026", "3rd Apr 26", "03/04/2026", "3.4.26", "3-Apr-2026" and "2026-04-03" are the same day. A year of two
    figures is one of this century: nobody on these forms was born in another.

    Example:
        >>> parse_form_date("03/04/2026"), parse_form_date("3rd March 19")
        (datetime.date(2026, 4, 3), datetime.date(2019, 3, 3))
        >>> parse_form_date("not known yet") is None
        True
    """
    found = _YEAR_FIRST.fullmatch(text.strip()) or _DAY_FIRST.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"])
    if len(found["year"]) == 4 and year < _EARLIEST:
        return None
    try:
        return date(year + 2000 if len(found["year"]) == 2 else year, _month(found), int(found["day"]))
    except ValueError:
        return None


def _month(found: re.Match[str]) -> int:
    """Return the month by its number, its name or the beginning of its name; 0 where there is none such."""
    said = found.groupdict()
    written = said.get("month") or said.get("figures") or said["name"]
    if written.isdecimal():
        return int(written)
    return next((n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(written.casefold())), 0)
