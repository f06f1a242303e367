"""Linking cases that are one escalation, and taking such a link back. Both cases say it, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from escalate.casework.desk import Desk, DraftOf
from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.errors import CannotDecide
from escalate.store.case_links import are_linked, one_escalation_with
from escalate.store.case_list import case_row


@dataclass(frozen=True)
class LinkRecorded:
    """What became of two cases, by their references: `events` are empty where they stood so already.

    `together` are the references of every case of the first one's escalation now, its own among them.
    """

    references: tuple[str, str]
    together: tuple[str, ...]
    events: tuple[tuple[e.Event, ...], ...] = ()


@dataclass(frozen=True)
class Two:
    """Two cases of this record, by stream and reference, and whether they are linked with each other."""

    streams: tuple[str, str]
    references: tuple[str, str]
    are_linked: bool


def two_cases(con: sqlite3.Connection, first: str, second: str) -> Two:
    """Return the two cases with these references.

    Raises:
        NotFound: there is no such case, or several.
        CannotDecide: they are the same one.
    """
    one, other = case_row(con, first), case_row(con, second)
    if one["stream"] == other["stream"]:
        raise CannotDecide(
            f"case {one['reference']}: was named twice, and a case is one escalation with itself",
            remedy="name two cases: escalate list shows them",
            recorded="",
        )
    return Two(
        (one["stream"], other["stream"]),
        (one["reference"], other["reference"]),
        are_linked(con, one["stream"], other["stream"]),
    )


def link_cases(desk: Desk, first: str, second: str, reason: str, draft: DraftOf | None = None) -> LinkRecorded:
    """Record in both cases that they are one escalation, and why in the first; nothing where they are linked already.

    Raises:
        NotFound, CannotDecide: as for `two_cases`.
    """
    return _record(desk, (first, second), reason, draft, are_one=True)


def unlink_cases(desk: Desk, first: str, second: str, reason: str, draft: DraftOf | None = None) -> LinkRecorded:
    """Record in both cases that they are two escalations after all; nothing where they are not one.

    Raises:
        NotFound: as for `two_cases`.
        CannotDecide: as there; or they are one through other cases alone.
    """
    return _record(desk, (first, second), reason, draft, are_one=False)


def _record(desk: Desk, named: tuple[str, str], reason: str, draft: DraftOf | None, *, are_one: bool) -> LinkRecorded:
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        two = two_cases(book.reading, *named)
        if not are_one:
            refuse_through_others(book.reading, two)
        events: list[tuple[e.Event, ...]] = []
        if two.are_linked != are_one:
            fact = e.CasesLinked if are_one else e.CasesUnlinked
            # Each names the other; both are recorded before either is read again. People's words stand in the first
            # alone: removed there, they stand nowhere.
            said = (reason, "")
            for place, stream in enumerate(two.streams):
                other, reference = two.streams[1 - place], two.references[1 - place]
                decided = Decided(fact=fact(other=other, other_reference=reference, reason=said[place]), on=desk.today)
                events.append(book.append(stream, desk.new_events((decided,), draft if not events else None), scribe))
            for stream in two.streams:
                desk.keep(book, stream)
        if draft:
            book.drop_draft(draft.id)
        others = one_escalation_with(book.reading, two.streams[0])
        together = (two.references[0], *(str(row["reference"]) for row in others))
        return LinkRecorded(two.references, tuple(sorted(together)), tuple(events))


def refuse_through_others(con: sqlite3.Connection, two: Two) -> None:
    """Refuse to take back a link that is none: two cases that are one escalation through others alone.

    Raises:
        CannotDecide: with the cases that they are one through.
    """
    others = [str(row["reference"]) for row in one_escalation_with(con, two.streams[0])]
    if two.are_linked or two.references[1] not in others:
        return
    first, second = two.references
    through = [other for other in others if other != second]
    raise CannotDecide(
        f"cases {first} and {second}: are one escalation through {', '.join(through)}, not linked with each other",
        remedy=f"take back one of those links: escalate unlink {first} {through[0]}",
        recorded="",
    )
