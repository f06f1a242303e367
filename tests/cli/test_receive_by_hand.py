"""What only a person can read, a PDF or a scan: typed in, with the file kept beside it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.cli.issued import answers_in, at_stage
from tests.cli.kept import drafts, entries, is_sound, the_fact
from tests.cli.returned import issued
from tests.cli.typist import Typist
from tests.running import run

PDF = b"%PDF-1.7\n% a scan of a form\n"
TYPED = """\
case = "{reference}"
form = "knowsley-appendix-2"
said_child_name = "R.T."
said_options_considered = "A joint visit.\\nA review."
said_discussed_on = "9 April 2026"
came_on = 2026-04-10
from_whom = "Jo Manager"
how = "as proposed"
"""


def typed_in(home: Path, tmp_path: Path, content: bytes, answers: str, name: str = "scan.pdf") -> tuple[int, str, str]:
    file, said = tmp_path / name, tmp_path / "answers.toml"
    file.write_bytes(content)
    said.write_text(answers, encoding="utf-8")
    return run(home, "receive", str(file), "--hand", "--from", str(said))


def test_a_scan_is_typed_in_from_a_file_of_answers_and_kept(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")

    code, _, err = typed_in(home, tmp_path, PDF, TYPED.format(reference=case.reference))

    assert (code, err) == (0, "")
    assert the_fact(home, case.reference, "form received") == e.FormReceived(
        form="knowsley-appendix-2",
        form_version=1,
        issue="",
        stage="3",
        child="child-1",
        digest=hashlib.sha256(PDF).hexdigest(),
        identified_by="answered",
        how="typed in by hand",
        from_whom="Jo Manager",
        read={
            "child_name": "R.T.",
            "options_considered": "A joint visit.\nA review.",
            "discussed_on": "9 April 2026",
        },
        taken={"options_considered": "A joint visit.\nA review.", "discussed_on": "9 April 2026"},
        beside={"options_considered": "", "discussed_on": ""},
    )
    assert is_sound(home)
    assert answers_in(issued(home, case))["discussed_on"] == "9 April 2026"
    out = tmp_path / "out"
    run(home, "receive", "--kept", f"{case.reference}:10", "--out", str(out))
    assert (out / f"{case.reference}-received-10.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\x89PNG\r\n\x1a\n-", ".png"),
        (b"\xff\xd8\xff-", ".jpg"),
        (b"From: a@b.example\r\nSubject: form\r\n\r\n", ".eml"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100 + "__substg1.0_".encode("utf-16-le"), ".msg"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, ".doc"),
        (b"something else", ".bin"),
    ],
)
def test_a_kept_file_is_named_by_what_it_holds(home: Path, tmp_path: Path, content: bytes, ending: str) -> None:
    case = at_stage(home, "3")

    typed_in(home, tmp_path, content, TYPED.format(reference=case.reference), "as it was called.xyz")
    run(home, "receive", "--kept", f"{case.reference}:10", "--out", str(tmp_path / "out"))

    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{case.reference}-received-10{ending}"]


def test_cannot_type_in_where_there_is_nobody_to_ask(home: Path, tmp_path: Path) -> None:
    at_stage(home, "3")
    (tmp_path / "scan.pdf").write_bytes(PDF)
    before = entries(home)

    assert run(home, "receive", str(tmp_path / "scan.pdf"), "--hand") == (
        2,
        "",
        "error: nobody can be asked what it says\n"
        "    write it in a file: --hand --from answers.toml\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


@pytest.mark.parametrize(("option", "name"), [("--accept", "accept"), ("--log", "log")])
def test_cannot_accept_what_nobody_has_typed_in(home: Path, tmp_path: Path, option: str, name: str) -> None:
    at_stage(home, "3")
    (tmp_path / "scan.pdf").write_bytes(PDF)
    before = entries(home)

    assert run(home, "receive", str(tmp_path / "scan.pdf"), "--hand", option) == (
        2,
        "",
        f"error: escalate receive: with --hand there is nothing yet for --{name} to take\n"
        "    type in what it says, at a terminal; or give it: --hand --from answers.toml\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_cannot_record_a_form_of_which_no_field_was_typed_in(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    before = entries(home)
    answers = f'case = "{case.reference}"\nform = "knowsley-appendix-2"\ncame_on = 2026-04-10\n'

    assert typed_in(home, tmp_path, PDF, answers) == (
        2,
        "",
        "error: the answers say what stands in none of its fields\n"
        '    write the words of at least one, such as: said_escalated_on = "…"\n'
        "    its fields are listed by: escalate form show knowsley-appendix-2\n"
        "    to keep the file with the case all the same: empty = true\n"
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_a_scan_is_kept_without_its_words_where_that_is_said(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    answers = f'case = "{case.reference}"\nform = "knowsley-appendix-2"\nempty = true\ncame_on = 2026-04-10\n'

    code, _, err = typed_in(home, tmp_path, PDF, answers)

    received = the_fact(home, case.reference, "form received")
    assert (code, err, dict(received.read)) == (0, "", {})
    assert received.digest == hashlib.sha256(PDF).hexdigest()


def test_a_scan_of_which_nothing_is_typed_in_is_left_aside(home: Path, tmp_path: Path, plain_typist: Typist) -> None:
    case = at_stage(home, "3")
    (tmp_path / "scan.pdf").write_bytes(PDF)
    before = entries(home)

    sitting = plain_typist.types(
        "receive", str(tmp_path / "scan.pdf"), "--hand", "--form", "appendix-2", "--case", case.reference
    )
    sitting.enter_until("Nothing was typed in. Keep the file with the case all the same?")
    sitting.answer("", "")
    sitting.confirm()
    sitting.expect("Left aside: nothing was recorded of it.")

    assert (sitting.ends(), entries(home), drafts(home)) == (0, before, [])


def an_opendocument(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in {"content.xml": "<a/>", **parts}.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_an_opendocument_text_is_typed_in_and_kept_as_one(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    odt = an_opendocument()

    code, _, err = typed_in(home, tmp_path, odt, TYPED.format(reference=case.reference), "form.odt")
    run(home, "receive", "--kept", f"{case.reference}:10", "--out", str(tmp_path / "out"))

    assert (code, err) == (0, "")
    (kept,) = (tmp_path / "out").iterdir()
    assert (kept.name, kept.read_bytes()) == (f"{case.reference}-received-10.odt", odt)


@pytest.mark.parametrize("name", ["Basic/Standard/Module1.xml", "Scripts/python/evil.py", "xl/vbaProject.bin"])
def test_cannot_keep_another_document_with_a_macro_by_hand(home: Path, tmp_path: Path, name: str) -> None:
    case = at_stage(home, "3")
    before = entries(home)

    code, _, err = typed_in(
        home, tmp_path, an_opendocument(**{name: "x"}), TYPED.format(reference=case.reference), "form.odt"
    )

    assert (code, err.splitlines()[0]) == (8, "error: the file holds a macro or an embedded program")
    assert entries(home) == before


def test_cannot_type_in_a_choice_that_the_form_does_not_have(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")

    code, _, err = typed_in(home, tmp_path, PDF, TYPED.format(reference=case.reference) + 'said_stage = "7"\n')

    assert (code, err) == (
        2,
        "error: answers.toml: 1 answer is missing or cannot be used\n"
        'answers.toml:9: "said_stage": that is not one of the answers to choose from\n'
        '    one of: 2, 3, 4; or "not known yet"\n'
        "Nothing was recorded.\n",
    )


def test_cannot_keep_a_word_document_with_a_macro_by_hand(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    file = tmp_path / "form.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/vbaProject.bin", "x")

    code, _, err = typed_in(home, tmp_path, file.read_bytes(), TYPED.format(reference=case.reference), "form.docx")

    assert (code, err.splitlines()[0]) == (8, "error: the file holds a macro or an embedded program")


def test_every_answer_that_is_wrong_is_said_at_once(home: Path, tmp_path: Path) -> None:
    at_stage(home, "3")
    before = entries(home)

    code, out, err = typed_in(
        home, tmp_path, PDF, 'case = "KSCP-2026-0099-Q4TX"\nform = "no such form"\ncame_on = 2026-04-10\n'
    )

    assert (code, out, entries(home)) == (2, "", before)
    assert 'answers.toml:1: "case": no case has this reference\n' in err
    assert 'answers.toml:2: "form": that is not one of the answers to choose from\n' in err


def test_a_scan_of_an_unknown_case_opens_a_logged_one(home: Path, tmp_path: Path) -> None:
    answers = """\
form = "knowsley-appendix-3"
log = true
said_completed_on = "9 April 2026"
said_raising_agency = "Invented High School"
said_agencies = "Invented High School\\nInvented Health Visiting Service"
log_raising = "Invented High School"
log_receiving = "Invented Health Visiting Service"
log_theme = "Visits not made"
log_stage = "2"
log_concern_on = 2026-04-01
log_stage_on = 2026-04-08
log_concern = "Visits were not made."
came_on = 2026-04-10
"""

    code, _, err = typed_in(home, tmp_path, PDF, answers)

    assert (code, err) == (0, "")
    (row,) = run(home, "list", "--json").data["cases"]
    raised = the_fact(home, row["reference"], "concern raised")
    assert (raised.our_side, raised.about_theme, raised.children) == ("partnership", "Visits not made", ())
    assert raised.decision_received_on == date(2026, 4, 1)


def test_a_damaged_word_document_is_typed_in_and_kept_as_it_came(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    damaged = b"PK\x03\x04" + b"cut off" * 9
    (tmp_path / "form.docx").write_bytes(damaged)
    refused = run(home, "receive", str(tmp_path / "form.docx"), "--accept")

    code, _, err = typed_in(home, tmp_path, damaged, TYPED.format(reference=case.reference), "form.docx")

    assert "or type in what it says, beside the file: escalate receive FILE --hand" in refused.err
    assert (code, err) == (0, "")
    assert the_fact(home, case.reference, "form received").digest == hashlib.sha256(damaged).hexdigest()


def test_cannot_keep_a_damaged_document_that_names_a_macro_by_hand(home: Path, tmp_path: Path) -> None:
    case = at_stage(home, "3")
    damaged = b"PK\x03\x04 word/vbaProject.bin"

    code, _, err = typed_in(home, tmp_path, damaged, TYPED.format(reference=case.reference), "form.docx")

    assert (code, "is damaged and cannot be read" in err) == (8, True)
