"""Children of earlier cases, who may be chosen again: one child stays one, and nothing known of them is asked twice."""

from __future__ import annotations

import sqlite3
from datetime import date

from escalate.core.case import read_case
from escalate.core.events import PartyNamed
from escalate.core.views import ChildBefore
from escalate.store.readers import chronology, rows

# The outer table is walked in the order of its index, so that only the latest cases are looked at.
_LATEST = """
    SELECT party, name, born_on, case_view.reference AS of_case, opened_on,
        CASE our_side WHEN 'receiving' THEN raising_agency ELSE receiving_agencies END AS agencies
    FROM case_view CROSS JOIN party_view USING (stream)
    WHERE sort = 'child' AND our_side <> 'partnership' ORDER BY opened_on DESC, case_view.reference DESC LIMIT ?
"""
_CASE_OF = """
    SELECT stream FROM party_view JOIN case_view USING (stream) WHERE party = ? AND sort = 'child'
    ORDER BY opened_on DESC, case_view.reference DESC LIMIT 1
"""


def children_before(con: sqlite3.Connection, limit: int) -> tuple[ChildBefore, ...]:
    """Return the children of the cases opened last, each once, the latest first; none of a case logged for others."""
    found: dict[str, ChildBefore] = {}
    for row in rows(con, _LATEST, (4 * limit,)):
        born_on = date.fromisoformat(row["born_on"]) if row["born_on"] else None
        child = ChildBefore(
            party=row["party"],
            name=row["name"],
            born_on=born_on,
            case=row["of_case"],
            opened_on=date.fromisoformat(row["opened_on"]),
            agencies=row["agencies"],
        )
        found.setdefault(child.party, child)
    return tuple(found.values())[:limit]


def child_before(con: sqlite3.Connection, party: str) -> PartyNamed | None:
    """Return what the latest case of a child says of them, or None where no case has a child of this id.

    What was redacted there is not said again.
    """
    found = rows(con, _CASE_OF, (party,)) if party.startswith("child-") else []
    if not found:
        return None
    return read_case(chronology(con, found[0]["stream"])).parties.get(party)
