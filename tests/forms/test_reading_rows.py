"""The rows of a form's tables: those it was issued with, added, copied, merged, and told by nothing but their place."""

from __future__ import annotations

from escalate.core.forms.definition import FormDefinition, FormField, FormTable
from escalate.files.docx.reader import FieldReading, read_form
from tests.forms.laid_out import cell, docx_of, p, row, run, table, tagged

FORM = FormDefinition(
    id="invented",
    version=1,
    title="Invented form",
    partnership="Exampleshire Safeguarding Children Partnership",
    standing="invented",
    source="invented",
    template="invented.docx",
    per_child=False,
    names="in full",
    return_to="",
    fields=(FormField(id="reason", label="Reason", kind="long"),),
    tables=(
        FormTable(
            id="actions",
            rows_of="actions",
            rows=2,
            columns=(
                FormField(id="what", label="Action", kind="long"),
                FormField(id="owner", label="By whom", kind="person", guidance=("(name and role)",)),
                FormField(id="by_on", label="By when", kind="date"),
            ),
        ),
    ),
)
HEADING = row("Action", cell("By whom", "(name and role)"), "By when")


def numbered(number: int, *answers: str) -> str:
    columns = ("what", "owner", "by_on")
    return row(
        *(
            cell(p(tagged(f"actions_{number}_{column}", run(answer))))
            for column, answer in zip(columns, answers, strict=True)
        )
    )


def values(*rows: str) -> dict[str, str]:
    """Return what each cell of the table says, in order; nothing else may be in the document."""
    read = read_form(FORM, docx_of(table(*rows)), "the form")
    assert read.not_placed == ()
    return {name: reading.value for name, reading in read.fields.items() if name != "reason"}


def rows_of(*rows: tuple[str, str, str]) -> dict[str, str]:
    columns = ("what", "owner", "by_on")
    return {
        f"actions_{number}_{column}": answer
        for number, answers in enumerate(rows, start=1)
        for column, answer in zip(columns, answers, strict=True)
    }


FIRST = ("Send the log", "A team manager", "16 April 2026")
SECOND = ("Read the file", "A head teacher", "17 April 2026")
THIRD = ("Telephone the nurse", "A worker", "20 April 2026")


def test_rows_with_controls_are_read_twice_over() -> None:
    read = read_form(FORM, docx_of(table(HEADING, numbered(1, *FIRST), numbered(2, *SECOND))), "the form")

    assert read.fields["actions_2_owner"] == FieldReading(by_tag="A head teacher", by_label="A head teacher")
    assert [reading.certainty for name, reading in read.fields.items() if name != "reason"] == ["certain"] * 6


def test_a_row_added_by_hand_is_the_next_number_wherever_it_stands() -> None:
    assert values(HEADING, numbered(1, *FIRST), row(*THIRD), numbered(2, *SECOND)) == rows_of(FIRST, SECOND, THIRD)


def test_a_row_copied_with_its_controls_is_the_next_number() -> None:
    read = read_form(FORM, docx_of(table(HEADING, numbered(1, *FIRST), numbered(1, *THIRD))), "the form")

    assert read.fields["actions_1_what"].value == "Send the log"
    assert read.fields["actions_2_what"] == FieldReading(by_tag="Telephone the nurse", by_label="Telephone the nurse")
    assert read.warnings == ()


def test_rows_without_controls_are_numbered_as_they_stand() -> None:
    assert values(HEADING, row(*FIRST), row("", "", ""), row(*THIRD)) == rows_of(FIRST, ("", "", ""), THIRD)


def test_an_empty_row_added_to_numbered_ones_is_no_row() -> None:
    assert values(HEADING, numbered(1, *FIRST), numbered(2, *SECOND), row("", "", "")) == rows_of(FIRST, SECOND)


def test_a_numbered_row_that_was_deleted_leaves_the_others_their_numbers() -> None:
    read = read_form(FORM, docx_of(table(HEADING, numbered(2, *SECOND))), "the form")

    assert read.fields["actions_1_what"].certainty == "not found"
    assert read.fields["actions_2_what"].value == "Read the file"


def test_a_heading_row_that_is_repeated_is_no_row() -> None:
    assert values(HEADING, row(*FIRST), HEADING, row(*SECOND)) == rows_of(FIRST, SECOND)


def test_headings_retyped_with_a_slip_are_known() -> None:
    retyped = row("ACTION:", cell("By  whom (name and role)"), "By wen")

    assert values(retyped, row(*FIRST), row(*SECOND)) == rows_of(FIRST, SECOND)


def test_merged_cells_keep_the_columns_behind_them() -> None:
    merged = row(cell("Nobody yet", properties='<w:gridSpan w:val="2"/>'), "16 April 2026")
    read = read_form(FORM, docx_of(table(HEADING, merged)), "the form")

    assert read.fields["actions_1_what"].value == "Nobody yet"
    assert read.fields["actions_1_owner"].certainty == "not found"
    assert read.fields["actions_1_by_on"].value == "16 April 2026"


def test_a_merged_cell_with_two_controls_still_has_both_answers() -> None:
    both = cell(
        p(tagged("actions_1_what", run("Send the log"))),
        p(tagged("actions_1_owner", run("A team manager"))),
        properties='<w:gridSpan w:val="2"/>',
    )
    read = read_form(FORM, docx_of(table(HEADING, row(both, "16 April 2026"))), "the form")

    assert read.fields["actions_1_what"] == FieldReading(by_tag="Send the log", by_label="Send the log")
    assert read.fields["actions_1_owner"] == FieldReading(by_tag="A team manager")


def test_words_in_a_column_of_somebody_s_own_are_listed() -> None:
    heading = row("Action", cell("By whom", "(name and role)"), "By when", "Done?")
    read = read_form(FORM, docx_of(table(heading, row(*FIRST, "on Friday"))), "the form")

    assert read.not_placed == ("Done?", "on Friday")
    assert read.fields["actions_1_by_on"].value == "16 April 2026"


def test_words_beside_a_control_in_a_row_are_shown_with_it() -> None:
    beside = row(cell(p(tagged("actions_1_what", run("Send the log")), " twice")), "A team manager", "16 April 2026")
    reading = read_form(FORM, docx_of(table(HEADING, beside)), "the form").fields["actions_1_what"]

    assert (reading.value, reading.beside, reading.certainty) == ("Send the log", "twice", "conflict")
