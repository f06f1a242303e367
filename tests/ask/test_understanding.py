"""What was typed, as an answer to one question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.ask.pages import question_page
from escalate.ask.question import Option, Question
from escalate.ask.understanding import NotUnderstood, Understood, understand, understand_default, understand_written
from escalate.core.answers import NOT_KNOWN, Answers
from escalate.core.text import clean, is_blank

TODAY = date(2026, 4, 10)
NOTHING = Answers()

OUTCOME = Question(
    id="outcome",
    text="How did it end?",
    kind="choice",
    required=True,
    options=(Option("resolved", "Resolved"), Option("no response", "No response")),
)
AGENCY = Question(
    id="agency",
    text="Which agency?",
    kind="text",
    offered=(Option("agency-1", "Invented Health Trust"), Option("agency-2", "Invented Police")),
)
CONCERN = Question(id="concern", text="What worries you?", kind="long", required=True)
SAFE = Question(id="safe", text="Is the child safe?", kind="yes-no")


def test_where_what_is_listed_is_itself_a_number_that_number_is_typed() -> None:
    stages = (Option("2", "Stage 2"), Option("3", "Stage 3"), Option("4", "Stage 4"))
    question = Question(id="to", text="Which stage?", kind="choice", options=stages)

    assert understand(question, "2", NOTHING, TODAY) == Understood("2")
    assert understand(question, "1", NOTHING, TODAY) == NotUnderstood(
        "that number is not in the list: type a number from 2 to 4"
    )
    assert [line for line in question_page(question, [], 80, heads=False, can_go_back=False).split("\n") if line] == [
        "Which stage?",
        "  2  Stage 2",
        "  3  Stage 3",
        "  4  Stage 4",
    ]


def test_enter_alone_gives_the_default_by_its_value_and_never_by_its_number() -> None:
    stages = tuple(Option(stage, f"Stage {stage}") for stage in ("2", "3", "4"))
    question = Question(id="to", text="Which stage?", kind="choice", options=stages, default="2")

    assert understand_default(question, NOTHING, TODAY) == Understood("2")


@pytest.mark.parametrize("typed", ["2", "no response", "No response", " NO RESPONSE "])
def test_an_option_is_chosen_by_its_number_its_label_or_its_value(typed: str) -> None:
    assert understand(OUTCOME, typed, NOTHING, TODAY) == Understood("no response")


def test_cannot_choose_what_is_not_in_the_list() -> None:
    for typed in ("0", "3"):
        assert understand(OUTCOME, typed, NOTHING, TODAY) == NotUnderstood(
            "that number is not in the list: type a number from 1 to 2"
        )
    assert understand(OUTCOME, "lunch", NOTHING, TODAY) == NotUnderstood(
        "that is not one of the answers to choose from: type a number from 1 to 2"
    )


@pytest.mark.parametrize("typed", ["knowsley", "Know", "halton"])
def test_an_option_is_chosen_by_any_word_of_it_that_fits_no_other(typed: str) -> None:
    policies = (Option("knowsley-2020-11", "Halton and Knowsley, November 2020"), Option("wirral-2015-09", "Wirral"))
    question = Question(id="policy", text="Which policy?", kind="choice", options=policies)

    assert understand(question, typed, NOTHING, TODAY) == Understood("knowsley-2020-11")


def test_cannot_choose_by_what_fits_two_options_or_stands_in_the_middle_of_a_word() -> None:
    assert understand(OUTCOME, "res", NOTHING, TODAY) == NotUnderstood(
        "more than one of the answers to choose from begins so: 1 Resolved; 2 No response"
    )
    assert isinstance(understand(OUTCOME, "solved", NOTHING, TODAY), NotUnderstood)
    assert isinstance(understand(OUTCOME, "N", NOTHING, TODAY), Understood)


def test_cannot_pick_the_first_option_with_enter_alone() -> None:
    assert understand(OUTCOME, "", NOTHING, TODAY) == NotUnderstood("this is needed before anything can be recorded")


def test_an_agency_offered_is_chosen_by_number_or_name_and_any_other_is_kept_as_typed() -> None:
    assert understand(AGENCY, "2", NOTHING, TODAY) == Understood("agency-2")
    assert understand(AGENCY, "invented police", NOTHING, TODAY) == Understood("agency-2")
    assert understand(AGENCY, "Invented School", NOTHING, TODAY) == Understood("Invented School")
    assert understand(AGENCY, "3", NOTHING, TODAY) == NotUnderstood(
        "that number is not in the list: type a number from 1 to 2, or write a name"
    )


def test_two_people_of_one_name_are_told_apart_by_number_only() -> None:
    same = Question(
        id="who", text="Who?", kind="text", offered=(Option("p1", "Rowan Testcase"), Option("p2", "Rowan Testcase"))
    )

    assert understand(same, "2", NOTHING, TODAY) == Understood("p2")
    assert understand(same, "Rowan Testcase", NOTHING, TODAY) == Understood("Rowan Testcase")


@pytest.mark.parametrize("typed", ["", "   ", "not known yet", "Not known.", "don't know yet"])
def test_not_known_yet_is_an_answer_where_the_question_may_be_left_open(typed: str) -> None:
    assert understand(SAFE, typed, NOTHING, TODAY) == Understood(NOT_KNOWN)
    assert understand(CONCERN, typed, NOTHING, TODAY) == NotUnderstood("this is needed before anything can be recorded")


def test_yes_and_no_may_be_one_letter_and_nothing_else() -> None:
    assert understand(SAFE, "Y", NOTHING, TODAY) == Understood("yes")
    assert understand(SAFE, "no", NOTHING, TODAY) == Understood("no")
    assert understand(SAFE, "maybe", NOTHING, TODAY) == NotUnderstood("that is neither yes nor no")


def test_a_date_outside_what_is_possible_is_refused_with_both_dates() -> None:
    learned = Question(id="learned_on", text="When?", kind="date", latest=TODAY, earliest=date(2026, 4, 1))

    assert understand(learned, "10/4/2026", NOTHING, TODAY) == Understood(date(2026, 4, 10))
    assert understand(learned, "11/4/2026", NOTHING, TODAY) == NotUnderstood(
        "Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026"
    )
    assert understand(learned, "1/4/2026", NOTHING, TODAY) == Understood(date(2026, 4, 1))
    assert understand(learned, "31/3/2026", NOTHING, TODAY) == NotUnderstood(
        "Tue 31 Mar 2026 is too early: the earliest possible is Wed 1 Apr 2026"
    )


def test_control_characters_are_left_out_and_said() -> None:
    assert understand(CONCERN, "seen\x1b[31m red\r\ntwice", NOTHING, TODAY) == Understood(
        "seen[31m red\ntwice", ("1 control character (U+001B)",)
    )


@pytest.mark.parametrize(
    "typed", ["Sam\nBcc: all@example", "Sam\r\n  \u2028Bcc: all@example\n", "Sam \x0b Bcc: all@example"]
)
def test_a_one_line_answer_is_kept_on_one_line(typed: str) -> None:
    one_line = Understood("Sam Bcc: all@example")

    assert understand(AGENCY, typed, NOTHING, TODAY) == one_line
    assert understand_written(AGENCY, typed, NOTHING) == one_line
    assert understand(CONCERN, "Sam\nBcc: all@example", NOTHING, TODAY) == Understood("Sam\nBcc: all@example")


@given(st.text(min_size=1))
def test_words_are_kept_as_they_are_but_for_what_cannot_be_kept(words: str) -> None:
    kept = clean(words)
    found = understand_written(CONCERN, words, NOTHING)

    if isinstance(found, Understood):
        assert found == Understood(kept.text.strip(), kept.dropped)
    else:
        assert is_blank(kept.text)


def test_in_a_file_a_number_chooses_nothing() -> None:
    stages = Question(id="stage", text="Stage?", kind="choice", options=(Option("4a"), Option("1"), Option("2")))

    assert understand_written(stages, "1", NOTHING) == Understood("1")
    assert understand_written(AGENCY, "2", NOTHING) == Understood("2")
    assert understand(stages, "1", NOTHING, TODAY) == Understood("4a")
