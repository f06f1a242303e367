"""`escalate export` at a terminal: the same words are decided once, for all forms of a run and for those sent later."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Built, ended, entered
from tests.cli.issued import SECOND, in_croydon
from tests.cli.kept import facts
from tests.cli.typist import Typist
from tests.running import run

FORM = "Escalation Notification Form"


def two_children(home: Path) -> Built:
    return in_croydon(
        home, names=[SECOND], children=("child-1", "child-2"), nature="Rowan was not seen. A grace period was given."
    )


def test_the_same_words_in_the_forms_of_two_children_are_decided_once(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = two_children(home)

    plain_typist.types("export", case.reference)
    plain_typist.expect('"Rowan" stands in 2 places in what was written. It is a recorded name, and')
    plain_typist.expect(f"{FORM}, about R.T.: Brief description of your concerns (stage 3)")
    plain_typist.expect(f"{FORM}, about A.T.: Brief description of your concerns (stage 3)")
    plain_typist.answer("3  leave it", "2")
    plain_typist.expect("escalate has sent nothing and told nobody.")

    assert plain_typist.ends() == 0
    issued = facts(home, case.reference, "form issued")
    assert ["the child was not seen." in one.answers["stage_3_concerns"] for one in issued] == [True, True]


def test_words_decided_for_an_earlier_issue_are_not_asked_about_at_the_next_stage(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = two_children(home)
    plain_typist.types("export", case.reference)
    plain_typist.answer("3  leave it", "2")
    assert plain_typist.ends() == 0
    case.add(ended("3", "unresolved", "2026-04-13", decision="Rowan is still not seen."), entered("4", "2026-04-13"))

    done = run(home, "export", case.reference, "--json")

    assert (done.code, done.err) == (0, "")
    said = [text for one in facts(home, case.reference, "form issued") for text in one.answers.values()]
    assert [text for text in said if "the child is still not seen." in text]
    assert not [text for text in said if "Rowan" in text]


def test_words_let_stand_in_one_line_are_asked_about_in_another(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = in_croydon(home, nature="The Rowan Centre was full.")
    plain_typist.types("export", case.reference)
    plain_typist.answer("3  leave it", "3")
    assert plain_typist.ends() == 0
    assert run(home, "export", case.reference, "--form", "notification").code == 0
    raised = next(one.sequence for one in case.events() if one.kind == "concern raised")
    case.correct(raised, "2026-04-10", decision="Rowan cried.")

    done = run(home, "export", case.reference, "--form", "notification")

    assert done.code == 8
    assert [line for line in done.err.splitlines() if line.startswith("field")] == [
        'field "Brief description of your concerns (stage 3)": holds a recorded name, at character 51'
    ]
