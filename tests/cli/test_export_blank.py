"""`escalate export --blank` and `--pdf`: the empty form to look at, and a PDF where LibreOffice is installed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from escalate.core.forms.definition import NOT_OFFICIAL
from escalate.files.forms.loading import form_names
from escalate.files.libreoffice import libreoffice
from tests.builders import Built
from tests.cli.issued import answers_in, at_stage, parts_of
from tests.cli.kept import entries, facts
from tests.running import run

needs_libreoffice = pytest.mark.skipif(
    libreoffice() is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
)
NO_PROGRAM = pytest.mark.skipif(os.name == "nt", reason="a program is made of a shell script")


def test_the_blank_forms_of_a_cases_policy_say_nothing_of_it_and_nothing_is_recorded(home: Path, case: Built) -> None:
    before = entries(home)

    done = run(home, "export", case.reference, "--blank")

    folder = home / "blank"
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Blank form: KSCP Escalation Template, of no case; nothing was recorded\n"
        f"  File: {folder / 'knowsley-appendix-2-blank.docx'}\n"
        "Blank form: KSCP Governance Process for Escalation, of no case; nothing was recorded\n"
        f"  File: {folder / 'knowsley-appendix-3-blank.docx'}\n"
    )
    assert entries(home) == before
    for form in ("knowsley-appendix-2", "knowsley-appendix-3"):
        path = folder / f"{form}-blank.docx"
        assert set(answers_in(path, form).values()) == {""}
        whole = parts_of(path)
        assert [words for words in (case.reference, case.stream, "Testcase") if words in whole] == []
        assert "Ref: blank form" in whole
        assert "Ian.mulcahey@knowsley.gov.uk" in whole


@pytest.mark.parametrize("form", [name for name in form_names() if name != "messages"])
def test_every_form_is_to_be_had_blank_without_any_record(tmp_path: Path, form: str) -> None:
    done = run(tmp_path / "new", "export", "--blank", "--form", form, "--out", str(tmp_path / "out"))

    path = tmp_path / "out" / f"{form}-blank.docx"
    assert (done.code, done.err) == (0, "")
    assert set(answers_in(path, form).values()) == {""}
    assert (NOT_OFFICIAL in done.out) == (NOT_OFFICIAL.replace("'", "&#39;") in parts_of(path).replace("'", "&#39;"))
    assert not (tmp_path / "new" / "escalate.db").exists()


def test_a_blank_form_is_never_written_over_another(tmp_path: Path) -> None:
    words = ("export", "--blank", "--form", "knowsley-appendix-3", "--out", str(tmp_path))
    path = tmp_path / "knowsley-appendix-3-blank.docx"

    run(tmp_path, *words)
    run(tmp_path, *words)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    path.write_bytes(b"somebody wrote in it")
    run(tmp_path, *words)

    assert path.read_bytes() == b"somebody wrote in it"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["knowsley-appendix-3-blank-2.docx", path.name]


def test_cannot_have_blank_a_form_that_there_is_not_or_of_which_there_are_two(tmp_path: Path) -> None:
    unknown = run(tmp_path, "export", "--blank", "--form", "appendix-9")
    several = run(tmp_path, "export", "--blank", "--form", "appendix-2")

    assert (unknown.code, unknown.err.splitlines()[0]) == (4, 'error: there is no form "appendix-9"')
    assert (several.code, several.err) == (
        4,
        'error: several forms are called "appendix-2"\n'
        "    say which: herefordshire-appendix-2, knowsley-appendix-2, wirral-appendix-2\n"
        "Nothing was recorded.\n",
    )


@pytest.mark.parametrize("other", ["--all", "--strict"])
def test_cannot_ask_for_a_blank_form_as_if_it_were_issued(home: Path, case: Built, other: str) -> None:
    assert run(home, "export", case.reference, "--blank", other) == (
        2,
        "",
        "error: escalate export: --blank is of no case, so that --all and --strict say nothing of it\n"
        "    the blank forms of a case's policy: escalate export REF --blank\n"
        "Nothing was recorded.\n",
    )


@needs_libreoffice
def test_a_pdf_lies_beside_the_form_tagged_and_for_its_owner_only(home: Path) -> None:
    case = at_stage(home, "3")

    (one,) = run(home, "export", case.reference, "--pdf", "--json").data

    pdf = Path(one["pdf"])
    assert pdf == Path(one["file"]).with_suffix(".pdf")
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo<</Marked true>>" in content.replace(b"/MarkInfo <<", b"/MarkInfo<<")
    assert "Testcase" not in pdf.name
    if os.name != "nt":
        assert stat.S_IMODE(pdf.stat().st_mode) == 0o600


def a_program(folder: Path, script: str) -> None:
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o700)


@NO_PROGRAM
@pytest.mark.parametrize(
    ("script", "why"),
    [
        (None, "LibreOffice is not installed on this computer"),
        ("exit 1", "LibreOffice could not convert the form"),
        ("exit 0", "LibreOffice could not convert the form"),
    ],
)
def test_without_a_pdf_the_form_is_issued_all_the_same_and_it_is_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, why: str
) -> None:
    case = at_stage(home, "3")
    if script is not None:
        a_program(tmp_path / "bin", script)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if libreoffice() is not None and script is None:
        pytest.skip("LibreOffice is installed where it is found without the search path")

    done = run(home, "export", case.reference, "--pdf")

    (fact,) = facts(home, case.reference, "form issued")
    assert done.code == 1
    assert done.out.startswith("Issued: KSCP Escalation Template")
    assert done.err.startswith(f"error: no PDF was made: {why}\n    save it as PDF from Word")
    assert done.err.endswith(f"Issued and recorded, as Word: {fact.file_name}.\n")
    assert [path.name for path in (home / "issued").iterdir()] == [fact.file_name]
