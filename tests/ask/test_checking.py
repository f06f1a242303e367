"""The page on which all answers are checked: whole at first, then only what has changed."""

from __future__ import annotations

from escalate.ask.beside import Beside
from escalate.ask.question import Question, Script
from escalate.core.answers import Answers
from tests.ask.at_a_keyboard import Sitting

SCRIPT: Script = (
    Question(id="decision", text="What was decided?", kind="text", required=True, label="Decision"),
    Question(
        id="by",
        text="By whom?",
        kind="text",
        required=True,
        label="By",
        when=lambda said: not said.says("decision", "Nothing"),
    ),
    Question(id="wanted", text="What do you want?", kind="text", required=True, label="Wanted"),
)
FIRST = ("No visit", "The Manager", "A visit")


def follows(said: Answers) -> str:
    return f"Dates:\n  Mon  a reply about: {said.text('decision')}\nForms:\n  none"


def test_after_a_change_only_what_changed_is_shown_and_what_follows_from_it() -> None:
    sitting = Sitting(SCRIPT, Beside(preview=follows))

    sitting.held(*FIRST, "1", "One visit", "")

    assert sitting.screen.count("Check your answers before they are recorded.") == 1
    assert sitting.screen.endswith(
        "\nChanged:\n   1  Decision\n      One visit\n\nAnd so in what will follow:\nDates:\n"
        "  Mon  a reply about: One visit\nNo longer:\n  Mon  a reply about: No visit\n"
        "\nEnter records them. A number changes that answer, p prints the whole page, <\ngoes back one, q leaves."
    )


def test_what_is_asked_no_longer_is_said() -> None:
    sitting = Sitting(SCRIPT)

    sitting.held(*FIRST, "1", "Nothing", "")

    assert (
        "Your answers, numbered anew:\n   1  Decision\n      Nothing\n   2  Wanted\n      A visit\n"
        "      No longer asked: By\n"
    ) in sitting.screen


def test_an_answer_changed_into_itself_changes_nothing() -> None:
    sitting = Sitting(SCRIPT, Beside(preview=follows))

    sitting.held(*FIRST, "1", "", "")

    assert "\nYour answers are as they were.\n" in sitting.screen


def test_the_whole_page_is_printed_again_when_it_is_asked_for() -> None:
    sitting = Sitting(SCRIPT)

    sitting.held(*FIRST, "1", "One visit", "p", "")

    assert sitting.screen.count("Check your answers before they are recorded.") == 2
    assert sitting.screen.count("   3  Wanted\n      A visit") == 2
