"""What identifies a child is all that was ever recorded of it, found as people write it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.core.identifying import Identifier, find_identifiers, identifiers
from escalate.core.plain import to_plain
from tests.builders import COUNTERPART, NAMES, Happened, on, told
from tests.rules.scenario import CHILD, scenario

TODAY = date(2026, 4, 30)
KIT = dataclasses.replace(
    CHILD,
    name="Kit Oldroyd",
    born_on=date(2018, 9, 14),
    address="12 Invented Road\nExampletown\nL99 9ZZ",
    parental_responsibility="Jordan Lark (mother) and the Local Authority",
    reference="LL-123456",
)


def known(*happened: Happened | Decided) -> tuple[Identifier, ...]:
    case = scenario((KIT, on("2026-04-01")), told("2026-04-02"), *happened)
    return identifiers(case.case, case.events)


def found(text: str, *happened: Happened | Decided) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_identifiers(text, known(*happened))]


def corrected(**changes: Any) -> Decided:
    """The name given last is corrected."""
    events = scenario((KIT, on("2026-04-01")), told("2026-04-02")).events
    target = next(event for event in reversed(events) if isinstance(event.fact, e.PartyNamed))
    restated = to_plain(dataclasses.replace(KIT, **changes))
    fact = e.Corrected(reason="A slip.", occurred_on=TODAY, restated=restated)
    return Decided(fact=fact, on=TODAY, target=target.sequence)


def test_everything_recorded_of_a_child_identifies_it() -> None:
    assert known()[2:] == (
        Identifier("child's name", "Kit Oldroyd"),
        Identifier("parent's name", "Jordan Lark"),
        Identifier("reference", "LL-123456"),
        Identifier("address", "12 Invented Road"),
        Identifier("address", "Invented Road"),
        Identifier("address", "Exampletown"),
        Identifier("address", "L99 9ZZ"),
        Identifier("date of birth", "2018-09-14"),
    )


def test_what_was_recorded_earlier_and_what_a_correction_replaced_is_searched_for_as_well() -> None:
    mended = corrected(name="Kit Newroyd", address="1 Other Lane", born_on=date(2018, 9, 15))
    text = "Rowan and Oldroyd and Newroyd and Other Lane and Invented Road and 14/09/2018 and 15/09/2018"

    assert found(text, mended) == text.split(" and ")


def test_what_was_removed_from_the_record_is_not_searched_for() -> None:
    removed = corrected(name="[removed] Oldroyd")

    assert found("It was removed.", removed) == []


@pytest.mark.parametrize(
    "written",
    [
        "14/09/2018",
        "14/9/18",
        "14.9.18",
        "14-09-2018",
        "14.09.2018",
        "14 09 2018",
        "2018-09-14",
        "2018/9/14",
        "14092018",
        "14 September 2018",
        "14th September, 2018",
        "14th of Sept 2018",
        "14 Sep '18",
        "September 14, 2018",
        "Sept. 14th 2018",
        "14\nSeptember 2018",
    ],
)
def test_a_date_of_birth_is_found_in_the_usual_written_forms(written: str) -> None:
    assert found(f"born {written}.") == [written]


@pytest.mark.parametrize("written", ["13/09/2018", "14/08/2018", "14/09/2019", "114/09/2018", "14 March 2018", "14/09"])
def test_another_date_is_no_date_of_birth(written: str) -> None:
    assert found(f"on {written}.") == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("at 12 Invented Road now", ["12 Invented Road"]),
        ("at 12, invented\nroad now", ["12, invented\nroad"]),
        ("at Invented Road now, and 112 Invented Road", ["Invented Road", "Invented Road"]),
        ("in EXAMPLETOWN, L999ZZ or l99 9zz", ["EXAMPLETOWN, L999ZZ", "l99 9zz"]),
        ("at 12 Invented Road, Exampletown.\nL99 9ZZ is it", ["12 Invented Road, Exampletown.\nL99 9ZZ"]),
        ("in L99 9ZZZ or XL99 9ZZ", []),
        ("known as LL123456, LL 123456 and ll-123456", ["LL123456", "LL 123456", "ll-123456"]),
        ("LL-1234567 is another", []),
    ],
)
def test_addresses_and_references_are_found_as_people_write_them(text: str, hits: list[str]) -> None:
    assert found(text) == hits


def test_a_town_in_the_name_of_an_agency_tells_nobody_who_the_child_is() -> None:
    moved = dataclasses.replace(KIT, address="3 Side Lane, Exampleshire")

    words = [one.words for one in known((moved, on("2026-04-03"))) if one.sort == "address"]

    assert words[-2:] == ["3 Side Lane", "Side Lane"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("mother", []),
        ("Mother and father", []),
        ("Local Authority (interim care order)", []),
        ("Ms Jordan Lark; Mr Ash O'Lark", ["Jordan Lark", "Ash O'Lark"]),
        ("Jordan Lark, Ash Lark & grandmother", ["Jordan Lark", "Ash Lark"]),
        ("mum Jordan has it since she moved in with Ash", ["Jordan Ash"]),
        ("jordan lark", ["jordan lark"]),
    ],
)
def test_the_names_are_taken_out_of_who_has_parental_responsibility(written: str, names: list[str]) -> None:
    party = dataclasses.replace(KIT, parental_responsibility=written)

    case = scenario((party, on("2026-04-01")))

    assert [one.words for one in identifiers(case.case, case.events) if one.sort == "parent's name"] == names


SAM = dataclasses.replace(NAMES[COUNTERPART], withheld=True, email="sam@exampleshire.example", telephone="01632 960111")


def test_of_a_withheld_child_everything_is_withheld_since_the_entry_that_says_so() -> None:
    withheld = known((dataclasses.replace(KIT, withheld=True), on("2026-04-03")))

    assert {(one.called, one.withheld_at > 0) for one in withheld if one.words != "Rowan Testcase"} == {
        ("withheld name", True),
        ("withheld reference", True),
        ("withheld address", True),
        ("withheld date of birth", True),
    }
    assert len({one.withheld_at for one in withheld}) == 1


def test_of_a_child_whose_address_is_withheld_every_address_is_and_nothing_else() -> None:
    moved = known((dataclasses.replace(KIT, address="1 Other Lane", address_withheld=True), on("2026-04-03")))

    assert [one.words for one in moved if one.withheld_at] == [
        "12 Invented Road",
        "Invented Road",
        "Exampletown",
        "L99 9ZZ",
        "1 Other Lane",
        "Other Lane",
    ]


def test_an_address_corrected_to_withheld_is_searched_for_as_withheld_in_its_old_words_too() -> None:
    mended = known(corrected(address="1 Other Lane", address_withheld=True))

    assert {"12 Invented Road", "1 Other Lane"} <= {one.words for one in mended if one.withheld_at}


def test_what_is_withheld_no_more_is_not() -> None:
    again = (dataclasses.replace(KIT, withheld=True), on("2026-04-03")), (KIT, on("2026-04-07"))

    assert [one for one in known(*again) if one.withheld_at] == []


def test_a_professional_is_searched_for_only_while_withheld() -> None:
    text = "Sam Counterpart, sam@exampleshire.example, 01632 960 111"

    assert found(text) == []
    assert found(text, (SAM, on("2026-04-03"))) == text.split(", ")


def test_what_could_stand_instead_of_what_is_withheld_tells_nothing_of_it() -> None:
    withheld = known((dataclasses.replace(KIT, withheld=True), on("2026-04-03")), (SAM, on("2026-04-03")))

    assert {one.sort: one.instead for one in withheld} == {
        "child's name": ("the child", "(withheld)"),
        "parent's name": ("a parent", "(withheld)"),
        "professional's name": ("a colleague", "(withheld)"),
        "e-mail": ("(withheld)",),
        "telephone": ("(withheld)",),
        "reference": ("the child's reference", "(withheld)"),
        "address": ("the child's address", "(withheld)"),
        "date of birth": ("the child's date of birth", "(withheld)"),
    }


def test_what_could_stand_instead_names_nobody() -> None:
    instead = {one.sort: one.instead for one in known()}

    assert instead == {
        "child's name": ("K.O.", "the child"),
        "parent's name": ("J.L.", "a parent"),
        "reference": ("the child's reference",),
        "address": ("the child's address",),
        "date of birth": ("the child's date of birth",),
    }
