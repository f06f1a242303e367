"""Whether somebody of this record is named in words that go beyond a case; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from escalate.core.names_anywhere import is_anybody_named
from escalate.store.readers import rows


def is_somebody_named(con: sqlite3.Connection, words: Sequence[str], *, only_children: bool = False) -> bool:
    """Return whether a child or another person of any case here is named in these words; whoever set it up is not."""
    text = "\n".join(one for one in words if one)
    if not text.strip():
        return False
    sorts = "('child')" if only_children else "('child', 'person')"
    sql = f"SELECT DISTINCT name FROM party_view WHERE stream <> 'setup' AND sort IN {sorts}"
    agencies = rows(con, "SELECT DISTINCT name FROM party_view WHERE sort = 'agency'")
    return is_anybody_named(text, (row["name"] for row in rows(con, sql)), [row["name"] for row in agencies])
