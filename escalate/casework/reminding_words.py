"""What whoever is reminded reads of a case: how it stands with them, and nobody of the family by name."""

from __future__ import annotations

from dataclasses import dataclass

from escalate.core.case import Case
from escalate.core.identifying import Identifier, find_identifiers
from escalate.core.owing_people import Owing
from escalate.core.policy import Policy
from escalate.core.references import initials
from escalate.core.settled import stage_with


@dataclass(frozen=True, slots=True)
class Known:
    """A case as it is read once: its fold, what would name its family, and the words of its heading."""

    case: Case
    naming: tuple[Identifier, ...]
    heading: str
    policy: Policy


def receiving_named(case: Case, to: Owing) -> str:
    """Return the receiving agency for which somebody owes, by opaque id; "" where it is none of them."""
    named = (one for one in case.raised.receiving_agencies if case.name_of(one) == to.agency)
    return next(named, "")


def stands(known: Known, to: Owing) -> str:
    """Return how the case stands with whoever reads it: of one with which it is settled, nothing that came after."""
    case, receiving = known.case, receiving_named(known.case, to)
    settled_on = case.settled_on(receiving) if receiving else None
    if settled_on and (case.state == "open" or settled_on != case.ended_on):
        return f"It was resolved with you at {known.policy.say_stage(stage_with(case, receiving))}."
    match case.state:
        case "open":
            return f"It is at {known.policy.say_stage(case.stage)}."
        case "withdrawn":
            return "The case is closed: it was withdrawn."
        case "to check":
            return f"It was resolved at {known.policy.say_stage(case.stage)}; what was agreed is still to be checked."
        case _:
            return f"The case is closed: it was resolved at {known.policy.say_stage(case.stage)}."


def without_names(words: str, known: Known) -> str:
    """Return an agreed action's words with nobody of the family named, not by a child's initials either."""
    for hit in reversed(find_identifiers(words, known.naming)):
        instead = known.naming[hit.index].instead
        said = next((one for one in instead if one.startswith(("the ", "a "))), instead[0])
        words = f"{words[: hit.start]}{said}{words[hit.end :]}"
    for child in known.case.children:
        short = initials(child.name)
        words = words.replace(short, "the child") if len(short) > len("R.") else words
    return words
