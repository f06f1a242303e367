"""The keys by which a form's fields name what fills them, each with what it is in plain words.

`fills` of a field is one of these; `asks` may be one of these or a partnership's own. What a case makes of each key is
`core.forms.answers`; a definition that names a key that is not here would stay empty for ever, and so it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from escalate.core.forms.definition import FormDefinition, FormField, FormTable

DUTY = "duty."

CASE_KEYS: Mapping[str, str] = {
    "case.reference": "the case's reference",
    "case.stage": "the stage the case is at",
    "case.key_issues": "the issue, the risk to the child, the disagreement and what each side wants",
    "case.reason": "why it was raised: the decision disagreed with, and the disagreement",
    "case.difference": "the issue, the concern and the outcome wanted",
    "case.concern": "what is worrying",
    "case.nature": "what the disagreement is about",
    "case.outcome_wanted": "the outcome wanted",
    "case.themes": "the themes of the disagreement",
    "case.recurring": "the themes, and earlier escalations of the same child or theme, by reference",
    "case.learning": "the learning identified, one line each",
    "case.history": "what was done and how each stage ended, dated, one line each",
    "case.actions_taken": "what was done before this stage",
    "case.progress": "meetings, agreed actions and stages, dated, one line each",
    "case.concern_on": "the day of the concern",
    "case.raised_on": "the day it was first raised",
    "case.outcome": "how it ended, and what was agreed",
    "case.resolved_stage": "the stage at which it was resolved",
    "case.resolved_on": "the day it was resolved",
    "case.method": "how the disagreement was resolved",
    "need.levels": "the present level of need, and the one perceived",
    "form.escalated_on": "the day the case entered its stage",
    "form.completed_by": "name and post of whoever fills the form in",
    "form.completed_by_name": "name of whoever fills the form in",
    "form.completed_by_role": "post of whoever fills the form in",
    "form.completed_by_agency": "agency of whoever fills the form in",
    "form.completed_by_email": "e-mail address of whoever fills the form in",
    "form.completed_on": "the day the form is issued",
    "agency.raising": "the agency that raised it",
    "agency.receiving": "the agency or agencies it was raised with",
    "agency.all": "all agencies of the disagreement",
    "people.raiser": "name, post, agency and e-mail address of whoever raised it",
    "people.others": "the other people involved, one line each",
    "child.name": "the child's name, or initials where the form wants those",
    "child.born_on": "the child's date of birth",
    "child.age": "the child's age",
    "child.address": "the child's address",
    "child.reference": "the child's own reference number",
    "child.parental_responsibility": "who has parental responsibility",
    "child.details": "the child's name, date of birth, age and reference number, one line each",
    "discussion.date": "the day of the latest discussion",
    "discussion.decided_on": "the day of the latest discussion or agreement; empty where nobody answered since",
    "discussion.by_whom": "who of your side held the latest discussion, or recorded it",
    "discussion.options": "the options considered",
    "discussion.decision": "what was decided and said, and how the stage ended",
    "discussion.actions": "the agreed actions, one line each",
    "discussion.recommendations": "the recommendations",
    "action.owners": "who carries out the agreed actions",
    "oversight.note": "what a manager noted",
    "oversight.manager_and_date": "the manager, and the day it was discussed",
}
"""What the case says; fields that are of no stage and in no table."""

STAGE_KEYS: Mapping[str, str] = {
    "stage.concerns": "what was worrying at that stage",
    "stage.resolved": "whether it was resolved at that stage: Yes or No",
    "stage.outcome": "how that stage ended, and what was agreed",
    "stage.learning": "the learning identified at that stage",
    "stage.closed_on": "the day that stage ended",
    "stage.request": "what is asked of whoever decides at that stage",
}
"""What the case says of one stage; fields with `of_stage`."""

ASKED_KEYS: Mapping[str, str] = {
    "need.current": "the present level of need",
    "need.perceived": "the level of need perceived",
    "child.gender": "the child's gender",
    "child.ethnicity": "the child's ethnicity",
    "child.send": "the child's special educational needs or disability",
    "case.is_recurring": "whether the issue is a recurring one, and where it came up before",
}
"""Details that only forms ask for. A partnership may ask for others, by a key of its own."""

ROW_KEYS: Mapping[str, Mapping[str, str]] = {
    "children": {
        **{key: says for key, says in CASE_KEYS.items() if key.startswith(("case.", "child.")) or key == "need.levels"},
        **ASKED_KEYS,
    },
    "actions": {
        "action.what": "what is to be done",
        "action.owner": "who does it",
        "action.by_on": "by when",
        "action.done": "whether it was done, and when",
    },
    "people": {
        "person.name": "the person's name",
        "person.role": "the person's post",
        "person.agency": "the person's agency",
    },
}
"""What a row of a table says, by what the table has rows of."""


def keys_for(field: FormField, table: FormTable | None = None) -> Mapping[str, str]:
    """Return the keys a field may be filled by, each with what it is; `table` is the one it is a column of."""
    if table is not None:
        return ROW_KEYS[table.rows_of]
    return STAGE_KEYS if field.of_stage else CASE_KEYS


def is_known_key(field: FormField, table: FormTable | None = None) -> bool:
    """Whether something fills the field by the key it names; a field that names none is filled by hand."""
    return not field.fills or field.fills in keys_for(field, table) or (table is None and _is_of_duty(field.fills))


def nearest_keys(field: FormField, table: FormTable | None = None) -> tuple[str, ...]:
    """Return up to three keys that an unknown one may have been meant for, the nearest first.

    Example:
        >>> nearest_keys(FormField(id="born", label="Born", kind="date", fills="child.bornon"))
        ('child.born_on',)
    """
    return tuple(get_close_matches(field.fills, keys_for(field, table), n=3, cutoff=0.7))


def unknown_keys(definition: FormDefinition) -> tuple[tuple[FormField, FormTable | None], ...]:
    """Return the fields, and columns with their table, whose `fills` names nothing that a case has."""
    fields: list[tuple[FormField, FormTable | None]] = [(field, None) for field in definition.fields]
    columns = [(column, table) for table in definition.tables for column in table.columns]
    return tuple((field, table) for field, table in [*fields, *columns] if not is_known_key(field, table))


def say_filled_by(field: FormField, table: FormTable | None = None) -> str:
    """Return in words what fills a field: "the case: the child's date of birth".

    Example:
        >>> say_filled_by(FormField(id="level", label="Level", kind="text", asks="need.current"))
        'asked once: the present level of need'
    """
    if field.filled_by == "them":
        return "filled in by the partnership"
    if field.asks:
        return f"asked once: {ASKED_KEYS.get(field.asks, field.asks)}"
    if field.kind == "sign":
        return "left to be signed"
    if not field.fills:
        return "filled in by hand"
    if _is_of_duty(field.fills):
        return f"the case: what was recorded of the duty {field.fills.removeprefix(DUTY)}"
    says = keys_for(field, table).get(field.fills, field.fills)
    return f"the case, of stage {field.of_stage}: {says}" if field.of_stage else f"the case: {says}"


def _is_of_duty(key: str) -> bool:
    return key.startswith(DUTY) and len(key) > len(DUTY)
