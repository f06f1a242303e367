"""Which of the policy's forms a case asks for now: owed, or on offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.moments import Occurrence, occurrences, parse_moment
from escalate.core.owed import item_of_key
from escalate.core.policy import Duty, FormUse, Policy

Standing = Literal["owed", "issued", "offered", "not asked for"]


@dataclass(frozen=True, slots=True)
class FormDue:
    """One form of the policy in one case: "owed", "issued" since, "offered" at this stage, or "not asked for" now.

    `issued_for` are the children for whom an owed form was issued since: it is owed for the others.
    """

    use: FormUse
    standing: Standing
    issued_for: tuple[str, ...] = ()


def forms_due(case: Case, policy: Policy) -> tuple[FormDue, ...]:
    """Return every form of the policy and whether this case owes it, is offered it, or neither.

    A form owed at a stage is owed from when the stage is entered, and again at the next that owes it; one owed by an
    event, again after each. One that is issued for each child is owed until it was for every one. It is owed no more
    once a duty to send it is closed, by whatever closes that.

    Args:
        policy: with its followed readings put in (`policy.follow`).
    """
    return tuple(_due(use, case, policy) for use in policy.form)


def recipients(use: FormUse, policy: Policy) -> tuple[tuple[str, str], ...]:
    """Return everybody a form goes to, in words and with the contact's id ("" where the policy has none), each once.

    The first is whom the policy names with the form; the others are named by its duties to send it.
    """
    found = {use.contact or use.to: (use.to, use.contact)}
    if use.contact:
        for duty in (one for one in policy.duty if one.form == use.form and one.to):
            found.setdefault(duty.contact or duty.to, (duty.to, duty.contact))
    return tuple(found.values())


def sending(form: str) -> str:
    """Return the name under which a form is owed that no duty of the policy speaks of."""
    return f"send-{form}"


def occasions_of(use: FormUse, case: Case, called: str) -> tuple[tuple[str, Occurrence], ...]:
    """Return each occasion on which a form came to be owed, with its moment: a stage entered, or what owes it.

    Args:
        called: the policy's own word for a stage.
    """
    moments = (*(f"stage {stage} entered" for stage in use.owed_at), *use.owed_when)
    found = ((one, time) for one in moments for time in occurrences(parse_moment(one), case, called=called))
    return tuple(sorted(found, key=lambda one: one[1].entry))


def _due(use: FormUse, case: Case, policy: Policy) -> FormDue:
    causes = [occasion for moment in use.owed_when for occasion in occurrences(parse_moment(moment), case)]
    if case.stage in use.owed_at:
        causes.append(occurrences(parse_moment(f"stage {case.stage} entered"), case)[-1])
    if not causes:
        return FormDue(use, "offered" if case.stage in use.offered_at else "not asked for")
    duties = [duty for duty in policy.duty if duty.form == use.form]
    unmet = [cause for cause in causes if not any(_is_closed(duty, cause, case) for duty in duties)]
    since = max((cause.entry for cause in unmet), default=0)
    if not unmet or since < _last_answered(use, duties, case):
        return FormDue(use, "issued")
    facts = [cast(e.FormIssued, event.fact) for event in case.of(e.FormIssued) if event.sequence > since]
    issued_for = tuple(dict.fromkeys(fact.child for fact in facts if fact.form == use.form))
    is_for_all = "" in issued_for or (bool(issued_for) and set(case.raised.children) <= set(issued_for))
    return FormDue(use, "issued") if is_for_all else FormDue(use, "owed", issued_for)


def _last_answered(use: FormUse, duties: Sequence[Duty], case: Case) -> int:
    """Return the last entry that says that a form was sent, or need not be: so ends one that escalate cannot fill."""
    items = {duty.id for duty in duties} | {sending(use.form)}
    answers = [(event.sequence, cast(e.DutyDone, event.fact).item) for event in case.of(e.DutyDone)]
    answers += [(event.sequence, key) for key, event in case.not_applicable.items()]
    return max((entry for entry, key in answers if item_of_key(key) in items), default=0)


def _is_closed(duty: Duty, cause: Occurrence, case: Case) -> bool:
    """Return whether what the policy says closes a duty happened since, with the agency that it arose with."""
    ends = (one for moment in duty.until for one in occurrences(parse_moment(moment), case))
    is_each = duty.each != "case" and bool(cause.agency)
    return any(one.entry > cause.entry and (not is_each or one.agency in ("", cause.agency)) for one in ends)
