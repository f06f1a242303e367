"""A report as a workbook: a sheet a table with its numbers as numbers, and beside them the chart of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from escalate.core.reports.report import Days, Figure, Report, Share, Table, Unit, Untold
from escalate.render.console import visible
from escalate.render.report_charts import Drawing
from escalate.render.report_sheet_charts import add_chart, described_in
from escalate.render.report_words import (
    LEAST_FOR_MEDIAN,
    LEAST_FOR_PERCENT,
    about,
    beneath,
    caption,
    has_percent,
    heading,
    how_to_read,
    imprint,
    marking,
    printed,
)
from escalate.render.word.package import Properties, set_properties, to_bytes

_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_STARTS_A_FORMULA = re.compile(r"^[\s\W]*?[=+\-@]")
_PARTS: dict[Unit, tuple[str, ...]] = {
    "cases": ("",),
    "words": ("",),
    "days": ("",),
    "share": ("cases that did", "of cases", "share"),
    "working days": ("median", "90th percentile", "cases measured"),
}
_WORDS, _WRAPPED = "@", "wrapped"
_FORMATS: dict[Unit, tuple[str, ...]] = {
    "cases": ("0",),
    "words": (_WORDS,),
    "days": ("0",),
    "share": ("0", "0", "0%"),
    "working days": ("0.#", "0.#", "0"),
}
_HEAD_ROW = 3
_FONT = "Arial"
_LINE_HEIGHT = 13.5  # points

Cell = int | float | str


def workbook(report: Report) -> bytes:
    """Return the report as .xlsx: a sheet about it, then one for each table, with its chart; no formula, no author."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "About this report"
    _fill_about(first, report)
    taken = {first.title.lower()}
    drawn = []
    for place, table in enumerate(printed(report), start=1):
        drawing = _fill_table(book.create_sheet(_sheet_name(table, place, taken)), report, table, place)
        drawn += [drawing] if drawing else []
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # The library numbers the sheets' drawings in the order of the sheets.
    for number, drawing in enumerate(drawn, start=1):
        name = f"xl/drawings/drawing{number}.xml"
        parts[name] = described_in(parts[name], drawing)
    # The library writes the moment of saving and itself as the author; the same report is always the same file.
    properties = Properties(
        title=heading(report),
        issued_on=report.as_of,
        issue=imprint(report),
        custom={"edition": report.edition},
        by="escalate",
    )
    set_properties(parts, properties)
    return to_bytes(parts)


def _fill_about(sheet: Any, report: Report) -> None:
    rows: list[tuple[str, str]] = [("", heading(report)), ("", marking(report)), *about(report)]
    rows += [("What this report does not know", sentence) for sentence in report.unknown]
    rows += [("How to read it", sentence) for sentence in how_to_read(report)]
    for place, (name, words) in enumerate(rows, start=1):
        _put(sheet, (place, 1), name, is_bold=True)
        _put(sheet, (place, 2), words, _WRAPPED, is_bold=place < 3)
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 90
    _set_heights(sheet, range(1, len(rows) + 1))
    _print_well(sheet, report)


def _fill_table(sheet: Any, report: Report, table: Table, place: int) -> Drawing | None:
    """Fill a table's sheet, and return what its chart shows, if it has one."""
    _put(sheet, (1, 1), f"Table {place}. {caption(report, table)}", is_bold=True)
    _put(sheet, (2, 1), marking(report), is_bold=True)
    heads = [table.heads, *_heads(table)]
    formats = [_WORDS, *(form for unit in table.units for form in _FORMATS[unit])]
    for column, (name, form) in enumerate(zip(heads, formats, strict=True), start=1):
        _put(sheet, (_HEAD_ROW, column), name, _WRAPPED, is_bold=True)
        if form != _WORDS:
            sheet.cell(_HEAD_ROW, column).alignment = _to_the_right()
    for line, row in enumerate(table.rows, start=_HEAD_ROW + 1):
        cells: list[Cell] = [row.label]
        for figure, unit in zip(row.figures, table.units, strict=True):
            cells += _cells(figure, unit)
        for column, (value, form) in enumerate(zip(cells, formats, strict=True), start=1):
            _put(sheet, (line, column), value, form, is_bold=row.is_total)
    _set_widths(sheet, heads, table)
    below = (table.says, *beneath(report, table)) if table.says else beneath(report, table)
    for line, words in enumerate(below, start=_HEAD_ROW + len(table.rows) + 2):
        _put(sheet, (line, 1), words, _WRAPPED)
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=max(len(heads), 4))
    _set_heights(sheet, range(_HEAD_ROW, sheet.max_row + 1))
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"1:{_HEAD_ROW}"
    _print_well(sheet, report)
    starts = accumulate((len(_PARTS[unit]) for unit in table.units), initial=2)
    return add_chart(sheet, table, _HEAD_ROW, list(starts)[:-1])


def _heads(table: Table) -> Iterator[str]:
    for name, unit in zip(table.columns, table.units, strict=True):
        for part in _PARTS[unit]:
            yield f"{name}: {part}" if part else name


def _cells(figure: Figure, unit: Unit) -> Sequence[Cell]:
    """Return a figure as the cells of its unit: numbers where it has them, its sign in each where it is not told."""
    many = len(_PARTS[unit])
    match figure:
        case Share(met=met, of=of):
            # As on paper: a percentage of a few cases would seem to say more than they do.
            cells: tuple[Cell, ...] = (met, of, met / of if has_percent(figure) else "" if of else "no cases")
        case Days(median=median, ninetieth=ninetieth, of=of):
            cells = (
                median if of >= LEAST_FOR_MEDIAN else "",
                ninetieth if of >= LEAST_FOR_PERCENT else "",
                of,
            )
        case Untold(sign=sign):
            return (sign,) * many
        case _:
            cells = (figure,)
    return (*cells, *("",) * (many - len(cells)))[:many]


def _put(sheet: Any, place: tuple[int, int], value: Cell, form: str = "", *, is_bold: bool = False) -> None:
    """Put a number, or words that stay words, into a cell, by row and column; `form` is a number's format."""
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(*place)
    cell.font = Font(name=_FONT, size=10, bold=is_bold)
    if not isinstance(value, str):
        cell.value, cell.number_format, cell.alignment = value, form, Alignment(vertical="top")
        return
    # A sign that stands for a number keeps to the numbers' side; a caption runs on over the empty cells beside it.
    side = "right" if form.startswith("0") else None
    cell.alignment = Alignment(wrap_text=form in (_WRAPPED, _WORDS), vertical="top", horizontal=side)
    if value:
        words = visible(value)
        cell.value = words
        # The library would make a formula of "=", and a spreadsheet would when the cell is edited.
        cell.data_type = "s"
        cell.quotePrefix = bool(_STARTS_A_FORMULA.match(words))


def _set_widths(sheet: Any, heads: Sequence[str], table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(heads, start=1):
        longest = max((len(row.label) for row in table.rows), default=20) if column == 1 else max(len(name) // 2, 12)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest, 12), 48) + 2


def _set_heights(sheet: Any, lines: range) -> None:
    """Give each line the height that its longest cell needs: not every program works that out for wrapped words."""
    from openpyxl.utils import get_column_letter

    merged = {cells.min_row: cells.max_col for cells in sheet.merged_cells.ranges}
    for line in lines:
        needed = 1
        for cell in sheet[line]:
            last = merged.get(line, cell.column)
            width = sum(sheet.column_dimensions[get_column_letter(at)].width for at in range(cell.column, last + 1))
            if isinstance(cell.value, str):
                needed = max(needed, -(-len(cell.value) // int(width)))
        sheet.row_dimensions[line].height = _LINE_HEIGHT * needed


def _to_the_right() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top", horizontal="right")


def _print_well(sheet: Any, report: Report) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = marking(report).replace("&", "&&")
    sheet.oddFooter.left.text = imprint(report).replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"


def _sheet_name(table: Table, place: int, taken: set[str]) -> str:
    """Return a sheet's name: the number and the title, as far as 31 characters go, without what a name may not hold."""
    name = f"{place} {_FORBIDDEN.sub(' ', visible(table.title))}"[:31].strip().strip("'")
    if name.lower() in taken:
        name = f"{place}"
    taken.add(name.lower())
    return name
