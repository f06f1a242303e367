"""Linked cases read as the one escalation they are, in tables of one connection, in memory; through DB-API.

The tables carry the names of those kept, so that the same questions are answered from them. Nothing is written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from escalate.core.escalations import escalations
from escalate.core.reports.joined import Joined, joined
from escalate.core.working_days import working_days_between
from escalate.store.calendar_rows import working_calendar
from escalate.store.case_links import links
from escalate.store.kept_rows import REPORT_KEYS
from escalate.store.readers import rows

_INDEXES = {
    "report_case": ("stream",),
    "stage_run": ("stage", "stream"),
    "clock_run": ("stream",),
    "case_mark": ("sort", "mark", "raised_on", "stream"),
    "case_act": ("stream",),
}


def stand_as_one(con: sqlite3.Connection) -> tuple[str, ...]:
    """Have this connection read linked cases as one, under the one raised first; return the others, sorted.

    Where it reads the record of an earlier day, the links and the rows are those of that day.
    """
    together = _together(con)
    if not together:
        return ()
    # In memory: what is kept of a case is not to be left in a temporary file. To be said before anything lies in one.
    con.execute("PRAGMA temp_store = memory")
    made = [_joined(con, streams) for streams in together]
    apart = [stream for streams in together for stream in streams]
    for place, table in enumerate(REPORT_KEYS):
        _stand_in(con, table)
        con.execute(f"DELETE FROM temp.{table} WHERE stream IN (SELECT value FROM json_each(?))", (json.dumps(apart),))
        _insert(con, table, [line for one in made for line in _tables(one)[place]])
    return tuple(sorted(stream for streams in together for stream in streams[1:]))


def _together(con: sqlite3.Connection) -> list[list[str]]:
    """Return the streams of each escalation of several cases, the first raised first, then by reference."""
    standing = escalations(links(con))
    if not standing:
        return []
    found = rows(
        con,
        "SELECT stream FROM report_case JOIN case_view USING (stream)"
        " WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY raised_on, reference",
        (json.dumps(list(standing)),),
    )
    together: dict[str, list[str]] = {}
    for row in found:
        together.setdefault(standing[row["stream"]], []).append(row["stream"])
    return [streams for streams in together.values() if len(streams) > 1]


def _joined(con: sqlite3.Connection, streams: Sequence[str]) -> Joined:
    cases = []
    for stream in streams:
        tables = [
            [dict(row) for row in rows(con, f"SELECT * FROM {table} WHERE stream = ?", (stream,))]
            for table in REPORT_KEYS
        ]
        cases.append(Joined(tables[0][0], *tables[1:]))
    version = rows(con, "SELECT calendar_version FROM case_view WHERE stream = ?", (streams[0],))[0][0]
    return joined(cases, partial(working_days_between, calendar=working_calendar(con, version)))


def _tables(one: Joined) -> tuple[Sequence[dict[str, Any]], ...]:
    return [one.case], one.stages, one.clocks, one.marks, one.acts


def _stand_in(con: sqlite3.Connection, table: str) -> None:
    if rows(con, "SELECT 1 FROM temp.sqlite_schema WHERE type = 'table' AND name = ?", (table,)):
        return
    con.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")
    con.execute(f"CREATE INDEX temp.joined_{table} ON {table} ({', '.join(_INDEXES[table])})")


def _insert(con: sqlite3.Connection, table: str, lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        names = ", ".join(f'"{name}"' for name in line)
        con.execute(f"INSERT INTO temp.{table} ({names}) VALUES ({', '.join('?' * len(line))})", list(line.values()))
