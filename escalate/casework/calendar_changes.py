"""A change of calendars: what it would move, shown before; then versions, cases and dates in one transaction.

What is past does not move: each case counts by the new version from the day it adopts it (`core.time_allowed`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from escalate.casework.calendars import keep_version
from escalate.casework.desk import Desk, DraftOf, owed_under
from escalate.core import events as e
from escalate.core.calendar_findings import Move
from escalate.core.calendars import Changed, working_calendar
from escalate.core.deciding import Decided
from escalate.core.working_days import WorkingCalendar
from escalate.errors import SomeoneWasFirst
from escalate.store import readers
from escalate.store.calendar_rows import CaseCounting, cases_counting, open_dates, stored_calendars
from escalate.store.calendar_rows import working_calendar as stored_calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change of calendars would do, and what it was worked out from.

    Args:
        nation, partnership: whose cases it reaches; all of the nation's where `partnership` is empty.
        adopting: the cases that would count by another version than now.
        moves: their open deadlines that would move, case by case, by the date they have now.
        counted: every case in reach as it stood. `versions`: how many versions were stored.
        notes: what else is to be said of it.
    """

    nation: str
    partnership: str
    changed: Changed
    adopting: tuple[CaseCounting, ...]
    moves: tuple[Move, ...]
    counted: tuple[CaseCounting, ...]
    versions: int
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to record."""
        return not self.changed.stored and not self.adopting


def preview(
    con: sqlite3.Connection, changed: Changed, reach: tuple[str, str], today: date, notes: tuple[str, ...] = ()
) -> Preview:
    """Return what this change would move, as of today. Nothing is recorded.

    Args:
        reach: the nation, and the partnership whose cases it reaches, or "" for all of the nation's.
    """
    nation, partnership = reach
    counted = tuple(cases_counting(con, nation, partnership))
    adopting = tuple(one for one in counted if one.version != changed.version_for(one.partnership))
    calendars = {version: stored_calendar(con, version) for version in {one.version for one in adopting}}
    calendars |= {one.version: working_calendar(one) for one in changed.stored.values()}
    return Preview(
        nation=nation,
        partnership=partnership,
        changed=changed,
        adopting=adopting,
        moves=tuple(
            move
            for one in adopting
            for move in _moves(con, one, changed.version_for(one.partnership), calendars, today)
        ),
        counted=counted,
        versions=len(stored_calendars(con)),
        notes=notes,
    )


def _moves(
    con: sqlite3.Connection, case: CaseCounting, version: str, calendars: Mapping[str, WorkingCalendar], today: date
) -> Iterator[Move]:
    """Yield what adopting this version today would move in one case: it is read with the entry that would say so."""
    events = readers.chronology(con, case.stream)
    adopted = e.Event(
        stream=case.stream,
        chain=events[-1].chain,
        sequence=events[-1].sequence + 1,
        id="",
        fact=e.CalendarAdopted(version=version),
        kind=e.CalendarAdopted.kind,
        occurred_on=today,
    )
    after = {one.key: one for one in owed_under((*events, adopted), con, calendars)}
    dates = open_dates(con, case.stream, today)
    for key, from_on in sorted(dates.items(), key=lambda one: (one[1], one[0])):
        owed = after.get(key)
        if owed and owed.is_open and owed.due_on and owed.due_on != from_on:
            yield Move(reference=case.reference, item=key, from_on=from_on, to_on=owed.due_on)


def make_change(desk: Desk, shown: Preview, draft: DraftOf | None = None) -> None:
    """Record a change as it was shown: its versions, an entry in every case that adopts one, and their dates.

    Raises:
        SomeoneWasFirst: a calendar or a case in reach is not as it was when the change was shown.
    """
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        _refuse_if_changed(book.reading, shown)
        for stored in shown.changed.stored.values():
            keep_version(desk, book, stored, scribe, draft)
            if draft:
                book.drop_draft(draft.id)
                draft = None
        for case in shown.adopting:
            fact = e.CalendarAdopted(version=shown.changed.version_for(case.partnership))
            book.append(case.stream, desk.new_events((Decided(fact=fact, on=desk.today),)), scribe)
            desk.keep(book, case.stream)


def _refuse_if_changed(con: sqlite3.Connection, shown: Preview) -> None:
    now = cases_counting(con, shown.nation, shown.partnership)
    changed = sorted({one.reference for one in {*now} ^ {*shown.counted}})
    if len(stored_calendars(con)) != shown.versions:
        what = "the calendar was changed"
    elif changed:
        what = f"a case changed ({', '.join(changed[:5])})"
    else:
        return
    raise SomeoneWasFirst(
        f"{what} while you were looking at what would move", remedy="run the same command again", recorded=""
    )
