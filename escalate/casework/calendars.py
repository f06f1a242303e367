"""The calendars that cases count by: stored when first needed, never changed, and every change another version."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from escalate.casework.desk import Desk, DraftOf, OpenCase
from escalate.core.calendars import NationCalendars, calendars_of
from escalate.core.deciding import Decided
from escalate.core.events import CalendarAdopted, CalendarStored
from escalate.core.policy import Policy
from escalate.errors import NotFound
from escalate.files.policies.editions import editions
from escalate.store import readers
from escalate.store.calendar_rows import CALENDAR, stored_calendars, version_for
from escalate.store.ledger import Book, Scribe


def adopt_calendar(desk: Desk, book: Book, nation: str, scribe: Scribe) -> str:
    """Make this nation's calendar the one recorded last, and return its version.

    Where none is stored, it is the bank holidays as the library knows them today. One that is stored stays as it is,
    with what was declared in it: `escalate calendar check` compares it with the library.
    """
    version = readers.latest_calendar_version(book.reading, nation)
    if version is None or version != readers.latest_calendar_version(book.reading):
        found = (one for one in stored_calendars(book.reading) if one.version == version)
        stored = next(found, None) or library_calendar(nation, desk.today.year)
        keep_version(desk, book, stored, scribe)
        version = stored.version
    return version


def keep_version(desk: Desk, book: Book, stored: CalendarStored, scribe: Scribe, draft: DraftOf | None = None) -> None:
    """Record a version of a calendar, and keep its days for reading; `draft` is what it was asked for in."""
    book.append(CALENDAR, desk.new_events((Decided(fact=stored, on=desk.today),), draft), scribe)
    book.keep_calendar(stored)


def calendar_of(desk: Desk, book: Book, policy: Policy, scribe: Scribe) -> str:
    """Return the version of the calendar that a new case under this policy counts by: its partnership's, if any."""
    nation, partnership = policy.policy.nation, policy.policy.prefix
    return version_for(book.reading, nation, partnership) or adopt_calendar(desk, book, nation, scribe)


def catching_up(desk: Desk, opened: OpenCase) -> tuple[Decided, ...]:
    """Return the entry by which a case opened again counts by the calendar of new cases, or nothing where it does."""
    header = opened.policy.policy
    with desk.reading() as con:
        version = version_for(con, header.nation, header.prefix)
    if version in (None, opened.case.calendar_version):
        return ()
    return (Decided(fact=CalendarAdopted(version=str(version)), on=desk.today),)


def library_calendar(nation: str, year: int) -> CalendarStored:
    """Return a nation's bank holidays as the library knows them, around this year."""
    # Only what stores a calendar or compares one pays for the library.
    from escalate.bank_holidays import calendar_around

    return calendar_around(cast(Any, nation), year)


def calendars_here(con: sqlite3.Connection, nation: str, year: int) -> NationCalendars:
    """Return a nation's calendars as they stand; the library's where none of the nation's own is stored."""
    stored = stored_calendars(con)
    has_own = any((one.nation, one.partnership) == (nation, "") for one in stored)
    return calendars_of(stored, nation, None if has_own else library_calendar(nation, year))


def nation_of(partnership: str) -> str:
    """Return the nation of the partnership whose policies have this prefix.

    Raises:
        NotFound: no policy that can be used here has it.
    """
    nations = {edition.prefix: edition.nation for edition in editions()}
    if partnership not in nations:
        raise NotFound(
            f'no policy here has the prefix "{partnership}"',
            remedy=f"the prefixes are: {', '.join(sorted(nations)) or 'none'}",
            recorded="",
        )
    return nations[partnership]
