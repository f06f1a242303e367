"""A later form of a logged case that is about another child: asked about, added to the case, and kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_home
from tests.cli.issued import SECOND, at_stage
from tests.cli.kept import drafts, entries, events, facts, is_sound, kinds, named, references
from tests.cli.returned import CUSTOM, came_back, changed, without_identity
from tests.cli.test_receive_logged import logged
from tests.cli.typist import Typist
from tests.running import Ran, run
from tests.two_homes import another_home, hand, problems_in

ASH = replace(SECOND, born_on=date(2017, 5, 5), reference="NHS 0000000017")
WHICH = "About which child is it? (1: R.T.; another: another child of this case)"


@pytest.fixture
def partnership(tmp_path: Path) -> Path:
    """The record of a partnership's business manager."""
    return a_home(tmp_path / "partnership")


def of_two_children(home: Path, second: e.PartyNamed = ASH) -> tuple[Built, Path, Path]:
    """Return a case of two children in the school's record, and the form issued about each."""
    case = at_stage(home, "3", names=[second], children=("child-1", "child-2"))
    return case, *issued_about_each(home, case)


def issued_about_each(home: Path, case: Built) -> tuple[Path, Path]:
    """Return the forms that the verb issues now, of the first child and of the second."""
    before = set((home / "issued").glob("*.docx"))
    assert run(home, "export", case.reference, "--form", "appendix-2").code == 0
    new = set((home / "issued").glob("*.docx")) - before
    (second,) = [one for one in new if "child-2" in one.name]
    (first,) = new - {second}
    return first, second


def received(partnership: Path, path: Path, *more: str, answers: str = "", today: str = "2026-04-10") -> Ran:
    """Receive a form there, with answers in a file."""
    file = partnership / "answers.toml"
    file.write_text(answers, encoding="utf-8")
    return run(partnership, "receive", str(path), *more, "--from", str(file), today=today)


def test_a_form_about_another_child_adds_the_child_to_the_case_with_the_form_itself(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)

    done = run(partnership, "receive", str(second), "--log")

    assert (done.code, done.err, references(partnership)) == (0, "", [reference])
    ash = named(partnership, reference)["Ash Testcase"]
    rowan = named(partnership, reference)["Rowan Testcase"]
    assert (ash.sort, ash.born_on, ash.reference) == ("child", date(2017, 5, 5), "")
    assert kinds(partnership, reference)[-2:] == ["child added", "form received"]
    assert facts(partnership, reference, "child added") == [e.ChildAdded(child=ash.party)]
    came = facts(partnership, reference, "form received")
    assert [fact.child for fact in came] == [rowan.party, ash.party]
    assert "Look: the child's name on it is not the case's.\n" in done.out
    assert ": child added, Fri 10 Apr\n" in done.out
    assert run(partnership, "show", reference, "--json").data["case"]["subject"] == "R.T., A.T."
    assert run(partnership, "verify").code == 0
    assert is_sound(partnership)


def test_cannot_be_filed_under_the_first_child_unasked(home: Path, partnership: Path, tmp_path: Path) -> None:
    _, first, second = of_two_children(home)
    logged(partnership, first, tmp_path)
    before = entries(partnership)

    done = run(partnership, "receive", str(second), "--accept")

    assert (done.code, entries(partnership)) == (2, before)
    assert f'"child" is missing: {WHICH}' in done.err


def test_the_forms_of_two_children_stay_apart_from_then_on(home: Path, partnership: Path, tmp_path: Path) -> None:
    case, first, second = of_two_children(home)
    one = came_back(first, tmp_path / "1.docx", options_considered="A visit to Rowan.")
    two = came_back(second, tmp_path / "2.docx", options_considered="A visit to Ash.", child_address="2 Invented Road")
    reference = logged(partnership, one, tmp_path)
    assert run(partnership, "receive", str(two), "--log").code == 0
    again = [
        came_back(path, tmp_path / f"again-{place}.docx", options_considered=words)
        for place, (path, words) in enumerate(
            zip(issued_about_each(home, case), ("A visit to Rowan.", "Two visits to Ash."), strict=True)
        )
    ]

    shown = [run(partnership, "receive", str(path), "--json").data["files"][0] for path in again]
    done = [run(partnership, "receive", str(path), "--accept", today="2026-04-13") for path in again]

    assert [one["belongs_to"]["is_sure"] for one in shown] == [True, True]
    options = [next(field for field in one["fields"] if field["id"] == "options_considered") for one in shown]
    assert [field["sent"] for field in options] == ["A visit to Rowan.", "A visit to Ash."]
    assert [field["standing"] for field in options] == ["unchanged", "changed by them"]
    assert [(one.code, one.err) for one in done] == [(0, ""), (0, "")]
    came = facts(partnership, reference, "form received")
    assert [fact.child for fact in came[2:]] == [came[0].child, came[1].child]
    assert len(facts(partnership, reference, "child added")) == 1


def test_whoever_knows_better_files_it_under_a_child_of_the_case_and_is_not_asked_again(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    case, first, _ = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    misspelt = came_back(first, tmp_path / "a.docx", child_name="Rowena Tastcase", child_born_on="")

    done = received(partnership, misspelt, "--accept", answers='child = "1"\n')
    again = came_back(issued_about_each(home, case)[0], tmp_path / "b.docx", child_name="Rowena Tastcase")
    again = came_back(again, tmp_path / "c.docx", child_born_on="", oversight="Seen.")
    later = run(partnership, "receive", str(again), "--accept", today="2026-04-13")

    assert [(one.code, one.err) for one in (done, later)] == [(0, ""), (0, "")]
    came = facts(partnership, reference, "form received")
    assert {fact.child for fact in came} == {came[0].child}
    assert facts(partnership, reference, "child added") == []


def test_cannot_be_taken_for_another_child_where_something_fits(home: Path, partnership: Path, tmp_path: Path) -> None:
    twin = replace(ASH, born_on=date(2019, 3, 3))
    _, first, second = of_two_children(home, twin)
    reference = logged(partnership, first, tmp_path)

    refused = run(partnership, "receive", str(second), "--log")
    done = received(partnership, second, "--accept", answers='child = "another"\n')

    assert (refused.code, f'"child" is missing: {WHICH}' in refused.err) == (2, True)
    assert (done.code, done.err) == (0, "")
    assert named(partnership, reference)["Ash Testcase"].born_on == date(2019, 3, 3)


@pytest.mark.parametrize(
    "said",
    [
        {"child_name": "R.T."},
        {"child_name": "rowan  testcase", "child_born_on": ""},
        {"child_name": "", "child_born_on": "3 March 2019"},
        {"child_name": "", "child_born_on": ""},
        {"child_born_on": "about seven"},
    ],
)
def test_a_form_that_fits_the_case_s_only_child_asks_nothing(
    home: Path, partnership: Path, tmp_path: Path, said: dict[str, str]
) -> None:
    _, first, _ = of_two_children(home)
    reference = logged(partnership, first, tmp_path)

    done = run(partnership, "receive", str(came_back(first, tmp_path / "a.docx", **said)), "--accept")

    assert (done.code, done.err) == (0, "")
    came = facts(partnership, reference, "form received")
    assert came[0].child == came[1].child


def test_a_child_logged_by_initials_is_the_one_named_in_full_later(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, first, _ = of_two_children(home)
    reference = logged(partnership, came_back(first, tmp_path / "a.docx", child_name="R.T."), tmp_path)

    done = run(partnership, "receive", str(first), "--accept")

    assert (done.code, done.err) == (0, "")
    assert facts(partnership, reference, "child added") == []


def test_by_the_reference_printed_on_it_the_case_is_asked_first_and_then_the_child(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    bare = changed(second, tmp_path / "b.docx", {CUSTOM: without_identity()})

    refused = run(partnership, "receive", str(bare), "--form", "appendix-2", "--log")
    answers = 'same_case = true\nchild = "another"\nchild_name = "Ash Invented Testcase"\n'
    done = received(partnership, bare, "--accept", "--form", "appendix-2", answers=answers)

    assert (refused.code, '"same_case" is missing' in refused.err) == (2, True)
    assert (done.code, done.err) == (0, "")
    assert "Ash Invented Testcase" in named(partnership, reference)


def test_in_a_case_of_ours_another_child_is_a_doubt_about_the_case(home: Path, tmp_path: Path) -> None:
    case, first, _ = of_two_children(home)
    other = came_back(first, tmp_path / "a.docx", child_name="Jo Other", child_born_on="1 May 2012")
    before = entries(home)

    done = run(home, "receive", str(other), "--log")

    assert (done.code, entries(home)) == (2, before)
    assert '"same_case" is missing' in done.err
    assert "child added" not in {one.kind for one in case.events()}


def test_at_a_terminal_another_child_is_proposed(
    home: Path, partnership: Path, tmp_path: Path, plain_typist: Typist
) -> None:
    _, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    plain_typist.home = partnership

    sitting = plain_typist.types("receive", str(second))
    sitting.expect("The child named on it is none of those that this case has.")
    sitting.answer("About which child is it?", "")
    sitting.answer("Which other child is it about, as the form says?", "")
    sitting.confirm()

    assert sitting.ends() == 0
    assert facts(partnership, reference, "child added") == [
        e.ChildAdded(child=named(partnership, reference)["Ash Testcase"].party)
    ]
    assert drafts(partnership) == []


def test_the_added_child_goes_with_the_case_to_another_record(home: Path, partnership: Path, tmp_path: Path) -> None:
    _, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    assert run(partnership, "receive", str(second), "--log").code == 0
    bea = another_home(tmp_path / "bea")

    hand(partnership, bea, events(partnership, reference)[0].stream)

    there = run(bea, "show", reference, "--json").data["case"]
    assert there["subject"] == "R.T., A.T."
    assert problems_in(partnership, bea) == []


def test_a_day_that_cannot_be_adds_no_child(home: Path, partnership: Path, tmp_path: Path) -> None:
    _, first, second = of_two_children(home)
    logged(partnership, first, tmp_path)
    before = entries(partnership)

    done = received(partnership, second, "--log", answers="came_on = 2026-03-01\n")

    assert (done.code, entries(partnership)) == (3, before)


def test_the_chronology_says_which_child_was_added_and_its_day_can_be_corrected(
    home: Path, partnership: Path, tmp_path: Path
) -> None:
    _, first, second = of_two_children(home)
    reference = logged(partnership, first, tmp_path)
    run(partnership, "receive", str(second), "--log")

    entry = next(
        one
        for one in run(partnership, "show", reference, "--json").data["chronology"]
        if one["says"] == "Ash Testcase was added to the children of the case"
    )
    typed = (
        f'entry = "{entry["sequence"]}"\nreason = "It came a day sooner."\n'
        '[[changes]]\nfield = "occurred_on"\nvalue = "09/04/2026"\n'
    )

    assert run(partnership, "correct", reference, typed=typed).code == 0
    assert run(partnership, "show", reference, "--json").data["case"]["subject"] == "R.T., A.T."
    assert problems_in(partnership) == []
