"""LibreOffice, where it is installed: makes a PDF of a Word document, tagged so that screen readers can read it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from escalate.errors import EscalateError

LONGEST = 120.0
"""How many seconds one form may take, the start of LibreOffice included."""
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"}}'
)
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def libreoffice() -> str | None:
    """Return where LibreOffice is on this computer, or None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _ELSEWHERE if Path(place).is_file()), None)


def to_pdf(document: Path, pdf: Path, longest: float = LONGEST) -> None:
    """Write a Word document as a PDF, readable by its owner only, under a name that no file has yet.

    LibreOffice runs unseen, with a profile of its own that is thrown away, so that an open one is not disturbed.

    Args:
        longest: how many seconds it may take.
    Raises:
        EscalateError: it is not installed, it failed or took too long, or the PDF could not be written.
    """
    program = libreoffice()
    if program is None:
        raise EscalateError(
            "no PDF was made: LibreOffice is not installed on this computer",
            remedy="save it as PDF from Word, or install LibreOffice and issue the form anew with --pdf",
        )
    with tempfile.TemporaryDirectory(prefix="escalate-", ignore_cleanup_errors=True) as folder:
        made = _converted(program, document, Path(folder), longest)
        try:
            with open(pdf, "xb", opener=_owner_only) as file:
                file.write(made.read_bytes())
        except OSError as error:
            raise EscalateError(f"no PDF was made: {pdf.name}: {error.strerror}") from error


def _converted(program: str, document: Path, folder: Path, longest: float) -> Path:
    # The document's own name goes nowhere: LibreOffice keeps a list of the files it opened.
    copy, made = folder / "form.docx", folder / "form.pdf"
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", _FILTER),
        *("--outdir", str(folder), str(copy)),
    ]
    try:
        shutil.copyfile(document, copy)
        _run(command, longest)
    except subprocess.TimeoutExpired:
        raise EscalateError(
            f"no PDF was made: LibreOffice was not done after {longest:.0f} seconds",
            remedy="save it as PDF from Word or LibreOffice",
        ) from None
    except OSError as error:
        raise EscalateError(f"no PDF was made: LibreOffice did not start: {error.strerror}") from error
    if not made.is_file() or not made.stat().st_size:
        raise EscalateError(
            "no PDF was made: LibreOffice could not convert the form", remedy="save it as PDF from Word or LibreOffice"
        )
    return made


def _run(command: list[str], longest: float) -> None:
    """Run LibreOffice and wait for it; whatever it started ends with it.

    Raises:
        subprocess.TimeoutExpired: it took too long.
    """
    # It starts another process that does the work, and which would outlive it.
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True) as process:
        try:
            process.wait(longest)
        except BaseException:
            _end(process.pid)
            process.kill()
            raise


def _end(process: int) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process)], capture_output=True, check=False)
        else:
            os.killpg(process, signal.SIGKILL)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
