"""Puts together what the readers found in a document, so that each of its characters is somewhere.

Every character is in a field's answer, is printed by the form itself, or is listed as not placed: that list is what
nothing else has claimed, so that nothing can be passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.files.docx.answers import answers_by_label
from escalate.files.docx.choices import meaning
from escalate.files.docx.labels import begins_cell, lay, printed_of
from escalate.files.docx.lines import Line
from escalate.files.docx.parts import DocxPart
from escalate.files.docx.printed import PrintedTexts, take_printed
from escalate.files.docx.readings import FieldReading
from escalate.files.docx.rows import ByRows, read_rows
from escalate.files.docx.spans import Claims, Span, owned_by, text_of_spans, without_blank_ends

_ROWS_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a document says in each field, what of it is in none, and which fields stand twice or have two ticks."""

    fields: Mapping[str, FieldReading]
    not_placed: tuple[str, ...]
    doubled: tuple[str, ...]
    with_several: tuple[FormField, ...]


def place(
    definition: FormDefinition, parts: Sequence[DocxPart], printed: PrintedTexts, template: Sequence[DocxPart] = ()
) -> Placed:
    """Return every field's readings in the form's order, and every other text that the form does not print itself.

    Args:
        parts: the document's, its text first.
        printed: what this form prints.
        template: the parts of its Word template, where there is one.
    """
    lines = parts[0].lines
    rows = read_rows(definition, lines)
    laid = printed_of(definition)
    first_in_cell = begins_cell(laid, template[0].lines) if template else {}
    labels = answers_by_label(laid, lay(laid, lines, rows.lines, first_in_cell), lines)
    owned = owned_by(lines)
    owners = _owners_of_fields(definition, owned, rows)
    headings = {number for number, _, _ in labels.printed}
    owners = {owner: name for owner, name in owners.items() if _is_whole(owner, lines, owned[owner], headings)}
    claims = Claims(lines)
    claims.take([*labels.printed, *rows.printed])
    found = _Found(lines, {**rows.answers, **labels.answers}, labels.rows, owned, owners)
    names = {*owners.values(), *rows.answers}
    fields: dict[str, FieldReading] = {}
    several: list[FormField] = []
    for field in definition.fields_in(dict.fromkeys(names, "")):
        fields[field.id], has_several = found.read(field, claims)
        several += [field] if has_several else []
    already = Counter((*labels.texts, *rows.texts))
    left: list[str] = []
    for part in parts:
        of_part = claims if part is parts[0] else Claims(part.lines)
        take_printed(part, of_part, printed, already)
        left += _by_paragraph(part.lines, of_part)
    doubled = sorted({_name_of(owner) for owner in owned if "#" in owner and owner not in rows.renamed})
    known = tuple(name for name in doubled if name in fields)
    return Placed(fields=fields, not_placed=tuple(left), doubled=known, with_several=tuple(several))


def _name_of(owner: str) -> str:
    return owner.partition(":")[2].partition("#")[0]


def _owners_of_fields(definition: FormDefinition, owned: Mapping[str, object], rows: ByRows) -> dict[str, str]:
    """Return which field each control and bookmark is of; second ones of a name are of none, but in a copied row."""
    fields = {field.id for field in definition.fields}
    tables = [
        re.compile(rf"{re.escape(table.id)}_([1-9]\d{{0,3}})_({'|'.join(re.escape(one.id) for one in table.columns)})")
        for table in definition.tables
    ]
    found: dict[str, str] = {}
    for owner in owned:
        name = rows.renamed.get(owner) or ("" if "#" in owner else _name_of(owner))
        cell = next((match for table in tables if (match := table.fullmatch(name))), None)
        if name in fields or (cell is not None and int(cell[1]) <= _ROWS_LIMIT):
            found[owner] = name
    return found


def _is_whole(owner: str, lines: Sequence[Line], spans: Sequence[Span], labels: Collection[int]) -> bool:
    """Return whether a control or bookmark can be an answer: LibreOffice may put a bookmark's end far behind it."""
    if owner.startswith("tag:"):
        return True
    numbers = {number for number, _, _ in spans}
    return len({lines[number].cells for number in numbers}) == 1 and not any(
        number in labels and start == 0 < end for number, start, end in spans
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What labels, columns, controls and bookmarks tell, together."""

    lines: Sequence[Line]
    by_label: Mapping[str, list[Span]]
    rows_of_labels: Mapping[str, int]
    owned: Mapping[str, list[Span]]
    owners: Mapping[str, str]

    def read(self, field: FormField, claims: Claims) -> tuple[FieldReading, bool]:
        """Return one field's readings, and whether several of its boxes are ticked; what was read is claimed."""
        values: dict[str, str | None] = dict.fromkeys(("tag", "bookmark", "label"))
        beside: list[str] = []
        has_several = False
        own: list[Span] = []
        for owner, name in self.owners.items():
            if name == field.id:
                spans = self.owned[owner]
                own += spans
                meant = meaning(field, text_of_spans(self.lines, spans))
                values[owner.partition(":")[0]] = meant.value
                beside.append(meant.beside)
                has_several = has_several or meant.has_several
                claims.take(spans)
        if field.id in self.by_label:
            spans = list(self._without_others(field.id, self.by_label[field.id]))
            meant = meaning(field, text_of_spans(self.lines, without_blank_ends(self.lines, spans)))
            values["label"] = meant.value
            beside += [self._beside(spans, own)] if own else [meant.beside]
            has_several = has_several or meant.has_several
            claims.take(spans)
        said = "\n".join(dict.fromkeys(one for one in beside if one))
        reading = FieldReading(
            by_tag=values["tag"], by_bookmark=values["bookmark"], by_label=values["label"], beside=said
        )
        return reading, has_several

    def _without_others(self, field_id: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield the spans without what is in the control of another field that has no place of its own."""
        for number, start, end in spans:
            others = [
                (max(start, segment.start), min(end, segment.start + len(segment.text)))
                for segment in self.lines[number].segments
                if self._is_anothers(field_id, segment.owners)
            ]
            others = [one for one in others if one[0] < one[1]]
            edges = [start, *(edge for other in others for edge in other), end]
            for begin, finish in zip(edges[::2], edges[1::2], strict=True):
                if not others or self.lines[number].text[begin:finish].strip():
                    yield (number, begin, finish)

    def _is_anothers(self, field_id: str, owners: frozenset[str]) -> bool:
        names = {self.owners[owner] for owner in owners if owner in self.owners}
        return bool(names) and field_id not in names and any(self._has_no_place(field_id, name) for name in names)

    def _has_no_place(self, field_id: str, other: str) -> bool:
        row = self.rows_of_labels.get(other)
        return other not in self.by_label or (bool(row) and row == self.rows_of_labels.get(field_id))

    def _beside(self, spans: Sequence[Span], own: Sequence[Span]) -> str:
        """Return what of a label's answer is in the cell of the field's control, and not inside it."""
        cells = {self._cell(number) for number, _, _ in own}
        mine = Claims(self.lines)
        mine.take(own)
        return "\n".join(
            piece
            for number, start, end in spans
            if self._cell(number) in cells
            for piece in mine.left_in(number, start, end)
        )

    def _cell(self, number: int) -> tuple[str, int]:
        cell = self.lines[number].cell
        return ("cell", cell.number) if cell else ("paragraph", self.lines[number].paragraph)


def _by_paragraph(lines: Sequence[Line], claims: Claims) -> Iterator[str]:
    """Yield the pieces that nothing has claimed; whole lines of one paragraph together."""
    gathered: list[str] = []
    before = (-2, -1)
    for number, piece in claims.left():
        line = lines[number]
        follows = before == (number - 1, line.paragraph) and piece == line.text.strip()
        if gathered and not follows:
            yield "\n".join(gathered)
            gathered = []
        gathered.append(piece)
        before = (number, line.paragraph)
    if gathered:
        yield "\n".join(gathered)
