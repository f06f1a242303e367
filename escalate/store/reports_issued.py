"""The reports that were issued, as they were issued, and what a report is counted under; through DB-API."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from escalate.errors import NotFound
from escalate.store.choices import editions_named, policies_here
from escalate.store.readers import chronology, policy_text, rows, setup

if TYPE_CHECKING:
    from escalate.core.events import ReportIssued

REPORTS = "reports"
"""The stream of every report that was issued."""


def reports_issued(con: sqlite3.Connection) -> list[tuple[date, ReportIssued]]:
    """Return every report that was issued, the oldest first, with the day it was issued; what was removed is gone."""
    from escalate.core.events import ReportIssued
    from escalate.core.reports.lines_removed import as_they_stand

    events = as_they_stand(chronology(con, REPORTS))
    return [(event.occurred_on, event.fact) for event in events if isinstance(event.fact, ReportIssued)]


def words_removed_on(con: sqlite3.Connection, number: str) -> date | None:
    """Return the last day on which words were removed from a report after it was issued; None where none were."""
    from escalate.core.reports.lines_removed import removed_on

    return removed_on(chronology(con, REPORTS)).get(number)


def policy_named(con: sqlite3.Connection, asked: str) -> str:
    """Return the name of the policy to report on: the one asked for, or that of `setup`, or the only one there is.

    Raises:
        NotFound: no case was recorded under it, or it could be several.
    """
    known = policies_here(con)
    if not known:
        raise NotFound("no case is recorded here yet: there is nothing to count", remedy="run `escalate list`")
    found = setup(con)
    usual = [found.policy] if found and found.policy in known else known
    names = editions_named(con, asked) if asked else known if len(known) == 1 else usual
    if len(names) == 1:
        return names[0]
    raise NotFound(
        f'"{asked}" has several editions here: say which' if asked else "say under which policy",
        remedy=f"--policy is one of: {', '.join(names)}",
    )


def policy_text_named(con: sqlite3.Connection, name: str) -> str:
    """Return the text of a policy under which a case was raised last; where none stands under it, any that is kept."""
    found = rows(
        con,
        "SELECT policy_digest FROM report_case JOIN case_view USING (stream) WHERE report_case.policy = ?"
        " ORDER BY raised_on DESC LIMIT 1",
        (name,),
    ) or rows(con, "SELECT digest AS policy_digest FROM policy_text WHERE name = ? ORDER BY digest LIMIT 1", (name,))
    return policy_text(con, found[0]["policy_digest"])
