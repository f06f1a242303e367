"""A PDF made by LibreOffice: it never waits for ever, leaves nothing running, and never writes over a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from escalate.errors import EscalateError
from escalate.files.libreoffice import to_pdf

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a program is made of a shell script")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "Rowan Testcase.docx"
    path.write_bytes(b"a form")
    return path


def a_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in LibreOffice's place; its last two arguments are the folder to write to and the document."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")


def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    a_program(tmp_path, monkeypatch, f'sleep 600 & echo $! > "{started}"; wait')

    with pytest.raises(EscalateError) as refused:
        to_pdf(document, tmp_path / "form.pdf", longest=2)

    assert refused.value.what == "no PDF was made: LibreOffice was not done after 2 seconds"
    assert not (tmp_path / "form.pdf").exists()
    assert not is_running(int(started.read_text(encoding="utf-8")))


def is_running(process: int) -> bool:
    """Return whether a process runs; one that ended and that nobody has asked about yet does not."""
    try:
        stated = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stated.rpartition(")")[2].split()[0] != "Z"


def test_the_document_goes_in_without_its_name_and_with_a_profile_of_its_own(
    tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = tmp_path / "heard"
    a_program(tmp_path, monkeypatch, f'printf "%s\\n" "$@" > "{heard}"; cat "${{10}}" > "${{9}}/form.pdf"')

    to_pdf(document, tmp_path / "form.pdf")

    words = heard.read_text(encoding="utf-8").splitlines()
    assert words[0].startswith("-env:UserInstallation=file://")
    assert words[1:6] == ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to"]
    assert words[6].startswith('pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}')
    assert "Testcase" not in "".join(words)
    assert (tmp_path / "form.pdf").read_bytes() == b"a form"
    assert not Path(words[8]).exists()


def test_cannot_write_over_a_file_that_is_there(
    tmp_path: Path, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(tmp_path, monkeypatch, 'echo pdf > "$9/form.pdf"')
    (tmp_path / "form.pdf").write_bytes(b"somebody's own")

    with pytest.raises(EscalateError) as refused:
        to_pdf(document, tmp_path / "form.pdf")

    assert refused.value.what == "no PDF was made: form.pdf: File exists"
    assert (tmp_path / "form.pdf").read_bytes() == b"somebody's own"
