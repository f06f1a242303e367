"""The pages of docs/ that are made of other files say what those files say now."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from escalate.files.policies.shape import shaped
from scripts import docs

PAGES = docs.pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_says_what_it_would_be_made_of_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "see what changed, then: make docs"


def test_every_broken_policy_is_in_the_gallery() -> None:
    shown = re.findall(r"^### (.*)$", PAGES[docs.DOCS / "policy-errors.md"], flags=re.MULTILINE)

    assert {folder.name for folder in docs.BROKEN.iterdir()} == set(docs.KINDS)
    assert sorted(title.lower().replace(" ", "-") for title in shown) == sorted(
        path.stem for path in docs.BROKEN.rglob("*.toml")
    )


def test_every_rule_has_a_row_with_its_place_and_its_proof() -> None:
    page = PAGES[docs.DOCS / "rules.md"]

    rows = re.findall(r"^\| ([KHSWC]\d+) \| (.*) \| (.*) \|$", page, flags=re.MULTILINE)

    assert [rule for rule, _, _ in rows] == [rule for traced in docs.TRACED for rule in traced.rules]
    assert [rule for rule, place, proof in rows if "nothing" in (place.strip("*"), proof.strip("*"))] == []


def test_a_page_links_only_to_files_that_exist() -> None:
    links = [link for text in PAGES.values() for link in re.findall(r"\]\((?!https?://)([^)#]+)\)", text)]

    assert [link for link in links if not (docs.DOCS / link).exists()] == []


GUIDE = (docs.DOCS / "writing-a-policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"^```toml\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE))
def test_every_example_of_the_guide_uses_only_what_the_format_knows(block: str) -> None:
    tables = tomllib.loads(block)
    known = {key: value for key, value in tables.items() if key not in ("follow", "opt_out")}

    _, problems = shaped(known)

    assert [what for _, what, _ in problems if not what.endswith("is missing")] == []
