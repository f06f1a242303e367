"""`escalate export` of a form that asks whether an issue is recurring: earlier escalations, by reference alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from escalate.core import events as e
from tests.builders import Built, on
from tests.cli.issued import answers_in, in_herefordshire
from tests.running import run

A2 = "herefordshire-appendix-2"
EARLIER = on("2026-03-02")


def an_earlier(home: Path, number: int, child: str = "Rowan Testcase", **concern: object) -> Built:
    """A case raised a month before, about a child born on the day of Rowan Testcase."""
    return in_herefordshire(home, number=number, child=child, decision_received_on=EARLIER, **concern)


def themes_of(home: Path, case: Built) -> list[str]:
    (issued,) = run(home, "export", case.reference, "--form", A2, "--json", today="2026-04-09").data
    return answers_in(Path(issued["file"]), A2)["themes"].splitlines()


def test_h20_earlier_escalations_of_the_same_child_are_named_by_reference(home: Path) -> None:
    first, second = an_earlier(home, 1), an_earlier(home, 2)
    an_earlier(home, 3, child="Ash Testcase")
    case = in_herefordshire(home, number=4)

    assert themes_of(home, case)[1:] == [
        f"Earlier escalations about the same child: {first.reference}, {second.reference}"
    ]
    assert len(themes_of(home, first)) == 1


def test_h20_a_later_escalation_is_no_earlier_one(home: Path) -> None:
    case = an_earlier(home, 1)
    in_herefordshire(home, number=2)

    assert len(themes_of(home, case)) == 1


def test_h20_a_child_without_a_date_of_birth_is_known_by_the_reference_number_alone(home: Path) -> None:
    unborn = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase")
    numbered = dataclasses.replace(unborn, reference="P-17")
    an_earlier(home, 1, names=(unborn,))
    told = an_earlier(home, 2, names=(numbered,))
    case = in_herefordshire(home, number=3, names=(numbered,))

    assert themes_of(home, case)[1:] == [f"Earlier escalations about the same child: {told.reference}"]


def test_h20_earlier_escalations_on_the_same_theme_are_named_in_a_case_about_practice(home: Path) -> None:
    first = an_earlier(home, 1, children=(), about_theme="Closing letters")
    an_earlier(home, 2, children=(), about_theme="Thresholds at night")
    case = in_herefordshire(home, number=3, children=(), about_theme="closing  Letters")

    assert themes_of(home, case)[2:] == [f"Earlier escalations on the same theme: {first.reference}"]


def test_h20_a_linked_case_is_named_as_one_escalation_with_it(home: Path) -> None:
    first, case = an_earlier(home, 1), in_herefordshire(home, number=2)
    done = run(home, "link", case.reference, first.reference, "--from", "-", today="2026-04-09", typed='reason = "x"\n')
    assert done.code == 0, done.err

    assert themes_of(home, case)[1:] == [f"One escalation with: {first.reference}"]


def test_h20_what_people_say_of_its_recurring_stands_beside(home: Path) -> None:
    case = in_herefordshire(home)
    answers = 'risk = "no"\nwhat = "details"\ncase_is_recurring = "It came up in the autumn."\n'
    done = run(home, "record", case.reference, "--from", "-", today="2026-04-09", typed=answers)
    assert done.code == 0, done.err

    assert themes_of(home, case)[1:] == ["It came up in the autumn."]


def test_h13_the_present_level_of_need_names_a_plan_the_case_knows_of(home: Path) -> None:
    known = e.SituationRecorded(subject="child-1", facts={"child protection plan": "yes"}), on("2026-04-09")
    case = in_herefordshire(home, known)

    (issued,) = run(home, "export", case.reference, "--form", A2, "--json", today="2026-04-09").data

    assert answers_in(Path(issued["file"]), A2)["need_current"] == "On a child protection plan"
    assert "need_current" not in issued["blanks"]
