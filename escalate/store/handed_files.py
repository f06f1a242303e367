"""Where the files of cases handed over lie: each is complete before its entry is recorded, and takes its name after."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from escalate.core.events import HandedOver
from escalate.store import readers
from escalate.store.places import sync_folder

ENDING = ".escalate"
_BETWEEN = "-handover-"


def handed_path(folder: Path, reference: str, package: str) -> Path:
    """Return where the file of a handover lies: named by its case and its own id, and by nobody."""
    return folder / f"{reference}{_BETWEEN}{package}{ENDING}"


def handed_folder(home: Path) -> Path:
    """Return where such files go unless another folder is named."""
    return home / "handed-over"


def finish_handed(database: Path, folder: Path) -> list[str]:
    """Give the files in `folder` whose handover was recorded, and which a crash left under a temporary name, their own.

    Returns:
        The names of the files finished.
    """
    finished: list[str] = []
    parts = sorted(folder.glob(f".*{_BETWEEN}*{ENDING}.part"))
    if not parts:
        return finished
    with closing(readers.open_for_reading(database)) as con:
        streams = {
            row["reference"]: row["stream"] for row in readers.rows(con, "SELECT reference, stream FROM case_view")
        }
        for part in parts:
            path = part.with_name(part.name.removeprefix(".").removesuffix(".part"))
            reference, _, package = path.name.removesuffix(ENDING).rpartition(_BETWEEN)
            if not path.exists() and reference in streams and package in _packages(con, streams[reference]):
                part.replace(path)
                sync_folder(folder)
                finished.append(path.name)
    return finished


def is_handed(database: Path, stream: str, package: str) -> bool:
    """Return whether the handover of a case by this file was recorded."""
    with closing(readers.open_for_reading(database)) as con:
        return package in _packages(con, stream)


def _packages(con: sqlite3.Connection, stream: str) -> set[str]:
    return {event.fact.package for event in readers.chronology(con, stream) if isinstance(event.fact, HandedOver)}
