"""A case handed over to another installation as one protected file, and such a file taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from escalate import clock
from escalate.casework.calendars import keep_version
from escalate.casework.desk import Desk, OpenCase
from escalate.casework.names import Names
from escalate.core import events as e
from escalate.core.both_sides import Differing, differing, may_bring_back
from escalate.core.case import Case
from escalate.core.deciding import Decided
from escalate.core.folded_text import are_alike
from escalate.core.views import IssuedFile
from escalate.errors import FormRefused, LedgerDamaged
from escalate.files.sealed import seal, unseal
from escalate.store import readers
from escalate.store.arriving import keep_arrived, new_here
from escalate.store.calendar_rows import stored_version
from escalate.store.handed_files import handed_path, is_handed
from escalate.store.issued_files import write_part
from escalate.store.ledger import Book, Scribe
from escalate.store.places import sync_folder
from escalate.store.portable import Portable, from_bytes, portable, to_bytes
from escalate.store.portable_checks import proved

Agree = Callable[[e.HandedOver], None]
"""Asks whether to take over what was handed to somebody else; whoever does not is to raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """To whom a case is handed over, as a name or as the id of somebody known here; where the file goes."""

    stream: str
    to: str
    to_agency: str = ""
    reason: str = ""
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A case handed over: its protected file, and what it holds."""

    path: Path
    fact: e.HandedOver
    opened: OpenCase
    entries: int
    chains: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A case that came in: what of it was new here, and what both sides recorded meanwhile.

    `arrived` is empty where everything in the file was here already: then nothing was recorded. `ours` are the entries
    here that the other side had not seen. `differing` and `may_bring_back` are of both sides: see `core.both_sides`.
    `is_anothers` says that it was handed to somebody else than whoever took it in.
    """

    opened: OpenCase
    handed: e.HandedOver
    handed_by: str
    agency: str
    chains: int
    anchor: str
    arrived: tuple[e.Event, ...] = ()
    ours: tuple[e.Event, ...] = ()
    differing: tuple[Differing, ...] = ()
    may_bring_back: tuple[e.Event, ...] = ()
    is_anothers: bool = False


def hand_over(desk: Desk, wanted: Wanted, passphrase: str) -> Handed:
    """Record that a case was handed over, and write all of it into one protected file.

    The file lies complete beside its place before the entry is recorded, and takes its name after: `finish_handed`
    sees through what dies in between.

    Raises:
        FormRefused: the file could not be written, or would be too large.
        LedgerDamaged: the case is not as it was recorded, and goes nowhere.
    """
    package = clock.new_id("package").removeprefix("package-")[:12]
    scribe = desk.scribe()
    part: Path | None = None
    try:
        with desk.ledger.writing() as book:
            case = desk.read(book, wanted.stream).case
            fact = _handed_over(book.reading, wanted, package)
            named = _who_recorded(desk, book, case, scribe)
            book.append(wanted.stream, desk.new_events((*named, Decided(fact=fact, on=desk.today))), scribe)
            opened = desk.keep(book, wanted.stream)
            travelling = _sound(portable(book.reading, opened.case, package))
            path = handed_path(wanted.folder, case.reference, package)
            part = write_part(path, seal(to_bytes(travelling), passphrase), "the file")
    except BaseException:
        # The entry is not in, unless only the disk's last word was missing: `finish_handed` then sees to the file.
        if part is not None and not is_handed(desk.ledger.path, wanted.stream, package):
            part.unlink(missing_ok=True)
        raise
    part.replace(path)
    sync_folder(path.parent)
    return Handed(
        path=path,
        fact=fact,
        opened=opened,
        entries=len(travelling.entries),
        chains=len(travelling.chains),
        files=len(travelling.files),
    )


def take_in(desk: Desk, content: bytes, passphrase: str, agree: Agree | None = None) -> TakenIn:
    """Take a case in from a protected file: whoever `setup` names here owns it from then on.

    Every hash and every link of every chain is proved before anything is written; then everything is, or nothing. What
    is here already stays as it is, and the entries recorded on both sides are kept.

    Args:
        agree: asked where it was handed to somebody else. To whom is a claim, of them as of whoever takes it in: it
            is recorded either way.
    Raises:
        FormRefused: the file does not open, holds no case, or one that is not as it was recorded.
        CannotDecide: the case here and that of the file do not fit together.
        NotFound: `setup` was not run here.
    """
    return keep_case(desk, from_bytes(unseal(content, passphrase)), agree)


def keep_case(desk: Desk, travelling: Portable, agree: Agree | None = None) -> TakenIn:
    """Take a case in as `take_in` does, once its file is open.

    Raises:
        FormRefused, CannotDecide, NotFound: as `take_in` does.
    """
    case = proved(travelling)
    scribe = desk.scribe()
    handed = next(event for event in case.of(e.HandedOver) if _package_of(event) == travelling.package)
    with desk.reading() as con:
        is_new = bool(new_here(con, travelling, case))
        to_another = is_new and _is_anothers(con, scribe, cast(e.HandedOver, handed.fact))
    if to_another and agree:
        agree(cast(e.HandedOver, handed.fact))  # before anything is held for writing: it may take long
    with desk.ledger.writing() as book:
        new = new_here(book.reading, travelling, case)
        if not new:
            return _told(desk.read(book, case.stream), travelling, handed)
        before = book.events(case.stream)
        arrived = keep_arrived(book, travelling, new)
        _keep_calendars(desk, book, travelling, scribe)
        here = desk.read(book, case.stream).case
        taken = e.TakenOver(
            by=scribe.recorded_by,
            agency=scribe.for_agency,
            package=travelling.package,
            from_chain=travelling.from_chain,
            handed_to=cast(e.HandedOver, handed.fact).to if to_another else "",
        )
        _own(desk, book, here, taken, scribe)
        opened = desk.keep(book, case.stream)
        _keep_issued(desk, book, here)  # once the case is on the list, to which they belong
        known = {(one.entry.chain, one.entry.sequence) for one in travelling.entries}
        ours = tuple(event for event in before if (event.chain, event.number) not in known)
    return replace(
        _told(opened, travelling, handed),
        arrived=arrived,
        ours=ours,
        differing=differing(before, arrived),
        may_bring_back=may_bring_back(before, arrived),
        is_anothers=to_another,
    )


def _is_anothers(con: sqlite3.Connection, scribe: Scribe, handed: e.HandedOver) -> bool:
    """Return whether the name of whoever it was handed to is not that of whoever takes it in."""
    person = readers.known_party(con, scribe.recorded_by)
    return bool(handed.to) and not are_alike(handed.to, person.name if person else "")


def _told(opened: OpenCase, travelling: Portable, handed: e.Event) -> TakenIn:
    return TakenIn(
        opened=opened,
        handed=cast(e.HandedOver, handed.fact),
        handed_by=opened.case.name_of(handed.recorded_by),
        agency=opened.case.events[-1].for_agency,
        chains=len(travelling.chains),
        anchor=travelling.anchor,
    )


def _package_of(event: e.Event) -> str:
    return cast(e.HandedOver, event.fact).package


def _handed_over(con: sqlite3.Connection, wanted: Wanted, package: str) -> e.HandedOver:
    """Return the entry, whoever was chosen by id in it by name."""
    person = readers.known_party(con, wanted.to)
    agency = readers.known_party(con, wanted.to_agency or (person.agency if person else ""))
    return e.HandedOver(
        to=person.name if person else wanted.to,
        to_agency=agency.name if agency else wanted.to_agency,
        reason=wanted.reason,
        package=package,
    )


def _who_recorded(desk: Desk, book: Book, case: Case, scribe: Scribe) -> tuple[Decided, ...]:
    """Return the names that the case lacks of those who recorded in it: elsewhere it must be readable alone."""
    recorded = {party for event in case.events for party in (event.recorded_by, event.for_agency)}
    return _named(desk, book, case, sorted(recorded | {scribe.recorded_by, scribe.for_agency}))


def _named(desk: Desk, book: Book, case: Case, parties: Iterable[str]) -> tuple[Decided, ...]:
    names = Names(book.reading, case.parties, desk.today)
    for party in parties:
        known = None if party in case.parties else readers.known_party(book.reading, party)
        if known and known.sort == "agency":
            names.agency(party)
        elif known:
            names.person(party, names.agency(known.agency))
    return names.decided


def _own(desk: Desk, book: Book, case: Case, taken: e.TakenOver, scribe: Scribe) -> None:
    """Record who owns the case here from now on."""
    named = _named(desk, book, case, (scribe.for_agency, scribe.recorded_by))
    book.append(case.stream, desk.new_events((*named, Decided(fact=taken, on=desk.today))), scribe)


def _keep_calendars(desk: Desk, book: Book, travelling: Portable, scribe: Scribe) -> None:
    for calendar in travelling.calendars:
        came = replace(calendar, came_with_a_case=True)
        if stored_version(book.reading, calendar.version) is None:
            keep_version(desk, book, came, scribe)
        else:
            book.keep_calendar(came)  # refused where its days are others


def _keep_issued(desk: Desk, book: Book, case: Case) -> None:
    """Keep what was issued elsewhere as if it had lain here and were moved: its file is with whoever issued it."""
    known = {row["issue"] for row in readers.rows(book.reading, "SELECT issue FROM issued_file")}
    for event in case.of(e.FormIssued):
        fact = cast(e.FormIssued, event.fact)
        if fact.issue not in known:
            path = str((desk.home / "issued" / fact.file_name).absolute())
            book.keep_issued_file(
                IssuedFile(issue=fact.issue, stream=case.stream, form=fact.form, path=path, digest=fact.digest)
            )


def _sound(travelling: Portable) -> Portable:
    try:
        proved(travelling)
    except FormRefused as refused:
        raise LedgerDamaged(
            refused.what, remedy="run `escalate verify`; the case was not handed over", recorded=""
        ) from None
    return travelling
