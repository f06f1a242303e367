"""Interviews not finished yet, kept answer by answer outside the ledger; plain SQL, since each answer waits for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from escalate.store.readers import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The answers so far of one interview.

    `stream` is the case it is about, or "" before there is one. `event_id` is the id its first event will have: once
    that is recorded, recording it again is refused. `answers` are plain values. `updated_at` is a moment with offset.
    """

    id: str
    verb: str
    stream: str = ""
    event_id: str
    answers: Mapping[str, Any]
    updated_at: str


def drafts(con: sqlite3.Connection, verb: str = "") -> list[Draft]:
    """Return the drafts of `verb`, or all, the latest first."""
    found = rows(con, "SELECT * FROM draft WHERE ? IN ('', verb) ORDER BY updated_at DESC, id", (verb,))
    return [Draft(**{**dict(row), "answers": json.loads(row["answers"])}) for row in found]


def save_draft(con: sqlite3.Connection, draft: Draft) -> None:
    """Keep `draft`, in place of what was kept under its id."""
    con.execute(
        "INSERT INTO draft (id, verb, stream, event_id, answers, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET verb = excluded.verb, stream = excluded.stream,"
        " event_id = excluded.event_id, answers = excluded.answers, updated_at = excluded.updated_at",
        (
            draft.id,
            draft.verb,
            draft.stream,
            draft.event_id,
            json.dumps(dict(draft.answers), ensure_ascii=False),
            draft.updated_at,
        ),
    )


def drop_draft(con: sqlite3.Connection, draft_id: str) -> None:
    """Forget a draft: its answers were recorded, or are not wanted. One that is not there is forgotten already."""
    con.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def drop_drafts_of(con: sqlite3.Connection, stream: str) -> None:
    """Forget every draft about a case: it may repeat words that were redacted."""
    con.execute("DELETE FROM draft WHERE stream = ?", (stream,))


def drop_drafts_holding(con: sqlite3.Connection, holds: Callable[[str], object]) -> int:
    """Forget every draft, about whatever case or none, with an answer of which `holds` is true; return how many."""
    found = [draft.id for draft in drafts(con) if any(holds(text) for text in _texts(draft.answers))]
    for draft_id in found:
        drop_draft(con, draft_id)
    return len(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
