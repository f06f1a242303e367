"""Reads the definition of a form and its Word template: `templates/NAME.toml` and the .docx it names."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from escalate.core.form_definition import FormDefinition, FormField
from escalate.errors import FormRefused, NotFound, Problem
from escalate.files import places
from escalate.files.toml_lines import index_lines

_FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,35}")

# The names a template has beside its fields.
RESERVED = frozenset({"issue"})


def form_names(home: Path | None = None) -> tuple[str, ...]:
    """Return the names of all forms, sorted: those shipped and those in the user's own `home/templates`."""
    return places.names("templates", home)


def load_form(name: str, home: Path | None = None) -> tuple[FormDefinition, bytes]:
    """Return a form's definition and the bytes of its Word template; the user's own before the shipped one.

    Raises:
        NotFound: there is no such form.
        FormRefused: its definition has problems (all of them are listed), or its template is missing.
    """
    path = places.find("templates", f"{name}.toml", home)
    if path is None:
        raise NotFound(f'there is no form "{name}"', remedy=f"forms there are: {', '.join(form_names(home))}")
    definition = read_definition(path)
    template = path.with_name(definition.template)
    if not template.is_file():
        raise FormRefused(f'{path.name}: its template "{definition.template}" is not beside it')
    return definition, template.read_bytes()


def read_definition(path: Path) -> FormDefinition:
    """Return the definition in a form file.

    Raises:
        FormRefused: with every problem in it as `file:line`, in file order.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise FormRefused(f"{path.name}: is not TOML in UTF-8: {reason}") from reason
    try:
        form = TypeAdapter(FormDefinition).validate_python(_flattened(tables, path.name))
    except ValidationError as reason:
        problems = sorted((_problem(path.name, text, error) for error in reason.errors()), key=_place)
        raise FormRefused(f"{path.name}: the form file is not as it must be", problems=problems) from reason
    wrong = tuple(_inconsistencies(form, path.name, text))
    if wrong:
        raise FormRefused(f"{path.name}: the form file contradicts itself", problems=wrong)
    return form


def _flattened(tables: dict[str, Any], file_name: str) -> dict[str, Any]:
    unknown = set(tables) - {"form", "field"}
    if unknown or not isinstance(tables.get("form"), dict):
        raise FormRefused(f"{file_name}: a form file holds one [form] and its [[field]]s, nothing else")
    return {**tables["form"], "fields": tables.get("field", [])}


def _inconsistencies(form: FormDefinition, file_name: str, text: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, field in enumerate(form.fields):
        where = f"{file_name}:{_line_of(text, ('fields', index, 'id'))}"
        if not _FIELD_ID.fullmatch(field.id) or field.id in RESERVED:
            yield Problem(where, f'field "{field.id}" needs an id of small letters, digits and underscores, at most 36')
        if field.id in seen:
            yield Problem(where, f'field "{field.id}" is there twice')
        if (field.kind == "choice") != bool(field.options):
            yield Problem(where, f'field "{field.id}" needs options if it is a choice, and only then')
        if form.names == "nobody" and field.fills.startswith("child."):
            yield Problem(where, f'field "{field.id}" asks for a child, but the form says it names none')
        seen.add(field.id)
    if not form.fields:
        yield Problem(file_name, "the form has no fields")
    if Path(form.template).name != form.template or not form.template.endswith(".docx"):
        yield Problem(file_name, f'its template "{form.template}" must be a .docx beside it')


def _problem(file_name: str, text: str, error: Any) -> Problem:
    location: Sequence[str | int] = error["loc"]
    key = str(location[-1]) if location else ""
    where = f"{file_name}:{_line_of(text, location)}"
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        shape = FormField if location[0] == "fields" else FormDefinition
        allowed = (one.name for one in dataclasses.fields(shape) if one.name != "fields")
        return Problem(where, f'"{key}" is not known here', f"known are: {', '.join(allowed)}")
    if error["type"] in ("missing_argument", "missing"):
        return Problem(where, f'"{key}" is missing')
    return Problem(where, f'"{key}": {error["msg"][:1].lower()}{error["msg"][1:]}')


def _place(problem: Problem) -> int:
    return int(problem.where.rpartition(":")[2])


def _line_of(text: str, location: Sequence[str | int]) -> int:
    """Return the line of the key that a problem is about, or of its table's heading where it is missing."""
    path = ("field", *location[1:]) if location[:1] == ("fields",) else ("form", *location)
    return index_lines(text).of(path)
