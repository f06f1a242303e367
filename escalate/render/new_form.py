"""A form's definition as commented TOML that its people read and correct: what was guessed says so."""

from __future__ import annotations

import json
from collections.abc import Collection

from escalate.core.forms.definition import FormDefinition, FormField, FormTable

_GUESSED = "  # guessed from the label: look at it"
_BY_HAND = '# fills       = ""  # nothing fills it yet, so it is filled in by hand; the keys: escalate form show --keys'


def definition_text(definition: FormDefinition, guessed: Collection[str]) -> str:
    """Return the text of a definition's file.

    Args:
        guessed: the ids of the fields, and "table.column" of the columns, whose `fills` or `asks` was guessed.
    """
    lines = [
        f"# {definition.title}, made from the partnership's own blank form. The labels are the form's, in its order.",
        f"# Look at each field: what fills it, and of what kind it is. Then: escalate form check {definition.id}.toml",
        "",
        "[form]",
        _line("id", definition.id),
        _line("version", definition.version),
        _line("title", definition.title),
        _line("partnership", definition.partnership),
        f"{_line('standing', definition.standing)}  # or: reconstructed, invented",
        f"{_line('source', definition.source)}  # which document, which edition",
        _line("template", definition.template),
        f"{_line('per_child', definition.per_child)}  # one for each child, or one for the case",
        f"{_line('names', definition.names)}  # in full, initials, or nobody",
        f"{_line('return_to', definition.return_to)}  # the policy's contact it goes to",
    ]
    if definition.fixed_after:
        lines.append(_line("fixed_after", definition.fixed_after))
    if definition.printed:
        lines.append(_line("printed", definition.printed))
    for field in definition.fields:
        lines += ["", "[[field]]", *_field(field, is_guessed=field.id in guessed)]
    for table in definition.tables:
        lines += ["", "[[table]]", *_table(table)]
        for column in table.columns:
            is_guessed = f"{table.id}.{column.id}" in guessed
            lines += ["", "[[table.column]]", *_field(column, is_guessed=is_guessed)]
    return "\n".join(lines) + "\n"


def _table(table: FormTable) -> list[str]:
    return [
        _line("id", table.id),
        f"{_line('rows_of', table.rows_of)}  # a row for each; or: children, actions, people",
        f"{_line('rows', table.rows)}  # of the blank form",
        *([_line("after", table.after)] if table.after else []),
    ]


def _field(field: FormField, *, is_guessed: bool) -> list[str]:
    lines = [_line("id", field.id), _line("label", field.label)]
    if field.fixed_before:
        lines.append(_line("fixed_before", field.fixed_before))
    if field.guidance:
        lines.append(_line("guidance", field.guidance))
    lines.append(_line("kind", field.kind))
    if field.options:
        lines.append(_line("options", field.options))
    if field.preset:
        lines.append(_line("preset", field.preset))
    note = _GUESSED if is_guessed else ""
    if field.fills:
        lines.append(f"{_line('fills', field.fills)}{note}")
    elif field.asks:
        lines.append(f"{_line('asks', field.asks)}{note}")
    elif field.filled_by == "them":
        lines.append(_line("filled_by", field.filled_by))
    elif field.kind != "sign":
        lines.append(_BY_HAND)
    return lines


def _line(key: str, value: object) -> str:
    """Return `key = value` in TOML, whose strings and lists are written as JSON writes them."""
    written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return f"{key:<12} = {written}".replace("\x7f", "\\u007f")
