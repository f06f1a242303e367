"""Which of the policy's forms a case asks for now: owed, or on offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.moments import Occurrence, occurrences, parse_moment
from escalate.core.owed import item_of_key
from escalate.core.policy import FormUse, Policy

Standing = Literal["owed", "issued", "offered", "not asked for"]


@dataclass(frozen=True, slots=True)
class FormDue:
    """One form of the policy in one case: "owed", "issued" since, "offered" at this stage, or "not asked for" now."""

    use: FormUse
    standing: Standing


def forms_due(case: Case, policy: Policy) -> tuple[FormDue, ...]:
    """Return every form of the policy and whether this case owes it, is offered it, or neither.

    A form owed at a stage is owed from when the stage is entered, and again at the next that owes it; one owed by an
    event, again after each.

    Args:
        policy: with its followed readings put in (`policy.follow`).
    """
    return tuple(FormDue(use, _standing(use, case, policy)) for use in policy.form)


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


def _standing(use: FormUse, case: Case, policy: Policy) -> Standing:
    here = [] if case.stage not in use.owed_at else [case.stage_entries[-1].sequence]
    causes = here + [one.entry for moment in use.owed_when for one in occurrences(parse_moment(moment), case)]
    if not causes:
        return "offered" if case.stage in use.offered_at else "not asked for"
    issued = [x.sequence for x in case.of(e.FormIssued) if cast(e.FormIssued, x.fact).form == use.form]
    # One that escalate cannot fill is sent when what it belongs to is done.
    items = {duty.id for duty in policy.duty if duty.form == use.form} | {sending(use.form)}
    issued += [x.sequence for x in case.of(e.DutyDone) if item_of_key(cast(e.DutyDone, x.fact).item) in items]
    return "issued" if issued and max(issued) > max(causes) else "owed"
