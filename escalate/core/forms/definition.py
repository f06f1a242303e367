"""A partnership's form as data: its fields in order, with their exact labels, and what fills them.

One definition drives everything done with a form: the controls of its Word template, filling it, the check after
filling, what is missing in it, and reading it back when it is returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

FieldKind = Literal["text", "long", "date", "choice", "choice or words", "person", "list", "sign"]
Standing = Literal["official labels", "reconstructed", "invented"]
NamesAllowed = Literal["in full", "initials", "nobody"]
FORBID_EXTRA: Mapping[str, str] = {"extra": "forbid"}
BOOKMARK_PREFIX = "esc_"
NOT_OFFICIAL = "Reconstructed from the policy's words: not the official form."


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One blank in a form.

    `id` is lower case letters, digits and underscores, at most 36: it names the control, the bookmark and the
    template's expression. `label` is the label as printed, runs of spaces counted as one. `fixed_before` are the
    printed lines between the field before and this label, `guidance` those between the label and the answer.

    `fills` is the key of what the case says that fills it; `asks` the key of a detail that only forms ask for, which
    people record once for all forms that ask by the same key; at most one of them. `of_stage` is the stage that a block
    of the form is about: it stays empty before the case is there, and says how that stage went ever after.
    `when_resolved` fields are asked for once the case is resolved. `filled_by` "them" are fields that whoever gets the
    form fills in: never filled here unless they came back filled. `accumulates`: what was sent before stays in it, and
    what is new follows. A "choice" has `options`; a "choice or words" may have some, and takes any other words as well.
    `preset` is the option that the partnership's blank has selected already, which says nothing while the rest of its
    block is empty.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = FORBID_EXTRA
    id: str
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    preset: str = ""
    fills: str = ""
    asks: str = ""
    required: bool = False
    of_stage: str = ""
    when_resolved: bool = False
    filled_by: Literal["us", "them"] = "us"
    accumulates: bool = False
    fixed_before: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    help: str = ""

    @property
    def bookmark(self) -> str:
        return BOOKMARK_PREFIX + self.id

    @property
    def called(self) -> str:
        """What a person knows it by: its label without a colon, with the stage of its block."""
        label = self.label.rstrip(": ")
        return f"{label}, stage {self.of_stage}" if self.of_stage else label

    @property
    def is_identity(self) -> bool:
        """Whether it says who the case is about or who disagrees: a returned form never changes that by itself."""
        return self.fills.startswith(("child.", "agency.", "case.reference"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A table of a form that has one row for each of something, under a row of headings.

    `rows_of` says of what (`children`, `actions`, `people`); each column's `fills` is a key of such a row. `rows` is
    how many rows the blank form has. `after` is the id of the field it stands after, empty where it comes first.
    `title` is the printed line above it, if any.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = FORBID_EXTRA
    id: str
    rows_of: Literal["children", "actions", "people"]
    columns: tuple[FormField, ...]
    rows: int = 1
    after: str = ""
    title: str = ""

    def cell(self, number: int, column: FormField) -> FormField:
        """Return the field of one cell: row `number` counts from 1; its id is "table_number_column"."""
        return replace(column, id=f"{self.id}_{number}_{column.id}", label=f"{column.label} ({number})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """A form: what it is called, how true it is to the partnership's own, whom it names, its fields in order.

    `template` is the Word file beside the definition. `per_child` says one is issued for each child, otherwise one
    for the case. `names` says how it names a child and a family: where not in full, its words are searched for what
    was recorded of them before it is issued. `return_to` is the id of the policy's contact it goes to: people change
    posts, so no template holds an address. `fixed_after` are the printed lines after the last field; `printed` are
    further lines of the partnership's own form, outside its fields (headings, instructions). A long printed line may be
    shortened to its first words and a mark (`forms.shortened`). `updates`: the same form is sent again as the case goes
    on, and says what changed. `per_stage`: it is the record of one stage, the case's
    present one or another it has been at, and says only what belongs to that.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = FORBID_EXTRA
    id: str
    version: int
    title: str
    partnership: str
    standing: Standing
    source: str
    template: str
    per_child: bool
    names: NamesAllowed
    return_to: str
    fields: tuple[FormField, ...]
    tables: tuple[FormTable, ...] = ()
    updates: bool = False
    per_stage: bool = False
    fixed_after: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()

    @property
    def name_and_version(self) -> str:
        """The form's identity in a document, such as "escalation-record@1"."""
        return f"{self.id}@{self.version}"

    @property
    def is_official(self) -> bool:
        return self.standing == "official labels"

    def field(self, field_id: str) -> FormField:
        """Return the field of this id, or the cell of a table. Raises KeyError: there is none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        for table in self.tables:
            number, _, column_id = field_id.removeprefix(f"{table.id}_").partition("_")
            for column in table.columns:
                if column.id == column_id and number.isdecimal() and field_id.startswith(f"{table.id}_"):
                    return table.cell(int(number), column)
        raise KeyError(field_id)

    def fields_in(self, answers: Mapping[str, str]) -> tuple[FormField, ...]:
        """Return every field in the form's order, each table with the rows that `answers` fill, at least its own."""
        cells = {table.after: self._cells(table, answers) for table in self.tables}
        found = list(cells.get("", ()))
        for field in self.fields:
            found += [field, *cells.get(field.id, ())]
        return tuple(found)

    def _cells(self, table: FormTable, answers: Mapping[str, str]) -> list[FormField]:
        numbers = range(1, max(table.rows, self.rows_in(table, answers)) + 1)
        return [table.cell(number, column) for number in numbers for column in table.columns]

    def rows_in(self, table: FormTable, answers: Mapping[str, str]) -> int:
        """Return the number of the last row of a table that `answers` have anything for."""
        numbers = [0]
        for field_id in answers:
            number = field_id.removeprefix(f"{table.id}_").partition("_")[0]
            if field_id.startswith(f"{table.id}_") and number.isdecimal():
                numbers.append(int(number))
        return max(numbers)
