"""A report as a paper that a sub-group can table: headings, numbered tables and figures, its marking on every page."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from escalate.core.reports.report import Report, Table
from escalate.render.console import visible
from escalate.render.report_charts import Drawing, as_png, described, drawing_of
from escalate.render.report_word_layout import (
    add_field,
    boxed,
    describe_picture,
    describe_table,
    set_page,
    set_styles,
    shade,
    stand_on_every_page,
    widths_of,
)
from escalate.render.report_words import (
    about,
    beneath,
    caption,
    figure_words,
    heading,
    how_to_read,
    imprint,
    marking,
    printed,
)
from escalate.render.word.package import Properties, keep_needed, set_properties, to_bytes

_TEXT_WIDTH_CM = 16.6
_LEAST_LABEL_CM = 3.0
_LEAST_WORDS = 24  # letters wide, where a column holds sentences


def paper(report: Report) -> bytes:
    """Return the report as .docx: the same bytes from the same report, without an author or a moment of saving."""
    from docx import Document

    document = Document()
    set_page(document)
    set_styles(document)
    stand_on_every_page(document, above=marking(report), below=imprint(report))
    _title_block(document, report)
    _sentences(document, "What this report does not know", report.unknown)
    _sentences(document, "How to read it", how_to_read(report))
    figures = 0
    for place, table in enumerate(printed(report), start=1):
        document.add_heading(f"{place}. {visible(table.title)}", level=1)
        if table.says:
            document.add_paragraph(visible(table.says), style="Picture")
        if drawing := drawing_of(table):
            figures += 1
            _picture(document, drawing, figures, place)
        _table(document, report, table, place)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = keep_needed(parts, "the report")
    properties = Properties(
        title=heading(report), issued_on=report.as_of, issue=imprint(report), custom={"edition": report.edition}
    )
    set_properties(parts, properties)
    return to_bytes(parts)


def _title_block(document: Any, report: Report) -> None:
    boxed(document.add_paragraph(marking(report), style="Marking"))
    document.add_paragraph(visible(heading(report)), style="Title")
    lines = about(report)
    table = document.add_table(rows=0, cols=2)
    describe_table(table, "About this report", "For whom it is, which days it covers and how it was counted")
    for name, words in lines:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].paragraphs[0].add_run(visible(words))
    widths_of(table, (4.0, 12.6))


def _sentences(document: Any, title: str, sentences: tuple[str, ...]) -> None:
    if sentences:
        document.add_heading(title, level=1)
        for sentence in sentences:
            document.add_paragraph(visible(sentence), style="List Bullet")


def _picture(document: Any, drawing: Drawing, place: int, table: int) -> None:
    from docx.shared import Cm

    paragraph = document.add_paragraph(style="Picture")
    shape = paragraph.add_run().add_picture(io.BytesIO(as_png(drawing)), width=Cm(_TEXT_WIDTH_CM))
    describe_picture(shape, place, visible(drawing.title), described(drawing))
    below = document.add_paragraph(style="Caption")
    below.paragraph_format.keep_with_next = False
    below.add_run("Figure ")
    add_field(below, "SEQ Figure \\* ARABIC", str(place))
    below.add_run(f". {visible(drawing.called)}, from table {table}")


def _table(document: Any, report: Report, table: Table, place: int) -> None:
    above = document.add_paragraph(style="Caption")
    above.add_run("Table ")
    add_field(above, "SEQ Table \\* ARABIC", str(place))
    above.add_run(f". {visible(caption(report, table))}")
    if not table.rows:
        document.add_paragraph("Nothing in this period.")
    else:
        _grid(document, table, has_notes=bool(beneath(report, table)))
    notes = [document.add_paragraph(visible(line), style="Table note") for line in beneath(report, table)]
    for note in notes[:-1]:
        note.paragraph_format.keep_with_next = True


def _grid(document: Any, table: Table, *, has_notes: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    grid = document.add_table(rows=1, cols=len(table.columns) + 1)
    grid.style = "Table Grid"
    describe_table(grid, visible(table.title), visible(table.says))
    for cell, name in zip(grid.rows[0].cells, (table.heads, *table.columns), strict=True):
        cell.paragraphs[0].style = "Table text"
        cell.paragraphs[0].add_run(visible(name)).bold = True
        shade(cell)
    for row in table.rows:
        cells = grid.add_row().cells
        for cell, words in zip(cells, (row.label, *map(figure_words, row.figures)), strict=True):
            cell.paragraphs[0].style = "Table text"
            cell.paragraphs[0].add_run(visible(words)).bold = row.is_total
    for column, unit in enumerate(table.units, start=1):
        if unit != "words":
            for cell in grid.columns[column].cells:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    widths_of(grid, _widths(table), has_head=True, has_notes=has_notes)


def _widths(table: Table) -> tuple[float, ...]:
    """Return the columns' widths in centimetres: as each one's longest piece needs, the rest to the labels."""
    needed = []
    for place, (name, unit) in enumerate(zip(table.columns, table.units, strict=True)):
        figures = [figure_words(row.figures[place]) for row in table.rows] if unit != "words" else ["x" * _LEAST_WORDS]
        # Days may break behind their comma; a number and what it is of stay together.
        pieces = [piece for words in figures for piece in words.split(", ")]
        # Headings are bold, and no word of theirs is to break.
        headed = 1.1 * _wide(max(name.split(), key=len, default=""))
        needed.append(max(1.4, headed, _wide(max(pieces, key=len, default=""))))
    label = max(_LEAST_LABEL_CM, _TEXT_WIDTH_CM - sum(needed))
    # Numbers far from their label are hard to follow: a label has what it needs, or half the page.
    longest = max(_wide(row.label) for row in table.rows)
    label = min(label, max(longest, _TEXT_WIDTH_CM / 2))
    rest = _TEXT_WIDTH_CM - label
    return (label, *(width * rest / sum(needed) for width in needed))


def _wide(words: str) -> float:
    """Return how wide words stand in a cell, its margins included, in centimetres."""
    return 0.175 * len(words) + 0.45
