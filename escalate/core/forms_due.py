"""Which of the policy's forms a case asks for now: owed, or on offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.moments import occurrences, parse_moment
from escalate.core.policy import FormUse, Policy


@dataclass(frozen=True, slots=True)
class FormDue:
    """One form of the policy in one case: "owed", "offered" at this stage, or "not asked for" now."""

    use: FormUse
    standing: Literal["owed", "offered", "not asked for"]


def forms_due(case: Case, policy: Policy) -> tuple[FormDue, ...]:
    """Return every form of the policy and whether this case owes it, is offered it, or neither.

    A form owed at a stage is owed from when the stage is entered, and again at the next that owes it.

    Args:
        policy: with its followed readings put in (`policy.follow`).
    """
    return tuple(FormDue(use, _standing(use, case)) for use in policy.form)


def _standing(use: FormUse, case: Case) -> Literal["owed", "offered", "not asked for"]:
    happened = any(True for moment in use.owed_when for _ in occurrences(parse_moment(moment), case))
    if happened or case.stage in use.owed_at:
        return "owed"
    return "offered" if case.stage in use.offered_at else "not asked for"


def issues_of(case: Case, form: str) -> list[e.FormIssued]:
    """Return what was issued of this form, in order."""
    return [x.fact for x in case.of(e.FormIssued) if isinstance(x.fact, e.FormIssued) and x.fact.form == form]
