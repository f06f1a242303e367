"""Making a form of a partnership's blank Word document and a list of its labels: a definition and a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.labels import Guessed, LabelAsked, field_ids, guess_fills, guess_kind, parse_labels
from escalate.errors import FormRefused
from escalate.files.docx.opener import MAIN_PART, W, open_docx, parse_part
from escalate.files.docx.places import Places
from escalate.files.forms.blank_answers import AnswerPlace, answer_places
from escalate.files.forms.blank_labels import FoundLabel, find_labels, is_blank, paragraphs_of
from escalate.files.forms.blank_plain import make_plain
from escalate.files.forms.blank_split import split_lines
from escalate.files.forms.blank_tables import BlankTable, find_tables, without_tables
from escalate.files.forms.blank_unasked import unasked
from escalate.files.forms.given import TO_NOTE

_LONGEST_TITLE = 80
_MOST_NAMED = 10
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
    """What making needs of whoever renders: rows that are repeated, the template of a blank's parts, and the text of a
    definition."""

    rows: Callable[[BlankTable, FormTable], None]
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
    tables = find_tables(body, found)
    places, after = answer_places(body, without_tables(found, tables), was)
    in_tables = [one for table in tables for row in table.rows for one in row.iter(f"{W}p")]
    held = {*(place.paragraph for place in places), *in_tables}
    labels = [paragraph.element for paragraph in paragraphs_of(body)]
    left_out = unasked(body, {labels[one.place] for one in found}, held)
    answers = {place.paragraph for place in places if not place.is_new}
    shown = [" ".join(x.text.split()) for x in paragraphs_of(body) if x.element not in answers and not is_blank(x.text)]
    fields, guessed = _fields(places)
    made_tables = tuple(table.defined(_field_before(table, found, tables, fields)) for table in tables)
    definition = _definition(wanted, (fields, made_tables), after, shown)
    guessed += [f"{table.id}.{column.id}" for table in made_tables for column in table.columns if column.fills]
    for blank, table in zip(tables, made_tables, strict=True):
        maker.rows(blank, table)
    template = maker.template(opened.parts, root, places, definition, wanted.made_on)
    if left_out:
        said = (*said, say_left_out(left_out))
    return Made(
        definition=definition,
        template=template,
        text=maker.text(definition, guessed),
        where=_where(body, definition),
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
    wanted: Wanted,
    made: tuple[tuple[FormField, ...], tuple[FormTable, ...]],
    after: Sequence[str],
    shown: Sequence[str],
) -> FormDefinition:
    heads = {column.label for table in made[1] for column in table.columns}
    fields = tuple(_without(field, heads) for field in made[0])
    after = [line for line in after if line not in heads]
    of_child = [field for field in fields if (field.fills or field.asks).startswith("child.")]
    wants_initials = any(re.search(r"\binitials\b", line, re.IGNORECASE) for line in shown)
    labels = {field.label for field in fields} | heads
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
        tables=made[1],
        fixed_after=tuple(after),
        printed=printed,
    )


def _begins(line: str, labels: Collection[str]) -> bool:
    return any(line.startswith(label) for label in labels)


def _without(field: FormField, heads: Collection[str]) -> FormField:
    return replace(field, fixed_before=tuple(line for line in field.fixed_before if line not in heads))


def _field_before(
    table: BlankTable, found: Sequence[FoundLabel], tables: Sequence[BlankTable], fields: Sequence[FormField]
) -> str:
    """Return the id of the last field that stands before a table, or "" where none does."""
    heads = {id(label) for one in tables for label in one.labels}
    before = [one for one in found[: table.before] if not one.asked.is_printed and id(one) not in heads]
    return fields[len(before) - 1].id if before else ""


def _where(body: Any, definition: FormDefinition) -> dict[str, str]:
    """Return where in the made template each field's control stands, by the field's id or "table.column"."""
    at = Places(body, "text")
    tags = {tag.get(f"{W}val", ""): at.of(tag) for tag in body.iter(f"{W}tag")}
    columns = ((table.id, column.id) for table in definition.tables for column in table.columns)
    return {field.id: tags[field.id] for field in definition.fields} | {
        f"{table}.{column}": tags[f"{table}_{{{{ row.number }}}}_{column}"] for table, column in columns
    }


def say_left_out(lines: Sequence[str]) -> str:
    """Return which lines of the form have a place to write and no field."""
    named = "; ".join(f'"{line}"' for line in lines[:_MOST_NAMED])
    more = f"; and {len(lines) - _MOST_NAMED} more" if len(lines) > _MOST_NAMED else ""
    return f"no field was made where there is a place to write, for the list does not have them: {named}{more}"


def placed(made: Made) -> Iterator[tuple[FormField, FormTable | None, str]]:
    """Yield each field and each column with its table, in the form's order, and where its answer goes."""
    for after in ("", *(field.id for field in made.definition.fields)):
        if after:
            yield made.definition.field(after), None, made.where[after]
        for table in made.definition.tables:
            if table.after == after:
                yield from ((column, table, made.where[f"{table.id}.{column.id}"]) for column in table.columns)
