"""What `escalate receive` says of forms that are old, incomplete, or no forms at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import a_home
from tests.cli.issued import SECOND, answers_in, at_stage, in_croydon
from tests.cli.kept import entries, facts, references
from tests.cli.returned import CUSTOM, MAIN, came_back, changed, issued, sent_out, without_identity
from tests.cli.test_receive_logged import logged
from tests.running import run

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("__substg1.0_0037001F", "is an Outlook message"),
        ("WordDocument", "is an old Word document (.doc)"),
        ("Workbook", "is an old Excel workbook (.xls)"),
        ("EncryptedPackage", "is locked with a password"),
        ("Unheard", "is an old Word document (.doc) or one locked with a password"),
    ],
)
def test_an_old_office_file_is_called_what_it_is(home: Path, tmp_path: Path, stream: str, said: str) -> None:
    sent_out(home)
    before = entries(home)
    came = tmp_path / "came.bin"
    came.write_bytes(OLE + stream.encode("utf-16-le"))

    done = run(home, "receive", str(came), "--accept")

    assert (done.code, done.err.splitlines()[0], entries(home)) == (
        8,
        f"error: the file {said}",
        before,
    )
    assert "--hand" in done.err


def test_a_field_that_is_not_on_it_is_said_to_be_missing_and_not_unchanged(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)

    def cut(root: object) -> None:
        for control in list(root.iter()):  # type: ignore[attr-defined]
            if any(words in "".join(control.itertext()) for words in ("By Whom",)) and control.tag.endswith("}tr"):
                control.getparent().remove(control)
                return

    done = run(home, "receive", str(changed(path, tmp_path / "a.docx", {MAIN: cut})), "--accept")

    assert "not found on it.\n" in done.out
    assert "21 fields unchanged." not in done.out


def test_an_older_form_of_a_logged_case_takes_nothing_back_and_is_said_to_be_older(home: Path, tmp_path: Path) -> None:
    partnership = a_home(tmp_path / "partnership")
    case, first = sent_out(home)
    reference = logged(partnership, first, tmp_path)
    case.add((e.StageEntered(stage="4", ground="unresolved", left="3"), date(2026, 4, 10)))
    second = came_back(issued(home, case), tmp_path / "second.docx", options_considered="A joint visit.")
    assert run(partnership, "receive", str(second), "--accept", today="2026-04-13").code == 0
    late = came_back(first, tmp_path / "late.docx", options_considered="No visit.")

    done = run(partnership, "receive", str(late), "--accept", today="2026-04-14")

    received = facts(partnership, reference, "form received")
    assert (done.code, done.err, references(partnership)) == (0, "", [reference])
    assert "Look: a newer one came in, entry " in done.out
    assert "It is left as it is here, because a newer one came in.\n" in done.out
    assert (dict(received[-1].taken), received[-1].read["options_considered"]) == ({}, "No visit.")


def test_an_issue_than_which_a_newer_one_went_out_is_said_to_be_older(home: Path, tmp_path: Path) -> None:
    case, first = sent_out(home)
    issued(home, case)

    (one,) = run(home, "receive", str(came_back(first, tmp_path / "a.docx", oversight="Seen.")), "--json").data["files"]

    newest = facts(home, case.reference, "form issued")[-1].issue
    assert one["belongs_to"]["newer"] == f"a newer issue of it, {newest}, went out on 10 April 2026"


def test_words_for_a_date_of_birth_are_no_other_child_s(home: Path, tmp_path: Path) -> None:
    _, path = sent_out(home)

    (one,) = run(
        home, "receive", str(came_back(path, tmp_path / "a.docx", child_born_on="about seven")), "--json"
    ).data["files"]

    assert one["belongs_to"]["doubts"] == []


def test_show_names_the_fields_of_a_form_that_came_in_by_their_labels(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home)
    run(home, "receive", str(came_back(path, tmp_path / "a.docx", options_considered="A visit.")), "--accept")

    done = run(home, "show", case.reference)

    assert "It says (Options Considered), taken over: A visit." in done.out


def test_a_choice_that_was_accepted_and_stands_no_more_is_named_when_the_form_is_issued(
    home: Path, tmp_path: Path
) -> None:
    case, path = sent_out(home)
    run(home, "receive", str(came_back(path, tmp_path / "a.docx", stage="2")), "--accept")
    case.add((e.StageEntered(stage="4", ground="unresolved", left="3"), date(2026, 4, 10)))

    done = run(home, "export", case.reference, "--form", "appendix-2", "--json")

    assert done.code == 0
    assert answers_in(Path(done.data[0]["file"]))["stage"] == "4"
    assert [one["was"] for one in done.data[0]["no_longer"]] == ["2"]


def test_two_children_with_the_same_initials_are_told_apart(home: Path, tmp_path: Path) -> None:
    alike = replace(SECOND, name="Ronan Testcase")
    case = at_stage(home, "3", names=[alike], children=("child-1", "child-2"))
    run(home, "export", case.reference, "--form", "appendix-2")
    path = next(one for one in (home / "issued").glob("*.docx") if "child-2" in one.name)
    came = came_back(path, tmp_path / "a.docx", child_name="", child_born_on="", oversight="Seen.")
    came = changed(came, tmp_path / "b.docx", {CUSTOM: without_identity()})

    done = run(home, "receive", str(came), "--form", "appendix-2", "--case", case.reference, "--accept")

    assert done.code == 2
    assert '"child" is missing: About which child is it? (1: R.T., ' in done.err
    assert "; 2: R.T., " in done.err
    assert "escalate receive FILE --accept --from answers.toml" in done.err


def test_cannot_put_a_choice_in_words_that_the_form_does_not_have(home: Path, tmp_path: Path) -> None:
    case = in_croydon(home)
    came = came_back(issued(home, case, "croydon-notification"), tmp_path / "a.docx", stage_3_resolved="No")
    answers = tmp_path / "answers.toml"
    answers.write_text(
        'how = "one by one"\nfield_stage_3_resolved = "other words"\nwords_stage_3_resolved = "Maybe"\n',
        encoding="utf-8",
    )

    done = run(home, "receive", str(came), "--accept", "--from", str(answers))

    assert (done.code, done.err) == (
        2,
        "error: answers.toml: 1 answer is missing or cannot be used\n"
        'answers.toml:3: "words_stage_3_resolved": that is not one of the answers to choose from\n'
        "    one of: Yes, No\n"
        "Nothing was recorded.\n",
    )


def test_a_choice_that_came_back_as_none_of_the_form_s_is_not_taken_and_the_choices_are_said(
    home: Path, tmp_path: Path
) -> None:
    case = in_croydon(home)
    came = came_back(issued(home, case, "croydon-notification"), tmp_path / "a.docx", stage_3_resolved="Perhaps")

    done = run(home, "receive", str(came), "--accept")

    assert (done.code, done.err) == (0, "")
    assert "It is not taken over: it is none of the form's choices (Yes, No).\n" in done.out
    (received,) = facts(home, case.reference, "form received")
    assert (received.read["stage_3_resolved"], dict(received.taken)) == ("Perhaps", {})
