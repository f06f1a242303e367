"""Long lines of a partnership's own form, known by their first words and a mark: read exactly, and not kept whole."""

from __future__ import annotations

import pytest

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.core.forms.shortened import Shortened, mark_of, shorten, shortened, show_line
from escalate.files.docx.label_fit import plain
from escalate.files.docx.reader import ReadForm, read_form
from escalate.files.forms.loading import form_names, load_form
from tests.forms.laid_out import cell, docx_of, p, row, table

LINE = "Please read all of this before you begin, and keep a copy of it where others can find it."
ENTRY = "Please read all of … #a2ced04b"


def form(*printed: str, fixed_before: tuple[str, ...] = ()) -> FormDefinition:
    return FormDefinition(
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
            FormField(id="outcome", label="Outcome:", kind="long", fixed_before=fixed_before),
        ),
        printed=printed,
    )


def read(definition: FormDefinition, above: str, between: str = "") -> ReadForm:
    fields = table(row("Reason:", cell("Closed early", *([between] if between else []))), row("Outcome:", "Reopened"))
    return read_form(definition, docx_of(p(above) + fields), "the form")


def test_a_line_is_shortened_to_its_first_words_and_its_mark() -> None:
    assert shorten(LINE, plain(LINE)) == ENTRY
    assert shortened(ENTRY) == Shortened("Please read all of", mark_of(plain(LINE)))
    assert shortened(LINE) is None
    assert (show_line(ENTRY), show_line(LINE)) == ("Please read all of …", LINE)


@pytest.mark.parametrize(
    "above", [LINE, LINE.upper(), LINE.rstrip("."), LINE.replace(" ", "\u00a0"), LINE.replace("before", "before\n")]
)
def test_a_shortened_line_of_the_form_is_nobodys_words(above: str) -> None:
    assert read(form(ENTRY), above).not_placed == ()


@pytest.mark.parametrize(
    "above",
    [
        LINE + " I did.",
        LINE.replace("a copy", "no copy"),
        "I did: " + LINE,
        "Please read all of",
        ENTRY,
        f"#{mark_of(plain(LINE))}",
    ],
)
def test_whatever_somebody_added_to_a_shortened_line_shows(above: str) -> None:
    assert read(form(ENTRY), above).not_placed == (above,)


def test_a_shortened_line_counts_as_often_as_the_form_prints_it() -> None:
    body = p(LINE) + p(LINE) + table(row("Reason:", "Closed early"), row("Outcome:", "Reopened"))

    assert read_form(form(ENTRY), docx_of(body), "the form").not_placed == (LINE,)
    assert read_form(form(ENTRY, ENTRY), docx_of(body), "the form").not_placed == ()


def test_other_first_words_do_not_go_with_a_mark() -> None:
    other = f"Something else … #{mark_of(plain(LINE))}"

    assert read(form(other), LINE).not_placed == (LINE,)


def test_a_shortened_line_before_a_label_ends_the_answer_before_it() -> None:
    whole = read(form(fixed_before=(ENTRY,)), "", LINE)
    changed = read(form(fixed_before=(ENTRY,)), "", LINE + " I did.")

    assert (whole.fields["reason"].value, whole.not_placed) == ("Closed early", ())
    assert changed.fields["reason"].value == f"Closed early\n{LINE} I did."


@pytest.mark.parametrize("name", form_names())
def test_no_shipped_form_keeps_a_long_instruction_of_the_partnerships_whole(name: str) -> None:
    definition, _ = load_form(name)
    lines = [*definition.printed, *(line for field in definition.fields for line in field.fixed_before)]

    assert [line for line in lines if shortened(line) is None and len(line.split()) >= 12] == []
