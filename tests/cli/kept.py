"""What a home keeps, read without the command line: entries, facts, drafts, every byte."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from escalate.core.events import Event, Fact, PartyNamed
from escalate.store import readers
from escalate.store.case_list import case_row
from escalate.store.verify import verify
from tests.builders import database_in


def entries(home: Path) -> int:
    """Return how many entries the whole record of a home has."""
    with closing(readers.open_for_reading(database_in(home))) as con:
        return int(readers.rows(con, "SELECT count(*) AS n FROM ledger")[0]["n"])


def references(home: Path) -> list[str]:
    with closing(readers.open_for_reading(database_in(home))) as con:
        return [row["reference"] for row in readers.rows(con, "SELECT reference FROM case_view ORDER BY reference")]


def events(home: Path, reference: str) -> list[Event]:
    with closing(readers.open_for_reading(database_in(home))) as con:
        return readers.chronology(con, str(case_row(con, reference)["stream"]))


def kinds(home: Path, reference: str) -> list[str]:
    """Return the kinds of a case's entries in order, but for the names given in it."""
    return [event.kind for event in events(home, reference) if event.kind != "party named"]


def facts(home: Path, reference: str, kind: str) -> list[Any]:
    """Return the facts of one kind in a case, in order."""
    return [event.fact for event in events(home, reference) if event.kind == kind]


def the_fact(home: Path, reference: str, kind: str) -> Any:
    """Return the only fact of this kind in a case."""
    (fact,) = facts(home, reference, kind)
    return fact


def named(home: Path, reference: str) -> dict[str, PartyNamed]:
    """Return the parties of a case by name."""
    found: list[Fact] = facts(home, reference, "party named")
    return {fact.name: fact for fact in found if isinstance(fact, PartyNamed)}


def drafts(home: Path) -> list[dict[str, Any]]:
    """Return the answers of each draft that is kept."""
    with closing(sqlite3.connect(database_in(home))) as con:
        return [json.loads(row[0]) for row in con.execute("SELECT answers FROM draft ORDER BY id")]


def every_byte(home: Path) -> bytes:
    """Return everything a home's files hold, and their names."""
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    return b"".join(str(path.relative_to(home)).encode() + b"\n" + path.read_bytes() for path in files)


def is_sound(home: Path) -> bool:
    return verify(database_in(home)).is_sound
