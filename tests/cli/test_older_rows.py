"""What an older escalate kept for reading is made again, once, by whoever writes next."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from escalate.casework.desk import Desk
from escalate.store.migrate import _upgrade
from escalate.store.schema import APPLICATION_ID, CURRENT, Schema
from tests.builders import Built, a_case, a_home, database_in, ended, told
from tests.running import run


def mark_as_made_by_an_older(home: Path) -> None:
    """Leave the record as the migration does: with rows of older rules, marked."""
    with closing(sqlite3.connect(home / "escalate.db")) as con, con:
        con.execute("UPDATE due_item SET act = 'said otherwise then' WHERE key = 'stage-1-raise'")
        con.execute("UPDATE case_view SET last_sequence = 0")


def test_rows_of_an_older_escalate_are_made_again_by_whoever_writes_next(home: Path, case: Built) -> None:
    before = run(home, "due", "--json").data
    mark_as_made_by_an_older(home)
    assert run(home, "verify").code == 10
    assert "said otherwise then" in run(home, "due", "--json").out

    with Desk(home):
        pass

    assert run(home, "verify").code == 0
    assert run(home, "due", "--json").data == before


def test_rows_of_today_are_left_as_they_are(home: Path, case: Built) -> None:
    with closing(sqlite3.connect(home / "escalate.db")) as con, con:
        con.execute("UPDATE due_item SET act = 'changed by somebody' WHERE key = 'stage-1-raise'")

    with Desk(home):
        pass

    assert run(home, "verify").code == 10


def as_version_2_wrote_it(home: Path, old: Path) -> Path:
    """Return a home with the same record as version 2 kept it: no logged cases, links or received files yet."""
    path = database_in(old)
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        _upgrade(connection, Schema(2, CURRENT.scripts))
    engine.dispose()
    with closing(sqlite3.connect(path)) as con, con:
        con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        con.execute("PRAGMA user_version = 2")
        con.execute("ATTACH ? AS now", (str(database_in(home)),))
        guards = con.execute(
            "SELECT name, sql FROM main.sqlite_master WHERE tbl_name = 'database' AND type = 'trigger'"
        )
        guards_of_the_id = guards.fetchall()
        for name, _ in guards_of_the_id:
            con.execute(f"DROP TRIGGER {name}")
        con.execute("UPDATE database SET id = (SELECT id FROM now.database)")
        for _, sql in guards_of_the_id:
            con.execute(sql)
        known = con.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'")
        for (table,) in known.fetchall():
            columns = ", ".join(row[1] for row in con.execute(f"PRAGMA main.table_info({table})"))
            order = " ORDER BY stream, chain, sequence" if table == "ledger" else ""
            if table != "database":
                con.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}{order}")
    return old


def test_a_record_of_version_2_keeps_everything_and_its_rows_are_made_again(tmp_path: Path) -> None:
    home = a_home(tmp_path / "now")
    first = a_case(home, told("2026-04-01"))
    a_case(home, told("2026-04-01"), ended("1", "resolved", "2026-04-09"), number=2, child="Łukasz Invented")
    old = as_version_2_wrote_it(home, tmp_path / "old")
    with closing(sqlite3.connect(database_in(old))) as con:
        assert con.execute("PRAGMA user_version").fetchone() == (2,)
        assert [row[1] for row in con.execute("PRAGMA table_info(case_view)")][-1] == "closing_note"

    with Desk(old):
        pass

    assert run(old, "verify") == run(home, "verify")
    assert run(old, "verify").code == 0
    for words in (("due", "--json"), ("list", "--json"), ("show", first.reference, "--json")):
        assert run(old, *words) == run(home, *words)
    assert database_in(old).with_name(f"escalate.db.before-{CURRENT.revision}.bak").is_file()


def test_a_record_of_version_2_can_link_its_cases(tmp_path: Path) -> None:
    home = a_home(tmp_path / "now")
    first, second = a_case(home), a_case(home, number=2)
    old = as_version_2_wrote_it(home, tmp_path / "old")

    assert run(old, "link", first.reference, second.reference).code == 0
    assert run(old, "list", "--json").data["escalations"] == 1
    assert run(old, "verify").code == 0
