"""Which cases a report counts: of one policy those that fit, of each escalation one; through DB-API, like `readers`."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalate.core.escalations import escalations
from escalate.core.reports.kept import folded
from escalate.store.case_links import links
from escalate.store.case_list import containing
from escalate.store.readers import rows

if TYPE_CHECKING:
    from escalate.core.reports.report import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases are counted: of one policy, and of those the ones that fit.

    `agency` is part of a name, raising or receiving; `theme` a theme's id. `stages`: only what reached one of them.
    `only_resolved`: only what was resolved, at one of `stages` where any are named.
    """

    policy: str
    agency: str = ""
    theme: str = ""
    stage: str = ""
    stages: tuple[str, ...] = ()
    only_resolved: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the record: which cases, in which days, as of which day."""

    scope: Scope
    first: str
    last: str
    as_of: str
    apart: tuple[str, ...] = ()

    def where(self, table: str) -> str:
        """Return the conditions on a table (or what it is called in the query) beside those on its days."""
        scope, found = self.scope, [f"{table}.policy = :policy"]
        if self.apart:
            found.append(f"{table}.stream NOT IN (SELECT value FROM json_each(:apart))")
        if scope.agency:
            found.append(
                f"{table}.stream IN (SELECT stream FROM case_mark WHERE sort IN ('raising', 'receiving')"
                " AND mark LIKE :agency ESCAPE '\\')"
            )
        if scope.theme:
            found.append(f"{table}.stream IN (SELECT stream FROM case_mark WHERE sort = 'theme' AND mark = :theme)")
        if scope.stage:
            found.append(f"{table}.stream IN (SELECT stream FROM stage_run WHERE policy = :policy AND stage = :stage)")
        if scope.only_resolved:
            at = " AND ended_stage IN (SELECT value FROM json_each(:stages))" if scope.stages else ""
            found.append(
                f"{table}.stream IN (SELECT stream FROM report_case WHERE policy = :policy AND ending = 'resolved'{at})"
            )
        elif scope.stages:
            found.append(
                f"{table}.stream IN (SELECT stream FROM stage_run WHERE policy = :policy"
                " AND stage IN (SELECT value FROM json_each(:stages)))"
            )
        return " AND ".join(found)

    @property
    def values(self) -> dict[str, object]:
        return {
            "policy": self.scope.policy,
            "agency": containing(folded(self.scope.agency)),
            "theme": self.scope.theme,
            "stage": self.scope.stage,
            "stages": json.dumps(self.scope.stages),
            "apart": json.dumps(self.apart),
            "first": self.first,
            "last": self.last,
            "as_of": self.as_of,
        }


def asked_of(con: sqlite3.Connection, scope: Scope, period: Period, as_of: str) -> Asked:
    """Return the question, with the cases that are not counted because another one stands for their escalation."""
    return Asked(scope, period.first.isoformat(), period.last.isoformat(), as_of, tuple(set_aside(con)))


def set_aside(con: sqlite3.Connection) -> list[str]:
    """Return the linked cases that do not count: of each escalation the one raised first does, then by reference."""
    standing = escalations(links(con))
    found = rows(
        con,
        "SELECT stream FROM report_case JOIN case_view USING (stream)"
        " WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY raised_on, reference",
        (json.dumps(list(standing)),),
    )
    counts: dict[str, str] = {}
    streams = [str(row["stream"]) for row in found]
    return sorted(one for one in streams if counts.setdefault(standing[one], one) != one)
