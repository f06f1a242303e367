"""Questions that wait: not asked unbidden at a terminal, found on the page checked at the end, accepted in a file."""

from __future__ import annotations

import pytest

from escalate.ask.answer_file import answers_from_file
from escalate.ask.conversation import Beside
from escalate.ask.interview import Done, next_question, previous, review, waiting
from escalate.ask.question import Group, Question, Script, always, answered
from escalate.core.answers import NOT_KNOWN, Answers
from escalate.errors import AnswersMissing, CannotDecide, Interrupted, LedgerRefused
from tests.ask.at_a_keyboard import Sitting

SCRIPT: Script = (
    Question(id="concern", text="What worries you?", kind="text", required=True, label="Concern"),
    Question(id="evidence", text="What shows it?", kind="text", waits=always, label="Evidence"),
    Question(id="seen_by", text="Who saw it?", kind="text", when=lambda said: said.is_known("evidence"), label="Seen"),
    Group(
        id="others",
        title="Other",
        first="Is anybody else involved?",
        another="Anybody else?",
        waits=always,
        questions=(
            Question(id="name", text="Who?", kind="text", required=True, label="Name"),
            Question(id="role", text="In what post?", kind="text", waits=answered("name", "Nobody"), label="Post"),
        ),
    ),
    Question(id="wanted", text="What do you want?", kind="text", required=True, label="Wanted"),
)
TWO = Answers({"concern": "Missed meals", "wanted": "An assessment"})


def test_what_waits_is_not_asked_and_not_listed_among_the_answers() -> None:
    assert next_question(SCRIPT, Answers({"concern": "Missed meals"})) == SCRIPT[4]  # type: ignore[index]
    assert next_question(SCRIPT, TWO) == Done(TWO)
    assert review(SCRIPT, TWO) == [("Concern", "Missed meals"), ("Wanted", "An assessment")]


def test_what_waits_is_offered_of_a_group_only_its_first_question() -> None:
    assert [question.key for question in waiting(SCRIPT, TWO)] == ["evidence", "others.any"]


def test_an_answer_to_what_waits_brings_its_own_questions_in() -> None:
    begun = TWO.having("evidence", "A diary").having("others.any", "yes")

    assert getattr(next_question(SCRIPT, begun), "key", "") == "seen_by"
    assert getattr(next_question(SCRIPT, begun.having("seen_by", "Me")), "key", "") == "others.0.name"


def test_a_question_inside_an_entry_waits_for_itself_alone() -> None:
    begun = TWO.having("others.any", "yes").having("others.0.name", "Nobody")

    assert getattr(next_question(SCRIPT, begun), "key", "") == "others.0.another"
    assert [question.key for question in waiting(SCRIPT, begun)] == ["evidence", "others.0.role"]


def test_a_waiting_question_that_was_begun_is_asked() -> None:
    assert getattr(next_question(SCRIPT, TWO, ["evidence"]), "key", "") == "evidence"


def test_going_back_passes_what_waits() -> None:
    assert previous(SCRIPT, TWO) == Answers({"concern": "Missed meals"})


def test_a_file_may_answer_what_waits_and_what_it_leaves_out_is_not_known_yet() -> None:
    text = 'concern = "Missed meals"\nwanted = "An assessment"\nevidence = "A diary"\nothers = ["Sam Invented"]\n'

    answers, _ = answers_from_file(SCRIPT, text, "answers.toml")

    assert dict(answers) == dict(TWO) | {
        "evidence": "A diary",
        "seen_by": NOT_KNOWN,
        "others.any": "yes",
        "others.0.name": "Sam Invented",
        "others.0.role": NOT_KNOWN,
        "others.0.another": "no",
    }


def test_cannot_leave_out_of_a_file_what_waits_and_is_required() -> None:
    script: Script = (Question(id="told", text="Who was told?", kind="text", required=True, waits=always),)

    with pytest.raises(AnswersMissing) as refused:
        answers_from_file(script, "", "answers.toml")

    assert [problem.what for problem in refused.value.problems] == ['"told" is missing: Who was told?']


def test_a_group_of_at_least_one_entry_waits_as_a_whole() -> None:
    group = Group(
        id="agreed",
        title="Action",
        another="Another action?",
        at_least=1,
        waits=always,
        questions=(
            Question(id="what", text="What was agreed?", kind="text", required=True),
            Question(id="who", text="By whom?", kind="text", required=True),
        ),
    )

    assert next_question((group,), Answers()) == Done(Answers())
    assert [question.key for question in waiting((group,), Answers())] == ["agreed.0.what"]
    begun = next_question((group,), Answers({"agreed.0.what": "A visit"}))
    assert getattr(begun, "key", "") == "agreed.0.who"


def test_what_else_can_be_said_is_said_from_the_page_checked_at_the_end() -> None:
    sitting = Sitting(SCRIPT)

    answers = sitting.held("Missed meals", "An assessment", "+", "1", "A diary", "Me", "", "")

    assert dict(answers) == dict(TWO) | {"evidence": "A diary", "seen_by": "Me", "others.any": NOT_KNOWN}
    assert "What else can be said, not answered yet:\n   1  Evidence\n   2  Is anybody else involved?" in sitting.screen
    assert "+ adds what else can be said" in sitting.screen


def test_what_was_said_besides_and_gone_back_over_is_asked_again() -> None:
    sitting = Sitting(SCRIPT)

    said = ("Missed meals", "An assessment", "+", "1", "A diary", "Me", "")
    answers = sitting.held(*said, "<", "<", "<", "", "", "", "")

    assert dict(answers) == dict(TWO) | {"evidence": "A diary", "seen_by": "Me", "others.any": NOT_KNOWN}


def test_going_back_from_what_else_can_be_said_leaves_it_waiting() -> None:
    sitting = Sitting(SCRIPT)

    assert sitting.held("Missed meals", "An assessment", "+", "1", "<", "", "") == {
        **TWO,
        "evidence": NOT_KNOWN,
        "others.any": NOT_KNOWN,
    }


def test_guidance_stands_under_the_help_and_what_will_follow_on_the_page_at_the_end() -> None:
    beside = Beside(
        guidance=lambda said: f"Keep the child in mind ({len(said)} answered; 4.1 para 2).",
        preview=lambda said: f"What will follow from {len(said)} answers:\n  Wed 15 Apr 2026  a reply (4.1)",
    )
    sitting = Sitting(SCRIPT, beside)

    sitting.held("Missed meals", "?", "An assessment", "")

    assert "What do you want?\nThere is no more" not in sitting.screen
    assert "Keep the child in mind (1 answered; 4.1 para 2)." in sitting.screen
    assert "What will follow from 4 answers:\n  Wed 15 Apr 2026  a reply (4.1)\n\nEnter records them." in sitting.screen


def test_what_the_case_refuses_is_said_and_enter_records_nothing_until_it_is_changed() -> None:
    def refused(answers: Answers) -> str:
        if answers.text("concern") == "Missed meals":
            raise CannotDecide("stage 2 was entered before that day", remedy="look at the day")
        return "What will follow: nothing."

    sitting = Sitting(SCRIPT, Beside(preview=refused))

    answers = sitting.held("Missed meals", "An assessment", "", "1", "Missed lessons", "")

    said = "This cannot be recorded as it is: stage 2 was entered before that day.\n  look at the day\n"
    assert sitting.screen.count(said) == 2
    assert f"{said}Change that answer by its number first.\n" in sitting.screen
    assert answers["concern"] == "Missed lessons"


def test_a_full_disk_is_no_fault_of_the_answers_on_the_page_that_is_checked() -> None:
    def refused(_: Answers) -> str:
        raise LedgerRefused("escalate.db: the disk is full", remedy="run the command again", recorded="")

    sitting = Sitting(SCRIPT, Beside(preview=refused))

    assert sitting.held("Missed meals", "An assessment", "")["concern"] == "Missed meals"
    assert "What will follow cannot be shown: escalate.db: the disk is full.\n" in sitting.screen
    assert "run the command again" not in sitting.screen


def test_words_half_typed_over_an_answer_are_offered_before_anything_is_recorded() -> None:
    sitting = Sitting(SCRIPT, draft=Answers({**TWO, "~concern": "Missed mea"}))

    answers = sitting.held("Missed meals and lessons", "")

    assert answers["concern"] == "Missed meals and lessons"
    assert "Enter keeps: Missed mea" in sitting.screen


def test_words_begun_over_an_answer_are_dropped_by_going_back() -> None:
    sitting = Sitting(SCRIPT, draft=Answers({**TWO, "~concern": "Missed mea"}))

    assert sitting.held("<", "")["concern"] == "Missed meals"
    with pytest.raises(Interrupted):
        Sitting(SCRIPT, draft=TWO).held()
