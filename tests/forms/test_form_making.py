from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.casework.form_checking import Word, check_form, has_problems
from escalate.casework.form_making import Made, Maker, Wanted, make_form, placed
from escalate.core.forms.issue import Stamp
from escalate.core.forms.labels import field_ids, guess_fills, guess_kind, parse_labels
from escalate.errors import FormRefused
from escalate.files.docx.reader import read_form
from escalate.files.forms.given import FormGiven
from escalate.files.forms.loading import read_definition
from escalate.render.new_form import definition_text
from escalate.render.word.expressions import expression_findings
from escalate.render.word.filling import fill
from escalate.render.word.making import make_template
from escalate.render.word.making_rows import put_rows
from escalate.render.word.template import check_template
from tests.forms import blanks

WORD = Word(expression_findings, check_template, fill)


def made_of(blank: bytes, labels: str, form_id: str = "ours") -> Made:
    wanted = Wanted(
        blank=blank,
        blank_name="blank.docx",
        labels=labels,
        labels_name="labels.txt",
        form_id=form_id,
        made_on=date(2026, 4, 15),
    )
    return make_form(wanted, Maker(put_rows, make_template, definition_text))


def where(made: Made) -> list[tuple[str, str]]:
    return [(field.label, at) for field, _, at in placed(made)]


def refused(blank: bytes, labels: str) -> list[str]:
    with pytest.raises(FormRefused) as refusal:
        made_of(blank, labels)
    return [str(problem) for problem in refusal.value.problems]


LAYOUTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "two columns": (blanks.two_columns, "\n".join(label for label, _ in blanks.TWO_COLUMNS)),
    "one cell under another": (blanks.stacked, blanks.STACKED_LABELS),
    "answers in the row below": (
        blanks.rows_below,
        "1.1 Name of child/young person:\n1.2 D.O.B:\n2.1 Brief details of professional difference:\n4.4 Action taken:",
    ),
    "under headings": (blanks.under_headings, "Concern\nProgress\nOutcome"),
    "every kind of control": (
        lambda: blanks.with_xml(*blanks.EVERY_KIND),
        "\n".join(f"Label {number}" for number in range(1, 9)),
    ),
    "a row for each action": (blanks.with_rows, "Name of child\nDecision\nAction\nWho\nBy when\nAny other comments"),
    "outside tables": (
        lambda: blanks.lines("Name of child: ______", "Signed: ________    Date: ________", "Reason", "", "Outcome"),
        "Name of child\nSigned\nDate\nReason\nOutcome",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_form_made_of_a_blank_fills_and_reads_back_whole(layout: str, tmp_path: Path) -> None:
    blank, labels = LAYOUTS[layout]

    made = made_of(blank(), labels)

    (tmp_path / "ours.toml").write_text(made.text, encoding="utf-8")
    assert read_definition(tmp_path / "ours.toml") == made.definition
    given = FormGiven(name="ours", definition=made.definition, template=made.template, template_name="ours.docx")
    assert not has_problems(check_form(given, WORD))


@pytest.mark.parametrize("layout", ["two columns", "one cell under another", "every kind of control"])
def test_a_blank_saved_by_libreoffice_makes_a_form_as_well(
    layout: str, through_libreoffice: Callable[[bytes, str], bytes]
) -> None:
    blank, labels = LAYOUTS[layout]

    made = made_of(through_libreoffice(blank(), "odt"), labels)

    given = FormGiven(name="ours", definition=made.definition, template=made.template, template_name="ours.docx")
    assert not has_problems(check_form(given, WORD))


def test_a_form_made_of_a_blank_comes_home_whole_through_libreoffice(
    stamp: Stamp, through_libreoffice: Callable[[bytes, str], bytes]
) -> None:
    made = made_of(blanks.stacked(), blanks.STACKED_LABELS)
    answers = {field.id: f"Invented answer {number}" for number, field in enumerate(made.definition.fields)}

    filled = fill(made.definition, made.template, answers, stamp)

    read = read_form(made.definition, through_libreoffice(filled.content, "odt"), "the form")
    assert {name: reading.value for name, reading in read.fields.items()} == answers
    assert read.identity.reference == stamp.reference


def test_in_two_columns_the_answer_goes_into_the_empty_cell_to_the_right() -> None:
    made = made_of(blanks.two_columns(), "Date\nAgency Raising Concern\nLessons Learnt")

    assert where(made) == [
        ("Date", "text, table 1 row 1 cell 2"),
        ("Agency Raising Concern", "text, table 1 row 2 cell 2"),
        ("Lessons Learnt", "text, table 1 row 6 cell 2"),
    ]
    assert made.definition.fields[2].fixed_before == (
        "Reason for escalation",
        "Agencies Concerned",
        "Actions Taken & Outcomes",
    )


def test_in_one_cell_under_another_the_answer_goes_under_its_label() -> None:
    made = made_of(blanks.stacked(), blanks.STACKED_LABELS)

    cells = [at.removeprefix("text, table 1 row ") for _, at in where(made)]
    assert cells == [f"{row} cell 1" for row in (1, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 8, 9, 10)]
    assert made.definition.fields[0].fixed_before == ("RECORD OF DISCUSSION",)


def test_under_a_label_the_printed_guidance_stays_guidance_and_a_bar_stays_a_bar() -> None:
    made = made_of(blanks.rows_below(), "1.2 D.O.B:\n2.1 Brief details of professional difference:")

    assert where(made) == [
        ("1.2 D.O.B:", "text, table 1 row 4 cell 1"),
        ("2.1 Brief details of professional difference:", "text, table 1 row 7 cell 1"),
    ]
    details = made.definition.fields[1]
    assert details.fixed_before == ("Section B: Concerns",)
    assert details.guidance == ("Please describe the issue, concerns, and desired outcome.",)


def test_under_headings_each_answer_goes_into_its_own_column() -> None:
    made = made_of(blanks.under_headings(), "Concern\nProgress\nOutcome")

    assert where(made) == [
        ("Concern", "text, table 1 row 2 cell 1"),
        ("Progress", "text, table 1 row 2 cell 2"),
        ("Outcome", "text, table 1 row 2 cell 3"),
    ]


def test_empty_rows_under_headings_of_actions_become_a_table_with_a_row_for_each_action(stamp: Stamp) -> None:
    made = made_of(blanks.with_rows(), "Name of child\nDecision\nAction\nWho\nBy when\nAny other comments")

    (table,) = made.definition.tables
    assert (table.rows_of, table.rows, table.after) == ("actions", 3, "decision")
    assert [(x.id, x.label, x.kind, x.fills) for x in table.columns] == [
        ("what", "Action", "long", "action.what"),
        ("owner", "Who", "person", "action.owner"),
        ("by_on", "By when", "date", "action.by_on"),
    ]
    assert made.definition.fields[-1].fixed_before == ()
    assert made.definition.printed == ("Exampleshire Escalation Form",)
    answers = {f"actions_table_{n}_what": f"Invented action {n}" for n in range(1, 6)} | {
        "actions_table_1_owner": "Sam Invented",
        "actions_table_1_by_on": "2026-04-09",
        "any_other_comments": "None",
    }
    filled = fill(made.definition, made.template, answers, stamp)
    read = read_form(made.definition, filled.content, "the form", made.template)
    assert {name: x.value for name, x in read.fields.items() if x.value} == {
        **answers,
        "actions_table_1_by_on": "9 April 2026",
    }
    assert read.not_placed == ()
    assert _xml(filled.content).count("<w:tblHeader/>") == 1


def test_a_row_for_each_person_is_known_by_its_headings_as_well() -> None:
    made = made_of(
        blanks.with_rows(("Name of person", "Role", "Agency", "Present?")), "Name of person\nRole\nAgency\nPresent?"
    )

    (table,) = made.definition.tables
    assert [(x.id, x.fills) for x in table.columns] == [
        ("name", "person.name"),
        ("role", "person.role"),
        ("agency", "person.agency"),
        ("column_4", ""),
    ]


@pytest.mark.parametrize(
    ("headings", "empty", "labels"),
    [
        (("Action", "Who", "By when"), 1, "Action\nWho\nBy when"),
        (("Action", "Who", "By when"), 3, "Action\nWho"),
        (("Action", "Who", "By when"), 3, "Action | long | discussion.actions\nWho\nBy when"),
        (("Concern", "Progress", "Outcome"), 3, "Concern\nProgress\nOutcome"),
    ],
)
def test_headings_that_do_not_clearly_repeat_have_an_answer_each(
    headings: tuple[str, ...], empty: int, labels: str
) -> None:
    made = made_of(blanks.with_rows(headings, empty), labels)

    assert made.definition.tables == ()
    assert [field.label for field in made.definition.fields] == [x.partition(" |")[0] for x in labels.split("\n")]


def test_where_an_answer_goes_is_said_of_the_form_that_was_made() -> None:
    made = made_of(blanks.with_rows(), "Name of child\nDecision\nAction\nWho\nBy when\nAny other comments")

    assert where(made) == [
        ("Name of child:", "text, table 1 row 1 cell 1"),
        ("Decision:", "text, table 1 row 2 cell 1"),
        ("Action", "text, table 2 row 3 cell 1"),
        ("Who", "text, table 2 row 3 cell 2"),
        ("By when", "text, table 2 row 3 cell 3"),
        ("Any other comments:", "text, table 3 row 1 cell 1"),
    ]


def test_places_to_write_that_the_list_leaves_out_are_named() -> None:
    assert made_of(blanks.with_rows(), "Any other comments").said == (
        "no field was made where there is a place to write, for the list does not have them: "
        '"Name of child:"; "Decision:"; "Action"; "Who"; "By when"',
    )
    rows = tuple((f"Question {number}", "") for number in range(1, 13))
    assert made_of(blanks.two_columns(rows), "Question 1").said[0].endswith('"Question 11"; and 1 more')
    assert made_of(blanks.two_columns(), "\n".join(label for label, _ in blanks.TWO_COLUMNS)).said == ()
    below = made_of(blanks.rows_below(), "1.1 Name of child/young person:\n1.2 D.O.B:\n4.4 Action taken:")
    assert below.said == (
        "no field was made where there is a place to write, for the list does not have them: "
        '"2.1 Brief details of professional difference:"',
    )


def test_what_the_blank_had_to_write_in_says_what_kind_of_field_it_is() -> None:
    made = made_of(blanks.with_xml(*blanks.EVERY_KIND), "\n".join(f"Label {number}" for number in range(1, 9)))

    assert [(x.kind, x.options, x.preset) for x in made.definition.fields] == [
        ("choice", ("Girl", "Boy"), ""),
        ("choice", ("Yes", "No"), "Yes"),
        ("date", (), ""),
        ("text", (), ""),
        ("text", (), ""),
        ("choice", ("Stage 2", "Stage 3"), ""),
        ("choice", ("Yes", "No", "Not known"), ""),
        ("text", (), ""),
    ]
    assert made.said == ("its tracked changes were accepted",)


def test_two_labels_on_one_line_become_two_lines_each_with_its_answer(stamp: Stamp) -> None:
    made = made_of(blanks.lines("Signed: ________    Date: ________"), "Signed\nDate")

    filled = fill(made.definition, made.template, {"signed": "S Invented", "date": "2026-04-03"}, stamp)

    read = read_form(made.definition, filled.content, "the form")
    assert {name: reading.value for name, reading in read.fields.items()} == {
        "signed": "S Invented",
        "date": "3 April 2026",
    }
    assert "____" not in _xml(filled.content)


def test_yes_or_no_on_the_line_becomes_a_choice() -> None:
    made = made_of(blanks.two_columns((("Is the matter resolved?", "Yes / No"),)), "Is the matter resolved?")

    assert [(x.kind, x.options) for x in made.definition.fields] == [("choice", ("Yes", "No"))]


def test_what_a_person_says_of_a_label_counts_before_any_guess() -> None:
    made = made_of(
        blanks.two_columns(),
        "Date | text | form.completed_on\nReason for escalation | choice: A, B\nLessons Learnt | long | them",
    )

    assert [(x.kind, x.options, x.fills, x.filled_by) for x in made.definition.fields] == [
        ("text", (), "form.completed_on", "us"),
        ("choice", ("A", "B"), "", "us"),
        ("long", (), "", "them"),
    ]
    assert made.guessed == frozenset()


def test_nobody_who_made_the_blank_is_in_the_form_and_the_blank_is_not_changed() -> None:
    blank = blanks.two_columns()

    made = made_of(blank, "Date")

    assert "Sam Invented" in _all(blank)
    assert "Sam Invented" not in _all(made.template)
    assert blank == blank[:]


def test_the_same_blank_and_labels_make_the_same_bytes() -> None:
    blank = blanks.stacked()

    assert made_of(blank, blanks.STACKED_LABELS).template == made_of(blank, blanks.STACKED_LABELS).template


def test_a_form_protected_for_filling_in_is_no_longer_protected() -> None:
    blank = _with_settings(blanks.two_columns(), '<w:documentProtection w:edit="forms" w:enforcement="1"/>')

    assert "documentProtection" not in _all(made_of(blank, "Date").template)


def test_a_form_that_names_a_child_is_for_each_child_and_one_that_asks_for_initials_has_initials() -> None:
    in_full = made_of(blanks.two_columns((("Name of child", ""),)), "Name of child").definition
    initials = made_of(blanks.two_columns((("Child’s initials", ""),)), "Child's initials").definition
    nobody = made_of(blanks.two_columns(), "Date").definition

    assert (in_full.names, in_full.per_child) == ("in full", True)
    assert (initials.names, initials.per_child) == ("initials", True)
    assert (nobody.names, nobody.per_child) == ("nobody", False)


def test_a_label_that_repeats_is_settled_by_its_order() -> None:
    rows = (("Date", ""), ("Decision", ""), ("Date", ""))

    made = made_of(blanks.two_columns(rows), "Date\nDecision\nDate")

    assert [(x.id, x.label) for x in made.definition.fields] == [
        ("date", "Date"),
        ("decision", "Decision"),
        ("date_2", "Date"),
    ]


def test_cannot_make_a_form_of_a_label_that_is_not_there_and_what_is_near_is_named() -> None:
    assert refused(blanks.two_columns(), "Date\nLesson Learned") == [
        'labels.txt:2: the label "Lesson Learned" is not in the blank form\n'
        '    near it are: "Lessons Learnt" (text, table 1 row 6 cell 1)'
    ]


def test_cannot_make_a_form_of_a_label_that_could_be_in_two_places() -> None:
    rows = (("Date", ""), ("Decision", ""), ("Date", ""))

    assert refused(blanks.two_columns(rows), "Date") == [
        'labels.txt:1: the label "Date" is printed more than once, and the list does not say which: '
        "text, table 1 row 1 cell 1; text, table 1 row 3 cell 1\n"
        "    list every label in order, or a line beside it as: LINE | printed"
    ]
    assert where(made_of(blanks.two_columns(rows), "Decision | printed\nDate")) == [
        ("Date", "text, table 1 row 3 cell 2")
    ]


def test_cannot_make_a_form_of_labels_out_of_order() -> None:
    assert refused(blanks.two_columns(), "Lessons Learnt\nDate") == [
        'labels.txt:2: the label "Date" stands before the one above it in the list, or is that one: '
        "text, table 1 row 1 cell 1\n"
        "    list the labels in the order in which the form prints them"
    ]


def test_cannot_make_a_form_of_a_list_with_mistakes_and_all_are_named() -> None:
    assert refused(blanks.two_columns(), "Date | day\n | text\nLessons Learnt | long | case.lessons") == [
        'labels.txt:1: "day" is no kind of field\n'
        "    kinds are: text, long, date, choice, choice or words, person, list, sign; or printed",
        "labels.txt:2: there is no label before the first bar\n    write the label as printed",
        'labels.txt:3: nothing fills "case.lessons"\n    the keys there are: escalate form show --keys',
    ]


@pytest.mark.parametrize("labels", ["", "# only a remark\n\n"])
def test_cannot_make_a_form_of_no_labels(labels: str) -> None:
    assert refused(blanks.two_columns(), labels) == [
        "labels.txt: there is no label in it\n    write one label a line, as printed on the form"
    ]


@pytest.mark.parametrize(
    ("label", "fills"),
    [
        ("NAME OF CHILD", "child.name"),
        ("1.1 Name of child/young person:", "child.name"),
        ("Child’s name", "child.name"),
        ("1.2 D.O.B:", "child.born_on"),
        ("1.3 Child’s Address: ", "child.address"),
        ("1.4 Unique child reference number", "child.reference"),
        ("Person with PR", "child.parental_responsibility"),
        ("Agency Raising Concern", "agency.raising"),
        ("Date of Escalation:", "form.escalated_on"),
        ("Lessons Learnt", "case.learning"),
        ("Form completed by:", "form.completed_by"),
        ("Date Completed:", "form.completed_on"),
        ("Date", ""),
        ("Name", ""),
        ("Role", ""),
        ("Comments", ""),
    ],
)
def test_what_fills_a_field_is_guessed_only_where_the_label_says_so(label: str, fills: str) -> None:
    assert guess_fills(label).fills == fills


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Date", "date"),
        ("D.O.B", "date"),
        ("Managers name & date discussed:", "text"),
        ("Signed", "sign"),
        ("Reason for escalation", "long"),
        ("Agency", "text"),
    ],
)
def test_the_kind_of_a_field_is_guessed_from_its_label(label: str, kind: str) -> None:
    assert guess_kind(label) == kind


@given(st.lists(st.text(max_size=80), max_size=30))
def test_the_ids_of_fields_are_always_allowed_and_never_the_same(labels: list[str]) -> None:
    ids = field_ids(labels)

    assert len(set(ids)) == len(labels)
    assert all(one.isascii() and one[0].isalpha() and len(one) <= 36 and one != "issue" for one in ids)


@given(st.text(max_size=300))
def test_any_list_of_labels_is_read_or_refused(text: str) -> None:
    asked, problems = parse_labels(text, "labels.txt")

    assert asked or problems


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=3, max_size=40).map(
            lambda words: " ".join(words.split())
        ),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_whatever_the_labels_are_the_form_is_made_and_fills_or_is_refused(labels: list[str]) -> None:
    blank = blanks.two_columns(tuple((label, "") for label in labels))

    try:
        made = made_of(blank, "\n".join(labels))
    except FormRefused:
        return

    given_form = FormGiven(name="ours", definition=made.definition, template=made.template, template_name="ours.docx")
    assert all(finding.weight != "lost" for finding in check_form(given_form, WORD))


def test_the_definition_says_what_was_guessed_and_is_toml() -> None:
    made = made_of(
        blanks.two_columns((('Say "why" \\ or not', ""), ("Lessons Learnt", ""))), 'Say "why" \\ or not\nLessons Learnt'
    )

    read = tomllib.loads(made.text)
    assert [field["label"] for field in read["field"]] == ['Say "why" \\ or not', "Lessons Learnt"]
    assert 'fills        = "case.learning"  # guessed from the label: look at it' in made.text
    assert made.text.count("# guessed") == 1


def _all(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def _xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def _with_settings(content: bytes, more: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/settings.xml":
                part = part.replace(b"</w:settings>", f"{more}</w:settings>".encode())
            changed.writestr(name, part)
    return buffer.getvalue()
