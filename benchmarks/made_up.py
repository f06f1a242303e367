"""Databases of invented cases, as many as asked for, in seconds rather than days.

The first case goes through the front door: `escalate setup` and `escalate raise`, from the answer files beside this
module. The others are copies of it, written in bulk straight into the tables with ids, references and hashes of their
own, past no guard. One copy in twenty is open, the others are marked as ended in what is kept for reading alone; what
the open ones owe is spread over ten weeks. `escalate verify` says so: what is shown is not what the entries make.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from escalate.store.chain import NO_LINK, Entry, Link, event_hash, link_hash, new_salt, payload_digest

ANSWERS = Path(__file__).parent / "answers"
TODAY = "2026-04-10"
OPEN_ONE_IN = 20
AT_ONCE = 2_000
_MOVED = ("due_on", "since_on", "shows_from", "policy_due_on")

Row = dict[str, Any]


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which `escalate` uses this home, on the day the cases were made for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALATE_")}
    # Otherwise a checkout compiles itself again at every start, and that is what would be measured.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": TODAY}


def make_home(home: Path, *, cases: int) -> str:
    """Make a home folder with this many cases, one of them real, and return the reference of one in the middle."""
    for words in (("setup", "--from", "setup.toml"), ("raise", "--from", "raise.toml")):
        command = [sys.executable, "-m", "escalate", *words[:-1], str(ANSWERS / words[-1])]
        subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    return copy_cases(database_in(home), cases - 1)


def database_in(home: Path) -> Path:
    """Return the one database in this home."""
    (database,) = home.glob("*.db")
    return database


def copy_cases(database: Path, copies: int) -> str:
    """Copy the only case in `database` this many times; return the reference of an open copy in the middle, or its own.

    Nothing is durable until the end: a database that was interrupted half way is to be thrown away.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as con:
        con.row_factory = sqlite3.Row
        copier = Copier(_read_case(con))
        position, spine_hash = con.execute("SELECT position, hash FROM spine ORDER BY position DESC LIMIT 1").fetchone()
        for setting in ("synchronous = off", "journal_mode = memory", "cache_size = -200000"):
            con.execute(f"PRAGMA {setting}")
        for start in range(1, copies + 1, AT_ONCE):
            tables: dict[str, list[Row]] = {}
            for number in range(start, min(start + AT_ONCE, copies + 1)):
                for table, row in _rows_of(copier.copy(number)):
                    if table == "ledger":
                        position, spine_hash = position + 1, _add_link(tables, row, position + 1, spine_hash)
                    tables.setdefault(table, []).append(row)
            con.execute("BEGIN IMMEDIATE")
            for table, rows in tables.items():
                _insert(con, table, rows)
            con.execute("COMMIT")
        con.execute("PRAGMA journal_mode = delete")
    middle = copies // 2 // OPEN_ONE_IN * OPEN_ONE_IN
    return _reference(copier.reference, middle) if middle else copier.reference


def _read_case(con: sqlite3.Connection) -> dict[str, Any]:
    """The rows of the only case: its line in the list, its events with their words, its items and parties."""
    case = dict(con.execute("SELECT * FROM case_view").fetchone())

    def rows(sql: str) -> list[Row]:
        return [dict(row) for row in con.execute(sql, (case["stream"],))]

    events = (
        "SELECT ledger.*, payload.body FROM ledger JOIN payload ON event_id = id WHERE stream = ? ORDER BY sequence"
    )
    return {
        "case": case,
        "events": rows(events),
        "items": rows("SELECT * FROM due_item WHERE stream = ?"),
        "parties": rows("SELECT * FROM party_view WHERE stream = ?"),
    }


def _reference(first: str, number: int) -> str:
    """The reference of copy `number`: numbered on from the first case's, with the same code."""
    found = re.fullmatch(r"(.+-\d{4}-)(\d+)(.*)", first)
    if found is None:
        raise ValueError("the first case has a reference of another shape")
    return f"{found[1]}{int(found[2]) + number:04d}{found[3]}"


class Copier:
    """Makes copies of one case: each with a stream, a reference, event ids and children of its own."""

    def __init__(self, original: dict[str, Any]) -> None:
        self.reference: str = original["case"]["reference"]
        self._stream: str = original["case"]["stream"]
        self._children = [party["party"] for party in original["parties"] if party["sort"] == "child"]
        # As one text, in which an id is replaced wherever it stands, in the words of the events too.
        self._text = json.dumps(original)

    def copy(self, number: int) -> dict[str, Any]:
        """Return the rows of copy `number`; it has ended, but for one in twenty."""
        text = self._text.replace(self._stream, f"case-{number:032x}")
        text = text.replace(self.reference, _reference(self.reference, number))
        for at, child in enumerate(self._children):
            text = text.replace(child, f"child-{number:026x}{at:06x}")
        case: dict[str, Any] = json.loads(text)
        for event in case["events"]:
            event["id"] = f"event-{number:026x}{event['sequence']:06x}"
        later = timedelta(days=number // OPEN_ONE_IN % 70 - 35)
        for item in case["items"]:
            item.update({name: _moved(item[name], later) for name in _MOVED})
        if number % OPEN_ONE_IN:
            case["case"].update(state="ended", ended_on=TODAY)
            for item in case["items"]:
                item.update(is_open=0, closed_on=TODAY, closed_how="resolved")
        return case


def _moved(day: str | None, later: timedelta) -> str | None:
    return (date.fromisoformat(day) + later).isoformat() if day else None


def _rows_of(case: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """Every row of a case, as (table, row), with its chain worked out anew."""
    previous = NO_LINK
    for event in case["events"]:
        body, salt = event.pop("body"), new_salt()
        event |= {"digest": payload_digest(salt, body), "prev": previous}
        entry = Entry(**{name: event[name] for name in Entry._fields})
        previous = event_hash(entry)
        yield "ledger", entry._asdict() | {"hash": previous}
        yield "payload", {"event_id": entry.id, "salt": salt, "body": body}
    yield "case_view", case["case"]
    yield from (("due_item", item) for item in case["items"])
    yield from (("party_view", party) for party in case["parties"])


def _add_link(tables: dict[str, list[Row]], row: Row, position: int, previous: str) -> str:
    link = Link(position, row["stream"], row["chain"], row["sequence"], row["hash"], previous)
    own_hash = link_hash(link)
    tables.setdefault("spine", []).append(link._asdict() | {"hash": own_hash})
    return own_hash


def _insert(con: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in rows[0])
    places = ", ".join(f":{name}" for name in rows[0])
    con.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
