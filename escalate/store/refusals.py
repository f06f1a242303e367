"""What SQLite says, in words a practitioner can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from escalate.errors import LedgerRefused
from escalate.store.schema import Header, Schema

_BACKUP = "keep this file as it is, and restore the last good backup"
# What SQLite's name for it begins with, what happened, what to do.
_SENTENCES: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_NOTADB", "is not a database of escalate's, or is damaged", _BACKUP),
    ("SQLITE_CORRUPT", "is damaged", f"run `escalate verify`; {_BACKUP}"),
    ("SQLITE_FULL", "the disk is full", "make room on the disk, then run the command again"),
    ("SQLITE_READONLY", "cannot be written: the file or its folder is read-only", "ask whoever looks after the folder"),
    (
        "SQLITE_CANTOPEN",
        "cannot be opened: the file or its folder is not yours",
        "set ESCALATE_HOME to your own folder",
    ),
    ("SQLITE_PERM", "cannot be opened: the file or its folder is not yours", "set ESCALATE_HOME to your own folder"),
    (
        "SQLITE_BUSY",
        "another program has held it for 30 seconds",
        "close the other program, then run the command again",
    ),
    (
        "SQLITE_LOCKED",
        "another program has held it for 30 seconds",
        "close the other program, then run the command again",
    ),
    (
        "SQLITE_IOERR",
        "the disk did not take it",
        "look whether the disk is full or failing, then run `escalate verify`",
    ),
)


def refusal(path: Path, error: BaseException | None) -> LedgerRefused:
    """Return the refusal that `error` from SQLite amounts to. Nothing of the transaction it ended was recorded."""
    name = getattr(error, "sqlite_errorname", "")
    for start, what, remedy in _SENTENCES:
        if name.startswith(start):
            return LedgerRefused(f"{path}: {what}", remedy=remedy, recorded="")
    # Our own triggers' and SQLite's words name tables and columns, never a value.
    return LedgerRefused(f"{path}: refused: {error}", remedy="run `escalate verify`", recorded="")


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what sqlite3 raises inside into a refusal that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def refuse_what_is_not_ours(path: Path, header: Header | None, schema: Schema) -> None:
    """Refuse a file that escalate must not touch: another program's, or a newer escalate's.

    Raises:
        LedgerRefused: `header` says so.
    """
    if header is None:
        return
    # SQLite's own empty database says neither whose it is nor a version: a first start that was cut short.
    is_blank = header.is_sqlite and header.application_id == 0 and header.version == 0
    if not header.is_sqlite or not (header.is_ours or is_blank):
        raise refusal(path, _NotOurs())
    if header.version > schema.version:
        raise LedgerRefused(
            f"{path}: was written by a newer escalate (its version {header.version}, ours {schema.version})",
            remedy="install the newer escalate; this file has not been touched",
            recorded="",
        )


class _NotOurs(Exception):
    sqlite_errorname = "SQLITE_NOTADB"
