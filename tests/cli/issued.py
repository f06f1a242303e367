"""Cases at a stage that asks for a form, and forms that were issued, read back."""

from __future__ import annotations

from pathlib import Path

from escalate.core import events as e
from escalate.files.docx_reader import read_form
from escalate.files.form_files import load_form
from tests.builders import Built, a_case, entered, told

SECOND = e.PartyNamed(party="child-2", sort="child", name="Ash Testcase")


def answers_in(path: Path, form: str = "knowsley-appendix-2") -> dict[str, str]:
    """Return what a written form says, field by field, as it is read back."""
    definition, _ = load_form(form)
    return {name: reading.value for name, reading in read_form(definition, path.read_bytes(), path.name).fields.items()}


def at_stage(home: Path, stage: str, **more: object) -> Built:
    return a_case(home, told("2026-04-02"), entered(stage, "2026-04-10"), **more)
