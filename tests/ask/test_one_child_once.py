"""One child stands once in a case: chosen or typed before, it is neither offered nor taken again."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.doubting import surprise
from escalate.ask.interview import question_for
from escalate.ask.question import Question
from escalate.ask.scripts.known import ChildKnown, Known
from escalate.ask.scripts.raising_people import who_it_is_about
from escalate.ask.understanding import NotUnderstood, Understood, understand
from escalate.core.answers import Answers

TODAY = date(2026, 4, 15)
ROWAN = ChildKnown("child-1", "R.T.", "R.T. (KSCP-2026-0001-RQXZ)", None, "Rowan Testcase", "KSCP-2026-0001-RQXZ")
TWIN = ChildKnown("child-2", "R.T.", "R.T. (KSCP-2026-0002-RQXZ)", None, "Rowan Testcase", "KSCP-2026-0002-RQXZ")
SCRIPT = who_it_is_about(Known(today=TODAY, children=(ROWAN, TWIN)))


def second(first: str) -> tuple[Question, Answers]:
    before = Answers({"children.0.name": first, "children.0.another": "yes"})
    question = question_for(SCRIPT, before, "children.1.name")
    assert question is not None
    return question, before


def test_a_child_chosen_for_a_case_is_not_offered_again() -> None:
    assert [one.value for one in second("child-1")[0].offered] == ["child-2"]
    assert [one.value for one in second("Sky Testcase")[0].offered] == ["child-1", "child-2"]


@pytest.mark.parametrize(
    ("first", "typed"), [("Sky Testcase", "sky  TESTCASE"), ("child-1", "rowan testcase"), ("Rowan Testcase", "1")]
)
def test_cannot_name_a_child_of_the_case_again(first: str, typed: str) -> None:
    question, before = second(first)

    assert understand(question, typed, before, TODAY) == NotUnderstood(
        "this is child 1 of the case already: name another child, or go back and say no"
    )


def test_two_children_of_earlier_cases_may_have_one_name() -> None:
    question, before = second("child-1")

    assert understand(question, "1", before, TODAY) == Understood("child-2")


def test_a_name_typed_that_an_earlier_case_has_is_asked_back() -> None:
    question = question_for(SCRIPT, Answers(), "children.0.name")
    assert question is not None

    assert surprise(question, "rowan testcase", Answers(), TODAY) == (
        "A child of this name is in KSCP-2026-0001-RQXZ: for that child, type its number. Is this another one?"
    )
    assert surprise(question, "child-1", Answers(), TODAY) == ""
