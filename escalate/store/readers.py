"""Reading, through the database's own DB-API: neither sqlmodel nor pydantic is imported, so that `due` starts at once.

Rows come by column name. Every function also reads inside a write transaction, from `Book.reading`. The facts, the
views and the chain's arithmetic are imported by the functions that give them: `due` asks for none of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from escalate.errors import LedgerRefused, NotFound
from escalate.store.refusals import refuse_what_is_not_ours, refusing
from escalate.store.schema import CURRENT, read_header

if TYPE_CHECKING:
    from escalate.core.events import Event, Fact, SetupRecorded
    from escalate.core.views import DueItem, PartyRow

_View = TypeVar("_View", "DueItem", "PartyRow")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write; its rows are `sqlite3.Row`. The caller closes it.

    Raises:
        NotFound: nothing was recorded here yet.
        LedgerRefused: not ours, newer or older than this escalate reads, damaged, not readable.
    """
    try:
        with refusing(path):
            header = read_header(path)
    except OSError as error:
        raise LedgerRefused(f"{path}: cannot be read: {error.strerror}") from error
    refuse_what_is_not_ours(path, header, CURRENT)
    if header is None:
        raise _nothing_yet(path)
    with refusing(path):
        con, version = _connect(path)
        if version == CURRENT.version:
            return con
        has_tables = con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        con.close()
    if not has_tables:
        raise _nothing_yet(path)
    raise LedgerRefused(
        f"{path}: was written by an older escalate (its version {version}, ours {CURRENT.version})",
        remedy="run `escalate setup`: it makes a backup, then brings the record up to date",
    )


def _connect(path: Path) -> tuple[sqlite3.Connection, int]:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    con = sqlite3.connect(uri, uri=True, timeout=30)
    con.row_factory = sqlite3.Row
    try:
        con.execute("PRAGMA trusted_schema = off")
        con.execute("PRAGMA cell_size_check = on")
        return con, con.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        con.close()
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
    # A writer was killed half way: only a connection that may write can undo what it left.
    with closing(sqlite3.connect(path, timeout=30)) as undoing:
        undoing.execute("PRAGMA user_version").fetchone()
    return _connect(path)


def _nothing_yet(path: Path) -> NotFound:
    return NotFound(f"{path}: nothing is recorded here yet", remedy="run `escalate setup`, then `escalate raise`")


def rows(con: sqlite3.Connection, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
    """Return all rows of a query by column name, whoever opened the connection."""
    cursor = con.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(sql, values).fetchall()


def chronology(con: sqlite3.Connection, stream: str) -> list[Event]:
    """Return the stream's events in the order they arrived here; a redacted payload gives a fact of None.

    They are counted in that order, whichever installation recorded them; an amendment's target is counted so too.

    Raises:
        LedgerRefused: an event was written by a newer escalate, or is not as it was written.
    """
    found = rows(
        con,
        "SELECT ledger.*, payload.body FROM ledger"
        " JOIN spine USING (stream, chain, sequence) LEFT JOIN payload ON payload.event_id = ledger.id"
        " WHERE ledger.stream = ? ORDER BY spine.position",
        (stream,),
    )
    places = {(row["chain"], row["sequence"]): place for place, row in enumerate(found, 1)}
    events = [event_of(row, place, places) for place, row in enumerate(found, 1)]
    if any(event.kind.startswith("another's entry") for event in events):
        from escalate.core.restating import with_targets

        return with_targets(events)
    return events


def own_chain(con: sqlite3.Connection) -> str:
    """Return this database's own id, which its entries carry in every stream."""
    return str(rows(con, "SELECT id FROM database")[0]["id"])


def entries_in(con: sqlite3.Connection, stream: str) -> int:
    """Return how many entries a stream has, whoever recorded them."""
    return int(rows(con, "SELECT count(*) FROM ledger WHERE stream = ?", (stream,))[0][0])


def place_of(con: sqlite3.Connection, event_id: str) -> int:
    """Return the place of an entry in its stream, counted in the order of arrival; 0 where it is not there."""
    found = rows(
        con,
        "SELECT stream, position FROM ledger JOIN spine USING (stream, chain, sequence) WHERE id = ?",
        (event_id,),
    )
    before = "SELECT count(*) FROM spine WHERE stream = ? AND position <= ?"
    return int(rows(con, before, tuple(found[0]))[0][0]) if found else 0


def entry_at(con: sqlite3.Connection, stream: str, place: int) -> sqlite3.Row | None:
    """Return the row of ledger that stands at this place of a stream, counted from 1 in the order of arrival."""
    if place < 1:
        return None
    found = rows(
        con,
        "SELECT ledger.* FROM spine JOIN ledger USING (stream, chain, sequence) WHERE spine.stream = ?"
        " ORDER BY position LIMIT 1 OFFSET ?",
        (stream, place - 1),
    )
    return found[0] if found else None


def event_of(row: sqlite3.Row, place: int, places: Mapping[tuple[str, int], int]) -> Event:
    """Return the event of a row of ledger with `body` beside it.

    Args:
        place: where it stands in its stream.
        places: where the stream's entries stand, by chain and number: for what it amends.
    """
    from escalate.core.events import Event

    return Event(
        stream=row["stream"],
        chain=row["chain"],
        sequence=place,
        number=row["sequence"],
        id=row["id"],
        fact=None if row["body"] is None else _fact(row),
        kind=row["kind"],
        occurred_on=date.fromisoformat(row["occurred_on"]),
        occurred_time=row["occurred_time"],
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        for_agency=row["for_agency"],
        target=None if row["target"] is None else places.get((row["chain"], row["target"])),
        hash=row["hash"],
    )


def _fact(row: sqlite3.Row) -> Fact:
    where = f'entry {row["sequence"]} ("{row["kind"]}")'
    import json

    from escalate.core.events import KINDS
    from escalate.core.plain import fact_from_plain

    known = KINDS.get(row["kind"])
    if known is None or row["shape"] > known.shape:
        raise LedgerRefused(f"{where}: was written by a newer escalate", remedy="install the newer escalate")
    try:
        return fact_from_plain(row["kind"], json.loads(row["body"]))
    except (TypeError, ValueError, KeyError, AttributeError):
        # Without the cause: it would hold the words.
        raise LedgerRefused(f"{where}: is not as it was written", remedy="run `escalate verify`") from None


def setup(con: sqlite3.Connection) -> SetupRecorded | None:
    """Return what `setup` recorded last, or None."""
    from escalate.core.events import SetupRecorded

    facts = [event.fact for event in chronology(con, "setup")]
    return next((fact for fact in reversed(facts) if isinstance(fact, SetupRecorded)), None)


def head_anchor(con: sqlite3.Connection) -> str:
    """Return the anchor of everything recorded so far; "L0-…" where nothing is."""
    from escalate.store.chain import NO_LINK, anchor

    head = rows(con, "SELECT position, hash FROM spine ORDER BY position DESC LIMIT 1")
    return anchor(head[0]["position"], head[0]["hash"]) if head else anchor(0, NO_LINK)


def policy_text(con: sqlite3.Connection, digest: str) -> str:
    """Return the text of the policy a case was raised under.

    Raises:
        NotFound: no such text is kept.
    """
    found = rows(con, "SELECT text FROM policy_text WHERE digest = ?", (digest,))
    if not found:
        raise NotFound(f"policy text {digest[:12]}…: is not kept here", remedy="run `escalate verify`")
    return str(found[0]["text"])


def policy_texts(con: sqlite3.Connection) -> list[str]:
    """Return the text of every policy that a case was raised under."""
    return [str(row["text"]) for row in rows(con, "SELECT text FROM policy_text ORDER BY digest")]


def made_by_an_older(con: sqlite3.Connection) -> list[str]:
    """Return the streams of the cases whose rows an older escalate made; its migration has marked them."""
    return [row["stream"] for row in rows(con, "SELECT stream FROM case_view WHERE last_sequence = 0")]


def calendar_days(con: sqlite3.Connection, version: str) -> dict[date, str]:
    """Return the non-working days of one version of the calendar, by date, in order; empty for an unknown version."""
    found = rows(con, "SELECT day, name FROM calendar_day WHERE version = ? ORDER BY day", (version,))
    return {date.fromisoformat(row["day"]): row["name"] for row in found}


def latest_calendar_version(con: sqlite3.Connection, nation: str = "") -> str | None:
    """Return the version recorded last of a whole nation's calendar, this one's or any, or None where there is none."""
    found = rows(
        con,
        "SELECT version FROM calendar_version WHERE ? IN ('', nation) AND partnership = '' AND position > 0"
        " ORDER BY position DESC LIMIT 1",
        (nation,),
    )
    return found[0]["version"] if found else None


def items_of(con: sqlite3.Connection, stream: str) -> list[DueItem]:
    """Return everything owed or done in a case: what is open first, by date, undated last."""
    from escalate.core.views import DueItem

    found = rows(
        con,
        "SELECT * FROM due_item WHERE stream = ?"
        " ORDER BY is_open DESC, due_on IS NULL, due_on, due_time IS NULL, due_time, key",
        (stream,),
    )
    return [view_of(DueItem, row) for row in found]


def parties_of(con: sqlite3.Connection, stream: str) -> list[PartyRow]:
    """Return the names of a case (or of the stream "setup"), agencies first, by name."""
    from escalate.core.views import PartyRow

    found = rows(con, "SELECT * FROM party_view WHERE stream = ? ORDER BY sort, name, party", (stream,))
    return [view_of(PartyRow, row) for row in found]


def known_parties(con: sqlite3.Connection, limit: int = 200) -> list[PartyRow]:
    """Return the people and agencies entered last, as they were entered then, to be offered again. Never a child."""
    found = rows(con, "SELECT * FROM known_party ORDER BY used DESC, party LIMIT ?", (limit,))
    return sorted(map(_known, found), key=lambda row: (row.sort, row.name, row.party))


def known_party(con: sqlite3.Connection, party: str) -> PartyRow | None:
    """Return the person or agency of this id as entered last, or None."""
    found = rows(con, "SELECT * FROM known_party WHERE party = ?", (party,))
    return _known(found[0]) if found else None


def parties_named(con: sqlite3.Connection, sort: str, name: str) -> list[PartyRow]:
    """Return the people, or the agencies, of this name, upper or lower case alike, the latest entered first."""
    sql = "SELECT * FROM known_party WHERE sort = ? AND folded = ? ORDER BY used DESC, party"
    return [_known(row) for row in rows(con, sql, (sort, name.casefold()))]


def _known(row: sqlite3.Row) -> PartyRow:
    from escalate.core.views import PartyRow

    names = ("party", "sort", "name", "role", "agency", "email", "telephone")
    return PartyRow(**{name: row[name] for name in names})


def view_of(view: type[_View], row: sqlite3.Row) -> _View:
    """Return the view whose columns a row has, dates as dates."""
    return view(**{field.name: _value(field.name, row[field.name]) for field in fields(view)})


def _value(name: str, value: Any) -> Any:
    if name.startswith("is_"):
        return bool(value)
    if value and (name.endswith("_on") or name == "shows_from"):
        return date.fromisoformat(value)
    return value
