"""Fills a partnership's form in Word and proves that the file says what was entered, before anybody sends it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition, FormField
from escalate.core.forms.issue import NO_ADDRESS, Stamp
from escalate.core.forms.updates import as_printed
from escalate.core.text import clean
from escalate.errors import FormRefused, Problem
from escalate.files.docx.opener import open_docx
from escalate.files.docx.reader import FieldReading, ReadForm, read_form
from escalate.render.word.finish import finish_parts
from escalate.render.word.package import Properties, content_digest, keep_needed, set_properties, to_bytes
from escalate.render.word.template import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form ready to be issued.

    `content` is the .docx; `digest` its SHA-256; `content_digest` that of its unpacked parts. `answers` is what each
    field says, by id in the form's order. `dropped` names, field by field, what could not be printed.
    """

    content: bytes
    digest: str
    content_digest: str
    answers: Mapping[str, str]
    dropped: tuple[str, ...] = ()


def fill(definition: FormDefinition, template: bytes, answers: Mapping[str, str], stamp: Stamp) -> Filled:
    """Return the form with these answers in it, read back and found to say the same, character for character.

    Answers are cleaned first (`core.text.clean`); a date field's "2026-04-03" is printed "3 April 2026". A field
    without an answer is left open to type in. A table gets a row for each that has an answer, at least as many as the
    blank form. The same arguments give the same bytes.

    Args:
        answers: text by field id, the cells of tables included; lists are lines. Fields that are absent are empty.
    Raises:
        FormRefused: an answer is for no field or none of the field's choices, the template has problems, or the
            finished form does not say what was entered.
    """
    where = f"{stamp.reference}: {definition.title}"
    printed, dropped = _printed(definition, answers, where)
    title = stamp.title or f"{definition.title} – {stamp.reference}"
    issue = {
        "title": title,
        "reference": stamp.reference,
        "issue": stamp.issue,
        "anchor": stamp.anchor,
        "return_to": clean(stamp.return_to).text or NO_ADDRESS,
        "changes": clean(stamp.changes).text,
    }
    data = {**_for_template(definition, printed), "issue": issue}
    rendered = open_docx(render(definition, template, data, where), where)
    parts = finish_parts(definition, keep_needed(rendered.parts, where), printed)
    custom = {
        "escalate.case": stamp.case_id,
        "escalate.form": definition.name_and_version,
        "escalate.render": stamp.issue,
    }
    description = ""
    if definition.standing == "reconstructed":
        custom["escalate.standing"] = definition.standing
        description = NOT_OFFICIAL
    properties = Properties(
        title=title, issued_on=stamp.issued_on, issue=stamp.issue, custom=custom, description=description
    )
    set_properties(parts, properties)
    content = to_bytes(parts)
    read = verify_filled(definition, content, printed)
    if (read.identity.case, read.identity.issue, read.identity.reference) != (
        stamp.case_id,
        stamp.issue,
        stamp.reference,
    ):
        raise FormRefused(f"{where}: it does not say which case and issue it is", remedy="the template's footer must")
    return Filled(
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        content_digest=content_digest(parts),
        answers=printed,
        dropped=dropped,
    )


def verify_filled(definition: FormDefinition, content: bytes, answers: Mapping[str, str]) -> ReadForm:
    """Return the form as the reader of returned forms reads it, having compared every field with what was entered.

    Each answer must stand in its control and in its bookmark, exactly; and every label must still be found.

    Raises:
        FormRefused: naming the fields, never what they say.
    """
    where = definition.title
    read = read_form(definition, content, where)
    problems = [
        Problem(f'field "{field.label}"', "does not read back as it was entered")
        for field in definition.fields_in(answers)
        if not _reads(read.fields.get(field.id, FieldReading()), answers.get(field.id, ""))
    ]
    problems += [
        Problem(f'field "{read_id}"', "stands in it without having been entered")
        for read_id in sorted(set(read.fields) - {field.id for field in definition.fields_in(answers)})
    ]
    problems += [
        Problem(f'field "{field.label}"', "has lost its label")
        for field in definition.fields
        if read.fields[field.id].by_label is None
    ]
    if read.identity.form != definition.name_and_version:
        problems.append(Problem("the document's properties", "do not say which form it is"))
    if problems:
        raise FormRefused(
            f"{where}: the finished form does not say what was entered, so it was not issued",
            remedy="shorten or reword these answers, and report this: it is a fault in escalate or in the template",
            problems=problems,
        )
    return read


def _reads(reading: FieldReading, answer: str) -> bool:
    return reading.by_tag == reading.by_bookmark == answer


def _for_template(definition: FormDefinition, printed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template is given: text by field, and each table as a list of its rows, numbered from 1."""
    found: dict[str, Any] = {field.id: printed[field.id] for field in definition.fields}
    for table in definition.tables:
        numbers = range(1, max(table.rows, definition.rows_in(table, printed)) + 1)
        found[table.id] = [
            {"number": str(number), **{one.id: printed[table.cell(number, one).id] for one in table.columns}}
            for number in numbers
        ]
    return found


def _printed(
    definition: FormDefinition, answers: Mapping[str, str], where: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the text of every field as it will stand in the form, and what was dropped from which."""
    fields: tuple[FormField, ...] = definition.fields_in(answers)
    strangers = sorted(set(answers) - {field.id for field in fields})
    if strangers:
        raise FormRefused(f"{where}: the form has no field {', '.join(strangers)}")
    printed = as_printed(definition, answers)
    dropped: list[str] = []
    for field in fields:
        if field.kind == "choice" and printed[field.id] not in ("", *field.options):
            offered = ", ".join(f'"{option}"' for option in field.options)
            raise FormRefused(f'{where}: field "{field.label}" takes one of {offered}, and the answer is none of them')
        dropped += [f'field "{field.label}": {what}' for what in clean(answers.get(field.id, "")).dropped]
    return printed, tuple(dropped)
