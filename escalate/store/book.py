"""The ledger inside one write transaction: what is appended, what is erased, and how both are checked.

What was written is read back and its hashes computed again before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from escalate.core.events import Event, NewEvent
from escalate.core.restating import ANOTHERS
from escalate.errors import LedgerRefused, SomeoneWasFirst
from escalate.store import drafts, readers
from escalate.store.chain import NO_LINK, Entry, Link, event_hash, link_hash, new_salt, payload_digest
from escalate.store.door import body_of
from escalate.store.read_models import ReadModels
from escalate.store.tables import LedgerRow, PayloadRow, SpineRow


class AlreadyRecorded(SomeoneWasFirst):
    """An event with this id is in the ledger: a draft was recorded before a crash, and is not recorded twice."""

    def __init__(self, stream: str, sequence: int, reference: str) -> None:
        super().__init__(
            f"{reference or 'this'}: is recorded already, as entry {sequence}",
            remedy=f"run `escalate show {reference}` to see it" if reference else "",
            recorded="",
        )
        self.stream = stream
        self.sequence = sequence


@dataclass(frozen=True, slots=True)
class Scribe:
    """Who records, for which agency (both by opaque id), and at which moment (ISO, with offset)."""

    recorded_by: str
    for_agency: str
    recorded_at: str

    def __post_init__(self) -> None:
        if datetime.fromisoformat(self.recorded_at).utcoffset() is None:
            raise ValueError("recorded_at has no offset")


class Book(ReadModels):
    """The ledger inside one write transaction. Made by `Ledger.writing`, and of no use after it."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.chain = readers.own_chain(self.reading)

    def events(self, stream: str) -> tuple[Event, ...]:
        """Return the stream's events in the order they arrived, those of this transaction included."""
        return tuple(readers.chronology(self.reading, stream))

    def append(
        self, stream: str, events: Sequence[NewEvent], scribe: Scribe, *, after: int | None = None
    ) -> tuple[Event, ...]:
        """Record `events` at the end of the stream and return them in their places.

        Args:
            after: the last entry that whoever decided this had seen; None where they were read in this transaction.

        Raises:
            AlreadyRecorded: one of the ids is in the ledger.
            SomeoneWasFirst: the stream has entries later than `after`.
            CannotDecide: a fact's field is of the wrong kind.
        """
        self.refuse_late(stream, after, [event.id for event in events])
        place = readers.entries_in(self.reading, stream)
        written = tuple(self._append_one(stream, event, scribe, place + at) for at, event in enumerate(events, 1))
        self.appended += written
        return written

    def refuse_late(self, stream: str, after: int | None, event_ids: Sequence[str]) -> None:
        """Refuse events that are in the ledger already, and what was decided before later entries came in.

        Args:
            after: as for `append`.
        Raises:
            AlreadyRecorded, SomeoneWasFirst: as `append` does.
        """
        for event_id in event_ids:
            self._refuse_again(event_id)
        if after is not None:
            self._refuse_later_than(stream, after)

    def anchor(self) -> str:
        """Return the anchor of everything recorded up to here."""
        return readers.head_anchor(self.reading)

    def next_number(self, prefix: str, year: int) -> int:
        """Return the number for the next reference, `prefix-year-number-code`, counting from 1 in each year."""
        stem = f"{prefix}-{year}-"
        # Within one stem the longest reference has the highest number: 10000 comes after 9999.
        for length in range(len(stem) + 16, len(stem), -1):
            found = readers.rows(
                self.reading,
                "SELECT reference FROM case_view WHERE length(reference) = ? AND reference >= ? AND reference < ?"
                " ORDER BY reference DESC LIMIT 1",
                (length, stem, stem + "~"),
            )
            if found:
                return int(found[0]["reference"].removeprefix(stem).split("-")[0]) + 1
        return 1

    def blank(self, stream: str, sequences: Sequence[int]) -> None:
        """Erase the words of entries that redacted events have named, and every draft about the stream.

        Raises:
            LedgerRefused: an entry was not redacted before, or is not there.
        """
        for sequence in sequences:
            entry = readers.entry_at(self.reading, stream, sequence)
            if entry is None:
                raise LedgerRefused(f"entry {sequence}: is not in this stream", recorded="")
            self.reading.execute("UPDATE payload SET salt = NULL, body = NULL WHERE event_id = ?", (entry["id"],))
        drafts.drop_drafts_of(self.reading, stream)

    def drop_drafts_holding(self, holds: Callable[[str], object]) -> int:
        """Forget every draft of any verb and case with an answer of which `holds` is true; return how many."""
        return drafts.drop_drafts_holding(self.reading, holds)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft in the same transaction that records its answers."""
        drafts.drop_draft(self.reading, draft_id)

    def _append_one(self, stream: str, new: NewEvent, scribe: Scribe, place: int) -> Event:
        salt, body = new_salt(), body_of(new.fact)
        last = readers.rows(
            self.reading,
            "SELECT sequence, hash FROM ledger WHERE stream = ? AND chain = ? ORDER BY sequence DESC LIMIT 1",
            (stream, self.chain),
        )
        entry = Entry(
            stream=stream,
            chain=self.chain,
            sequence=last[0]["sequence"] + 1 if last else 1,
            id=new.id,
            kind=new.fact.kind,
            shape=new.fact.shape,
            occurred_on=new.occurred_on.isoformat(),
            occurred_time=new.occurred_time,
            recorded_at=scribe.recorded_at,
            recorded_by=scribe.recorded_by,
            for_agency=scribe.for_agency,
            target=self._target(stream, new),
            digest=payload_digest(salt, body),
            prev=last[0]["hash"] if last else NO_LINK,
        )
        self.keep_entry(entry, salt, body)
        return self._read_back(new, entry, place)

    def keep_entry(self, entry: Entry, salt: bytes | None, body: str | None) -> None:
        """Keep an entry at the end of its chain, with its words (None where they were removed), and link it in.

        What another installation recorded is kept by this as it was recorded there.
        """
        own_hash = event_hash(entry)
        self._write(LedgerRow, [{**entry._asdict(), "hash": own_hash}])
        self._write(PayloadRow, [{"event_id": entry.id, "salt": salt, "body": body}])
        self._write_link(entry, own_hash)

    def _target(self, stream: str, new: NewEvent) -> int | None:
        """Return the number, in this chain, of the entry that an amendment is about."""
        if new.target is None or isinstance(new.fact, ANOTHERS):
            return None
        about = readers.entry_at(self.reading, stream, new.target)
        if about is None or about["chain"] != self.chain:
            raise LedgerRefused(f"entry {new.target}: is not one of this record's own", recorded="")
        return int(about["sequence"])

    def _write_link(self, entry: Entry, own_hash: str) -> None:
        head = readers.rows(self.reading, "SELECT position, hash FROM spine ORDER BY position DESC LIMIT 1")
        link = Link(
            position=head[0]["position"] + 1 if head else 1,
            stream=entry.stream,
            chain=entry.chain,
            sequence=entry.sequence,
            event_hash=own_hash,
            prev=head[0]["hash"] if head else NO_LINK,
        )
        self._write(SpineRow, [{**link._asdict(), "hash": link_hash(link)}])

    def _read_back(self, new: NewEvent, entry: Entry, place: int) -> Event:
        row = readers.rows(
            self.reading,
            "SELECT ledger.*, salt, body FROM ledger JOIN payload ON event_id = id WHERE id = ?",
            (new.id,),
        )[0]
        kept = Entry._make(tuple(row)[: len(Entry._fields)])
        places = {} if entry.target is None or new.target is None else {(entry.chain, entry.target): new.target}
        event = readers.event_of(row, place, places)
        if isinstance(event.fact, ANOTHERS):
            event = replace(event, target=new.target)
        is_whole = (
            kept == entry
            and event_hash(kept) == row["hash"]
            and payload_digest(row["salt"], row["body"]) == kept.digest
        )
        if not is_whole or event.fact is None or body_of(event.fact) != row["body"]:
            raise LedgerRefused(
                f'entry {entry.sequence} ("{entry.kind}"): does not read back as it was written',
                remedy="run `escalate verify`",
                recorded="",
            )
        return event

    def _refuse_again(self, event_id: str) -> None:
        found = readers.rows(
            self.reading,
            "SELECT stream, reference FROM ledger LEFT JOIN case_view USING (stream) WHERE id = ?",
            (event_id,),
        )
        if found:
            place = readers.place_of(self.reading, event_id)
            raise AlreadyRecorded(found[0]["stream"], place, found[0]["reference"] or "")

    def _refuse_later_than(self, stream: str, after: int) -> None:
        later = readers.rows(
            self.reading,
            "SELECT kind, recorded_at, reference FROM spine JOIN ledger USING (stream, chain, sequence)"
            " LEFT JOIN case_view USING (stream) WHERE spine.stream = ? ORDER BY position LIMIT -1 OFFSET ?",
            (stream, after),
        )
        if later:
            said = "; ".join(
                f'entry {place}, "{row["kind"]}", at {row["recorded_at"]}' for place, row in enumerate(later, after + 1)
            )
            where = later[0]["reference"] or "this case"
            raise SomeoneWasFirst(
                f"{where}: changed while you were answering: {said}",
                remedy=f"run `escalate show {where}`, then decide again" if later[0]["reference"] else "",
                recorded="",
            )
