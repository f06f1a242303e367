"""Lays the fields of a form out in tables: labels, controls, bars with headings, and rows that are repeated."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from template_looks import Block, Look, Row
from template_xml import BAR, SHADE, Sheet, cell, paragraph, row, run, table

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.core.forms.shortened import shortened

_LONG = 900


def control(field: FormField, number: int) -> str:
    """Return the field's content control inside its bookmark; both must be the only ones of their name."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{field.bookmark}"/>'
        f"{_control(field, field.id, field.id)}"
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def control_in_row(table: FormTable, column: FormField) -> str:
    """Return the content control of a column, in the row that is repeated; its bookmarks are put round it later."""
    return _control(column, f"{table.id}_{{{{ row.number }}}}_{column.id}", f"row.{column.id}")


def _control(field: FormField, tag: str, holds_name: str) -> str:
    holds = ""
    if field.kind in ("choice", "choice or words"):
        items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in field.options)
        kind = "dropDownList" if field.kind == "choice" else "comboBox"
        holds = f"<w:{kind}>{items}</w:{kind}>"
    elif field.kind == "date":
        holds = (
            '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
    identity = zlib.crc32(tag.encode()) & 0x7FFFFFFF
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(field.label)}/><w:tag w:val="{tag}"/>'
        f'<w:id w:val="{identity}"/>{holds}</w:sdtPr>'
        f"<w:sdtContent>{run('{{ ' + holds_name + ' }}')}</w:sdtContent></w:sdt>"
    )


def blocks(definition: FormDefinition, look: Look, sheet: Sheet) -> str:
    """Return the tables of a form one after another, and where to send it below them."""
    parts = []
    for block in look.blocks:
        named = next((one for one in definition.tables if one.id == block.of), None)
        above = [*(paragraph("FormNote", run(line), stays=True) for line in block.above)]
        if named is not None:
            above += [paragraph("Heading2", run(named.title), stays=True)] if named.title else []
            parts.append("".join(above) + _repeated(definition, named, look, block))
        else:
            parts.append("".join(above) + _Laid(definition, look, sheet).table(block))
    gap = paragraph("FormNote", "")
    ending = [paragraph("FormNote", run(f"{line}: {{{{ issue.return_to }}}}")) for line in definition.fixed_after]
    return gap + gap.join(parts) + ("".join(ending) or gap)


def _repeated(definition: FormDefinition, named: FormTable, look: Look, block: Block) -> str:
    """Return a table with a row of headings and one row that the template repeats."""
    style = "FormCell" if look.wide else "FormAnswer"
    columns = list(zip(named.columns, block.widths, strict=True))
    heads = "".join(cell(_label(column), width, SHADE) for column, width in columns)
    answers = "".join(cell(paragraph(style, control_in_row(named, column)), width) for column, width in columns)

    def tag(words: str) -> str:
        return row(cell(paragraph(style, run(f"{{%tr {words} %}}")), sum(block.widths), columns=len(columns)))

    rows = row(heads, heads=True) + tag(f"for row in {named.id}") + row(answers, 500) + tag("endfor")
    return table(named.title or definition.title, block.about, block.widths, rows)


def _label(field: FormField) -> str:
    guidance = "".join(paragraph("FormNote", run(line)) for line in field.guidance)
    return paragraph("FormLabel", run(field.label)) + guidance


def _whole(lines: Sequence[str]) -> list[str]:
    """Return the lines that are printed here: those known by a mark alone are the partnership's own form's."""
    return [line for line in lines if shortened(line) is None]


class _Laid:
    """A form's fields in the grid of its tables."""

    def __init__(self, definition: FormDefinition, look: Look, sheet: Sheet) -> None:
        self.definition = definition
        self.fields = list(definition.fields)
        self.sheet = sheet
        self.look = look
        self.grid: Sequence[int] = ()
        self.said: set[str] = set()

    def table(self, block: Block) -> str:
        """Return a block: two columns, or its own where fields lie side by side in it."""
        label = self.look.label_width
        self.grid = block.widths or (label, self.sheet.width - label)
        return table(self.definition.title, block.about, self.grid, "".join(self._rows(one) for one in block.rows))

    def _rows(self, laid: Row) -> str:
        fields = [self.definition.field(one) for one in laid.ids]
        first = fields[0]
        if laid.how == "together":
            return self._together(fields)
        bar = "" if first.id in self.said else self._bar(first)
        if laid.how == "pairs":
            pairs = zip(fields, (self.grid[0:2], self.grid[2:4]), strict=True)
            return bar + row("".join(cell(_label(x), w[0], SHADE) + cell(self._answer(x), w[1]) for x, w in pairs))
        if laid.how == "below":
            label = row(cell(_label(first), sum(self.grid), SHADE, len(self.grid)))
            return bar + label + row(cell(self._answer(first), sum(self.grid), "", len(self.grid)), _LONG)
        label = cell(_label(first), self.grid[0], SHADE)
        if laid.how == "noted":
            following = self.fields[self.fields.index(first) + 1]
            self.said.add(following.id)
            notes = "".join(paragraph("FormNote", run(line)) for line in _whole(following.fixed_before))
            answer = cell(self._answer(first), self.grid[1]) + cell(notes, sum(self.grid[2:]), "", len(self.grid) - 2)
            return bar + row(label + answer)
        answer = cell(self._answer(first), sum(self.grid[1:]), "", len(self.grid) - 1)
        return bar + row(label + answer, _LONG if first.kind in ("long", "list") else 0)

    def _answer(self, field: FormField) -> str:
        return paragraph("FormAnswer", control(field, self.fields.index(field) + 1))

    def _together(self, fields: Sequence[FormField]) -> str:
        """Return one row whose right cell holds several answers, each under its label."""
        left = "".join(paragraph("FormLabel", run(line)) for line in fields[0].fixed_before)
        right = "".join(_label(field) + self._answer(field) for field in fields)
        return row(cell(left, self.grid[0], SHADE) + cell(right, sum(self.grid[1:]), "", len(self.grid) - 1))

    def _bar(self, field: FormField) -> str:
        """Return the lines that the form prints before a field, in a bar over the whole table."""
        lines = [paragraph("Heading2", run(line), stays=True) for line in _whole(field.fixed_before)]
        if not lines:
            return ""
        return row(cell("".join(lines), sum(self.grid), BAR, len(self.grid)))
