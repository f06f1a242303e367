"""Compares a form's definition with the controls of its Word template, and with the labels printed beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.trials import Finding
from escalate.files.docx.opener import MAIN_PART, OpenedDocx, W, parse_part
from escalate.files.docx.places import Places
from escalate.files.docx.reader import read_form
from escalate.files.docx.text import text_of

_MOST = 25
_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_IN_ROW = re.compile(r"(?P<table>[a-z][a-z0-9_]*?)_\{\{\s*\w+\.number\s*\}\}_(?P<column>[a-z0-9_]+)")


def control_findings(definition: FormDefinition | None, opened: OpenedDocx) -> Iterator[Finding]:
    """Yield what is wrong with the controls, in the definition's order; then the controls that no field has.

    Args:
        definition: the form's, or None where there is none: each control is then only looked at by itself.
    """
    body = parse_part(opened.parts[MAIN_PART])
    places = Places(body, "text")
    controls: dict[str, list[Any]] = {}
    for control in body.iter(f"{W}sdt"):
        if name := _name_of(control):
            controls.setdefault(name, []).append(control)
    if definition is None:
        for name, found in controls.items():
            yield from _of_one(name, found, name, places)
        return
    wanted = dict(_wanted(definition))
    for name, field in wanted.items():
        what = f'field "{field.label}" ({name})'
        if name in controls:
            yield from _of_one(name, controls[name], what, places)
        else:
            near = get_close_matches(name, controls.keys() - wanted.keys(), n=1, cutoff=0.6)
            remedy = f'was the tag "{near[0]}" meant?' if near else f'give a rich text content control the tag "{name}"'
            yield Finding("wrong", "text", f"{what} has no content control with that tag", remedy)
    for name in [name for name in controls if name not in wanted][:_MOST]:
        near = get_close_matches(name, wanted, n=1, cutoff=0.6)
        remedy = f'was "{near[0]}" meant?' if near else "add a field of that id to the definition, or remove the tag"
        what = f'a content control has the tag "{name}", and the definition has no such field'
        yield Finding("wrong", places.of(controls[name][0]), what, remedy)


def label_findings(definition: FormDefinition, template: bytes, where: str) -> Iterator[Finding]:
    """Yield the fields whose label the reader of returned forms does not find: once tags are gone, they would be lost.

    The template is read as a returned form would be whose controls are gone: by labels alone.
    """
    read = read_form(definition, template, where)
    for field in definition.fields:
        reading = read.fields.get(field.id)
        if reading is None or reading.by_label is None:
            what = f'field "{field.label}" ({field.id}): its label is not found'
            remedy = "write the label in the definition as it is printed; it must stand in a table"
            yield Finding("wrong", "text", what, remedy)


def repeated_label_findings(definition: FormDefinition, opened: OpenedDocx) -> Iterator[Finding]:
    """Yield labels that are printed more often than the definition has them: which is meant depends on their order."""
    body = parse_part(opened.parts[MAIN_PART])
    printed = Counter(_plain(text_of(paragraph)) for paragraph in body.iter(f"{W}p"))
    defined = Counter(_plain(x.label) for x in definition.fields)
    defined.update(_plain(x.label) for table in definition.tables for x in table.columns)
    defined.update(_plain(line) for x in definition.fields for line in (*x.fixed_before, *x.guidance))
    defined.update(_plain(line) for line in (*definition.fixed_after, *definition.printed))
    defined.update(_plain(table.title) for table in definition.tables)
    for field in definition.fields:
        label = _plain(field.label)
        if printed[label] > defined[label] > 0:
            times = f"is printed {printed[label]} times, and the definition has it {defined[label]}"
            what, defined[label] = f'the label "{field.label}" {times}', 0
            yield Finding("to look at", "text", what, "name the others too, as fields, fixed_before or printed")


def places_of_fields(definition: FormDefinition, opened: OpenedDocx) -> dict[str, str]:
    """Return where each field stands, by its id; a column of a table by "table_column"."""
    body = parse_part(opened.parts[MAIN_PART])
    places = Places(body, "text")
    wanted = dict(_wanted(definition))
    found: dict[str, str] = {}
    for control in body.iter(f"{W}sdt"):
        if (name := _name_of(control)) in wanted:
            found.setdefault(name, places.of(control))
    return found


def _wanted(definition: FormDefinition) -> Iterator[tuple[str, FormField]]:
    for field in definition.fields:
        yield field.id, field
    for table in definition.tables:
        for column in table.columns:
            yield f"{table.id}_{column.id}", column


def _name_of(control: Any) -> str:
    """Return a control's tag; of one in a repeated row, without the row's number; "" where it has none."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    name = "" if tag is None else str(tag.get(f"{W}val", ""))
    row = _IN_ROW.fullmatch(name)
    return f"{row['table']}_{row['column']}" if row else name


def _of_one(name: str, controls: list[Any], what: str, places: Places) -> Iterator[Finding]:
    first, *others = controls
    for other in others[:_MOST]:
        yield Finding("wrong", places.of(other), f"{what} has a content control a second time", "a tag is there once")
    where = places.of(first)
    content = first.find(f"{W}sdtContent")
    held = _EXPRESSION.sub(r"\1", text_of(content)).strip() if content is not None else ""
    if first.getparent().tag != f"{W}p":
        remedy = "put it inside one paragraph: LibreOffice moves or empties one that is not"
        yield Finding("wrong", where, f"{what} has a content control round whole paragraphs", remedy)
    if any(first.find(f"{W}sdtPr/{W}{one}") is not None for one in ("text", "dataBinding")):
        remedy = "use a rich text content control: LibreOffice joins the lines of this kind, or overwrites them"
        yield Finding("wrong", where, f"{what} has a plain-text or bound content control", remedy)
    if held.rpartition(".")[2] != name and not name.endswith(f"_{held.rpartition('.')[2]}"):
        what = f"{what} has a content control that does not hold its expression"
        yield Finding("wrong", where, what, f"write {{{{ {name} }}}} into it, and nothing else")


def _plain(text: str) -> str:
    return " ".join(_EXPRESSION.sub("", text).replace("’", "'").split()).casefold().rstrip(" :")
