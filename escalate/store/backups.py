"""A copy of a database that was opened and read before it was called a backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from escalate.errors import LedgerRefused
from escalate.store.places import make_owner_only, sync_folder
from escalate.store.refusals import refusing


def back_up(source: Path, wanted: Path) -> Path:
    """Return where a checked copy of `source` now lies: at `wanted`, or beside it where that name is taken.

    The copy appears whole or not at all, and only its owner can read it. All pages are copied in one step: in several
    steps a busy writer makes the copy begin again for ever.

    Raises:
        LedgerRefused: the copy could not be made, or did not read back whole.
    """
    target = _free_name(wanted)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    make_owner_only(part)
    try:
        with refusing(part):
            with closing(sqlite3.connect(source, timeout=30)) as old, closing(sqlite3.connect(part)) as new:
                old.backup(new, pages=-1)
            with closing(sqlite3.connect(part)) as copy:
                answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if answer != "ok":
            raise LedgerRefused(
                f"{part.name}: the backup does not read back whole", remedy="run `escalate verify`", recorded=""
            )
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)
    return target


def _free_name(wanted: Path) -> Path:
    number, name = 1, wanted
    while name.exists():
        number += 1
        name = wanted.with_name(f"{wanted.stem}.{number}{wanted.suffix}")
    return name
