"""Charts: what is drawn and what is not, in words as in the picture, and nothing of where it was made."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from escalate.core.reports.report import Row, Share, Untold
from escalate.render.report_charts import Drawing, Point, Series, as_png, as_svg, described, drawing_of
from tests.render.report_sample import AGENCIES, CLOCKS, LINES, NOTHING, PUBLISHED, QUARTERS, THEMES


def drawn(table: object) -> Drawing:
    drawing = drawing_of(table)  # type: ignore[arg-type]
    assert drawing is not None
    return drawing


@pytest.fixture(scope="module")
def svg() -> str:
    return as_svg(drawn(THEMES))


@pytest.fixture(scope="module")
def png() -> bytes:
    return as_png(drawn(CLOCKS))


def test_bars_are_drawn_of_the_first_columns_of_one_unit_and_of_no_total() -> None:
    drawing = drawn(CLOCKS)

    assert drawing.unit == "share"
    assert drawing.places == tuple(row.label for row in CLOCKS.rows)
    assert drawing.series == (
        Series(
            "In time",
            (Point(75.0, "18 of 24 (75%)"), Point(75.0, "3 of 4"), Point(25.0, "1 of 4"), Point(None, "no cases")),
        ),
    )
    assert "Total" not in drawn(THEMES).places


def test_a_figure_that_is_not_known_is_a_gap_and_its_sign_and_not_nought() -> None:
    assert drawn(QUARTERS).series[2].points[2] == Point(None, "–")


def test_a_table_that_is_not_to_be_drawn_or_has_no_line_has_no_chart() -> None:
    assert [drawing_of(table) for table in (AGENCIES, LINES, NOTHING, replace(NOTHING, chart="bars"))] == [None] * 4


def test_a_table_of_which_every_number_is_kept_back_is_not_drawn() -> None:
    hidden = replace(THEMES, rows=(Row("Threshold", (Untold("*", "too few"), Untold("*", "too few"))),))

    assert drawing_of(hidden) is None


def test_of_26_lines_25_are_drawn_and_it_says_so() -> None:
    many = replace(THEMES, rows=tuple(Row(f"Theme {number}", (number, 0)) for number in range(26)))

    assert drawn(replace(many, rows=many.rows[:25])).called == "Themes"
    assert drawn(many).called == "Themes: the first 25 of 26 lines"


def test_a_chart_is_told_in_words_with_every_figure_it_draws() -> None:
    assert described(drawn(replace(THEMES, rows=THEMES.rows[:2]))) == (
        "Bar chart of cases. Threshold & level of need: Raised 14, Resolved 11;"
        " Information not shared: Raised 9, Resolved 9."
    )


def test_the_same_figures_give_the_same_picture(svg: str, png: bytes) -> None:
    assert as_svg(drawn(THEMES)) == svg
    assert as_png(drawn(CLOCKS)) == png


def test_an_svg_keeps_its_words_as_words_and_escapes_them(svg: str) -> None:
    assert "Threshold &amp; level of need" in svg
    assert "<b>" not in svg
    assert '=HYPERLINK("invented") &lt;b&gt;a' in svg


def test_an_svg_fetches_nothing_and_says_nothing_of_where_it_was_made(svg: str) -> None:
    assert not re.search(r"https?:|<metadata|<style|<script|xlink|<image|matplotlib|DejaVu|clip-path", svg)
    assert not re.search(r"url\((?!#by-theme-)", svg)


def test_two_charts_of_a_page_have_no_name_in_common(svg: str) -> None:
    other = as_svg(drawn(QUARTERS))

    names = [set(re.findall(r'\bid="([^"]+)"', one)) for one in (svg, other)]
    assert names[0]
    assert names[1]
    assert not names[0] & names[1]


def test_bars_side_by_side_are_told_apart_by_hatching_and_not_by_colour_alone(svg: str) -> None:
    assert "<pattern" in svg


def test_a_png_holds_no_words_of_the_program_or_the_moment(png: bytes) -> None:
    assert not re.search(rb"tEXt|tIME|iTXt|eXIf", png)


def test_what_is_hidden_in_a_published_table_is_not_drawn() -> None:
    drawing = drawn(next(table for table in PUBLISHED.tables if table.id == "by-theme"))

    assert [point.written for point in drawing.series[0].points] == ["15", "10", "*", "*"]
    assert [point.value for point in drawing.series[0].points] == [15.0, 10.0, None, None]


def test_a_label_with_mathematical_signs_is_drawn_as_it_is() -> None:
    table = replace(THEMES, rows=(Row("£5 $x^2$ \\frac \x1b[31m", (1, 2)),))

    assert "$x^2$" in as_svg(drawn(table))


def test_shares_are_drawn_up_to_a_hundred() -> None:
    table = replace(CLOCKS, rows=(Row("Stage 1", (Share(1, 20), Untold("–", "none"))),))

    assert ">100</text>" in as_svg(drawn(table))


def test_no_number_of_a_line_chart_lies_over_another() -> None:
    alike = replace(QUARTERS, rows=(Row("First", (4, 4, 4)), Row("Second", (12, 11, 4)), Row("Third", (0, 0, 0))))
    drawing = drawing_of(alike)
    assert drawing

    written = re.findall(r'<text[^>]*font-size: 8px[^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*>(\d+)</text>', as_svg(drawing))

    assert sorted(told for _, _, told in written) == sorted(["4", "4", "4", "12", "11", "4", "0", "0", "0"])
    for place in {x for x, _, _ in written}:
        heights = sorted(float(y) for x, y, _ in written if x == place)
        assert all(upper - lower >= 10 for lower, upper in pairwise(heights))
