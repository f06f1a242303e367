"""What an older escalate kept for reading is made again before anything is counted from it."""

from __future__ import annotations

from contextlib import closing

from escalate.files.places import database
from escalate.store import readers


def make_older_rows_again() -> None:
    """Make again the rows that an older escalate kept, where there are any: nothing can be counted from them.

    Raises:
        NotFound: nothing was recorded here yet.
        LedgerRefused: the record is not one that this escalate can read.
    """
    with closing(readers.open_for_reading(database())) as con:
        is_older = bool(readers.made_by_an_older(con))
    if is_older:
        from escalate.cli.sitting import open_desk

        with open_desk():
            pass
