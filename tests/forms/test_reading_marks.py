"""What Word and LibreOffice do to a form, and what the plain way of reading a Word document makes of it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from escalate.core.forms.definition import FormDefinition, FormField
from escalate.errors import FormRefused
from escalate.files.docx.reader import FieldReading, ReadForm, read_form
from tests.forms.laid_out import cell, control, docx_of, p, part, row, run, table, tagged, tick_box

FORM = FormDefinition(
    id="invented",
    version=1,
    title="Invented form",
    partnership="Exampleshire Safeguarding Children Partnership",
    standing="invented",
    source="invented",
    template="invented.docx",
    per_child=True,
    names="in full",
    return_to="",
    fields=(
        FormField(id="reason", label="Reason for escalation", kind="long"),
        FormField(id="resolved", label="Is the matter resolved?", kind="choice", options=("Yes", "No")),
        FormField(id="decided_on", label="Date", kind="date"),
    ),
)


def form(reason: str = "", resolved: str = "", decided_on: str = "", after: str = "") -> bytes:
    """Return the form, two columns; each argument is what stands in an answer's cell, as paragraphs."""
    labels = [field.label for field in FORM.fields]
    rows = zip(labels, (reason, resolved, decided_on), strict=True)
    return docx_of(table(*(row(cell(label), cell(answer or p(""))) for label, answer in rows)) + after)


def read(content: bytes) -> ReadForm:
    return read_form(FORM, content, "the form")


def as_python_docx_reads(content: bytes, number: int) -> str:
    return docx.Document(io.BytesIO(content)).tables[0].rows[number].cells[1].text


def test_an_answer_in_a_content_control_is_read_where_python_docx_sees_an_empty_cell() -> None:
    content = form(reason=p(tagged("reason", run("Closed early"))))

    assert as_python_docx_reads(content, 0) == ""
    assert read(content).fields["reason"] == FieldReading(by_tag="Closed early", by_label="Closed early")


def test_a_control_round_a_whole_cell_is_read_where_python_docx_loses_the_cell() -> None:
    whole = control(cell("Closed early"), '<w:tag w:val="reason"/>')
    content = docx_of(table(f"<w:tr>{cell('Reason for escalation')}{whole}</w:tr>"))

    assert len(docx.Document(io.BytesIO(content)).tables[0].rows[0].cells) == 1
    assert read(content).fields["reason"] == FieldReading(by_tag="Closed early", by_label="Closed early")


def test_a_tracked_insertion_is_read_where_python_docx_leaves_it_out() -> None:
    content = form(reason=p("Closed", f'<w:ins w:id="1" w:author="A">{run(" early")}</w:ins>'))

    assert as_python_docx_reads(content, 0) == "Closed"
    assert read(content).fields["reason"].value == "Closed early"
    assert read(content).warnings == ("it has tracked changes: insertions were read, deletions were not",)


def test_moved_text_is_read_where_it_was_moved_to() -> None:
    moved = f'<w:moveFrom w:id="1">{run("By letter")}</w:moveFrom>'
    here = f'<w:moveTo w:id="2">{run("By letter")}</w:moveTo>'
    content = form(reason=p(moved), after=p(here))

    assert read(content).fields["reason"].value == ""
    assert read(content).not_placed == ("By letter",)


def test_a_deleted_paragraph_mark_joins_two_lines() -> None:
    first = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("Closed ")}</w:p>'

    assert read(form(reason=first + p("early"))).fields["reason"].value == "Closed early"


def test_a_deleted_row_is_left_out() -> None:
    struck = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("Reason for escalation")}{cell("Nothing")}</w:tr>'
    content = docx_of(table(struck, row("Is the matter resolved?", "No")))

    assert read(content).fields["reason"].certainty == "not found"
    assert read(content).not_placed == ()


@pytest.mark.parametrize(
    ("boxes", "value"),
    [
        (p("☐ Yes   ☒ No"), "No"),
        (p("☑ Yes") + p("☐ No"), "Yes"),
        (p("Yes ☐  No ☒"), "No"),
        (p("[x] Yes [ ] No"), "Yes"),
        (p("✓ Yes"), "Yes"),
        (p("☐ Yes ☐ No"), ""),
        (p("☒"), "Yes"),
        (p("☐"), ""),
        (p(tick_box(ticked=False), " Yes ", tick_box(ticked=True), " No"), "No"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " Yes ", "☐ No"), "Yes"),
    ],
)
def test_a_ticked_box_is_read_as_its_option(boxes: str, value: str) -> None:
    reading = read(form(resolved=boxes))

    assert reading.fields["resolved"] == FieldReading(by_label=value)
    assert reading.not_placed == ()


def test_a_tick_box_of_older_word_is_read_though_it_has_no_text() -> None:
    def old_box(state: int) -> str:
        data = f'<w:ffData><w:checkBox><w:default w:val="0"/><w:checked w:val="{state}"/></w:checkBox></w:ffData>'
        return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'

    content = form(resolved=p(old_box(0), " Yes ", old_box(1), " No"))

    assert as_python_docx_reads(content, 1) == " Yes  No"
    assert read(content).fields["resolved"].value == "No"


def test_a_list_of_older_word_is_read_by_the_choice_it_shows() -> None:
    entries = '<w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/>'
    data = f"<w:ffData><w:ddList>{entries}</w:ddList></w:ffData>"
    content = form(resolved=p(f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'))

    assert as_python_docx_reads(content, 1) == ""
    assert read(content).fields["resolved"].value == "No"


def test_two_ticked_boxes_are_said_and_neither_is_dropped() -> None:
    reading = read(form(resolved=p("☒ Yes ☒ No")))

    assert reading.fields["resolved"].value == "Yes, No"
    assert reading.warnings == ('"Is the matter resolved?" has more than one box ticked',)


def test_words_beside_a_ticked_box_are_kept_beside_it() -> None:
    reading = read(form(resolved=p("☐ Yes ☒ No, see over"))).fields["resolved"]

    assert (reading.value, reading.beside, reading.certainty) == ("No", "see over", "conflict")


def test_a_drop_down_is_read_by_the_text_it_shows() -> None:
    choices = '<w:dropDownList><w:listItem w:displayText="No" w:value="2"/></w:dropDownList><w:tag w:val="resolved"/>'

    assert read(form(resolved=p(control(run("No"), choices)))).fields["resolved"] == FieldReading(
        by_tag="No", by_label="No"
    )


@pytest.mark.parametrize(
    "prompt", ["No entry. Click to type.", "Click or tap here to enter text.", "Click or tap to enter a date."]
)
def test_an_empty_control_s_prompt_is_no_answer_though_nothing_marks_it(prompt: str) -> None:
    reading = read(form(reason=p(tagged("reason", run(prompt)))))

    assert reading.fields["reason"] == FieldReading(by_tag="", by_label="")
    assert reading.not_placed == ()


def test_words_typed_behind_a_prompt_are_the_answer() -> None:
    typed = p(tagged("reason", run("No entry. Click to type.Closed early")))

    assert read(form(reason=typed)).fields["reason"].value == "Closed early"


def test_words_beside_an_empty_control_are_shown_with_it() -> None:
    reading = read(form(reason=p(tagged("reason", run("No entry. Click to type.")), " Closed early")))

    assert reading.fields["reason"] == FieldReading(by_tag="", by_label="Closed early", beside="Closed early")
    assert reading.fields["reason"].certainty == "conflict"


def test_words_under_a_control_are_shown_with_it() -> None:
    reading = read(form(reason=p(tagged("reason", run("Closed early"))) + p("and without a letter")))

    assert reading.fields["reason"].beside == "and without a letter"
    assert reading.fields["reason"].by_tag == "Closed early"


def test_a_nested_table_in_an_answer_is_read_line_by_line() -> None:
    nested = table(row("Monday", "telephoned"), row("Tuesday", "wrote"))

    assert read(form(reason=nested + p(""))).fields["reason"].value == "Monday\ntelephoned\nTuesday\nwrote"


def test_what_two_readers_agree_on_counts_against_a_control_copied_from_elsewhere() -> None:
    marked = p('<w:bookmarkStart w:id="1" w:name="esc_reason"/>', "Closed early", '<w:bookmarkEnd w:id="1"/>')
    reading = read(
        docx_of(
            p(tagged("reason", run("copied and changed"))) + table(row(cell("Reason for escalation"), cell(marked)))
        )
    )

    assert reading.fields["reason"].value == "Closed early"
    assert reading.fields["reason"].readers == ("bookmark", "label")
    assert reading.fields["reason"].certainty == "conflict"


def test_a_bookmark_whose_end_was_moved_far_behind_is_not_believed() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="esc_reason"/>', '<w:bookmarkEnd w:id="1"/>'
    content = form(reason=p(start, "Closed early"), decided_on=p("9 April 2026"), after=p("At the end", end))

    assert read(content).fields["reason"] == FieldReading(by_label="Closed early")
    assert read(content).not_placed == ("At the end",)


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("word/footer3.xml", "ftr", p("Typed at the foot")),
        ("word/header3.xml", "hdr", p("Typed at the foot")),
        ("word/comments.xml", "comments", f'<w:comment w:id="1">{p("Typed at the foot")}</w:comment>'),
        ("word/footnotes.xml", "footnotes", f'<w:footnote w:id="2">{p("Typed at the foot")}</w:footnote>'),
        ("word/endnotes.xml", "endnotes", f'<w:endnote w:id="2">{p("Typed at the foot")}</w:endnote>'),
    ],
)
def test_words_in_headers_notes_and_comments_are_listed(name: str, kind: str, content: str) -> None:
    assert read(docx_of(p(""), {name: part(kind, content)})).not_placed == ("Typed at the foot",)


def test_words_in_a_text_box_are_listed_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('In a box')}</w:txbxContent></wps:txbx>"
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    reading = read(form(reason=p("Closed early"), after=p(twice)))

    assert reading.not_placed == ("In a box",)
    assert reading.warnings == ("it has text boxes: what they say is among the words that belong to no field",)


def test_an_equation_is_read_as_its_letters() -> None:
    maths = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>2+2</m:t></m:r></m:oMath>'

    assert read(form(reason=p("So ", maths))).fields["reason"].value == "So 2+2"


def test_a_document_saved_as_strict_open_xml_is_read_like_any_other() -> None:
    content = form(reason=p(tagged("reason", run("Closed early"))))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = docx_of(
        "",
        {"word/document.xml": _document(content).replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")},
    )

    assert read(strict).fields["reason"].by_tag == "Closed early"


def _document(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")


def test_cannot_read_a_document_without_a_text() -> None:
    with pytest.raises(FormRefused) as refusal:
        read(docx_of("", {"word/document.xml": b"<nothing/>"}))

    assert str(refusal.value) == "the form: its text is in a form that cannot be read"


def test_a_symbol_without_a_number_is_read_as_a_character_that_is_not_known() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="nothing"/></w:r>'

    assert read(form(reason=p("Closed ", symbol))).fields["reason"].value == "Closed \ufffd"
