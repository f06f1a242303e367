"""A form of a case that is not known at the challenged agency opens it there, and is then kept as received for it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from random import Random

import pytest

from escalate.casework.desk import Desk, DraftOf
from escalate.casework.raising import raise_concern
from escalate.casework.receiving import look
from escalate.casework.receiving_opening import begun_with, first_entry_of, origin_of, perhaps_of
from escalate.casework.receiving_reading import KnownForms
from escalate.core import events as e
from escalate.core.answers import Answers
from tests.builders import MANAGER, NAMES, SOCIAL_CARE, a_home
from tests.cli.came_in import came_in
from tests.cli.issued import in_herefordshire
from tests.cli.kept import drafts, entries, facts, is_sound, kinds, named, references, the_fact
from tests.cli.returned import came_back, issued, sent_out
from tests.cli.typist import Typist
from tests.forms.returned import blank_knowsley
from tests.forms.returned.blank import Pen
from tests.running import run
from tests.two_homes import another_home

ASKED_FIRST = Answers({"risk": "no", "route": "this policy", "more": "enough"})
KNOWSLEY = Answers(
    {
        "raising_agency": "Invented Primary School",
        "children.0.name": "Rowan Testcase",
        "children.0.born_on": date(2019, 3, 3),
        "decision": "The case was closed after one visit.",
        "concern": "Attendance fell to 61 %, and two disclosures were made at school.",
        "outcome_wanted": "A strategy discussion this week.",
        "raising_person": "Alex Practitioner",
        "raising_role": "Designated Safeguarding Lead",
    }
)
BY_HAND = {
    "escalated_on": "9 April 2026",
    "stage": "2",
    "child_name": "Ash Testcase",
    "child_born_on": "4 May 2018",
    "child_address": "2 Invented Street",
    "parental_responsibility": "Casey Testcase",
    "raising_agency": "Invented Nursery",
    "receiving_agency": "Exampleshire Children's Social Care",
    "key_issues": "No visit was made.\nShe is not seen at home.",
    "completed_by": "Dana Lead, Manager",
}


@pytest.fixture
def challenged(tmp_path: Path) -> Path:
    """The record of a manager of the social care that the school disagrees with."""
    return another_home(tmp_path / "challenged", person=NAMES[MANAGER], agency=NAMES[SOCIAL_CARE])


@pytest.fixture
def at_their_desk(challenged: Path, plain_typist: Typist) -> Typist:
    plain_typist.home = challenged
    return plain_typist


def begun(home: Path, path: Path) -> Answers:
    """Return the answers that a form gives to whoever opens its case at this home."""
    with Desk(home) as desk:
        return begun_with(desk, look(desk, path.read_bytes(), "the file", KnownForms.of(desk)))


def opened(home: Path, path: Path, today: str = "2026-04-10", **more: str | date) -> str:
    """Open a form's case with what it says, and these answers; return its reference. The form is not kept yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALATE_TODAY", today)
        with Desk(home) as desk:
            looked = look(desk, path.read_bytes(), "the file", KnownForms.of(desk))
            answers = Answers({**begun_with(desk, looked), **ASKED_FIRST, **more})
            origin = origin_of(looked)
            draft = DraftOf("draft-none", first_entry_of(desk, origin), origin)
            return raise_concern(desk, answers, received=True, draft=draft).after.case.reference


def by_hand(to: Path, **other: str) -> Path:
    """Write Knowsley's own blank, filled in by hand, and return where."""
    fields = (
        "escalated_on stage child_name child_born_on child_address parental_responsibility raising_agency"
        " receiving_agency key_issues options_considered by_whom discussed_on decision actions recommendations learning"
        " oversight manager_and_date completed_by completed_on signed"
    )
    answers = {field: {**BY_HAND, **other}.get(field, "") for field in fields.split()}
    to.write_bytes(blank_knowsley.appendix_2(answers, Pen(Random(1), "on the same line")))
    return to


def test_at_a_terminal_the_case_is_opened_from_the_form_and_the_form_is_kept_for_it(
    home: Path, challenged: Path, at_their_desk: Typist
) -> None:
    case, path = sent_out(home)
    sitting = at_their_desk

    sitting.types("receive", str(path))
    sitting.answer("it was raised with your agency, Exampleshire Children's Social Care", "1")
    sitting.answer("Is a child at immediate risk", "no")
    sitting.answer("What is this about?", "1")
    sitting.expect("The child's full name?")
    sitting.answer("(Enter keeps: Rowan Testcase; anything else replaces it)", "Rowan Invented Testcase")
    sitting.answer("(Enter keeps: Invented Primary School", "")
    sitting.answer("The case was closed after one visit.", "")
    sitting.answer("When did they learn of the decision", "1 April")
    sitting.answer("When did they raise it with you?", "2 April")
    sitting.answer("Attendance fell to 61 %", "")
    sitting.answer("A strategy discussion this week.", "")
    sitting.confirm()
    sitting.expect("The form that it was opened from")
    sitting.answer("It says that the case has reached stage 3. On which day?", "")
    sitting.confirm()

    assert sitting.ends() == 0
    assert "left half-typed" not in sitting.screen
    next_ = (
        "The form says stage 3: that is asked next, once the case is recorded."
        " Until then, what is owed is that of stage 1."
    )
    # Before the questions, on the page that is checked, and once it is opened.
    assert " ".join(sitting.screen.split()).count(next_) == 3
    kept = sitting.screen.partition("The form that it was opened from")[2]
    assert "it says: " in kept
    assert "changed by them" not in kept
    assert "unchanged" not in kept
    (reference,) = references(challenged)
    raised = the_fact(challenged, reference, "concern raised")
    assert (raised.our_side, raised.their_reference, raised.their_case) == ("receiving", case.reference, case.stream)
    assert (raised.decision, raised.outcome_wanted) == (KNOWSLEY["decision"], KNOWSLEY["outcome_wanted"])
    people = named(challenged, reference)
    assert people["Rowan Invented Testcase"].born_on == date(2019, 3, 3)
    assert people["Alex Practitioner"].role == "Designated Safeguarding Lead"
    assert kinds(challenged, reference)[-2:] == ["stage entered", "form received"]
    received = the_fact(challenged, reference, "form received")
    assert (received.digest, received.stage) == (hashlib.sha256(path.read_bytes()).hexdigest(), "3")
    assert drafts(challenged) == []
    before = entries(challenged)
    again = run(challenged, "receive", str(path), "--accept")
    assert (again.code, entries(challenged)) == (0, before)
    assert f"This file was received already: {reference}" in again.out
    assert is_sound(challenged)


def test_whoever_leaves_half_way_finds_the_answers_by_resume_and_has_recorded_nothing(
    home: Path, challenged: Path, at_their_desk: Typist
) -> None:
    _, path = sent_out(home)
    sitting = at_their_desk
    before = entries(challenged)

    sitting.types("receive", str(path))
    sitting.answer("it was raised with your agency", "1")
    sitting.answer("Is a child at immediate risk", "no")
    sitting.press("What is this about?", "\x03")
    assert (sitting.ends(), entries(challenged)) == (130, before)
    assert "with escalate resume; the form is not recorded yet: once its case is, receive it again" in sitting.screen
    (left,) = run(challenged, "resume", "--json").data
    assert (left["command"], left["note"]) == ("escalate raise --received", "")

    sitting.types("resume", "1")
    sitting.answer("What is this about?", "1")
    sitting.answer("(Enter keeps: Rowan Testcase; anything else replaces it)", "")
    sitting.press("(Enter keeps: Invented Primary School", "\x03")
    assert sitting.ends() == 130
    assert [draft["children.0.name"] for draft in drafts(challenged)] == ["Rowan Testcase"]


def test_a_form_of_herefordshire_s_gives_its_policy_its_day_and_its_people(home: Path, challenged: Path) -> None:
    case = in_herefordshire(home)
    path = issued(home, case, "herefordshire-appendix-2")

    assert begun(challenged, path) == Answers(
        {**KNOWSLEY, "learned_on": date(2026, 4, 1), "policy": "herefordshire-undated"}
        | {"their_reference": case.reference}
    )


def test_a_form_of_herefordshire_s_whose_case_was_opened_from_it_is_known_and_asks_whether_it_moved_up(
    home: Path, challenged: Path, tmp_path: Path
) -> None:
    case = in_herefordshire(home)
    path = issued(home, case, "herefordshire-appendix-2")
    reference = opened(challenged, path)
    answers = tmp_path / "answers.toml"
    answers.write_text('risen_to = "2"\nrisen_on = 2026-04-09\n', encoding="utf-8")

    done = run(challenged, "receive", str(path), "--accept", "--from", str(answers))

    assert (done.code, done.err) == (0, "")
    assert facts(challenged, reference, "stage entered")[-1] == e.StageEntered(
        stage="2", ground="logged", left="informal"
    )
    assert the_fact(challenged, reference, "form received").identified_by == "properties"
    assert is_sound(challenged)


def test_a_blank_filled_in_by_hand_opens_its_case_and_is_known_by_the_file_itself(
    challenged: Path, tmp_path: Path
) -> None:
    path = by_hand(tmp_path / "by-hand.docx")
    words = "No visit was made.\nShe is not seen at home."

    assert begun(challenged, path) == Answers(
        {
            "raising_agency": "Invented Nursery",
            "children.0.name": "Ash Testcase",
            "children.0.born_on": date(2018, 5, 4),
            "children.0.address": "2 Invented Street",
            "children.0.parental_responsibility": "Casey Testcase",
            "decision": words,
            "concern": words,
            "raising_person": "Dana Lead",
            "raising_role": "Manager",
        }
    )
    reference = opened(challenged, path, "2026-04-13", learned_on=date(2026, 4, 1), outcome_wanted="A visit.")
    done = run(challenged, "receive", str(path), "--accept", today="2026-04-13")
    again = run(challenged, "receive", str(path), "--accept", today="2026-04-13")

    assert (done.code, done.err) == (0, "")
    assert f"This file was received already: {reference}" in again.out
    received = the_fact(challenged, reference, "form received")
    assert (received.how, received.stage, received.read["child_name"]) == ("read from the file", "2", "Ash Testcase")
    assert run(challenged, "show", reference, "--json", today="2026-04-13").data["case"]["stage"] == "2"
    assert is_sound(challenged)


def test_cannot_open_a_case_twice_from_one_form(challenged: Path, tmp_path: Path) -> None:
    path = by_hand(tmp_path / "by-hand.docx")
    answers = {"learned_on": date(2026, 4, 1), "outcome_wanted": "A visit."}
    opened(challenged, path, **answers)
    before = entries(challenged)

    with Desk(challenged) as desk:
        looked = look(desk, path.read_bytes(), "the file", KnownForms.of(desk))
        first = first_entry_of(desk, origin_of(looked))
        given = Answers({**begun_with(desk, looked), **ASKED_FIRST, **answers})
        with pytest.raises(Exception, match="already"):
            raise_concern(desk, given, received=True, draft=DraftOf("draft-none", first))

    assert entries(challenged) == before


def test_the_next_form_of_a_folder_goes_to_the_case_that_the_one_before_it_opened(
    home: Path, challenged: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home)
    later = came_back(issued(home, case), tmp_path / "later.docx", oversight="Seen.")
    reference = opened(challenged, path, learned_on=date(2026, 4, 1))

    (one,) = run(challenged, "receive", str(later), "--json").data["files"]

    assert (one["belongs_to"]["reference"], one["belongs_to"]["is_sure"]) == (reference, True)
    assert "to_open" not in one


def test_another_form_that_names_no_case_is_offered_the_open_one_about_a_child_of_the_same_initials(
    challenged: Path, tmp_path: Path
) -> None:
    reference = opened(challenged, by_hand(tmp_path / "1.docx"), learned_on=date(2026, 4, 1), outcome_wanted="A visit.")
    second = by_hand(tmp_path / "2.docx", oversight="Seen.")

    with Desk(challenged) as desk:
        looked = look(desk, second.read_bytes(), "the file", KnownForms.of(desk))
        assert perhaps_of(desk, looked) == ((reference, "A.T."),)


def test_off_a_terminal_it_says_what_would_be_asked_and_records_nothing(home: Path, challenged: Path) -> None:
    case, path = sent_out(home)
    before = entries(challenged)

    (one,) = run(challenged, "receive", str(path), "--json").data["files"]
    asked = {each["key"]: each for each in one["to_open"]["asks"]}
    spoken = run(challenged, "receive", str(path))
    refused = run(challenged, "receive", str(path), "--accept")

    assert one["to_open"]["command"] == "escalate raise --received --from answers.toml"
    assert asked["children.0.name"] == {
        "key": "children.0.name",
        "question": "The child's full name?",
        "required": True,
        "says": "Rowan Testcase",
    }
    assert (asked["learned_on"]["required"], asked["learned_on"]["says"]) == (True, None)
    assert (asked["their_reference"]["says"], asked["children.0.born_on"]["says"]) == (case.reference, "2019-03-03")
    assert [spoken.code, refused.code, entries(challenged)] == [2, 2, before]
    for err in (spoken.err, refused.err):
        assert "or escalate raise --received --from answers.toml, then receive the form with --case REF" in err


def test_it_is_not_offered_where_our_own_agency_raised_it_or_in_a_partnership_s_record(
    home: Path, tmp_path: Path
) -> None:
    _, path = sent_out(home)
    ours = a_home(tmp_path / "ours")
    partnership = another_home(tmp_path / "partnership")
    came_in(partnership)
    school = e.PartyNamed(party="agency-ours", sort="agency", name="INVENTED  Primary School")
    typed_otherwise = another_home(tmp_path / "typed otherwise", agency=school)

    for record in (ours, typed_otherwise, partnership):
        (one,) = run(record, "receive", str(path), "--json").data["files"]
        assert "to_open" not in one
