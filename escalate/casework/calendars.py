"""The calendars of the nations that policies count by: stored when first needed, and never changed."""

from __future__ import annotations

from typing import Any, cast

from escalate.casework.desk import CALENDAR, Desk
from escalate.core.deciding import Decided
from escalate.store import readers
from escalate.store.ledger import Book, Scribe


def adopt_calendar(desk: Desk, book: Book, nation: str, scribe: Scribe) -> str:
    """Store this nation's bank holidays as the library knows them today, unless they are stored; return the version."""
    # Only setup, and the first case of another nation, pay for the library.
    from escalate.bank_holidays import calendar_around

    stored = calendar_around(cast(Any, nation), desk.today.year)
    if readers.latest_calendar_version(book.reading, nation) != stored.version:
        book.append(CALENDAR, desk.new_events((Decided(fact=stored, on=desk.today),)), scribe)
        book.keep_calendar(stored)
    return stored.version


def calendar_of(desk: Desk, book: Book, nation: str, scribe: Scribe) -> str:
    """Return the version of the calendar that a new case under a policy of this nation counts by."""
    version = readers.latest_calendar_version(book.reading, nation)
    return version or adopt_calendar(desk, book, nation, scribe)
