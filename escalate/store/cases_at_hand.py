"""The cases that a verb typed without a reference may mean, the most pressing first; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from escalate.store.readers import rows

OPEN, OVER = ("open", "to check"), ("ended", "withdrawn")


def cases_at_hand(con: sqlite3.Connection, states: Sequence[str], today: date, limit: int) -> list[sqlite3.Row]:
    """Return cases in one of these states, with `reference`, `subject` and `stage_title`, by their soonest date.

    Cases without one come last, the latest opened first.
    """
    marks = ", ".join("?" for _ in states)
    return rows(
        con,
        "SELECT reference, subject, stage_title, (SELECT min(due_on) FROM due_item WHERE due_item.stream ="
        " case_view.stream AND is_open = 1 AND (shows_from IS NULL OR shows_from <= ?)) AS soonest"
        f" FROM case_view WHERE state IN ({marks})"
        " ORDER BY soonest IS NULL, soonest, opened_on DESC, reference LIMIT ?",
        (today.isoformat(), *states, limit),
    )
