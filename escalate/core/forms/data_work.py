"""What was done on a case, as its forms are told: the latest discussion, agreed actions, oversight, duties, details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from escalate.core import events as e
from escalate.core.case import AgreedAction, Case
from escalate.core.forms.data_case import action_line, in_one_line
from escalate.core.forms.keys import DUTY
from escalate.core.owed import item_of_key


def discussion_said(case: Case) -> dict[str, str]:
    """Return the latest discussion, and the agreed actions of the whole case."""
    latest = case.latest(e.DiscussionRecorded)
    outcome = case.latest(e.OutcomeRecorded)
    discussed = cast(e.DiscussionRecorded, latest.fact) if latest else None
    decided = cast(e.OutcomeRecorded, outcome.fact).decision if outcome else ""
    recommended = case.latest(e.RecommendationMade)
    actions = [agreed.action for agreed in case.actions]
    return {
        "discussion.date": latest.occurred_on.isoformat() if latest else "",
        "discussion.options": discussed.options if discussed else "",
        "discussion.decision": decided or (discussed.decision if discussed else ""),
        "discussion.actions": "\n".join(action_line(action) for action in actions),
        "action.owners": "; ".join(dict.fromkeys(action.owner for action in actions if action.owner)),
        "discussion.recommendations": (
            cast(e.RecommendationMade, recommended.fact).recommendation
            if recommended
            else (discussed.recommendations if discussed else "")
        ),
    }


def oversight_said(case: Case) -> dict[str, str]:
    """Return the latest oversight by a manager; empty where there is none."""
    latest = case.latest(e.OversightRecorded)
    if latest is None:
        return {}
    fact = cast(e.OversightRecorded, latest.fact)
    return {
        "oversight.note": fact.note,
        "oversight.manager_and_date": f"{fact.manager}, {latest.occurred_on:%d/%m/%Y}",
    }


def duties_said(case: Case) -> dict[str, str]:
    """Return what was recorded of each duty, a line for each time: the day, to whom, how, the note."""
    found: dict[str, list[str]] = {}
    for event in case.events:
        on, fact = f"{event.occurred_on:%d/%m/%Y}", event.fact
        if isinstance(fact, e.DutyDone):
            to = f"to {fact.to}" if fact.to else ""
            by = f"by {fact.how}" if fact.how else ""
            said = ", ".join(part for part in (on, to, by) if part)
            words = f"{said}: {in_one_line(fact.note)}" if fact.note else said
        elif isinstance(fact, e.DutyNotApplicable):
            words = f"{on}: not applicable: {in_one_line(fact.reason)}"
        else:
            continue
        found.setdefault(DUTY + item_of_key(fact.item), []).append(words)
    return {duty: "\n".join(said) for duty, said in found.items()}


def action_rows(case: Case) -> tuple[dict[str, str], ...]:
    """Return a row for each agreed action, in the order agreed."""
    return tuple(
        {
            "action.what": agreed.action.what,
            "action.owner": agreed.action.owner,
            "action.by_on": agreed.action.by_on.isoformat() if agreed.action.by_on else "",
            "action.done": _done(agreed),
        }
        for agreed in case.actions
    )


def _done(agreed: AgreedAction) -> str:
    if agreed.checked is None or agreed.checked_on is None:
        return ""
    said = f"{agreed.checked.was_done}, {agreed.checked_on:%d/%m/%Y}"
    return f"{said}: {in_one_line(agreed.checked.note)}" if agreed.checked.note else said


def details_said(case: Case, child: str) -> Mapping[str, str]:
    """Return what only forms ask for, by its key: of the case, and of this child, the last that was recorded.

    Args:
        child: the child's opaque id; where it is empty and the case is about one child alone, that one is meant.
    """
    about = child or (case.raised.children[0] if len(case.raised.children) == 1 else "")
    found: dict[str, str] = {}
    for subject in dict.fromkeys(("", about)):
        for event in case.of(e.DetailsRecorded):
            fact = cast(e.DetailsRecorded, event.fact)
            if fact.child == subject:
                found |= fact.details
    return found


def need_levels(details: Mapping[str, str]) -> str:
    """Return the level of need as it is and as it is perceived, a line each."""
    parts = (("Current", details.get("need.current", "")), ("Proposed", details.get("need.perceived", "")))
    return "\n".join(f"{label}: {words}" for label, words in parts if words)
