"""Which cases a report counts: of one policy those that fit, of each escalation one; through DB-API, like `readers`."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escalate.core.text import folded
from escalate.store.case_links import has_links
from escalate.store.case_list import containing
from escalate.store.joined_rows import stand_as_one
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
    """A question to the record: which cases, in which days, as of which day.

    `linked` is how many cases that fit were raised in these days and do not count again, being one with another.
    """

    scope: Scope
    first: str
    last: str
    as_of: str
    linked: int = 0

    def where(self, table: str) -> str:
        """Return the conditions on a table (or what it is called in the query) beside those on its days."""
        scope, found = self.scope, [f"{table}.policy = :policy"]
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
            "first": self.first,
            "last": self.last,
            "as_of": self.as_of,
        }


def asked_of(con: sqlite3.Connection, scope: Scope, period: Period, as_of: str) -> Asked:
    """Return the question; this connection then reads linked cases as one, under the one raised first."""
    asked = Asked(scope, period.first.isoformat(), period.last.isoformat(), as_of)
    if not has_links(con):
        return asked
    sql = (
        f"SELECT stream FROM report_case WHERE {asked.where('report_case')} AND raised_on BETWEEN :first AND :last"
        " AND stream IN (SELECT stream FROM case_link UNION SELECT other FROM case_link)"
    )
    # Looked for before they are read as one: after that, each of them is the first.
    fit = {row["stream"] for row in rows(con, sql, asked.values)}
    return replace(asked, linked=len(fit.intersection(stand_as_one(con))))
