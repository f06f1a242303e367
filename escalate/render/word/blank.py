"""A partnership's form with nothing in it, to be looked at first: of no case, recorded nowhere, and it says so."""

from __future__ import annotations

from datetime import date

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition
from escalate.core.forms.issue import NO_ADDRESS
from escalate.core.text import clean
from escalate.files.docx.opener import open_docx
from escalate.render.word.filling import verify_filled
from escalate.render.word.finish import finish_parts
from escalate.render.word.package import Properties, keep_needed, set_properties, to_bytes
from escalate.render.word.template import render


def blank_form(definition: FormDefinition, template: bytes, return_to: str, on: date) -> bytes:
    """Return the form as a .docx without any answer. Where an issue has its reference, it says "blank form".

    Its properties say which form it is, and no case and no issue, so that it can be filled in by hand and returned.

    Args:
        return_to: the line with the partnership's present address; "" where nobody knows it here.
        on: the day it is made.
    Raises:
        FormRefused: the template has problems.
    """
    where, title = f"{definition.title}, blank", f"{definition.title} – blank form"
    issue = {
        "title": title,
        "reference": "blank form",
        "issue": "none",
        "anchor": "of no case, and nothing recorded",
        "return_to": clean(return_to).text or NO_ADDRESS,
        "changes": "",
    }
    empty = {field.id: "" for field in definition.fields_in({})}
    data = {**{field.id: "" for field in definition.fields}, **_empty_rows(definition), "issue": issue}
    rendered = open_docx(render(definition, template, data, where), where)
    parts = finish_parts(definition, keep_needed(rendered.parts, where), empty)
    custom = {"escalate.form": definition.name_and_version}
    description = "" if definition.is_official else NOT_OFFICIAL
    properties = Properties(title=title, issued_on=on, issue="blank form", custom=custom, description=description)
    set_properties(parts, properties)
    content = to_bytes(parts)
    verify_filled(definition, content, empty)
    return content


def _empty_rows(definition: FormDefinition) -> dict[str, list[dict[str, str]]]:
    """Return, for each table, as many rows without answers as the partnership's own blank has, numbered from 1."""
    return {
        table.id: [
            {"number": str(number), **{column.id: "" for column in table.columns}}
            for number in range(1, table.rows + 1)
        ]
        for table in definition.tables
    }
