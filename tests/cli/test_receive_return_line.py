"""The line that says where a form goes: what the form prints there is nobody's words, and anything else is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from escalate.files.docx.opener import W
from tests.cli.issued import in_herefordshire
from tests.cli.returned import FOOTER, changed, issued
from tests.running import run


@pytest.fixture
def appendix_2(home: Path) -> Path:
    """Herefordshire's appendix 2, in which the address stands once: in the footer."""
    return issued(home, in_herefordshire(home), "herefordshire-appendix-2")


def not_placed(home: Path, path: Path) -> list[str]:
    (one,) = run(home, "receive", str(path), "--json").data["files"]
    found: list[str] = one["not_placed"]
    return found


def in_the_footer(change: Callable[[str], str]) -> Callable[[Any], None]:
    def changed_root(root: Any) -> None:
        (text,) = (one for one in root.iter(f"{W}t") if (one.text or "").startswith("Return:"))
        text.text = change(text.text)

    return changed_root


def test_the_address_that_a_form_was_issued_with_is_nobodys_words(home: Path, appendix_2: Path) -> None:
    assert not_placed(home, appendix_2) == []


def test_words_typed_into_the_only_line_that_says_where_a_form_goes_are_shown(
    home: Path, appendix_2: Path, tmp_path: Path
) -> None:
    typed = changed(
        appendix_2,
        tmp_path / "typed.docx",
        {FOOTER: in_the_footer(lambda said: said.replace("(as printed", "and ask about the aunt (as printed"))},
    )

    (line,) = not_placed(home, typed)

    assert "and ask about the aunt" in line


def test_an_address_that_was_confirmed_on_another_day_is_the_same_address(
    home: Path, appendix_2: Path, tmp_path: Path
) -> None:
    confirmed = in_the_footer(lambda said: said.replace("as printed in the policy", "confirmed 03/02/2026"))

    assert not_placed(home, changed(appendix_2, tmp_path / "confirmed.docx", {FOOTER: confirmed})) == []


def test_another_address_in_place_of_the_policy_s_is_shown(home: Path, appendix_2: Path, tmp_path: Path) -> None:
    other = in_the_footer(lambda _: "Return: FAO Somebody Else, else@invented.example (as printed in the policy)")

    assert not_placed(home, changed(appendix_2, tmp_path / "other.docx", {FOOTER: other})) == [
        "Return: FAO Somebody Else, else@invented.example (as printed in the policy)"
    ]
