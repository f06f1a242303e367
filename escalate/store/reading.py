"""Reading where there may be no record yet; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from escalate.errors import NotFound
from escalate.store.readers import open_for_reading


@contextmanager
def reading_if_any(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Give the record at `path`, open for reading; None where nothing was recorded there yet.

    Raises:
        LedgerRefused: as `open_for_reading`.
    """
    try:
        con = open_for_reading(path)
    except NotFound:
        con = None
    if con is None:
        yield None
        return
    with closing(con):
        yield con
