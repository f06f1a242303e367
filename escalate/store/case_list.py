"""Finding one case, and listing many; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3

from escalate.errors import NotFound, Problem
from escalate.store.readers import rows

_HIGHEST = "\U0010ffff"
_LATEST_ENTRIES = 1_000
_THEIRS = "their_reference <> ''"
_SEARCHED = ("reference", "their_reference", "subject", "themes", "stage_title", "receiving_agencies")


def case_row(con: sqlite3.Connection, reference: str) -> sqlite3.Row:
    """Return the one case with this reference, or the only one whose reference begins, ends or is written with it.

    Of cases logged by a partnership, what they are called where they were raised is looked for after that. Upper or
    lower case does not matter. The row has the columns of `core.views.CaseRow`, and `stream`.

    Raises:
        NotFound: no case has it, or several are alike in that.
    """
    wanted = reference.strip().upper()
    theirs = reference.strip()
    for condition, values in (
        ("reference = ?", (wanted,)),
        ("reference >= ? AND reference < ?", (wanted, wanted + _HIGHEST)),
        ("substr(reference, -length(?)) = ?", (wanted, wanted)),
        ("instr(reference, ?)", (wanted,)),
        (f"{_THEIRS} AND their_reference = ? COLLATE NOCASE", (theirs,)),
        (f"{_THEIRS} AND substr(their_reference, 1, length(?)) = ? COLLATE NOCASE", (theirs, theirs)),
        (f"{_THEIRS} AND substr(their_reference, -length(?)) = ? COLLATE NOCASE", (theirs, theirs)),
    ):
        found = (
            rows(con, f"SELECT * FROM case_view WHERE {condition} ORDER BY reference LIMIT 6", values) if wanted else []
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(
                "several cases have a reference like this: say which",
                problems=[Problem("", _both_references(row)) for row in found[:5]],
                remedy="`escalate list` shows them all" if len(found) > 5 else "",
            )
    raise NotFound("no case has this reference", remedy="run `escalate list` to see the references")


def case_in_short(con: sqlite3.Connection, stream: str) -> str:
    """Return a case by reference, initials or theme, and stage, without any name; "" where it is not here."""
    found = rows(con, "SELECT reference, subject, stage_title FROM case_view WHERE stream = ?", (stream,))
    return ", ".join(part for part in found[0] if part) if found else ""


def _both_references(row: sqlite3.Row) -> str:
    theirs = str(row["their_reference"])
    return f"{row['reference']} (theirs: {theirs})" if theirs else str(row["reference"])


def list_cases(
    con: sqlite3.Connection,
    *,
    state: str = "",
    search: str = "",
    policy: str = "",
    limit: int | None = None,
) -> list[sqlite3.Row]:
    """Return cases, the latest opened first.

    Args:
        state: "open", "to check", "ended" or "withdrawn"; "" for all.
        search: words to be found in a reference, the subject, themes, stage, agencies or a name in the case.
        policy: a policy's edition id, or its partnership's part of it.
        limit: how many at most.
    """
    conditions, values = _conditions(state, search, policy)
    return rows(
        con,
        f"SELECT * FROM case_view {conditions} ORDER BY opened_on DESC, reference DESC LIMIT :limit",
        {**values, "limit": -1 if limit is None else limit},
    )


def count_cases(con: sqlite3.Connection, *, state: str = "", search: str = "", policy: str = "") -> int:
    """Return how many cases `list_cases` would give without a limit."""
    conditions, values = _conditions(state, search, policy)
    return int(rows(con, f"SELECT count(*) FROM case_view {conditions}", values)[0][0])


def streams_of(con: sqlite3.Connection, *, state: str = "", search: str = "", policy: str = "") -> list[str]:
    """Return the streams of the cases that `list_cases` would give without a limit, in no order."""
    conditions, values = _conditions(state, search, policy)
    return [row["stream"] for row in rows(con, f"SELECT stream FROM case_view {conditions}", values)]


def _conditions(state: str, search: str, policy: str) -> tuple[str, dict[str, object]]:
    parts = []
    if state:
        parts.append("state = :state")
    if policy:
        parts.append(of_policy("policy"))
    if search:
        found = " OR ".join(f"{name} LIKE :like ESCAPE '\\'" for name in _SEARCHED)
        parts.append(f"({found} OR stream IN (SELECT stream FROM party_view WHERE name LIKE :like ESCAPE '\\'))")
    where = "WHERE " + " AND ".join(parts) if parts else ""
    return where, {"state": state, "policy": policy.strip(), "like": containing(search)}


def containing(words: str) -> str:
    """Return the LIKE pattern for text that contains `words`, whose own % and _ stand for themselves."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def of_policy(column: str) -> str:
    """Return the condition that a column holds an edition of the policy named; its value is `policy`."""
    return (
        f"({column} = :policy COLLATE NOCASE"
        f" OR substr({column}, 1, length(:policy) + 1) = :policy || '-' COLLATE NOCASE)"
    )


def as_named(typed: str) -> str:
    """Return a name as it is looked for: without spaces around it, and single ones within."""
    return " ".join(typed.split())


def references_changed_last(con: sqlite3.Connection, begins: str, limit: int) -> list[str]:
    """Return references that begin so, or else those that end so: the case that changed last first, then by number.

    Only the latest entries are asked which case they belong to, so that it takes no longer with many cases.
    """
    wanted = begins.strip().upper()
    recent = rows(
        con,
        "SELECT reference FROM case_view JOIN (SELECT stream, max(position) AS last"
        " FROM (SELECT stream, position FROM spine ORDER BY position DESC LIMIT ?) GROUP BY stream) USING (stream)"
        " WHERE substr(reference, 1, length(?)) = ? ORDER BY last DESC LIMIT ?",
        (_LATEST_ENTRIES, wanted, wanted, limit),
    )
    found = [row["reference"] for row in recent]
    for condition, values in (
        ("reference >= ? AND reference < ?", (wanted, wanted + _HIGHEST)),
        ("substr(reference, -length(?)) = ?", (wanted, wanted)),
        ("instr(reference, ?)", (wanted,)),
    ):
        if not found or condition.startswith("reference"):
            sql = f"SELECT reference FROM case_view WHERE {condition} ORDER BY reference DESC LIMIT ?"
            found += [row["reference"] for row in rows(con, sql, (*values, limit))]
    return list(dict.fromkeys(found))[:limit]
