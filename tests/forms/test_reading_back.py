from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.issue import Stamp
from escalate.files.docx.opener import open_docx
from escalate.files.docx.reader import FieldReading, read_form
from escalate.render.word.filling import fill
from tests.forms.laid_out import p, part

Form = tuple[FormDefinition, bytes]
Edited = Callable[[bytes, str, str], bytes]
WithPart = Callable[[bytes, str, bytes | None], bytes]

APPENDIX_2 = {
    "escalated_on": "10 April 2026",
    "stage": "2",
    "child_name": "Rowan Testcase",
    "child_born_on": "3 March 2019",
    "child_address": "1 Invented Lane\nExampletown",
    "parental_responsibility": "Alder Testcase",
    "raising_agency": "Invented Primary School",
    "receiving_agency": "Exampleshire Children’s Social Care",
    "key_issues": "Closed early, A&E twice.\n\nAged <5 weeks at the time.",
    "options_considered": "A strategy discussion",
    "by_whom": "An invented team manager",
    "discussed_on": "9 April 2026",
    "decision": "None yet",
    "actions": "Read the file by Tuesday\nSend the log",
    "recommendations": "",
    "learning": "Say why in closing letters",
    "oversight": "Discussed in supervision",
    "manager_and_date": "An invented head teacher, 9 April 2026",
    "completed_by": "An invented practitioner",
    "completed_on": "10 April 2026",
    "signed": "",
}
APPENDIX_3 = {
    "completed_on": "10 April 2026",
    "raising_agency": "Invented Primary School",
    "reason": "Closed early & without a letter",
    "agencies": "Invented Primary School\nExampleshire Children’s Social Care",
    "actions_and_outcomes": "Stage 1: unresolved\nStage 2: resolved, reopened",
    "lessons": "Say why in closing letters",
}


@pytest.fixture(params=["appendix_2", "appendix_3"])
def issued(request: pytest.FixtureRequest, stamp: Stamp) -> tuple[FormDefinition, bytes, dict[str, str]]:
    definition, template = request.getfixturevalue(request.param)
    answers = APPENDIX_2 if request.param == "appendix_2" else APPENDIX_3
    return definition, fill(definition, template, answers, stamp).content, answers


Issued = tuple[FormDefinition, bytes, dict[str, str]]


def test_a_form_as_issued_is_read_alike_by_tag_bookmark_and_label(issued: Issued) -> None:
    definition, content, answers = issued

    read = read_form(definition, content, "the form")

    assert dict(read.fields) == {
        name: FieldReading(by_tag=text, by_bookmark=text, by_label=text) for name, text in answers.items()
    }


@pytest.mark.parametrize("by_way_of", ["docx", "odt"])
def test_a_form_saved_by_libreoffice_is_read_by_bookmark_and_label(
    issued: Issued, through_libreoffice: Callable[[bytes, str], bytes], by_way_of: str
) -> None:
    definition, content, answers = issued

    read = read_form(definition, through_libreoffice(content, by_way_of), "the form")

    assert {name: reading.by_bookmark for name, reading in read.fields.items()} == answers
    assert {name: reading.by_label for name, reading in read.fields.items()} == answers
    assert {reading.certainty for reading in read.fields.values()} == {"certain"}
    assert (read.identity.case, read.identity.issue, read.identity.reference) == (
        "case-3f1c",
        "issue-7c21",
        "KSCP-2026-0007-Q4TX",
    )


def without_controls(content: bytes, with_part: WithPart) -> bytes:
    xml = open_docx(content, "it").parts["word/document.xml"].decode()
    xml = re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>", "", xml)
    return with_part(content, "word/document.xml", xml.encode())


def test_with_every_control_removed_bookmarks_and_labels_still_tell_everything(
    issued: Issued, with_part: WithPart
) -> None:
    definition, content, answers = issued

    read = read_form(definition, without_controls(content, with_part), "the form")

    assert dict(read.fields) == {name: FieldReading(by_bookmark=text, by_label=text) for name, text in answers.items()}


def test_with_nothing_left_but_labels_the_answers_are_likely_and_the_case_is_known_by_its_footer(
    issued: Issued, with_part: WithPart
) -> None:
    definition, content, answers = issued
    bare = without_controls(content, with_part)
    xml = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", open_docx(bare, "it").parts["word/document.xml"].decode())
    bare = with_part(with_part(bare, "word/document.xml", xml.encode()), "docProps/custom.xml", None)

    read = read_form(definition, bare, "the form")

    assert {name: reading.value for name, reading in read.fields.items()} == answers
    assert {reading.certainty for reading in read.fields.values()} == {"likely"}
    assert (read.identity.case, read.identity.reference) == ("", "KSCP-2026-0007-Q4TX")


def typed_by_hand(definition: FormDefinition, answers: dict[str, str], style: str) -> bytes:
    """Return the document.xml of a form somebody retyped, without any of our marks."""

    def paragraph(text: str) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<w:br/>")
        escaped = escaped.replace("<w:br/>", "</w:t><w:br/><w:t>")
        return f"<w:p><w:r><w:t xml:space='preserve'>{escaped}</w:t></w:r></w:p>"

    rows = ""
    for field in definition.fields:
        fixed = "".join(paragraph(line) for line in field.fixed_before)
        answer = answers[field.id]
        if style == "two columns":
            cells = f"<w:tc>{fixed}{paragraph(field.label)}</w:tc><w:tc>{paragraph(answer)}</w:tc>"
        elif style == "on the same line":
            cells = f"<w:tc>{fixed}{paragraph(field.label + ' ' + answer)}</w:tc>"
        else:
            cells = (
                f"<w:tc>{fixed}{paragraph(field.label.upper())}{paragraph('')}{paragraph(answer)}{paragraph('')}</w:tc>"
            )
        rows += f"<w:tr>{cells}</w:tr>"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f"<w:document xmlns:w='{word}'><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>".encode()


@pytest.mark.parametrize("style", ["two columns", "on the same line", "under the label in capitals"])
def test_a_form_retyped_by_hand_is_read_by_its_labels(issued: Issued, with_part: WithPart, style: str) -> None:
    definition, content, answers = issued
    retyped = with_part(content, "word/document.xml", typed_by_hand(definition, answers, style))

    read = read_form(definition, retyped, "the form")

    assert {name: reading.by_label for name, reading in read.fields.items()} == answers


def test_words_typed_beside_a_control_make_a_conflict(appendix_3: Form, stamp: Stamp, edited: Edited) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    beside = edited(content, '<w:bookmarkEnd w:id="6"/>', '<w:bookmarkEnd w:id="6"/><w:r><w:t> and more</w:t></w:r>')

    reading = read_form(definition, beside, "the form").fields["lessons"]

    assert reading.certainty == "conflict"
    assert reading.beside == "and more"
    assert reading.found == {
        "tag": "Say why in closing letters",
        "bookmark": "Say why in closing letters",
        "label": "Say why in closing letters and more",
    }
    assert reading.readers == ("tag", "bookmark")


def test_insertions_are_read_deletions_are_not_and_it_is_said(appendix_3: Form, stamp: Stamp, edited: Edited) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    tracked = edited(
        content,
        ">Say why in closing letters</w:t></w:r>",
        ">Say why</w:t></w:r><w:del w:id='7'><w:r><w:delText> in closing letters</w:delText></w:r></w:del>"
        "<w:ins w:id='8'><w:r><w:t> by telephone</w:t></w:r></w:ins>",
    )

    read = read_form(definition, tracked, "the form")

    assert read.fields["lessons"].value == "Say why by telephone"
    assert read.fields["lessons"].certainty == "certain"
    assert read.warnings == ("it has tracked changes: insertions were read, deletions were not",)


def test_enter_pressed_in_an_answer_is_read_as_another_line(
    appendix_3: Form, stamp: Stamp, with_part: WithPart
) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    xml = open_docx(content, "it").parts["word/document.xml"].decode()
    # Word then puts the control round two whole paragraphs.
    entered = re.sub(
        r'<w:p><w:pPr><w:pStyle w:val="FormAnswer"/></w:pPr>(<w:bookmarkStart w:id="6"[^>]*/>)'
        r"<w:sdt>(<w:sdtPr>.*?</w:sdtPr>)<w:sdtContent>(.*?)</w:sdtContent></w:sdt>(<w:bookmarkEnd[^>]*/>)</w:p>",
        r"<w:sdt>\2<w:sdtContent><w:p>\1\3</w:p>"
        r"<w:p><w:r><w:t>and telephone</w:t></w:r>\4</w:p></w:sdtContent></w:sdt>",
        xml,
    )
    assert entered != xml

    read = read_form(definition, with_part(content, "word/document.xml", entered.encode()), "the form")

    text = "Say why in closing letters\nand telephone"
    assert read.fields["lessons"] == FieldReading(by_tag=text, by_bookmark=text, by_label=text)


def test_words_typed_into_an_empty_field_are_read_even_if_it_still_calls_itself_empty(
    appendix_3: Form, stamp: Stamp, edited: Edited
) -> None:
    definition, template = appendix_3
    content = fill(definition, template, {}, stamp).content
    typed = edited(content, "No entry. Click to type.", "Invented Primary School")

    read = read_form(definition, typed, "the form")

    assert read.fields["raising_agency"].value == "Invented Primary School"
    assert read.fields["reason"].value == ""


def test_a_field_that_was_copied_is_read_once_and_said(appendix_3: Form, stamp: Stamp, edited: Edited) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    copied = edited(content, '<w:tag w:val="lessons"/>', '<w:tag w:val="reason"/>')

    read = read_form(definition, copied, "the form")

    assert read.warnings == ("a field stands in it twice (reason): only the first was read",)
    assert read.fields["lessons"].by_tag is None
    assert read.fields["lessons"].value == "Say why in closing letters"


def test_comments_and_pictures_are_said(appendix_3: Form, stamp: Stamp, edited: Edited, with_part: WithPart) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    words = part("comments", f'<w:comment w:id="1">{p("Is this all?")}</w:comment>')
    content = with_part(
        edited(content, "<w:sectPr>", "<w:p><w:r><w:drawing/></w:r></w:p><w:sectPr>"), "word/comments.xml", words
    )

    read = read_form(definition, content, "the form", template)

    assert read.not_placed == ("Is this all?",)
    assert read.warnings == (
        "it has comments: what they say is among the words that belong to no field",
        "it has a picture, which was not read",
    )


@pytest.mark.parametrize(
    ("mark", "warning"),
    [
        ("<w:strike/>", "it has words that are struck out, which were read as if they stood"),
        ("<w:vanish/>", "it has hidden words, which were read as if they showed"),
    ],
)
def test_words_struck_out_or_hidden_are_said(
    appendix_3: Form, stamp: Stamp, edited: Edited, mark: str, warning: str
) -> None:
    definition, template = appendix_3
    content = fill(definition, template, APPENDIX_3, stamp).content
    marked = edited(
        content, "<w:sectPr>", f"<w:p><w:r><w:rPr>{mark}</w:rPr><w:t>No longer.</w:t></w:r></w:p><w:sectPr>"
    )

    assert read_form(definition, marked, "the form").warnings == (warning,)
    assert read_form(definition, content, "the form").warnings == ()
