"""Whoever writes is alone: nothing that this process does beside it may take its locks away."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from escalate.store import readers
from escalate.store.ledger import Ledger
from escalate.store.verify import verify

TRY = """
import sqlite3, sys
con = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    con.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error.sqlite_errorname)
else:
    print("let in")
"""


def another_process_begins_to_write(path: Path) -> str:
    return subprocess.run([sys.executable, "-c", TRY, str(path)], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "look",
    [
        lambda path: readers.open_for_reading(path).close(),
        verify,
        lambda path: Ledger(path).__exit__(None, None, None),
    ],
    ids=["a reader", "verify", "another ledger"],
)
def test_looking_at_the_record_while_writing_lets_nobody_else_write(
    ledger: Ledger, path: Path, look: Callable[[Path], object]
) -> None:
    with ledger.writing():
        look(path)
        assert another_process_begins_to_write(path) == "SQLITE_BUSY\n"

    assert another_process_begins_to_write(path) == "let in\n"
    with closing(readers.open_for_reading(path)):
        assert another_process_begins_to_write(path) == "let in\n"
