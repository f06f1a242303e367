from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms import blanks
from tests.running import at_terminal, run

LABELS = "Date\nAgency Raising Concern\nReason for escalation\nLessons Learnt\n"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A blank form beside the list of some of its labels."""
    (tmp_path / "labels.txt").write_text(LABELS, encoding="utf-8")
    path = tmp_path / "Exampleshire Form 2026.docx"
    path.write_bytes(blanks.two_columns())
    return path


def new(blank: Path, *words: str) -> tuple[str, ...]:
    return ("form", "new", str(blank), "--labels", str(blank.with_name("labels.txt")), *words)


def test_a_form_is_made_kept_among_ones_own_checked_and_can_then_be_shown(blank: Path, tmp_path: Path) -> None:
    before = blank.read_bytes()

    ran = run(tmp_path, *new(blank))

    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == f"""\
Written: exampleshire-form-2026.toml and exampleshire-form-2026.docx
  Folder: {tmp_path / "templates"}
  No field was made where there is a place to write, for the list does not have them: "Agencies Concerned"; \
"Actions Taken & Outcomes".

label\tanswer in\tkind\tfilled from
Date\ttext, table 1 row 1 cell 2\tdate\tfilled in by hand
Agency Raising Concern\ttext, table 1 row 2 cell 2\ttext\tthe case: the agency that raised it (guessed)
Reason for escalation\ttext, table 1 row 3 cell 2\tlong\tthe case: why it was raised: the decision \
disagreed with, and the disagreement (guessed)
Lessons Learnt\ttext, table 1 row 6 cell 2\tlong\tthe case: the learning identified, one line each (guessed)

To look at
  exampleshire-form-2026.toml:8: its partnership is still "to be noted"
      write in what the form is from
  exampleshire-form-2026.toml:10: its source is still "to be noted"
      write in what the form is from

exampleshire-form-2026.toml: no problems. It was filled with hostile words, long texts and nothing, and read back whole.
Look at what was guessed, then: escalate form check exampleshire-form-2026
It is issued once a [[form]] of your policy names it (form = "exampleshire-form-2026").
"""
    )
    assert blank.read_bytes() == before
    assert run(tmp_path, "form", "show", "exampleshire-form-2026").code == 0
    assert run(tmp_path, "form", "check", "exampleshire-form-2026").code == 0


def test_a_form_is_written_elsewhere_and_under_another_name(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "new folder"

    assert run(tmp_path, *new(blank, "--out", str(out), "--id", "ours")).code == 0

    assert sorted(path.name for path in out.iterdir()) == ["ours.docx", "ours.toml"]
    assert not (tmp_path / "templates").exists()


def test_what_was_made_is_there_as_json(blank: Path, tmp_path: Path) -> None:
    data = run(tmp_path, *new(blank, "--id", "ours", "--json")).data

    assert (data["id"], data["problems"]) == ("ours", 0)
    assert [(x["id"], x["where"], x["guessed"]) for x in data["fields"]] == [
        ("date", "text, table 1 row 1 cell 2", False),
        ("agency_raising_concern", "text, table 1 row 2 cell 2", True),
        ("reason_for_escalation", "text, table 1 row 3 cell 2", True),
        ("lessons_learnt", "text, table 1 row 6 cell 2", True),
    ]


def test_a_table_with_a_row_for_each_action_is_made_and_shown(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("Name of child\nDecision\nAction\nWho\nBy when\n", encoding="utf-8")
    path = tmp_path / "blank.docx"
    path.write_bytes(blanks.with_rows())

    ran = run(tmp_path, *new(path, "--id", "ours"))

    assert (ran.code, ran.err) == (0, "")
    assert "Action\ttext, table 2 row 3 cell 1\tlong\tthe case: what is to be done (guessed)\n" in ran.out
    assert "Table, one row for each agreed action:" in run(tmp_path, "form", "show", "ours").out
    assert (
        (tmp_path / "templates" / "ours.toml")
        .read_text(encoding="utf-8")
        .endswith(
            """
[[table]]
id           = "actions_table"
rows_of      = "actions"  # a row for each; or: children, actions, people
rows         = 3  # of the blank form
after        = "decision"

[[table.column]]
id           = "what"
label        = "Action"
kind         = "long"
fills        = "action.what"  # guessed from the label: look at it

[[table.column]]
id           = "owner"
label        = "Who"
kind         = "person"
fills        = "action.owner"  # guessed from the label: look at it

[[table.column]]
id           = "by_on"
label        = "By when"
kind         = "date"
fills        = "action.by_on"  # guessed from the label: look at it
"""
        )
    )


def test_a_form_is_made_at_a_terminal(blank: Path, tmp_path: Path) -> None:
    assert at_terminal(tmp_path, *new(blank, "--id", "ours")).code == 0


def test_cannot_make_a_form_over_another_and_nothing_is_changed(blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "ours.docx").write_bytes(b"theirs")

    ran = run(tmp_path, *new(blank, "--out", str(out), "--id", "ours"))

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: ours.docx: there is such a file already, and it is left as it is\n")
    assert [(path.name, path.read_bytes()) for path in out.iterdir()] == [("ours.docx", b"theirs")]


def test_cannot_make_a_form_of_labels_that_are_not_found_and_nothing_is_written(blank: Path, tmp_path: Path) -> None:
    blank.with_name("labels.txt").write_text("Date\nLesson Learned\n", encoding="utf-8")

    ran = run(tmp_path, *new(blank))

    assert (ran.code, ran.out) == (8, "")
    assert ran.err == (
        "error: Exampleshire Form 2026.docx: not every label is in it once\n"
        'labels.txt:2: the label "Lesson Learned" is not in the blank form\n'
        '    near it are: "Lessons Learnt" (text, table 1 row 6 cell 1)\n'
    )
    assert not (tmp_path / "templates").exists()


def test_cannot_make_a_form_of_what_is_no_word_document(blank: Path, tmp_path: Path) -> None:
    blank.write_bytes(b"%PDF-1.7")

    ran = run(tmp_path, *new(blank))

    assert (ran.code, ran.out) == (8, "")
    assert "is a PDF" in ran.err


def test_cannot_make_a_form_of_labels_that_are_not_text(blank: Path, tmp_path: Path) -> None:
    blank.with_name("labels.txt").write_bytes(b"Caf\xe9\n")

    ran = run(tmp_path, *new(blank))

    assert (ran.code, ran.err) == (
        8,
        "error: labels.txt: is not text in UTF-8\n    save it from a plain text editor as UTF-8\n",
    )


@pytest.mark.parametrize("name", ["../ours", "Ours", "1st", "o" * 61, "-x"])
def test_cannot_make_a_form_under_a_name_that_is_no_file_name(blank: Path, tmp_path: Path, name: str) -> None:
    assert run(tmp_path, *new(blank, f"--id={name}")).code == 2


def test_cannot_make_a_form_without_labels_or_of_a_blank_that_is_not_there(blank: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "form", "new", str(blank)).code == 2
    assert run(tmp_path, *new(blank.with_name("gone.docx"))).code == 4
