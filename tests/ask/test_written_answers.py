"""One text with the answers about several files: each under its file's name, and no name in what is wrong."""

from __future__ import annotations

import pytest

from escalate.ask.answer_file import answers_from_file
from escalate.ask.question import Question
from escalate.ask.written_answers import Written, lines_of_keys, written_for_each
from escalate.core.answers import Answers
from escalate.errors import AnswersMissing, Problem

TEXT = """\
["Rowan form (1).docx"]
from_whom = "Jo Manager"

['b.docx']
from_whom = "Dana Lead"
"""
UNDER_ITS_NAME = 'write the answers of each file under its own name: ["form 1.docx"]'
FROM_WHOM = Question(id="from_whom", text="From whom did it come?", kind="text", required=True)
CAME_ON = Question(id="came_on", text="On which day did it come?", kind="date", required=True)


def of_each(text: str, *names: str) -> dict[int, Written]:
    return written_for_each(Written(text, "answers.toml"), names)


def test_each_file_has_the_answers_under_its_name() -> None:
    found = of_each(TEXT, "a.docx", "b.docx", "Rowan form (1).docx")

    assert found == {
        1: Written(TEXT, "answers.toml", "b.docx"),
        2: Written(TEXT, "answers.toml", "Rowan form (1).docx"),
    }
    assert answers_from_file((FROM_WHOM,), TEXT, "answers.toml", table="b.docx") == (
        Answers({"from_whom": "Dana Lead"}),
        (),
    )


def test_a_name_is_the_same_whichever_way_its_accents_are_written() -> None:
    assert list(of_each('["Zoe\u0308.docx"]\n', "Zo\u00eb.docx")) == [0]


def test_what_is_wrong_in_a_table_is_said_with_its_line_in_the_file() -> None:
    text = '["a.docx"]\nfrom_whom = "Jo"\n\n["b.docx"]\nfrom = "Jo"\n'

    with pytest.raises(AnswersMissing) as refused:
        answers_from_file((FROM_WHOM,), text, "answers.toml", table="b.docx")

    assert refused.value.problems == (
        Problem("answers.toml:4", '"from_whom" is missing: From whom did it come?', "in words"),
        Problem("answers.toml:5", 'unknown key "from"', "the keys here are: from_whom"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('came_on = 2026-04-10\n["a.docx"]\n', Problem("answers.toml:1", "this stands under the name of no file")),
        ('["a.docx"]\n["Rowan.docx"]\n', Problem("answers.toml:2", "none of the files is called so")),
        ("\n[a.docx]\n", Problem("answers.toml:2", "none of the files is called so")),
        ('[["a.docx"]]\n', Problem("answers.toml:1", "this stands under the name of no file")),
    ],
)
def test_cannot_answer_about_no_file(text: str, problem: Problem) -> None:
    with pytest.raises(AnswersMissing) as refused:
        of_each(text, "a.docx", "b.docx")

    assert refused.value.what == "answers.toml: it does not say of which file each answer is"
    assert refused.value.problems == (Problem(problem.where, problem.what, UNDER_ITS_NAME),)


def test_cannot_answer_about_two_files_of_one_name() -> None:
    with pytest.raises(AnswersMissing) as refused:
        of_each('["a.docx"]\n', "a.docx", "a.docx")

    assert refused.value.problems == (
        Problem("answers.toml:1", "2 of the files are called so", "receive each of them by itself"),
    )


def test_the_keys_of_a_table_stand_at_their_own_lines() -> None:
    assert lines_of_keys('["a.docx"]\na = 1\n[["b.docx".c]]\nd = 2\n', "b.docx") == {"c": 3, "c.0": 3, "c.0.d": 4}
