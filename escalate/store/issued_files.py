"""Where issued forms lie: a file is complete before its issue is recorded, and takes its name after."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path
from typing import cast

from escalate.core.case import read_case
from escalate.core.events import FormIssued
from escalate.errors import FormRefused, Problem
from escalate.store import readers
from escalate.store.places import make_owner_only, sync_folder

_PART = re.compile(r"\..+-([0-9a-f]{12})\.docx\.part")


def part_of(path: Path) -> Path:
    """Return where a form lies until its issue is recorded."""
    return path.with_name(f".{path.name}.part")


def write_part(path: Path, content: bytes, what: str) -> Path:
    """Write a file beside its place, durable and for its owner only, and return where.

    Args:
        what: what an error calls it, such as "the form".
    Raises:
        FormRefused: it cannot be written there.
    """
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_owner_only(part)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FormRefused(
            f"{path.parent}: {what} cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
            recorded="",
        ) from error
    return part


def put_unless_there(content: bytes, folder: Path, name: tuple[str, str], what: str) -> Path:
    """Write a file under a name that no other has, and return where; where the very same lies there, leave it.

    Args:
        name: what it is called, and its ending with the dot: ("report", ".docx"); the second of a name is "report-2".
        what: what an error calls it.
    Raises:
        FormRefused: it cannot be written there.
    """
    stem, ending = name
    path, number = folder / f"{stem}{ending}", 1
    while path.exists():
        if path.is_file() and path.read_bytes() == content:
            return path
        number += 1
        path = folder / f"{stem}-{number}{ending}"
    write_part(path, content, what).replace(path)
    sync_folder(folder)
    return path


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


def clear_parts(con: sqlite3.Connection, folder: Path) -> list[str]:
    """Remove the forms of this record's cases that a crash left in `folder` before their issue was recorded.

    Whoever calls it must hold the record for writing: otherwise one may be somebody's who is just writing it.

    Returns:
        The names they would have had.
    """
    removed: list[str] = []
    parts = [(found[1], path) for path in _within(folder) if (found := _PART.fullmatch(path.name))]
    if not parts:
        return removed
    references = [f".{row['reference']}-" for row in readers.rows(con, "SELECT reference FROM case_view")]
    recorded = {str(row["issue"]) for row in readers.rows(con, "SELECT issue FROM issued_file")}
    for issue, path in parts:
        if issue not in recorded and path.name.startswith(tuple(references)):
            with suppress(OSError):
                path.unlink()
                removed.append(path.name.removeprefix(".").removesuffix(".part"))
    return sorted(removed)


def clear_all_parts(database: Path) -> list[str]:
    """Remove what a crash left unrecorded in every folder that forms were put in; return the names it would have had.

    Where the record cannot be held for writing now, nothing is removed.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, isolation_level=None)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        with closing(readers.open_for_reading(database)) as con:
            folders = {str(database.parent / "issued"), *issued_folders(con)}
            removed = [name for folder in sorted(folders) for name in clear_parts(con, Path(folder))]
        holding.execute("ROLLBACK")
        return removed
    return []


def _within(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


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
