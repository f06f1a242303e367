"""Making a form of a partnership's blank Word document and a list of its labels: a definition and a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.labels import Guessed, LabelAsked, field_ids, guess_fills, guess_kind, parse_labels
from escalate.errors import FormRefused
from escalate.files.docx.opener import MAIN_PART, W, open_docx, parse_part
from escalate.files.docx.places import Places
from escalate.files.forms.blank_answers import AnswerPlace, answer_places
from escalate.files.forms.blank_labels import find_labels, is_blank, paragraphs_of
from escalate.files.forms.blank_plain import make_plain
from escalate.files.forms.blank_split import split_lines
from escalate.files.forms.given import TO_NOTE

_LONGEST_TITLE = 80
_DAY_KEYS = re.compile(r"\w+\.\w*_on|discussion\.date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be made: of which blank, by which list of labels, under which name, on which day.

    `blank_name` and `labels_name` are what errors call the two.
    """

    blank: bytes
    blank_name: str
    labels: str
    labels_name: str
    form_id: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A form that was made: its two files' contents, where each answer went, and what a person should know."""

    definition: FormDefinition
    template: bytes
    text: str
    where: Mapping[str, str]
    guessed: frozenset[str]
    said: tuple[str, ...]


class Maker(NamedTuple):
    """What making needs of whoever renders: the template of a blank's parts, and the text of a definition."""

    template: Callable[[Mapping[str, bytes], Any, Sequence[AnswerPlace], FormDefinition, date], bytes]
    text: Callable[[FormDefinition, Collection[str]], str]


def make_form(wanted: Wanted, maker: Maker) -> Made:
    """Return the form. Nothing is guessed about where: a label that is not there, or there twice, is a refusal.

    Raises:
        FormRefused: the blank cannot be opened safely or carries what no form can; the list of labels has problems
            (all of them are listed); or labels are not found.
    """
    opened = open_docx(wanted.blank, wanted.blank_name)
    asked, problems = parse_labels(wanted.labels, wanted.labels_name)
    if problems:
        raise FormRefused(f"{wanted.labels_name}: the list of labels is not as it must be", problems=problems)
    root = parse_part(opened.parts[MAIN_PART])
    body = root.find(f"{W}body")
    was, said = make_plain(body)
    split_lines(body, [one.label for one in asked])
    found, problems = find_labels(body, asked, wanted.labels_name)
    if problems:
        raise FormRefused(f"{wanted.blank_name}: not every label is in it once", problems=problems)
    places, after = answer_places(body, found, was)
    answers = {place.paragraph for place in places if not place.is_new}
    shown = [" ".join(x.text.split()) for x in paragraphs_of(body) if x.element not in answers and not is_blank(x.text)]
    fields, guessed = _fields(places)
    definition = _definition(wanted, fields, after, shown)
    at = Places(body, "text")
    where = {field.id: at.of(place.paragraph) for field, place in zip(fields, places, strict=True)}
    template = maker.template(opened.parts, root, places, definition, wanted.made_on)
    return Made(
        definition=definition,
        template=template,
        text=maker.text(definition, guessed),
        where=where,
        guessed=frozenset(guessed),
        said=(*said, *opened.notes),
    )


def _fields(places: Sequence[AnswerPlace]) -> tuple[tuple[FormField, ...], list[str]]:
    """Return the fields of these places, in order, and the ids of those that a guess fills."""
    ids = field_ids([place.asked.label for place in places])
    fields: list[FormField] = []
    guessed: list[str] = []
    for field_id, place in zip(ids, places, strict=True):
        asked, options = place.asked, _options(place)
        kind = asked.kind or ("choice" if options else None)
        if kind is None:
            kind = "date" if place.was.is_date else guess_kind(place.label)
            kind = "long" if kind == "text" and place.is_tall else kind
            kind = "text" if kind == "long" and guess_fills(place.label).fills.startswith("agency.r") else kind
        if kind == "choice" and not options:
            options = ("Yes", "No")
        guess = _guess(asked, kind, place.label)
        if guess != Guessed():
            guessed.append(field_id)
        fields.append(
            FormField(
                id=field_id,
                label=place.label,
                kind=kind,
                options=options if kind in ("choice", "choice or words") else (),
                preset=place.was.preset if kind == "choice" and place.was.preset in options else "",
                fills=asked.fills or guess.fills,
                asks=asked.asks or guess.asks,
                filled_by="them" if asked.by_them else "us",
                fixed_before=place.fixed_before,
                guidance=place.guidance,
            )
        )
    return tuple(fields), guessed


def _options(place: AnswerPlace) -> tuple[str, ...]:
    found = place.asked.options or place.was.options or place.options
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found if one.strip()))


def _guess(asked: LabelAsked, kind: str, label: str) -> Guessed:
    """Return what fills a field that nobody named: only where its kind can hold what that is.

    What a choice offers is the partnership's own: the case's words are seldom among them.
    """
    if asked.fills or asked.asks or asked.by_them or kind in ("sign", "choice"):
        return Guessed()
    guess = guess_fills(label)
    if kind == "date" and not _DAY_KEYS.fullmatch(guess.fills):
        return Guessed()
    return guess


def _definition(
    wanted: Wanted, fields: tuple[FormField, ...], after: Sequence[str], shown: Sequence[str]
) -> FormDefinition:
    of_child = [field for field in fields if (field.fills or field.asks).startswith("child.")]
    wants_initials = any(re.search(r"\binitials\b", line, re.IGNORECASE) for line in shown)
    labels = {field.label for field in fields}
    known = labels | {line for field in fields for line in (*field.fixed_before, *field.guidance)} | set(after)
    printed = tuple(dict.fromkeys(line for line in shown if line not in known and not _begins(line, labels)))
    title = next(iter(printed or [line for field in fields for line in field.fixed_before]), wanted.form_id)
    return FormDefinition(
        id=wanted.form_id,
        version=1,
        title=title[:_LONGEST_TITLE].rstrip(),
        partnership=TO_NOTE,
        standing="official labels",
        source=TO_NOTE,
        template=f"{wanted.form_id}.docx",
        per_child=bool(of_child),
        names=("initials" if wants_initials else "in full") if of_child else "nobody",
        return_to="business-manager",
        fields=fields,
        fixed_after=tuple(after),
        printed=printed,
    )


def _begins(line: str, labels: Collection[str]) -> bool:
    return any(line.startswith(label) for label in labels)


def placed(made: Made) -> Iterator[tuple[FormField, str]]:
    """Yield each field with where its answer goes."""
    yield from ((field, made.where[field.id]) for field in made.definition.fields)
