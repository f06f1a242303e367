"""A nation's bank holidays, from the `holidays` library: read once, at setup, and stored in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version

from escalate.core.events import CalendarStored
from escalate.core.policy_items import Nation

# `holidays` asked for the United Kingdom without a nation leaves out Easter Monday and the August bank holiday.
_SUBDIVISIONS: dict[Nation, str] = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
YEARS_BACK, YEARS_AHEAD = 20, 15


def bank_holidays(nation: Nation, years: Iterable[int]) -> dict[str, str]:
    """Return the bank holidays of a nation: ISO date to name, in order.

    Example:
        >>> list(bank_holidays("England", [2026]).items())[1:3]
        [('2026-04-03', 'Good Friday'), ('2026-04-06', 'Easter Monday')]
    """
    import holidays

    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=list(years), language="en_GB")
    return {day.isoformat(): found[day] for day in sorted(found)}


def calendar_around(nation: Nation, year: int) -> CalendarStored:
    """Return the calendar to be stored in `year`: bank holidays from `YEARS_BACK` before to `YEARS_AHEAD` after.

    Its version names the nation, the library and the days themselves, so that the same days are the same version.
    """
    return calendar_over(nation, year - YEARS_BACK, year + YEARS_AHEAD, year)


def calendar_over(nation: Nation, first: int, last: int, year: int) -> CalendarStored:
    """Return the bank holidays of a nation from one year to another, both included, as a calendar stored in `year`."""
    days = bank_holidays(nation, range(first, last + 1))
    digest = hashlib.sha256("\n".join(f"{day} {name}" for day, name in days.items()).encode()).hexdigest()
    source = f"holidays {version('holidays')}, {_SUBDIVISIONS[nation]}"
    return CalendarStored(
        version=f"{_SUBDIVISIONS[nation]}-{year}-{digest[:8]}",
        nation=nation,
        source=source,
        first_year=first,
        last_year=last,
        days=days,
    )
