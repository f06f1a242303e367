"""Correcting an entry and redacting words, with who still holds what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from escalate.casework.desk import Desk, DraftOf, OpenCase, Recorded
from escalate.core import events as e
from escalate.core import mending
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.store.issued_files import issued_folders


@dataclass(frozen=True)
class Mended:
    """What was recorded, and what outside the ledger still says it the old way: issued forms, and backups.

    `folders` are those of issued forms whose own names hold removed words; `drafts` counts the unfinished interviews
    that held them, and were forgotten.
    """

    recorded: Recorded
    issued: tuple[e.FormIssued, ...]
    backups: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    drafts: int = 0


def correct(desk: Desk, stream: str, answers: Answers, draft: DraftOf | None = None) -> Mended:
    """Record what an earlier entry should have said; both are kept.

    Raises:
        NotFound: no such entry.
        CannotDecide: a value is of the wrong kind.
    """
    changes = {entry.text("field"): entry.text("value") for entry in answers.entries("changes")}
    entry = int(answers.text("entry"))

    def decide(opened: OpenCase) -> tuple[Decided, ...]:
        return (mending.correct(opened.chronology, entry, changes, answers.text("reason"), desk.today),)

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
        found = mending.redact(book.events(stream), words, answers.text("reason"), desk.today)
        before = desk.read(book, stream)
        events = book.append(stream, desk.new_events(found.decided), scribe)
        drafts = book.drop_drafts_holding(found.sought.search)
        book.blank(stream, found.sequences)
        after = desk.keep(book, stream)
        folders = tuple(folder for folder in issued_folders(book.reading) if found.sought.search(folder))
    backups = _backups(desk.ledger.path)
    return Mended(Recorded(before, after, events), found.issued, backups, folders, drafts)


def _backups(database: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in database.parent.glob(f"{database.name}.*.bak")))
