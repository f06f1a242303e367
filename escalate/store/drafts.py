"""Interviews not finished yet, kept answer by answer outside the ledger; plain SQL, since each answer waits for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escalate.core.answers import answers_from_plain
from escalate.core.text import clean
from escalate.store.readers import rows

_COLUMNS = ("id", "verb", "stream", "event_id", "answers", "updated_at")
# As bytes: what somebody else wrote there need be no text.
_SELECT = f"SELECT {', '.join(f'CAST({one} AS BLOB) AS {one}' for one in _COLUMNS)} FROM draft"


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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A draft that escalate did not write as it stands: it can only be forgotten."""

    id: str
    verb: str
    texts: tuple[str, ...]


def drafts(con: sqlite3.Connection, verb: str = "") -> list[Draft]:
    """Return the drafts of `verb`, or all, the latest first; one that cannot be read is left out."""
    found = [one for one in all_drafts(con) if isinstance(one, Draft)]
    return [one for one in found if verb in ("", one.verb)]


def all_drafts(con: sqlite3.Connection) -> list[Draft | Unreadable]:
    """Return every draft, the latest first; people's words in them are cleaned again, for anything may stand there."""
    found = rows(con, f"{_SELECT} ORDER BY updated_at DESC, id")
    return [_read({name: (row[name] or b"").decode("utf-8", "surrogateescape") for name in _COLUMNS}) for row in found]


def _read(row: Mapping[str, str]) -> Draft | Unreadable:
    texts = list(row.values())
    try:
        "".join(texts).encode()
        plain = json.loads(row["answers"])
        texts += _texts(plain)
        answers = _cleaned(plain)
        answers_from_plain(answers)
        is_moment = datetime.fromisoformat(row["updated_at"]).tzinfo is not None
    except (ValueError, AttributeError, RecursionError):
        is_moment = False
    if not is_moment:
        return Unreadable(row["id"], clean(row["verb"]).text, tuple(texts))
    return Draft(
        id=row["id"],
        verb=row["verb"],
        stream=row["stream"],
        event_id=row["event_id"],
        answers=answers,
        updated_at=row["updated_at"],
    )


def _cleaned(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: clean(value).text if isinstance(value, str) else value for key, value in answers.items()}


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
    con.execute("DELETE FROM draft WHERE CAST(id AS BLOB) = ?", (draft_id.encode("utf-8", "surrogateescape"),))


def drop_drafts_of(con: sqlite3.Connection, stream: str) -> None:
    """Forget every draft about a case: it may repeat words that were redacted."""
    con.execute("DELETE FROM draft WHERE stream = ?", (stream,))


def drop_drafts_holding(con: sqlite3.Connection, holds: Callable[[str], object]) -> int:
    """Forget every draft, about whatever case or none, with an answer of which `holds` is true; return how many."""
    found = [draft.id for draft in all_drafts(con) if any(holds(text) for text in _texts_of(draft))]
    for draft_id in found:
        drop_draft(con, draft_id)
    return len(found)


def _texts_of(draft: Draft | Unreadable) -> Iterator[str]:
    return iter(draft.texts) if isinstance(draft, Unreadable) else _texts(draft.answers)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
