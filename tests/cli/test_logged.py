"""What a business manager sees of a case that the partnership logged: nothing in it is said as if it were theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.casework.logged_cases import logged_of
from escalate.core import events as e
from escalate.core.logged import LoggedChild
from escalate.errors import CannotDecide
from escalate.store import readers
from tests.builders import database_in
from tests.cli.came_in import came_in
from tests.cli.kept import entries, is_sound, kinds, named, references, the_fact
from tests.running import run

ADVANCED = """\
risk = "no"
on = 2026-04-13
outcome = "unresolved"
said = "They disagree."
"""


def test_a_logged_case_has_a_reference_here_and_keeps_its_own(home: Path) -> None:
    reference = came_in(home)

    fact = the_fact(home, reference, "concern raised")
    people = named(home, reference)
    assert kinds(home, reference) == ["concern raised", "stage entered"]
    assert (reference[:14], fact.reference) == ("KSCP-2026-0001", reference)
    assert (fact.our_side, fact.their_reference, fact.their_case) == (
        "partnership",
        "KSCP-2026-0007-Q4TX",
        "case-of-theirs",
    )
    assert (fact.decision_received_on, fact.decision) == (date(2026, 4, 1), "")
    assert people["Dana Lead"].agency == fact.raising_agency
    assert people["Alex Practitioner"].agency == people["Invented Primary School"].party
    assert is_sound(home)
    assert run(home, "verify").code == 0


def test_it_stands_under_the_policy_of_setup_where_the_form_says_none(home: Path) -> None:
    reference = came_in(home, policy="")

    assert the_fact(home, reference, "concern raised").policy == "knowsley-2020-11"


def test_cannot_be_logged_half(home: Path) -> None:
    before = entries(home)

    with pytest.raises(CannotDecide, match='"9" is not a stage of this policy'):
        came_in(home, stage="9")

    assert (entries(home), references(home)) == (before, [])


def test_what_the_agencies_owe_is_theirs_and_asked_about(home: Path) -> None:
    came_in(home)
    items = {item["key"]: item for item in run(home, "due", "--json", today="2026-04-15").data["items"]}

    assert {item["side"] for item in items.values()} == {"theirs"}
    assert items["stage-3-resolve"]["agency_name"] == "Invented High School and Exampleshire Children's Social Care"
    assert items["stage-3-resolve"]["says_when"] == (
        "past since Monday 13 April 2026; 2 days ago; ask whether it was done"
    )
    assert items["copy-to-business-manager"]["agency_name"] == "Invented High School"
    assert run(home, "due", "--mine", "--json", today="2026-04-15").data["items"] == []


def test_what_the_policy_asks_of_the_partnership_is_ours(home: Path) -> None:
    reference = came_in(home)
    text = 'item = "copy-to-business-manager"\nwhat = "done"\non = 2026-04-10\nto = "us"\nhow = "form"\n'
    assert run(home, "do", reference, typed=text).code == 0

    items = run(home, "due", "--mine", "--json").data["items"]

    assert [(item["key"], item["side"]) for item in items] == [("consider-training-needs", "ours")]


def test_an_agency_is_found_among_those_that_owe_something(home: Path) -> None:
    came_in(home)

    keys = [item["key"] for item in run(home, "due", "--agency", "high school", "--json").data["items"]]

    assert "copy-to-business-manager" in keys
    assert run(home, "due", "--agency", "nobody", "--json").code == 4


def test_of_several_agencies_challenged_it_says_about_which(home: Path) -> None:
    agencies = ("Exampleshire Children's Social Care", "Invented Health Visiting Service")
    reference = came_in(home, receiving_agencies=agencies, stage="1")

    out = run(home, "show", reference).out

    assert "theirs, Invented High School, about Exampleshire Children's Social Care" in out
    assert "theirs, Invented High School, about Invented Health Visiting Service" in out


def test_its_head_says_that_it_was_logged_and_what_it_is_called_there(home: Path) -> None:
    reference = came_in(home)

    lines = run(home, "show", reference, "--plain").out.splitlines()

    assert lines[0] == f"{reference}  R.T."
    assert "Raised by Invented High School with Exampleshire Children's Social Care" in lines
    assert "Logged by the partnership; their reference: KSCP-2026-0007-Q4TX" in lines
    assert "ours was challenged" not in "\n".join(lines)
    assert "must tell the counterpart" not in "\n".join(lines)


@pytest.mark.parametrize("typed", ["KSCP-2026-0007-Q4TX", "kscp-2026-0007", "Q4TX"])
def test_it_is_found_by_its_reference_where_it_was_raised(home: Path, typed: str) -> None:
    reference = came_in(home)

    assert run(home, "show", typed, "--json").data["case"]["reference"] == reference


def test_a_reference_of_this_record_comes_before_theirs(home: Path) -> None:
    first = came_in(home)
    came_in(home, their_reference=first, their_case="another")

    assert run(home, "show", first, "--json").data["case"]["reference"] == first


def test_cannot_be_found_by_a_reference_that_several_have_there(home: Path) -> None:
    one, other = came_in(home), came_in(home, their_case="another")

    assert run(home, "show", "KSCP-2026-0007-Q4TX") == (
        4,
        "",
        "error: several cases have a reference like this: say which\n"
        f"{one} (theirs: KSCP-2026-0007-Q4TX)\n"
        f"{other} (theirs: KSCP-2026-0007-Q4TX)\n",
    )


def test_the_list_shows_and_searches_what_it_is_called_there(home: Path) -> None:
    reference = came_in(home)

    (case,) = run(home, "list", "--search", "0007-q4tx", "--json").data["cases"]
    assert (case["reference"], case["their_reference"], case["our_side"]) == (
        reference,
        "KSCP-2026-0007-Q4TX",
        "partnership",
    )
    assert run(home, "list").out.splitlines()[1].split("\t")[-2:] == ["KSCP-2026-0007-Q4TX", ""]
    assert "Their reference: KSCP-2026-0007-Q4TX." in " ".join(run(home, "list", "--plain").out.split())


def test_it_goes_up_without_a_message_in_the_raiser_s_name(home: Path) -> None:
    reference = came_in(home)

    done = run(home, "advance", reference, typed=ADVANCED, today="2026-04-14")

    assert (done.code, done.err) == (0, "")
    assert "A message to copy" not in done.out
    assert "What the agencies owe at it is theirs: ask them. No message is drafted for them here." in done.out
    assert done.out.splitlines()[-1] == f"Next: escalate show {reference}, or escalate due"


def test_its_chronology_says_how_it_came_to_its_stage(home: Path) -> None:
    reference = came_in(home, raised_by="")

    said = [one["says"] for one in run(home, "show", reference, "--json").data["chronology"]]

    assert said[-2:] == [
        "The concern was raised by Invented High School, with Exampleshire Children's Social Care; logged by us",
        "Stage 3: senior manager to senior manager was entered, because a form that came in says so",
    ]


def test_why_says_whose_it_is(home: Path) -> None:
    reference = came_in(home)

    out = run(home, "why", reference, "stage-3-resolve").out

    assert "Both sides owe it, Invented High School and Exampleshire Children's Social Care." in out
    assert "Counted from Thursday 9 April 2026, which is day 0: stage 3 was entered." in out


def test_its_day_may_be_corrected_as_any_other(home: Path) -> None:
    reference = came_in(home)
    entry = next(one for one in run(home, "show", reference, "--json").data["chronology"] if "entered" in one["says"])
    typed = (
        f'entry = "{entry["sequence"]}"\nreason = "It was misread."\n'
        '[[changes]]\nfield = "occurred_on"\nvalue = "08/04/2026"\n'
    )

    assert run(home, "correct", reference, typed=typed).code == 0
    row = run(home, "show", reference, "--json").data["case"]
    assert (row["stage"], row["stage_entered_on"]) == ("3", "2026-04-08")


def test_the_record_for_a_file_is_signed_by_whoever_logged_it(home: Path) -> None:
    reference = came_in(home)

    last = run(home, "export", reference, "--record").out.splitlines()

    copied = next(line for line in last if line.startswith("Copied from the record"))
    assert "Alex Practitioner, Designated Safeguarding Lead, Invented Primary School." in copied


@pytest.mark.parametrize(
    ("their_case", "their_reference", "found"),
    [
        ("case-of-theirs", "", True),
        ("case-of-theirs", "another", True),
        ("", "kscp-2026-0007-q4tx ", True),
        ("another", "KSCP-2026-0007-Q4TX", False),
        ("another", "", False),
        ("", "", False),
    ],
)
def test_a_later_form_of_the_same_origin_finds_the_case_it_opened(
    home: Path, their_case: str, their_reference: str, found: bool
) -> None:
    came_in(home)
    with closing(readers.open_for_reading(database_in(home))) as con:
        assert (logged_of(con, their_case, their_reference) is not None) == found


def test_a_form_with_properties_finds_the_case_that_a_form_without_them_opened(home: Path) -> None:
    came_in(home, their_case="")

    with closing(readers.open_for_reading(database_in(home))) as con:
        assert logged_of(con, "case-of-theirs", "KSCP-2026-0007-Q4TX")


def test_two_children_with_initials_alone_stand_as_the_form_has_them(home: Path) -> None:
    reference = came_in(home, children=(LoggedChild(name="R.T."), LoggedChild(name="Ana Otherchild")))

    assert run(home, "show", reference, "--json").data["case"]["subject"] == "R.T., A.O."


def test_the_rows_kept_are_those_its_entries_make(home: Path) -> None:
    came_in(home)
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute("UPDATE case_view SET their_reference = 'changed'")

    assert "their_reference" in run(home, "verify").out + run(home, "verify").err


def test_no_name_in_its_chain_but_by_opaque_id(home: Path) -> None:
    came_in(home)
    with Desk(home) as desk, desk.reading() as con:
        ledger = [tuple(row) for row in readers.rows(con, "SELECT * FROM ledger")]

    assert not any("Dana" in str(value) for row in ledger for value in row)
    assert e.ConcernRaised.kind in {row[4] for row in ledger}
