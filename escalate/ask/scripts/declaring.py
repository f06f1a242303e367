"""The interview of `calendar add`: which days are off, whose, why, and where that is published."""

from __future__ import annotations

from datetime import date

from escalate.ask.question import Option, Question, Script, answered
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.naming_agencies import is_ours_spelt_otherwise
from escalate.core.answers import Answers, Value
from escalate.core.policy_items import NATIONS

CLOSURE, HOLIDAY, AGENCY = "closure", "holiday", "agency closure"


def _is_not_before_the_first(value: Value, answers: Answers) -> str | None:
    first = answers.day("day")
    return "the last day is before the first" if first and isinstance(value, date) and value < first else None


def declare_script(known: Known, partnership: str) -> Script:
    """Return the interview of `calendar add`.

    Args:
        partnership: the prefix of the policy named at setup: whose closure it is unless another is said.
    """
    return (
        Question(
            id="kind",
            text="What kind of day off is it?",
            kind="choice",
            options=(
                Option(CLOSURE, "a closure that the partnership has declared: deadlines of its cases move"),
                Option(HOLIDAY, "a bank holiday proclaimed once, for the whole nation: deadlines of all cases move"),
                Option(AGENCY, "an agency's own closure, such as school holidays: shown beside deadlines, moving none"),
            ),
            required=True,
            label="Kind",
            help="Only what the partnership or the nation declares moves a deadline. An agency's own days "
            "off never do.",
        ),
        Question(
            id="agency",
            text="Which agency is closed?",
            kind="text",
            required=True,
            offered=known.agencies,
            default=known.own_agency,
            when=answered("kind", AGENCY),
            doubt=lambda value, _: is_ours_spelt_otherwise(known, value),
            asks="who",
            label="Agency",
            help="The agency whose people are away. Deadlines stay, and are shown with the question who covers.",
        ),
        Question(
            id="partnership",
            text="Which partnership's cases, by the prefix of their references?",
            kind="text",
            default=partnership,
            when=answered("kind", CLOSURE),
            label="Partnership",
            help="The capital letters before the year in its references: KSCP in KSCP-2026-0007-Q4TX.",
        ),
        Question(
            id="nation",
            text="Whose bank holiday is it?",
            kind="choice",
            options=tuple(map(Option, NATIONS)),
            default=known.setup.nation if known.setup else "England",
            when=answered("kind", HOLIDAY),
            label="Bank holiday of",
            help="A holiday of one nation moves no deadline that is counted by another's.",
        ),
        Question(
            id="day",
            text="On which day, or from which?",
            kind="date",
            required=True,
            label="First day",
            help="The first day that is no working day. Every deadline that would move is shown before "
            "anything is recorded.",
        ),
        Question(
            id="until",
            text="Until which day, if it is more than one?",
            kind="date",
            check=_is_not_before_the_first,
            label="Last day",
            help="The last day of it, which is closed as well. Enter: it is one day.",
        ),
        Question(
            id="because",
            text="What is it called?",
            kind="text",
            required=True,
            example="Partnership closed",
            label="Called",
            help="What stands beside each date it moves.",
        ),
        Question(
            id="source",
            text="Where is that published, or who declared it?",
            kind="text",
            example="Partnership bulletin 12, 2 November 2026",
            label="Source",
            help="Whoever asks later why a deadline moved reads this.",
        ),
    )
