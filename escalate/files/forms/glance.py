"""A glance at a form: what its fields are called, without checking its definition again.

Reading commands only name fields and must start at once, so that this reads TOML with the standard library alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.files import places


def called_in(name: str, answers: Mapping[str, str], home: Path | None = None) -> Mapping[str, str]:
    """Return what people call each field of a form, by id; nothing where the form is not here or cannot be read.

    Args:
        answers: by the ids of fields; each table has the rows that these fill.
    """
    form = form_glanced_at(name, home)
    try:
        return {one.id: one.called for one in form.fields_in(answers)} if form else {}
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def form_glanced_at(name: str, home: Path | None = None) -> FormDefinition | None:
    """Return a form's definition, unchecked; None where the form is not here or cannot be read."""
    path = places.find("templates", f"{name}.toml", home)
    if path is None:
        return None
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = tuple(FormField(**field) for field in tables.get("field", []))
        laid = tuple(
            FormTable(**{**table, "columns": tuple(FormField(**column) for column in columns)})
            for table in tables.get("table", [])
            for columns in [table.pop("column")]
        )
        return FormDefinition(**tables["form"], fields=fields, tables=laid)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # `form check` says what is wrong with it
        return None
