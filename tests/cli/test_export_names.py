"""`escalate export` where a name must not go out: into a form that names no child, into a file's name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.casework.exporting_names import must_name_nobody
from escalate.core import events as e
from escalate.errors import FormRefused
from escalate.files.forms.loading import load_form
from tests.builders import a_case, told
from tests.cli.issued import answers_in, at_stage, in_croydon, parts_of
from tests.cli.kept import entries, every_byte, kinds, the_fact
from tests.cli.typist import Typist
from tests.running import run

LEARNED = e.LearningIdentified(stage="1", learning="Rowan's school was not asked.")


def test_appendix_3_is_refused_off_a_terminal_where_a_recorded_name_stands_in_it(home: Path) -> None:
    case = a_case(home, (LEARNED, told("2026-04-02")[1]), decision="Rowan was not seen. TESTCASE family known.")
    before = entries(home)

    done = run(home, "export", case.reference)

    assert done == (
        8,
        "",
        f"error: case {case.reference}: KSCP Governance Process for Escalation names no child,"
        " and what was recorded of one stands in its answers\n"
        'field "Reason for escalation": holds a recorded name, at characters 1 and 21\n'
        'field "Lessons Learnt": holds a recorded name, at character 1\n'
        "    run it at a terminal, where each can be decided, or correct the entries:"
        f" escalate correct {case.reference}\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_appendix_3_is_refused_off_a_terminal_where_anything_else_tells_who_the_child_is(home: Path) -> None:
    known = e.PartyNamed(
        party="child-1",
        sort="child",
        name="Kit Oldroyd",
        born_on=date(2018, 9, 14),
        address="12 Invented Road\nL99 9ZZ",
        reference="LL-123456",
    )
    case = a_case(
        home,
        (LEARNED, told("2026-04-02")[1]),
        names=[known],
        decision="K.O. (14 September 2018) of Invented Road, L999ZZ, LL123456, and Kit Newroyd",
    )
    case.correct(case.events()[4].sequence, "2026-04-03", name="Kit Newroyd")

    done = run(home, "export", case.reference)

    assert done.code == 8
    assert [line for line in done.err.splitlines() if line.startswith("field")] == [
        'field "Reason for escalation": holds a recorded name, at characters 1 and 66; a recorded date of birth,'
        " at character 7; a recorded address, at character 29; a recorded reference, at character 52"
    ]
    assert not [word for word in ("Kit", "K.O.", "2018", "Invented Road", "123456") if word in done.err]


def test_appendix_3_without_a_name_is_issued_off_a_terminal(home: Path) -> None:
    case = a_case(home, (e.LearningIdentified(stage="1", learning="Schools are left out."), told("2026-04-02")[1]))

    done = run(home, "export", case.reference, "--json")

    assert done.code == 0
    assert answers_in(Path(done.data[0]["file"]), "knowsley-appendix-3")["lessons"] == "Schools are left out."


def test_each_name_in_appendix_3_is_decided_by_a_person(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = a_case(home, (LEARNED, told("2026-04-02")[1]), decision="Rowan was not seen. The rowan tree was.")

    plain_typist.types("export", case.reference)
    plain_typist.expect('"Rowan" stands in 2 places in what was written. It is a recorded name, and')
    plain_typist.answer("4  decide each of the 2 by itself", "4")
    for hit, typed in (("… Rowan was not", "2"), ("… Rowan's school", "1"), ("The rowan tree", "3")):
        plain_typist.expect(hit)
        plain_typist.answer("3  leave it: it identifies nobody here\r\n", typed)
    plain_typist.expect("escalate has sent nothing and told nobody.")

    assert plain_typist.ends() == 0
    answers = the_fact(home, case.reference, "form issued").answers
    assert answers["reason"].startswith("the child was not seen. The rowan tree was.")
    assert answers["lessons"] == "R.T.'s school was not asked."


def test_initials_are_not_offered_in_place_of_initials_nor_a_name_for_a_date_of_birth(plain_typist: Typist) -> None:
    home = plain_typist.home
    learned = e.LearningIdentified(stage="1", learning="R.T., born 3/3/19, was not asked.")
    case = a_case(home, (learned, told("2026-04-02")[1]))

    plain_typist.types("export", case.reference)
    plain_typist.expect('"R.T." stands in what was written. It is a recorded name')
    plain_typist.expect('1  put "the child" in its place')
    plain_typist.answer("2  leave it: it identifies nobody here", "1")
    plain_typist.expect('"3/3/19" stands in what was written. It is a recorded date of birth')
    plain_typist.answer("2  leave it: it identifies nobody here", "1")
    plain_typist.expect("escalate has sent nothing and told nobody.")

    assert plain_typist.ends() == 0
    lessons = the_fact(home, case.reference, "form issued").answers["lessons"]
    assert lessons == "the child, born the child's date of birth, was not asked."


def test_leaving_in_the_middle_of_deciding_issues_nothing(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = a_case(home, (LEARNED, told("2026-04-02")[1]))

    plain_typist.types("export", case.reference)
    plain_typist.press("3  leave it", "\x03")
    plain_typist.expect("left before anything was done")

    assert plain_typist.ends() == 130
    assert "form issued" not in kinds(home, case.reference)


def test_cannot_give_a_file_or_its_title_the_name_of_a_child_or_a_parent(home: Path) -> None:
    known = e.PartyNamed(party="child-1", sort="child", name="Kit Oldroyd", parental_responsibility="Jordan Lark")
    case = a_case(home, names=[known])
    definition, _ = load_form("knowsley-appendix-2")
    with Desk(home) as desk:
        _, opened = desk.find(case.reference)

    for what, text in (("file name", "kit-oldroyd.docx"), ("title", "Form about Jordan Lark")):
        with pytest.raises(FormRefused) as refused:
            must_name_nobody(opened, definition, {what: text})
        assert refused.value.what == (
            f"case {case.reference}: the {what} of KSCP Escalation Template holds a recorded name"
        )
    must_name_nobody(opened, definition, {"title": f"KSCP Escalation Template – {case.reference}"})


def test_no_file_is_named_after_a_child(home: Path) -> None:
    case = at_stage(home, "3", child="Zebedee Testcase")
    run(home, "export", case.reference)

    assert b"Zebedee" in every_byte(home)
    assert not [path for path in home.rglob("*") if "zebedee" in str(path.relative_to(home)).casefold()]


def test_a_form_issued_since_it_was_owed_is_not_issued_again_unless_it_is_named(home: Path) -> None:
    case = at_stage(home, "3")
    run(home, "export", case.reference)

    done = run(home, "export", case.reference)

    assert done.code == 0
    again = f"escalate export {case.reference} --form knowsley-appendix-2"
    assert f"Issued already: Escalation Template (Appendix 2). To issue it anew: {again}" in done.out
    assert len(list((home / "issued").iterdir())) == 1


LABEL = "Brief description of your concerns (stage 3)"


def test_c6_a_form_by_initials_is_refused_off_a_terminal_where_a_name_stands_in_its_words(home: Path) -> None:
    known = e.PartyNamed(
        party="child-1",
        sort="child",
        name="Rowan Testcase",
        address="12 Invented Road",
        parental_responsibility="Casey Testcase (mother)",
    )
    case = in_croydon(home, names=[known], nature="Casey of Invented Road says no.")
    before = entries(home)

    done = run(home, "export", case.reference)

    assert done.code == 8
    assert done.err.splitlines()[0] == (
        f"error: case {case.reference}: Escalation Notification Form gives a child's initials and nothing fuller,"
        " and what was recorded of one stands in its answers"
    )
    (line,) = [line for line in done.err.splitlines() if line.startswith("field")]
    assert re.sub(r"character \d+", "character …", line) == (
        f'field "{LABEL}": holds a recorded name, at character …; a recorded address, at character …'
    )
    assert entries(home) == before


def test_c6_a_form_by_initials_may_hold_initials_and_the_date_of_birth_that_it_asks_for(home: Path) -> None:
    case = in_croydon(home, nature="R.T. (born 3 March 2019) was not seen, nor was RT at school.")

    done = run(home, "export", case.reference, "--json")

    said = answers_in(Path(done.data[0]["file"]), "croydon-notification")
    assert (done.code, said["child_name"], said["child_born_on"]) == (0, "R.T.", "3 March 2019")
    assert "Rowan" not in parts_of(Path(done.data[0]["file"]))


def test_c6_each_name_in_a_form_by_initials_is_decided_by_a_person_once(plain_typist: Typist) -> None:
    home = plain_typist.home
    case = in_croydon(home, nature="Rowan was not seen.")

    plain_typist.types("export", case.reference)
    plain_typist.expect("Escalation Notification Form gives a child's initials and nothing fuller:")
    plain_typist.expect(f"Escalation Notification Form: {LABEL}")
    plain_typist.expect('1  put "R.T." in its place')
    plain_typist.answer("3  leave it", "1")
    plain_typist.expect("escalate has sent nothing and told nobody.")

    assert plain_typist.ends() == 0
    answers = the_fact(home, case.reference, "form issued").answers
    assert "\nDisagreement: R.T. was not seen.\n" in answers["stage_3_concerns"]


def test_words_that_went_out_in_the_issue_before_are_not_asked_about_again(home: Path) -> None:
    case = in_croydon(home)
    run(home, "export", case.reference)
    case.correct(5, "2026-04-10", name="Strategy Testcase")

    done = run(home, "export", case.reference, "--form", "croydon-notification")

    assert (done.code, done.err) == (0, "")
