"""What an older escalate kept for reading is made again, once, by whoever writes next."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from escalate.casework.desk import Desk
from tests.builders import Built
from tests.running import run


def mark_as_made_by_an_older(home: Path) -> None:
    """Leave the record as the migration does: with rows of older rules, marked."""
    with closing(sqlite3.connect(home / "escalate.db")) as con, con:
        con.execute("UPDATE due_item SET act = 'said otherwise then' WHERE key = 'stage-1-raise'")
        con.execute("UPDATE case_view SET last_sequence = 0")


def test_rows_of_an_older_escalate_are_made_again_by_whoever_writes_next(home: Path, case: Built) -> None:
    before = run(home, "due", "--json").data
    mark_as_made_by_an_older(home)
    assert run(home, "verify").code == 10
    assert "said otherwise then" in run(home, "due", "--json").out

    with Desk(home):
        pass

    assert run(home, "verify").code == 0
    assert run(home, "due", "--json").data == before


def test_rows_of_today_are_left_as_they_are(home: Path, case: Built) -> None:
    with closing(sqlite3.connect(home / "escalate.db")) as con, con:
        con.execute("UPDATE due_item SET act = 'changed by somebody' WHERE key = 'stage-1-raise'")

    with Desk(home):
        pass

    assert run(home, "verify").code == 10
