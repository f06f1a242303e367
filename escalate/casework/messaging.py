"""The words of the messages drafted from a case, and its record for the child's file."""

from __future__ import annotations

from escalate.casework.desk import Desk, OpenCase
from escalate.casework.setting_up import names_recorded
from escalate.core.letter import addressed, followed_up, letter_data, resolved_agencies, told_agencies
from escalate.core.letter_names import with_initials
from escalate.errors import CannotDecide
from escalate.store import readers


def message_words(desk: Desk, opened: OpenCase) -> dict[str, str]:
    """Return the words of a case for a message that leaves, signed by whoever set up this database."""
    return with_initials(_words(desk, opened), opened.case, opened.chronology)


def words_to_each(desk: Desk, opened: OpenCase, agencies: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the words of a message to each of these receiving agencies."""
    case, words = opened.case, _words(desk, opened)
    each = (addressed(words, case, opened.policy, agency) for agency in agencies)
    return [with_initials(one, case, opened.chronology) for one in each]


def _words(desk: Desk, opened: OpenCase) -> dict[str, str]:
    """Return the words of a case by the names that messages use, people's own as they were entered."""
    words = letter_data(opened.case, opened.policy, opened.owed, signature(desk), desk.today)
    agency = names_recorded(desk)[2]
    return {**words, "agency": agency or words["agency"]}


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
    case, policy, owed = opened.case, opened.policy, opened.owed
    if agencies := told_agencies(case):
        words = _words(desk, opened)
        each = [
            {**addressed(words, case, policy, agency), **followed_up(case, policy, owed, agency, desk.today)}
            for agency in agencies
        ]
        return [with_initials(one, case, opened.chronology) for one in each]
    reference = opened.case.reference
    raise CannotDecide(
        f"case {reference}: nobody has been told by word of mouth, as far as is recorded",
        remedy=f"record whom you told: escalate record {reference}",
    )


def owes_follow_up(opened: OpenCase) -> bool:
    """Return whether something told by word of mouth is still to be followed up in writing."""
    on_telling = {duty.id for duty in opened.policy.duty if "the counterpart told verbally" in duty.when}
    return any(one.is_open and one.item in on_telling for one in opened.owed)


def record_words(desk: Desk, opened: OpenCase, chronology: str) -> dict[str, str]:
    """Return the words of the record for the child's file: the whole chronology, and the ledger's head."""
    with desk.reading() as con:
        anchor = readers.head_anchor(con)
    return {**_words(desk, opened), "chronology": chronology, "anchor": anchor}


def signature(desk: Desk) -> str:
    """Return name and post of whoever set up this database."""
    person = desk.setup().person
    with desk.reading() as con:
        mine = readers.known_party(con, person)
    return ", ".join(part for part in (mine.name, mine.role) if part) if mine else ""
