"""A verb typed without a reference: which case is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Built, a_case, ended, told
from tests.cli.typist import Typist
from tests.running import at_terminal, run


@pytest.mark.parametrize("verb", ["record", "advance", "do", "agree", "resolve", "show", "why", "export"])
def test_cannot_guess_the_case_off_a_terminal_and_the_open_ones_are_named(home: Path, case: Built, verb: str) -> None:
    done = run(home, verb, "--plain")

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[:2] == [
        f"error: escalate {verb}: which case? Its reference is missing",
        f"{case.reference}, Stage 1",
    ]


def test_cannot_open_again_what_is_not_over(home: Path, case: Built) -> None:
    assert run(home, "reopen") == (
        2,
        "",
        "error: escalate reopen: which case? None is over, so that it could be opened again\n"
        "    escalate reopen REF; all there are: escalate list\n"
        "Nothing was recorded.\n",
    )


def test_up_to_five_open_cases_are_named_the_most_pressing_first(home: Path) -> None:
    cases = [a_case(home, number=number) for number in range(1, 8)]
    over = a_case(home, ended("1", "resolved", "2026-04-09"), number=8)
    cases[4].add(told("2026-03-30"))

    named = run(home, "show").err.splitlines()[1:-1]

    assert len(named) == 5
    assert over.reference not in "\n".join(named)


def test_the_only_open_case_is_taken_and_named_at_a_terminal(home: Path, case: Built) -> None:
    done = at_terminal(home, "show", "--brief", "--plain")

    assert done.code == 0
    assert f"The only one: {case.reference}, R.T., Stage 1" in done.out.replace("\x1b[1m", "").replace("\x1b[0m", "")


def test_of_several_open_cases_one_is_chosen_by_its_number_at_a_terminal(home: Path, plain_typist: Typist) -> None:
    one, other = a_case(home, number=1), a_case(home, number=2)
    plain_typist.types("show", "--brief")
    plain_typist.expect("Which case? The most pressing first:")
    plain_typist.answer("Type a number; Ctrl-C leaves.", "2")
    plain_typist.expect("Asked")

    assert f"{other.reference}  R.T." in plain_typist.screen
    assert f"1  {one.reference}, R.T., Stage 1" in plain_typist.screen
