"""Policies that cannot be used, each with exactly what a person then sees beside it: `NAME.toml`, `NAME.expected`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from escalate.core.policy import Policy
from escalate.core.policy_checks import CHECKS
from escalate.errors import PolicyRefused
from escalate.files.policies.loading import load_policy, parse_policy, read_policy
from escalate.files.policies.shape import shaped
from tests.running import run

HERE = Path(__file__).parent
SOUND = (HERE / "exampleshire-2026-01.toml").read_text(encoding="utf-8")
BROKEN = sorted((HERE / "broken").rglob("*.toml"))


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
    assert {path.stem for path in (HERE / "broken").rglob("*.expected")} == {path.stem for path in BROKEN}


def of_the_right_shape() -> Iterator[Policy]:
    """Yield the policy of each broken file that has its shape."""
    for path in BROKEN:
        try:
            policy, _ = shaped(tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError:
            continue
        if policy:
            yield policy


def test_every_check_has_a_policy_that_it_finds_something_wrong_with() -> None:
    policies = list(of_the_right_shape())

    assert [check.__name__ for check in CHECKS if not any(list(check(policy)) for policy in policies)] == []


def test_what_is_missing_in_one_item_raises_no_alarm_about_any_other() -> None:
    lines = SOUND.splitlines(keepends=True)
    clauses = [number for number, line in enumerate(lines) if line.lstrip().startswith("clause")]

    said = {
        number: [problem.what for problem in read_policy(text, name="sound", where="sound.toml")[1]]
        for number in clauses
        for text in ["".join(lines[:number] + lines[number + 1 :])]
    }

    assert said == {number: ['"clause" is missing'] for number in clauses}


def test_a_key_written_twice_raises_no_alarm_about_what_names_the_other_value() -> None:
    text = SOUND.replace('id      = "2"', 'id      = "3"\nid      = "2"')

    _, problems = read_policy(text, name="sound", where="sound.toml")

    assert [(problem.where, problem.what) for problem in problems] == [("sound.toml:21", '"id" is written twice')]


def test_a_form_of_ones_own_needs_no_place_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_HOME", str(tmp_path))
    text = SOUND.replace('obtained_from = "the partnership\'s web site"\n', "")
    what = 'form "exampleshire-appendix-1" is not among the forms here, and nothing says where to get it'
    before = [problem.what for problem in read_policy(text, name="sound", where="sound.toml")[1]]
    (tmp_path / "templates").mkdir()

    (tmp_path / "templates" / "exampleshire-appendix-1.toml").write_text("", encoding="utf-8")

    assert before == [what]
    assert read_policy(text, name="sound", where="sound.toml")[1] == []


@pytest.mark.parametrize("kind", ["acts", "moments", "references", "times"])
def test_a_case_stays_open_under_a_policy_of_which_more_is_asked_since(kind: str) -> None:
    kept = {
        path: parse_policy(path.read_text(encoding="utf-8"), name=path.stem, where="kept")
        for path in sorted((HERE / "broken" / kind).glob("*.toml"))
    }

    assert {path.stem: policy.name for path, policy in kept.items()} == {path.stem: path.stem for path in kept}


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
