"""The words of the messages drafted from a case, and its record for the child's file."""

from __future__ import annotations

from escalate.casework.desk import Desk, OpenCase
from escalate.core.letter import letter_data
from escalate.store import readers


def message_words(desk: Desk, opened: OpenCase) -> dict[str, str]:
    """Return the words of a case by the names that messages use, signed by whoever set up this database."""
    return letter_data(opened.case, opened.policy, opened.owed, signature(desk), desk.today)


def record_words(desk: Desk, opened: OpenCase, chronology: str) -> dict[str, str]:
    """Return the words of the record for the child's file: the whole chronology, and the ledger's head."""
    with desk.reading() as con:
        anchor = readers.head_anchor(con)
    return {**message_words(desk, opened), "chronology": chronology, "anchor": anchor}


def signature(desk: Desk) -> str:
    """Return name and post of whoever set up this database."""
    person = desk.setup().person
    with desk.reading() as con:
        mine = readers.known_party(con, person)
    return ", ".join(part for part in (mine.name, mine.role) if part) if mine else ""
