"""Calendars and agencies' closures as they are kept for reading; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from escalate.errors import NotFound
from escalate.store.readers import calendar_days, chronology, latest_calendar_version, rows

if TYPE_CHECKING:
    from escalate.core.agency_closures import AgencyClosure
    from escalate.core.events import AgencyClosureRecorded, CalendarStored, Event
    from escalate.core.working_days import WorkingCalendar

CALENDAR = "calendar"
"""The stream of everything about calendars."""


@dataclass(frozen=True, slots=True)
class CaseCounting:
    """A case that owes something, or is not ended, and the version of the calendar it counts by."""

    stream: str
    reference: str
    partnership: str
    version: str
    last_sequence: int


def version_for(con: sqlite3.Connection, nation: str, partnership: str) -> str | None:
    """Return the version of the calendar that a new case of this partnership counts by, or None where none is stored.

    It is the partnership's own, by the prefix of its policies, else the nation's.
    """
    found = rows(
        con,
        "SELECT version FROM calendar_version WHERE nation = ? AND partnership IN (?, '') AND position > 0"
        " ORDER BY partnership = '', position DESC LIMIT 1",
        (nation, partnership),
    )
    return found[0]["version"] if found else None


def working_calendar(con: sqlite3.Connection, version: str) -> WorkingCalendar:
    """Return one version of the calendar to count by; without any day off where it is not known."""
    from escalate.core.working_days import WorkingCalendar

    found = rows(con, "SELECT first_year, last_year FROM calendar_version WHERE version = ?", (version,))
    years = (found[0]["first_year"], found[0]["last_year"]) if found else (0, 0)
    return WorkingCalendar(version, calendar_days(con, version), *years)


def last_day_within(con: sqlite3.Connection, today: date, days: int) -> date:
    """Return the day so many working days from today, by the latest calendar stored here; today itself for 0.

    Raises:
        NotFound: no calendar is stored.
    """
    from escalate.core.working_days import add_working_days

    version = latest_calendar_version(con)
    if version is None:
        raise NotFound("no calendar is stored here, so that working days cannot be counted", remedy="escalate setup")
    return add_working_days(today, days, working_calendar(con, version)) if days else today


def version_row(con: sqlite3.Connection, version: str) -> sqlite3.Row:
    """Return what is kept of one version, which is known."""
    return rows(con, "SELECT * FROM calendar_version WHERE version = ?", (version,))[0]


def day_rows(con: sqlite3.Connection, version: str) -> list[sqlite3.Row]:
    """Return the non-working days of one version, in order: day, name, kind, source."""
    return rows(con, "SELECT day, name, kind, source FROM calendar_day WHERE version = ? ORDER BY day", (version,))


def stored_calendars(con: sqlite3.Connection) -> list[CalendarStored]:
    """Return every calendar ever stored for cases raised here, as it was recorded, the latest last."""
    return [stored for stored in _all_stored(con) if not stored.came_with_a_case]


def stored_version(con: sqlite3.Connection, version: str) -> CalendarStored | None:
    """Return one version of the calendar as it was recorded, wherever it was first stored, or None."""
    return next((stored for stored in _all_stored(con) if stored.version == version), None)


def _all_stored(con: sqlite3.Connection) -> list[CalendarStored]:
    from escalate.core.events import CalendarStored

    return [event.fact for event in chronology(con, CALENDAR) if isinstance(event.fact, CalendarStored)]


def standing_closures(events: list[Event]) -> dict[str, AgencyClosureRecorded]:
    """Return the agencies' closures that were recorded and not cancelled since, by id, in the order recorded."""
    from escalate.core.events import AgencyClosureCancelled, AgencyClosureRecorded

    standing = {}
    for event in events:
        if isinstance(event.fact, AgencyClosureRecorded):
            standing[event.fact.closure] = event.fact
        elif isinstance(event.fact, AgencyClosureCancelled):
            standing.pop(event.fact.closure, None)
    return standing


def closure_columns(fact: AgencyClosureRecorded) -> dict[str, Any]:
    """Return an agency's closure as the columns it is kept in."""
    return {
        "closure": fact.closure,
        "agency": fact.agency,
        "name": fact.name,
        "folded": fact.name.casefold(),
        "first_on": fact.first_on.isoformat(),
        "last_on": fact.last_on.isoformat(),
        "because": fact.because,
        "source": fact.source,
    }


def agency_closures(con: sqlite3.Connection, from_on: date | None = None) -> list[AgencyClosure]:
    """Return the agencies' closures that end on `from_on` or later, or all, by their first day.

    An agency that has been entered under another name since is known by both.
    """
    found = rows(
        con,
        "SELECT agency_closure.*, coalesce(known_party.folded, '') AS now FROM agency_closure"
        " LEFT JOIN known_party ON party = agency_closure.agency WHERE last_on >= ? ORDER BY first_on, closure",
        (from_on.isoformat() if from_on else "",),
    )
    if not found:
        return []
    from escalate.core.agency_closures import AgencyClosure

    return [
        AgencyClosure(
            closure=row["closure"],
            agency=row["agency"],
            name=row["name"],
            names=frozenset(name for name in (row["folded"], row["now"]) if name),
            first_on=date.fromisoformat(row["first_on"]),
            last_on=date.fromisoformat(row["last_on"]),
            because=row["because"],
            source=row["source"],
        )
        for row in found
    ]


def cases_counting(con: sqlite3.Connection, nation: str, partnership: str = "") -> list[CaseCounting]:
    """Return the cases of a nation, or of one partnership in it, that owe something or have not ended, by reference.

    Args:
        partnership: the prefix of its policies, with which every reference of its cases begins.
    """
    # "." comes right after "-": no other prefix lies between.
    conditions = " AND reference >= ? AND reference < ?" if partnership else ""
    values = (f"{partnership}-", f"{partnership}.") if partnership else ()
    found = rows(
        con,
        "SELECT stream, reference, calendar_version, last_sequence FROM case_view"
        " JOIN calendar_version ON version = calendar_version"
        f" WHERE nation = ?{conditions} AND (state IN ('open', 'to check')"
        " OR stream IN (SELECT stream FROM due_item WHERE is_open = 1)) ORDER BY reference",
        (nation, *values),
    )
    return [
        CaseCounting(
            row["stream"],
            row["reference"],
            row["reference"].split("-")[0],
            row["calendar_version"],
            row["last_sequence"],
        )
        for row in found
    ]


def open_dates(con: sqlite3.Connection, stream: str, today: date) -> dict[str, date]:
    """Return the open deadlines of a case that have a date and show today, by key."""
    found = rows(
        con,
        "SELECT key, due_on FROM due_item WHERE stream = ? AND is_open = 1 AND due_on IS NOT NULL"
        " AND (shows_from IS NULL OR shows_from <= ?)",
        (stream, today.isoformat()),
    )
    return {row["key"]: date.fromisoformat(row["due_on"]) for row in found}


def last_open_date(con: sqlite3.Connection) -> date | None:
    """Return the last date by which anything is open, or None."""
    found = rows(con, "SELECT max(due_on) FROM due_item WHERE is_open = 1")[0][0]
    return date.fromisoformat(found) if found else None
