"""What is due, in five parts and by date; through DB-API, like `readers`.

Only open items are indexed, in the order they are asked for: the cost does not grow with the cases that have ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from escalate.store.case_list import as_named, containing, of_policy
from escalate.store.readers import rows

Part = Literal["overdue", "today", "no date", "this week", "later"]

# Each part is one stretch of an index, in its order.
_PARTS: dict[Part, tuple[str, str]] = {
    "overdue": ("due_on < :today", "due_on, due_time IS NULL, due_time"),
    "today": ("due_on = :today", "due_on, due_time IS NULL, due_time"),
    # Of those waiting as long, a stage's own time comes before what may be done.
    "no date": ("due_on IS NULL", "due_on, since_on IS NULL, since_on, sort <> 'clock', force IN ('may', 'consider')"),
    "this week": ("due_on > :today AND due_on <= :sunday", "due_on, due_time IS NULL, due_time"),
    "later": ("due_on > :sunday", "due_on, due_time IS NULL, due_time"),
}
PARTS: tuple[Part, ...] = tuple(_PARTS)

# Whoever owes it, as `core.agency_closures.Sides.owing` has it: what both sides owe is each one's.
_FIRST_RECEIVING = "substr(receiving_agencies, 1, instr(receiving_agencies || '; ', '; ') - 1)"
_OURS = (
    f"CASE our_side WHEN 'raising' THEN raising_agency ELSE coalesce(nullif(agency_name, ''), {_FIRST_RECEIVING}) END"
)
_THEIRS = (
    "CASE our_side WHEN 'raising' THEN coalesce(nullif(agency_name, ''), receiving_agencies)"
    " WHEN 'receiving' THEN raising_agency ELSE agency_name END"
)
_OWED_BY = (
    f"(side = 'theirs' AND {_THEIRS} LIKE :agency ESCAPE '\\'"
    f" OR side = 'ours' AND our_side <> 'partnership' AND ({_OURS} LIKE :agency ESCAPE '\\'"
    f" OR instr(working, '\"both\": true') > 0 AND {_THEIRS} LIKE :agency ESCAPE '\\'))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuestion:
    """What is asked of `due`: from today's side, and of which items.

    `until_on` is the last date shown; items without a date are always shown. `agency` is part of the name of an agency
    that owes it, `policy` an edition's id or its partnership's part of it. A week ends on Sunday.
    """

    today: date
    ours_only: bool = False
    agency: str = ""
    policy: str = ""
    until_on: date | None = None

    @property
    def sunday(self) -> date:
        return self.today + timedelta(days=6 - self.today.weekday())


def due_items(
    con: sqlite3.Connection,
    asked: DueQuestion,
    *,
    limit_per_part: int | None = None,
    parts: Collection[Part] = PARTS,
) -> list[sqlite3.Row]:
    """Return the open items of these parts, in the order of `PARTS`, each part by date; undated by days waited.

    A row has `part`, the columns of `core.views.DueItem`, `stream`, and of its case `reference`, `subject`, `policy`,
    `policy_name`, `stage_title`, `concern_on`, `our_side`, `raising_agency`, `receiving_agencies` and `owner`.
    """
    limit = -1 if limit_per_part is None else limit_per_part
    found: list[sqlite3.Row] = []
    for part in (one for one in PARTS if one in parts):
        sql, values = items_query(part, asked)
        found += rows(con, sql, {**values, "limit": limit})
    return found


def items_query(part: Part, asked: DueQuestion) -> tuple[str, dict[str, object]]:
    """Return the query for one part, and its values but for `limit`."""
    condition, order = _PARTS[part]
    where, values = conditions(asked)
    return (
        f"SELECT '{part}' AS part, due_item.*, reference, subject, policy, policy_name, stage_title, concern_on,"
        " our_side, raising_agency, receiving_agencies, owner"
        # A cross join is the same rows, in this order of the tables.
        f" FROM due_item CROSS JOIN case_view USING (stream) WHERE is_open = 1 AND {condition}{where}"
        f" ORDER BY {order}, stream, key LIMIT :limit",
        values,
    )


def due_counts(con: sqlite3.Connection, asked: DueQuestion) -> dict[Part, int]:
    """Return how many open items each part has, counted by the database."""
    where, values = conditions(asked)
    join = " JOIN case_view USING (stream)" if asked.policy or asked.agency else ""
    sums = ", ".join(f"(SELECT count(*) FROM due_item{join} WHERE is_open = 1 AND {condition}{where})"
                     for condition, _ in _PARTS.values())  # fmt: skip
    return dict(zip(PARTS, rows(con, f"SELECT {sums}", values)[0], strict=True))


def unsaid_cases(con: sqlite3.Connection, asked: DueQuestion, *, limit: int | None = None) -> list[sqlite3.Row]:
    """Return the cases of which something is not said yet, the latest first: `reference`, and `unsaid`, a line each."""
    where, values = _of_cases(asked)
    sql = f"SELECT reference, unsaid FROM case_view WHERE unsaid <> ''{where} ORDER BY reference DESC LIMIT :limit"
    return rows(con, sql, {**values, "limit": -1 if limit is None else limit})


def unsaid_count(con: sqlite3.Connection, asked: DueQuestion) -> int:
    """Return of how many cases something is not said yet."""
    where, values = _of_cases(asked)
    return int(rows(con, f"SELECT count(*) FROM case_view WHERE unsaid <> ''{where}", values)[0][0])


def has_cases(con: sqlite3.Connection) -> bool:
    """Return whether any case is here, ended ones too."""
    return bool(rows(con, "SELECT 1 FROM case_view LIMIT 1"))


def _of_cases(asked: DueQuestion) -> tuple[str, dict[str, object]]:
    where = " AND receiving_agencies LIKE :agency ESCAPE '\\'" if asked.agency else ""
    where += f" AND {of_policy('policy')}" if asked.policy else ""
    return where, {"agency": containing(as_named(asked.agency)), "policy": asked.policy.strip()}


def conditions(asked: DueQuestion) -> tuple[str, dict[str, object]]:
    """Return the conditions on the items asked for, each after an AND, and their values; both tables are joined."""
    parts = ["(shows_from IS NULL OR shows_from <= :today)"]
    if asked.until_on:
        parts.append("(due_on IS NULL OR due_on <= :until_on)")
    if asked.ours_only:
        parts.append("side = 'ours'")
    if asked.agency:
        parts.append(_OWED_BY)
    if asked.policy:
        parts.append(of_policy("policy"))
    values: dict[str, object] = {
        "today": asked.today.isoformat(),
        "sunday": asked.sunday.isoformat(),
        "until_on": asked.until_on and asked.until_on.isoformat(),
        "agency": containing(as_named(asked.agency)),
        "policy": asked.policy.strip(),
    }
    return "".join(f" AND {part}" for part in parts), values
