"""Somebody with an issued form in front of them, who changes it; and what they leave behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from escalate.core.forms.definition import FormDefinition, FormField
from tests.forms.returned.paper import Paper, elements, w


class NotHere(Exception):
    """The form has nothing that this way of returning it is about."""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A form as it comes back.

    `answers` is what each field says now, by id: what the reader must find. `elsewhere` are texts that stand in no
    answer of their own: each must be shown, beside a field or as not placed. `gone` was deleted and is no answer.
    """

    form: FormDefinition
    template: bytes | None
    way: str
    content: bytes
    answers: Mapping[str, str]
    elsewhere: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass
class Hand:
    """A form being edited: the document, what its fields say by now, and the chance that decides what is done."""

    form: FormDefinition
    paper: Paper
    answers: dict[str, str]
    chance: Random
    elsewhere: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def fields(self) -> list[FormField]:
        """Return the fields whose control is there and that nobody has touched yet, table cells included."""
        found = self.form.fields_in(self.answers)
        return [one for one in found if one.id not in self.used and self.paper.control(one.id) is not None]

    def pick(self, suits: Callable[[FormField], bool] = lambda _: True) -> FormField:
        fitting = [one for one in self.fields() if suits(one)]
        if not fitting:
            raise NotHere
        one = self.chance.choice(fitting)
        self.used.add(one.id)
        return one

    def pick_filled(self, suits: Callable[[FormField], bool] = lambda _: True) -> FormField:
        return self.pick(lambda one: bool(self.answers.get(one.id)) and suits(one))

    def pick_empty(self, suits: Callable[[FormField], bool] = lambda _: True) -> FormField:
        return self.pick(lambda one: not self.answers.get(one.id) and suits(one))

    def a_table(self) -> Any:
        tables = self.paper.tables()
        if not tables:
            raise NotHere
        return self.chance.choice(tables)

    def control(self, one: FormField) -> Any:
        return self.paper.control(one.id)

    def inside(self, one: FormField) -> Any:
        return self.control(one).find(w("sdtContent"))

    def put(self, one: FormField, xml: str, says: str) -> None:
        """Put these runs in the field's control, in place of what it holds, as Word does: it is no longer empty."""
        control = self.control(one)
        for flag in control.findall(f"{w('sdtPr')}/{w('showingPlcHdr')}"):
            flag.getparent().remove(flag)
        inside = self.inside(one)
        for child in list(inside):
            inside.remove(child)
        inside.extend(elements(xml))
        self.answers[one.id] = says


Way = Callable[[Hand], None]


def is_free(one: FormField) -> bool:
    """Whether a field takes any words; a date picker and a list take what is picked."""
    return one.kind not in ("choice", "choice or words", "date")


def is_long(one: FormField) -> bool:
    return one.kind in ("long", "list")
