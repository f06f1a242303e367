"""The charts of a workbook: drawn by the spreadsheet itself from the cells of the sheet they stand on.

A chart shows what the report's other charts show, as `drawing_of` works it out, and stands beside its numbers. Series
are told apart without colour: by hatching, or by dashes and marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from escalate.core.reports.report import Days, Figure, Share, Table
from escalate.render.console import visible
from escalate.render.report_charts import MOST_SERIES, Drawing, axis_of, described, drawing_of

_WIDTH, _LEAST_HEIGHT = 17.0, 7.5  # centimetres
_LINE_HEIGHT = 0.55
_CENTIMETRE = 28.35  # points
_PAGE_WIDTH, _PAGE_HEIGHT = 740.0, 450.0
"""Of A4 on its side, in points, between the margins that workbooks have."""
_WIDTH_OF_A_LETTER, _ROW_HEIGHT = 5.6, 15.0  # points
_WIDEST = 75
"""So many letters wide, a table leaves room for a chart beside it."""
_INK = "1A1A1A"
_FILLS = (("1F4E79", ""), ("FFFFFF", "wdUpDiag"), ("9DC3E6", ""), ("FFFFFF", "pct20"))
_LINES = (
    ("1F4E79", "solid", "circle", "t"),
    ("8A3B12", "dash", "square", "b"),
    ("2E6B34", "sysDot", "triangle", "r"),
    ("4A4A4A", "dashDot", "diamond", "l"),
)
"""Colour, dashes, mark, and on which side of it the number stands."""


def add_chart(sheet: Any, table: Table, head_row: int, columns_of: Sequence[int]) -> Drawing | None:
    """Put a table's chart beside its numbers; return what it shows, None where nothing of it can be drawn from cells.

    Args:
        head_row: the row of the headings; the table's lines are those below it.
        columns_of: the first column of each of the table's figures.
    """
    from openpyxl.chart import Reference, Series
    from openpyxl.utils import get_column_letter

    drawing = drawing_of(table)
    places = _places(drawing, table) if drawing else []
    if drawing is None or not places:
        return None
    drawn = {table.columns[place] for place in places}
    drawing = replace(drawing, series=tuple(one for one in drawing.series if one.name in drawn))
    # A total ends the lines that are drawn; nothing stands between them.
    first, last = head_row + 1, head_row + len(drawing.places)
    # Of a share both numbers: a percentage of a few cases is in no cell.
    cells = (0, 1) if drawing.unit == "share" else (0,)
    columns = [columns_of[place] + cell for place in places for cell in cells][:MOST_SERIES]
    chart = _chart(drawing, table.heads, many=len(columns))
    for number, column in enumerate(columns):
        name = str(sheet.cell(head_row, column).value)
        series = Series(Reference(sheet, min_col=column, min_row=first, max_row=last), title=name)
        _look(series, number, drawing.sort)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    # Beside a wide table it would make the page, which is as wide as the sheet, too small to read.
    is_beside = sum(one.width for one in sheet.column_dimensions.values()) <= _WIDEST
    if is_beside and _height(sheet, head_row) + chart.height * _CENTIMETRE <= _PAGE_HEIGHT:
        sheet.add_chart(chart, f"{get_column_letter(sheet.max_column + 2)}{head_row}")
        return drawing
    # A row further down than the page may begin: the chart's own edge is not left on the page before.
    row = sheet.max_row + 3
    _keep_on_one_page(sheet, chart, row, head_row)
    sheet.add_chart(chart, f"A{row}")
    return drawing


def _keep_on_one_page(sheet: Any, chart: Any, row: int, head_row: int) -> None:
    """Begin a new page before a chart that stands below its table, where it would be cut over two; none is longer."""
    from openpyxl.worksheet.pagebreak import Break

    width = _WIDTH_OF_A_LETTER * sum(one.width for one in sheet.column_dimensions.values())
    scale = min(1.0, _PAGE_WIDTH / width)
    page = _PAGE_HEIGHT / scale
    titles = _height(sheet, head_row + 1)
    chart.height = min(chart.height, (page - titles) * 0.95 / _CENTIMETRE)
    used = _height(sheet, row)
    # Every page but the first begins with the titles again.
    while used > page:
        used -= page - titles
    if used + chart.height * _CENTIMETRE > page * 0.95:
        # Where a sheet is to be as wide as the page, not every program minds where a page is to begin.
        sheet.sheet_properties.pageSetUpPr.fitToPage = False
        sheet.page_setup.scale = int(scale * 100)
        sheet.row_breaks.append(Break(id=row - 2))


def _height(sheet: Any, row: int) -> float:
    """Return how high all rows above one are, in points."""
    return sum(sheet.row_dimensions[line].height or _ROW_HEIGHT for line in range(1, row))


def described_in(part: bytes, drawing: Drawing) -> bytes:
    """Return a sheet's drawing part with the chart's title and alternative text, for which the library has no words."""
    from lxml import etree

    root = etree.fromstring(part)
    for frame in root.iter("{*}graphicFrame"):
        (properties,) = frame.iter("{*}cNvPr")
        properties.set("name", f"Chart: {visible(drawing.called)}")
        properties.set("title", visible(drawing.called))
        properties.set("descr", described(drawing))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _places(drawing: Drawing, table: Table) -> list[int]:
    """Return the columns of a drawing that can be drawn from their cells.

    In bars a sign in place of a number is no bar, as it should be; a line would fall to nothing there.
    """
    rows = [row for row in table.rows if not row.is_total][: len(drawing.places)]
    if any(row.is_total for row in table.rows[: len(rows)]):
        return []
    named = {series.name for series in drawing.series}
    found = []
    for place, (name, unit) in enumerate(zip(table.columns, table.units, strict=True)):
        if name not in named or unit != drawing.unit:
            continue
        are = [_is_number(row.figures[place]) for row in rows]
        if all(are) or (drawing.sort == "bars" and any(are)):
            found.append(place)
    return found


def _is_number(figure: Figure) -> bool:
    """Is what is drawn of a figure a number in its cell?"""
    match figure:
        case Share() | Days():
            return True
    return isinstance(figure, int)


def _chart(drawing: Drawing, heads: str, *, many: int) -> Any:
    """Return a chart without its series: titled, its axes too, on white."""
    from openpyxl.chart import BarChart, LineChart

    bars = drawing.sort == "bars"
    chart: Any = BarChart() if bars else LineChart()
    lines, values = chart.x_axis, chart.y_axis
    chart.title, lines.title, values.title = visible(drawing.called), visible(heads), _axis(drawing)
    _small(chart.title, 1100)
    for axis in (lines, values):
        _small(axis.title, 900)
        # The library leaves axes out unless told.
        axis.delete = False
    values.number_format = "0"
    values.scaling.min = 0
    values.majorGridlines = None
    if bars:
        chart.type, chart.gapWidth = "bar", 60
        # The first line stands on top, as in the table.
        lines.scaling.orientation, values.crosses = "maxMin", "max"
    if many < 2:
        chart.legend = None
    else:
        chart.legend.position = "b"
    chart.width = _WIDTH
    chart.height = max(_LEAST_HEIGHT, _LINE_HEIGHT * len(drawing.places) * many + 4) if bars else _LEAST_HEIGHT + 1
    return chart


def _axis(drawing: Drawing) -> str:
    return "cases" if drawing.unit == "share" else visible(axis_of(drawing))


def _small(title: Any, size: int) -> None:
    """Set a title in dark letters of so many hundredths of a point, beside and never over the plot."""
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    title.overlay = False
    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=CharacterProperties(sz=size, b=True, solidFill=_INK))


def _look(series: Any, number: int, sort: str) -> None:
    """Give a series its hatching, or its dashes and marks, and its numbers beside it."""
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.marker import Marker
    from openpyxl.drawing.fill import PatternFillProperties

    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    look = series.graphicalProperties
    if sort == "bars":
        colour, hatching = _FILLS[number]
        if hatching:
            look.pattFill = PatternFillProperties(prst=hatching, fgClr=_colour(_INK), bgClr=_colour(colour))
        else:
            look.solidFill = colour
        look.line.solidFill = _INK
        return
    colour, dashes, mark, series.dLbls.dLblPos = _LINES[number]
    look.line.solidFill, look.line.dashStyle, look.line.width = colour, dashes, 22_000
    series.marker = Marker(symbol=mark, size=7)
    series.marker.graphicalProperties.solidFill = colour
    series.marker.graphicalProperties.line.solidFill = colour
    series.smooth = False


def _colour(name: str) -> Any:
    from openpyxl.drawing.colors import ColorChoice

    return ColorChoice(srgbClr=name)
