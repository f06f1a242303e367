"""Policies that cannot be used, each with exactly what a person then sees beside it: `NAME.toml`, `NAME.expected`."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.errors import PolicyRefused
from escalate.files.policy_files import load_policy
from tests.running import run

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.toml"))


def test_the_policy_that_the_broken_ones_are_edits_of_has_no_problem(tmp_path: Path) -> None:
    checked = run(tmp_path, "policy", "check", str(HERE / "exampleshire-2026-01.toml"))

    assert (checked.code, checked.out.splitlines()[0]) == (0, "exampleshire-2026-01.toml: no problems.")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_problem_of_a_broken_policy_is_said_at_its_line_and_what_to_do(path: Path, tmp_path: Path) -> None:
    checked = run(tmp_path, "policy", "check", str(path))

    assert checked.out == path.with_suffix(".expected").read_text(encoding="utf-8")
    assert (checked.code, checked.err) == (7, "")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_cannot_use_any_of_a_broken_policy(path: Path) -> None:
    with pytest.raises(PolicyRefused) as refused:
        load_policy(str(path))

    said = [line for problem in refused.value.problems for line in str(problem).splitlines()]
    assert said == path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()[:-1]


def test_every_expectation_has_its_policy() -> None:
    assert {path.stem for path in (HERE / "broken").glob("*.expected")} == {path.stem for path in BROKEN}


@pytest.mark.parametrize("text", ["title = " + "[" * 20_000, ".".join("a" * 5_000) + " = 1"], ids=["lists", "names"])
def test_cannot_use_a_file_of_brackets_or_names_inside_one_another(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nested.toml"
    path.write_text(text, encoding="utf-8")

    checked = run(tmp_path, "policy", "check", str(path))

    assert (checked.code, checked.err) == (7, "")
    assert checked.out == (
        "nested.toml:1: too many brackets or names stand inside one another\n"
        "    no rule of a policy needs more than four\n"
        "nested.toml: 1 problem; none of it is used.\n"
    )


def test_cannot_use_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "Légion"\n'.encode("latin-1"))

    with pytest.raises(PolicyRefused, match=r"^latin\.toml: is not UTF-8 text$"):
        load_policy(str(path))
