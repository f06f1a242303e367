"""A partnership's form as data: its fields in order, with their exact labels, and what fills them.

One definition drives everything done with a form: the controls of its Word template, filling it, the check after
filling, and reading it back when it is returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from escalate.core.days import MONTHS

FieldKind = Literal["text", "long", "date", "choice", "person", "list", "sign"]
Standing = Literal["official labels", "reconstructed", "invented"]
FORBID_EXTRA: Mapping[str, str] = {"extra": "forbid"}
BOOKMARK_PREFIX = "esc_"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One blank in a form.

    `id` is lower case letters, digits and underscores, at most 36: it names the control, the bookmark and the
    template's expression. `label` is the label as printed, runs of spaces counted as one. `fixed_before` are the
    printed lines between the field before and this label. `fills` is the canonical key of the case datum that fills
    it, empty where nothing does. A "choice" has `options`; an answer that is none of them is refused. `stages` are
    the stages at which the field is asked for, empty for all.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = FORBID_EXTRA
    id: str
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    fills: str = ""
    required: bool = False
    stages: tuple[str, ...] = ()
    fixed_before: tuple[str, ...] = ()
    help: str = ""

    @property
    def bookmark(self) -> str:
        return BOOKMARK_PREFIX + self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """A form: what it is called, how true it is to the partnership's own, whom it names, its fields in order.

    `template` is the Word file beside the definition. `per_child` says one is issued for each child, otherwise one
    for the case. `names_child` says it may carry a child's identity: where it may not, its words are searched for
    recorded names before it is issued. `return_to` is the id of the policy's contact it goes to: people change
    posts, so no template holds an address. `fixed_after` are the printed lines after the last field.
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
    names_child: bool
    return_to: str
    fields: tuple[FormField, ...]
    fixed_after: tuple[str, ...] = ()

    @property
    def name_and_version(self) -> str:
        """The form's identity in a document, such as "escalation-record@1"."""
        return f"{self.id}@{self.version}"

    def field(self, field_id: str) -> FormField:
        """Return the field of this id. Raises KeyError: there is none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)

    def answers_from(self, case_data: Mapping[str, str]) -> dict[str, str]:
        """Return what fills each field, by field id in the form's order: empty where the case has nothing.

        Args:
            case_data: text by canonical key, such as "child.name"; keys no field asks for are left behind.
        """
        return {field.id: case_data.get(field.fills, "") if field.fills else "" for field in self.fields}

    def blanks(self, answers: Mapping[str, str]) -> tuple[FormField, ...]:
        """Return the fields without an answer, in the form's order; a signature is left to the hand and not counted."""
        return tuple(field for field in self.fields if field.kind != "sign" and not answers.get(field.id, "").strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What marks one issue of a form: printed in its footer and kept in its properties.

    `case_id` is opaque, `issue` this issue's own id, `anchor` the ledger's head before it, `issued_on` the day of
    the event that issues it (never the clock's). `return_to` is the line with the partnership's present address.
    `title` is what the document calls itself: the form's title and the reference where empty; never a name.
    """

    reference: str
    case_id: str
    issue: str
    anchor: str
    issued_on: date
    return_to: str
    title: str = ""


def format_form_date(day: date) -> str:
    """Return the date as forms print it: "3 April 2026". The months are English whatever the computer's language.

    Example:
        >>> format_form_date(date(2026, 4, 3))
        '3 April 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_form_date(text: str) -> date | None:
    """Return the date where the whole text is one: "3 April 2026", "03/04/2026" (day first) or "2026-04-03"; else None.

    Example:
        >>> parse_form_date("03/04/2026")
        datetime.date(2026, 4, 3)
        >>> parse_form_date("not known yet") is None
        True
    """
    words = text.split()
    try:
        if len(words) == 3 and words[1].capitalize() in MONTHS:
            return date(int(words[2]), MONTHS.index(words[1].capitalize()) + 1, int(words[0]))
        if text.count("/") == 2:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
