"""About which child of a case a form is that came in, and the children that a case has once one was added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.returned import AsRead, ReturnedForm
from escalate.core.forms.whose_child import child_of, is_of_another, what_fits
from tests.builders import DAY_0, a_concern

ROWAN = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase", born_on=date(2019, 3, 3))
ASH = e.PartyNamed(party="child-2", sort="child", name="Ash Testcase", born_on=date(2017, 5, 5))
DEFINITION = FormDefinition(
    id="invented",
    version=1,
    title="Invented form",
    partnership="Invented Partnership",
    standing="invented",
    source="the tests",
    template="invented.docx",
    per_child=True,
    names="in full",
    return_to="",
    fields=(
        FormField(id="name", label="Name", kind="text", fills="child.name"),
        FormField(id="born_on", label="Born on", kind="date", fills="child.born_on"),
    ),
)


def a_form(name: str = "", born_on: str = "") -> ReturnedForm:
    return ReturnedForm(definition=DEFINITION, fields={"name": AsRead(text=name), "born_on": AsRead(text=born_on)})


def a_case(*facts: e.Fact, side: e.Side = "partnership") -> Case:
    """Return a case about Rowan, in which these facts were recorded after."""
    recorded = (ROWAN, a_concern(our_side=side), e.StageEntered(stage="1", ground="logged"), *facts)
    return read_case(
        [
            e.Event(
                stream="case-1", chain="a", sequence=n, id=f"event-{n}", fact=fact, kind=fact.kind, occurred_on=DAY_0
            )
            for n, fact in enumerate(recorded, 1)
        ]
    )


def test_a_case_has_the_children_it_was_opened_with_and_then_those_that_were_added() -> None:
    case = a_case(ASH, e.ChildAdded(child="child-2"), e.ChildAdded(child="child-2"))

    assert case.raised.children == ("child-1", "child-2")
    assert case.children == (ROWAN, ASH)
    assert case.opening.fact == a_concern(our_side="partnership")


@pytest.mark.parametrize(
    ("name", "born_on", "child", "is_anothers"),
    [
        ("Rowan Testcase", "3 March 2019", "child-1", False),
        ("R.T.", "", "child-1", False),
        ("", "3 March 2019", "child-1", False),
        ("", "", "child-1", False),
        ("Rowan Testcase", "4 March 2019", "", False),
        ("Rowena Testcase", "3 March 2019", "", False),
        ("Ash Testcase", "5 May 2017", "", True),
        ("Ash Testcase", "", "", True),
        ("", "5 May 2017", "", False),
    ],
)
def test_in_a_logged_case_of_one_child_whatever_speaks_against_it_is_asked_about(
    name: str, born_on: str, child: str, is_anothers: bool
) -> None:
    form, case = a_form(name, born_on), a_case()

    assert (child_of(form, case), is_of_another(form, case)) == (child, is_anothers)


def test_in_a_case_of_ours_the_only_child_is_the_form_s() -> None:
    assert child_of(a_form("Ash Testcase", "5 May 2017"), a_case(side="raising")) == "child-1"


@pytest.mark.parametrize(
    ("name", "born_on", "child"),
    [("A.T.", "", "child-2"), ("Rowan Testcase", "", "child-1"), ("", "5 May 2017", "child-2"), ("", "", "")],
)
def test_of_two_children_the_form_is_the_one_s_that_fits(name: str, born_on: str, child: str) -> None:
    case = a_case(ASH, e.ChildAdded(child="child-2"))

    assert child_of(a_form(name, born_on), case) == child


def test_a_child_whose_name_was_removed_may_be_the_one_named() -> None:
    case = a_case(e.ChildAdded(child="child-2"))

    assert not is_of_another(a_form("Ash Testcase", "5 May 2017"), case)


@pytest.mark.parametrize(("known", "said"), [("R.T.", "Rowan Testcase"), ("RT", "Rowan Testcase"), ("R T", "R.T.")])
def test_a_child_known_by_initials_is_fitted_by_the_name_in_full(known: str, said: str) -> None:
    assert what_fits(a_form(said), replace(ROWAN, name=known)) == ("child's name",)


def test_a_short_name_is_nobody_s_initials() -> None:
    assert what_fits(a_form("Bela Oldcase"), replace(ROWAN, name="Bo")) == ()
