"""A stamp, the shipped forms, answers for them, and LibreOffice where it is installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from escalate.core.forms.definition import FormDefinition
from escalate.core.forms.issue import Stamp
from escalate.files.forms.loading import load_form
from tests.forms.shipped import FORMS

Form = tuple[FormDefinition, bytes]


@pytest.fixture
def stamp() -> Stamp:
    return Stamp(
        reference="KSCP-2026-0007-Q4TX",
        case_id="case-3f1c",
        issue="issue-7c21",
        anchor="L17-c38e-1b5c-ab80-28dc",
        issued_on=date(2026, 4, 10),
        return_to="FAO the Business Manager. Email: business.manager@invented.example",
    )


@pytest.fixture(scope="session")
def appendix_2() -> Form:
    return load_form("knowsley-appendix-2")


@pytest.fixture(scope="session")
def appendix_3() -> Form:
    return load_form("knowsley-appendix-3")


@pytest.fixture(params=FORMS)
def each_form(request: pytest.FixtureRequest) -> Form:
    """Return each of the shipped forms in turn."""
    return load_form(str(request.param))


@pytest.fixture(scope="session")
def log() -> Form:
    """Return the form that is one table with a row for each child."""
    return load_form("herefordshire-appendix-1")


@pytest.fixture
def with_part() -> Callable[[bytes, str, bytes | None], bytes]:
    """Return a .docx again with one part put in, replaced, or (None) taken out."""

    def change(content: bytes, name: str, part: bytes | None) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {member: archive.read(member) for member in archive.namelist()}
        parts.pop(name, None)
        return zipped(parts if part is None else {**parts, name: part})

    return change


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


@pytest.fixture
def edited() -> Callable[[bytes, str, str], bytes]:
    """Return a .docx with one string of its text's XML replaced by another; the string must be there."""

    def change(content: bytes, old: str, new: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {member: archive.read(member) for member in archive.namelist()}
        xml = parts["word/document.xml"].decode()
        assert old in xml, f"not in the document: {old}"
        return zipped({**parts, "word/document.xml": xml.replace(old, new, 1).encode()})

    return change


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where one LibreOffice after the other keeps its settings: making them anew takes it the longest."""
    return f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"


@pytest.fixture
def through_libreoffice(tmp_path: Path, office_profile: str) -> Callable[[bytes, str], bytes]:
    """Return a .docx as LibreOffice writes it again, by way of another format where one is named."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed, and in CI nothing is skipped")
        pytest.skip("LibreOffice is not installed: what it does to a form was not tried")

    def convert(source: Path, target: str) -> Path:
        out = tmp_path / f"as-{target}"
        command = [soffice, office_profile, "--headless", "--convert-to", target, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return out / f"{source.stem}.{target}"

    def save(content: bytes, by_way_of: str) -> bytes:
        source = tmp_path / "form.docx"
        source.write_bytes(content)
        if by_way_of != "docx":
            source = convert(source, by_way_of)
        return convert(source, "docx").read_bytes()

    return save
