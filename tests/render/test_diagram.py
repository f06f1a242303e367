"""A policy's flowchart: every stage, way and ending in it, and nobody's words able to break it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from escalate.core.policy import Policy
from escalate.files.places import shipped
from escalate.files.policies.loading import parse_policy
from escalate.render.diagram import draw
from escalate.render.diagram_layout import Page, lay_out
from escalate.render.diagram_mermaid import as_mermaid, safe
from escalate.render.diagram_svg import as_svg
from escalate.render.diagram_text import width_of, wrapped
from tests.rules.scenario import knowsley, policy_of
from tests.running import run

NAME = "knowsley-2020-11"
INVENTED = Path(__file__).parents[1] / "policies" / "invented"
EVERY = sorted([*shipped("policies").glob("*.toml"), *INVENTED.glob("*.toml")])
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '1. "ask" [/] {who} <b>&amp;#35;</b>; %%{init: {}}%% `md` end\\u0007 | --> ]]>'


def hostile() -> Policy:
    words = HOSTILE.replace('"', '\\"').replace("`", "'")
    said = f'"{words}"'
    return parse_policy(
        f"""
[policy]
partnership = {said}
title = {said}
edition = "2026-01"
prefix = "HSCP"
nation = "England"
source = {{ document = "Settling Differences" }}
clause = "head"
[[stage]]
id = "1"
title = {said}
between = [{said}, {said}]
then = ["2", "3"]
choose = {said}
clause = "1"
[[stage]]
id = "2"
title = "{"unbreakable" * 30}"
between = ["a", "b"]
then = ["4"]
clause = "2"
[[stage]]
id = "3"
title = "three"
between = ["a", "b"]
then = ["5"]
clause = "3"
[[stage]]
id = "4"
title = "four"
between = ["a", "b"]
then = ["5"]
clause = "4"
[[stage]]
id = "5"
title = "five"
between = ["a", "b"]
clause = "5"
[[straight_up]]
ground = {said}
from = ["1", "2"]
to = "5"
says = {said}
clause = "5"
[[route_out]]
kind = "other"
what = {said}
go_to = {said}
clause = "6"
[[ending]]
stage = "5"
who = "the Chair"
does = "decides"
binding = true
says = {said}
clause = "5"
[[ending]]
stage = "3"
who = "the Chair"
does = "decides"
binding = false
says = "so"
clause = "5"
""",
        name="hostile",
        where="hostile.toml",
    )


def read(path: Path) -> Policy:
    return policy_of(str(path))


def test_the_flowchart_has_the_stages_in_order_the_risk_first_and_the_ending_last() -> None:
    chart = draw(knowsley())

    assert [chart.box(name).title for name in chart.ladder] == [
        "Stage 1: practitioner to practitioner",
        "Stage 2: line manager to line manager",
        "Stage 3: senior manager to senior manager",
        "Stage 4: the Chair of the Partnership",
        "Recommended by the Chair (not binding)",
    ]
    assert chart.box("risk").lines[0] == "In danger now: telephone 999."
    assert chart.box("stage1").lines == (
        "Between the professional with concerns, and the practitioner or decision maker.",
        "To resolve it: within 5 working days, or less if the child needs it, counted from when the concern arises.",
    )
    assert [(one.start, one.end, one.words) for one in chart.arrows if one.kind == "up"] == [
        ("concern", "stage1", ""),
        ("stage1", "stage2", "unresolved within 5 working days of the concern"),
        ("stage2", "stage3", "unresolved within 5 working days"),
        ("stage3", "stage4", "unresolved within 2 working days"),
    ]


def test_a_way_straight_up_and_immediate_risk_pass_stages_over() -> None:
    chart = draw(knowsley())

    assert [(way.starts, way.end, way.title) for way in chart.ways] == [
        (("stage1", "stage2", "stage3"), "stage4", "Straight up: significant policy issue")
    ]
    assert [(one.end, one.words) for one in chart.arrows if one.start == "risk"] == [("stage2", "at once")]


def test_a_branch_leads_to_both_its_arms() -> None:
    chart = draw(read(INVENTED / "caldermoor-2026-02.toml"))

    assert [one.end for one in chart.arrows if one.start == "stage2" and one.kind == "up"] == ["stage3", "stage4"]
    assert "Where next: Both managers choose together" in chart.box("stage2").lines[2]


def test_mermaid_has_a_box_for_each_stage_and_an_arrow_for_each_step() -> None:
    lines = as_mermaid(draw(knowsley())).splitlines()

    assert lines[0] == "flowchart TD"
    assert '    stage2 -->|"unresolved within 5 working days"| stage3' in lines
    assert '    stage1 -.->|"Straight up: significant policy issue"| stage4' in lines
    assert '    stage1 -->|"resolved"| resolvedstage1' in lines
    assert '    concern ==>|"immediate risk"| risk' in lines


def test_nobodys_words_end_a_label_or_open_markup_in_mermaid() -> None:
    assert safe('a "b" [c] <d> #35; {e} `f` %% g;') == (
        "a #34;b#34; #91;c#93; #60;d#62; #35;35#59; #123;e#125; #96;f#96; #37;#37; g#59;"
    )
    assert safe("1. first") == "1#46; first"
    assert safe("- first") == "#45; first"
    for line in as_mermaid(draw(hostile())).splitlines():
        assert line.count('"') in (0, 2)
        assert not re.search(r"%%|`|<(?!br/>)", line)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_drawing_stands_alone_and_says_what_it_shows(path: Path) -> None:
    root = ElementTree.fromstring(as_svg(draw(read(path))))  # our own text, read back

    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.find(f"{SVG}title") is not None
    described = root.find(f"{SVG}desc")
    assert described is not None
    assert all(stage.title in (described.text or "") for stage in read(path).stage)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "polyline", "polygon", "text"
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or "style" in name]


def overlapping(page: Page) -> list[tuple[str, str]]:
    return [
        (one.box.title, other.box.title)
        for one, other in combinations(page.boxes.values(), 2)
        if one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom
    ]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_box_lies_over_another_and_no_word_runs_out_of_its_box(path: Path) -> None:
    page = lay_out(draw(read(path)), 100)

    assert overlapping(page) == []
    for box in page.boxes.values():
        assert box.x >= 0
        assert box.right <= page.width
        assert box.bottom <= page.height
        assert all(width_of(line, 14) <= box.width - 24 for _, line in box.lines)
        assert all(width_of(line, 15, bold=True) <= box.width - 24 for line in box.title)
        assert all(down + 18 <= box.height for down, _ in box.lines)


def test_no_words_beside_an_arrow_lie_on_a_box() -> None:
    for path in EVERY:
        page = lay_out(draw(read(path)), 100)
        for said in page.said:
            x, y = said.at
            right = x + width_of(said.words, 14)
            across = [box for box in page.boxes.values() if x < box.right and right > box.x]
            assert [box for box in across if box.y < y < box.bottom + 12] == [], (path.stem, said.words)


def test_hostile_words_are_drawn_as_words() -> None:
    root = ElementTree.fromstring(as_svg(draw(hostile())))

    shown = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "<b>&amp;#35;</b>;" in shown
    assert r"\x07" in shown
    assert overlapping(lay_out(draw(hostile()), 100)) == []


def test_a_step_past_a_row_goes_round_the_boxes_between() -> None:
    page = lay_out(draw(hostile()), 100)

    notes = [box.box for box in page.boxes.values() if box.box.kind == "way"]
    assert [(box.title, box.lines) for box in notes[1:]] == [("Next", ("From three to five: unresolved.",))]


def test_a_long_word_is_broken_and_a_short_line_is_not() -> None:
    assert wrapped("Unresolved within 5 working days", 120, 14) == ["Unresolved within", "5 working days"]
    assert all(width_of(line, 14) <= 60 for line in wrapped("unbreakable" * 5, 60, 14))
    assert "".join(wrapped("unbreakable" * 5, 60, 14)) == "unbreakable" * 5


def test_the_drawing_goes_to_a_new_file_and_is_never_written_over_another(tmp_path: Path) -> None:
    out = tmp_path / "ladder.svg"

    first = run(tmp_path, "policy", "show", NAME, "--diagram", "svg", "--out", str(out))
    written = out.read_text(encoding="utf-8")
    second = run(tmp_path, "policy", "show", NAME, "--diagram", "mermaid", "--out", str(out))

    assert (first.code, first.out) == (0, f"Written: {out}\n")
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert (second.code, second.out) == (1, "")
    assert second.err == (
        "error: --out: ladder.svg is there already, and is left as it is\n"
        "    name another file, or move that one away\n"
    )
    assert out.read_text(encoding="utf-8") == written


def test_mermaid_goes_to_standard_output(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "show", NAME, "--diagram", "mermaid")

    assert (ran.code, ran.err, ran.out) == (0, "", as_mermaid(draw(knowsley())))


def test_cannot_draw_in_another_kind_or_write_a_page_to_a_file(tmp_path: Path) -> None:
    other = run(tmp_path, "policy", "show", NAME, "--diagram", "pdf")
    page = run(tmp_path, "policy", "show", NAME, "--out", str(tmp_path / "page.txt"))
    nowhere = run(tmp_path, "policy", "show", NAME, "--diagram", "svg", "--out", str(tmp_path / "no" / "x.svg"))

    remedy = "    write --diagram mermaid or --diagram svg\n"
    assert (other.code, other.err) == (2, f'error: --diagram: "pdf" is not a kind of diagram\n{remedy}')
    assert (page.code, page.err) == (2, f"error: --out: only a flowchart is written to a file\n{remedy}")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert nowhere.err.startswith("error: --out: x.svg cannot be written: ")
