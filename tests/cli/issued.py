"""Cases at a stage that asks for a form, and forms that were issued, read back."""

from __future__ import annotations

import zipfile
from pathlib import Path

from escalate.core import events as e
from escalate.files.docx.reader import read_form
from escalate.files.forms.loading import load_form
from tests.builders import Built, Happened, a_case, entered, told

SECOND = e.PartyNamed(party="child-2", sort="child", name="Ash Testcase")


def answers_in(path: Path, form: str = "knowsley-appendix-2") -> dict[str, str]:
    """Return what a written form says, field by field, as it is read back."""
    definition, _ = load_form(form)
    return {name: reading.value for name, reading in read_form(definition, path.read_bytes(), path.name).fields.items()}


def at_stage(home: Path, stage: str, **more: object) -> Built:
    return a_case(home, told("2026-04-02"), entered(stage, "2026-04-10"), **more)


def in_croydon(home: Path, *happened: Happened, number: int = 1, **more: object) -> Built:
    """A case under Croydon's policy at stage 3, where its form is owed; then `happened`."""
    climbed = (told("2026-04-01"), entered("2", "2026-04-02"), entered("3", "2026-04-07"))
    return a_case(home, *climbed, *happened, number=number, policy="croydon-2024-05", **more)


def in_herefordshire(home: Path, *happened: Happened, number: int = 1, **more: object) -> Built:
    """A case under Herefordshire's policy at stage 2, where Appendix 2 is owed; then `happened`."""
    climbed = (told("2026-04-01"), entered("1", "2026-04-02", left="informal"), entered("2", "2026-04-09"))
    return a_case(home, *climbed, *happened, number=number, policy="herefordshire-undated", **more)


def parts_of(path: Path) -> str:
    """Return everything that a Word file holds, its properties included, as one text."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
