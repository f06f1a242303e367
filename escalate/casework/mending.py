"""Correcting an entry and redacting words, with who still holds what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.casework.learning_told import words_told
from escalate.core import events as e
from escalate.core import mending
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.reports.lines_removed import Touched, points_touched, removed_from_reports
from escalate.errors import EscalateError
from escalate.store.being_written import clear_texts
from escalate.store.drafts import all_drafts
from escalate.store.issued_files import issued_folders
from escalate.store.reports_issued import REPORTS


@dataclass(frozen=True)
class Mended:
    """What was recorded, and what outside the ledger still says it the old way: issued forms, and backups.

    `folders` are those of issued forms whose own names hold removed words; `drafts` counts the unfinished interviews
    that held them, and were forgotten. `files_removed` are the entries whose files, kept as they came, went with their
    words; `files_unread` those whose files only a person can read, and which are still kept. `texts_removed` counts the
    files that an editor left of an unfinished interview, `texts_left` are the paths of those that could not be removed.
    `reports` are the numbers of issued reports that told the words as learning.
    """

    recorded: Recorded
    issued: tuple[e.FormIssued, ...]
    backups: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    drafts: int = 0
    files_removed: tuple[int, ...] = ()
    files_unread: tuple[int, ...] = ()
    texts_removed: int = 0
    texts_left: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def bars_to_correcting(opened: OpenCase, today: date) -> Callable[[int, Mapping[str, str]], str | None]:
    """Return what says why the fields of an entry cannot say that, as recording refuses it; None where they can."""

    def bars(entry: int, changes: Mapping[str, str]) -> str | None:
        try:
            mending.correct(opened.chronology, entry, changes, "", today)
        except EscalateError as refused:
            return _in_a_line(refused)
        return None

    return bars


def bars_to_removing(opened: OpenCase, today: date) -> Callable[[str], str | None]:
    """Return what says why words cannot be removed from a case, None where they can: first that they stand nowhere."""

    def bars(words: str) -> str | None:
        try:
            mending.redact(opened.chronology, [words], "", today)
        except EscalateError as refused:
            return _in_a_line(refused)
        return None

    return bars


def _in_a_line(refused: EscalateError) -> str:
    return f"{refused.what}; {refused.remedy}" if refused.remedy else refused.what


def correct(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Mended:
    """Record what an earlier entry should have said; both are kept.

    Raises:
        NotFound: no such entry.
        CannotDecide: a value is of the wrong kind.
    """
    changes = {entry.text("field"): str(entry["value"]) for entry in answers.entries("changes")}
    entry, chain = int(answers.text("entry")), desk.chain

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        corrected = mending.correct(opened.chronology, entry, changes, answers.text("reason"), desk.today)
        return mending.in_chain(chain, [corrected], opened.chronology)

    recorded = desk.decide(stream, decide, draft=draft)
    issued = tuple(
        event.fact
        for event in recorded.after.case.of(e.FormIssued)
        if isinstance(event.fact, e.FormIssued) and event.sequence > entry
    )
    return Mended(recorded, issued)


def redact(desk: Desk, stream: str, answers: Answers) -> Mended:
    """Remove words wherever they stand in a case (ledger, read models) or in any draft, in one transaction.

    Raises:
        NotFound: the words stand nowhere in the case.
    """
    words = [entry.text("words") for entry in answers.entries("words")]
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        kept_before = {draft.id for draft in all_drafts(book.reading)}
        chronology = book.events(stream)
        found = mending.redact(chronology, words, answers.text("reason"), desk.today)
        before = desk.read(book, stream)
        told_before = words_told(book.reading, stream)
        events = book.append(stream, desk.new_events(mending.in_chain(book.chain, found.decided, chronology)), scribe)
        drafts = book.drop_drafts_holding(found.sought.search)
        book.blank(stream, found.sequences)
        received = [x for x in chronology if x.sequence in found.sequences and x.kind == e.FormReceived.kind]
        book.drop_received([event.id for event in received])
        points = points_touched(before.case, chronology, found.sequences)
        after = desk.keep(book, stream)
        touched = Touched(stream, points, told_before, words_told(book.reading, stream))
        told = tuple(removed_from_reports(book.events(REPORTS), touched, found.sought, desk.today))
        if told:
            book.append(REPORTS, desk.new_events([decided for decided, _ in told]), scribe)
            book.blank(REPORTS, [decided.target or 0 for decided, _ in told])
        forgotten = kept_before - {draft.id for draft in all_drafts(book.reading)}
        folders = tuple(folder for folder in issued_folders(book.reading) if found.sought.search(folder))
    cleared, texts_left = clear_texts(desk.home, forgotten, found.sought.search)
    backups = _backups(desk.ledger.path)
    removed = tuple(event.sequence for event in received)
    unread = tuple(
        event.sequence
        for event in chronology
        if isinstance(event.fact, e.FormReceived) and event.fact.how == "typed in by hand"
    )
    return Mended(
        recorded=Recorded(before, after, events),
        issued=found.issued,
        backups=backups,
        folders=folders,
        drafts=drafts,
        files_removed=removed,
        texts_removed=cleared,
        texts_left=tuple(str(path) for path in texts_left),
        files_unread=tuple(entry for entry in unread if entry not in removed),
        reports=tuple(number for _, number in told),
    )


def _backups(database: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in database.parent.glob(f"{database.name}.*.bak")))
