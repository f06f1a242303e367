"""Finding one case, and listing many; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3

from escalate.errors import NotFound, Problem
from escalate.store.readers import rows

_HIGHEST = "\U0010ffff"


def case_row(con: sqlite3.Connection, reference: str) -> sqlite3.Row:
    """Return the one case with this reference, or the only one whose reference begins or ends with it.

    Upper or lower case does not matter. The row has the columns of `core.views.CaseRow`, and `stream`.

    Raises:
        NotFound: no case has it, or several begin or end so.
    """
    wanted = reference.strip().upper()
    for condition, values in (
        ("reference = ?", (wanted,)),
        ("reference >= ? AND reference < ?", (wanted, wanted + _HIGHEST)),
        ("substr(reference, -length(?)) = ?", (wanted, wanted)),
    ):
        found = (
            rows(con, f"SELECT * FROM case_view WHERE {condition} ORDER BY reference LIMIT 6", values) if wanted else []
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(
                "several cases have a reference like this: say which",
                problems=[Problem("", str(row["reference"])) for row in found[:5]],
                remedy="`escalate list` shows them all" if len(found) > 5 else "",
            )
    raise NotFound("no case has this reference", remedy="run `escalate list` to see the references")


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
        search: words to be found in the reference, subject, themes, stage, agencies or a name in the case.
        policy: a policy's edition id.
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


def _conditions(state: str, search: str, policy: str) -> tuple[str, dict[str, object]]:
    parts = []
    if state:
        parts.append("state = :state")
    if policy:
        parts.append("policy = :policy")
    if search:
        parts.append(
            "(reference LIKE :like ESCAPE '\\' OR subject LIKE :like ESCAPE '\\' OR themes LIKE :like ESCAPE '\\'"
            " OR stage_title LIKE :like ESCAPE '\\' OR receiving_agencies LIKE :like ESCAPE '\\'"
            " OR stream IN (SELECT stream FROM party_view WHERE name LIKE :like ESCAPE '\\'))"
        )
    where = "WHERE " + " AND ".join(parts) if parts else ""
    return where, {"state": state, "policy": policy, "like": containing(search)}


def containing(words: str) -> str:
    """Return the LIKE pattern for text that contains `words`, whose own % and _ stand for themselves."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
