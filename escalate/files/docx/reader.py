"""Reads a form back: which form of which case it is, and each answer as three readers found it.

The readers are the content control's tag, the bookmark round it, and the label with its place in the order. A value
two readers agree on is certain; nothing read here counts until a person has confirmed it. Every text of the document is
in a field, is printed by the form itself, or is listed as not placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from escalate.core.forms.definition import BOOKMARK_PREFIX, FormDefinition
from escalate.errors import EscalateError
from escalate.files.docx.choices import EMPTY_SHOWS
from escalate.files.docx.identity import FormIdentity, identity_of, identity_warnings
from escalate.files.docx.label_fit import plain
from escalate.files.docx.opener import FileDamaged, OpenedDocx, open_docx
from escalate.files.docx.parts import DocxPart, part_lines
from escalate.files.docx.placing import Placed, place
from escalate.files.docx.printed import printed_texts
from escalate.files.docx.readings import Certainty, FieldReading
from escalate.files.docx.warnings import content_warnings

__all__ = [
    "EMPTY_SHOWS",
    "Certainty",
    "FieldReading",
    "FormIdentity",
    "ReadForm",
    "read_form",
    "read_identity",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """A form as read: its identity, its fields by id in the form's order, and what a person should be told about it.

    The cells of tables are fields, too: rows added by hand are the next numbers. `not_placed` are the texts of the
    document, headers, notes and comments included, that are in no field and that the form does not print itself.
    """

    identity: FormIdentity
    fields: Mapping[str, FieldReading]
    warnings: tuple[str, ...] = ()
    not_placed: tuple[str, ...] = ()


def read_form(
    definition: FormDefinition,
    content: bytes,
    where: str,
    template: bytes | None = None,
    returned_to: Sequence[str] = (),
) -> ReadForm:
    """Return what the document says in each field of the form, and what else it says.

    Args:
        definition: the form it is taken to be.
        content: the bytes of the .docx.
        where: what errors call it, such as "the returned form".
        template: the form's Word template: what it prints is not somebody's words.
        returned_to: the addresses that its "Return:" line may say, with or without when they were confirmed; where
            none is given, what stands there is taken for one as long as it ends as addresses do.
    Raises:
        FormRefused: the file cannot be opened safely, or is too large for a form.
    """
    opened = open_docx(content, where)
    laid = () if template is None else _parts_of_template(template)
    try:
        return _read(definition, opened, (where, laid), returned_to)
    except EscalateError:
        raise
    # What a damaged part can do to a parser is not documented: any of it is a refusal.
    except Exception as reason:
        raise FileDamaged(f"{where}: the file is damaged and cannot be read", remedy="ask for it again") from reason


@lru_cache(maxsize=16)
def _parts_of_template(template: bytes) -> tuple[DocxPart, ...]:
    """Return the parts of a form's own template, which is read once for a folder of forms."""
    return tuple(part_lines(open_docx(template, "the template"), "the template"))


def read_identity(opened: OpenedDocx) -> FormIdentity:
    """Return whose form a document says it is; empty strings where it does not say."""
    return identity_of(opened, part_lines(opened, "the form"))


def _read(
    definition: FormDefinition, opened: OpenedDocx, about: tuple[str, Sequence[DocxPart]], returned_to: Sequence[str]
) -> ReadForm:
    where, laid = about
    parts = part_lines(opened, where, BOOKMARK_PREFIX)
    identity = identity_of(opened, parts)
    placed = place(definition, parts, printed_texts(definition, parts, laid, (identity.issue, *returned_to)), laid)
    fields = dict(placed.fields)
    is_ours = identity.form.partition("@")[0] == definition.id
    notes = [] if is_ours else list(_without_presets(definition, fields))
    warnings = (
        *opened.notes,
        *identity_warnings(identity, parts),
        *_doubts(placed),
        *content_warnings(opened, parts),
        *notes,
    )
    return ReadForm(identity=identity, fields=fields, warnings=warnings, not_placed=placed.not_placed)


def _without_presets(definition: FormDefinition, fields: dict[str, FieldReading]) -> Iterator[str]:
    """Empty the answers that a partnership's blank has selected already, where their block says nothing else."""
    for field in definition.fields:
        block = [one.id for one in definition.fields if one.of_stage == field.of_stage and one.id != field.id]
        reading = fields[field.id]
        if not field.preset or plain(reading.value) != plain(field.preset) or reading.beside:
            continue
        if any(fields[other].beside or any(map(str.strip, fields[other].found.values())) for other in block):
            continue
        fields[field.id] = replace(
            reading,
            by_tag=None if reading.by_tag is None else "",
            by_bookmark=None if reading.by_bookmark is None else "",
            by_label=None if reading.by_label is None else "",
        )
        yield (
            f'"{field.label}" (stage {field.of_stage}) is selected on the blank form already, and the rest of its '
            "block is empty: it was read as not answered"
        )


def _doubts(placed: Placed) -> Iterator[str]:
    if placed.doubled:
        yield f"a field stands in it twice ({', '.join(placed.doubled)}): only the first was read"
    for field in placed.with_several:
        yield f'"{field.label}" has more than one box ticked'
