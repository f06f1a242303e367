"""Words that programs trip over come out of every door as they went in, and what cannot be kept is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from escalate.core import events as e
from escalate.files.docx.reader import read_form
from escalate.files.forms.loading import load_form
from tests.builders import DAY_0, a_case, entered
from tests.cli.hostile import (
    ADVANCED,
    CHILD,
    DISCUSSED,
    LINE,
    LINES,
    LONG,
    PARENT,
    RAISED,
    RECORDED,
    line,
    lines,
    toml,
    words_in,
)
from tests.cli.kept import events, references, the_fact
from tests.cli.typist import Typist
from tests.running import at_terminal, run


@pytest.fixture
def reference(home: Path) -> str:
    """A case every free answer of which is hostile, raised, discussed and advanced from files."""
    done = run(home, "raise", typed=toml(RAISED))
    assert (done.code, done.err) == (0, "")
    (reference,) = references(home)
    for verb, answers in (("record", DISCUSSED), ("advance", ADVANCED)):
        done = run(home, verb, reference, typed=toml(answers))
        assert (done.code, done.err) == (0, "")
    return reference


def test_every_answer_is_kept_as_entered(home: Path, reference: str) -> None:
    kept = json.dumps([repr(event.fact) for event in events(home, reference)], ensure_ascii=False)

    for text in (*words_in(RAISED), *words_in(DISCUSSED), *words_in(ADVANCED)):
        assert json.dumps(repr(text), ensure_ascii=False)[2:-2] in kept


@pytest.mark.parametrize("what", RECORDED)
def test_every_other_fact_is_kept_and_shown_as_entered(home: Path, what: str) -> None:
    recommended = (e.RecommendationMade(by="The Chair", recommendation="Assess.", stage="4"), DAY_0)
    case = a_case(home, entered("4", DAY_0), recommended)
    text = toml({"risk": "no", "what": what, "on": "2 April 2026", **RECORDED[what]})

    done = run(home, "record", case.reference, typed=text)

    shown = run(home, "show", case.reference).out
    assert (done.code, done.err) == (0, "")
    for words in words_in(RECORDED[what]):
        assert in_lines(words, shown)


def in_lines(text: str, out: str) -> bool:
    """Whether each line of the text stands whole in the output; a tab is shown as a space."""
    return all(part.strip() in out for part in text.replace("\t", " ").split("\n"))


def test_json_holds_every_answer_as_entered(home: Path, reference: str) -> None:
    said = json.dumps(run(home, "show", reference, "--json").data["chronology"], ensure_ascii=False)

    for text in (*words_in(RAISED), *words_in(DISCUSSED), *words_in(ADVANCED)):
        assert json.dumps(text, ensure_ascii=False)[1:-1] in said


@pytest.mark.parametrize("how", ["piped", "plain"])
def test_the_case_is_shown_with_every_answer_as_entered(home: Path, reference: str, how: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    out = run(home, "show", reference, *(["--plain"] if how == "plain" else [])).out
    # Sentences wrap at a hundred characters: the words are then compared without regard to where lines end.
    flat = re.sub(r"\s+", "", out)

    for text in (*words_in(RAISED), *words_in(DISCUSSED), *words_in(ADVANCED)):
        assert in_lines(text, out) if how == "piped" else re.sub(r"\s+", "", text) in flat


def test_tables_show_agencies_and_people_as_entered_at_a_terminal_too(home: Path, reference: str) -> None:
    for verb in ("list", "due"):
        piped = run(home, verb).out
        shown = at_terminal(home, verb, columns=1000)
        assert line("agency") in piped
        assert shown.code == 0
        assert re.sub(r"\s+", "", line("agency")) in re.sub(r"\s+|\x1b\[[\d;]*m", "", shown.out)


def test_the_message_to_copy_and_the_texts_hold_every_word(home: Path, reference: str) -> None:
    raised = run(home, "raise", typed=toml(RAISED)).out
    record = run(home, "export", reference, "--record").out
    follow_up = run(home, "export", reference, "--follow-up").out

    for name in ("decision", "concern", "risk_to_child", "evidence", "nature", "outcome_wanted"):
        assert in_lines(lines(name), raised)
        assert lines(name) in follow_up
        assert lines(name) in record
    assert f"Dear {line('person')},\n" in follow_up
    assert f"  Counterpart: {line('person')} ({line('role')}, {line('telephone')}, {line('email')})\n" in raised


def test_the_form_holds_every_word_when_it_is_read_back(home: Path, reference: str) -> None:
    (issued,) = run(home, "export", reference, "--form", "appendix-2", "--json").data

    definition, _ = load_form("knowsley-appendix-2")
    path = Path(issued["file"])
    said = {name: reading.value for name, reading in read_form(definition, path.read_bytes(), path.name).fields.items()}
    assert (said["child_name"], said["child_address"]) == (CHILD, lines("address"))
    assert (said["parental_responsibility"], said["receiving_agency"]) == (
        PARENT,
        line("agency"),
    )
    assert said["learning"] == lines("learning")
    assert (lines("options at the end") in said["options_considered"], lines("decided") in said["decision"]) == (
        True,
        True,
    )
    for name in ("decision", "concern", "risk_to_child", "evidence", "nature", "outcome_wanted", "they_want"):
        assert lines(name) in said["key_issues"]
    for name in ("action", "owner", "action at the end", "owner at the end"):
        assert line(name) in said["actions"]


def test_three_thousand_words_come_out_of_json_text_and_form_whole(home: Path) -> None:
    done = run(home, "raise", typed=toml({**RAISED, "concern": LONG}))
    (reference,) = references(home)
    run(home, "advance", reference, typed=toml(ADVANCED))
    (issued,) = run(home, "export", reference, "--form", "appendix-2", "--json").data

    definition, _ = load_form("knowsley-appendix-2")
    form = read_form(definition, Path(issued["file"]).read_bytes(), "form")
    assert done.code == 0
    assert the_fact(home, reference, "concern raised").concern == LONG
    assert LONG in run(home, "show", reference).out
    assert LONG in form.fields["key_issues"].value


def test_what_no_text_can_hold_is_dropped_and_said(home: Path) -> None:
    text = toml({**RAISED, "concern": "red\u001b[31m and bell\u0007\u0007 and \u202eback"})

    done = run(home, "raise", typed=text)

    (reference,) = references(home)
    assert done.code == 0
    assert done.err == (
        'note: standard input:8: "concern": left out 1 control character (U+001B)\n'
        'note: standard input:8: "concern": left out 2 control characters (U+0007)\n'
        'note: standard input:8: "concern": left out 1 hidden direction mark (U+202E)\n'
    )
    assert the_fact(home, reference, "concern raised").concern == "red[31m and bell and back"
    assert "\x1b" not in run(home, "show", reference).out


def test_prompts_and_the_page_of_answers_show_words_as_typed(typist: Typist) -> None:
    typist.types("raise")
    typist.answer("Is a child at immediate risk of significant harm?", "2")
    typist.answer("What is this about?", "1")
    typist.answer("The child's full name?", LINE)
    typist.answer("With which agency do you disagree?", LINE)
    typist.asked("What was decided, or not done?")
    typist.child.send("<\r" if typist.adapter == "plain" else "<\x1b\r")
    # Gone back to, it is offered again: in the line itself where that can be edited.
    typist.expect("With which agency do you disagree?")
    typist.enter_until("What was decided, or not done?")
    typist.answer_at_length("", LONG)
    typist.answer("When did you learn of the decision?", "Thu")
    typist.answer_at_length("What worries you?", LINES.replace("\t", " "))
    typist.answer_at_length("What do you want to happen?", "[/] {{ 7*7 }}")
    typist.answer("That is enough to open the case. Go on?", "2")
    typist.enter_until("What has the child said, and how is their day?")
    typist.answer_at_length("", LINES.replace("\t", " "))
    typist.enter_until("Check your answers before they are recorded.")
    typist.enter_until("Enter records them.")
    typist.answer("", "")

    assert typist.ends() == 0
    home = typist.home
    (reference,) = references(home)
    page = typist.screen.split("Check your answers before they are recorded.")[1].split("\nPolicy: ")[0]
    assert page.count(LINE) == 6
    assert LONG in " ".join(page.split())  # shown in lines that end between words
    concern = the_fact(home, reference, "concern raised")
    assert (concern.concern, concern.decision) == (LINES.replace("\t", " "), LONG)
    assert concern.outcome_wanted == "[/] {{ 7*7 }}"
    assert concern.child_said == LINES.replace("\t", " ")
