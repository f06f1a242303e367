"""The desk: one person at one database. Every verb that writes reads and records through it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from escalate import clock
from escalate.casework.projection import kept_rows_of
from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.deadlines import Calendars, what_is_owed
from escalate.core.deciding import Decided
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.core.restating import CORRECTIONS
from escalate.core.views import PartyRow
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar
from escalate.errors import EscalateError, NotFound
from escalate.files.policies.loading import parse_policy
from escalate.store import readers
from escalate.store.calendar_rows import working_calendar
from escalate.store.case_links import keep_links
from escalate.store.case_list import case_row
from escalate.store.ledger import Book, Ledger, Scribe

SETUP = "setup"
_AT_ONCE = 100


def database_of(home: Path) -> Path:
    """Return where the record of this home lies."""
    return home / "escalate.db"


@dataclass(frozen=True)
class OpenCase:
    """A case as read: with the policy it was raised under, the calendar it counts by, and what is owed.

    `chronology` is its entries as recorded; in `case` they stand corrected.
    """

    chronology: tuple[e.Event, ...]
    case: Case
    policy: Policy
    calendars: Calendars
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class Recorded:
    """What a verb recorded: the case before (None for a new one) and after, and the entries that came in."""

    before: OpenCase | None
    after: OpenCase
    events: tuple[e.Event, ...]


Decide = Callable[[OpenCase], Sequence[Decided]]


@dataclass(frozen=True, slots=True)
class DraftOf:
    """The draft that an answer came from: its first event's id is given beforehand, so that it is recorded once.

    `stream` is the case it is about; of one to be opened from a form, what tells the form's case from others.
    """

    id: str
    event_id: str
    stream: str = ""


class Desk:
    """The database of one home, open for writing: `with Desk(home) as desk: …`

    Raises:
        LedgerRefused: the database cannot be written.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.ledger = Ledger(database_of(home))
        self.today = clock.today()
        self._make_again()

    def _make_again(self) -> None:
        """Make the rows again that an older escalate made, some cases at a time, so that nobody waits long for them."""
        with self.reading() as con:
            streams = readers.made_by_an_older(con)
        while streams:
            some, streams = streams[:_AT_ONCE], streams[_AT_ONCE:]
            with self.ledger.writing() as book:
                for stream in some:
                    # One that cannot be read keeps its old rows; `verify` says what is wrong with it.
                    with suppress(EscalateError):
                        self.keep(book, stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ledger.__exit__(kind, error, trace)

    def reading(self) -> closing[sqlite3.Connection]:
        """Return a connection that only reads: `with desk.reading() as con: …`"""
        return closing(readers.open_for_reading(self.ledger.path))

    @property
    def chain(self) -> str:
        """This database's own id, which its entries carry in every stream."""
        with self.reading() as con:
            return readers.own_chain(con)

    def setup(self) -> e.SetupRecorded:
        """Return what `setup` recorded last.

        Raises:
            NotFound: nobody has run `setup` here.
        """
        with self.reading() as con:
            found = readers.setup(con)
        if found is None:
            raise NotFound(
                "escalate does not know yet who you are, for which agency, and under which policy",
                remedy="run: escalate setup",
            )
        return found

    def known_parties(self) -> list[PartyRow]:
        """Return the people and agencies entered before, to be offered again."""
        with self.reading() as con:
            return readers.known_parties(con)

    def find(self, reference: str) -> tuple[str, OpenCase]:
        """Return the stream of the case with this reference, and the case as it stands.

        Raises:
            NotFound: there is no such case, or several.
        """
        with self.reading() as con:
            stream = str(case_row(con, reference)["stream"])
            return stream, open_case(readers.chronology(con, stream), con)

    def last_recorded_at(self, stream: str) -> str:
        """Return the moment of the stream's last entry, "" where it has none."""
        with self.reading() as con:
            return max((event.recorded_at for event in readers.chronology(con, stream)), default="")

    def scribe(self) -> Scribe:
        """Return who is recording now, for which agency."""
        setup = self.setup()
        return Scribe(setup.person, setup.agency, clock.now().isoformat())

    def decide(self, stream: str, decide: Decide, *, seen: int | None = None, draft: DraftOf | None = None) -> Recorded:
        """Record what `decide` makes of the case, read and written in one transaction.

        Args:
            seen: the last entry that whoever decided had seen; anything later refuses it. None for what may be
                recorded whatever came in between.
            draft: the draft it came from, forgotten in the same transaction.
        Raises:
            SomeoneWasFirst: entries came in after `seen`.
        """
        scribe = self.scribe()
        with self.ledger.writing() as book:
            # Before anything is decided upon it: what happened in between says more than what no longer fits.
            book.refuse_late(stream, seen, [draft.event_id] if draft else [])
            before = self.read(book, stream)
            new = self.new_events(decide(before), draft)
            events = book.append(stream, new, scribe, after=seen)
            after = self.keep(book, stream)
            if draft:
                book.drop_draft(draft.id)
        return Recorded(before, after, events)

    def new_events(self, decided: Sequence[Decided], draft: DraftOf | None = None) -> list[e.NewEvent]:
        """Return decided facts as events with ids of their own; the first has the draft's."""
        ids = [clock.new_id("event") for _ in decided]
        if draft and ids:
            ids[0] = draft.event_id
        return [
            e.NewEvent(id=one_id, fact=one.fact, occurred_on=one.on, occurred_time=one.time, target=one.target)
            for one_id, one in zip(ids, decided, strict=True)
        ]

    def keep(self, book: Book, stream: str) -> OpenCase:
        """Make the read models of a case again, in the same transaction, and return it as it now stands."""
        opened = self.read(book, stream)
        book.replace_view(stream, kept_rows_of(opened.case, opened.policy, opened.calendars, opened.owed))
        keep_links(book.reading, stream)
        return opened

    def read(self, book: Book, stream: str) -> OpenCase:
        """Return the case as it stands inside a transaction."""
        return open_case(book.events(stream), book.reading)


def open_case(events: Sequence[e.Event], con: sqlite3.Connection) -> OpenCase:
    """Return the case these events make, under the policy and calendar kept with it.

    Args:
        con: a connection of `store.readers`, or of the transaction being written.
    """
    return _opened(events, con, {}, with_readings=True)


def owed_under(
    events: Sequence[e.Event], con: sqlite3.Connection, calendars: Mapping[str, WorkingCalendar]
) -> tuple[Owed, ...]:
    """Return what would be owed if these were a case's events, without what other readings would give.

    Args:
        calendars: those at hand, by version; they need not be stored.
    """
    return _opened(events, con, calendars, with_readings=False).owed


def _opened(
    events: Sequence[e.Event],
    con: sqlite3.Connection,
    at_hand: Mapping[str, WorkingCalendar],
    *,
    with_readings: bool,
) -> OpenCase:
    case = read_case(events)
    policy = _policy_kept(readers.policy_text(con, case.raised.policy_digest), case.raised.policy)
    calendars = _calendars_of(case, con, at_hand)
    is_corrected = any(case.of(kind) for kind in CORRECTIONS)
    first = read_case(events, with_corrections=False) if is_corrected else None
    owed = what_is_owed(case, policy, calendars, before_corrections=first, with_readings=with_readings)
    return OpenCase(tuple(events), case, policy, calendars, owed)


def _calendars_of(case: Case, con: sqlite3.Connection, at_hand: Mapping[str, WorkingCalendar]) -> Calendars:
    def of(version: str) -> WorkingCalendar:
        return at_hand.get(version) or working_calendar(con, version)

    adopted = tuple(AdoptedCalendar(on, of(version)) for on, version in case.calendars_adopted)
    return Calendars(of(case.raised.calendar_version), adopted)


@lru_cache(maxsize=8)
def _policy_kept(text: str, name: str) -> Policy:
    return parse_policy(text, name=name, where=f"the policy kept with the case ({name})")
