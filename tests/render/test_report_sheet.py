"""The report as a workbook, opened again by the library and looked at as it lies in the file."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from escalate.core.reports.report import Row, Share
from escalate.render.report_sheet import workbook
from tests.render.report_sample import CLOCKS, ISSUED, PUBLISHED, THEMES


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook(ISSUED)


@pytest.fixture(scope="module")
def book(made: bytes) -> Any:
    return load_workbook(io.BytesIO(made))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_each_table_has_a_sheet_behind_one_about_the_report(book: Any) -> None:
    assert book.sheetnames == [
        "About this report",
        "1 Themes",
        "2 Met in time",
        "3 Change against the four quart",
        "4 Agencies raising, by how each",
        "5 Learning points and what beca",
        "6 Recommendations",
    ]


def test_counts_are_numbers_under_a_head_that_stays_in_sight(book: Any) -> None:
    sheet = book["1 Themes"]

    assert [row[:3] for row in rows(sheet)[:5]] == [
        ("Table 1. Themes, January to March 2026", None, None),
        ("RESTRICTED: only for those on its distribution list", None, None),
        ("Theme", "Raised", "Resolved"),
        ("Threshold & level of need", 14, 11),
        ("Information not shared", 9, 9),
    ]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B4", "$1:$3")


def test_a_share_and_days_are_the_numbers_behind_them_and_what_is_not_told_is_its_sign(book: Any) -> None:
    sheet = book["2 Met in time"]

    assert rows(sheet)[2:5] + rows(sheet)[6:7] == [
        (
            "Clock",
            "In time: cases that did",
            "In time: of cases",
            "In time: share",
            "How long: median",
            "How long: 90th percentile",
            "How long: cases measured",
        ),
        ("Stage 1: agree a way forward", 18, 24, 0.75, 4.5, 9, 24),
        ("Stage 2: managers agree, 5 working days (followed)", 3, 4, None, None, None, 4),
        ("Stage 3: guide only", 0, 0, "no cases", "–", "–", "–"),
    ]
    assert sheet["D4"].number_format == "0%"
    assert len(rows(sheet)[3]) == 1 + 3 + 3 == len(CLOCKS.columns) * 3 + 1


def test_a_share_of_fewer_than_ten_has_no_percentage_in_a_sheet_either() -> None:
    clocks = replace(CLOCKS, rows=(Row("nine", (Share(3, 9), 0)), Row("ten", (Share(3, 10), 0))))
    sheet = load_workbook(io.BytesIO(workbook(replace(ISSUED, tables=(clocks,)))))["1 Met in time"]

    assert [row[:4] for row in rows(sheet)[3:5]] == [("nine", 3, 9, None), ("ten", 3, 10, 0.3)]


def test_words_that_begin_like_a_formula_stay_words(made: bytes, book: Any) -> None:
    cell = book["1 Themes"]["A6"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (THEMES.rows[2].label, "s", True)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)
    assert b"<f>" not in sheets
    assert b"<f " not in sheets


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u200b=1", "'=1"])
def test_no_label_can_become_a_formula_when_its_cell_is_edited(label: str) -> None:
    report = replace(ISSUED, tables=(replace(THEMES, rows=(Row(label, (1, 2)),)),))
    cell = load_workbook(io.BytesIO(workbook(report)))["1 Themes"]["A4"]

    assert cell.data_type == "s"
    assert cell.quotePrefix or cell.value[:1] in ("\\", "'")


def test_a_chart_stands_on_the_sheet_of_its_numbers_and_is_drawn_from_them(book: Any) -> None:
    charts = {sheet.title: sheet._charts for sheet in book}
    assert {title: len(found) for title, found in charts.items() if found} == {
        "1 Themes": 1,
        "2 Met in time": 1,
        "3 Change against the four quart": 1,
    }
    (themes,), (quarters,) = charts["1 Themes"], charts["3 Change against the four quart"]
    assert [series.val.numRef.f for series in themes.series] == ["'1 Themes'!$B$4:$B$7", "'1 Themes'!$C$4:$C$7"]
    assert {series.cat.numRef.f for series in themes.series} == {"'1 Themes'!$A$4:$A$7"}
    (clocks,) = charts["2 Met in time"]
    assert [series.tx.v for series in clocks.series] == ["In time: cases that did", "In time: of cases"]
    # What was not recorded is no nought: the series that holds it is not drawn as a line.
    assert [series.tx.v for series in quarters.series] == ["Raised", "Resolved"]


def test_a_chart_has_a_title_titled_axes_alternative_text_and_no_gradient(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        charts = [archive.read(f"xl/charts/chart{place}.xml").decode() for place in (1, 2, 3)]
        frames = [archive.read(f"xl/drawings/drawing{place}.xml").decode() for place in (1, 2, 3)]

    assert [re.findall(r"<a:t>(.*?)</a:t>", chart) for chart in charts] == [
        ["Themes", "Theme", "cases"],
        ["Met in time", "Clock", "cases"],
        ["Change against the four quarters before", "Quarter", "cases"],
    ]
    assert not [chart for chart in charts if "gradFill" in chart or '<delete val="1"' in chart]
    assert (
        'title="Themes" descr="Bar chart of cases. Threshold &amp; level of need: Raised 14, Resolved 11;' in frames[0]
    )
    assert "No response" not in frames[2]


def test_the_same_report_is_the_same_workbook_and_names_no_author(made: bytes) -> None:
    assert workbook(ISSUED) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        properties = archive.read("docProps/core.xml").decode() + archive.read("docProps/app.xml").decode()
    assert "<dc:creator>escalate</dc:creator>" in properties
    assert not re.search(r"lastModifiedBy|openpyxl|Excel", properties)


def test_its_first_sheet_says_for_whom_it_is_and_what_it_does_not_know(book: Any) -> None:
    about = rows(book["About this report"])

    assert ("Distribution", "Chair of the Quality sub-group; Business manager") in about
    assert ("What this report does not know", "What ended at stage 1 is not reported under this policy.") in about


def test_a_published_workbook_holds_no_count_below_8() -> None:
    book = load_workbook(io.BytesIO(workbook(PUBLISHED)))
    counts = [
        cell.value
        for sheet in book
        for column in sheet.iter_cols(min_row=3)
        if not re.search("median|90th", str(column[0].value))
        for cell in column
        if cell.data_type == "n" and cell.number_format == "0" and cell.value is not None
    ]

    assert counts
    assert not [count for count in counts if count < 8]


def test_two_tables_of_one_name_have_two_sheets_and_no_name_holds_what_a_sheet_may_not() -> None:
    odd = replace(THEMES, title="'By [stage]: 1/2?* and a good deal more than fits'")
    book = load_workbook(io.BytesIO(workbook(replace(ISSUED, tables=(odd, odd)))))

    assert book.sheetnames == [
        "About this report",
        "1 'By  stage   1 2   and a good",
        "2 'By  stage   1 2   and a good",
    ]


@pytest.mark.parametrize(("lines", "breaks"), [(3, []), (10, [18])], ids=["fits", "does not fit"])
def test_a_chart_that_would_be_cut_over_two_pages_begins_on_a_new_one(lines: int, breaks: list[int]) -> None:
    row = THEMES.rows[0]
    themes = replace(THEMES, rows=tuple(replace(row, label=f"A theme of a long title {n:040}") for n in range(lines)))

    sheet = load_workbook(io.BytesIO(workbook(replace(ISSUED, tables=(themes,)))))["1 Themes"]

    assert [one.id for one in sheet.row_breaks.brk] == breaks
    assert sheet._charts[0].anchor._from.row > (breaks or [0])[0]
