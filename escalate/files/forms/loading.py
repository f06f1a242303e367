"""Reads the definition of a form and its Word template: `templates/NAME.toml` and the .docx it names."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.errors import FormRefused, NotFound, Problem
from escalate.files import places
from escalate.files.toml_lines import index_lines

_FORM_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")  # it is part of the names of files
_FORM_ID_LIMIT = 60
_FIELD_ID = re.compile(r"[a-z][a-z0-9_]{0,35}")
# A cell's id names a bookmark, which Word cuts off at 40 characters: "esc_", the table, up to 3 digits, the column.
_CELL_ID_LIMIT = 31

# The names a template has beside its fields and tables, and those a row has beside its columns: its number, and what
# every dictionary can do, which a template could not tell from a column.
RESERVED = frozenset({"issue"})
RESERVED_IN_ROWS = frozenset({"number", *(name for name in dir(dict) if not name.startswith("_"))})
_SHAPES = {"fields": FormField, "tables": FormTable, "columns": FormField}
_WRITTEN = {"fields": "field", "tables": "table", "columns": "column"}
Placed = tuple[tuple[str | int, ...], str]


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
        form = _definitions().validate_python(_flattened(tables, path.name))
    except ValidationError as reason:
        problems = sorted((_problem(path.name, text, error) for error in reason.errors()), key=_place)
        raise FormRefused(f"{path.name}: the form file is not as it must be", problems=problems) from reason
    wrong = [Problem(f"{path.name}:{_line_of(text, where)}", what) for where, what in _inconsistencies(form)]
    if wrong:
        raise FormRefused(f"{path.name}: the form file contradicts itself", problems=sorted(wrong, key=_place))
    return form


@cache
def _definitions() -> TypeAdapter[FormDefinition]:
    """Return what reads a definition: building it takes longer than many a definition takes to read."""
    return TypeAdapter(FormDefinition)


def _flattened(tables: dict[str, Any], file_name: str) -> dict[str, Any]:
    if set(tables) - {"form", "field", "table"} or not isinstance(tables.get("form"), dict):
        raise FormRefused(f"{file_name}: a form file holds one [form], its [[field]]s and [[table]]s, nothing else")
    rows = tables.get("table", [])
    if isinstance(rows, list):
        rows = [_with_columns(table) for table in rows]
    return {**tables["form"], "fields": tables.get("field", []), "tables": rows}


def _with_columns(table: Any) -> Any:
    """Return a [[table]] with its [[table.column]]s under the name they have in the definition."""
    if not isinstance(table, dict):
        return table
    kept = {key: value for key, value in table.items() if key != "column"}
    return {**kept, "columns": table.get("column", [])}


def _inconsistencies(form: FormDefinition) -> Iterator[Placed]:
    if not _FORM_ID.fullmatch(form.id) or len(form.id) > _FORM_ID_LIMIT:
        yield ("id",), f'form "{form.id}" needs an id of letters, digits and hyphens, at most {_FORM_ID_LIMIT}'
    yield from _wrong_ids(form)
    for where, field in _placed_fields(form):
        for what in _wrong_in(field):
            yield where, f'field "{field.id}" {what}'
        if form.names == "nobody" and field.fills.startswith("child."):
            yield where, f'field "{field.id}" asks for a child, but the form says it names none'
    for number, table in enumerate(form.tables):
        if not table.columns:
            yield ("tables", number), f'table "{table.id}" has no columns'
        if table.rows < 0:
            yield ("tables", number, "rows"), f'table "{table.id}" has less than no rows'
        if table.after and table.after not in {field.id for field in form.fields}:
            yield ("tables", number, "after"), f'table "{table.id}" stands after a field that is not there'
    if not form.fields and not form.tables:
        yield (), "the form has no fields"
    if Path(form.template).name != form.template or not form.template.endswith(".docx"):
        yield ("template",), f'its template "{form.template}" must be a .docx beside it'


def _placed_fields(form: FormDefinition) -> Iterator[tuple[tuple[str | int, ...], FormField]]:
    """Yield every field and column with where its id stands in the file."""
    for number, field in enumerate(form.fields):
        yield ("fields", number, "id"), field
    for number, table in enumerate(form.tables):
        for place, column in enumerate(table.columns):
            yield ("tables", number, "columns", place, "id"), column


def _wrong_ids(form: FormDefinition) -> Iterator[Placed]:
    named: list[tuple[tuple[str | int, ...], str, str]] = [
        *((("fields", number, "id"), "field", field.id) for number, field in enumerate(form.fields)),
        *((("tables", number, "id"), "table", table.id) for number, table in enumerate(form.tables)),
    ]
    seen: set[str] = set()
    cells = tuple(f"{table.id}_" for table in form.tables)
    for where, sort, name in named:
        if not _FIELD_ID.fullmatch(name) or name in RESERVED:
            yield where, f'{sort} "{name}" needs an id of small letters, digits and underscores, at most 36'
        if name in seen:
            yield where, f'{sort} "{name}" is there twice'
        if any(name.startswith(cell) and name[len(cell) : len(cell) + 1].isdecimal() for cell in cells):
            yield where, f'{sort} "{name}" has the id of a table\'s cell'
        seen.add(name)
    for number, table in enumerate(form.tables):
        inside: set[str] = set()
        for place, column in enumerate(table.columns):
            where = ("tables", number, "columns", place, "id")
            if not _FIELD_ID.fullmatch(column.id) or column.id in RESERVED_IN_ROWS:
                yield where, f'column "{column.id}" needs another id: of small letters, digits and underscores'
            elif len(table.id) + len(column.id) > _CELL_ID_LIMIT:
                yield (
                    where,
                    f'column "{column.id}" and its table have ids of over {_CELL_ID_LIMIT} letters together',
                )
            if column.id in inside:
                yield where, f'column "{column.id}" is there twice'
            inside.add(column.id)


def _wrong_in(field: FormField) -> Iterator[str]:
    if (field.kind == "choice" and not field.options) or (
        field.options and field.kind not in ("choice", "choice or words")
    ):
        yield "needs options if it is a choice, and only then"
    if field.preset and field.preset not in field.options:
        yield "is preset to what is none of its options"
    if field.fills and field.asks:
        yield "is filled by the case and asked for as well: one of them is enough"


def _problem(file_name: str, text: str, error: Any) -> Problem:
    location: Sequence[str | int] = error["loc"]
    key = str(location[-1]) if location else ""
    where = f"{file_name}:{_line_of(text, location)}"
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        inside = [step for step in location if step in _SHAPES]
        shape = _SHAPES[str(inside[-1])] if inside else FormDefinition
        allowed = (one.name for one in dataclasses.fields(shape) if one.name not in _SHAPES)
        return Problem(where, f'"{key}" is not known here', f"known are: {', '.join(allowed)}")
    if error["type"] in ("missing_argument", "missing"):
        return Problem(where, f'"{key}" is missing')
    return Problem(where, f'"{key}": {error["msg"][:1].lower()}{error["msg"][1:]}')


def _place(problem: Problem) -> int:
    return int(problem.where.rpartition(":")[2])


def _line_of(text: str, location: Sequence[str | int]) -> int:
    """Return the line of the key that a problem is about, or of its table's heading where it is missing."""
    if location[:1] not in (("fields",), ("tables",)):
        return index_lines(text).of(("form", *location))
    return index_lines(text).of(tuple(_WRITTEN.get(step, step) if isinstance(step, str) else step for step in location))
