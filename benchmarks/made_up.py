"""Databases of invented cases, as many as asked for, in seconds rather than days.

The first case goes through the front door: `escalate setup` and `escalate raise`, from the answer files beside this
module. A hundred more are recorded through the ledger (`originals`), spread over five years, one in twenty open.
All others are copies of these, written in bulk straight into the tables with ids, references, days of birth and hashes
of their own, past no guard: what is shown of each, and what reports count it by, is what its entries make.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.originals import Originals, record_originals, reference_of
from escalate.store.chain import NO_LINK, Entry, Link, event_hash, link_hash, new_salt, payload_digest
from escalate.store.kept_rows import REPORT_KEYS

ANSWERS = Path(__file__).parent / "answers"
TODAY = "2026-04-10"
OPEN_ONE_IN = 20
AT_ONCE = 2_000
_MOST_ORIGINALS = 130
_BORN_FROM, _BORN_WITHIN = date(2009, 6, 1), 5_000
_KEPT = ("case_view", "due_item", "party_view", *REPORT_KEYS, "learning_view")

Row = dict[str, Any]


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which `escalate` uses this home, on the day the cases were made for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALATE_")}
    # Otherwise a checkout compiles itself again at every start, and that is what would be measured.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": TODAY}


def make_home(home: Path, *, cases: int) -> str:
    """Make a home folder with this many cases, and return the reference of an open one in the middle."""
    for words in (("setup", "--from", "setup.toml"), ("raise", "--from", "raise.toml")):
        command = [sys.executable, "-m", "escalate", *words[:-1], str(ANSWERS / words[-1])]
        subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    most = min(cases - 1, max(10, cases // 20), _MOST_ORIGINALS)
    originals = record_originals(database_in(home), most=most)
    return copy_cases(database_in(home), originals, range(most + 1, cases))


def database_in(home: Path) -> Path:
    """Return the one database in this home."""
    (database,) = home.glob("*.db")
    return database


def copy_cases(database: Path, originals: Originals, numbers: range) -> str:
    """Make a copy of an original for each of these numbers; return the reference of an open case in the middle.

    Nothing is durable until the end: a database that was interrupted half way is to be thrown away.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as con:
        con.row_factory = sqlite3.Row
        opened = [Copier(_read_case(con, stream)) for stream in originals.is_open]
        ended = [Copier(_read_case(con, stream)) for stream in originals.has_ended]
        first = opened[0].reference
        position, spine_hash = con.execute("SELECT position, hash FROM spine ORDER BY position DESC LIMIT 1").fetchone()
        for setting in ("synchronous = off", "journal_mode = memory", "cache_size = -200000"):
            con.execute(f"PRAGMA {setting}")
        for start in range(numbers.start, numbers.stop, AT_ONCE):
            tables: dict[str, list[Row]] = {}
            for number in range(start, min(start + AT_ONCE, numbers.stop)):
                turn, of_these = (number // OPEN_ONE_IN, opened) if number % OPEN_ONE_IN == 0 else (number, ended)
                case = of_these[turn % len(of_these)].copy(number, reference_of(first, number))
                for table, row in _rows_of(case):
                    if table == "ledger":
                        position, spine_hash = position + 1, _add_link(tables, row, position + 1, spine_hash)
                    tables.setdefault(table, []).append(row)
            con.execute("BEGIN IMMEDIATE")
            for table, rows in tables.items():
                _insert(con, table, rows)
            con.execute("COMMIT")
        con.execute("PRAGMA journal_mode = delete")
    middle = numbers.stop // 2 // OPEN_ONE_IN * OPEN_ONE_IN
    return reference_of(first, middle) if middle in numbers else first


def _read_case(con: sqlite3.Connection, stream: str) -> dict[str, list[Row]]:
    """The rows of a case: its events with their words, and by table all that is kept of it."""
    events = "SELECT ledger.*, body FROM ledger JOIN payload ON event_id = id WHERE stream = ? ORDER BY sequence"
    found = {"ledger": events, **{table: f"SELECT * FROM {table} WHERE stream = ?" for table in _KEPT}}
    return {table: [dict(row) for row in con.execute(sql, (stream,))] for table, sql in found.items()}


class Copier:
    """Makes copies of one case: each with a stream, a reference, event ids and children of its own."""

    def __init__(self, original: dict[str, list[Row]]) -> None:
        (case,) = original["case_view"]
        children = [party for party in original["party_view"] if party["sort"] == "child"]
        self.reference: str = case["reference"]
        self._known = [case["stream"], self.reference, *(party["party"] for party in children)]
        self._known += sorted({party["born_on"] for party in children if party["born_on"]})
        self._children = len(children)
        # Most of a case is the same in each copy: which values are not is looked for once.
        self._rows = {
            table: [(row, [name for name, value in row.items() if self._is_own(value)]) for row in rows]
            for table, rows in original.items()
        }

    def _is_own(self, value: object) -> bool:
        return isinstance(value, str) and any(known in value for known in self._known)

    def copy(self, number: int, reference: str) -> dict[str, list[Row]]:
        """Return the rows of copy `number`, by table."""
        born_on = (_BORN_FROM + timedelta(days=number * 37 % _BORN_WITHIN)).isoformat()
        children = [f"child-{number:026x}{at:06x}" for at in range(self._children)]
        own = [f"case-{number:032x}", reference, *children, *[born_on] * (len(self._known) - 2 - self._children)]
        instead = list(zip(self._known, own, strict=True))
        case: dict[str, list[Row]] = {}
        for table, rows in self._rows.items():
            case[table] = copied = []
            for row, names in rows:
                now = dict(row)
                for name in names:
                    for known, new in instead:
                        # An id stands in the words of the events, too.
                        now[name] = now[name].replace(known, new)
                copied.append(now)
        for event in case["ledger"]:
            event["id"] = f"event-{number:026x}{event['sequence']:06x}"
        return case


def _rows_of(case: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
    """Every row of a case, as (table, row), with its chain worked out anew."""
    previous = NO_LINK
    for event in case["ledger"]:
        body, salt = event.pop("body"), new_salt()
        event |= {"digest": payload_digest(salt, body), "prev": previous}
        entry = Entry(**{name: event[name] for name in Entry._fields})
        previous = event_hash(entry)
        yield "ledger", entry._asdict() | {"hash": previous}
        yield "payload", {"event_id": entry.id, "salt": salt, "body": body}
    yield from ((table, row) for table in _KEPT for row in case[table])


def _add_link(tables: dict[str, list[Row]], row: Row, position: int, previous: str) -> str:
    link = Link(position, row["stream"], row["chain"], row["sequence"], row["hash"], previous)
    own_hash = link_hash(link)
    tables.setdefault("spine", []).append(link._asdict() | {"hash": own_hash})
    return own_hash


def _insert(con: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    places = ", ".join(f":{name}" for name in rows[0])
    con.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
