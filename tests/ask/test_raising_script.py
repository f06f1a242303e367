"""The interview of `raise`, question by question: what it offers, what it leaves out, and where it goes back to."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.answer_file import answers_from_file
from escalate.ask.interview import next_question, previous, question_for, waiting
from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.known import Known, child_known
from escalate.ask.scripts.raising import Aids, raise_script
from escalate.casework.raising import policy_named
from escalate.core.answers import Answers, Value
from escalate.core.views import ChildBefore
from tests.cli.raised import MINIMAL

TODAY = date(2026, 4, 15)
ROWAN = child_known(
    ChildBefore(
        party="child-7",
        name="Rowan Testcase",
        born_on=date(2018, 5, 3),
        case="K-1",
        opened_on=date(2026, 3, 2),
        agencies="Invented Health",
    )
)
SIX: dict[str, Value] = {
    "risk": "no",
    "route": "this policy",
    "children.0.name": "Rowan Testcase",
    "receiving.0.agency": "Exampleshire Children's Social Care",
    "decision": "The case was closed.",
    "learned_on": date(2026, 4, 1),
    "concern": "Attendance fell.",
    "outcome_wanted": "A strategy discussion.",
}


def script(policy: str = "knowsley-2020-11", today: date = TODAY, aids: Aids | None = None) -> Script:
    """Return the interview where the child of an earlier case is known."""
    known = Known(today=today, children=(ROWAN,))
    return raise_script(known, [Option(policy)], policy_named, received=False, aids=aids or Aids())


def asked(answers: Answers, one: Script | None = None) -> Question:
    """Return the next question."""
    found = next_question(one or script(), answers)
    assert isinstance(found, Question)
    return found


def test_after_six_answers_it_is_asked_once_whether_to_go_on() -> None:
    question = asked(Answers(SIX))

    assert question.text == "That is enough to open the case. Go on?"
    assert [option.shown for option in question.options] == [
        "open the case now; what is left becomes a reminder",
        "say more first (about 9 questions; each may be left open)",
    ]
    assert question.default == "enough"


def test_whoever_goes_back_from_the_first_further_question_is_asked_again_whether_to_go_on() -> None:
    more = Answers({**SIX, "more": "more"})

    assert asked(more).key == "risk_to_child"
    assert previous(script(), more) == Answers(SIX)


def test_a_child_of_an_earlier_case_is_offered_by_initials_and_is_not_asked_of_again() -> None:
    name = question_for(script(), Answers(SIX), "children.0.name")
    chosen = {one.key for one in waiting(script(), Answers({**SIX, "children.0.name": "child-7", "more": "enough"}))}
    typed = {one.key for one in waiting(script(), Answers({**SIX, "more": "enough"}))}

    assert name is not None
    (offered,) = name.offered
    assert offered.shown == "R.T., born 3 May 2018 (K-1, opened 2 Mar 2026, with Invented Health)"
    assert typed - chosen == {
        "children.0.born_on",
        "children.0.address",
        "children.0.address_withheld",
        "children.0.parental_responsibility",
        "children.0.reference",
    }


def test_what_is_said_of_a_late_raise_stands_before_the_next_question() -> None:
    aids = Aids(late=lambda _, learned_on: f"late since {learned_on}")
    answers = Answers({key: value for key, value in SIX.items() if key not in ("concern", "outcome_wanted")})

    question = asked(answers, script(aids=aids))

    assert (question.key, question.notice) == ("concern", "late since 2026-04-01")


@pytest.mark.parametrize(
    ("policy", "begins"),
    [
        ("knowsley-2020-11", "when the disagreement began (Stage 1 para 1)"),
        ("wirral-2015-09", "when you learned of the decision, or first disagreed, whichever came first"),
        ("croydon-2024-05", "when the stage is entered, which is when you raise it"),
    ],
)
def test_the_starting_day_is_asked_in_the_policys_own_terms(policy: str, begins: str) -> None:
    question = question_for(script(policy), Answers(SIX), "learned_on")

    assert question is not None
    assert question.text == "When did you learn of the decision?"
    assert begins in question.help


def test_the_policy_of_setup_is_not_asked_about_unless_it_is_in_doubt() -> None:
    started = Answers({"risk": "no", "route": "this policy"})

    assert asked(started, script("croydon-2024-05", date(2026, 5, 31))).key == "children.0.name"
    overdue = asked(started, script("croydon-2024-05", date(2026, 6, 1)))
    assert overdue.key == "still_governs"
    assert overdue.notice.splitlines()[1] == (
        'This edition was due for review on Sun 31 May 2026 (printed: "Next review due Spring 2026").'
    )


def test_a_file_never_needs_to_say_whether_to_go_on() -> None:
    answers, notes = answers_from_file(script(), MINIMAL, "answers.toml")

    assert notes == ()
    assert not answers.is_known("more")
    assert answers.text("concern") == "Attendance fell to 61 %."
