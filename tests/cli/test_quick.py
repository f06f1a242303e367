"""The quick door of `due` understands what typer understands, in the same way, or leaves it to typer."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from escalate.cli import load
from escalate.cli.quick import quick, read_due
from escalate.cli.verbs import verb_named
from tests.builders import a_case, a_home, told
from tests.running import ROOT, run

UNDERSTOOD = [
    [],
    ["--mine"],
    ["--mine", "--json", "--plain", "--exit-code"],
    ["--within", "0"],
    ["--within", "3660", "--limit", "1000000"],
    ["--within=5", "--limit", "20"],
    ["--agency", "children's social care"],
    ["--agency=health", "--policy=knowsley-2020-11"],
    ["--limit", "1", "--limit", "2"],
    ["--by-person", "--mine"],
    ["--ics", "due.ics", "--within", "5"],
]
LEFT_TO_TYPER = [
    ["--help"],
    ["-h"],
    ["--within"],
    ["--within", "soon"],
    ["--within", "-1"],
    ["--within", "3661"],
    ["--within", "9" * 5000],
    ["--limit", "0"],
    ["--limit", "1000001"],
    ["--agency", "--mine"],
    ["--mine=yes"],
    ["--ics", "-"],
    ["--min"],
    ["everything"],
    ["--"],
]


@pytest.mark.parametrize("words", UNDERSTOOD, ids=" ".join)
def test_options_are_read_as_typer_reads_them(words: list[str]) -> None:
    verb = verb_named("due")
    assert verb is not None
    with load(verb).make_context("escalate due", list(words)) as context:
        by_typer = context.params

    given = read_due(words)

    assert given is not None
    assert {name: given.get(name, default(name)) for name in by_typer} == by_typer


def default(name: str) -> object:
    return {"within": None, "limit": None, "agency": "", "policy": "", "ics": ""}.get(name, False)


@pytest.mark.parametrize("words", LEFT_TO_TYPER, ids=" ".join)
def test_what_it_does_not_understand_is_left_to_typer(words: list[str]) -> None:
    assert read_due(words) is None


def test_cannot_look_further_ahead_than_ten_years(tmp_path: Path) -> None:
    home = a_home(tmp_path)

    refused = run(home, "due", "--within", "99999999")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "error: escalate due: invalid value for '--within': 99999999 is not in the range 0<=x<=3660\n"
        "    see: escalate due --help\n"
    )
    assert run(home, "due", "--within", "3660").code == 0


@pytest.mark.parametrize("words", [[], ["list"], ["show", "KSCP-2026-0001-RQXZ"], ["due", "--help"]])
def test_other_verbs_and_help_are_left_to_typer(words: list[str]) -> None:
    assert quick(words) is None


@pytest.mark.parametrize("options", [[], ["--json", "--mine"], ["--exit-code", "--limit", "1"]])
def test_both_doors_give_the_same_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-01"))
    monkeypatch.setenv("ESCALATE_HOME", str(home))
    monkeypatch.setenv("ESCALATE_TODAY", "2026-04-10")
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        code = quick(["due", *options])

    assert (code, out.getvalue(), "") == run(home, "due", *options)


def test_the_quick_door_imports_no_typer(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    program = "import sys; from escalate.cli.quick import quick; quick(['due']); print('typer' in sys.modules)"
    environment = os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )

    assert ran.stdout.splitlines()[-1] == "False"
