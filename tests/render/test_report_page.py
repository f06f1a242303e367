"""The report as a page: all of it in one file that fetches nothing, runs nothing and can be read aloud."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from escalate.render.report_page import page
from tests.render.report_sample import ISSUED, PUBLISHED, REPORT

_VOID = ("meta", "br", "img", "link")


class Reader(HTMLParser):
    """Reads a page as a browser does: which elements stand in which, and every attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.wrong += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, tuple(self._open)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(tag)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes, _ in self.found if found == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return page(ISSUED)


@pytest.fixture(scope="module")
def read(text: str) -> Reader:
    return Reader(text)


def test_every_element_that_is_opened_is_closed(read: Reader) -> None:
    assert read.wrong == []


def test_nothing_in_the_page_is_fetched_from_anywhere(text: str, read: Reader) -> None:
    assert not re.search(r"https?:|//\w|@import|javascript:|data:", text, re.IGNORECASE)
    assert not re.search(r"url\((?!#)", text)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _, _ in read.found}
    assert {value[0] for _, attributes, _ in read.found for name, value in attributes.items() if "href" in name} == {
        "#"
    }
    assert not [name for _, attributes, _ in read.found for name in attributes if name == "src" or name[:2] == "on"]


def test_a_browser_is_told_to_fetch_and_run_nothing(read: Reader) -> None:
    policies = [meta["content"] for meta in read.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]

    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_the_page_has_a_language_a_title_its_landmarks_and_one_heading_of_the_first_rank(read: Reader) -> None:
    tags = [tag for tag, _, _ in read.found]

    assert read.all("html") == [{"lang": "en-GB"}]
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer", "h1")] == [1, 1, 1, 1, 1]


def test_every_table_has_a_caption_and_heads_that_say_what_they_head(read: Reader) -> None:
    tables = [table for table in ISSUED.tables if table.rows]
    columns = sum(len(table.columns) + 1 for table in tables)
    lines = sum(len(table.rows) for table in tables)

    assert len(read.all("caption")) == len(read.all("table")) == len(tables)
    assert [one.get("scope") for one in read.all("th")].count("col") == columns
    assert [one.get("scope") for one in read.all("th")].count("row") == lines


def test_every_chart_has_a_title_and_a_description_and_its_table_comes_after(text: str, read: Reader) -> None:
    charts = read.all("svg")

    assert [chart["role"] for chart in charts] == ["img"] * 3
    ids = {attributes.get("id") for _, attributes, _ in read.found}
    assert all(set(chart["aria-labelledby"].split()) <= ids for chart in charts)
    assert text.index("<figure>") < text.index("<table>")


def test_no_two_elements_have_one_name(read: Reader) -> None:
    names = [attributes["id"] for _, attributes, _ in read.found if "id" in attributes]

    assert len(names) == len(set(names))


def test_what_would_be_code_is_shown_as_words(text: str) -> None:
    assert "<b>" not in text
    assert "=HYPERLINK(&quot;invented&quot;) &lt;b&gt;a theme that would be code&lt;/b&gt;" in text


def test_the_marking_stands_in_the_title_at_the_head_at_the_foot_and_on_each_printed_sheet(text: str) -> None:
    marking = "RESTRICTED: only for those on its distribution list"

    assert "<title>Restricted: Professional disagreements" in text
    assert f'<p class="marking">{marking}</p>' in text
    assert f'@top-center {{ content: "{marking}";' in text
    assert f"<footer><p>Report KSCP-R2026-003, L17-c38e-1b5c-ab80-28dc. {marking}.</p></footer>" in text


def test_the_same_report_is_the_same_page(text: str) -> None:
    assert page(ISSUED) == text
    assert "Draft, not issued" in page(REPORT)


def test_a_published_page_shows_no_number_below_8() -> None:
    cells = re.findall(r'<td class="figure">([^<]*)</td>', page(PUBLISHED))

    assert cells
    assert not [cell for cell in cells if re.fullmatch("[0-7]", cell)]
