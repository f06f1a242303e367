"""Whoever types ? at any question of any interview is helped by words of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from escalate.ask import scripts
from escalate.ask.pages import help_page
from escalate.ask.question import Option, Question

SCRIPTS = sorted(Path(str(scripts.__file__)).parent.glob("*.py"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_question_of_every_interview_has_help(path: Path) -> None:
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Question"
    ]

    without = [call.lineno for call in calls if "help" not in {keyword.arg for keyword in call.keywords}]

    assert without == []


def test_where_enter_gives_something_help_does_not_say_that_it_leaves_it_open() -> None:
    more = Question(
        id="more", text="Go on?", kind="choice", options=(Option("enough"),), default="enough", help="You see all."
    )

    assert help_page(more, "", 80) == "\nYou see all."
