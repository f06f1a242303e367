"""Days that lie in an order in which things seldom happen are asked back; whom to name is offered from the case."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.doubting import surprise
from escalate.ask.interview import question_for
from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.advancing import advance_script
from escalate.ask.scripts.doing import agree_script
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising_challenge import more_of_the_challenge
from escalate.ask.scripts.recording import record_script
from escalate.core.answers import Answers, Value
from escalate.core.policy import follow
from tests.builders import told
from tests.rules.scenario import knowsley, scenario

TODAY = date(2026, 4, 20)
CASE = scenario(told("2026-04-14"))
KNOWN = Known(today=TODAY)
BEFORE = "That is before they were told (Tue 14 Apr 2026). Is that right?"


def asked(script: Script, key: str, **given: Value) -> tuple[Question, Answers]:
    """Return a question of an interview, and the answers before it."""
    answers = Answers(given)
    found = question_for(script, answers, key)
    assert found is not None
    return found, answers


def doubt(script: Script, key: str, day: date, **given: Value) -> str:
    question, answers = asked(script, key, **given)
    return surprise(question, day, answers, TODAY)


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (False, "That is before you learned of the decision (Tue 14 Apr 2026). Is that right?"),
        (True, "That is before they learned of the decision (Tue 14 Apr 2026). Is that right?"),
    ],
)
def test_a_disagreement_before_the_decision_was_learned_of_is_asked_back(received: bool, said: str) -> None:
    more = more_of_the_challenge(knowsley(), TODAY, (), received=received)
    began = next(one for one in more if one.id == "disagreed_on")
    learned = Answers({"learned_on": date(2026, 4, 14)})

    assert surprise(began, date(2026, 4, 5), learned, TODAY) == said
    assert surprise(began, date(2026, 4, 14), learned, TODAY) == ""


def test_a_talk_before_the_other_side_was_told_is_asked_back() -> None:
    script = record_script(CASE.case, follow(CASE.policy), KNOWN)

    assert doubt(script, "on", date(2026, 4, 13), risk="no", what="discussion") == BEFORE
    assert doubt(script, "on", date(2026, 4, 14), risk="no", what="discussion") == ""
    assert doubt(script, "on", date(2026, 4, 13), risk="no", what="oversight") == ""


def test_an_agreement_or_an_ending_before_the_other_side_was_told_is_asked_back() -> None:
    owed = tuple(CASE.owed.values())
    agree = agree_script(CASE.case, owed, KNOWN)
    ended = advance_script(CASE.case, follow(CASE.policy), KNOWN, owed)

    assert doubt(agree, "on", date(2026, 4, 13), item="stage-1-resolve", kind="agreed") == BEFORE
    assert doubt(ended, "on", date(2026, 4, 13), risk="no") == BEFORE


def test_whom_a_date_was_agreed_with_is_offered_from_the_case_by_name() -> None:
    agree = agree_script(CASE.case, tuple(CASE.owed.values()), KNOWN)
    given: dict[str, Value] = {"item": "stage-1-resolve", "kind": "agreed", "on": TODAY, "by_on": TODAY}

    question, _ = asked(agree, "with", **given)

    offered = Option(
        "Sam Counterpart",
        "Sam Counterpart, Social Worker, Exampleshire Children's Social Care",
        words=("Sam Counterpart",),
    )
    assert offered in question.offered
    assert question.example == "Sam Placeholder, team manager"
