"""`escalate export`: withheld addresses and people stay withheld, in forms that give names in full as well."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import COUNTERPART, NAMES, Built
from tests.cli.issued import in_herefordshire, parts_of
from tests.cli.kept import entries, facts, kinds
from tests.cli.typist import Typist
from tests.running import run

CHILD = e.PartyNamed(
    party="child-1",
    sort="child",
    name="Kit Oldroyd",
    born_on=date(2018, 9, 14),
    address="1 Imaginary Road\nNowhereham",
    address_withheld=True,
)
SIBLING = dataclasses.replace(CHILD, party="child-2", name="Mo Oldroyd", address_withheld=False)


def refused(home: Path, case: Built, *secrets: str) -> list[str]:
    """Return which fields of the form are refused off a terminal, with what; nothing is recorded, no words are said."""
    before = entries(home)

    done = run(home, "export", case.reference)

    assert (done.code, done.out) == (8, "")
    assert "what is withheld stands in the answers of" in done.err.splitlines()[0]
    assert done.err.endswith("Nothing was recorded.\n")
    assert not [word for word in secrets if word in done.err]
    assert entries(home) == before
    return [line.partition(", at ")[0] for line in done.err.splitlines() if line.startswith("field")]


def test_a_withheld_address_in_the_words_of_a_form_that_gives_names_in_full_is_refused(home: Path) -> None:
    case = in_herefordshire(home, names=[CHILD], concern="1 Imaginary Road, Nowhereham is cold.")

    assert refused(home, case, "Imaginary", "Nowhereham") == [
        'field "2.1 Brief details of professional difference": holds a withheld address'
    ]


def test_a_withheld_child_in_the_words_of_a_form_is_refused(home: Path) -> None:
    child = dataclasses.replace(CHILD, withheld=True)
    case = in_herefordshire(home, names=[child], concern="Kit, born 14.9.18, was not seen.")

    assert refused(home, case, "Kit", "14.9") == [
        'field "2.1 Brief details of professional difference": holds a withheld name'
    ]


def test_a_withheld_professional_in_the_words_of_a_form_is_refused(home: Path) -> None:
    sam = dataclasses.replace(NAMES[COUNTERPART], withheld=True)
    case = in_herefordshire(home, names=[sam], concern="Sam Counterpart visits each week.")

    assert refused(home, case, "Sam", "Counterpart")


def test_an_address_that_was_corrected_to_withheld_is_asked_about_although_it_went_out_before(home: Path) -> None:
    open_to_all = dataclasses.replace(CHILD, address_withheld=False)
    case = in_herefordshire(home, names=[open_to_all], concern="Imaginary Road is cold.")
    assert run(home, "export", case.reference).code == 0
    named = next(one.sequence for one in case.events() if getattr(one.fact, "party", "") == "child-1")
    case.correct(named, "2026-04-10", address="9 Other Lane", address_withheld=True)

    done = run(home, "export", case.reference, "--form", "appendix-2")

    assert done.code == 8
    assert "holds a withheld address" in done.err


def test_a_brothers_form_does_not_tell_the_address_that_is_withheld_of_his_sister(home: Path) -> None:
    case = in_herefordshire(home, names=[CHILD, SIBLING], children=("child-1", "child-2"))

    assert refused(home, case, "Imaginary") == ['field "1.3 Child’s Address": holds a withheld address']


@pytest.mark.parametrize("names_in_full", ["Mo Oldroyd has bruises.", "They live in Otherham."])
def test_who_is_not_withheld_is_named_in_full(home: Path, names_in_full: str) -> None:
    other = dataclasses.replace(SIBLING, address="9 Other Lane\nOtherham")
    withheld = dataclasses.replace(CHILD, withheld=True)
    case = in_herefordshire(home, names=[withheld, other], children=("child-1", "child-2"), concern=names_in_full)

    done = run(home, "export", case.reference, "--json")

    assert (done.code, done.err) == (0, "")
    assert all(names_in_full in parts_of(Path(one["file"])) for one in done.data)


def test_what_is_withheld_is_decided_once_and_stays_so_when_the_form_is_sent_again(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = in_herefordshire(home, names=[CHILD], concern="1 Imaginary Road, Nowhereham is cold.")

    plain_typist.types("export", case.reference)
    plain_typist.expect('"1 Imaginary Road, Nowhereham" stands in')
    plain_typist.expect("It is a withheld address, and")
    plain_typist.expect("what is withheld is told by no form:")
    plain_typist.expect('1  put "the child\'s address" in its place')
    plain_typist.answer("3  leave it", "1")
    plain_typist.expect("escalate has sent nothing and told nobody.")
    assert plain_typist.ends() == 0
    again = run(home, "export", case.reference, "--form", "appendix-2", "--json")

    assert (again.code, again.err) == (0, "")
    first, second = facts(home, case.reference, "form issued")
    concerns = next(text for text in first.answers.values() if "the child's address is cold." in text)
    assert concerns in second.answers.values()
    assert not [text for one in (first, second) for text in one.answers.values() if "Imaginary" in text]
    assert not [one for one in again.data if "Imaginary" in parts_of(Path(one["file"]))]
    assert [text.count("the child's address is cold.") for text in second.answers.values()] == [
        text.count("the child's address is cold.") for text in first.answers.values()
    ]
    assert kinds(home, case.reference).count("form issued") == 2
