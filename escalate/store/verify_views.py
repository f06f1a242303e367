"""What `verify` looks at beside the chains: policies' texts, calendars, and that every list knows every case."""

from __future__ import annotations

import json
import sqlite3

from escalate.core.case import read_case
from escalate.core.events import CalendarStored
from escalate.errors import EscalateError, Problem
from escalate.store import chain
from escalate.store.calendar_rows import CALENDAR, closure_columns, standing_closures
from escalate.store.case_links import check_links
from escalate.store.findings import Findings
from escalate.store.kept_rows import CALENDAR_COLUMNS, Columns, calendar_day_rows
from escalate.store.readers import chronology, rows


def check_policies(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether each policy's text is as it was kept, and whether each case stands under the one it was raised in.

    The entry itself says which: a text put in its place, with a digest of its own, is another.
    """
    kept = set()
    for row in con.execute("SELECT digest, text FROM policy_text"):
        kept.add(row["digest"])
        if chain.text_digest(row["text"]) != row["digest"]:
            found.add(Problem(f"policy text {row['digest'][:12]}…", "was changed after a case was raised under it"))
    for row in con.execute(
        "SELECT ledger.stream, body, reference, policy_digest FROM ledger"
        " LEFT JOIN payload ON event_id = id LEFT JOIN case_view ON case_view.stream = ledger.stream"
        " WHERE kind = 'concern raised'"
    ):
        digest = _raised_under(con, row)
        where = row["reference"] or f"case {row['stream']}"
        if digest and digest not in kept:
            found.add(Problem(where, "the text of the policy it was raised under is not kept"))
        if digest and row["reference"] and row["policy_digest"] != digest:
            found.add(Problem(where, "is shown under another policy text than it was raised under"))


def _raised_under(con: sqlite3.Connection, row: sqlite3.Row) -> str:
    """Return the digest of the policy's text as the concern says it, "" where the entry itself is damaged."""
    try:
        if row["body"] is not None:
            return str(json.loads(row["body"])["policy_digest"])
        return read_case(chronology(con, row["stream"]), with_corrections=False).raised.policy_digest
    except (EscalateError, LookupError, TypeError, ValueError):
        # `check_chains` names it.
        return ""


def check_calendars(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether each calendar and each agency's closure is kept as it was recorded, and when each came in."""
    events = chronology(con, CALENDAR)
    kept = {row["version"]: dict(row) for row in rows(con, "SELECT * FROM calendar_version")}
    kept_days: dict[str, list[Columns]] = {version: [] for version in kept}
    for row in rows(con, "SELECT * FROM calendar_day ORDER BY version, day"):
        kept_days.setdefault(row["version"], []).append(dict(row))
    positions = {
        (row["chain"], row["sequence"]): row["position"]
        for row in rows(con, "SELECT * FROM spine WHERE stream = ?", (CALENDAR,))
    }
    recorded, days = {}, {}
    for event in events:
        if isinstance(fact := event.fact, CalendarStored):
            about = {name: getattr(fact, name) for name in CALENDAR_COLUMNS}
            position = 0 if fact.came_with_a_case else positions.get((event.chain, event.number))
            recorded[fact.version] = {**about, "position": position}
            days[fact.version] = calendar_day_rows(fact)
    for version in sorted({*kept, *recorded, *kept_days}):
        is_there = version in kept and version in recorded
        if not is_there or kept_days[version] != days[version]:
            found.add(Problem("calendar_day", f"calendar {version}: its days are not those recorded"))
        elif kept[version] != recorded[version]:
            found.add(Problem("calendar_version", f"calendar {version}: is not as it was recorded"))
    standing = {closure: closure_columns(fact) for closure, fact in standing_closures(events).items()}
    for row in rows(con, "SELECT * FROM agency_closure"):
        if standing.pop(row["closure"], None) != dict(row):
            found.add(Problem("agency_closure", f"{row['closure']}: is not as it was recorded"))
    for closure in sorted(standing):
        found.add(Problem("agency_closure", f"{closure}: is missing"))


def check_lists(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every case is in the list, up to its last entry and linked as said, and no row is of no entry."""
    for row in con.execute(
        "SELECT DISTINCT stream FROM ledger WHERE kind = 'concern raised'"
        " AND stream NOT IN (SELECT stream FROM case_view)"
    ):
        found.add(Problem(f"case {row['stream']}", "is in the ledger and in no list"))
    for row in con.execute(
        "SELECT reference, last_sequence,"
        " (SELECT sum(last) FROM (SELECT max(sequence) AS last FROM ledger"
        "  WHERE ledger.stream = case_view.stream GROUP BY chain)) AS last FROM case_view"
    ):
        if row["last"] != row["last_sequence"]:
            said = f"shows entry {row['last_sequence']} as its last, the ledger has {row['last'] or 'none'}"
            found.add(Problem(row["reference"], said))
    for table in ("due_item", "party_view", "issued_file", "learning_view"):
        for row in con.execute(
            f"SELECT DISTINCT stream FROM {table}"
            " WHERE stream <> 'setup' AND stream NOT IN (SELECT stream FROM case_view)"
        ):
            found.add(Problem(table, f"has rows of {row['stream']}, which is in no list"))
    check_links(con, found)
