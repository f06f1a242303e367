"""What was done on a case, as its forms are told: the latest discussion, agreed actions, oversight, duties, details.

A `span` is the entries that count, by sequence: those of the whole case, or of one stage (`data_stages.span_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from escalate.core import events as e
from escalate.core.case import AgreedAction, Case
from escalate.core.forms.data_case import action_line, in_one_line, run_on
from escalate.core.forms.data_talks import talk_said
from escalate.core.forms.keys import DUTY
from escalate.core.owed import item_of_key


def discussion_said(case: Case, span: range, author: str = "", author_name: str = "") -> dict[str, str]:
    """Return the latest discussion and the agreed actions, each with whether it was done.

    Args:
        author, author_name: id, and name with post, of whoever fills the form in.
    """
    actions = _agreed_in(case, span)
    return {
        **talk_said(case, span, author, author_name),
        "discussion.actions": "\n".join(map(_line_of, actions)),
        "action.owners": "; ".join(dict.fromkeys(one.action.owner for one in actions if one.action.owner)),
    }


def _latest(case: Case, kind: type[e.Fact], span: range) -> e.Event | None:
    return next((event for event in reversed(case.of(kind)) if event.sequence in span), None)


def _agreed_in(case: Case, span: range) -> list[AgreedAction]:
    """Return the agreed actions of these entries, with what the whole case says of their being done."""
    talks = (*case.of(e.DiscussionRecorded), *case.of(e.OutcomeRecorded))
    facts = (cast(e.DiscussionRecorded | e.OutcomeRecorded, event.fact) for event in talks if event.sequence in span)
    ids = {action.id for fact in facts for action in fact.actions}
    return [agreed for agreed in case.actions if agreed.action.id in ids]


def _line_of(agreed: AgreedAction) -> str:
    done = _done(agreed)
    return run_on(action_line(agreed.action), f"done: {done}" if done else "")


def oversight_said(case: Case, span: range) -> dict[str, str]:
    """Return the latest oversight by a manager; empty where there is none."""
    latest = _latest(case, e.OversightRecorded, span)
    if latest is None:
        return {}
    fact = cast(e.OversightRecorded, latest.fact)
    return {
        "oversight.note": fact.note,
        "oversight.manager_and_date": f"{fact.manager}, {latest.occurred_on:%d/%m/%Y}",
    }


def duties_said(case: Case, span: range) -> dict[str, str]:
    """Return what was recorded of each duty, a line for each time: the day, to whom, how, the note.

    A duty that a stage's entering brought is of that stage, whenever it was done.
    """
    found: dict[str, list[str]] = {}
    entered = {case.entry_name(entry.sequence): entry.sequence for entry in case.stage_entries}
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
        if entered.get(fact.item.partition("#")[2], event.sequence) not in span:
            continue
        found.setdefault(DUTY + item_of_key(fact.item), []).append(words)
    return {duty: "\n".join(said) for duty, said in found.items()}


def action_rows(case: Case, span: range) -> tuple[dict[str, str], ...]:
    """Return a row for each agreed action, in the order agreed."""
    return tuple(
        {
            "action.what": agreed.action.what,
            "action.owner": agreed.action.owner,
            "action.by_on": agreed.action.by_on.isoformat() if agreed.action.by_on else "",
            "action.done": _done(agreed),
        }
        for agreed in _agreed_in(case, span)
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


_PLANS = {"child protection plan": "On a child protection plan", "looked after": "Looked after"}
"""What is known of a child that a form asks for as its present level of need, by the fact that says so."""


def with_known_plans(case: Case, child: str, details: Mapping[str, str]) -> dict[str, str]:
    """Return the details with the plans that the case knows a child to be on, after what was recorded as its need.

    A plan that the recorded words name already is not said again.

    Args:
        child: the child's opaque id; where it is empty and the case is about one child alone, that one is meant.
    """
    about = child or (case.raised.children[0] if len(case.raised.children) == 1 else "")
    recorded = details.get("need.current", "")
    plans = [says for fact, says in _PLANS.items() if about and case.known(fact, about) == "yes"]
    told = [recorded, *(plan for plan in plans if plan.removeprefix("On a ").casefold() not in recorded.casefold())]
    said = "\n".join(part for part in told if part)
    return {**details, "need.current": said} if said else dict(details)


def need_levels(details: Mapping[str, str]) -> str:
    """Return the level of need as it is and as it is perceived, a line each."""
    parts = (("Current", details.get("need.current", "")), ("Proposed", details.get("need.perceived", "")))
    return "\n".join(f"{label}: {words}" for label, words in parts if words)
