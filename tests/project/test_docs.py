"""The pages of docs/ that are made of other files say what those files say now."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from escalate.cli.completing import grammar
from escalate.cli.front_page import EXIT_CODES
from escalate.files.policies.shape import shaped
from scripts import docs


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    """Every page, by its path, as it would be made now."""
    return docs.pages()


def test_each_page_says_what_it_would_be_made_of_now(pages: dict[Path, str]) -> None:
    others = [path.name for path, page in pages.items() if path.read_text(encoding="utf-8") != page]

    assert others == [], "see what changed, then: make docs"


def test_every_broken_policy_is_in_the_gallery(pages: dict[Path, str]) -> None:
    shown = re.findall(r"^### (.*)$", pages[docs.DOCS / "policy-errors.md"], flags=re.MULTILINE)

    assert {folder.name for folder in docs.BROKEN.iterdir()} == set(docs.KINDS)
    assert sorted(title.lower().replace(" ", "-") for title in shown) == sorted(
        path.stem for path in docs.BROKEN.rglob("*.toml")
    )


def test_every_rule_has_a_row_with_its_place_and_its_proof(pages: dict[Path, str]) -> None:
    page = pages[docs.DOCS / "rules.md"]

    rows = re.findall(r"^\| ([KHSWC]\d+) \| (.*) \| (.*) \|$", page, flags=re.MULTILINE)

    assert [rule for rule, _, _ in rows] == [rule for traced in docs.TRACED for rule in traced.rules]
    assert [rule for rule, place, proof in rows if "nothing" in (place.strip("*"), proof.strip("*"))] == []


def test_a_page_links_only_to_files_that_exist(pages: dict[Path, str]) -> None:
    links = [link for text in pages.values() for link in re.findall(r"\]\((?!https?://)([^)#]+)\)", text)]

    assert [link for link in links if not (docs.DOCS / link).exists()] == []


@pytest.mark.parametrize(
    "reader", [("man", "--warnings", "-l"), ("mandoc", "-T", "lint", "-W", "warning")], ids=lambda of: of[0]
)
def test_the_man_page_is_read_without_a_warning(reader: tuple[str, ...]) -> None:
    if shutil.which(reader[0]) is None:
        pytest.skip(f"{reader[0]} IS NOT INSTALLED: it was not tried on the man page")

    ran = subprocess.run(
        [*reader, str(docs.DOCS / "escalate.1")], capture_output=True, encoding="utf-8", errors="replace", check=False
    )

    warnings = ran.stderr if reader[0] == "man" else ran.stdout
    # It has no date of its own: it is as old as the program.
    assert [line for line in warnings.splitlines() if "missing date" not in line] == []


def test_the_reference_and_the_man_page_name_every_verb_every_option_and_every_exit_code(
    pages: dict[Path, str],
) -> None:
    page, manual = pages[docs.DOCS / "reference.md"], pages[docs.DOCS / "escalate.1"].replace("\\-", "-")

    for path, part in grammar().items():
        names = [name for one in part["takes"] for name in one.get("option", ())]
        assert [name for name in names if f"`{name}" not in page or f".B {name}" not in manual] == []
        assert f"\nescalate {path} " in page
        assert f".SS escalate {path} " in manual
    assert [
        code for code, says in EXIT_CODES if f"| {code} | {says} |" not in page or f".B {code}\n" not in manual
    ] == []


GUIDE = (docs.DOCS / "writing-a-policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"^```toml\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE))
def test_every_example_of_the_guide_uses_only_what_the_format_knows(block: str) -> None:
    tables = tomllib.loads(block)
    known = {key: value for key, value in tables.items() if key not in ("follow", "opt_out")}

    _, problems = shaped(known)

    assert [what for _, what, _ in problems if not what.endswith("is missing")] == []
