"""Reading commands start quickly because they never import the heavy libraries. Noise cannot touch this test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.made_up import environment, make_home
from escalate.cli.verbs import VERBS
from escalate.store.verify import verify
from tests.running import HEAVY

READING = [verb.name for verb in VERBS if verb.reads]
OF_ONE_CASE = {"show", "why"}
PROGRAM = f"""
import sys
from escalate.cli import main
code = main(sys.argv[1:])
print("exit", code, "heavy", sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)
"""


class Home(NamedTuple):
    """A home of invented cases, and the reference of one of them."""

    folder: Path
    reference: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("home")
    return Home(folder, make_home(folder, cases=60))


def last_words(home: Home, verb: str, *more: str) -> str:
    words = [verb, home.reference, *more] if verb in OF_ONE_CASE else [verb, *more]
    command = [sys.executable, "-c", PROGRAM, *words]
    ran = subprocess.run(command, env=environment(home.folder), capture_output=True, encoding="utf-8", check=True)
    return ran.stderr.splitlines()[-1]


def test_the_reading_commands_are_the_four_that_people_wait_for() -> None:
    assert READING == ["due", "show", "list", "why"]


@pytest.mark.parametrize("verb", READING)
def test_a_reading_command_imports_no_heavy_library(home: Home, verb: str) -> None:
    assert last_words(home, verb) == "exit 0 heavy []"


@pytest.mark.parametrize("verb", READING)
def test_a_reading_command_imports_no_heavy_library_for_json_either(home: Home, verb: str) -> None:
    assert last_words(home, verb, "--json") == "exit 0 heavy []"


def test_the_entries_of_the_invented_cases_are_as_good_as_recorded_ones(home: Home) -> None:
    report = verify(home.folder / "escalate.db")

    assert (report.is_sound, report.problems) == (True, ())
