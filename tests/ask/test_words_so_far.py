"""Words that stand already: added to in plain lines, edited in a line, kept when somebody goes back or needs help."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.ask.beside import Beside
from escalate.ask.question import Kind, Option, Question, Script
from escalate.core.answers import Answers, Value
from escalate.errors import Interrupted
from tests.ask.at_a_keyboard import Sitting, folder_of
from tests.ask.test_editor import edit_with


def no_colon(value: Value, _: Answers) -> str | None:
    return "a colon cannot stand in it" if ":" in str(value) else None


SCRIPT: Script = (
    Question(
        id="route",
        text="What is it about?",
        kind="choice",
        required=True,
        options=(Option("decision", "A decision"), Option("practice", "A practice")),
        help="A decision is about one child.",
        example="No assessment was made.",
    ),
    Question(id="concern", text="What worries you?", kind="long", required=True, label="Concern"),
    Question(id="by", text="Who told you?", kind="text", required=True, label="By", check=no_colon),
    Question(id="on", text="When?", kind="date", label="On", default="today"),
)
BEGUN = Answers({"route": "decision", "~concern": "Unsafe at home.\n\nHe said"})


def left(sitting: Sitting, *typed: str, edits: bool = False) -> Answers:
    """Type, leave, and return the draft."""
    with pytest.raises(Interrupted):
        sitting.held(*typed, edits=edits)
    return sitting.kept[-1]


def test_in_plain_lines_words_left_half_typed_stand_whole_and_what_is_typed_comes_below() -> None:
    sitting = Sitting(SCRIPT, draft=BEGUN)

    assert left(sitting, "he was hungry.")["concern"] == "Unsafe at home.\n\nHe said\nhe was hungry."
    assert (
        "What worries you?\n"
        "  Your words so far, left half-typed:\n"
        "      Unsafe at home.\n\n      He said\n"
        "  End of your words so far.\n  (Enter keeps them;"
    ) in sitting.screen
    assert "what you type is added below them; - alone starts again without them" in " ".join(sitting.screen.split())


def test_enter_alone_keeps_the_words_so_far_and_a_dash_alone_starts_again_without_them() -> None:
    assert left(Sitting(SCRIPT, draft=BEGUN), "")["concern"] == "Unsafe at home.\n\nHe said"
    assert left(Sitting(SCRIPT, draft=BEGUN), "-", "Anew.")["concern"] == "Anew."
    assert left(Sitting(SCRIPT), "1", "-", "Sam")["concern"] == "-"


def test_words_finished_and_gone_back_over_are_not_called_half_typed() -> None:
    sitting = Sitting(SCRIPT)

    draft = left(sitting, "1", "Unsafe.", "<", "And hungry.")

    assert draft["concern"] == "Unsafe.\nAnd hungry."
    assert "Your words so far:\n      Unsafe.\n" in sitting.screen
    assert "half-typed" not in sitting.screen


def test_in_plain_lines_a_short_answer_is_kept_or_replaced_and_that_is_said() -> None:
    draft = Answers({"route": "decision", "concern": "Unsafe.", "~by": "Rob"})
    sitting = Sitting(SCRIPT, draft=draft)

    assert left(sitting, "Robin Invented")["by"] == "Robin Invented"
    assert "(left half-typed; Enter keeps: Rob; anything else replaces it)" in sitting.screen


def test_leaving_below_words_so_far_keeps_both() -> None:
    from escalate.ask.keyboard import LeftOff

    sitting = Sitting(SCRIPT, draft=BEGUN)
    with pytest.raises(Interrupted):
        sitting.held(LeftOff("he was"))

    assert sitting.kept[-1]["~concern"] == "Unsafe at home.\n\nHe said\nhe was"


@pytest.mark.parametrize("edits", [False, True], ids=["plain", "editing"])
def test_a_less_than_sign_on_a_line_of_its_own_goes_back_and_the_words_are_offered_again(edits: bool) -> None:
    sitting = Sitting(SCRIPT)

    draft = left(sitting, "1", "Unsafe.\nHe said\n<", "2", "", edits=edits)

    assert draft == Answers({"route": "practice", "concern": "Unsafe.\nHe said"})


@pytest.mark.parametrize("edits", [False, True], ids=["plain", "editing"])
def test_a_question_mark_on_a_line_of_its_own_helps_and_the_words_stay(edits: bool) -> None:
    sitting = Sitting(SCRIPT)

    draft = left(sitting, "1", "Unsafe.\n?", "", edits=edits)

    assert draft["concern"] == "Unsafe."
    assert sitting.kept[1] == Answers({"route": "decision", "~concern": "Unsafe."})
    assert "goes back" in sitting.screen


def test_the_editor_opens_with_the_words_so_far_and_those_typed_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit_with(monkeypatch, tmp_path, "path.write_text(words + ' Twice.')")
    sitting = Sitting(SCRIPT, folder_of(tmp_path), draft=BEGUN)

    assert left(sitting, "he was hungry.\n!")["concern"] == "Unsafe at home.\n\nHe said\nhe was hungry.\n Twice."
    assert (
        "as they came back:\n      Unsafe at home.\n\n      He said\n      he was hungry.\n       Twice."
        in sitting.screen
    )


def test_whoever_changes_an_answer_and_goes_back_keeps_it_and_finds_the_new_words_again() -> None:
    sitting = Sitting(SCRIPT)

    answers = sitting.held("1", "Unsafe.", "Sam", "", "2", "-", "Other words.\n<", "2", "", "")

    assert "Not among your answers are the words begun at: Concern." in sitting.screen
    assert "Your words so far, left half-typed:\n      Other words." in sitting.screen
    assert answers["concern"] == "Other words."


def test_after_help_enter_still_gives_the_default_whatever_was_typed_before() -> None:
    sitting = Sitting(SCRIPT)

    answers = sitting.held("?", "1", "Unsafe.", "Sam", "?", "", "", edits=True)

    assert str(answers["on"]) == "2026-04-10"


def test_after_help_the_question_stands_there_again_whole() -> None:
    sitting = Sitting(SCRIPT)
    left(sitting, "?", "1")

    assert (
        "A decision is about one child.\n\nWhat is it about?\n  For example: No assessment was made.\n"
        "  1  A decision\n  2  A practice\n  (type a number from 1 to 2)"
    ) in sitting.screen


@pytest.mark.parametrize("sign", ["?", "??"])
@pytest.mark.parametrize("kind", ["choice", "yes-no", "text", "date"])
def test_after_help_every_question_of_one_line_says_how_to_go_back(kind: Kind, sign: str) -> None:
    options = (Option("decision"), Option("practice")) if kind == "choice" else ()
    first = Question(id="first", text="Who told you?", kind="text")
    sitting = Sitting((first, Question(id="then", text="And then?", kind=kind, help="Say what.", options=options)))
    left(sitting, "Sam", sign)

    assert sitting.shown[-1].startswith("\nAnd then?\n")
    assert "\n  <  go back" in sitting.shown[-1]


def test_after_help_the_first_question_does_not_say_how_to_go_back() -> None:
    sitting = Sitting(SCRIPT)
    left(sitting, "?")

    assert "go back\n" not in sitting.screen


def test_the_policys_words_are_shown_once_and_again_when_they_are_asked_for() -> None:
    sitting = Sitting(SCRIPT, Beside(guidance=lambda _: "Keep the child in mind (4.1)."))

    left(sitting, "?", "?", "??", "1", "?")

    assert sitting.screen.count("Keep the child in mind (4.1).") == 2
    assert sitting.screen.count("?? shows what the policy says of this stage again.") == 1


def test_a_short_answer_that_is_refused_leaves_the_line_and_a_long_one_stays_in_it() -> None:
    in_line: list[str] = []
    sitting = Sitting(SCRIPT, draft=Answers({"route": "decision", "concern": "Unsafe."}))
    typed = iter(["Sam: a teacher", "A long story: of thirty characters and more", "Sam"])

    def words(current: str) -> str:
        in_line.append(current)
        return next(typed)

    with pytest.raises((Interrupted, StopIteration)):
        sitting.held_by(words)

    assert in_line == ["", "", "A long story: of thirty characters and more"]
    assert "Ctrl-U clears the line." in sitting.screen
