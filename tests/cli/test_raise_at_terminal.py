"""`escalate raise` at a real pseudo-terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from escalate.core import events as e
from tests.builders import a_home
from tests.cli.kept import drafts, named, references, the_fact
from tests.cli.typist import Typist


def test_a_case_is_raised_at_a_terminal_answered_to_the_end(typist: Typist) -> None:
    home = typist.home
    typist.types("raise")
    typist.expect("A child in danger now: telephone 999. This record can wait.")
    typist.expect("Children's social care, day: 01632 960100")
    typist.expect("Out of hours: 01632 960200")
    typist.answer("Is a child at immediate risk of significant harm?", "3")
    typist.answer_at_length("What keeps the child safe until that changes?", "An aunt has him.\nUntil Friday.")
    typist.answer("Who confirmed that, and when?", "The aunt, today")
    typist.answer("What is this about?", "1")
    typist.answer("The child's full name?", "Rowan Testcase")
    typist.answer("With which agency do you disagree?", "Exampleshire Children's Social Care")
    typist.answer_at_length("What was decided, or not done?", "The case was closed.")
    typist.answer("When did you learn of the decision?", "Thu")
    typist.answer_at_length("What worries you?", "Attendance fell.\n\nTwo disclosures were made.")
    typist.answer_at_length("What do you want to happen?", "A strategy discussion.")
    typist.answer("That is enough to open the case. Go on?", "2")
    typist.enter_until("Date of birth?")
    typist.answer("", "3/3/19")
    typist.answer("on a child protection plan, or looked after?", "1")
    typist.answer("Who there made the decision", "Sam Counterpart, social worker")
    typist.confirm()
    typist.expect("escalate has sent nothing and told nobody.")

    assert typist.ends() == 0
    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert f"Case opened: {reference}\n" in typist.screen
    assert (concern.decision, concern.decision_received_on) == ("The case was closed.", date(2026, 4, 9))
    assert concern.concern == "Attendance fell.\n\nTwo disclosures were made."
    assert concern.outcome_wanted == "A strategy discussion."
    assert named(home, reference)["Rowan Testcase"].born_on == date(2019, 3, 3)
    assert named(home, reference)["Sam Counterpart"].role == "social worker"
    assert the_fact(home, reference, "situation recorded").facts == {
        "child protection plan": "yes",
        "looked after": "no",
    }
    assert the_fact(home, reference, "risk considered") == e.RiskConsidered(
        answer="not sure", keeps_safe="An aunt has him.\nUntil Friday.", confirmed_by="The aunt, today"
    )
    assert drafts(home) == []


def test_the_first_raise_of_all_asks_who_you_are_after_the_numbers_to_telephone(tmp_path: Path) -> None:
    typist = Typist(tmp_path / "new")
    typist.types("raise")
    typist.expect("A child in danger now: telephone 999.")
    typist.expect("no number confirmed here: look it up now")
    typist.expect("a few questions about you, asked once")
    typist.answer("How should escalate ask and speak?", "1")
    typist.answer("What is your name?", "Alex Practitioner")
    typist.answer("What is your post?", "")
    typist.answer("For which agency do you work?", "Invented Primary School")
    typist.answer("Under which partnership's policy", "1")
    typist.answer("Whose bank holidays count", "")
    typist.confirm()
    typist.press("Is a child at immediate risk of significant harm?", "\x03")

    assert typist.ends() == 130
    assert (references(typist.home), drafts(typist.home)) == ([], [])


def test_what_another_program_reads_of_a_raise_at_a_terminal_holds_no_question(plain_typist: Typist) -> None:
    out = plain_typist.home / "out.json"
    home = a_home(plain_typist.home / "other")
    plain_typist.home = home
    plain_typist.types_in_shell(f"raise --json >{out}")
    plain_typist.answer("Is a child at immediate risk of significant harm?", "2")
    plain_typist.answer("What is this about?", "2")
    plain_typist.answer("Which practice or recurring issue?", "Left out")
    plain_typist.answer("With which agency do you disagree?", "Invented Police")
    plain_typist.answer_at_length("What was decided, or not done?", "No invitation.")
    plain_typist.answer("When did you learn of the decision?", "yesterday")
    plain_typist.answer_at_length("What worries you?", "Nobody asked.")
    plain_typist.answer_at_length("What do you want to happen?", "An invitation.")
    plain_typist.answer("That is enough to open the case. Go on?", "1")
    plain_typist.confirm()

    assert plain_typist.ends() == 0
    assert out.read_text("utf-8").startswith('{\n  "escalate":')
    assert len(references(home)) == 1
