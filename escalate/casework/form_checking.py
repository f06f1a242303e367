"""Checking a form: looked through as data, and only if nothing is wrong, filled with hostile words and read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple, Protocol

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.issue import Stamp
from escalate.core.forms.trials import Finding, Trial, hostile_alone, plain_trial, trials
from escalate.errors import FormRefused, Problem
from escalate.files.docx.opener import OpenedDocx, open_docx
from escalate.files.docx.reader import read_form
from escalate.files.forms.given import FormGiven
from escalate.files.forms.template_controls import (
    control_findings,
    label_findings,
    places_of_fields,
    repeated_label_findings,
)
from escalate.files.forms.template_package import package_findings

# What it takes to try one field with each kind of words by itself is spent on so many fields.
_TOLD_APART = 5
_MOST = 50
_WEIGHTS = ("unsafe", "lost", "wrong", "to look at")
_UNSAFE_SIGNS = re.compile("macro|embedded program|document type|outside the document|twice|unpack")
# An invented case: its reference has the shape and the check letter that the reader of returned forms looks for.
_STAMP = Stamp(
    reference="KSCP-2026-0007-RQX9",
    case_id="case-0001",
    issue="trial-issue",
    anchor="L1-0000-0000-0000-0000",
    issued_on=date(2026, 4, 10),
    return_to="FAO the Business Manager. Email: business.manager@invented.example",
)


class Printed(Protocol):
    """A filled form: the .docx, and what each field says."""

    @property
    def content(self) -> bytes: ...

    @property
    def answers(self) -> Mapping[str, str]: ...


class Word(NamedTuple):
    """What the check needs of whoever renders: reading expressions, its own check of a template, and filling it."""

    expressions: Callable[[FormDefinition | None, OpenedDocx], list[Finding]]
    problems: Callable[[FormDefinition, bytes], tuple[Problem, ...]]
    fill: Callable[[FormDefinition, bytes, Mapping[str, str], Stamp], Printed]


class Form(NamedTuple):
    """A form whose definition and template are both there."""

    definition: FormDefinition
    template: bytes


def check_form(given: FormGiven, word: Word) -> tuple[Finding, ...]:
    """Return all that was found, the gravest first, and else in the order of the form.

    Nothing of the template is rendered unless everything before passed.
    """
    found = list(dict.fromkeys([*given.findings, *_looked_through(given, word)]))
    definition, template = given.definition, given.template
    if definition is not None and template is not None and not has_problems(found):
        found += [Finding("wrong", one.where, one.what, one.remedy) for one in word.problems(definition, template)]
        if not has_problems(found):
            found += _tried(definition, template, word)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: _WEIGHTS.index(one.weight)))


def has_problems(found: list[Finding] | tuple[Finding, ...]) -> bool:
    """Whether the form cannot be used as it is."""
    return any(one.weight != "to look at" for one in found)


def _looked_through(given: FormGiven, word: Word) -> Iterator[Finding]:
    if given.template is None:
        return
    where = given.template_name
    try:
        opened = open_docx(given.template, where)
    except FormRefused as refused:
        what = refused.what.removeprefix(f"{where}: ")
        yield Finding("unsafe" if _UNSAFE_SIGNS.search(what) else "wrong", where, what, refused.remedy)
        return
    yield from islice(package_findings(opened), _MOST)
    expressions = word.expressions(given.definition, opened)
    yield from expressions
    if any(one.weight == "unsafe" for one in expressions):
        return
    yield from control_findings(given.definition, opened)
    if given.definition is not None:
        yield from label_findings(given.definition, given.template, where)
        yield from repeated_label_findings(given.definition, opened)


def _tried(definition: FormDefinition, template: bytes, word: Word) -> Iterator[Finding]:
    """Yield what was lost: each trial is filled, read back and compared by the renderer itself."""
    places = places_of_fields(definition, open_docx(template, definition.template))
    for trial in trials(definition):
        try:
            printed = word.fill(definition, template, trial.answers, _STAMP)
        except FormRefused as refused:
            for field, said in _lost(Form(definition, template), word, trial, refused):
                where = places.get(_column(definition, field), "text") if field else definition.template
                yield Finding("lost" if field else "wrong", where, said)
            return
        if trial == plain_trial(definition):
            yield from _read_by_label(definition, printed, places)


def _lost(form: Form, word: Word, trial: Trial, refused: FormRefused) -> Iterator[tuple[FormField | None, str]]:
    """Yield which fields a trial lost, and by which kind of words where one kind alone loses it."""
    named = [x for x in form.definition.fields_in(trial.answers) if _is_named(x, refused)]
    if not named:
        others = "; ".join(f"{one.where}: {one.what}" for one in refused.problems)
        yield None, f"it cannot be filled ({trial.about}): {others or refused.what.rpartition(': ')[2]}"
    for number, field in enumerate(named):
        about = [trial.about]
        if number < _TOLD_APART and field.id in trial.answers:
            alone = (x for x in hostile_alone(field) if not _comes_back(form, word, x))
            about = [one.about for one in alone] or about
        problem = next(one for one in refused.problems if one.where == f'field "{field.label}"')
        said = problem.what if problem.what.startswith("has lost") else f"loses what is entered ({', '.join(about)})"
        yield field, f'field "{field.label}" ({field.id}) {said}'


def _is_named(field: FormField, refused: FormRefused) -> bool:
    return any(one.where == f'field "{field.label}"' for one in refused.problems)


def _comes_back(form: Form, word: Word, trial: Trial) -> bool:
    try:
        word.fill(form.definition, form.template, trial.answers, _STAMP)
    except FormRefused:
        return False
    return True


def _read_by_label(definition: FormDefinition, printed: Printed, places: dict[str, str]) -> Iterator[Finding]:
    """Yield fields that a reader finds otherwise once the controls and bookmarks of a returned form are gone."""
    read = read_form(definition, printed.content, definition.template)
    for field in definition.fields:
        reading = read.fields[field.id]
        if reading.by_label is not None and reading.by_label != printed.answers.get(field.id, ""):
            what = f'field "{field.label}" ({field.id}): by its label alone a reader would find something else'
            remedy = "name the printed lines round it as fixed_before or guidance"
            yield Finding("to look at", places.get(field.id, "text"), what, remedy)


def _column(definition: FormDefinition, field: FormField) -> str:
    """Return a field's id as its control has it: a table's cell without the number of its row."""
    for table in definition.tables:
        for column in table.columns:
            if re.fullmatch(rf"{re.escape(table.id)}_\d+_{re.escape(column.id)}", field.id):
                return f"{table.id}_{column.id}"
    return field.id
