"""The log as a spreadsheet: days and numbers as such, headings that stay, filters, people's words as words alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

from escalate.core.reports.log import HEADINGS, CaseLog
from escalate.render.log_cells import COLUMNS, Value, about, is_like_a_formula, marking, on_paper, title_of
from escalate.render.word.package import Properties, set_properties, to_bytes

_WIDTHS = {
    "reference": 22,
    "child": 14,
    "concern": 40,
    "need": 16,
    "difference": 40,
    "raised_on": 13,
    "progress": 50,
    "outcome": 34,
    "ended_on": 12,
    "days": 14,
}
_OTHERS = 24
_WORDS = Font(name="Arial", size=10)
_LINE, _TALLEST = 14.0, 409.0
_LONGEST = 32_767
_A3 = 8
_PER_CENT = 70  # of ten points: the summary log's columns are then as wide as a page
_MARGINS = PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.75)
_CUT = " … (a cell holds no more: see escalate show)"
_READ_AS_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = PatternFill("solid", fgColor="FFE7E6E6")
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)


def log_as_xlsx(log: CaseLog) -> bytes:
    """Return the log as an .xlsx file: the sheet "Log", and "About" with what must be known to read it.

    The same log gives the same bytes. No author, company or program's moment stands in it.
    """
    book = Workbook(write_only=True)
    _fill_log(book.create_sheet("Log"), log)
    notes = book.create_sheet("About")
    notes.column_dimensions["A"].width = 100
    for line in (title_of(log), marking(log), *about(log)):
        notes.append([_cell(notes, line)])
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_nobodys_name(buffer.getvalue(), log)


def _fill_log(sheet: WriteOnlyWorksheet, log: CaseLog) -> None:
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.scale, sheet.page_setup.pageOrder = _PER_CENT, "overThenDown"
    sheet.page_margins = _MARGINS
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.HeaderFooter.oddHeader.center.text = marking(log)
    sheet.HeaderFooter.oddFooter.center.text = f"{title_of(log).replace('&', '&&')} \N{MIDDLE DOT} page &P of &N"
    # On paper the summary log's own columns are a page wide, and what stands beside them the next.
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS))}{len(log.lines) + 1}"
    sheet.col_breaks.append(Break(id=len(HEADINGS)))
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _OTHERS)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(log.lines) + 1}"
    sheet.row_dimensions[1].height = 3 * _LINE
    sheet.append(list(_headings(sheet)))
    for row, line in enumerate(log.lines, 2):
        values = {name: on_paper(line, name) for name in COLUMNS}
        sheet.row_dimensions[row].height = _height(values)
        sheet.append([_cell(sheet, value) for value in values.values()])


def _height(values: Mapping[str, Value]) -> float:
    """Return how high a row must be, in points, for its words to be seen: not every program finds out by itself."""
    lines = 1
    for name, value in values.items():
        if isinstance(value, str):
            width = _WIDTHS.get(name, _OTHERS)
            lines = max(lines, sum(len(one) // width + 1 for one in value.split("\n")))
    return min(_LINE * lines, _TALLEST)


def _headings(sheet: WriteOnlyWorksheet) -> Iterator[WriteOnlyCell]:
    for heading in COLUMNS.values():
        cell = _cell(sheet, heading)
        cell.font, cell.fill = Font(name="Arial", size=10, bold=True), _HEAD
        yield cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.alignment, cell.font = _TOP, _WORDS
    if isinstance(value, str):
        # Not by its setter: that makes a formula of what begins like one, and an error of "#N/A".
        cell._value, cell.data_type = _fitting(value), "s"
        cell.quotePrefix = is_like_a_formula(value)
    elif value is not None:
        cell.value = value
        cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "0"
    return cell


def _fitting(words: str) -> str:
    words = _READ_AS_CODE.sub("_x005F_", words)
    return words if len(words) <= _LONGEST else words[: _LONGEST - len(_CUT)] + _CUT


def _with_nobodys_name(content: bytes, log: CaseLog) -> bytes:
    """Return the file with what it says of itself written afresh, in one order and at one moment."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    set_properties(parts, Properties(title=title_of(log), issued_on=log.made_on, issue="", custom={}, by="escalate"))
    return to_bytes(parts)
