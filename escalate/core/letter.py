"""What a case says to the messages drafted from it: to the counterpart, the next stage, the child's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.days import MONTHS, WEEKDAYS
from escalate.core.forms.answers import About, Author, case_data
from escalate.core.forms.data_case import action_line, stage_at
from escalate.core.logged import is_logged
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.core.settled import stage_resolved


def letter_data(case: Case, policy: Policy, owed: Sequence[Owed], sender: str, today: date) -> dict[str, str]:
    """Return the words of a case by the names its messages use; what is not known is empty.

    Dates are written out ("Fri 10 Apr 2026"). People's words stand as they were entered: what leaves by e-mail goes
    through `letter_names.with_initials`.
    """
    raised = case.raised
    data = case_data(case, policy, About(), Author(), today).of_case
    return {
        "reference": case.reference,
        "partnership": policy.policy.partnership,
        "policy_title": policy.policy.title,
        "edition": policy.policy.edition,
        "stage_title": _title(policy, case.stage),
        "raising": case.name_of(raised.raising_agency),
        "receiving": data["agency.receiving"],
        # A logged case is of neither agency's record: whoever opened it signs for the partnership. Where it is known
        # who signs, `casework.messaging` puts their own agency here.
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
        "child_said": raised.child_said,
        "family": "\n".join(words for words in (raised.family_knows, raised.family_not_told) if words),
        "history": data["case.history"],
        "actions": data["discussion.actions"],
        **_resolving(policy, owed, case.stage, today),
        "is_ended": "yes" if case.ended_on else "",
        "ended_on": day(case.ended_on),
        **_told(case),
        **_resolved(case, policy),
    }


def addressed(words: dict[str, str], case: Case, policy: Policy, agency: str) -> dict[str, str]:
    """Return the words of a case for one receiving agency: its counterpart, telling, outcome and actions."""
    there = (person for person in case.raised.counterparts if case.parties[person].agency == agency)
    alone = len(case.raised.receiving_agencies) == 1
    stage = stage_resolved(case, agency)
    actions = [
        agreed.action
        for agreed in case.actions
        if (alone or agreed.agency in ("", agency)) and (not stage or agreed.action.id in _agreed_at(case, stage))
    ]
    return {
        **words,
        "receiving": case.name_of(agency),
        "counterpart": next((case.name_of(person) for person in there), ""),
        "actions": "\n".join(action_line(action) for action in actions),
        **_told(case, agency),
        **_resolved(case, policy, agency),
    }


def _agreed_at(case: Case, stage: str) -> set[str]:
    """Return the ids of the actions agreed at a stage: what was agreed below it is no part of what resolved it."""
    talks = (x for x in case.events if isinstance(x.fact, (e.DiscussionRecorded, e.OutcomeRecorded)))
    facts = (cast(e.DiscussionRecorded | e.OutcomeRecorded, x.fact) for x in talks if stage_at(case, x) == stage)
    return {action.id for fact in facts for action in fact.actions}


def followed_up(case: Case, policy: Policy, owed: Sequence[Owed], agency: str, today: date) -> dict[str, str]:
    """Return what the written follow-up to one agency has beyond a message: the telling it follows up, and its stage.

    Where the case has gone up since, or ended, `since` says so, and what was to come at that stage is left out.
    """
    event = [x for x in case.of(e.CounterpartTold) if _is_verbal_to(agency, x)][-1]
    fact = cast(e.CounterpartTold, event.fact)
    stage = stage_at(case, event)
    return {
        **_resolving(policy, owed, stage, today),
        **({"counterpart": case.name_of(fact.person)} if fact.person else {}),
        "stage_title": _title(policy, stage),
        "told_on": day(event.occurred_on),
        "told_how": fact.how,
        "told_said": fact.said,
        "since": _since(case, policy, stage),
        "has_a_next": "yes" if stage != policy.stage[-1].id else "",
    }


def _is_verbal_to(agency: str, event: e.Event) -> bool:
    fact = cast(e.CounterpartTold, event.fact)
    return fact.is_verbal and fact.agency == agency


def _since(case: Case, policy: Policy, stage: str) -> str:
    """Return what became of a case since it was at `stage`, as a sentence; "" where it is there still, and open."""
    if case.ended_on:
        return f"Since then this has ended, on {day(case.ended_on)}."
    if case.stage != stage:
        entry = case.entered(case.stage)
        on = f" on {day(entry.occurred_on)}" if entry else ""
        return f"Since then this has gone up{on}, to: {_title(policy, case.stage)}."
    return ""


def _title(policy: Policy, stage: str) -> str:
    found = policy.stage_of(stage)
    return found.title if found else stage


def resolved_agencies(case: Case) -> tuple[str, ...]:
    """Return the receiving agencies with which there is a resolution to confirm."""
    return tuple(agency for agency in case.raised.receiving_agencies if stage_resolved(case, agency))


def told_agencies(case: Case) -> tuple[str, ...]:
    """Return the receiving agencies that were told by word of mouth, so that a written follow-up is owed them."""
    told = {fact.agency for x in case.of(e.CounterpartTold) if (fact := cast(e.CounterpartTold, x.fact)).is_verbal}
    return tuple(agency for agency in case.raised.receiving_agencies if agency in told)


def day(on: date | None) -> str:
    """Return a date with its weekday, "Fri 10 Apr 2026", or "" for none; English whatever the computer's language."""
    if on is None:
        return ""
    return f"{WEEKDAYS[on.weekday()][:3]} {on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def _resolving(policy: Policy, owed: Sequence[Owed], stage: str, today: date) -> dict[str, str]:
    """Return by when a stage is to be resolved, "" where no day is known, and whether that is today or has passed."""
    resolving = {clock.id for clock in policy.resolving(stage)}
    dated = [one for one in owed if one.item in resolving and one.due_on]
    first = min(dated, key=lambda one: one.due_on or date.max, default=None)
    by, stands = "", ""
    if first is not None and first.due_on is not None:
        stands = "today" if first.due_on == today else "passed" if first.due_on < today else ""
        before, after = "today, " if stands == "today" else "", ", which has passed" if stands == "passed" else ""
        by = f"{before}{day(first.due_on)}{after}{' (as a guide)' if first.is_guide else ''}"
    return {"has_a_time": "yes" if resolving else "", "resolve_by": by, "resolve_stands": stands}


def _told(case: Case, agency: str = "") -> dict[str, str]:
    told = [x for x in case.of(e.CounterpartTold) if agency in ("", cast(e.CounterpartTold, x.fact).agency)]
    fact = cast(e.CounterpartTold, told[-1].fact) if told else None
    return {
        "told_on": day(told[-1].occurred_on) if told else "",
        "told_how": fact.how if fact and fact.how != "not known" else "",
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
        "changed_for_child": "\n".join(fact.changed_for_child for _, fact in found if fact.changed_for_child),
    }
