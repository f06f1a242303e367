"""What a form that came in says of a case that is not known here: the first guess at what it is logged with."""

from __future__ import annotations

import re
from datetime import date

from escalate.core.answers import Answers
from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.parts_said import parts_said
from escalate.core.forms.returned import ReturnedForm
from escalate.core.logged import Logged, LoggedChild
from escalate.core.policy import Policy
from escalate.core.text import folded

_SEPARATED = re.compile(r"[;\n]+")
_CONCERNS = ("case.concern", "case.difference", "case.key_issues", "stage.concerns", "case.reason", "stage.request")


def stage_said(form: ReturnedForm, policy: Policy) -> str:
    """Return the stage that the form says the case is at, or the highest of which a block says anything, or ""."""
    known = [stage.id for stage in policy.stage]
    called = {name.casefold(): stage.id for stage in policy.stage for name in (stage.id, stage.title)}
    called |= {f"{policy.policy.called} {stage.id}".casefold(): stage.id for stage in policy.stage}
    for key in ("case.stage", "case.resolved_stage"):
        if said := called.get(folded(form.saying(key))):
            return said
    texts = form.texts
    blocks = {one.of_stage for one in form.definition.fields if one.of_stage and one.id in texts}
    return next((stage for stage in reversed(known) if stage in blocks), "")


def days_said(form: ReturnedForm) -> dict[str, date | None]:
    """Return the days the form says, as "concern_on", "stage_on" and "raised_on"; None where it does not say."""
    keys = {"concern_on": "case.concern_on", "stage_on": "form.escalated_on", "raised_on": "case.raised_on"}
    return {what: parse_form_date(form.saying(key).strip()) for what, key in keys.items()}


def agencies_said(form: ReturnedForm) -> tuple[str, str]:
    """Return the agency that raised it and those it was raised with, separated by semicolons; "" where unsaid."""
    raiser = _raiser(form)
    raising = form.saying("agency.raising") or form.saying("form.completed_by_agency") or raiser[2]
    raising = " ".join(raising.split())
    receiving = form.saying("agency.receiving")
    if not receiving:
        everyone = _SEPARATED.split(form.saying("agency.all"))
        receiving = ";".join(one for one in everyone if one.strip().casefold() != raising.casefold())
    return raising, "; ".join(one.strip() for one in _SEPARATED.split(receiving) if one.strip())


def raiser_said(form: ReturnedForm) -> tuple[str, str]:
    """Return who raised it, as the form has it, and in what post; "" where it does not say."""
    name, role, _ = _raiser(form)
    if not name:
        # Where a form does not say who raised it, whoever filled it in did, or somebody with them.
        name, role = form.saying("form.completed_by_name"), form.saying("form.completed_by_role")
    if not name:
        name, role, _ = _parted(form.saying("form.completed_by"))
    return name, role


def child_said(form: ReturnedForm) -> str:
    """Return the child's name as the form has it, in full or by initials; "" where it names none."""
    return " ".join(form.saying("child.name").split())


def child_on(form: ReturnedForm, name: str) -> LoggedChild:
    """Return the child on the form, under the name that somebody confirmed."""
    born_on = parse_form_date(form.saying("child.born_on").strip())
    return LoggedChild(name=name, born_on=born_on, reference=form.saying("child.reference"))


def concern_said(form: ReturnedForm) -> str:
    """Return what the form says is worrying: the first of its fields that speak of it and say anything."""
    return next((said for key in _CONCERNS if (said := form.saying(key))), "")


def _raiser(form: ReturnedForm) -> tuple[str, str, str]:
    """Return name, role and agency of "Alex Practitioner, Designated Safeguarding Lead, Invented Primary School"."""
    return _parted(form.saying("people.raiser"))


def _parted(said: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in re.split(r"[,\n]", said) if part.strip()]
    name, role, agency = (*parts, "", "", "")[:3]
    return name, role, agency


def logged_by(form: ReturnedForm, policy: str, answers: Answers, *, child: str) -> Logged:
    """Return what the case is logged with: what was answered, and what of the form nobody needs to be asked.

    Args:
        policy: the name of the edition.
        child: the child as answered, "" for a form that is about no child.
    """
    said = answers.text
    children = (child_on(form, child),) if child else ()
    raised_by, role = raiser_said(form)
    concern_on, stage_on = answers.day("log_concern_on"), answers.day("log_stage_on")
    if concern_on is None or stage_on is None:
        raise ValueError("both days are required answers")
    raised_on = days_said(form)["raised_on"]
    parts = _parts(form)
    return Logged(
        policy=policy,
        their_reference=said("log_their_reference"),
        their_case=form.case,
        raising_agency=said("log_raising"),
        receiving_agencies=tuple(one.strip() for one in said("log_receiving").split(";") if one.strip()),
        children=children,
        about_theme="" if children else said("log_theme"),
        stage=said("log_stage"),
        concern_on=concern_on,
        stage_on=stage_on,
        raised_on=raised_on if raised_on and raised_on >= concern_on else None,
        raised_by=raised_by,
        raised_by_role=role,
        decision=parts.get("decision", ""),
        concern=parts.get("concern", "") or said("log_concern"),
        risk_to_child=parts.get("risk_to_child", ""),
        evidence=parts.get("evidence", ""),
        nature=form.saying("case.nature") or parts.get("nature", ""),
        outcome_wanted=form.saying("case.outcome_wanted") or parts.get("outcome_wanted", ""),
        they_want=parts.get("they_want", ""),
    )


def _parts(form: ReturnedForm) -> dict[str, str]:
    """Return the parts that the form's concern is made of, all of them the concern where none is called so."""
    whole = concern_said(form)
    parts = parts_said(whole)
    alone = parts.pop("", "")
    if "concern" not in parts:
        return {"concern": whole}
    return {**parts, "concern": "\n".join(one for one in (alone, parts["concern"]) if one)}
