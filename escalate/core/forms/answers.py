"""What a case says under the names that forms ask for: "child.name", "discussion.decision", as text.

Only what a form's own fields ask for reaches it (`answers_for`). Dates are ISO text, lists are lines. The names are
those of `core.forms.keys`; what nobody recorded is empty, and nothing is made up to fill a box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import Done, concern_said, learned, what_was_done
from escalate.core.forms.data_ending import ending_said
from escalate.core.forms.data_people import child_said, in_initials, people_rows, people_said, without_child
from escalate.core.forms.data_stages import span_of, stages_said
from escalate.core.forms.data_work import (
    action_rows,
    details_said,
    discussion_said,
    duties_said,
    need_levels,
    oversight_said,
    with_known_plans,
)
from escalate.core.forms.dates import format_form_date
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.details import RECURRING
from escalate.core.policy import Policy, follow

_BEFORE, _SINCE = "case.actions_taken", "case.progress"
_STAGES = ("case.stage", "case.resolved_stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Whoever fills a form in, as `setup` knows them; `person` is their opaque id."""

    person: str = ""
    name: str = ""
    role: str = ""
    agency: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one issue of a form is about.

    `child` is the opaque id of the child it is for, or "" for a form that is about the case; `stage` the one it is the
    record of, or "" for a form of the whole case. `recurring` are lines about earlier escalations, known from other
    cases: references and nothing else of them.
    """

    child: str = ""
    stage: str = ""
    recurring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """What a case has for forms, by key.

    `of_case` is what the case says; `of_stages` what it says of one stage, by (stage, key); `rows` what tables have
    rows of ("children", "actions", "people"), each row by key; `details` what only forms ask for, as recorded.
    `parted` is, by form, what was done before the first stage that the form is for, and since: of a form that asks for
    both, neither says the other. `titles` are the stages' own titles, by id. `is_resolved`: there is an end to
    tell of, of the case or of the stage it is the record of.
    """

    of_case: Mapping[str, str]
    of_stages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    parted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    is_resolved: bool = True


def answers_for(definition: FormDefinition, data: FormData) -> dict[str, str]:
    """Return what fills each field, by field id in the form's order: empty where the case has nothing.

    What no field asks for is left behind, and so is everything for fields that others fill in, or that are for the end
    of a case before it. A child is named as the definition says: in full, by initials, or not at all. A choice that has
    no such option stays empty.
    """
    asks = {one.fills for one in definition.fields}
    of_case = _naming(definition, data.of_case)
    if {_BEFORE, _SINCE} <= asks and definition.id in data.parted:
        of_case |= dict(zip((_BEFORE, _SINCE), data.parted[definition.id], strict=True))
    details = _naming(definition, data.details)
    found: dict[str, str] = {}
    for one in definition.fields:
        if one.asks:
            said = details.get(one.asks, "")
        elif one.of_stage:
            said = data.of_stages.get((one.of_stage, one.fills), "")
        else:
            said = of_case.get(one.fills, "")
        found[one.id] = _answer(one, said, data)
    for table in definition.tables:
        for number, row in enumerate(data.rows.get(table.rows_of, ()), start=1):
            named = _naming(definition, row)
            for column in table.columns:
                found[table.cell(number, column).id] = _answer(column, named.get(column.asks or column.fills, ""), data)
    return {one.id: found.get(one.id, "") for one in definition.fields_in(found)}


def _naming(definition: FormDefinition, said: Mapping[str, str]) -> dict[str, str]:
    """Return what is said with children named as this form names them."""
    match definition.names:
        case "initials":
            return in_initials(said)
        case "nobody":
            return without_child(said)
        case _:
            return dict(said)


def _answer(one: FormField, said: str, data: FormData) -> str:
    """Return what is said as this field takes it."""
    if one.filled_by == "them" or (one.when_resolved and not data.is_resolved):
        return ""
    if said in one.options:
        return said
    if one.kind == "choice":
        return ""
    if one.fills in _STAGES:
        return data.titles.get(said, said)
    if one.kind != "date" and one.fills.endswith(("_on", ".date")) and said:
        return format_form_date(date.fromisoformat(said))
    return said


def case_data(case: Case, policy: Policy, about: About, author: Author, today: date) -> FormData:
    """Return what the case says, by key; what it does not say is absent or empty.

    Args:
        policy: the case's own, as its file says it.
        author: whoever fills the form in.
        today: the day it is filled in.
    """
    done, span = what_was_done(case, policy), span_of(case, about.stage)
    told = [one for one in done if one.entry in span]
    steps = [one for one in told if not one.is_beside]
    stages = stages_said(case, done)
    concern = concern_said(case, policy)
    completed_by = ", ".join(part for part in (author.name, author.role) if part)
    said = {
        **concern,
        **people_said(case, span),
        **discussion_said(case, span, author.person, completed_by),
        **oversight_said(case, span),
        **duties_said(case, span),
        **ending_said(case, policy, span),
        **_of_stage(case, about.stage),
        "case.recurring": _recurring(concern["case.themes"], case, about),
        "case.history": "\n".join(one.dated for one in steps),
        _BEFORE: "\n".join(one.dated for one in steps),
        _SINCE: "\n".join(one.with_stage(policy) for one in told),
        "form.escalated_on": (case.entered(about.stage) or case.stage_entries[-1]).occurred_on.isoformat(),
        "form.completed_by": completed_by,
        "form.completed_by_name": author.name,
        "form.completed_by_role": author.role,
        "form.completed_by_agency": author.agency,
        "form.completed_by_email": author.email,
        "form.completed_on": today.isoformat(),
    }
    of_child = _of_child(case, about.child, today)
    # One row for each child; a case about practice in general has one without a child.
    children = tuple({**said, **_of_child(case, one, today)} for one in case.raised.children or ("",))
    return FormData(
        of_case={**said, **of_child},
        of_stages=stages,
        rows={"children": children, "actions": action_rows(case, span), "people": people_rows(case, span)},
        details=with_known_plans(case, about.child, details_said(case, about.child)),
        parted=dict(_parted(case, policy, done)),
        titles={stage.id: stage.title for stage in policy.stage},
        is_resolved=case.state in ("to check", "ended") or stages.get((about.stage, "stage.resolved")) == "No",
    )


def _of_stage(case: Case, stage: str) -> dict[str, str]:
    """Return what the record of one stage says otherwise than the case; nothing for the whole case."""
    return {"case.stage": stage, "case.learning": "\n".join(learned(case, stage))} if stage else {}


def _recurring(themes: str, case: Case, about: About) -> str:
    """Return the themes, what somebody said of the issue's recurring, and the earlier escalations."""
    said = details_said(case, about.child).get(RECURRING, "")
    return "\n".join(part for part in (themes, said, *about.recurring) if part)


def _of_child(case: Case, child: str, today: date) -> dict[str, str]:
    details = details_said(case, child)
    known = with_known_plans(case, child, details)
    return {**known, **child_said(case, child, today), "need.levels": need_levels(details)}


def _parted(case: Case, policy: Policy, done: Sequence[Done]) -> list[tuple[str, tuple[str, str]]]:
    """Return, for each form of the policy, what was done before the first of its stages was entered, and since."""
    parted = []
    for use in follow(policy).form:
        stages = (*use.owed_at, *use.offered_at)
        entered = (x.sequence for x in case.stage_entries if cast(e.StageEntered, x.fact).stage in stages)
        first = next(entered, case.last_sequence + 1)
        before = [one.dated for one in done if one.entry < first and not one.is_beside]
        since = [one.with_stage(policy) for one in done if one.entry >= first]
        parted.append((use.form, ("\n".join(before), "\n".join(since))))
    return parted
