"""The triggers that keep the ledger append-only, as text; `verify` and every migration compare the file with it.

Three a table: no update, no delete, and before each insert a look whether the row would replace one. Without the third,
`INSERT OR REPLACE` deletes an old row and no delete trigger fires (SQLite's default). The guarded tables have no hidden
row number either, since that could be replaced too. Guards stop accidents and shells; `verify` finds who took them off.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from escalate.errors import Problem


class Guard(NamedTuple):
    """One trigger: its name, the table it guards, and its text exactly as SQLite keeps it."""

    name: str
    table: str
    text: str


def _guard(table: str, rule: str, before: str, message: str, *, when: str = "") -> Guard:
    condition = f" WHEN {when}" if when else ""
    name, refuse = f"{table}_{rule}", f"SELECT RAISE(ABORT, '{message}')"
    return Guard(name, table, f"CREATE TRIGGER {name} BEFORE {before} ON {table}{condition} BEGIN {refuse}; END")


def _kept_for_good(table: str, message: str) -> tuple[Guard, Guard]:
    return _guard(table, "no_update", "UPDATE", message), _guard(table, "no_delete", "DELETE", message)


_NO_LINK = "'" + "0" * 64 + "'"
_NEXT_ENTRY = f"""
    new.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM ledger
                         WHERE stream = new.stream AND chain = new.chain)
    OR new.prev IS NOT coalesce((SELECT hash FROM ledger WHERE stream = new.stream AND chain = new.chain
                                 AND sequence = new.sequence - 1), {_NO_LINK})
    OR EXISTS (SELECT 1 FROM ledger WHERE stream = new.stream AND chain = new.chain AND sequence = new.sequence)
    OR EXISTS (SELECT 1 FROM ledger WHERE id = new.id)
    OR EXISTS (SELECT 1 FROM ledger WHERE hash = new.hash)"""
_NEXT_LINK = f"""
    new.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM spine)
    OR new.prev IS NOT coalesce((SELECT hash FROM spine ORDER BY position DESC LIMIT 1), {_NO_LINK})
    OR EXISTS (SELECT 1 FROM spine WHERE position = new.position)
    OR EXISTS (SELECT 1 FROM spine WHERE prev = new.prev)
    OR EXISTS (SELECT 1 FROM spine WHERE stream = new.stream AND chain = new.chain AND sequence = new.sequence)"""
_OTHER_THAN_REDACTED = """
    new.event_id IS NOT old.event_id OR new.body IS NOT NULL OR new.salt IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM ledger AS entry
                   JOIN ledger AS redaction ON redaction.stream = entry.stream AND redaction.chain = entry.chain
                   AND redaction.target = entry.sequence AND redaction.kind = 'redacted'
                   WHERE entry.id = old.event_id)
       AND NOT EXISTS (SELECT 1 FROM ledger AS entry
                   JOIN ledger AS redaction ON redaction.stream = entry.stream
                   AND redaction.kind IN ('another''s entry redacted', 'redacted')
                   JOIN payload AS said ON said.event_id = redaction.id
                   WHERE entry.id = old.event_id AND instr(said.body, '"of_chain":"' || entry.chain || '"') > 0
                   AND instr(said.body, '"entry":' || entry.sequence || ',') > 0)"""

GUARDS: tuple[Guard, ...] = (
    *_kept_for_good("ledger", "the ledger is append-only"),
    _guard("ledger", "next_entry", "INSERT", "not the next entry of its stream", when=_NEXT_ENTRY),
    _guard("payload", "no_delete", "DELETE", "a payload is never deleted"),
    _guard(
        "payload",
        "only_blanked",
        "UPDATE",
        "a payload is only ever blanked, after a redacted event",
        when=_OTHER_THAN_REDACTED,
    ),
    _guard(
        "payload",
        "once",
        "INSERT",
        "a payload is written once",
        when="EXISTS (SELECT 1 FROM payload WHERE event_id = new.event_id)",
    ),
    *_kept_for_good("spine", "the spine is append-only"),
    _guard("spine", "next_link", "INSERT", "not the next link of the spine", when=_NEXT_LINK),
    *_kept_for_good("policy_text", "the text of a policy is kept as it was"),
    _guard(
        "policy_text",
        "once",
        "INSERT",
        "the text of a policy is kept once",
        when="EXISTS (SELECT 1 FROM policy_text WHERE digest = new.digest)",
    ),
    _guard("received_file", "no_update", "UPDATE", "a received file is kept as it came"),
    _guard(
        "received_file",
        "only_redacted",
        "DELETE",
        "a received file goes only with the words of its entry",
        when="EXISTS (SELECT 1 FROM payload WHERE event_id = old.event_id AND body IS NOT NULL)",
    ),
    _guard(
        "received_file",
        "once",
        "INSERT",
        "a received file is kept once",
        when="EXISTS (SELECT 1 FROM received_file WHERE event_id = new.event_id)",
    ),
    *_kept_for_good("database", "a database keeps its id"),
    _guard("database", "one", "INSERT", "a database has one id", when="EXISTS (SELECT 1 FROM database)"),
)


def guard_problems(con: sqlite3.Connection) -> list[Problem]:
    """Return what is wrong with the guards: missing, altered, or triggers nobody here wrote. Empty when all stand."""
    found = dict(con.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    problems = []
    for guard in GUARDS:
        text = found.pop(guard.name, None)
        if text is None:
            problems.append(Problem(guard.table, f'the guard "{guard.name}" is missing', _REMEDY))
        elif text != guard.text:
            problems.append(Problem(guard.table, f'the guard "{guard.name}" was altered', _REMEDY))
    problems += [Problem("sqlite_master", f'the trigger "{name}" is not one of ours', _REMEDY) for name in found]
    return problems


_REMEDY = "somebody changed the database from outside: keep this file as it is, and restore the last good backup"
