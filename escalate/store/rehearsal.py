"""The same database, of which nothing is kept: what would be recorded is written, read back, and undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection

from escalate.store.book import Book
from escalate.store.connection import refusing_engine
from escalate.store.ledger import Ledger


class Rehearsal(Ledger):
    """A ledger whose every transaction is undone as it ends; it reads what stands, and opens no second database.

    Like any writer it is alone while a transaction lasts.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.path = ledger.path
        self._engine = ledger._engine

    def drop_draft(self, draft_id: str) -> None:
        """Forget nothing."""

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        with refusing_engine(self.path), self._engine.connect() as connection:
            connection.begin()
            yield cast(sqlite3.Connection, connection.connection.driver_connection)
            connection.rollback()

    def _commit(self, book: Book, connection: Connection) -> None:
        book.appended.clear()
        connection.rollback()
