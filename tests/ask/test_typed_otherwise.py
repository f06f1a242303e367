"""Who and what is listed is known by however it is typed, and one child or agency does not come to stand here twice."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.doubting import surprise
from escalate.ask.fitting import meant
from escalate.ask.interview import question_for
from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.channels import HOW_DONE, HOW_TOLD
from escalate.ask.scripts.declaring import declare_script
from escalate.ask.scripts.doing import people_of
from escalate.ask.scripts.handing_over import handing_over_script
from escalate.ask.scripts.known import ChildKnown, Known
from escalate.ask.scripts.raising_other_side import whom_it_is_with
from escalate.ask.scripts.raising_people import who_it_is_about
from escalate.ask.understanding import NotUnderstood, Understood, understand, understand_written
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from tests.ask.at_a_keyboard import Sitting
from tests.rules.scenario import scenario

TODAY = date(2026, 4, 15)
NOTHING = Answers()
IN_ZOE = "KSCP-2026-0001-P8MK"
ZOE = ChildKnown(
    "child-1", "Z.D.O.", f"Z.D.O., born 3 May 2018 ({IN_ZOE}, opened 1 Apr 2026)", None, "Zoë D'Árcy-O’Brien", IN_ZOE
)
ROWAN = ChildKnown("child-2", "R.T.", "R.T. (KSCP-2026-0002-RQXZ)", None, "Rowan Testcase", "KSCP-2026-0002-RQXZ")
RORY = ChildKnown("child-3", "R.T.", "R.T. (KSCP-2026-0003-RQXZ)", None, "Rory Testcase", "KSCP-2026-0003-RQXZ")
JO = ChildKnown("child-4", "J.O.", "J.O. (KSCP-2026-0004-RQXZ)", None, "Jules Otherwise", "KSCP-2026-0004-RQXZ")
NEA = ChildKnown("child-5", "N.O.", "N.O. (KSCP-2026-0005-RQXZ)", None, "Nea Otherwise", "KSCP-2026-0005-RQXZ")
KNOWN = Known(
    today=TODAY,
    setup=e.SetupRecorded(
        account="sam", person="person-1", agency="agency-1", policy="knowsley-2020-11", nation="England"
    ),
    agencies=(Option("agency-2", "Invented Children's Social Care"), Option("agency-3", "St. Anne’s Élan-Trust")),
    own_agency="Invented Children's Centre",
    children=(ZOE, ROWAN, RORY, JO, NEA),
)
CHILDREN = who_it_is_about(KNOWN)
OTHER_SIDE = whom_it_is_with(KNOWN, received=False)


def asked(script: Script, key: str, before: Answers = NOTHING) -> Question:
    question = question_for(script, before, key)
    assert question is not None
    return question


def first_child() -> Question:
    return asked(CHILDREN, "children.0.name")


@pytest.mark.parametrize(
    "typed",
    ["Z.D.O.", "z.d.o.", "ZDO", "zdo", "z d o", "Z. D. O.", "Z.D.O., born 3 May 2018", IN_ZOE, IN_ZOE.lower()],
)
def test_a_child_listed_is_chosen_by_initials_or_by_the_reference(typed: str) -> None:
    assert understand(first_child(), typed, NOTHING, TODAY) == Understood("child-1")


def test_who_types_initials_reads_which_child_that_is() -> None:
    sitting = Sitting(CHILDREN)

    assert sitting.held("zdo", "").text("children.0.name") == "child-1"
    assert f"  {ZOE.shown}" in sitting.shown


def test_cannot_choose_by_initials_that_two_children_have() -> None:
    assert understand(first_child(), "r.t.", NOTHING, TODAY) == NotUnderstood(
        "more than one of those listed is called so: type 2 or 3, or write the name in full"
    )


@pytest.mark.parametrize("typed", ["Jo", "no"])
def test_a_short_name_or_a_no_is_nobodys_initials_unasked(typed: str) -> None:
    assert understand(first_child(), typed, NOTHING, TODAY) == Understood(typed)
    assert surprise(first_child(), "Jo", NOTHING, TODAY) == (
        "A child with these initials is in KSCP-2026-0004-RQXZ: for that child, type its number. Is this another one?"
    )


@pytest.mark.parametrize(
    "typed", ["zoe d'arcy-o'brien", "Zoe D’Arcy O’Brien", "ZOË DÁRCY OBRIEN", "Zoé  D`arcy-O´Brien"]
)
def test_a_childs_full_name_is_asked_back_however_it_is_typed(typed: str) -> None:
    assert understand(first_child(), typed, NOTHING, TODAY) == Understood(" ".join(typed.split(" ")))
    assert surprise(first_child(), typed, NOTHING, TODAY) == (
        f"A child of this name is in {IN_ZOE}: for that child, type its number. Is this another one?"
    )


def test_in_a_file_initials_and_names_choose_no_child() -> None:
    for written in ("Z.D.O.", IN_ZOE, "Zoe D'Arcy-O'Brien"):
        assert understand_written(first_child(), written, NOTHING) == Understood(written)


@pytest.mark.parametrize(
    ("first", "typed"),
    [
        ("child-1", "zoe darcy obrien"),
        ("Zoë D'Árcy-O’Brien", "Zoe D'Arcy-O'Brien"),
        ("zoe d’arcy o’brien", "Zoë D'Árcy-O’Brien"),
    ],
)
def test_cannot_name_a_child_of_the_case_again_without_the_accents(first: str, typed: str) -> None:
    before = Answers({"children.0.name": first, "children.0.another": "yes"})

    assert understand(asked(CHILDREN, "children.1.name", before), typed, before, TODAY) == NotUnderstood(
        "this is child 1 of the case already: name another child, or go back and say no"
    )


@pytest.mark.parametrize("first", ["child-1", "Zoë D'Árcy-O’Brien"])
def test_initials_of_a_child_of_the_case_are_asked_back(first: str) -> None:
    before = Answers({"children.0.name": first, "children.0.another": "yes"})
    question = asked(who_it_is_about(Known(today=TODAY, children=(ZOE,))), "children.1.name", before)

    if first == "child-1":
        assert understand(question, "zdo", before, TODAY) == Understood("zdo")
    assert surprise(question, "zdo", before, TODAY) == (
        "Child 1 of this case has these initials. Is this another child?"
    )


@pytest.mark.parametrize(
    ("typed", "agency"),
    [
        ("Invented Childrens Social Care", "agency-2"),
        ("invented children’s social-care", "agency-2"),
        ("St Annes Elan Trust", "agency-3"),
        ("Invented Social Care", "Invented Social Care"),
    ],
)
def test_an_agency_known_is_chosen_whatever_of_its_signs_is_typed(typed: str, agency: str) -> None:
    question = asked(OTHER_SIDE, "receiving.0.agency")

    assert understand(question, typed, NOTHING, TODAY) == Understood(agency)


def test_who_types_an_agency_without_its_apostrophe_reads_how_it_is_known() -> None:
    sitting = Sitting(OTHER_SIDE)

    assert sitting.held("Invented Childrens Social Care", "").text("receiving.0.agency") == "agency-2"
    assert "  Invented Children's Social Care" in sitting.shown


@pytest.mark.parametrize(
    ("first", "typed"), [("Invented Nurses' Post", "invented nurses post"), ("agency-3", "st annes élan trust")]
)
def test_an_agency_of_the_case_typed_again_is_asked_back(first: str, typed: str) -> None:
    before = Answers({"receiving.0.agency": first, "receiving.0.another": "yes"})
    called = "St. Anne’s Élan-Trust" if first == "agency-3" else first

    assert surprise(asked(OTHER_SIDE, "receiving.1.agency", before), typed, before, TODAY) == (
        f"You named {called} already. Is this another agency?"
    )


def test_our_own_agency_without_its_apostrophe_is_asked_back() -> None:
    said = "You know Invented Children's Centre already: it is your own agency. Is this another one?"
    closed = Answers({"kind": "agency closure"})

    for typed in ("Invented Childrens Centre", "invented childrens-centre"):
        assert surprise(asked(OTHER_SIDE, "receiving.0.agency"), typed, NOTHING, TODAY) == said
        assert surprise(asked(declare_script(KNOWN, "KSCP"), "agency", closed), typed, closed, TODAY) == said
    assert surprise(asked(declare_script(KNOWN, "KSCP"), "agency", closed), KNOWN.own_agency, closed, TODAY) == ""


def test_somebody_of_the_case_is_chosen_by_the_name_alone() -> None:
    person = e.PartyNamed(party="person-9", sort="person", name="Áine O’Placeholder", role="team manager")
    people = people_of(scenario((person, date(2026, 4, 1))).case)

    assert [one.value for one in meant(people, "aine oplaceholder")] == ["Áine O’Placeholder"]


@pytest.mark.parametrize("typed", ["yes", "No", "y", "13/4", "13 April", "today", "Sam Placeholder; yes"])
def test_what_answers_another_question_is_asked_back_where_somebody_is_asked_for(typed: str) -> None:
    agency = asked(OTHER_SIDE, "receiving.0.agency")
    handed = asked(handing_over_script(scenario().case, KNOWN), "to")

    assert surprise(handed, typed, NOTHING, TODAY) == "Is that a name?"
    if ";" not in typed:
        assert surprise(agency, typed, NOTHING, TODAY) == "Is that a name?"


@pytest.mark.parametrize(
    "name", ["April May", "Baby 1", "May", "Yesmin Testcase", "Sam Placeholder, team manager; Alex Specimen"]
)
def test_a_name_like_a_day_or_a_yes_is_a_name(name: str) -> None:
    for question in (first_child(), asked(handing_over_script(scenario().case, KNOWN), "to")):
        assert surprise(question, name, NOTHING, TODAY) == ""


def test_who_says_that_it_is_a_name_has_it_kept() -> None:
    sitting = Sitting(OTHER_SIDE)

    assert sitting.held("yes", "Invented Health", "").text("receiving.0.agency") == "Invented Health"
    assert "Is that a name? (type yes, or another name)" in sitting.screen
    assert Sitting(OTHER_SIDE).held("Yes", "yes", "").text("receiving.0.agency") == "Yes"


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        *((word, "telephone") for word in ("phone", "Phoned", "rang", "call", "by phone", "I rang her", "tele")),
        *((word, "face to face") for word in ("in person", "visit", "a home visit", "face-to-face", "F2F")),
        *((word, "meeting") for word in ("teams", "Teams call", "on Zoom", "video call", "meeting", "me")),
        *((word, "e-mail") for word in ("email", "e-mail", "mail", "by email", "e mail", "Emailed")),
        *((word, "letter") for word in ("by post", "letter", "a letter")),
    ],
)
def test_how_it_was_said_is_understood_in_other_words(typed: str, channel: str) -> None:
    how = Question(id="how", text="How?", kind="choice", options=HOW_TOLD, required=True)

    assert understand(how, typed, NOTHING, TODAY) == Understood(channel)


def test_cannot_say_how_by_a_word_that_fits_two() -> None:
    how = Question(id="how", text="How?", kind="choice", options=HOW_DONE, required=True)

    assert understand(how, "wrote", NOTHING, TODAY) == NotUnderstood(
        "more than one of the answers to choose from fits: 4 e-mail; 5 letter"
    )
    assert understand(how, "phone and e-mail", NOTHING, TODAY) == NotUnderstood(
        "more than one of the answers to choose from fits: 1 telephone; 4 e-mail"
    )
    assert understand(how, "pigeon", NOTHING, TODAY) == NotUnderstood(
        "that is not one of the answers to choose from: type a number from 1 to 7"
    )


def test_a_file_says_how_by_the_words_listed() -> None:
    how = Question(id="how", text="How?", kind="choice", options=HOW_TOLD, required=True)
    refused: Value = "that is not one of the answers to choose from"

    assert understand_written(how, "Telephone", NOTHING) == Understood("telephone")
    assert understand_written(how, "phone", NOTHING) == NotUnderstood(refused)
