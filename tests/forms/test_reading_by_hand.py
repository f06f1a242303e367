"""The partnerships' own blanks, filled in by hand: no tag, no bookmark, labels alone, in several layouts."""

from __future__ import annotations

import pytest

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.files.docx.reader import ReadForm, read_form
from escalate.files.forms.loading import load_form
from tests.forms.laid_out import cell, docx_of, p, row, run, table, tagged


def filled(form: str, body: str) -> ReadForm:
    definition, template = load_form(form)
    return read_form(definition, docx_of(body), "the form", template)


@pytest.mark.parametrize(
    ("label_cell", "answer_cell"),
    [
        (cell("Difference resolved at:", "Escalation Stage: 2", "Date: 3 April 2026"), cell()),
        (cell("Difference resolved at:", "Escalation Stage:", "2", "Date:", "3 April 2026"), cell()),
        (cell("Difference resolved at:", "Escalation Stage: 2    Date: 3 April 2026"), cell()),
        (cell("Difference resolved at:", "Escalation Stage:", "Date:"), cell("2", "3 April 2026")),
        (cell("Difference resolved at:", "Escalation Stage:", "Date:"), cell("2, 3 April 2026")),
        (cell("Difference resolved at:", "Escalation Stage:", "Date:"), cell("2 on 3 April 2026")),
        (cell("Difference resolved at:", "Escalation Stage:", "Date:"), cell("3 April 2026 – 2")),
    ],
)
def test_two_answers_in_one_cell_are_told_apart(label_cell: str, answer_cell: str) -> None:
    read = filled("herefordshire-appendix-2", table(row(label_cell, answer_cell)))

    assert read.fields["resolved_stage"].value == "2"
    assert read.fields["resolved_on"].value == "3 April 2026"
    assert read.not_placed == ()


@pytest.mark.parametrize(
    "between",
    [
        "Between       (Agency) Invented Primary School       And      ",
        "Between Invented Primary School (Agency)     And",
        "Between (Agency): Invented Primary School",
    ],
)
def test_an_agency_written_before_or_behind_its_bracket_is_read_without_what_is_printed(between: str) -> None:
    second = "" if between.rstrip().endswith("And") else "And"
    body = table(
        row(cell("Person with PR", "Alder Testcase")), row(cell(between, second)), row(cell("(Agency) A trust"))
    )

    read = filled("knowsley-appendix-2", body)

    assert read.fields["raising_agency"].value == "Invented Primary School"
    assert read.fields["receiving_agency"].value == "A trust"


def test_guidance_is_no_answer_and_an_answer_behind_it_is() -> None:
    label = cell("1.4 Unique child reference number", "(e.g. Mosaic I.D) 123456")
    read = filled("herefordshire-appendix-2", table(row(label, cell())))

    assert read.fields["child_reference"].value == "123456"


def test_an_answer_in_the_row_below_is_read() -> None:
    label = cell(
        "2.1 Brief details of professional difference:", "Please describe the issue, concerns, and desired outcome."
    )
    read = filled("herefordshire-appendix-2", table(row(label), row("Closed early"), row("A note of mine")))

    assert read.fields["difference"].value == "Closed early"
    assert read.not_placed == ("A note of mine",)


def test_labels_in_one_row_have_their_answers_between_them() -> None:
    line = row(
        "Date of birth", "3 March 2019", "Gender ", "Girl", "Ethnicity", "Choose an item.", "SEND", "None", "", ""
    )
    read = filled("croydon-notification", table(line))

    assert {name: read.fields[name].value for name in ("child_born_on", "gender", "ethnicity", "send")} == {
        "child_born_on": "3 March 2019",
        "gender": "Girl",
        "ethnicity": "",
        "send": "None",
    }


def croydon_block(concerns: str, resolved: str) -> str:
    definition, _ = load_form("croydon-notification")
    label = definition.field("stage_3_concerns").label
    choice = row(cell("Is the matter resolved?", "(please select from the drop down menu)"), resolved)
    return table(row("Stage 3"), row(label), row(concerns), choice, row("Decision / Outcome", ""))


def test_a_choice_the_blank_comes_with_says_nothing_while_its_block_is_empty() -> None:
    read = filled("croydon-notification", croydon_block("", "Yes"))

    assert (read.fields["stage_3_resolved"].value, read.fields["stage_3_resolved"].certainty) == ("", "likely")
    assert read.warnings == (
        '"Is the matter resolved?" (stage 3) is selected on the blank form already, and the rest of its '
        "block is empty: it was read as not answered",
    )
    assert read.not_placed == ()


def test_a_choice_the_blank_comes_with_counts_once_its_block_says_something() -> None:
    read = filled("croydon-notification", croydon_block("Closed early", "Yes"))

    assert read.fields["stage_3_resolved"].value == "Yes"
    assert read.warnings == ()


def test_another_choice_than_the_blank_comes_with_counts_by_itself() -> None:
    assert filled("croydon-notification", croydon_block("", "No")).fields["stage_3_resolved"].value == "No"


@pytest.mark.parametrize(
    ("label", "left"),
    [
        ("REASON FOR ESCALATION", ()),
        ("Reason  for\u00a0escalation:", ()),
        ("Reason for esclation", ()),
        ("Reasonfor escalation", ()),
        ("Reason for escalation (see over)", ("(see over)",)),
        ("Reason for the escalation", ("the",)),
    ],
)
def test_a_retyped_label_is_known_and_words_put_into_it_are_listed(label: str, left: tuple[str, ...]) -> None:
    read = filled("knowsley-appendix-3", table(row("Agency Raising Concern", "A school"), row(label, "Closed early")))

    assert read.fields["reason"].value == "Closed early"
    assert read.not_placed == left


def test_a_short_answer_behind_a_label_is_not_taken_for_a_slip_of_the_pen() -> None:
    read = filled("knowsley-appendix-2", table(row(cell("Date of Escalation:", "Stage of Escalation: 3"))))

    assert read.fields["stage"].value == "3"


def test_answers_that_read_like_labels_are_answers() -> None:
    body = table(
        row("Date", "10 April 2026"),
        row("Agency Raising Concern", "Date"),
        row("Reason for escalation", cell("Agencies Concerned", "Lessons Learnt")),
        row("Agencies Concerned", "Reason for escalation"),
        row("Actions Taken & Outcomes", "Date"),
        row("Lessons Learnt", "Agencies Concerned"),
    )

    assert {name: reading.value for name, reading in filled("knowsley-appendix-3", body).fields.items()} == {
        "completed_on": "10 April 2026",
        "raising_agency": "Date",
        "reason": "Agencies Concerned\nLessons Learnt",
        "agencies": "Reason for escalation",
        "actions_and_outcomes": "Date",
        "lessons": "Agencies Concerned",
    }


def test_a_cell_merged_downwards_keeps_the_answers_beside_it() -> None:
    start = cell("Lessons Learnt", properties='<w:vMerge w:val="restart"/>')
    merged = cell("", properties="<w:vMerge/>")
    read = filled("knowsley-appendix-3", table(row(start, "Say why"), row(merged, "and when")))

    assert read.fields["lessons"].value == "Say why\nand when"


def test_labels_outside_tables_have_their_answers_behind_or_below_them() -> None:
    form = FormDefinition(
        id="plain",
        version=1,
        title="Plain",
        partnership="Exampleshire",
        standing="invented",
        source="invented",
        template="plain.docx",
        per_child=False,
        names="nobody",
        return_to="",
        fields=(
            FormField(id="reason", label="Reason:", kind="long"),
            FormField(id="outcome", label="Outcome:", kind="long"),
        ),
    )
    body = p("Reason: closed early") + p("Outcome:") + p("Opened again") + p("") + p("Regards")

    read = read_form(form, docx_of(body), "the form")

    assert {name: reading.value for name, reading in read.fields.items()} == {
        "reason": "closed early",
        "outcome": "Opened again",
    }
    assert read.not_placed == ("Regards",)


def test_a_choice_of_ours_is_a_choice_even_where_the_blank_comes_with_it() -> None:
    definition, template = load_form("croydon-notification")
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        f'name="escalate.form"><vt:lpwstr>{definition.name_and_version}</vt:lpwstr></property></Properties>'
    )
    body = table(row("Is the matter resolved?", cell(p(tagged("stage_3_resolved", run("Yes"))))))

    read = read_form(definition, docx_of(body, {"docProps/custom.xml": properties.encode()}), "the form", template)

    assert read.fields["stage_3_resolved"].value == "Yes"
