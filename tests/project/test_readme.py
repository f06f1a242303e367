"""README.md is run: what it shows is what its commands print, and its tables are those of the program."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from scripts import readme

PAGE = readme.README.read_text(encoding="utf-8")
CHECKOUT = readme.CHECKOUT
EXCERPTS = {name: text for name, text in readme.files(PAGE).items() if "/" in name}
on_a_terminal = pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals on Windows")


@on_a_terminal
def test_every_command_of_the_readme_prints_what_the_readme_shows(tmp_path: Path) -> None:
    stale = {
        f"line {PAGE.count(chr(10), 0, block.start) + 1}": now
        for block, now in readme.replayed(PAGE, tmp_path)
        if not readme.says_the_same(block.text, now)
    }

    assert stale == {}, "see what changed, then: make readme"


def test_the_readme_leads_from_setup_to_a_form() -> None:
    typed = re.findall(r"^\$ escalate (\w+)", PAGE, flags=re.MULTILINE)

    assert typed == ["setup", "raise", "record", "due", "why", "advance", "export", "policy", "who", "calendar"]


def test_the_readme_has_every_exit_code_and_its_meaning() -> None:
    assert f"| Code | Meaning |\n|---|---|\n{readme.exit_code_rows()}\n" in PAGE


def test_the_file_that_raises_a_case_has_the_eight_answers_the_readme_names() -> None:
    keys = re.findall(r"^(?:\[\[)?(\w+)", readme.files(PAGE)["raise.toml"], flags=re.MULTILINE)
    named = ["risk", "route", "decision", "learned_on", "concern", "outcome_wanted", "children", "receiving"]

    assert [key for key in keys if key not in ("name", "child_protection_plan", "agency")] == named
    assert [key for key in named if f"`{key}`" not in PAGE] == []


@pytest.mark.parametrize("name", EXCERPTS)
def test_an_excerpt_stands_in_its_file_word_for_word(name: str) -> None:
    _, _, excerpt = EXCERPTS[name].partition("\n")

    assert excerpt in (CHECKOUT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_a_page_names_only_files_that_exist_and_make_targets_that_run(page: str) -> None:
    text = (CHECKOUT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", text)
    paths = re.findall(r"`((?:escalate|scripts|tests|policies|templates|benchmarks)/[\w./-]*)`", text)
    targets = re.findall(r"(?:`|^)make ([a-z]+)", text, flags=re.MULTILINE)
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    runnable = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))

    assert [path for path in (*links, *paths) if "NAME" not in path and not (CHECKOUT / path).exists()] == []
    assert [target for target in targets if target not in runnable] == []


@pytest.mark.parametrize("variable", ["ESCALATE_HOME", "ESCALATE_TODAY", "ESCALATE_PLAIN", "ESCALATE_TRACEBACK"])
def test_each_variable_the_program_reads_is_in_the_readme(variable: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "escalate").rglob("*.py"))

    assert set(re.findall(r'"(ESCALATE_[A-Z]+)"', code)) == set(re.findall(r"`(ESCALATE_[A-Z]+)=", PAGE))
    assert f"`{variable}=" in PAGE


@pytest.mark.parametrize(
    ("shown", "now", "is_same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("a\n…\nc\n", "a\nb\n", False),
        ("KSCP-2026-0001-7M2P\n", "KSCP-2026-0001-AAAA\n", True),
        ("KSCP-2026-0001-7M2P\n", "KSCP-2026-0002-7M2P\n", False),
        ("anchor L17-c38e-1b5c-ab80-28dc\n", "anchor L17-0000-1b5c-ab80-28dc\n", True),
        ("anchor L17-c38e-1b5c-ab80-28dc\n", "anchor L18-c38e-1b5c-ab80-28dc\n", False),
        ("[a] (b)\n", "a b\n", False),
    ],
)
def test_what_differs_from_run_to_run_is_held_to_its_shape_only(shown: str, now: str, is_same: bool) -> None:
    assert readme.says_the_same(shown, now) is is_same
