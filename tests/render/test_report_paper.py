"""The report as a paper: as Word holds it, read back part by part."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from escalate.core.reports.report import Row
from escalate.render.report_word import paper
from tests.render.report_sample import ISSUED, PUBLISHED, THEMES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def made() -> bytes:
    return paper(ISSUED)


@pytest.fixture(scope="module")
def parts(made: bytes) -> dict[str, bytes]:
    return parts_of(made)


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def words(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def styled(body: etree._Element, style: str) -> list[str]:
    found = []
    for paragraph in body.iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            found.append(words(paragraph))
    return found


def test_the_same_report_is_the_same_paper(made: bytes) -> None:
    assert paper(ISSUED) == made


def test_the_marking_and_the_page_number_stand_on_every_page(parts: dict[str, bytes]) -> None:
    heads = [words(etree.fromstring(parts[name])) for name in sorted(parts) if re.match(r"word/header\d", name)]
    feet = [parts[name].decode() for name in sorted(parts) if re.match(r"word/footer\d", name)]

    assert heads == ["RESTRICTED: only for those on its distribution list"]
    assert len(feet) == 1
    assert "Report KSCP-R2026-003, L17-c38e-1b5c-ab80-28dc" in feet[0]
    assert 'w:instr="PAGE"' in feet[0]
    assert 'w:instr="NUMPAGES"' in feet[0]


def test_it_says_of_nobody_that_they_wrote_it_and_of_no_moment_that_it_was_saved(parts: dict[str, bytes]) -> None:
    properties = parts["docProps/core.xml"].decode()

    assert not re.search(r"creator|lastModifiedBy|python-docx", properties)
    assert re.findall(r">(\d{4}-[^<]*)<", properties) == ["2026-04-15T00:00:00Z"] * 2
    assert "docProps/thumbnail.jpeg" not in parts


def test_tables_and_figures_are_numbered_and_captioned(body: etree._Element) -> None:
    assert styled(body, "Caption") == [
        "Figure 1. Themes, from table 1",
        "Table 1. Themes, January to March 2026",
        "Figure 2. Met in time, from table 2",
        "Table 2. Met in time, January to March 2026",
        "Figure 3. Change against the four quarters before, from table 3",
        "Table 3. Change against the four quarters before, January to March 2026",
        "Table 4. Agencies raising, by how each case ended, January to March 2026",
        "Table 5. Learning points and what became of them, January to March 2026",
        "Table 6. Recommendations, January to March 2026",
    ]


def test_headings_are_headings(body: etree._Element) -> None:
    assert styled(body, "Title") == ["Professional disagreements and escalation, January to March 2026"]
    assert styled(body, "Heading1") == [
        "What this report does not know",
        "How to read it",
        *(f"{place}. {table.title}" for place, table in enumerate(ISSUED.tables, start=1)),
    ]


def test_a_tables_first_row_is_repeated_on_each_page_and_no_row_is_broken(body: etree._Element) -> None:
    tables = list(body.iter(f"{W}tbl"))[1:]

    assert [len(table.findall(f"{W}tr/{W}trPr/{W}tblHeader")) for table in tables] == [1] * 5
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for table in tables for row in table.findall(f"{W}tr"))


def test_no_line_of_a_long_table_stands_alone_and_its_notes_stay_with_it() -> None:
    rows = tuple(Row(f"Agency {place}", (place, place)) for place in range(30))
    report = replace(ISSUED, tables=(replace(THEMES, chart="", rows=rows),))
    body = etree.fromstring(parts_of(paper(report))["word/document.xml"])

    _, table = body.iter(f"{W}tbl")
    kept = [row.find(f".//{W}keepNext") is not None for row in table.findall(f"{W}tr")]
    below = [one for one in table.itersiblings() if one.tag == f"{W}p"]

    # The headings and the first line with the second; the last lines with the notes, and those with each other.
    assert kept == [True] * 2 + [False] * 27 + [True] * 2
    assert [one.find(f".//{W}keepNext") is not None for one in below] == [True] * (len(below) - 1) + [False]


def test_the_figures_of_a_table_stand_in_it_as_they_are_read(body: etree._Element) -> None:
    clocks = list(body.iter(f"{W}tbl"))[2]

    assert [[words(cell) for cell in row.findall(f"{W}tc")] for row in clocks.findall(f"{W}tr")] == [
        ["Clock", "In time", "How long"],
        ["Stage 1: agree a way forward", "18 of 24 (75%)", "median 4.5, 90% within 9 (24)"],
        ["Stage 2: managers agree, 5 working days (followed)", "3 of 4", "too few (4)"],
        ["Stage 2: managers agree, 2 working days (flowchart)", "1 of 4", "too few (4)"],
        ["Stage 3: guide only", "no cases", "–"],
    ]


def test_every_picture_is_told_in_words(body: etree._Element) -> None:
    pictures = [one for one in body.iter() if one.tag.endswith("}docPr")]

    assert [one.get("name") for one in pictures] == ["Figure 1", "Figure 2", "Figure 3"]
    assert pictures[1].get("descr") == (
        "Bar chart of In time, per cent. Stage 1: agree a way forward: 18 of 24 (75%);"
        " Stage 2: managers agree, 5 working days (followed): 3 of 4;"
        " Stage 2: managers agree, 2 working days (flowchart): 1 of 4; Stage 3: guide only: no cases."
    )


def test_it_holds_nothing_but_a_document_and_its_pictures_and_fetches_nothing(parts: dict[str, bytes]) -> None:
    assert not [name for name in parts if re.search(r"vba|embed|customXml|comments", name, re.IGNORECASE)]
    assert b'TargetMode="External"' not in b"".join(parts[name] for name in parts if name.endswith(".rels"))


def test_a_published_paper_says_so_on_every_page_and_names_nobody_it_goes_to() -> None:
    parts = parts_of(paper(PUBLISHED))
    every = b"".join(parts.values()).decode("utf-8", "ignore")

    assert "PUBLISHED EDITION" in words(etree.fromstring(parts["word/header1.xml"]))
    assert "RESTRICTED" not in every
    assert "Business manager" not in every
