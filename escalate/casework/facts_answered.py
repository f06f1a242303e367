"""What several verbs make of the same answers: the answer about risk, agreed actions."""

from __future__ import annotations

from datetime import date

from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.deciding import Decided, next_action_ids


def risk_answered(answers: Answers, today: date) -> tuple[Decided, ...]:
    """Return the answer about immediate risk as a fact of today; nothing where it was not asked."""
    if not answers.is_known("risk"):
        return ()
    return (
        Decided(
            fact=e.RiskConsidered(
                answer=answers.text("risk"),  # type: ignore[arg-type]  # one of the three options
                keeps_safe=answers.text("keeps_safe"),
                confirmed_by=answers.text("safety_confirmed_by"),
            ),
            on=today,
        ),
    )


def actions_answered(answers: Answers, case: Case | None, *, after: int = 0) -> tuple[e.Action, ...]:
    """Return the agreed actions of the group `actions`, numbered after the case's own and `after` more."""
    entries = answers.entries("actions")
    ids = next_action_ids(case, after + len(entries))[after:]
    return tuple(
        e.Action(id=action, what=entry.text("what"), owner=entry.text("owner"), by_on=entry.day("by_on"))
        for action, entry in zip(ids, entries, strict=True)
    )
