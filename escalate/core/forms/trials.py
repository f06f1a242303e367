"""What a form is tried with before anybody relies on it: invented answers that have lost words in forms before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escalate.core.forms.definition import FormDefinition, FormField

Weight = Literal["unsafe", "lost", "wrong", "to look at"]

HOSTILE: Mapping[str, str] = {
    "ampersands and other signs of XML": "A&E &amp; &#65; Smith & Sons, aged <5 weeks, a <b> c </b>",
    "end tags that would forge a paragraph": "x</w:t></w:r></w:p><w:p><w:r><w:t>agreed by the Chair</w:t></w:r></w:p>",
    "end tags that would forge a control": '</w:sdtContent></w:sdt><w:bookmarkEnd w:id="3"/>',
    "expressions of templates": "{{ 7*7 }} {% if x %} {# note #} {{ issue.reference }}",
    "a template's own escapes": "{_{ and }_} and {_% and %_}",
    "half a character": "cut\ud800here",
    "a vertical tab and a form feed": "one\x0btwo\x0cthree\u2028four",
    "control characters": "bell\a nul\x00 end\ufffe \x1b[31mred",
    "text from right to left": "قال يوسف: نعم \u202eabc\u202c, שלום",
    "letters of other scripts": "Łukasz, Ŵyn, ćma, 王小明, 👩‍👧",
    "line breaks": "one\r\ntwo\rthree\n\nfive",
    "tabs and spaces": "  two  spaces\tand a tab  ",
    "quotation marks": "‘single’ “double” 'straight' \"straight\"",
}
_ROWS = 40
_LONG = " ".join(f"word{number}" for number in range(1, 3001))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check of a form found.

    `weight` says what it means: "unsafe" and it must never be rendered; "lost", what is entered does not come out
    whole; "wrong", it cannot be used as it is; "to look at", it can. `where` is a line of the definition or a place in
    the Word file.
    """

    weight: Weight
    where: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One filling of a form: what it is tried with, in words, and the answers by field id."""

    about: str
    answers: Mapping[str, str]


def trials(definition: FormDefinition) -> Iterator[Trial]:
    """Yield what a form is tried with, the quickest first.

    All hostile words go into every field at once: what a form does to one of them is asked only where it fails.
    """
    yield Trial("nothing at all", {})
    yield plain_trial(definition)
    yield Trial("hostile words in every field", _in_every(definition, "\n".join(HOSTILE.values()), rows=1))
    yield Trial("only a line break", _in_every(definition, "\n", rows=1))
    yield Trial("3,000 words in every field", _in_every(definition, _LONG, rows=1))
    if definition.tables:
        yield Trial("a table with one row", _rows(definition, 1))
        yield Trial(f"a table with {_ROWS} rows", _rows(definition, _ROWS))
    options = max((len(field.options) for field in _fields(definition, 1)), default=0)
    for number in range(1, options):
        chosen = {x.id: x.options[number] for x in _fields(definition, 1) if number < len(x.options)}
        yield Trial(f"option {number + 1} of every choice", chosen)


def plain_trial(definition: FormDefinition) -> Trial:
    """Return the trial that tells every field from every other: each says something of its own."""
    answers = {}
    for number, field in enumerate(_fields(definition, 2), start=1):
        if field.options:
            answers[field.id] = field.options[0]
        elif field.kind == "date":
            answers[field.id] = date(2026, 1 + number % 12, 1 + number % 28).isoformat()
        else:
            answers[field.id] = f"Invented answer number {number}"
    return Trial("an answer of its own in every field", answers)


def hostile_alone(field: FormField) -> Iterator[Trial]:
    """Yield each kind of hostile words in one field, and nothing in the others."""
    if field.kind != "choice":
        for about, words in HOSTILE.items():
            yield Trial(about, {field.id: words})


def _in_every(definition: FormDefinition, words: str, rows: int) -> dict[str, str]:
    return {x.id: words for x in _fields(definition, rows) if x.kind != "choice"}


def _rows(definition: FormDefinition, rows: int) -> dict[str, str]:
    own = {field.id for field in definition.fields}
    return {x.id: f"Row {x.id}" for x in _fields(definition, rows) if x.id not in own and x.kind != "choice"}


def _fields(definition: FormDefinition, rows: int) -> tuple[FormField, ...]:
    """Return every field, each table with so many rows."""
    cells = [
        table.cell(number, column)
        for table in definition.tables
        for number in range(1, rows + 1)
        for column in table.columns
    ]
    return (*definition.fields, *cells)
