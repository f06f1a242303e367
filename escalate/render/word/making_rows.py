"""Makes the rows of a blank form's table one row that the template repeats, with a content control in each cell."""

from __future__ import annotations

from typing import Any

from lxml import etree

from escalate.core.forms.definition import FormTable
from escalate.files.docx.opener import W
from escalate.files.forms.blank_plain import text_run
from escalate.files.forms.blank_tables import BlankTable
from escalate.render.word.making import control


def put_rows(blank: BlankTable, table: FormTable) -> None:
    """Put the controls into the first empty row, between the rows that begin and end its repetition; in place.

    The other empty rows go: as many as there is anything for come back when the form is filled. Programs that read a
    page aloud, and every further page, are told which row heads the columns.
    """
    first, *others = blank.rows
    cells = first.findall(f"{W}tc")
    for cell, column in zip(cells, table.columns, strict=True):
        paragraph = cell.find(f"{W}p")
        for child in list(cell):
            if child.tag == f"{W}p" and child is not paragraph:
                cell.remove(child)
        for child in list(paragraph):
            if child.tag != f"{W}pPr":
                paragraph.remove(child)
        made = control(column)
        made.find(f"{W}sdtPr/{W}tag").set(f"{W}val", f"{table.id}_{{{{ row.number }}}}_{column.id}")
        content = made.find(f"{W}sdtContent")
        for run in list(content):
            content.remove(run)
        content.append(text_run(f"{{{{ row.{column.id} }}}}", None))
        paragraph.append(made)
    span = sum(_span(cell) for cell in cells)
    first.addprevious(_loop_row(f"{{%tr for row in {table.id} %}}", span))
    first.addnext(_loop_row("{%tr endfor %}", span))
    for row in others:
        row.getparent().remove(row)
    _mark_as_headings(blank.headings)


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return int(span.get(f"{W}val", "1")) if span is not None else 1


def _loop_row(words: str, span: int) -> Any:
    row = etree.Element(f"{W}tr")
    cell = etree.SubElement(row, f"{W}tc")
    etree.SubElement(etree.SubElement(cell, f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", str(span))
    etree.SubElement(cell, f"{W}p").append(text_run(words, None))
    return row


def _mark_as_headings(row: Any) -> None:
    look = row.find(f"{W}trPr")
    if look is None:
        look = etree.Element(f"{W}trPr")
        exceptions = row.find(f"{W}tblPrEx")
        row.insert(0 if exceptions is None else row.index(exceptions) + 1, look)
    if look.find(f"{W}tblHeader") is None:
        etree.SubElement(look, f"{W}tblHeader")
