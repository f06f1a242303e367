"""Details that only forms ask for: recorded once, by the key that every form asks by, and used by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalate.core.case import Case
from escalate.core.forms.definition import FormDefinition, FormField

RECURRING = "case.is_recurring"
_ASKED_BESIDE = {
    "case.recurring": FormField(
        id="is_recurring",
        label="Is it a recurring issue? Where did it come up before?",
        kind="long",
        asks=RECURRING,
        help="Say earlier escalations by their reference, and name no other family.",
    )
}
"""What is asked once for a field that the case fills, because only people know all of it."""


@dataclass(frozen=True, slots=True)
class DetailAsked:
    """One detail that a form asks for: the field that asks, the form's title, and whether it is about each child."""

    field: FormField
    form: str
    is_of_child: bool

    @property
    def key(self) -> str:
        return self.field.asks

    @property
    def question(self) -> str:
        """What its answer is called in an interview and in a file of answers: "need_current"."""
        return self.key.replace(".", "_") if "." in self.key else f"detail_{self.key}"


def details_asked(definitions: Iterable[FormDefinition], case: Case) -> tuple[DetailAsked, ...]:
    """Return each detail that these forms ask for, once, as the first of them asks for it."""
    found: dict[str, DetailAsked] = {}
    for definition in definitions:
        for field, is_of_child in (*_asking(definition), *_asking_beside(definition)):
            found.setdefault(
                field.asks, DetailAsked(field, definition.title, is_of_child and bool(case.raised.children))
            )
    return tuple(found.values())


def _asking(definition: FormDefinition) -> Iterator[tuple[FormField, bool]]:
    for field in definition.fields:
        if field.asks:
            yield field, definition.per_child
    for table in definition.tables:
        for column in table.columns:
            if column.asks:
                yield column, table.rows_of == "children"


def _asking_beside(definition: FormDefinition) -> Iterator[tuple[FormField, bool]]:
    columns = (column for table in definition.tables for column in table.columns)
    for field in (*definition.fields, *columns):
        if field.fills in _ASKED_BESIDE:
            yield _ASKED_BESIDE[field.fills], False
