"""One issue of a form: what marks it, what in it is missing, and what it says otherwise than the issue before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from escalate.core.case import Case
from escalate.core.forms.definition import FormDefinition, FormField

NO_ADDRESS = "address not recorded, ask the partnership before sending"
_OF_A_CHILD = ("child.", "need.")
_BLANK_IF_WITHHELD = ("child.born_on", "child.age")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What marks one issue of a form: printed in its footer and kept in its properties.

    `case_id` is opaque, `issue` this issue's own id, `anchor` the ledger's head before it, `issued_on` the day of
    the event that issues it (never the clock's). `return_to` is the line with the partnership's present address.
    `title` is what the document calls itself: the form's title and the reference where empty; never a name.
    `changes` says which issue this one replaces and which fields are new in it; empty for the first.
    """

    reference: str
    case_id: str
    issue: str
    anchor: str
    issued_on: date
    return_to: str
    title: str = ""
    changes: str = ""


def missing(
    definition: FormDefinition, answers: Mapping[str, str], *, stages: Collection[str], is_resolved: bool
) -> tuple[FormField, ...]:
    """Return the fields that should say something by now and do not, in the form's order.

    A signature is left to the hand; what others fill in, blocks of stages not reached and what is asked for once the
    case is resolved are not missed before. Of a table, only a row with something in it can lack the rest.

    Args:
        stages: those that the case has been at.
    """
    cells = {
        cell.id: number
        for table in definition.tables
        for number in range(1, max(table.rows, definition.rows_in(table, answers)) + 1)
        for cell in (table.cell(number, column) for column in table.columns)
        if not any(answers.get(table.cell(number, column).id, "").strip() for column in table.columns)
    }
    return tuple(
        field
        for field in definition.fields_in(answers)
        if not answers.get(field.id, "").strip()
        and field.kind != "sign"
        and field.filled_by == "us"
        and (not field.of_stage or field.of_stage in stages)
        and (is_resolved or not field.when_resolved)
        and field.id not in cells
    )


def can_be_answered(definition: FormDefinition, field: FormField, case: Case, child: str) -> bool:
    """Return whether a blank field could say something.

    In a case about no child nothing is known of one, and of a withheld child what a form cannot say in words is blank.

    Args:
        child: the opaque id of the child that the form is for, or "".
    """
    key, children = field.fills or field.asks, case.raised.children
    if not children:
        return not key.startswith(_OF_A_CHILD)
    for table in definition.tables:
        row = field.id.removeprefix(f"{table.id}_").partition("_")[0]
        if table.rows_of == "children" and field.id.startswith(f"{table.id}_") and row.isdecimal():
            child = children[int(row) - 1] if 0 < int(row) <= len(children) else ""
    named = case.parties.get(child)
    return named is None or not named.withheld or key not in _BLANK_IF_WITHHELD


def changed_since(
    definition: FormDefinition, before: Mapping[str, str], now: Mapping[str, str]
) -> tuple[FormField, ...]:
    """Return the fields that say something else than in the issue before, in the form's order."""
    either = {**before, **now}
    return tuple(field for field in definition.fields_in(either) if before.get(field.id, "") != now.get(field.id, ""))
