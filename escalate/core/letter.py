"""What a case says to the messages drafted from it: to the counterpart, the next stage, the child's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.form_answers import case_data
from escalate.core.owed import Owed
from escalate.core.policy import Policy


def letter_data(case: Case, policy: Policy, owed: Sequence[Owed], sender: str, today: date) -> dict[str, str]:
    """Return the words of a case by the names its messages use; what is not known is empty.

    Dates are written out ("Fri 10 Apr 2026"). No message names a child but the one for the child's own file.
    """
    raised = case.raised
    stage = policy.stage_of(case.stage)
    data = case_data(case, policy, "", sender, today)
    return {
        "reference": case.reference,
        "partnership": policy.policy.partnership,
        "policy_title": policy.policy.title,
        "edition": policy.policy.edition,
        "stage_title": stage.title if stage else case.stage,
        "raising": case.name_of(raised.raising_agency),
        "receiving": data["agency.receiving"],
        "agency": case.name_of(case.our_agency),
        "counterpart": next((case.name_of(person) for person in raised.counterparts), ""),
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
        "resolve_by": _resolve_by(case, policy, owed),
        "is_ended": "yes" if case.ended_on else "",
        "ended_on": day(case.ended_on),
        **_told(case),
        **_resolved(case),
    }


def day(on: date | None) -> str:
    """Return a date with its weekday, "Fri 10 Apr 2026", or "" for none; English whatever the computer's language."""
    if on is None:
        return ""
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[on.weekday()]
    month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][on.month - 1]
    return f"{weekday} {on.day} {month} {on.year}"


def _resolve_by(case: Case, policy: Policy, owed: Sequence[Owed]) -> str:
    resolving = {clock.id for clock in policy.clock if clock.stage == case.stage and clock.resolves}
    return day(min((one.due_on for one in owed if one.item in resolving and one.due_on), default=None))


def _told(case: Case) -> dict[str, str]:
    told = case.latest(e.CounterpartTold)
    fact = cast(e.CounterpartTold, told.fact) if told else None
    return {
        "told_on": day(told.occurred_on) if told else "",
        "told_how": fact.how if fact else "",
        "told_said": fact.said if fact else "",
    }


def _resolved(case: Case) -> dict[str, str]:
    found = [
        event
        for event in case.of(e.OutcomeRecorded)
        if cast(e.OutcomeRecorded, event.fact).outcome == "resolved" and event.sequence > case.reopened_at
    ]
    facts = [cast(e.OutcomeRecorded, event.fact) for event in found]
    return {
        "resolved_on": day(found[-1].occurred_on) if found else "",
        "resolved_stage": facts[-1].stage if facts else "",
        "agreed": "\n".join(fact.decision for fact in facts if fact.decision),
        "outstanding": "\n".join(fact.outstanding for fact in facts if fact.outstanding),
    }
