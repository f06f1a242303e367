"""What a case says to the messages drafted from it: to the counterpart, the next stage, the child's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.days import MONTHS, WEEKDAYS
from escalate.core.forms.answers import About, Author, case_data
from escalate.core.forms.data_case import action_line
from escalate.core.logged import is_logged
from escalate.core.owed import Owed
from escalate.core.policy import Policy


def letter_data(case: Case, policy: Policy, owed: Sequence[Owed], sender: str, today: date) -> dict[str, str]:
    """Return the words of a case by the names its messages use; what is not known is empty.

    Dates are written out ("Fri 10 Apr 2026"). No message names a child but the one for the child's own file.
    """
    raised = case.raised
    stage = policy.stage_of(case.stage)
    data = case_data(case, policy, About(), Author(), today).of_case
    return {
        "reference": case.reference,
        "partnership": policy.policy.partnership,
        "policy_title": policy.policy.title,
        "edition": policy.policy.edition,
        "stage_title": stage.title if stage else case.stage,
        "raising": case.name_of(raised.raising_agency),
        "receiving": data["agency.receiving"],
        # A logged case is of neither agency's record: whoever opened it signs for the partnership.
        "agency": case.name_of(case.opening.for_agency if is_logged(case) else case.our_agency),
        "counterpart": next((case.name_of(person) for person in raised.counterparts), ""),
        "at_risk": case.risk if case.risk != "no" else "",
        "is_about_children": "yes" if case.children else "",
        "subject": ", ".join(child.name for child in case.children) or raised.about_theme,
        "sender": sender,
        "today": day(today),
        "decision": raised.decision,
        "decision_on": day(raised.decision_received_on),
        "concern": raised.concern,
        "risk": raised.risk_to_child,
        "evidence": raised.evidence,
        "nature": raised.nature,
        "wanted": raised.outcome_wanted,
        "they_want": raised.they_want,
        "history": data["case.history"],
        "actions": data["discussion.actions"],
        "has_a_time": "yes" if policy.resolving(case.stage) else "",
        "resolve_by": _resolve_by(case, policy, owed, today),
        "is_ended": "yes" if case.ended_on else "",
        "ended_on": day(case.ended_on),
        **_told(case),
        **_resolved(case, policy),
    }


def addressed(words: dict[str, str], case: Case, policy: Policy, agency: str) -> dict[str, str]:
    """Return the words of a case for one receiving agency: its counterpart, telling, outcome and actions."""
    there = (person for person in case.raised.counterparts if case.parties[person].agency == agency)
    alone = len(case.raised.receiving_agencies) == 1
    actions = [agreed.action for agreed in case.actions if alone or agreed.agency in ("", agency)]
    return {
        **words,
        "receiving": case.name_of(agency),
        "counterpart": next((case.name_of(person) for person in there), ""),
        "actions": "\n".join(action_line(action) for action in actions),
        **_told(case, agency),
        **_resolved(case, policy, agency),
    }


def resolved_agencies(case: Case) -> tuple[str, ...]:
    """Return the receiving agencies with which there is a resolution to confirm."""
    found = ((agency, case.outcome_of(agency)) for agency in case.raised.receiving_agencies)
    return tuple(a for a, event in found if event and cast(e.OutcomeRecorded, event.fact).outcome == "resolved")


def told_agencies(case: Case) -> tuple[str, ...]:
    """Return the receiving agencies that were told by word of mouth, so that a written follow-up is owed them."""
    told = {fact.agency for x in case.of(e.CounterpartTold) if (fact := cast(e.CounterpartTold, x.fact)).is_verbal}
    return tuple(agency for agency in case.raised.receiving_agencies if agency in told)


def day(on: date | None) -> str:
    """Return a date with its weekday, "Fri 10 Apr 2026", or "" for none; English whatever the computer's language."""
    if on is None:
        return ""
    return f"{WEEKDAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def _resolve_by(case: Case, policy: Policy, owed: Sequence[Owed], today: date) -> str:
    """Return by when this stage is to be resolved, "" where no day is known."""
    resolving = {clock.id for clock in policy.resolving(case.stage)}
    dated = [one for one in owed if one.item in resolving and one.due_on]
    first = min(dated, key=lambda one: one.due_on or date.max, default=None)
    if first is None or first.due_on is None:
        return ""
    passed = ", which has passed" if first.due_on < today else ""
    return f"{day(first.due_on)}{passed}{' (as a guide)' if first.is_guide else ''}"


def _told(case: Case, agency: str = "") -> dict[str, str]:
    told = [x for x in case.of(e.CounterpartTold) if agency in ("", cast(e.CounterpartTold, x.fact).agency)]
    fact = cast(e.CounterpartTold, told[-1].fact) if told else None
    return {
        "told_on": day(told[-1].occurred_on) if told else "",
        "told_how": fact.how if fact else "",
        "told_said": fact.said if fact else "",
    }


def _resolved(case: Case, policy: Policy, agency: str = "") -> dict[str, str]:
    found = [
        (event.occurred_on, fact)
        for event in case.of(e.OutcomeRecorded)
        if (fact := cast(e.OutcomeRecorded, event.fact)).outcome == "resolved"
        and event.sequence > case.reopened_at
        and agency in ("", fact.agency)
    ]
    return {
        "resolved_on": day(found[-1][0]) if found else "",
        "resolved_stage": policy.say_stage(found[-1][1].stage) if found else "",
        "agreed": "\n".join(fact.decision for _, fact in found if fact.decision),
        "outstanding": "\n".join(fact.outstanding for _, fact in found if fact.outstanding),
    }
