"""Files that `escalate receive` refuses: each with its own sentence, in bounded time, and nothing written."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.kept import entries, facts, the_fact
from tests.cli.returned import MAIN, came_back, sent_out
from tests.running import run

NAME = "Rowan Testcase"
AS_DOCX = "ask for the form as an ordinary Word document (.docx), or save it as one"
OR_BY_HAND = "; or type in what it says, beside the file: escalate receive FILE --hand"


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def with_part(path: Path, name: str, content: bytes) -> bytes:
    """Return the document with one more part, or with another in its place."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return stream.getvalue()


def hostile(path: Path) -> dict[str, tuple[bytes, str]]:
    """Return files by what they are, each with what is said of it."""
    good = path.read_bytes()
    body = zipfile.ZipFile(path).read(MAIN)
    entity = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body.split(b"?>", 1)[1]
    span = body.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="100000000"/>', 1)
    deep = body.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 600 + b"</w:p>" * 600, 1)
    return {
        "0 bytes": (b"", "the file is empty"),
        "a PDF": (b"%PDF-1.7\n", "is a PDF, whose fields cannot be read"),
        "an old .doc": (b"\xd0\xcf\x11\xe0" * 100, "is an old Word document (.doc) or one locked with a password"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "is not a Word document"),
        "cut off": (good[: len(good) // 2], "the file is damaged and cannot be read"),
        "a plain zip": (zipped(**{"a.txt": "a"}), "is a zip file, but not a Word document"),
        "a macro": (with_part(path, "word/vbaProject.bin", b"x"), "holds a macro or an embedded program"),
        "a bomb": (
            with_part(path, "word/media/image1.png", b"\0" * 50_000_000),
            "would unpack to far more than a form holds",
        ),
        "an external entity": (
            with_part(path, MAIN, entity),
            "holds a document type declaration, which no Word document has",
        ),
        "a huge span": (with_part(path, MAIN, span), "has a table cell over more than 64 columns"),
        "nested deeply": (with_part(path, MAIN, deep), "the file is damaged and cannot be read"),
        "a name outside": (with_part(path, "../outside.xml", b"<a/>"), "has a part whose name points outside"),
    }


KINDS = (
    "0 bytes",
    "a PDF",
    "an old .doc",
    "a picture",
    "cut off",
    "a plain zip",
    "a macro",
    "a bomb",
    "an external entity",
    "a huge span",
    "nested deeply",
    "a name outside",
)


@pytest.mark.parametrize("kind", KINDS)
def test_cannot_receive_a_hostile_file(home: Path, tmp_path: Path, kind: str) -> None:
    _, path = sent_out(home)
    content, said = hostile(path)[kind]
    file = tmp_path / f"{NAME}.docx"
    file.write_bytes(content)
    before = entries(home), (home / "escalate.db").read_bytes()

    done = run(home, "receive", str(file), "--accept")

    assert (done.code, done.out) == (8, "")
    assert done.err.startswith(f"error: the file {said.removeprefix('the file ')}")
    assert done.err.endswith("Nothing was recorded.\n")
    assert NAME not in done.err
    assert (entries(home), (home / "escalate.db").read_bytes()) == before


SAVE_IT = "save it as a Word document (.docx) in LibreOffice or Word, and receive that"
ASK_FOR_IT = "ask for the form as a Word document (.docx)"
ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("parts", "said", "remedy"),
    [
        ({"mimetype": f"{ODF}text"}, "is an OpenDocument text (.odt), and not a Word document", SAVE_IT),
        ({"mimetype": f"{ODF}spreadsheet"}, "is an OpenDocument spreadsheet (.ods)", ASK_FOR_IT),
        ({"mimetype": f"{ODF}presentation"}, "is an OpenDocument presentation (.odp)", ASK_FOR_IT),
        ({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}, "is an Excel workbook (.xlsx)", ASK_FOR_IT),
        ({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}, "is a PowerPoint file (.pptx)", ASK_FOR_IT),
    ],
)
def test_cannot_receive_another_office_document_and_it_is_called_what_it_is(
    home: Path, tmp_path: Path, parts: dict[str, str], said: str, remedy: str
) -> None:
    sent_out(home)
    file = tmp_path / f"{NAME}.docx"
    file.write_bytes(zipped(**parts))
    before = entries(home)

    assert run(home, "receive", str(file), "--accept") == (
        8,
        "",
        f"error: the file {said.removeprefix('the file ')}\n    {remedy}{OR_BY_HAND}\nNothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_receive_an_opendocument_text_with_a_word_document_s_macro_in_it(home: Path, tmp_path: Path) -> None:
    sent_out(home)
    file = tmp_path / "a.docx"
    file.write_bytes(zipped(**{"mimetype": f"{ODF}text", "word/vbaProject.bin": "x"}))

    done = run(home, "receive", str(file), "--accept")

    assert (done.code, done.err.splitlines()[0]) == (8, "error: the file holds a macro or an embedded program")


def test_cannot_receive_a_file_of_a_gigabyte_and_does_not_read_it(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.docx"
    with file.open("wb") as opened:
        opened.truncate(1024**3)

    assert run(home, "receive", str(file), "--accept") == (
        8,
        "",
        "error: the file is larger than 20 MB\n    take large pictures out of it\nNothing was recorded.\n",
    )


def test_cannot_receive_a_file_that_is_not_there(home: Path, tmp_path: Path) -> None:
    assert run(home, "receive", str(tmp_path / f"{NAME}.docx")) == (
        4,
        "",
        "error: there is no such file\n    check how its name is written\nNothing was recorded.\n",
    )


def test_cannot_receive_a_folder_without_forms(home: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()

    assert run(home, "receive", str(tmp_path / "inbox")) == (
        4,
        "",
        "error: the folder: there is no Word document in it\n"
        "    name a folder with forms, or a file\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders")
def test_cannot_receive_a_pipe_and_does_not_wait_for_it(home: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")

    done = run(home, "receive", str(tmp_path / "pipe.docx"))

    assert (done.code, done.err.splitlines()[0]) == (8, "error: the file is not an ordinary file")


def test_a_word_document_that_is_no_form_says_what_to_do(home: Path, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Dear colleague, thank you for your message.")
    document.save(str(tmp_path / "letter.docx"))

    assert run(home, "receive", str(tmp_path / "letter.docx"), "--accept") == (
        8,
        "",
        "error: the file is a Word document, and none of the forms that are known here\n"
        "    if it is one all the same: escalate receive FILE --form NAME; their names: escalate form list\n"
        "Nothing was recorded.\n",
    )


def test_a_refused_file_stops_no_other_and_is_said_at_the_end(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    inbox = tmp_path / "inbox"
    came_back(path, inbox / "2.docx", oversight="Seen.")
    (inbox / "1.docx").write_bytes(b"")
    (inbox / "3.docx").write_bytes(b"%PDF")
    (inbox / "scan.pdf").write_bytes(b"%PDF")

    done = run(home, "receive", str(inbox), "--accept")

    assert done.code == 8
    assert "No Word documents, and not looked at here; each can be typed in, with --hand:\n  scan.pdf\n" in done.out
    assert done.err.endswith(
        "error: 2 of 3 files were refused\n"
        "file 1 of 3: the file is empty\n"
        f"    {AS_DOCX}\n"
        "file 3 of 3: is a PDF, whose fields cannot be read\n"
        f"    {AS_DOCX}{OR_BY_HAND}\n"
        "1 recorded, 2 refused: file 1, 3.\n"
    )
    assert the_fact(home, case.reference, "form received").taken == {"oversight": "Seen."}


def test_what_several_files_say_comes_as_one_answer_in_json(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    first = came_back(path, tmp_path / "a.docx", oversight="Seen.")
    (tmp_path / "b.docx").write_bytes(b"")

    done = run(home, "receive", str(first), str(tmp_path / "b.docx"), "--json")

    told = done.data["files"]
    assert done.code == 8
    assert [one["outcome"] for one in told] == ["read", "refused"]
    assert told[1]["error"]["what"] == "file 2 of 2: the file is empty"
    assert facts(home, case.reference, "form received") == []


def test_a_record_that_is_not_set_up_receives_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"")

    done = run(tmp_path / "home", "receive", str(tmp_path / "a.docx"))

    assert done.code == 4
    assert "escalate setup" in done.err
