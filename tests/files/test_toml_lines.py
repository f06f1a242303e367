"""Where each table and key of a TOML text stands, and what is written twice."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from escalate.files.places import shipped
from escalate.files.toml_lines import Path, index_lines

TEXT = (
    '''# A comment with a [bracket] and a "quote"
name = "first"          # 2

[policy]
title = "a [b] {c} # not a comment"
source = { document = "x", published_on = 2026-01-05 }
aim = """
two = "inside a string"
[inside]
"""
"quoted key" = 1

[[stage]]
id = "1"
between = [
    "practitioner",  # id = "2"
    "counterpart",
]
how = 'it'''
    """s [not] closed'

[[stage]]
id = "2"

[[contradiction]]
id = "time"

  [contradiction.readings.text]
  says = "five"

  [contradiction.readings.flowchart]
  says = "two"

[[contradiction]]
id = "notices"

  [contradiction.readings.text]
  says = "both"
"""
)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("policy",), 4),
        (("policy", "title"), 5),
        (("policy", "source"), 6),
        (("policy", "aim"), 7),
        (("policy", "quoted key"), 11),
        (("stage", 0), 13),
        (("stage", 0, "id"), 14),
        (("stage", 0, "between"), 15),
        (("stage", 0, "how"), 19),
        (("stage", 1), 21),
        (("stage", 1, "id"), 22),
        (("contradiction", 0, "readings", "text"), 27),
        (("contradiction", 0, "readings", "flowchart", "says"), 31),
        (("contradiction", 1, "readings", "text", "says"), 37),
    ],
)
def test_each_table_and_key_is_found_at_its_line(path: Path, line: int) -> None:
    assert index_lines(TEXT).lines[path] == line


def test_what_stands_inside_strings_lists_and_comments_is_no_key() -> None:
    found = index_lines(TEXT)

    assert ("policy", "two") not in found.lines
    assert ("inside",) not in found.lines
    assert found.twice == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("policy", "source", "document"), 6),
        (("stage", 0, "between", 1), 15),
        (("stage", 1, "title"), 21),
        (("stage",), 13),
        (("contradiction", 0, "readings", "none"), 24),
        (("nothing", 3, "at all"), 1),
    ],
)
def test_a_place_without_a_line_of_its_own_is_at_what_holds_it(path: Path, line: int) -> None:
    assert index_lines(TEXT).of(path) == line


def test_every_key_written_twice_is_told_with_both_lines() -> None:
    twice = index_lines("a = 1\na = 2\n[t]\nb = 1\n\n[[s]]\nc = 1\nc = 2\n[[s]]\nc = 3\n[t]\nb = 2\n").twice

    assert twice == [(("a",), 1, 2), (("s", 0, "c"), 7, 8), (("t",), 3, 11), (("t", "b"), 4, 12)]


def test_an_empty_text_has_nothing_and_everything_is_at_line_1() -> None:
    assert index_lines("").lines == {}
    assert index_lines("").of(("policy", "title")) == 1


def paths_of(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of every key that has a value of its own."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in paths_of(item, (*path, key))]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [found for place, item in enumerate(value) for found in paths_of(item, (*path, place))]
    return [path]


def test_every_key_of_a_shipped_policy_stands_at_the_line_that_writes_it() -> None:
    for file in shipped("policies").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        found, written = index_lines(text), text.splitlines()
        for path in paths_of(tomllib.loads(text)):
            assert str(path[-1]) in written[found.of(path) - 1], (file.name, path)


def test_a_dot_or_a_bracket_within_quotes_parts_no_table() -> None:
    found = index_lines('["form (1).docx"]\nhow = "none"\n[["b.docx".action]]\nwhat = "A visit."\n')

    assert found.lines == {
        ("form (1).docx",): 1,
        ("form (1).docx", "how"): 2,
        ("b.docx", "action", 0): 3,
        ("b.docx", "action", 0, "what"): 4,
    }
