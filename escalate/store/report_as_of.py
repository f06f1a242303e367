"""What reports are counted from as it stood when a day ended: in tables of one connection, in memory, for one report.

They carry the names of those kept, so that the same questions are answered from them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from escalate.core.escalations import Pair
from escalate.core.views import CaseRows
from escalate.store.kept_rows import REPORT_KEYS, columns_of, report_columns
from escalate.store.readers import rows


def changed_since(con: sqlite3.Connection, day: str) -> list[str]:
    """Return the streams of the cases of which anything was recorded after a day."""
    found = rows(
        con,
        "SELECT DISTINCT stream FROM ledger WHERE substr(recorded_at, 1, 10) > ?"
        " AND stream IN (SELECT stream FROM case_view) ORDER BY stream",
        (day,),
    )
    return [row["stream"] for row in found]


def stand_as_of(
    con: sqlite3.Connection, changed: Sequence[str], made: Iterable[tuple[str, CaseRows]], links: Iterable[Pair]
) -> None:
    """Put `made` in place of what is kept of the changed cases, for this connection alone.

    Args:
        made: each case that was there by then, as it stood. Those that were not are left out.
        links: the links that stood then with a changed case, each once.
    """
    # In memory: what is kept of a case is not to be left in a temporary file.
    con.execute("PRAGMA temp_store = memory")
    con.execute("CREATE TEMP TABLE changed (stream TEXT PRIMARY KEY) WITHOUT ROWID")
    con.executemany("INSERT INTO temp.changed VALUES (?)", [(stream,) for stream in changed])
    for table in (*REPORT_KEYS, "learning_view"):
        con.execute(
            f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}"
            " WHERE stream NOT IN (SELECT stream FROM temp.changed)"
        )
    con.execute(
        "CREATE TEMP TABLE case_link AS SELECT * FROM main.case_link"
        " WHERE stream NOT IN (SELECT stream FROM temp.changed) AND other NOT IN (SELECT stream FROM temp.changed)"
    )
    con.executemany("INSERT INTO temp.case_link (stream, other) VALUES (?, ?)", links)
    for stream, case in made:
        tables = (*report_columns(case.report), [columns_of(point) for point in case.learning])
        for table, columns in zip((*REPORT_KEYS, "learning_view"), tables, strict=True):
            for one in columns:
                _insert(con, table, {"stream": stream, **one})
    con.execute("CREATE INDEX temp.as_of_marks ON case_mark (sort, mark, raised_on, stream)")
    con.execute("CREATE INDEX temp.as_of_stages ON stage_run (stage, stream)")


def _insert(con: sqlite3.Connection, table: str, columns: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    con.execute(f"INSERT INTO temp.{table} ({names}) VALUES ({', '.join('?' * len(columns))})", list(columns.values()))
