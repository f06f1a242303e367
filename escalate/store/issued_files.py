"""Where issued forms lie: a file is complete before its issue is recorded, and takes its name after."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import cast

from escalate.core.case import read_case
from escalate.core.events import FormIssued
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
        issued = _issued(con)
    for path, digest in issued:
        part = part_of(path)
        if not path.exists() and part.exists() and _digest(part) == digest:
            part.replace(path)
            sync_folder(path.parent)
            finished.append(path.name)
        elif path.exists() and _digest(path) != digest:
            problems.append(Problem(path.name, "is not as it was issued", "it was edited since, or damaged"))
    return finished, problems


def issued_folders(con: sqlite3.Connection) -> list[str]:
    """Return the folders that issued forms were put in, each once."""
    return sorted({str(Path(row["path"]).parent) for row in readers.rows(con, "SELECT path FROM issued_file")})


def _issued(con: sqlite3.Connection) -> list[tuple[Path, str]]:
    """Return where each issued form lies, by path, with the digest that its entry says: the list has no guard."""
    found = []
    rows = readers.rows(con, "SELECT stream, issue, path FROM issued_file ORDER BY stream")
    for stream, kept in groupby(rows, key=lambda row: str(row["stream"])):
        case = read_case(readers.chronology(con, stream), with_corrections=False)
        facts = [cast(FormIssued, event.fact) for event in case.of(FormIssued)]
        digests = {fact.issue: fact.digest for fact in facts}
        found += [(Path(row["path"]), digests[row["issue"]]) for row in kept if row["issue"] in digests]
    return sorted(found)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
