"""What is kept beside the ledger so that reading is one query, written in the ledger's own transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection, column, insert, update
from sqlmodel import SQLModel

from escalate.core.events import AgencyClosureCancelled, AgencyClosureRecorded, CalendarStored, Event
from escalate.core.views import CaseRows, IssuedFile, PartyRow, ReceivedFile
from escalate.errors import CannotDecide
from escalate.store import readers
from escalate.store.calendar_rows import closure_columns
from escalate.store.calendar_tables import AgencyClosureRow, CalendarDayRow, CalendarVersionRow
from escalate.store.chain import text_digest
from escalate.store.coming_home_tables import ReceivedFileRow
from escalate.store.kept_rows import (
    CALENDAR_COLUMNS,
    calendar_day_rows,
    columns_of,
    offered_columns,
    party_entered,
    report_columns,
)
from escalate.store.learning_tables import LearningViewRow
from escalate.store.report_tables import REPORT_TABLES
from escalate.store.tables import (
    CaseViewRow,
    DueItemRow,
    IssuedFileRow,
    KnownPartyRow,
    PartyViewRow,
    PolicyTextRow,
)


class ReadModels:
    """The half of a `Book` that keeps read models, policies' texts and calendars.

    `reading` is the transaction's own connection: every function of `readers` takes it. `appended` is what this
    transaction has recorded so far.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.reading = cast(sqlite3.Connection, connection.connection.driver_connection)
        self.appended: list[Event] = []

    def replace_view(self, stream: str, rows: CaseRows) -> None:
        """Keep `rows` in place of what was kept for this case. Its policy's text must be kept already."""
        case = columns_of(rows.case)
        kept = self._connection.execute(update(CaseViewRow).where(column("stream") == stream).values(case))
        if kept.rowcount == 0:
            self._write(CaseViewRow, [{"stream": stream, **case}])
        self.reading.execute("DELETE FROM due_item WHERE stream = ?", (stream,))
        self._write(DueItemRow, [{"stream": stream, **columns_of(item)} for item in rows.items])
        self.reading.execute("DELETE FROM learning_view WHERE stream = ?", (stream,))
        self._write(LearningViewRow, [{"stream": stream, **columns_of(point)} for point in rows.learning])
        self.keep_parties(stream, rows.parties)
        for table, columns in zip(REPORT_TABLES, report_columns(rows.report), strict=True):
            self.reading.execute(f"DELETE FROM {table.__tablename__} WHERE stream = ?", (stream,))
            self._write(table, [{"stream": stream, **one} for one in columns])

    def keep_parties(self, stream: str, parties: Sequence[PartyRow]) -> None:
        """Keep `parties` in place of the names kept for this stream: a case, or "setup".

        People and agencies that this transaction named are kept to be offered again as well, as named now: a name in
        another case that was entered later stays. One whose name was redacted is forgotten there.
        """
        before = {row["party"] for row in self._rows("SELECT party FROM party_view WHERE stream = ?", stream)}
        self.reading.execute("DELETE FROM party_view WHERE stream = ?", (stream,))
        self._write(PartyViewRow, [{"stream": stream, **columns_of(party)} for party in parties])
        named = {party_entered(event) for event in self.appended if event.stream == stream}
        gone = before - {party.party for party in parties}
        for party_id in named | gone:
            self.reading.execute("DELETE FROM known_party WHERE party = ?", (party_id,))
        kept = (offered_columns(party) for party in parties if party.party in named)
        used = self._head()
        self._write(KnownPartyRow, [{**columns, "used": used} for columns in kept if columns])

    def keep_policy(self, name: str, text: str) -> str:
        """Return the digest under which a policy's text is kept from now on, once however often it is given."""
        digest = text_digest(text)
        if not readers.rows(self.reading, "SELECT 1 FROM policy_text WHERE digest = ?", (digest,)):
            self._write(PolicyTextRow, [{"digest": digest, "name": name, "text": text}])
        return digest

    def policy_text(self, digest: str) -> str:
        """Return the text of the policy a case was raised under.

        Raises:
            NotFound: no such text is kept.
        """
        return readers.policy_text(self.reading, digest)

    def keep_calendar(self, stored: CalendarStored) -> None:
        """Keep a calendar's days for reading; the event itself is appended to the stream "calendar" before.

        One that is kept already, as when a person goes back to the nation before, becomes the latest. One that came
        with a case handed over is never the latest: its position is 0.

        Raises:
            CannotDecide: this version is kept already, with other days.
        """
        days = calendar_day_rows(stored)
        if self._rows("SELECT 1 FROM calendar_version WHERE version = ?", stored.version):
            kept = self._rows("SELECT * FROM calendar_day WHERE version = ? ORDER BY day", stored.version)
            if [dict(row) for row in kept] != days:
                raise CannotDecide(f'calendar "{stored.version}": is kept already, with other days', recorded="")
            if not stored.came_with_a_case:
                self.reading.execute(
                    "UPDATE calendar_version SET position = ? WHERE version = ?", (self._head(), stored.version)
                )
            return
        about = {name: getattr(stored, name) for name in CALENDAR_COLUMNS}
        self._write(CalendarVersionRow, [{**about, "position": 0 if stored.came_with_a_case else self._head()}])
        self._write(CalendarDayRow, days)

    def keep_closure(self, closure: AgencyClosureRecorded) -> None:
        """Keep an agency's closure for reading; its event is appended to the stream "calendar" before."""
        self._write(AgencyClosureRow, [closure_columns(closure)])

    def drop_closure(self, cancelled: AgencyClosureCancelled) -> None:
        """Keep an agency's closure no longer; the event that cancels it is appended before."""
        self.reading.execute("DELETE FROM agency_closure WHERE closure = ?", (cancelled.closure,))

    def keep_issued_file(self, issued: IssuedFile) -> None:
        """Keep where an issued form lies, in place of where it lay before."""
        self.reading.execute("DELETE FROM issued_file WHERE issue = ?", (issued.issue,))
        self._write(IssuedFileRow, [columns_of(issued)])

    def keep_received(self, received: ReceivedFile) -> None:
        """Keep a file as it came; the event it belongs to is appended before."""
        self._write(ReceivedFileRow, [columns_of(received)])

    def drop_received(self, event_ids: Sequence[str]) -> int:
        """Remove the files of entries whose words were erased before; return how many there were."""
        gone = [
            self.reading.execute("DELETE FROM received_file WHERE event_id = ?", (event_id,)).rowcount
            for event_id in event_ids
        ]
        return sum(gone)

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return readers.rows(self.reading, sql, values)

    def _head(self) -> int:
        """Return the spine's last position, 0 where nothing is recorded."""
        return int(self._rows("SELECT coalesce(max(position), 0) FROM spine")[0][0])

    def _write(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)
