"""The one way a database is opened for writing: durable, alone while it writes, refusing what it must not touch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from escalate.errors import LedgerRefused
from escalate.store import places
from escalate.store.refusals import refusal, refuse_what_is_not_ours, refusing
from escalate.store.schema import CURRENT, Schema, read_header

PRAGMAS = (
    "foreign_keys = on",
    "recursive_triggers = on",
    # Not WAL: one file to copy, erased words leave the disk at once, and older SQLites have a fault there.
    "journal_mode = delete",
    # EXTRA also syncs the folder after the journal is gone: FULL has lost acknowledged entries in a power cut.
    "synchronous = extra",
    "trusted_schema = off",
    "cell_size_check = on",
    "secure_delete = on",
)


def open_for_writing(path: Path, *, allow_network: bool = False, schema: Schema = CURRENT) -> Engine:
    """Return an engine on the database at `path`, made for its owner only where there is none, and up to date.

    Every transaction is `BEGIN IMMEDIATE`: whoever begins is alone until the end, and nobody is refused half way.

    Raises:
        LedgerRefused: not ours, newer, damaged, read-only, on a network share, on a full disk.
    """
    if not allow_network:
        places.refuse_network_share(path)
    places.make_owner_only(path)
    try:
        with refusing(path):
            header = read_header(path)
    except OSError as error:
        raise LedgerRefused(f"{path}: cannot be read: {error.strerror}", recorded="") from error
    refuse_what_is_not_ours(path, header, schema)
    engine = _engine(path)
    with refusing(path):
        found = _version(path)
    if found < schema.version:
        from escalate.store.migrate import bring_up_to_date

        with refusing_engine(path):
            bring_up_to_date(engine, path, schema)
    return engine


@contextmanager
def refusing_engine(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy or sqlite3 raises inside into a refusal that says what to do, without any value in it."""
    try:
        with refusing(path):
            yield
    except DBAPIError as error:
        raise refusal(path, error.orig) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": 30},
    )

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _: Any) -> None:
        # sqlite3 must not begin transactions of its own.
        raw.isolation_level = None
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _version(path: Path) -> int:
    """Return the version inside, after SQLite has undone whatever a killed writer left half written."""
    with closing(sqlite3.connect(path, timeout=30)) as con:
        # Both from one moment: another process may be making the tables.
        con.execute("BEGIN")
        version = int(con.execute("PRAGMA user_version").fetchone()[0])
        if version == 0 and con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise LedgerRefused(
                f"{path}: is another program's database",
                remedy="set ESCALATE_HOME to a folder of escalate's own",
                recorded="",
            )
        return version
