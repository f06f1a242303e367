"""What `verify` looks at beside the chains: policies' texts, calendars, and that every list knows every case."""

from __future__ import annotations

import json
import sqlite3

from escalate.core.case import read_case
from escalate.core.events import CalendarStored
from escalate.errors import EscalateError, Problem
from escalate.store import chain
from escalate.store.findings import Findings
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
    """Look whether each calendar is kept as it was recorded: its days, what it says of itself, and when it came in."""
    kept = {
        row["version"]: (
            *(row[name] for name in ("nation", "source", "first_year", "last_year", "position")),
            {},
        )
        for row in rows(con, "SELECT * FROM calendar_version")
    }
    strays = set()
    for row in rows(con, "SELECT * FROM calendar_day"):
        if row["version"] in kept:
            kept[row["version"]][-1][row["day"]] = row["name"]
        else:
            strays.add(row["version"])
    positions = {
        (row["chain"], row["sequence"]): row["position"]
        for row in rows(con, "SELECT * FROM spine WHERE stream = 'calendar'")
    }
    recorded = {
        fact.version: (
            *(fact.nation, fact.source, fact.first_year, fact.last_year),
            positions.get((event.chain, event.sequence)),
            dict(fact.days),
        )
        for event in chronology(con, "calendar")
        if isinstance(fact := event.fact, CalendarStored)
    }
    for version in sorted({*kept, *recorded, *strays}):
        is_there = version in kept and version in recorded
        if version in strays or not is_there or kept[version][-1] != recorded[version][-1]:
            found.add(Problem("calendar_day", f"calendar {version}: its days are not those recorded"))
        elif kept[version] != recorded[version]:
            found.add(Problem("calendar_version", f"calendar {version}: is not as it was recorded"))


def check_lists(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every case is in the list, up to its last entry, and nothing is that no entry made."""
    for row in con.execute(
        "SELECT DISTINCT stream FROM ledger WHERE kind = 'concern raised'"
        " AND stream NOT IN (SELECT stream FROM case_view)"
    ):
        found.add(Problem(f"case {row['stream']}", "is in the ledger and in no list"))
    for row in con.execute(
        "SELECT reference, last_sequence,"
        " (SELECT max(sequence) FROM ledger WHERE ledger.stream = case_view.stream) AS last FROM case_view"
    ):
        if row["last"] != row["last_sequence"]:
            said = f"shows entry {row['last_sequence']} as its last, the ledger has {row['last'] or 'none'}"
            found.add(Problem(row["reference"], said))
    for table in ("due_item", "party_view", "issued_file"):
        for row in con.execute(
            f"SELECT DISTINCT stream FROM {table}"
            " WHERE stream <> 'setup' AND stream NOT IN (SELECT stream FROM case_view)"
        ):
            found.add(Problem(table, f"has rows of {row['stream']}, which is in no list"))
