"""Finding learning points in all cases; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalate.core.reports.report import Period
from escalate.store.case_list import as_named, containing, of_policy
from escalate.store.readers import rows

if TYPE_CHECKING:
    from escalate.store.report_scope import Asked

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

    `policy` is an edition's id, or the partnership's part of it ("knowsley"); `theme` is its id, or
    part of its title. A point was identified in `period`.
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
        conditions.append(of_policy("policy"))
    if asked.theme:
        conditions.append(
            "(themes LIKE :theme ESCAPE '\\' OR EXISTS (SELECT 1 FROM case_mark WHERE sort = 'theme'"
            " AND mark = :theme_id COLLATE NOCASE AND case_mark.stream = learning_view.stream))"
        )
    if asked.period:
        conditions.append("identified_on BETWEEN :first AND :last")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    values: dict[str, object] = {
        "policy": asked.policy.strip(),
        "theme": containing(as_named(asked.theme)),
        "theme_id": as_named(asked.theme),
        "first": asked.period.first.isoformat() if asked.period else "",
        "last": asked.period.last.isoformat() if asked.period else "",
    }
    return rows(con, f"{_SELECT} {where} {_ORDER}", values)


def points_counted(con: sqlite3.Connection, asked: Asked) -> list[sqlite3.Row]:
    """Return the learning points that a report counts, the first identified first, with `stream` and `reference`."""
    sql = (
        "SELECT learning_view.*, reference FROM learning_view CROSS JOIN report_case USING (stream)"
        f" JOIN case_view USING (stream) WHERE {asked.where('report_case')} AND identified_on BETWEEN :first AND :last"
        " ORDER BY identified_on, reference, number"
    )
    return rows(con, sql, asked.values)
