"""What was set up here, read before anything else is: two short queries, and never an error of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from escalate.store.readers import rows


def is_set_up(con: sqlite3.Connection) -> bool:
    """Return whether somebody has run `setup` here."""
    return bool(rows(con, "SELECT 1 FROM ledger WHERE stream = 'setup' AND kind = 'setup recorded' LIMIT 1"))


def asks_plainly(database: Path) -> bool:
    """Return whether `setup` said last that this person is asked and answered in lines that never redraw.

    Where nothing is set up or the file cannot be read it is False: the verb that runs next says what is wrong.
    """
    if not database.is_file():
        return False
    sql = (
        "SELECT payload.body FROM ledger JOIN spine USING (stream, chain, sequence)"
        " JOIN payload ON payload.event_id = ledger.id"
        " WHERE ledger.stream = 'setup' AND ledger.kind = 'setup recorded' ORDER BY spine.position DESC LIMIT 1"
    )
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as con:
            found = rows(con, sql)
        said = json.loads(found[0]["body"]) if found and found[0]["body"] else {}
    except (sqlite3.Error, ValueError):
        return False
    return isinstance(said, dict) and said.get("asks") == "plain"
