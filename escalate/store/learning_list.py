"""Finding learning points in all cases; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from escalate.core.reports.report import Period
from escalate.store.case_list import containing
from escalate.store.readers import rows

_SELECT = """
    SELECT learning_view.*, reference, policy, policy_name, themes, our_side, their_reference
    FROM learning_view JOIN case_view USING (stream)
"""
# What is open first, and of that the oldest; what has ended after it, the latest first.
_ORDER = """
    ORDER BY learning_view.state <> 'open', CASE learning_view.state WHEN 'open' THEN identified_on END,
    learning_view.ended_on DESC, reference, number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningAsked:
    """Which learning points are looked for; what is empty asks nothing.

    `policy` is an edition's id, or the partnership's part of it ("knowsley"); `theme` is part of a theme's title. A
    point was identified in `period`.
    """

    policy: str = ""
    theme: str = ""
    period: Period | None = None
    is_open: bool = False


def learning_rows(con: sqlite3.Connection, asked: LearningAsked) -> list[sqlite3.Row]:
    """Return the learning points asked for: open ones first, the oldest first, then those ended last.

    A row has the columns of `core.views.LearningRow` and `stream`, and of its case `reference`, `policy`,
    `policy_name`, `themes`, `our_side` and `their_reference`.
    """
    conditions = []
    if asked.is_open:
        conditions.append("learning_view.state = 'open'")
    if asked.policy:
        conditions.append("(policy = :policy OR policy LIKE :edition ESCAPE '\\')")
    if asked.theme:
        conditions.append("themes LIKE :theme ESCAPE '\\'")
    if asked.period:
        conditions.append("identified_on BETWEEN :first AND :last")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    values: dict[str, object] = {
        "policy": asked.policy,
        "edition": containing(f"{asked.policy}-")[1:],
        "theme": containing(asked.theme),
        "first": asked.period.first.isoformat() if asked.period else "",
        "last": asked.period.last.isoformat() if asked.period else "",
    }
    return rows(con, f"{_SELECT} {where} {_ORDER}", values)
