"""Today, now and new ids: the only place that knows the time or makes anything up.

Civil dates are London's, wherever the computer stands. `ESCALATE_TODAY=2026-04-01` pretends that it is that day: for
demonstrations, for practice and for tests. It moves dates only; the time of day stays the computer's.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from escalate.errors import EscalateError

PRETENDED_DAY = "ESCALATE_TODAY"
# Beyond them a week more or less is no date any more.
_YEARS = range(1900, 2200)


def london() -> ZoneInfo:
    """Return the time zone of England and Wales, from the computer's own tables or from `tzdata`."""
    return ZoneInfo("Europe/London")


def pretended_day() -> date | None:
    """Return the day `ESCALATE_TODAY` says it is, or None where it is not set.

    Raises:
        EscalateError: it is set, and is not a date written year-month-day, of the years that it may be of.
    """
    written = os.environ.get(PRETENDED_DAY, "").strip()
    if not written:
        return None
    what = "is not a date"
    with suppress(ValueError):
        day = date.fromisoformat(written)
        if day.year in _YEARS:
            return day
        what = f"is in none of the years {_YEARS.start} to {_YEARS.stop - 1}"
    raise EscalateError(
        f'{PRETENDED_DAY}: "{written}" {what}',
        remedy=f"write year-month-day, such as {PRETENDED_DAY}=2026-04-01, or remove it",
    )


def today() -> date:
    """Return the civil date in London: the day every deadline is compared with."""
    return pretended_day() or datetime.now(london()).date()


def now() -> datetime:
    """Return this moment in London, aware, to the microsecond; on the pretended day where there is one."""
    moment = datetime.now(london())
    day = pretended_day()
    if day is None:
        return moment
    pretended = datetime.combine(day, moment.time(), tzinfo=london())
    # Through UTC, so that an hour the clocks skip on that day in March becomes one that exists.
    return pretended.astimezone(UTC).astimezone(london())


def new_id(prefix: str) -> str:
    """Return a new opaque id such as "case-9f0c…": the prefix says what it is of, the rest says nothing.

    Args:
        prefix: what is being named, in lower case: "case", "event", "person".
    """
    # Reading commands ask for today and never for an id: they need not pay for uuid.
    from uuid import uuid4

    return f"{prefix}-{uuid4().hex}"
