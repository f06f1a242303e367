"""What another program's SQL shell cannot do to the record, whatever pragma it starts with."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from escalate.core.events import Redacted, StageEntered
from escalate.store.guards import GUARDS, guard_problems
from escalate.store.ledger import Ledger

COPY = {
    "ledger": "stream, chain, sequence, id, kind, shape, occurred_on, occurred_time, recorded_at, recorded_by,"
    " for_agency, target, digest, prev, hash",
    "payload": "event_id, salt, body",
    "spine": "position, stream, chain, sequence, event_hash, prev, hash",
    "policy_text": "digest, name, text",
    "database": "id, created_at",
}


@pytest.fixture
def recorded(path: Path, make: Any) -> Path:
    with Ledger(path) as ledger:
        make.raised(ledger)
        with ledger.writing() as book:
            stage = StageEntered(stage="2", ground="unresolved", left="1")
            book.append("case-1", [make.new(stage, id="stage")], make.scribe)
            book.append("case-1", [make.new(Redacted(reason="", restated={}), id="r", target=2)], make.scribe)
    return path


def dump(path: Path) -> list[str]:
    con = sqlite3.connect(path)
    try:
        return list(con.iterdump())
    finally:
        con.close()


@pytest.mark.parametrize("recursive", ["on", "off"])
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE ledger SET occurred_on = '2026-03-01'", "the ledger is append-only"),
        ("UPDATE OR REPLACE ledger SET id = 'stage' WHERE sequence = 1", "the ledger is append-only"),
        ("DELETE FROM ledger WHERE sequence = 3", "the ledger is append-only"),
        ("UPDATE payload SET body = '{}' WHERE event_id = 'stage'", "a payload is only ever blanked"),
        (
            "UPDATE payload SET body = NULL, salt = NULL WHERE event_id = 'raise-case-1'",
            "a payload is only ever blanked",
        ),
        ("UPDATE payload SET event_id = 'x' WHERE event_id = 'stage'", "a payload is only ever blanked"),
        ("DELETE FROM payload WHERE event_id = 'stage'", "a payload is never deleted"),
        ("UPDATE spine SET hash = 'x' WHERE position = 1", "the spine is append-only"),
        ("DELETE FROM spine WHERE position = 3", "the spine is append-only"),
        ("UPDATE policy_text SET text = 'other'", "the text of a policy is kept as it was"),
        ("DELETE FROM policy_text", "the text of a policy is kept as it was"),
        ("UPDATE database SET id = 'other'", "a database keeps its id"),
        ("DELETE FROM database", "a database keeps its id"),
        ("INSERT INTO database VALUES ('other', '')", "a database has one id"),
    ],
)
def test_cannot_change_or_delete_what_was_recorded(
    recorded: Path, make: Any, recursive: str, statement: str, said: str
) -> None:
    before = dump(recorded)

    with make.outside(recorded) as con:
        con.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match=said):
            con.execute(statement)

    assert dump(recorded) == before


@pytest.mark.parametrize("recursive", ["on", "off"])
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT"])
@pytest.mark.parametrize("table", sorted(COPY))
def test_cannot_put_a_row_in_the_place_of_another(
    recorded: Path, make: Any, table: str, verb: str, recursive: str
) -> None:
    before = dump(recorded)

    with make.outside(recorded) as con:
        con.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError):
            con.execute(f"{verb} INTO {table} ({COPY[table]}) SELECT {COPY[table]} FROM {table}")

    assert dump(recorded) == before


@pytest.mark.parametrize("recursive", ["on", "off"])
@pytest.mark.parametrize("same", ["id", "hash", "sequence"])
def test_cannot_replace_an_entry_through_any_one_of_its_keys(
    recorded: Path, make: Any, same: str, recursive: str
) -> None:
    new = {
        "sequence": "4",
        "id": "'new'",
        "hash": f"'{'f' * 64}'",
        "prev": "(SELECT hash FROM ledger WHERE sequence = 3)",
    }
    new.pop(same)
    columns = ", ".join(f"{new[name]} AS {name}" if name in new else name for name in COPY["ledger"].split(", "))

    with make.outside(recorded) as con:
        con.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match="not the next entry of its stream"):
            con.execute(f"INSERT OR REPLACE INTO ledger SELECT {columns} FROM ledger WHERE sequence = 1")


@pytest.mark.parametrize("table", ["ledger", "payload", "spine", "policy_text", "database"])
def test_a_guarded_table_has_no_hidden_row_number_to_replace_by(recorded: Path, make: Any, table: str) -> None:
    with make.outside(recorded) as con, pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
        con.execute(f"SELECT rowid FROM {table}")


def test_cannot_append_an_entry_that_leaves_a_gap(recorded: Path, make: Any) -> None:
    columns = COPY["ledger"].replace("sequence, id", "9, 'new'").replace(", hash", f", '{'f' * 64}'")

    with make.outside(recorded) as con, pytest.raises(sqlite3.IntegrityError, match="not the next entry of its stream"):
        con.execute(f"INSERT INTO ledger SELECT {columns} FROM ledger WHERE sequence = 3")


def test_words_can_be_erased_once_their_entry_is_redacted(recorded: Path, make: Any) -> None:
    with make.outside(recorded) as con:
        con.execute("UPDATE payload SET body = NULL, salt = NULL WHERE event_id = 'stage'")

        assert con.execute("SELECT salt, body FROM payload WHERE event_id = 'stage'").fetchone() == (None, None)


def test_all_guards_stand_in_a_new_database(recorded: Path, make: Any) -> None:
    with make.outside(recorded) as con:
        assert guard_problems(con) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_that_was_dropped_or_altered_is_named(recorded: Path, make: Any, guard: Any) -> None:
    with make.outside(recorded) as con:
        con.execute(f"DROP TRIGGER {guard.name}")
        dropped = guard_problems(con)
        con.execute(guard.text.replace("ABORT", "IGNORE").replace(f", '{guard.text.split(chr(39))[-2]}'", ""))
        altered = guard_problems(con)

    assert [(problem.where, problem.what) for problem in dropped] == [
        (guard.table, f'the guard "{guard.name}" is missing')
    ]
    assert [(problem.where, problem.what) for problem in altered] == [
        (guard.table, f'the guard "{guard.name}" was altered')
    ]


def test_a_trigger_that_nobody_here_wrote_is_named(recorded: Path, make: Any) -> None:
    with make.outside(recorded) as con:
        con.execute("CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN DELETE FROM draft; END")

        assert [problem.what for problem in guard_problems(con)] == ['the trigger "quiet" is not one of ours']
