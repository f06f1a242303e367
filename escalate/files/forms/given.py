"""A form as somebody names it for a check: by its name, by its definition, or by its Word template alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.keys import nearest_keys, unknown_keys
from escalate.core.forms.shortened import shorten, shortened
from escalate.core.forms.trials import Finding
from escalate.errors import EscalateError, FormRefused, NotFound
from escalate.files import places
from escalate.files.docx.label_fit import plain
from escalate.files.forms.loading import form_names, read_definition
from escalate.files.toml_lines import index_lines

TO_NOTE = "to be noted"
_LARGEST_DEFINITION = 1024 * 1024
_MOST_FIELDS = 500
# Words from which a line is an instruction rather than a heading.
_LONG_LINE = 12
_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGiven:
    """What there is to check: the definition and the template's bytes, each None where there is none to be used.

    `name` is what the check calls it, `template_name` the Word file's own name; `findings` what reading them found.
    """

    name: str
    definition: FormDefinition | None
    template: bytes | None
    template_name: str
    findings: tuple[Finding, ...] = ()


def find_form(given: str, home: Path) -> FormGiven:
    """Return the form of this name, or of this .toml or .docx file with what lies beside it.

    Args:
        given: a name as `form list` shows it, or a file.
    Raises:
        NotFound: there is no such form or file.
    """
    path = Path(given).expanduser()
    if path.suffix.lower() == ".docx":
        _must_exist(path)
        definition_path = _definition_beside(path)
        if definition_path is None:
            what = "there is no definition beside it: its fields were not compared, and it was not tried"
            alone = Finding("to look at", path.name, what, f"keep {path.stem}.toml beside it, or: escalate form new")
            return FormGiven(
                name=path.name, definition=None, template=read_bounded(path), template_name=path.name, findings=(alone,)
            )
        return _of_definition(definition_path, path)
    if path.suffix.lower() == ".toml":
        _must_exist(path)
        return _of_definition(path)
    found = places.find("templates", f"{given}.toml", home)
    if found is None:
        raise NotFound(
            f'there is no form "{given}"',
            remedy=f"give a .docx or .toml file, or one of: {', '.join(form_names(home))}",
        )
    return _of_definition(found)


def _of_definition(path: Path, template: Path | None = None) -> FormGiven:
    """Return a form by its definition; `template` is the Word file given, in place of the one it names."""
    findings: list[Finding] = []
    definition: FormDefinition | None = None
    try:
        if path.stat().st_size > _LARGEST_DEFINITION:
            raise FormRefused(f"{path.name}: the definition is larger than any form")
        definition = read_definition(path)
        if len(definition.fields) + sum(len(table.columns) for table in definition.tables) > _MOST_FIELDS:
            definition = None
            raise FormRefused(f"{path.name}: the definition has more than {_MOST_FIELDS} fields")
        findings += [*_unknown_keys(definition, path), *_to_note(definition, path), *_long_lines(definition, path)]
    except FormRefused as refused:
        findings += [Finding("wrong", x.where, x.what, x.remedy) for x in refused.problems]
        if not refused.problems:
            findings.append(Finding("wrong", path.name, refused.what.removeprefix(f"{path.name}: "), refused.remedy))
    named = definition.template if definition else _template_named(path)
    file = template or path.with_name(named or f"{path.stem}.docx")
    if not file.is_file():
        findings.append(Finding("wrong", path.name, f'its template "{file.name}" is not beside it'))
    return FormGiven(
        name=path.name if template is None else template.name,
        definition=definition,
        template=read_bounded(file) if file.is_file() else None,
        template_name=file.name,
        findings=tuple(findings),
    )


def _unknown_keys(definition: FormDefinition, path: Path) -> Iterator[Finding]:
    lines = index_lines(path.read_text(encoding="utf-8"))
    for field, table in unknown_keys(definition):
        near = nearest_keys(field, table)
        remedy = f"did you mean: {', '.join(near)}" if near else "the keys there are: escalate form show --keys"
        line = lines.of((*_place(definition, field, table), "fills"))
        yield Finding("wrong", f"{path.name}:{line}", f'field "{field.id}": nothing fills "{field.fills}"', remedy)


def _to_note(definition: FormDefinition, path: Path) -> Iterator[Finding]:
    lines = index_lines(path.read_text(encoding="utf-8"))
    for key in ("partnership", "source"):
        if getattr(definition, key).strip().lower() in ("", TO_NOTE):
            where = f"{path.name}:{lines.of(('form', key))}"
            yield Finding("to look at", where, f'its {key} is still "{TO_NOTE}"', "write in what the form is from")


def _long_lines(definition: FormDefinition, path: Path) -> Iterator[Finding]:
    """Yield the whole sentences that a definition holds of what the form prints, each with what does as well."""
    lines = index_lines(path.read_text(encoding="utf-8"))
    placed: list[tuple[tuple[str | int, ...], str]] = [(("form", "printed"), one) for one in definition.printed]
    for number, field in enumerate(definition.fields):
        placed += [(("field", number, "fixed_before"), one) for one in field.fixed_before]
    for where, line in dict.fromkeys(placed):
        if len(line.split()) >= _LONG_LINE and shortened(line) is None:
            what = "a long line that the form prints stands in it whole"
            remedy = f'where the words are not yours to keep, this does as well: "{shorten(line, plain(line))}"'
            yield Finding("to look at", f"{path.name}:{lines.of(where)}", what, remedy)


def _place(definition: FormDefinition, field: FormField, table: FormTable | None) -> tuple[str | int, ...]:
    if table is None:
        return ("field", definition.fields.index(field))
    return ("table", definition.tables.index(table), "column", table.columns.index(field))


def _definition_beside(template: Path) -> Path | None:
    """Return the definition of a Word file: of the same name, or another beside it that names the file."""
    same = template.with_suffix(".toml")
    if same.is_file():
        return same
    others = sorted(path for path in template.parent.glob("*.toml") if path.is_file())
    return next((path for path in others[:200] if _template_named(path) == template.name), None)


def _template_named(path: Path) -> str:
    """Return the template that a form file names, or "" where it cannot be read so far."""
    try:
        if path.stat().st_size > _LARGEST_DEFINITION:
            return ""
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    head = tables.get("form")
    named = head.get("template", "") if isinstance(head, dict) else ""
    return named if isinstance(named, str) and Path(named).name == named else ""


def read_bounded(path: Path) -> bytes:
    """Return a file's bytes, or so many that whoever opens it refuses it as too large.

    Raises:
        NotFound: it is not there.
        EscalateError: it cannot be read.
    """
    _must_exist(path)
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise EscalateError(
            f"{path.name}: cannot be read: {error.strerror}", remedy="close it in Word and try again"
        ) from error


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise NotFound(f'there is no file "{path.name}" there', remedy="give its whole path")
