"""An agency of one name is one agency: after a handover, whose other record knows it under another id, and typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.ask.interview import question_for
from escalate.ask.question import Option, Question
from escalate.ask.scripts.handing_over import handing_over_script, of_the_other_side
from escalate.ask.scripts.raising import raise_script
from escalate.ask.understanding import NotUnderstood, understand
from escalate.casework.desk import Desk
from escalate.casework.names import Names
from escalate.casework.raising import policy_named
from escalate.cli.sitting import known_at
from escalate.core import events as e
from escalate.core.answers import Answers
from tests.builders import COUNTERPART, NAMES, PERSON, POLICY, SCHOOL, SOCIAL_CARE, Built, discussed, told
from tests.cli.kept import entries, is_sound, references
from tests.cli.raised import with_line, without
from tests.running import run
from tests.two_homes import another_home, hand, record

TODAY = date(2026, 4, 10)
SAM = e.PartyNamed(
    party="person-sam", sort="person", name="Sam Fixture", role="Deputy Head", agency="agency-school-there"
)
SCHOOL_THERE = e.PartyNamed(party="agency-school-there", sort="agency", name="Invented  PRIMARY School")
CARE_THERE = e.PartyNamed(
    party="agency-care-there", sort="agency", name="Exampleshire Children\N{RIGHT SINGLE QUOTATION MARK}s Social Care"
)
PAT_THERE = e.PartyNamed(party="person-pat", sort="person", name="Pat Placeholder", agency="agency-care-there")
OURS = "that is your own agency: its own procedure is the route for that"


@pytest.fixture
def sam(tmp_path: Path, home: Path, case: Built) -> Path:
    """The home of Sam Fixture, of the same school, to whom Alex Practitioner handed the case."""
    there = another_home(tmp_path / "sam", SAM, SCHOOL_THERE)
    hand(home, there, case.stream)
    return there


@pytest.fixture
def back(sam: Path, home: Path, case: Built) -> Path:
    """The home of Alex Practitioner, once Sam Fixture has handed the case back."""
    hand(sam, home, case.stream)
    return home


def offered(home: Path, reference: str, key: str) -> list[str]:
    """Return what is offered when the case is handed over."""
    with Desk(home) as desk:
        script = handing_over_script(desk.find(reference)[1].case, known_at(desk), asks=True)
    (found,) = (one for one in script if isinstance(one, Question) and one.id == key)
    return [one.shown for one in found.listed]


def named_in(home: Path, *named: e.PartyNamed) -> None:
    """Record names in the case of this home."""
    with Desk(home) as desk:
        stream = desk.find(references(home)[0])[0]
    record(home, stream, *((one, TODAY) for one in named))


def owing(home: Path) -> set[str]:
    """Return who owes something, as `due --by-person` says it."""
    return {line.split("\t")[-1] for line in run(home, "due", "--by-person").out.splitlines()[1:]}


def asked_in_raise(home: Path, key: str, *, received: bool = False) -> Question:
    """Return a question of `raise`."""
    with Desk(home) as desk:
        script = raise_script(known_at(desk), [Option(POLICY)], policy_named, received=received)
    given = {"risk": "no", "route": "this policy", "children.0.name": "Sky Testcase", "children.0.another": "no"}
    found = question_for(script, Answers(given), key)
    assert found is not None
    return found


def test_whoever_takes_a_case_over_stands_with_our_agency(sam: Path, back: Path, case: Built) -> None:
    for home in (sam, back):
        done = run(home, "who", case.reference)

        assert (
            "\nNamed in the case\n"
            "  Invented Primary School (ours)\n"
            "    Alex Practitioner, Designated Safeguarding Lead: 01632 960001, alex@invented-primary.example\n"
            "    Sam Fixture, Deputy Head\n"
            "  Exampleshire Children's Social Care (theirs)\n"
            "    Sam Counterpart, Social Worker\n"
            "\n"
        ) in done.out
        people = run(home, "who", case.reference, "--json").data["case"]["people"]
        assert [(one["name"], one["agency"], one["side"]) for one in people] == [
            ("Alex Practitioner", "Invented Primary School", "ours"),
            ("Sam Fixture", "Invented Primary School", "ours"),
            ("Sam Counterpart", "Exampleshire Children's Social Care", "theirs"),
        ]
        assert is_sound(home)


def test_taking_a_case_over_in_the_same_agency_does_not_say_that_it_is_anothers(
    tmp_path: Path, home: Path, case: Built
) -> None:
    there = another_home(tmp_path / "there", SAM, SCHOOL_THERE)
    secret = tmp_path / "passphrase"
    secret.write_text("correct horse battery\n", encoding="utf-8")
    opens = ("--passphrase-file", str(secret))
    run(home, "handover", case.reference, "--to", "Sam Fixture", "--out", str(tmp_path / "out"), *opens)
    (file,) = (tmp_path / "out").iterdir()

    done = run(there, "receive", str(file), *opens)

    assert (done.code, done.err) == (0, "")
    assert f"Taken over: {case.reference}, now with Sam Fixture\n" in done.out
    assert "It is still read as the case of" not in done.out


def test_of_our_own_people_it_is_not_said_when_somebody_last_spoke_with_them(sam: Path, case: Built) -> None:
    record(sam, case.stream, discussed("2026-04-08", people=(COUNTERPART, "person-sam")))

    out = run(sam, "who", case.reference).out

    assert "    Sam Fixture, Deputy Head\n" in out
    assert "    Sam Counterpart, Social Worker; spoken or written to last on Wed 8 Apr\n" in out


def test_our_agency_is_offered_once_and_by_our_own_name(sam: Path, back: Path, case: Built) -> None:
    assert offered(sam, case.reference, "to_agency") == [
        "Invented  PRIMARY School",
        "Exampleshire Children's Social Care",
    ]
    assert offered(back, case.reference, "to_agency") == [
        "Invented Primary School",
        "Exampleshire Children's Social Care",
    ]
    assert offered(sam, case.reference, "to") == [
        "Alex Practitioner, Designated Safeguarding Lead, Invented Primary School"
    ]
    assert offered(back, case.reference, "to") == ["Sam Fixture, Deputy Head, Invented  PRIMARY School"]


@pytest.mark.parametrize(("received", "key"), [(False, "receiving.0.agency"), (True, "raising_agency")])
def test_another_agency_is_offered_once_and_ours_never(back: Path, sam: Path, key: str, received: bool) -> None:
    for home in (back, sam):
        named_in(home, CARE_THERE, PAT_THERE)

        agencies = asked_in_raise(home, key, received=received).offered

        assert len(agencies) == 1
        assert agencies[0].value in (SOCIAL_CARE, CARE_THERE.party)
    with Desk(back) as desk:
        known = known_at(desk)
    assert {one.value for one in known.people_of(SOCIAL_CARE)} == {COUNTERPART, "person-pat"}
    assert {one.value for one in known.people_of(CARE_THERE.party)} == {COUNTERPART, "person-pat"}
    assert {one.value for one in known.people_elsewhere} == {COUNTERPART, "person-pat"}


@pytest.mark.parametrize(
    "typed",
    [
        "Invented Primary School",
        " invented PRIMARY  school ",
        "Invented Pr\N{LATIN SMALL LETTER I WITH ACUTE}mary School",
        SCHOOL,
        "agency-school-there",
    ],
)
@pytest.mark.parametrize(("received", "key"), [(False, "receiving.0.agency"), (True, "raising_agency")])
def test_cannot_be_raised_with_our_own_agency_nor_by_it(back: Path, received: bool, key: str, typed: str) -> None:
    before = entries(back)
    question = asked_in_raise(back, key, received=received)
    answers = (
        without("receiving") + f'raising_agency = "{typed}"\n' if received else with_line(f'receiving = ["{typed}"]')
    )

    done = run(back, "raise", *(["--received"] if received else []), typed=answers)

    assert understand(question, typed, Answers(), TODAY) == NotUnderstood(OURS)
    assert (done.code, done.out) == (2, "")
    assert OURS in done.err
    assert done.err.endswith("Nothing was recorded.\n")
    assert entries(back) == before


@pytest.mark.parametrize("apostrophe", ["'", "\N{RIGHT SINGLE QUOTATION MARK}", "`"])
def test_cannot_be_raised_with_our_own_agency_whatever_apostrophe_it_is_typed_with(
    tmp_path: Path, apostrophe: str
) -> None:
    ours = e.PartyNamed(party="agency-ours", sort="agency", name="Invented Children's Service")
    home = another_home(tmp_path / "ours", SAM, ours)

    for received, key in ((False, "receiving.0.agency"), (True, "raising_agency")):
        question = asked_in_raise(home, key, received=received)
        typed = f"invented children{apostrophe}s service"
        assert understand(question, typed, Answers(), TODAY) == NotUnderstood(OURS)


def test_what_is_owed_is_still_ours_and_the_new_owners(home: Path, sam: Path, case: Built) -> None:
    record(sam, case.stream, told("2026-04-08"))

    here, there = (run(one, "due", "--json").data["items"] for one in (home, sam))

    assert {one["side"] for one in there} == {"ours", "theirs"}
    before = {one["key"]: one["side"] for one in here}
    assert all(before[one["key"]] == one["side"] for one in there if one["key"] in before)
    assert owing(sam) == {
        "ours: Sam Fixture, Invented Primary School",
        "theirs: Sam Counterpart, Social Worker, Exampleshire Children's Social Care",
    }
    (logged,) = run(sam, "log", "--json", today="2026-07-10").data["escalations"]
    assert (logged["raised_by"], logged["raised_with"]) == (
        "Invented Primary School",
        "Exampleshire Children's Social Care",
    )


def test_an_action_of_the_new_owner_is_ours(sam: Path, case: Built) -> None:
    action = e.Action(id="action-1", what="Ring the school nurse.", owner="Sam Fixture", by_on=date(2026, 4, 9))
    record(sam, case.stream, discussed("2026-04-08", actions=(action,)))

    assert "ours: Sam Fixture, Deputy Head, Invented Primary School" in owing(sam)


def test_the_person_and_the_agency_of_a_record_stay_its_own(back: Path) -> None:
    school = e.PartyNamed(party="agency-third", sort="agency", name="INVENTED Primary School")
    alex = e.PartyNamed(party="person-third", sort="person", name="Alex PRACTITIONER", agency="agency-third")
    named_in(back, school, alex)

    with Desk(back) as desk, desk.reading() as con:
        names = Names(con, (), TODAY)
        assert names.agency("invented primary school") == SCHOOL
        assert names.person("Alex Practitioner", SCHOOL) == PERSON
        assert names.person("Sam Fixture", SCHOOL) == "person-sam"
        assert names.person("Sam Fixture", SOCIAL_CARE) != "person-sam"


def test_cannot_be_handed_to_somebody_of_the_other_side_whom_another_record_named(back: Path, case: Built) -> None:
    case.add((CARE_THERE, TODAY), (PAT_THERE, TODAY))
    with Desk(back) as desk:
        opened = desk.find(case.reference)[1]

    assert of_the_other_side(opened.case, "Pat Placeholder") is not None
    assert of_the_other_side(opened.case, "Sam Fixture") is None
    assert NAMES[SOCIAL_CARE].name in run(back, "who", case.reference).out
