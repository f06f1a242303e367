"""The draft of one open interview: kept from any thread, and only while nobody else has taken or removed it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from escalate.errors import LedgerRefused
from escalate.store.drafts import Draft, drop_draft, save_draft
from escalate.store.readers import rows
from escalate.store.refusals import refusing

_WAITS_SECONDS = 1.5
_REMOVED = (
    "this draft was removed elsewhere (recorded, forgotten, or words in it removed): nothing of it is kept any more"
)
_TAKEN = "this draft was taken over in another window: what is typed here is not kept any more"


class DraftGone(LedgerRefused):
    """The draft is not this interview's any more: it was removed elsewhere, or taken over. It is not written again."""


class DraftTaken(DraftGone):
    """The draft is there, and another window's: it goes on with it."""


class HeldDraft:
    """One interview's draft in the database at `path`. The moment it was kept last tells whether it still is ours.

    Args:
        draft: as it was read, or a new one, which has no row yet.
        wait: seconds that another program which writes is waited for.
    """

    def __init__(self, path: Path, draft: Draft, wait: float = _WAITS_SECONDS) -> None:
        self.path, self.draft, self.wait = path, draft, wait
        self._has_row = bool(draft.updated_at)
        self._moments = {draft.updated_at}

    def take(self, now: str) -> None:
        """Make the draft this interview's: another window that has it open finds out when it next keeps it.

        Raises:
            DraftGone: it was removed meanwhile.
            LedgerRefused: it could not be written.
        """
        if self._has_row:
            self.keep(self.draft.answers, now)

    def keep(self, answers: Mapping[str, Any], now: str) -> None:
        """Keep these answers, as durably as an entry.

        Args:
            now: the moment, to the microsecond, with its offset.
        Raises:
            DraftGone: it was removed elsewhere; DraftTaken: it was taken over.
            LedgerRefused: it could not be kept.
        """
        draft = replace(self.draft, answers=answers, updated_at=now)
        with _at_hand(self.path, self.wait) as con:
            self._must_be_ours(con)
            # Of a write whose end was not heard, both moments are ours.
            self._moments.add(now)
            save_draft(con, draft)
        self._has_row, self._moments = True, {now}

    def forget(self) -> None:
        """Forget the draft, where it is still this interview's; the next `keep` begins it again.

        Raises:
            LedgerRefused: it could not be removed.
        """
        with _at_hand(self.path, self.wait) as con:
            self._must_be_ours(con)
            drop_draft(con, self.draft.id)
        self._has_row = False

    def _must_be_ours(self, con: sqlite3.Connection) -> None:
        if not self._has_row:
            return
        found = rows(con, "SELECT updated_at FROM draft WHERE id = ?", (self.draft.id,))
        if not found:
            raise DraftGone(_REMOVED, recorded="")
        if found[0]["updated_at"] not in self._moments:
            raise DraftTaken(_TAKEN, recorded="")


@contextmanager
def _at_hand(path: Path, wait: float) -> Iterator[sqlite3.Connection]:
    """Give a connection for one draft: whoever types is not to wait as long as whoever records."""
    from escalate.store.connection import PRAGMAS

    with refusing(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=wait, uri=True)) as con:
        con.isolation_level = None
        try:
            for pragma in PRAGMAS:
                con.execute(f"PRAGMA {pragma}")
            con.execute("BEGIN IMMEDIATE")
            yield con
            con.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise LedgerRefused(
                    f"{path}: another program is writing", remedy="close the other program", recorded=""
                ) from error
            raise
