"""What many tests begin with is made once in each process, through the ledger, and then copied byte for byte.

A home has an id of its own: a second one alike in the same test is made anew, as on another computer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from pathlib import Path

from escalate.store.places import make_owner_only

_MOST = 300

_homes: dict[Hashable, bytes] = {}
_in_this_test: set[Hashable] = set()
_records: dict[Hashable, bytes] = {}


def another_test_begins() -> None:
    """Forget which homes were given out: they were another test's."""
    _in_this_test.clear()


def home_made_once(like: Hashable, database: Path, make: Callable[[], None]) -> None:
    """Have a new record at `database`: what `make` makes there, or made before of what is `like` it."""
    if database.exists() or like in _in_this_test or like not in _homes:
        make()
        _homes.setdefault(like, database.read_bytes())
    else:
        make_owner_only(database)
        database.write_bytes(_homes[like])
    _in_this_test.add(like)


def recorded_once(like: Hashable, database: Path, make: Callable[[], None]) -> None:
    """Have recorded at `database` what `make` records, or recorded before in the very same record."""
    key = (hashlib.sha256(database.read_bytes()).digest(), like)
    if key in _records:
        database.write_bytes(_records[key])
        return
    make()
    if len(_records) < _MOST:
        _records[key] = database.read_bytes()
