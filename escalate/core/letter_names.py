"""Messages that leave by e-mail: people's words in them stand without the names of the children and their parents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.identifying import identifiers
from escalate.core.initialled import Everyone, initialled

INITIALS_STAND = "initials_stand"
"""The word of a message that says "yes" where a name in people's words became initials."""

_PEOPLES_WORDS = (
    *("subject", "decision", "concern", "risk", "evidence", "nature", "wanted", "they_want", "child_said", "family"),
    *("history", "actions", "told_said", "agreed", "outstanding", "changed_for_child"),
)


def with_initials(words: Mapping[str, str], case: Case, chronology: Sequence[e.Event]) -> dict[str, str]:
    """Return the words of a message with initials for each child and each recorded parent, and whether any stand there.

    A name counts whole or in part, corrected ones as well as those that replaced them; in an agency's name it stays.

    Args:
        chronology: the case's entries as recorded, so that what corrections replaced is there.
    """
    told = initials_in(case, chronology)
    said = {name: told(text) if name in _PEOPLES_WORDS else text for name, text in words.items()}
    of_words = [name for name in said if name != "subject"]
    stand = any(said[name] != words[name] for name in of_words)
    return {**said, INITIALS_STAND: "yes" if stand else ""}


def initials_in(case: Case, chronology: Sequence[e.Event], everyone: Everyone | None = None) -> Callable[[str], str]:
    """Return what puts initials into words for each child and each recorded parent of a case.

    Args:
        chronology: the case's entries as recorded, so that what corrections replaced is there.
        everyone: for whom initials stand besides those of the case, where their names stand whole.
    """
    recorded = identifiers(case, chronology)
    named = [one.words for one in recorded if one.sort in ("child's name", "parent's name")]
    agencies = [party.name for party in case.parties.values() if party.sort == "agency" and party.name]
    kept = re.compile(f"({'|'.join(map(re.escape, sorted(agencies, key=len, reverse=True)))})" if agencies else "(?!)")

    def told(text: str) -> str:
        parts = kept.split(text)
        return "".join(one if one in agencies else of_people(one) for one in parts)

    def of_people(text: str) -> str:
        # Whole names first: a mother has her own initials, and not her child's with her first name before them.
        text = initialled(text, (), named)
        return initialled(everyone.initialled(text) if everyone else text, named)

    return told
