from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from escalate.core.forms.definition import FormDefinition
from escalate.errors import FormRefused
from escalate.files.docx.opener import open_docx, parse_part

Form = tuple[FormDefinition, bytes]
WithPart = Callable[[bytes, str, bytes | None], bytes]
Edited = Callable[[bytes, str, str], bytes]


def refusal_of(content: bytes) -> str:
    with pytest.raises(FormRefused) as refusal:
        open_docx(content, "the returned form")
    return refusal.value.what.removeprefix("the returned form: ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word document (.doc) or one locked with a password"),
        (b"%PDF-1.7", "is a PDF, whose fields cannot be read"),
        (b"hello", "is not a Word document"),
        (b"PK\x03\x04 cut off", "the file is damaged and cannot be read"),
        (b"PK" + bytes(20 * 1024 * 1024), "the file is larger than 20 MB"),
    ],
    ids=["empty", "old Word", "PDF", "text", "cut off", "too large"],
)
def test_cannot_open_what_is_not_a_word_document(content: bytes, sentence: str) -> None:
    assert refusal_of(content) == sentence


def test_cannot_open_a_plain_zip_file(with_part: WithPart, appendix_3: Form) -> None:
    assert refusal_of(with_part(appendix_3[1], "word/document.xml", None)) == "is a zip file, but not a Word document"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../outside.xml", "has a part whose name points outside the document"),
        ("/etc/outside.xml", "has a part whose name points outside the document"),
        ("word/../../outside", "has a part whose name points outside the document"),
        ("C:outside.xml", "has a part whose name points outside the document"),
        ("word\\outside.xml", "has a part whose name points outside the document"),
        ("word/vbaProject.bin", "holds a macro or an embedded program"),
        ("word/activeX/activeX1.xml", "holds a macro or an embedded program"),
        ("word/embeddings/oleObject1.bin", "holds a macro or an embedded program"),
        ("WORD/DOCUMENT.XML", "holds the same part twice, so that programs could read different texts"),
    ],
)
def test_cannot_open_a_document_with_a_part_of_that_name(
    appendix_3: Form, with_part: WithPart, name: str, sentence: str
) -> None:
    assert refusal_of(with_part(appendix_3[1], name, b"<x/>")) == sentence


def test_a_document_may_hold_what_honest_documents_hold(appendix_3: Form, with_part: WithPart) -> None:
    content = with_part(appendix_3[1], "word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"a sheet")
    content = with_part(content, "word/printerSettings/printerSettings1.bin", b"settings")

    assert open_docx(content, "the form").notes == ()


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "docProps/core.xml", "word/_rels/a.rels"])
def test_cannot_open_a_document_that_declares_entities(
    appendix_3: Form, with_part: WithPart, name: str, encoding: str
) -> None:
    content = with_part(appendix_3[1], name, DOCTYPE.encode(encoding))

    assert refusal_of(content) == "holds a document type declaration, which no Word document has"


def test_cannot_parse_a_part_that_declares_entities() -> None:
    with pytest.raises(ValueError, match="document type declaration"):
        parse_part(DOCTYPE.encode())


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/picture.png", "unused.xml"])
def test_cannot_open_a_document_that_would_unpack_to_far_more(appendix_3: Form, with_part: WithPart, name: str) -> None:
    content = with_part(appendix_3[1], name, bytes(15 * 1024 * 1024))

    assert refusal_of(content) == "would unpack to far more than a form holds"


def test_cannot_open_a_document_of_many_large_parts(appendix_3: Form) -> None:
    noise = random.Random(1).randbytes(100_000) + bytes(900_000)
    buffer = io.BytesIO(appendix_3[1])
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(70):
            archive.writestr(f"word/media/{number}.png", noise)

    assert refusal_of(buffer.getvalue()) == "would unpack to more than 64 MB"


def test_cannot_open_a_document_of_too_many_parts(appendix_3: Form) -> None:
    buffer = io.BytesIO(appendix_3[1])
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(1000):
            archive.writestr(f"word/media/{number}.png", b"")

    assert refusal_of(buffer.getvalue()) == "has more than 1,000 parts"


def test_cannot_open_a_document_whose_sizes_are_lies(appendix_3: Form) -> None:
    content = appendix_3[1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lying = content.replace(size.to_bytes(4, "little"), (size - 100).to_bytes(4, "little"))
    assert lying != content

    assert refusal_of(lying) in (
        "the file is damaged and cannot be read",
        "has a part whose size is not the one declared",
    )


def test_cannot_open_a_locked_document(appendix_3: Form) -> None:
    content = bytearray(appendix_3[1])
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1

    assert refusal_of(bytes(content)) == "is locked with a password"


def test_cannot_open_a_document_with_macros_or_a_template(appendix_3: Form, with_part: WithPart) -> None:
    types = open_docx(appendix_3[1], "it").parts["[Content_Types].xml"]
    macro = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )

    assert refusal_of(with_part(appendix_3[1], "[Content_Types].xml", macro)) == (
        "is a Word template or a document with macros, not an ordinary document"
    )


def test_cannot_open_a_document_with_an_endless_table(appendix_3: Form, edited: Edited) -> None:
    wide = edited(appendix_3[1], "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="100000000"/>')
    long = edited(appendix_3[1], "<w:sectPr>", "<w:p/>" * 40_001 + "<w:sectPr>")
    deep = edited(appendix_3[1], "<w:sectPr>", "<w:p>" * 600 + "</w:p>" * 600 + "<w:sectPr>")

    assert refusal_of(wide) == "has a table cell over more than 64 columns"
    assert refusal_of(long) == "has more cells and paragraphs than a form holds"
    assert refusal_of(deep) == "the file is damaged and cannot be read"


@pytest.mark.parametrize("target", ["../../secret.txt", "../../../secret.txt", "file:///secret.txt", "..\\secret.txt"])
def test_cannot_open_a_document_that_refers_to_a_file(appendix_3: Form, with_part: WithPart, target: str) -> None:
    relationships = open_docx(appendix_3[1], "it").parts["word/_rels/document.xml.rels"].decode()
    changed = relationships.replace("styles.xml", target)

    content = with_part(appendix_3[1], "word/_rels/document.xml.rels", changed.encode())

    assert refusal_of(content) == "refers to a file outside the document"


def test_an_outside_template_is_not_fetched_and_is_said(appendix_3: Form, with_part: WithPart) -> None:
    name = "word/_rels/settings.xml.rels"
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/attachedTemplate" Target="https://invented.example/t.dotm" TargetMode="External"/>'
        "</Relationships>"
    )

    opened = open_docx(with_part(appendix_3[1], name, relationships.encode()), "the form")

    assert opened.notes == ("it refers to something outside the document (attachedTemplate), which was not fetched",)


def test_no_damage_whatever_ends_in_anything_but_a_refusal(appendix_2: Form) -> None:
    chance = random.Random(20260410)
    refused = 0
    for _ in range(400):
        damaged = bytearray(appendix_2[1])
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            open_docx(bytes(damaged[: chance.randint(1, len(damaged))] if chance.random() < 0.2 else damaged), "it")
        except FormRefused:
            refused += 1
    assert refused  # and whatever else came of it would have been raised


def test_the_text_of_a_document_from_word_on_the_web_stands_under_another_name(appendix_3: Form) -> None:
    _, content = appendix_3
    elsewhere = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(elsewhere, "w") as after:
        for name in before.namelist():
            moved = name.replace("word/document.xml", "word/document2.xml")
            after.writestr(
                moved.replace("_rels/document.xml", "_rels/document2.xml"),
                before.read(name).replace(b"word/document.xml", b"word/document2.xml"),
            )

    opened, usual = open_docx(elsewhere.getvalue(), "the returned form"), open_docx(content, "the returned form")

    assert opened.parts == usual.parts
