"""What an interview says of its own can be shown on any terminal: narrow, without Unicode, without colour."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import escalate.ask
from escalate.ask.pages import help_page, more_page, question_page, review_page
from escalate.ask.question import Option, Question
from escalate.core.answers import Answers

ROOM = Path(next(iter(escalate.ask.__path__)))
LONG = "What will keep the child safe from today until the day on which somebody has confirmed the plan?"


def words_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def test_our_own_words_need_no_unicode() -> None:
    assert [
        word for path in sorted(ROOM.rglob("*.py")) for word in words_in(path) if not word.strip("\ufeff").isascii()
    ] == []


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_our_own_words_fit_the_terminal(width: int) -> None:
    question = Question(id="safe", text=LONG, kind="long", help=f"{LONG} {LONG}", example=LONG, notice=LONG)
    pages = (
        question_page(question, [LONG], width, heads=False, can_go_back=True),
        help_page(question, f"{LONG} (4.1 para 2)", width),
        more_page([question], width),
        review_page([question], Answers({"safe": "An aunt"}), "", width, has_more=True),
    )

    assert max(len(line) for page in pages for line in page.split("\n")) <= width


def test_peoples_words_are_shown_as_they_are_and_never_read_as_anything_else() -> None:
    words = "[redacted] [/] :warning: {{ 7*7 }} " + "x" * 90
    question = Question(id="concern", text="What worries you?", kind="long")

    page = review_page([question], Answers({"concern": words}), "", 60, has_more=False)

    assert f"      {words}\n" in review_page([question], Answers({"concern": words}), "", 200, has_more=False)
    assert f"      [redacted] [/] :warning: {{{{ 7*7 }}}}\n      {'x' * 54}\n      {'x' * 36}\n" in page


def test_peoples_words_keep_their_lines_and_paragraphs_and_none_is_cut_in_the_middle_of_a_word() -> None:
    question = Question(id="concern", text="What worries you?", kind="long")
    words = f"{LONG}\n\n  - an aunt\n  - a neighbour"

    page = review_page([question], Answers({"concern": words}), "", 60, has_more=False)

    assert (
        "      What will keep the child safe from today until the day\n"
        "      on which somebody has confirmed the plan?\n"
        "\n"
        "        - an aunt\n"
        "        - a neighbour\n"
    ) in page


def test_the_next_lines_of_an_option_stand_under_its_words() -> None:
    question = Question(id="safe", text="Which?", kind="choice", options=(Option("no"), Option("long", LONG)))

    page = question_page(question, [], 60, heads=False, can_go_back=False)

    assert (
        "  2  What will keep the child safe from today until the day\n     on which somebody has confirmed the plan?"
    ) in page
