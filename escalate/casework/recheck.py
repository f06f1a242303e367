"""Whether what is shown of each case is what its entries make: every case read again, and compared with its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import cast

from escalate.casework.desk import SETUP, open_case
from escalate.casework.projection import kept_rows_of, party_row
from escalate.core import events as e
from escalate.core.views import PartyRow
from escalate.errors import EscalateError, Problem
from escalate.store import readers
from escalate.store.chain import canonical, text_digest
from escalate.store.findings import Findings
from escalate.store.kept_rows import (
    Columns,
    case_differences,
    case_streams,
    entered_at,
    issue_differences,
    offered,
    offered_columns,
    party_differences,
)

_NAMED_AT_MOST = 3


def rebuilt_views(database: Path) -> list[Problem]:
    """Return each case whose list entry, deadlines, duties, names or issues are not what its entries make.

    `store.verify` must have found the entries themselves sound. One case is held in memory at a time, and of each
    person or agency a digest. No value is said: columns, keys and opaque ids.

    Raises:
        LedgerRefused, NotFound: as for every reader.
    """
    found = Findings()
    with closing(readers.open_for_reading(database)) as con:
        con.execute("BEGIN")
        register = _Register()
        _check_setup(con, found, register)
        for stream in case_streams(con):
            try:
                _check_case(con, found, register, stream)
            except EscalateError as error:
                found.add(Problem(f"case {stream}", f"cannot be read again: {error.what}"))
        register.check(con, found)
    return list(found.problems(None))


class _Register:
    """The people and agencies to be offered again: each as the case that named it last says."""

    def __init__(self) -> None:
        self._latest: dict[str, tuple[int, str]] = {}

    def note(self, named: dict[str, int], parties: Iterable[PartyRow]) -> None:
        for row in parties:
            position = named.get(row.party, 0)
            if row.sort != "child" and position > self._latest.get(row.party, (0, ""))[0]:
                columns = offered_columns(row)
                self._latest[row.party] = position, _digest(columns) if columns else ""

    def check(self, con: sqlite3.Connection, found: Findings) -> None:
        expected = {party: digest for party, (_, digest) in self._latest.items() if digest}
        for columns in offered(con):
            if expected.pop(columns["party"], "") != _digest(columns):
                found.add(Problem("known_party", f"{columns['party']} is not as it was entered last"))
        for party in sorted(expected):
            found.add(Problem("known_party", f"{party} is missing"))


def _digest(columns: Columns) -> str:
    return text_digest(canonical(columns))


def _check_setup(con: sqlite3.Connection, found: Findings, register: _Register) -> None:
    events = readers.chronology(con, SETUP)
    latest = {event.fact.party: event.fact for event in events if isinstance(event.fact, e.PartyNamed)}
    made = [party_row(party) for party in latest.values()]
    _add(found, SETUP, party_differences(con, SETUP, made))
    register.note(entered_at(con, SETUP, events), made)


def _check_case(con: sqlite3.Connection, found: Findings, register: _Register, stream: str) -> None:
    events = readers.chronology(con, stream)
    opened = open_case(events, con)
    made = kept_rows_of(opened.case, opened.policy, opened.calendars, opened.owed)
    issued = (cast(e.FormIssued, event.fact) for event in opened.case.of(e.FormIssued))
    differences = [*case_differences(con, stream, made), *issue_differences(con, stream, issued)]
    _add(found, made.case.reference, differences)
    register.note(entered_at(con, stream, events), made.parties)


def _add(found: Findings, where: str, differences: list[str]) -> None:
    if differences:
        more = len(differences) - _NAMED_AT_MOST
        said = ", ".join(differences[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        found.add(Problem(where, f"what is shown of it is not what its entries make: {said}"))
