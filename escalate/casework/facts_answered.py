"""What several verbs make of the same answers: the answer about risk, urgency, agreed dates and actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.deciding import Decided, next_action_ids
from escalate.core.owed import key_of
from escalate.core.policy import Policy
from escalate.core.time_allowed import clocks_by_agreement


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


def urgency_answered(answers: Answers) -> e.UrgencyJudged | None:
    """Return how urgent the case was judged to be, or None where nobody has said."""
    if not answers.is_known("band"):
        return None
    said = answers.text
    return e.UrgencyJudged(band=said("band"), judged_by=said("judged_by"), reason=said("band_reason"))


def stage_dates_agreed(
    policy: Policy, decided: Sequence[Decided], receiving: Sequence[str], answers: Answers
) -> tuple[Decided, ...]:
    """Return the date by which both sides agreed to finish the stage being entered, for each clock it is asked for."""
    by_on = answers.day("agreed_by_on")
    stage, on = next(((one.fact.stage, one.on) for one in decided if isinstance(one.fact, e.StageEntered)), ("", None))
    if by_on is None or on is None:
        return ()
    agreed = []
    for clock in clocks_by_agreement(policy, stage):
        for place, _ in enumerate(receiving if clock.each != "case" else receiving[:1], 1):
            fact = e.TimescaleAgreed(
                item=key_of(clock.id, place), by_on=by_on, reason="agreed as the stage was entered"
            )
            agreed.append(Decided(fact=fact, on=on))
    return tuple(agreed)


def actions_answered(answers: Answers, case: Case | None, *, after: int = 0) -> tuple[e.Action, ...]:
    """Return the agreed actions of the group `actions`, numbered after the case's own and `after` more."""
    entries = answers.entries("actions")
    ids = next_action_ids(case, after + len(entries))[after:]
    return tuple(
        e.Action(id=action, what=entry.text("what"), owner=entry.text("owner"), by_on=entry.day("by_on"))
        for action, entry in zip(ids, entries, strict=True)
    )
