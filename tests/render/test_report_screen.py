"""A report on a terminal: at 60, 80 and 120 columns, spoken, and through a pipe."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from escalate.core.reports.report import Report, Row, Table
from escalate.render.console import Kind, Screen
from escalate.render.report_screen import show_report
from tests.render.report_sample import AGENCIES, CLOCKS, ISSUED, NOTHING, QUARTERS, REPORT, THEMES


def shown(report: Report, kind: Kind = "terminal", width: int = 80) -> list[str]:
    stream = io.StringIO()
    show_report(Screen(kind, width, stream), report)
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()]


def only(table: Table, **more: object) -> Report:
    return replace(REPORT, tables=(table,), unknown=(), **more)  # type: ignore[arg-type]


def the_table(lines: list[str], title: str) -> list[str]:
    first = lines.index(title)
    return lines[first : lines.index("", first)]


def test_at_80_columns_a_table_of_two_columns_stands_as_columns() -> None:
    assert the_table(shown(only(THEMES)), "1. Themes") == [
        "1. Themes",
        "Cases raised from 1 January to 31 March 2026.",
        "Theme                                                           Raised  Resolved",
        "Threshold & level of need                                           14        11",
        "Information not shared                                               9         9",
        '=HYPERLINK("invented") <b>a theme that would be code</b>             3         2',
        "Voice of the child, and whether anybody had asked the child          0         0",
        "before the plan was ended",
        "Total                                                               26        22",
        "  A case with two themes is counted under each.",
        "  Holds numbers below 8: not to be passed on.",
        "  Asked for by the policy: s5 para 2.",
    ]


def test_at_60_columns_each_line_is_said_with_the_names_of_its_columns() -> None:
    assert the_table(shown(only(CLOCKS), width=60), "1. Met in time")[2:6] == [
        "  Stage 1: agree a way forward",
        "    In time 18 of 24 (75%); How long median 4.5, 90% within",
        "      9 (24)",
        "  Stage 2: managers agree, 5 working days (followed)",
    ]


def test_at_80_columns_a_table_too_wide_for_it_is_said_line_by_line_and_at_120_it_is_not() -> None:
    assert the_table(shown(only(AGENCIES)), "1. Agencies raising, by how each case ended")[2:5] == [
        "  Invented Primary School",
        "    Raised 8; Received 0; Resolved 6; Withdrawn 1; No response 1; Open at the",
        "      end 1; Reopened 0",
    ]
    wide = the_table(shown(only(AGENCIES), width=120), "1. Agencies raising, by how each case ended")
    assert ["Invented", "Primary", "School", "8", "0", "6", "1", "1", "1", "0"] in [line.split() for line in wide]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, shown(ISSUED, width=width))) <= width


def test_the_marking_stands_first_and_last() -> None:
    lines = shown(ISSUED)

    assert (lines[0], lines[-1]) == ("RESTRICTED: only for those on its distribution list",) * 2


def test_what_the_report_does_not_know_comes_before_its_figures() -> None:
    lines = shown(ISSUED)

    assert lines.index("What this report does not know") < lines.index("1. Themes")
    assert "- What ended at stage 1 is not reported under this policy." in lines


def test_a_table_without_lines_says_that_there_is_nothing() -> None:
    assert the_table(shown(only(NOTHING)), "1. Recommendations") == ["1. Recommendations", "  Nothing in this period."]


def test_spoken_each_line_is_a_sentence_without_columns() -> None:
    assert the_table(shown(only(QUARTERS), "spoken"), "1. Change against the four quarters before")[1:5] == [
        "January to March 2025",
        "  Raised: 17",
        "  Resolved: 15",
        "  No response: 1",
    ]


def test_through_a_pipe_columns_are_parted_by_tabs() -> None:
    assert "January to March 2025\t17\t15\t1" in shown(only(QUARTERS), "piped")


def test_a_label_that_a_terminal_would_obey_is_written_out() -> None:
    hostile = replace(NOTHING, rows=(Row("red\x1b[31m [/] :warning:", (12,)),))

    assert "red\\x1b[31m [/] :warning:\t12" in shown(only(hostile), "piped")
