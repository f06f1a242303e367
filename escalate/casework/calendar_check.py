"""Whether the stored calendars still say what the library knows, reach far enough, and hold nothing in vain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, cast

from escalate.casework.calendar_changes import Preview, preview
from escalate.casework.calendars import calendars_here
from escalate.casework.desk import Desk
from escalate.core.calendar_findings import CalendarCheck, ClosuresCheck, InVain, OtherDay
from escalate.core.calendars import WHOLE_NATION, Changed, NationCalendars
from escalate.core.events import CalendarStored, DeclaredDay
from escalate.store.calendar_rows import agency_closures, cases_counting, last_open_date, stored_calendars


def nations_stored(desk: Desk) -> tuple[str, ...]:
    """Return the nations whose calendars are stored here, by name."""
    with desk.reading() as con:
        return tuple(sorted({one.nation for one in stored_calendars(con)}))


def check_calendars(desk: Desk, nation: str) -> CalendarCheck:
    """Return what is to be said of a nation's calendars."""
    with desk.reading() as con:
        here = calendars_here(con, nation, desk.today.year)
        stored = here.latest[WHOLE_NATION]
        library = _library(stored, desk.today.year)
        declared = _declared(here)
        return CalendarCheck(
            nation=nation,
            version=stored.version,
            source=stored.source,
            library=library.source,
            first_year=stored.first_year,
            last_year=stored.last_year,
            library_last_year=library.last_year,
            others=tuple(_others(stored, library)),
            in_vain=tuple(_in_vain(here)),
            without_source=tuple(one for one in declared if not one.source),
            beyond=tuple(_beyond(con, stored, desk.today)),
            behind=tuple(
                one.reference for one in cases_counting(con, nation) if one.version != here.of(one.partnership).version
            ),
        )


def propose_adoption(desk: Desk, nation: str) -> Preview:
    """Return what adopting the library's bank holidays would move, in cases left behind too. Nothing is recorded."""
    with desk.reading() as con:
        here = calendars_here(con, nation, desk.today.year)
        stored = here.latest[WHOLE_NATION]
        library = _library(stored, desk.today.year)
        changed = here.on(library, f"bank holidays as {library.source} has them", desk.today.year)
        if not (_differs(stored, library) or _beyond(con, stored, desk.today)):
            changed = Changed({}, here)  # only the years moved on: nobody needs another version for that
        return preview(con, changed, (nation, WHOLE_NATION), desk.today)


def check_closures(desk: Desk) -> ClosuresCheck:
    """Return what is to be said of the agencies' closures that are not over."""
    with desk.reading() as con:
        closures = agency_closures(con, desk.today)
    pairs = combinations(closures, 2)
    return ClosuresCheck(
        without_source=tuple(one for one in closures if not one.source),
        overlapping=tuple(
            (one, other)
            for one, other in pairs
            if one.is_of(other.agency, other.name) and one.first_on <= other.last_on and other.first_on <= one.last_on
        ),
    )


def _library(stored: CalendarStored, year: int) -> CalendarStored:
    """Return what the library knows now, over the years that are stored and those to come."""
    from escalate.bank_holidays import YEARS_AHEAD, calendar_over

    last = max(stored.last_year, year + YEARS_AHEAD)
    return calendar_over(cast(Any, stored.nation), stored.first_year, last, year)


def _others(stored: CalendarStored, library: CalendarStored) -> Iterable[OtherDay]:
    for day in sorted({*stored.days, *library.days}):
        was, now = stored.days.get(day, ""), library.days.get(day, "")
        if was != now and stored.first_year <= int(day[:4]) <= stored.last_year:
            yield OtherDay(day=date.fromisoformat(day), was=was, now=now)


def _differs(stored: CalendarStored, library: CalendarStored) -> bool:
    return next(iter(_others(stored, library)), None) is not None


def _declared(here: NationCalendars) -> list[DeclaredDay]:
    """Return what is declared in any calendar of the nation, once each."""
    every = {one: None for stored in here.latest.values() for one in stored.declared}
    return sorted(every, key=lambda one: (one.day, one.kind, one.name))


def _in_vain(here: NationCalendars) -> Iterable[InVain]:
    seen: set[DeclaredDay] = set()
    for stored in here.latest.values():
        holidays = {one.day for one in stored.declared if one.kind == "holiday"}
        for one in stored.declared:
            why = ""
            if one.day.weekday() >= 5:
                why = "it is at a weekend"
            elif one.day.isoformat() in stored.days:
                why = f"it is a bank holiday: {stored.days[one.day.isoformat()]}"
            elif one.kind == "closure" and one.day in holidays:
                why = "it is a one-off holiday of the whole nation as well"
            if why and one not in seen:
                seen.add(one)
                yield InVain(declared=one, why=why)


def _beyond(con: sqlite3.Connection, stored: CalendarStored, today: date) -> Sequence[tuple[date, str]]:
    found = []
    a_year_on = date(today.year + 1, today.month, min(today.day, 28))
    last_open = last_open_date(con)
    if last_open and last_open.year > stored.last_year:
        found.append((last_open, "the last open deadline"))
    if a_year_on.year > stored.last_year:
        found.append((a_year_on, "a year from today"))
    return found
