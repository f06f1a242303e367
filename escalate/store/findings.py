"""What `verify` has found so far: a bounded list, however damaged the file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from escalate.errors import Problem
from escalate.store.readers import rows

_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands; `kind` is "" where it is missing, `position` its place in the spine where known."""

    stream: str
    chain: str
    sequence: int
    kind: str
    position: int | None = None


class Findings:
    """Counts, and problems in the order they were found; past a thousand they are only counted."""

    def __init__(self) -> None:
        self.events = 0
        self.blanked = 0
        self._found: list[Problem | tuple[Place, str]] = []
        self._more = 0

    def add(self, problem: Problem) -> None:
        """Keep a problem with something other than an event."""
        self._keep(problem)

    def add_event(self, place: Place, what: str) -> None:
        """Keep a problem with an event; it is named when all are found, since its case must be looked up."""
        self._keep((place, what))

    def problems(self, con: sqlite3.Connection | None) -> tuple[Problem, ...]:
        """Return what was found, in that order; without `con` no case is looked up."""
        named = [
            found if isinstance(found, Problem) else Problem(_name(con, found[0]), found[1]) for found in self._found
        ]
        more = [Problem("", f"and {self._more} more problems")] if self._more else []
        return (*named, *more)

    def first_bad(self, con: sqlite3.Connection) -> str:
        """Return the name of the event that arrived first among those that are wrong, or ""."""
        places = {found[0] for found in self._found if not isinstance(found, Problem)}
        if not places:
            return ""
        return _name(con, min(places, key=lambda place: (_position(con, place), place.stream, place.sequence)))

    def _keep(self, found: Problem | tuple[Place, str]) -> None:
        if len(self._found) < _AT_MOST:
            self._found.append(found)
        else:
            self._more += 1


def _name(con: sqlite3.Connection | None, place: Place) -> str:
    case = con and rows(con, "SELECT reference FROM case_view WHERE stream = ?", (place.stream,))
    where = case[0]["reference"] if case else place.stream
    entry = _entry(con, place) if con else place.sequence
    return f'{where}, entry {entry} ("{place.kind}")' if place.kind else f"{where}, entry {entry}"


def _entry(con: sqlite3.Connection, place: Place) -> int:
    """Return the number under which an entry is shown: with several chains, its place as it arrived here."""
    chains = rows(con, "SELECT DISTINCT chain FROM ledger WHERE stream = ?", (place.stream,))
    position = _position(con, place)
    if len(chains) < 2 or position == float("inf"):
        return place.sequence
    before = "SELECT count(*) FROM spine WHERE stream = ? AND position <= ?"
    return int(rows(con, before, (place.stream, position))[0][0])


def _position(con: sqlite3.Connection, place: Place) -> float:
    if place.position is not None:
        return place.position
    found = rows(
        con,
        "SELECT position FROM spine WHERE stream = ? AND chain = ? AND sequence = ?",
        (place.stream, place.chain, place.sequence),
    )
    return found[0]["position"] if found else float("inf")
