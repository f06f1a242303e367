"""The report as a browser shows it: no complaint on its console, nothing that axe-core finds, and nothing fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from escalate.render.report_page import page
from tests.render.browser import Browser, Opened, chromium, started
from tests.render.report_sample import ISSUED, PUBLISHED

EDITIONS = {"restricted": ISSUED, "published": PUBLISHED}
NARROW, WIDE = 360, 1200
IN_PLACE = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
AWAY = "http://elsewhere.invalid/seen.png"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and in CI nothing is skipped")
        pytest.skip("Chromium is not installed: what a browser makes of a report was not tried")
    with started(program, tmp_path_factory.mktemp("browser")) as one:
        yield one


@cache
def as_page(edition: str) -> str:
    return page(EDITIONS[edition])


def written(folder: Path, text: str) -> Path:
    path = folder / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("edition", "width"), [("restricted", NARROW), ("published", WIDE)])
def test_a_report_opens_without_a_complaint_a_barrier_or_a_request(
    browser: Browser, tmp_path: Path, edition: str, width: int
) -> None:
    opened = browser.open(written(tmp_path, as_page(edition)), width=width)

    assert (opened, browser.violations()) == (Opened(), [])


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_report_is_no_wider_than_the_screen_and_its_tables_scroll_in_a_place_of_their_own(
    browser: Browser, tmp_path: Path, edition: str, width: int
) -> None:
    opened = browser.open(written(tmp_path, as_page(edition)), width=width)

    assert (opened, browser.value("document.documentElement.scrollWidth <= innerWidth")) == (Opened(), True)
    assert browser.value("innerWidth") == width


def test_a_report_prints_on_paper_without_its_contents(browser: Browser, tmp_path: Path) -> None:
    opened = browser.open(written(tmp_path, as_page("restricted")), media="print")

    assert opened == Opened()
    assert browser.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.printed().startswith(b"%PDF-")


def test_a_picture_put_into_a_report_is_refused_by_its_own_policy_and_that_is_seen(
    browser: Browser, tmp_path: Path
) -> None:
    text = as_page("restricted").replace("</main>", f'<img src="{AWAY}" alt="put in"></main>')

    opened = browser.open(written(tmp_path, text))

    assert len(opened.console) == 1
    assert AWAY in opened.console[0]
    assert "Content Security Policy" in opened.console[0]


def test_a_request_that_a_page_without_a_policy_makes_is_seen(browser: Browser, tmp_path: Path) -> None:
    text = IN_PLACE.sub("", as_page("restricted")).replace("</main>", f'<img src="{AWAY}" alt="put in"></main>')

    opened = browser.open(written(tmp_path, text))

    assert opened.requests == [AWAY]


def test_what_a_script_says_on_the_console_is_seen(browser: Browser, tmp_path: Path) -> None:
    text = IN_PLACE.sub("", as_page("restricted")).replace(
        "</main>", "<script>console.error('said'); throw new Error('thrown')</script></main>"
    )

    opened = browser.open(written(tmp_path, text))

    assert opened.console == ["said", "Uncaught"]


def test_barriers_put_into_a_report_are_found(browser: Browser, tmp_path: Path) -> None:
    barriers = {
        "html-has-lang": (r'<html lang="en-GB">', "<html>"),
        "svg-img-alt": (r' aria-labelledby="by-theme-title[^>]*>\s*<title.*?</title>', ">"),
        "color-contrast": (r"color: #1a1a1a", "color: #bbb"),
        "image-alt": (r"</main>", '<img src="data:image/gif;base64,"></main>'),
    }
    text = as_page("restricted")
    for old, new in barriers.values():
        text, times = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert times == 1

    browser.open(written(tmp_path, text))

    assert barriers.keys() <= {violation.rule for violation in browser.violations()}
