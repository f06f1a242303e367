"""Handing a case over: to whom, at which agency, and why."""

from __future__ import annotations

from collections.abc import Collection

from escalate.ask.question import Question, Script
from escalate.ask.scripts.known import Known


def handing_over_script(known: Known, given: Collection[str] = ()) -> Script:
    """Return the interview of `handover`, without the questions that were answered before; no passphrase is asked here.

    Args:
        given: the ids of the questions not to be asked.
    """
    questions = (
        Question(
            id="to",
            text="To whom do you hand the case over?",
            kind="text",
            help="Whoever takes the file in becomes its owner in their own record. Yours stays readable here.",
            offered=known.people,
            required=True,
            label="To",
        ),
        Question(
            id="to_agency",
            text="At which agency?",
            kind="text",
            offered=known.agencies,
            label="Agency",
        ),
        Question(
            id="because",
            text="Why is it handed over?",
            kind="long",
            example="I am on leave from Monday, and stage 2 ends on Wednesday.",
            label="Reason",
        ),
    )
    return tuple(question for question in questions if question.id not in given)
