"""Where issued forms lie: a file is complete before its issue is recorded, and takes its name after."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

from escalate.errors import Problem
from escalate.store import readers
from escalate.store.places import sync_folder


def part_of(path: Path) -> Path:
    """Return where a form lies until its issue is recorded."""
    return path.with_name(f".{path.name}.part")


def finish_issues(database: Path) -> tuple[list[str], list[Problem]]:
    """Give files whose issue was recorded, and which a crash left under their temporary name, their own.

    Returns:
        The names of the files finished, and a problem for each issued file that is no longer as it was issued. A file
        that was moved or deleted since is no problem: it has been sent.
    """
    finished: list[str] = []
    problems: list[Problem] = []
    with closing(readers.open_for_reading(database)) as con:
        rows = readers.rows(con, "SELECT path, digest FROM issued_file ORDER BY path")
    for path, digest in ((Path(row["path"]), row["digest"]) for row in rows):
        part = part_of(path)
        if not path.exists() and part.exists() and _digest(part) == digest:
            part.replace(path)
            sync_folder(path.parent)
            finished.append(path.name)
        elif path.exists() and _digest(path) != digest:
            problems.append(Problem(path.name, "is not as it was issued", "it was edited since, or damaged"))
    return finished, problems


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
