"""Taking a case in: what of it is new here, and keeping that beside what is here already, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from escalate.core.case import Case
from escalate.core.events import Event
from escalate.core.restating import REDACTIONS
from escalate.errors import CannotDecide
from escalate.store import readers
from escalate.store.book import Book
from escalate.store.portable import KeptEntry, Portable

_REDACTS = {kind.kind for kind in REDACTIONS}


def new_here(con: sqlite3.Connection, travelling: Portable, case: Case) -> tuple[KeptEntry, ...]:
    """Return the entries that are not here yet, in the order they arrived where the file was written.

    Those that are here are compared by their hashes.

    Args:
        case: what `portable_checks.proved` read of the file.
    Raises:
        CannotDecide: an entry here is another than the file's of the same number; the file has entries of this
            database's own that it does not have; another case has the reference, or another entry the id.
    """
    _refuse_other_case(con, case)
    here = {
        (row["chain"], row["sequence"]): row
        for row in readers.rows(con, "SELECT chain, sequence, id, hash FROM ledger WHERE stream = ?", (case.stream,))
    }
    own = readers.own_chain(con)
    found = []
    for place, kept in enumerate(travelling.entries, 1):
        entry = kept.entry
        row = here.get((entry.chain, entry.sequence))
        if row is not None and row["hash"] != kept.hash:
            raise CannotDecide(
                f"case {case.reference}: entry {readers.place_of(con, row['id'])} here and entry {place} in the file"
                f' ("{entry.kind}") are two different entries under one number',
                remedy="one of the two records was put back from an older copy: run `escalate verify` on both, and keep"
                " this file",
                recorded="",
            )
        if row is not None:
            continue
        if entry.chain == own:
            raise CannotDecide(
                f'case {case.reference}: entry {place} in the file ("{entry.kind}") says it was recorded here, and this'
                " record does not have it",
                remedy="if this record was put back from an older copy, look for the latest; else tell whoever sent it",
                recorded="",
            )
        if readers.rows(con, "SELECT 1 FROM ledger WHERE id = ?", (entry.id,)):
            raise CannotDecide(
                f"case {case.reference}: entry {place} in the file is here already, in another place",
                remedy="take nothing from it; tell whoever sent it",
                recorded="",
            )
        found.append(kept)
    return tuple(found)


def _refuse_other_case(con: sqlite3.Connection, case: Case) -> None:
    sql = "SELECT 1 FROM case_view WHERE reference = ? AND stream <> ?"
    if readers.rows(con, sql, (case.reference, case.stream)):
        raise CannotDecide(
            f"case {case.reference}: another case here has this reference",
            remedy=f"look at it: escalate show {case.reference}; two cases of one reference cannot be kept together",
            recorded="",
        )


def keep_arrived(book: Book, travelling: Portable, new: Sequence[KeptEntry]) -> tuple[Event, ...]:
    """Keep what is new of a case, as it was recorded, and return it in its places here.

    Words that the other side removed go here as well. Calendars are kept for this case only. What is shown of the case
    is made afterwards, in the same transaction.
    """
    stream = travelling.stream
    book.keep_policy(*travelling.policy)
    for kept in new:
        book.keep_entry(kept.entry, kept.salt, kept.body)
    ids = {kept.entry.id for kept in new}
    arrived = tuple(event for event in book.events(stream) if event.id in ids)
    book.appended += arrived
    for file in travelling.files:
        if file.event_id in ids:
            book.keep_received(file)
    _erase(book, stream, arrived)
    return arrived


def _erase(book: Book, stream: str, arrived: Sequence[Event]) -> None:
    """Remove here the words of entries that redactions among `arrived` are about, with the files they received."""
    targets = {event.target for event in arrived if event.kind in _REDACTS}
    whole = [event for event in book.events(stream) if event.sequence in targets and event.fact is not None]
    if whole:
        book.blank(stream, [event.sequence for event in whole])
        book.drop_received([event.id for event in whole])
