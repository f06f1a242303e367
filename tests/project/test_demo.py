"""The demo: the main job from beginning to end, in a folder that is nobody else's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from escalate.files.docx.reader import read_form
from escalate.files.forms.loading import load_form
from scripts import demo


def run_demo(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, demo.__file__, *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def said(folder: Path) -> str:
    """What the demo prints into an empty folder."""
    ran = run_demo(str(folder))
    assert ran.returncode == 0, ran.stderr
    said = {line for line in ran.stderr.splitlines() if not line.startswith("Pretending it is 2026-")}
    assert said == {"Names in your words stand as initials in it."}
    return ran.stdout


def answers(folder: Path, form: str) -> dict[str, str | None]:
    (path,) = (folder / demo.FORMS).glob(f"*-{form}-*.docx")
    definition, _ = load_form(form)
    read = read_form(definition, path.read_bytes(), path.name)
    return {name: field.by_tag for name, field in read.fields.items()}


def test_the_demo_goes_from_setup_over_three_stages_to_verify(said: str) -> None:
    typed = re.findall(r"^\$ escalate (\w+)", said, flags=re.MULTILINE)

    assert typed[:4] == ["setup", "raise", "due", "why"]
    assert typed.count("advance") == 2
    assert typed[-1] == "verify"
    assert "The record is as it was written: " in said
    assert "The anchor fits: " in said


def test_the_demo_counts_over_easter(said: str) -> None:
    assert "    Fri 3 Apr 2026   not counted: Good Friday\n" in said
    assert "    Mon 6 Apr 2026   not counted: Easter Monday\n" in said
    assert "    Fri 10 Apr 2026  day 5\n" in said


def test_the_demo_can_be_read_on_eighty_columns(said: str, folder: Path) -> None:
    assert [line for line in said.splitlines() if len(line) > 80 and str(folder) not in line] == []


def test_the_demo_leaves_the_record_both_forms_and_the_texts(said: str, folder: Path) -> None:
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    assert "record/escalate.db" in left
    assert len([path for path in left if path.startswith("forms/")]) == 2
    assert {path for path in left if path.startswith("texts/")} == {
        "texts/confirmation.txt",
        "texts/follow-up.txt",
        "texts/for-the-childs-file.txt",
    }
    ending = said[said.rindex("What lies in") :]
    assert [path for path in left if path.startswith(("forms/", "texts/")) and path not in ending] == []


def test_in_the_demo_appendix_2_names_the_child_and_appendix_3_does_not(said: str, folder: Path) -> None:
    assert answers(folder, "knowsley-appendix-2")["child_name"] == "Kit Example"
    assert "Kit" not in str(answers(folder, "knowsley-appendix-3"))


def test_the_demo_begins_anew_where_a_demo_lies(folder: Path, said: str) -> None:
    (folder / "record" / "left over.txt").write_text("from an earlier demo", encoding="utf-8")

    demo.make_fresh(folder)

    assert not (folder / "record" / "left over.txt").exists()
    assert not (folder / "record" / "escalate.db").exists()
    assert (folder / "answers" / "raise.toml").is_file()


def test_cannot_make_a_demo_where_something_else_lies(tmp_path: Path) -> None:
    kept = tmp_path / "somebody's.txt"
    kept.write_text("kept", encoding="utf-8")

    ran = run_demo(str(tmp_path))

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"error: {tmp_path}: holds something that no demo left there; name another folder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["somebody's.txt"]


def test_cannot_make_a_demo_through_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    demo.make_fresh(real)
    link = tmp_path / "link"
    link.symlink_to(real, target_is_directory=True)

    with pytest.raises(FileExistsError):
        demo.make_fresh(link)

    assert (real / demo.MARK).is_file()


def test_cannot_make_a_demo_nowhere() -> None:
    ran = run_demo()

    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "usage: python scripts/demo.py FOLDER\n")
