"""Whether an edition still governs: asked at each raise where it is superseded, overdue or not yet in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.ask.dates import format_date
from escalate.ask.question import Question, Step
from escalate.core.policy import Policy
from escalate.files.policies.editions import Edition, newer_edition


def edition_questions(policy: Policy, today: date, here: Sequence[Edition]) -> tuple[Step, ...]:
    """Return the question whether the edition still governs, where there is a doubt about it; else none.

    There is one from the day it is superseded, from the day after its review was due, until the day it comes into
    force, and where a newer edition of the same partnership is here and in force.

    Args:
        here: the headers of the editions here.
    """
    header = policy.policy
    why = []
    if header.superseded_on and header.superseded_on <= today:
        why.append(f"This edition was superseded on {format_date(header.superseded_on)}.")
    if header.review_due and header.review_due < today:
        printed = f' (printed: "{header.review_as_printed}")' if header.review_as_printed else ""
        why.append(f"This edition was due for review on {format_date(header.review_due)}{printed}.")
    if header.in_force_from and today < header.in_force_from:
        why.append(f"This edition is in force only from {format_date(header.in_force_from)}.")
    if newer := newer_edition(policy.name, today, here):
        why.append(f"A newer edition is here: {newer}.")
    if not why:
        return ()
    return (
        Question(
            id="still_governs",
            text="Does it still govern this case, and who says so?",
            kind="text",
            required=True,
            notice="\n".join(why),
            label="Edition still governs",
            help="A case stays under the edition it is raised in. A name or a post, and what they said; "
            "your partnership's business manager can tell.",
        ),
    )
