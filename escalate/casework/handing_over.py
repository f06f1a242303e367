"""A case handed over to another installation as one protected file, and such a file taken in."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
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
from escalate.core.views import IssuedFile
from escalate.errors import FormRefused, LedgerDamaged
from escalate.files.sealed import seal, unseal
from escalate.store import readers
from escalate.store.arriving import keep_arrived, new_here
from escalate.store.calendar_rows import stored_version
from escalate.store.issued_files import part_of
from escalate.store.ledger import Book, Scribe
from escalate.store.places import make_owner_only, sync_folder
from escalate.store.portable import Portable, from_bytes, portable, to_bytes
from escalate.store.portable_checks import proved

ENDING = ".escalate"
_BETWEEN = "-handover-"


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
    here that the other side had not seen. `may_bring_back` restate entries whose words the other side removed.
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
            path = wanted.folder / f"{case.reference}{_BETWEEN}{package}{ENDING}"
            part = _write_part(path, seal(to_bytes(travelling), passphrase))
    except BaseException:
        # The entry is not in, unless only the disk's last word was missing: `finish_handed` then sees to the file.
        if part is not None and not _is_recorded(desk, wanted.stream, package):
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


def take_in(desk: Desk, content: bytes, passphrase: str) -> TakenIn:
    """Take a case in from a protected file: whoever `setup` names here owns it from then on.

    Every hash and every link of every chain is proved before anything is written; then everything is, or nothing. What
    is here already stays as it is, and the entries recorded on both sides are kept.

    Raises:
        FormRefused: the file does not open, holds no case, or one that is not as it was recorded.
        CannotDecide: the case here and that of the file do not fit together.
        NotFound: `setup` was not run here.
    """
    return keep_case(desk, from_bytes(unseal(content, passphrase)))


def keep_case(desk: Desk, travelling: Portable) -> TakenIn:
    """Take a case in as `take_in` does, once its file is open.

    Raises:
        FormRefused, CannotDecide, NotFound: as `take_in` does.
    """
    case = proved(travelling)
    scribe = desk.scribe()
    handed = next(event for event in case.of(e.HandedOver) if _package_of(event) == travelling.package)
    with desk.ledger.writing() as book:
        new = new_here(book.reading, travelling, case)
        if not new:
            return _told(desk.read(book, case.stream), travelling, handed)
        before = book.events(case.stream)
        arrived = keep_arrived(book, travelling, new)
        _keep_calendars(desk, book, travelling, scribe)
        here = desk.read(book, case.stream).case
        _keep_issued(desk, book, here)
        _own(desk, book, here, travelling, scribe)
        opened = desk.keep(book, case.stream)
        known = {(one.entry.chain, one.entry.sequence) for one in travelling.entries}
        ours = tuple(event for event in before if (event.chain, event.number) not in known)
    return replace(
        _told(opened, travelling, handed),
        arrived=arrived,
        ours=ours,
        differing=differing(ours, arrived),
        may_bring_back=may_bring_back(ours, arrived),
    )


def finish_handed(desk: Desk, stream: str, reference: str, folder: Path) -> list[Path]:
    """Give the files of a case's handovers that a crash left under a temporary name their own; return them."""
    finished = []
    for part in sorted(folder.glob(f".{reference}{_BETWEEN}*{ENDING}.part")):
        path = part.with_name(part.name.removeprefix(".").removesuffix(".part"))
        package = path.name.removesuffix(ENDING).rpartition(_BETWEEN)[2]
        if not path.exists() and _is_recorded(desk, stream, package):
            part.replace(path)
            sync_folder(folder)
            finished.append(path)
    return finished


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


def _own(desk: Desk, book: Book, case: Case, travelling: Portable, scribe: Scribe) -> None:
    """Record who owns the case here from now on."""
    taken = e.TakenOver(
        by=scribe.recorded_by,
        agency=scribe.for_agency,
        package=travelling.package,
        from_chain=travelling.from_chain,
    )
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


def _is_recorded(desk: Desk, stream: str, package: str) -> bool:
    with desk.reading() as con:
        return package in _packages(readers.chronology(con, stream))


def _packages(events: Sequence[e.Event]) -> set[str]:
    return {event.fact.package for event in events if isinstance(event.fact, e.HandedOver)}


def _write_part(path: Path, content: bytes) -> Path:
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_owner_only(part)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FormRefused(
            f"{path.parent}: the file cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
            recorded="",
        ) from error
    return part
