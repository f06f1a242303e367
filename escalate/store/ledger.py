"""Writing: facts in, one durable transaction, or nothing at all. Whoever begins to write is alone until the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from escalate.core.events import Event
from escalate.errors import LedgerRefused
from escalate.store import drafts, readers
from escalate.store.book import AlreadyRecorded, Book, Scribe
from escalate.store.connection import open_for_writing, refusing_engine
from escalate.store.drafts import Draft

__all__ = ["AlreadyRecorded", "Book", "Draft", "Ledger", "Scribe"]


class Ledger:
    """One database, open for writing: `with Ledger(path) as ledger, ledger.writing() as book: …`

    Args:
        allow_network: write although the file lies on a network share, at the person's own word.

    Raises:
        LedgerRefused: the database is not ours, newer, damaged, not writable, or on a network share.
    """

    def __init__(self, path: Path, *, allow_network: bool = False) -> None:
        self.path = path
        self._engine = open_for_writing(path, allow_network=allow_network)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Book]:
        """Return the book inside one transaction: recorded for good when the block ends, not at all when it raises.

        Raises:
            LedgerRefused: the disk is full, read-only, damaged or held by another program.
        """
        with refusing_engine(self.path), self._engine.connect() as connection:
            connection.begin()
            book = Book(connection)
            yield book
            self._commit(book, connection)

    def drafts(self, verb: str = "") -> list[Draft]:
        """Return the drafts of `verb`, or all, the latest first."""
        with self._raw() as raw:
            return drafts.drafts(raw, verb)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that is not wanted."""
        with self._raw() as raw:
            drafts.drop_draft(raw, draft_id)

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        with refusing_engine(self.path), self._engine.begin() as connection:
            yield cast(sqlite3.Connection, connection.connection.driver_connection)

    def _commit(self, book: Book, connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as error:
            connection.close()
            said = self._what_became_of(book.appended)
            if not said:
                raise
            raise LedgerRefused(
                f"{self.path}: the disk did not confirm what it took",
                remedy="run `escalate verify`, and copy the record to another disk",
                recorded=said,
            ) from error

    def _what_became_of(self, appended: Sequence[Event]) -> str:
        """Return "" where a commit that failed left nothing, as it does unless only its very last step failed.

        The database itself is asked. On a full disk it may not answer: not even what was half written can be undone.
        """
        if not appended:
            return ""
        try:
            with closing(readers.open_for_reading(self.path)) as con:
                found = readers.rows(con, "SELECT 1 FROM ledger WHERE id = ?", (appended[-1].id,))
        except (LedgerRefused, sqlite3.Error):
            if _is_still_to_be_undone(self.path):
                return ""
            return "It cannot be told whether it was recorded."
        return "It was recorded, but might not outlast a power cut." if found else ""


_JOURNAL_STARTS = bytes.fromhex("d9d505f920a163d7")


def _is_still_to_be_undone(path: Path) -> bool:
    """Return whether the journal of an unfinished transaction lies beside the file: it ends when that is deleted.

    Whoever opens the file next, once the disk has room, puts back from it what was there before.
    """
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as journal:
            return journal.read(len(_JOURNAL_STARTS)) == _JOURNAL_STARTS
    except OSError:
        return False
