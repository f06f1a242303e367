"""Bringing a database to the shape this escalate writes: in one transaction, after a backup, with every guard standing.

Alembic is imported here and nowhere else, and this module only when a database is new or older.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from escalate.errors import LedgerRefused
from escalate.store.backups import back_up
from escalate.store.guards import guard_problems
from escalate.store.schema import APPLICATION_ID, Schema


def bring_up_to_date(engine: Engine, path: Path, schema: Schema) -> None:
    """Bring the database at `path` to `schema`; another process that does so at the same moment is waited for.

    An existing database is first copied to `<name>.before-<revision>.bak`. Whatever goes wrong, the database is as it
    was before.

    Raises:
        LedgerRefused: the migration failed, or ended without a guard.
    """
    with engine.connect() as connection:
        raw = cast(sqlite3.Connection, connection.connection.driver_connection)
        # Rebuilding a table deletes the old one, which must not reach the rows that refer to it. Checked at the end.
        raw.execute("PRAGMA foreign_keys = off")
        with connection.begin():
            found = int(raw.execute("PRAGMA user_version").fetchone()[0])
            if found >= schema.version:
                return
            if found:
                back_up(path, path.with_name(f"{path.name}.before-{schema.revision}.bak"))
            # A revision that ends this transaction by itself would be kept although it failed: it cannot.
            raw.set_authorizer(_no_commit)
            try:
                _upgrade(connection, schema)
            finally:
                raw.set_authorizer(None)
            _check(raw, path)
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version = {schema.version}")


def _no_commit(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_TRANSACTION else sqlite3.SQLITE_OK


def _upgrade(connection: Connection, schema: Schema) -> None:
    scripts = ScriptDirectory(
        str(Path(__file__).parent / "migrations"),
        version_locations=[str(folder) for folder in schema.scripts],
    )
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda revision, _: scripts._upgrade_revs(schema.revision, revision)},
    )
    with Operations.context(context):
        context.run_migrations()


def _check(raw: sqlite3.Connection, path: Path) -> None:
    problems = guard_problems(raw)
    if problems or raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise LedgerRefused(
            f"{path}: was not brought up to date: the migration left it without its guards or with loose ends",
            remedy="this is a fault in escalate: please report it, and go on with the version you had",
            problems=problems,
            recorded="",
        )
