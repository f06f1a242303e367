"""Which shape of database this escalate reads and writes, and how a file says its own without being touched."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

APPLICATION_ID = int.from_bytes(b"ESCA", "big")
"""Written into the file's header, so that another program's database is never taken for ours."""

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Schema:
    """A shape of database: its version (SQLite's `user_version`) and the folders of scripts that lead there."""

    version: int
    scripts: tuple[Path, ...]

    @property
    def revision(self) -> str:
        return f"{self.version:04d}"


RECORDED = ("database", "ledger", "payload", "spine", "policy_text", "received_file")
KEPT_FOR_READING = (
    "case_view",
    "due_item",
    "party_view",
    "known_party",
    "calendar_version",
    "calendar_day",
    "agency_closure",
    "issued_file",
    "case_link",
    "report_case",
    "stage_run",
    "clock_run",
    "case_mark",
    "case_act",
    "learning_view",
)
TABLES: tuple[str, ...] = (*RECORDED, *KEPT_FOR_READING, "draft")

CURRENT = Schema(6, (Path(__file__).parent / "migrations" / "versions",))


@dataclass(frozen=True, slots=True)
class Header:
    """What a file's first hundred bytes say: whether SQLite wrote it, for whom, in which version."""

    is_sqlite: bool
    application_id: int = 0
    version: int = 0

    @property
    def is_ours(self) -> bool:
        return self.application_id == APPLICATION_ID


def read_header(path: Path) -> Header | None:
    """Return what the file says of itself, or None where it does not exist or is empty. Nothing is changed in it.

    SQLite reads it: closing a file that this process opened itself would take away, on POSIX, every lock that a
    transaction of this process has on it, and another process could write in the middle of that.

    Raises:
        OSError: the file cannot be read.
        sqlite3.Error: it is damaged, or held by another program.
    """
    try:
        if path.stat().st_size == 0:
            return None
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as con:
            version, application_id = (
                con.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")
            )
    except FileNotFoundError:
        return None
    except sqlite3.Error as error:
        return _header_without_sqlite(path, error)
    return Header(is_sqlite=True, application_id=application_id, version=version)


def _header_without_sqlite(path: Path, error: sqlite3.Error) -> Header:
    """Return what the file's first bytes say, where SQLite only reads and therefore would not."""
    name = getattr(error, "sqlite_errorname", "")
    # A writer was killed half way, or it is no folder of ours: nobody is writing, so there is no lock to lose.
    if not name.startswith(("SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        raise error
    with path.open("rb") as file:
        start = file.read(100)
    if len(start) < 100 or not start.startswith(_MAGIC):
        return Header(is_sqlite=False)
    version, application_id = struct.unpack_from(">I4xI", start, 60)
    return Header(is_sqlite=True, application_id=application_id, version=version)
