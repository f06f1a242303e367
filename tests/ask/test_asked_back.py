"""What is surprising is asked back once; what nobody can see is no answer; what begins several answers says which."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.doubting import surprise
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.safety import RISK
from escalate.ask.understanding import NotUnderstood, Understood, fault, understand, understand_written
from escalate.core.answers import NOT_KNOWN, Answers
from tests.ask.at_a_keyboard import Sitting

TODAY = date(2026, 4, 15)
NOTHING = Answers()
BORN = Question(id="born_on", text="Date of birth?", kind="date", latest=TODAY, asks="a birth")
NAME = Question(id="name", text="The child's full name?", kind="text", required=True, asks="a name")
LONG = Question(id="concern", text="What worries you?", kind="long", required=True)
RISKS = Question(id="risk", text="Is a child at immediate risk?", kind="choice", options=RISK, required=True)
ACTS = Question(id="any", text="Was an action agreed?", kind="yes-no", required=True)


@pytest.mark.parametrize("typed", ["3/4", "14 April", "April 14", "Tue 14/4", "Tue the 14th"])
def test_cannot_give_a_date_of_birth_without_its_year(typed: str) -> None:
    assert understand(BORN, typed, NOTHING, TODAY) == NotUnderstood(
        "a date of birth needs its year: write day, month and year: 3/5/2018"
    )


@pytest.mark.parametrize("typed", ["3/5/2018", "3/5/18", "3 May 2018", "2018-05-03", "Thu 3 May 2018"])
def test_a_date_of_birth_with_its_year_is_taken(typed: str) -> None:
    assert understand(BORN, typed, NOTHING, TODAY) == Understood(date(2018, 5, 3))


@pytest.mark.parametrize(
    ("born_on", "doubt"),
    [
        (date(2026, 4, 15), "That is a child born today. Is that right?"),
        (date(2026, 4, 3), "That is a child 12 days old. Is that right?"),
        (date(2026, 4, 1), "That is a child 14 days old. Is that right?"),
        (date(2026, 3, 31), ""),
        (date(2001, 4, 16), ""),
        (date(2001, 4, 15), "That is somebody 25 years old. Is that right?"),
        (date(2026, 5, 15), "That is Friday 15 May 2026, in 1 month: a child not born yet. Is that right?"),
    ],
)
def test_a_birth_of_the_last_two_weeks_to_come_or_of_25_years_ago_is_asked_back(born_on: date, doubt: str) -> None:
    assert surprise(BORN, born_on, NOTHING, TODAY) == doubt


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060\u200d", " \u00ad ", "\u3164", "\u2800", "\u200e\ufe0f"])
def test_cannot_answer_with_what_nobody_can_see(unseen: str) -> None:
    needed = NotUnderstood("this is needed before anything can be recorded")

    assert understand(LONG, unseen, NOTHING, TODAY) == needed
    assert understand_written(NAME, unseen, NOTHING) == needed
    assert understand(BORN, unseen, NOTHING, TODAY) == Understood(NOT_KNOWN)
    assert fault(LONG, unseen, NOTHING) == "that is empty"


@pytest.mark.parametrize("typed", ["...", "-", "?!", "-\u200b-"])
def test_cannot_name_somebody_by_signs_alone(typed: str) -> None:
    why = "that holds neither a letter nor a number: write a name"

    assert understand(NAME, typed, NOTHING, TODAY) == NotUnderstood(why)
    assert understand_written(NAME, typed, NOTHING) == NotUnderstood(why)


@pytest.mark.parametrize("name", ["Don't know", "unknown", "escalate due", "12345"])
def test_what_looks_like_no_name_is_asked_back(name: str) -> None:
    assert surprise(NAME, name, NOTHING, TODAY) == "Is that a name?"


@pytest.mark.parametrize("name", ["Rowan Testcase", "R.T.", "Łukasz", "李", "Baby 1"])
def test_a_name_is_asked_back_for_nothing(name: str) -> None:
    assert surprise(NAME, name, NOTHING, TODAY) == ""


@pytest.mark.parametrize("sign", ["q", "?", "!", "<"])
def test_a_sign_alone_is_asked_back_before_it_is_kept_as_words(sign: str) -> None:
    said = f'"{sign}" alone would be kept as your words. Is that your answer?'

    assert surprise(LONG, sign, NOTHING, TODAY) == said


def test_a_sign_among_a_long_answers_lines_is_said_to_be_words() -> None:
    sitting = Sitting((LONG,))

    assert sitting.held("He is hungry.\nq\nand afraid.", "").text("concern") == "He is hungry.\nq\nand afraid."
    assert '"q" on a line of its own was taken as your words.' in sitting.screen


def test_an_answer_asked_back_is_replaced_by_what_is_typed_instead() -> None:
    sitting = Sitting((NAME,))

    assert sitting.held("unknown", "n", "Rowan Testcase", "") == Answers({"name": "Rowan Testcase"})
    assert "Is that a name? (type yes, or another name)\nType the name again." in sitting.screen


@pytest.mark.parametrize("sign", ["?", "??"])
def test_after_help_the_same_is_asked_back_again_and_no_is_no_name(sign: str) -> None:
    sitting = Sitting((NAME,))

    assert sitting.held("unknown", sign, "no", "Rowan Testcase", "") == Answers({"name": "Rowan Testcase"})
    asks = "Is that a name? (type yes, or another name)"
    there = sitting.shown.index(asks)
    assert sitting.shown[there:][:4] == [
        asks,
        "\nThere is no more to say about this question.",
        asks,
        "Type the name again.",
    ]


@pytest.mark.parametrize("typed", ["n", "N", "no"])
def test_no_is_never_taken_for_not_sure_nor_a_letter_for_either(typed: str) -> None:
    found = understand(RISKS, typed, NOTHING, TODAY)

    both = "more than one of the answers to choose from begins so: 2 no; 3 not sure"
    assert found == (Understood("no") if typed == "no" else NotUnderstood(both))


def test_a_letter_is_yes_or_no_and_not_a_word_inside_another_answer() -> None:
    options = (Option("agreed", "agreed: both said yes"), Option("no", "no, only proposed"), Option("yes", "yes, now"))
    asked = Question(id="kind", text="Was it agreed?", kind="choice", options=options)

    assert understand(asked, "y", NOTHING, TODAY) == Understood("yes")
    assert understand(asked, "n", NOTHING, TODAY) == Understood("no")


@pytest.mark.parametrize(("typed", "value"), [("1", "yes"), ("2", "no"), ("y", "yes"), ("n", "no"), ("Yes", "yes")])
def test_yes_or_no_is_answered_by_number_by_letter_or_in_full(typed: str, value: str) -> None:
    assert understand(ACTS, typed, NOTHING, TODAY) == Understood(value)


def test_yes_and_no_stand_numbered_under_their_question() -> None:
    sitting = Sitting((ACTS,))
    sitting.held("2", "")

    assert "Was an action agreed?\n  1  yes\n  2  no\n  (yes or no, or their numbers)" in sitting.screen


def test_a_question_left_empty_that_needs_an_answer_is_shown_again() -> None:
    sitting = Sitting((RISKS,))
    sitting.held("", "2", "")

    assert (
        "This is needed before anything can be recorded.\n\nIs a child at immediate risk?\n"
        "  1  yes, a child is at immediate risk of significant harm\n  2  no\n  3  not sure"
    ) in sitting.screen


def test_in_plain_lines_a_long_answer_says_how_much_of_it_is_kept() -> None:
    sitting = Sitting((LONG,))
    sitting.held("He is hungry.\nAnd afraid.", "")

    assert "Kept: 2 lines." in sitting.screen


def test_after_help_the_next_words_of_a_long_answer_begin_on_a_new_line() -> None:
    script: Script = (LONG,)
    in_line: list[str] = []
    sitting = Sitting(script)

    def edits(current: str) -> str:
        in_line.append(current)
        return "It began at Easter.\n?" if len(in_line) == 1 else f"{current}He is hungry."

    assert sitting.held_at_length(edits, "") == Answers({"concern": "It began at Easter.\nHe is hungry."})
    assert in_line == ["", "It began at Easter.\n"]


def test_help_below_words_so_far_says_how_many_lines_stand() -> None:
    sitting = Sitting((LONG,))
    sitting.held("He is hungry.\nAnd afraid.\n?", "Today.", "")

    assert "(2 lines so far; Enter keeps them;" in sitting.screen.replace("\n  ", " ")


def test_in_plain_lines_the_first_empty_line_says_once_that_one_more_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["Hungry.", "", "Afraid.", "", "", "A visit.", "", ""])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    shown: list[str] = []
    keyboard = PlainKeyboard(shown.append)

    assert [keyboard.paragraphs(""), keyboard.paragraphs("")] == ["Hungry.\n\nAfraid.", "A visit."]
    assert shown == ["One more empty line finishes."]


def test_yes_or_no_is_not_taken_for_a_word_inside_an_answer() -> None:
    options = (Option("enough", "open the case now"), Option("more", "say more first"))
    asked = Question(id="more", text="Go on?", kind="choice", options=options)

    for typed in ("yes", "no", "y", "n"):
        assert understand(asked, typed, NOTHING, TODAY) == NotUnderstood(
            "yes or no does not say which: 1 open the case now; 2 say more first"
        )


def test_enter_refused_lists_the_answers_with_the_way_back() -> None:
    sitting = Sitting((NAME, RISKS))

    sitting.held("Rowan Testcase", "", "2", "")

    assert sitting.screen.count("  <  go back") == 2
