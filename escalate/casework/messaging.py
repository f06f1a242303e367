"""The words of the messages drafted from a case, and its record for the child's file."""

from __future__ import annotations

from escalate.casework.desk import Desk, OpenCase
from escalate.core.letter import addressed, letter_data, resolved_agencies, told_agencies
from escalate.errors import CannotDecide
from escalate.store import readers


def message_words(desk: Desk, opened: OpenCase) -> dict[str, str]:
    """Return the words of a case by the names that messages use, signed by whoever set up this database."""
    return letter_data(opened.case, opened.policy, opened.owed, signature(desk), desk.today)


def words_to_each(desk: Desk, opened: OpenCase, agencies: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the words of a message to each of these receiving agencies."""
    words = message_words(desk, opened)
    return [addressed(words, opened.case, opened.policy, agency) for agency in agencies]


def confirmations(desk: Desk, opened: OpenCase) -> list[dict[str, str]]:
    """Return the words of the written confirmation for each agency with which it is resolved.

    Raises:
        CannotDecide: it is resolved with none.
    """
    if agencies := resolved_agencies(opened.case):
        return words_to_each(desk, opened, agencies)
    reference = opened.case.reference
    raise CannotDecide(
        f"case {reference}: nothing has been resolved, so there is no outcome to confirm",
        remedy=f"record the resolution first: escalate resolve {reference}",
    )


def follow_ups(desk: Desk, opened: OpenCase) -> list[dict[str, str]]:
    """Return the words of the written follow-up for each agency that was told by word of mouth.

    Raises:
        CannotDecide: none was, as far as is recorded.
    """
    if agencies := told_agencies(opened.case):
        return words_to_each(desk, opened, agencies)
    reference = opened.case.reference
    raise CannotDecide(
        f"case {reference}: nobody has been told by word of mouth, as far as is recorded",
        remedy=f"record whom you told: escalate record {reference}",
    )


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
