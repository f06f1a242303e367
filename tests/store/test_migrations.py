"""How a database comes to the shape that is written today, and what happens to one that cannot."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from escalate.errors import LedgerRefused
from escalate.store import tables
from escalate.store.connection import open_for_writing
from escalate.store.ledger import Ledger
from escalate.store.schema import APPLICATION_ID, CURRENT, TABLES, Schema
from escalate.store.verify import verify

NEXT = CURRENT.version + 1
REVISION = f"""
from alembic import op

revision = "{NEXT:04d}"
down_revision = "{CURRENT.revision}"


def upgrade() -> None:
    connection = op.get_bind()
    {{body}}
"""
REBUILT_SPINE = """
    with op.batch_alter_table("spine", recreate="always") as batch:
        import sqlalchemy
        batch.add_column(sqlalchemy.Column("mood", sqlalchemy.Text))"""


def schema_with(folder: Path, body: str) -> Schema:
    folder.mkdir()
    (folder / f"r{NEXT:04d}_made_up.py").write_text(REVISION.format(body=body.strip()), encoding="utf-8")
    return Schema(NEXT, (*CURRENT.scripts, folder))


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as con:
        return [*con.iterdump(), *map(str, con.execute("PRAGMA user_version").fetchone())]


def squeezed(sql: str) -> str:
    return re.sub(r"\s+", "", sql)


def test_the_revisions_make_the_tables_that_are_described(path: Path) -> None:
    Ledger(path)
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
    described = {
        squeezed(str(statement.compile(dialect=dialect)))
        for table in SQLModel.metadata.tables.values()
        for statement in (CreateTable(table), *map(CreateIndex, table.indexes))
    }

    with closing(sqlite3.connect(path)) as con:
        made = con.execute(
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
            " AND name NOT LIKE 'alembic%'"
        ).fetchall()

    assert {squeezed(sql) for (sql,) in made} == described
    assert set(TABLES) == set(SQLModel.metadata.tables)
    assert tables.LedgerRow.__tablename__ == "ledger"


def test_a_database_says_whose_it_is_and_in_which_version(path: Path) -> None:
    Ledger(path)

    with closing(sqlite3.connect(path)) as con:
        assert con.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert con.execute("PRAGMA user_version").fetchone() == (CURRENT.version,)
        assert re.fullmatch(r"db-[0-9a-f]{20}", con.execute("SELECT id FROM database").fetchone()[0])
    assert list(path.parent.iterdir()) == [path]


def test_an_older_database_is_backed_up_and_brought_up_to_date(path: Path, tmp_path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
    before = contents(path)

    open_for_writing(
        path, schema=schema_with(tmp_path / "more", 'connection.exec_driver_sql("CREATE TABLE later (id TEXT)")')
    )

    backup = path.with_name(f"escalate.db.before-{NEXT:04d}.bak")
    with closing(sqlite3.connect(path)) as con:
        assert con.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert con.execute("SELECT count(*) FROM later").fetchone() == (0,)
    assert contents(backup) == before
    assert verify(backup).is_sound


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (REBUILT_SPINE, 'the guard "spine_no_delete" is missing'),
        ('connection.exec_driver_sql("DROP TRIGGER payload_once")', 'the guard "payload_once" is missing'),
    ],
)
def test_cannot_migrate_by_a_revision_that_loses_a_guard(
    path: Path, tmp_path: Path, make: Any, body: str, problem: str
) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
    before = contents(path)

    with pytest.raises(LedgerRefused, match="not brought up to date") as refused:
        open_for_writing(path, schema=schema_with(tmp_path / "more", body))

    assert problem in [said.what for said in refused.value.problems]
    assert refused.value.recorded == ""
    assert contents(path) == before
    assert contents(path.with_name(f"escalate.db.before-{NEXT:04d}.bak")) == before


@pytest.mark.parametrize(
    "body",
    [
        'connection.connection.executescript("DROP TABLE due_item; SELECT 1;")',
        'connection.exec_driver_sql("DROP TABLE due_item"); connection.connection.commit(); 1 / 0',
        'connection.exec_driver_sql("DROP TABLE due_item"); 1 / 0',
    ],
)
def test_cannot_keep_half_of_a_revision_that_fails(path: Path, tmp_path: Path, make: Any, body: str) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
    before = contents(path)

    with pytest.raises((LedgerRefused, ZeroDivisionError)):
        open_for_writing(path, schema=schema_with(tmp_path / "more", body))

    assert contents(path) == before


def test_a_second_attempt_keeps_the_first_backup(path: Path, tmp_path: Path) -> None:
    Ledger(path)
    schema = schema_with(tmp_path / "more", "1 / 0")

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            open_for_writing(path, schema=schema)

    assert sorted(file.name for file in path.parent.iterdir()) == [
        "escalate.db",
        f"escalate.db.before-{NEXT:04d}.2.bak",
        f"escalate.db.before-{NEXT:04d}.bak",
    ]
