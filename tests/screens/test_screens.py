"""What the screens show, at 60, 80 and 120 columns, is what is written down in `golden`: see what changed, then
`make screens`."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import screens
from scripts.screens import CHECK_PAGE, DRAWN, GOLDEN, TYPED, WIDTHS

if os.name == "nt":
    pytest.skip("a terminal is pretended as POSIX systems have it", allow_module_level=True)

NAMES = tuple(screens.screens(""))
COLOURED = tuple(name for name, shown in screens.screens("").items() if not shown.is_asked and name != "help")


@pytest.fixture(scope="module")
def invented() -> Iterator[tuple[Path, str]]:
    """The record of three invented cases, and the reference of the one with a history."""
    with screens.invented_home() as found:
        yield found


def seen(invented: tuple[Path, str], name: str, columns: int, **more: bool) -> str:
    home, reference = invented
    return screens.golden(screens.screen_of(home, screens.screens(reference)[name], columns, **more))


def columns_of(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_plain_screen_is_as_written_down_and_no_wider_than_the_terminal(
    invented: tuple[Path, str], name: str, columns: int
) -> None:
    shown = seen(invented, name, columns, plain=True)

    assert [line for line in shown.splitlines() if columns_of(line) > columns and line.strip() not in TYPED] == []
    assert "\\e" not in shown
    assert shown == (GOLDEN / f"{name}-{columns}-plain.txt").read_text(encoding="utf-8"), "look, then: make screens"


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", COLOURED)
def test_a_coloured_screen_is_as_written_down_and_says_the_same_without_its_colours(
    invented: tuple[Path, str], name: str, columns: int
) -> None:
    home, reference = invented
    coloured = screens.screen_of(home, screens.screens(reference)[name], columns)
    without = screens.screen_of(home, screens.screens(reference)[name], columns, no_color=True)

    words = screens.without_colour(coloured)
    assert [line for line in words.splitlines() if columns_of(line) > columns] == []
    assert words == screens.without_colour(without)
    written = (GOLDEN / f"{name}-{columns}-coloured.txt").read_text(encoding="utf-8")
    assert screens.golden(coloured) == written, "look, then: make screens"


@pytest.mark.parametrize("name", ["raise-check", "advance-check"])
def test_every_answer_stands_on_the_page_that_is_checked_at_the_end(invented: tuple[Path, str], name: str) -> None:
    assert seen(invented, name, 80).startswith(CHECK_PAGE)


def test_no_screen_is_written_down_that_is_not_shown(invented: tuple[Path, str]) -> None:
    expected = {f"{name}-{columns}-plain.txt" for name in NAMES for columns in WIDTHS}
    expected |= {f"{name}-{columns}-coloured.txt" for name in COLOURED for columns in WIDTHS}

    assert {path.name for path in GOLDEN.iterdir()} == expected


def test_the_drawings_are_of_these_screens_and_ask_nothing_of_the_network(invented: tuple[Path, str]) -> None:
    for name, drawn in screens.drawings(*invented):
        assert (DRAWN / name).read_text(encoding="utf-8") == drawn, "look, then: make screens"
        ElementTree.fromstring(drawn)
        assert drawn.count("://") == 1, "only the name of SVG itself"
        assert "font-face" not in drawn
        assert len(drawn) < 40_000
