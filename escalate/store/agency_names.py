"""How an agency is spelt wherever it is counted or listed: as in the case that names it first, of the whole record."""

from __future__ import annotations

import sqlite3

from escalate.core.text import folded
from escalate.store.readers import rows

_FIRST = "SELECT raised_on, stream, label FROM case_mark WHERE sort = ? AND mark = ? ORDER BY raised_on, stream LIMIT 1"


def spelling(con: sqlite3.Connection, name: str) -> str:
    """Return how an agency is spelt in the first case that it raised or that was raised with it.

    Spaces and capitals make no other agency (`core.text.folded`); one of no case is spelt as given.
    """
    mark = folded(name)
    found = [tuple(row) for sort in ("raising", "receiving") for row in rows(con, _FIRST, (sort, mark))]
    return str(min(found)[2]) if found else name
