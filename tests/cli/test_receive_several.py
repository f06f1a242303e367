"""Several forms received off a terminal: what stands of each is said in one file of answers, under the form's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Built
from tests.cli.issued import at_stage
from tests.cli.kept import entries, facts, the_fact
from tests.cli.returned import came_back, issued, sent_out
from tests.running import Ran, run

NAME = "Rowan Testcase"


@pytest.fixture
def inbox(home: Path, tmp_path: Path) -> tuple[Built, Built, Path]:
    """Two cases, and a folder with the form of each: words were taken out of both, so that somebody must decide."""
    first, path = sent_out(home)
    second = at_stage(home, "3", number=2)
    folder = tmp_path / "inbox"
    came_back(path, folder / f"{NAME} (1).docx", key_issues="", options_considered="A joint visit.")
    came_back(issued(home, second), folder / "form 2.docx", key_issues="", oversight="Seen.")
    return first, second, folder


def answered(home: Path, folder: Path, answers: str, *more: str) -> Ran:
    file = folder.parent / "answers.toml"
    file.write_text(answers, encoding="utf-8")
    return run(home, "receive", str(folder), "--from", str(file), *more)


def test_each_form_of_a_folder_is_recorded_by_the_answers_under_its_name(
    home: Path, inbox: tuple[Built, Built, Path]
) -> None:
    first, second, folder = inbox

    done = answered(
        home,
        folder,
        f'["{NAME} (1).docx"]\ncame_on = 2026-04-09\nhow = "as proposed"\nfield_key_issues = "leave"\n'
        '\n["form 2.docx"]\ncame_on = 2026-04-10\nhow = "none"\nfield_key_issues = "take"\n',
    )

    assert (done.code, done.err) == (0, "")
    assert dict(the_fact(home, first.reference, "form received").taken) == {"options_considered": "A joint visit."}
    assert dict(the_fact(home, second.reference, "form received").taken) == {"key_issues": ""}


def test_what_no_table_is_about_is_accepted_as_proposed(home: Path, inbox: tuple[Built, Built, Path]) -> None:
    first, second, folder = inbox
    third = at_stage(home, "3", number=3)
    came_back(issued(home, third), folder / "form 3.docx", oversight="Read.")
    tables = f'["{NAME} (1).docx"]\nfield_key_issues = "leave"\n["form 2.docx"]\nfield_key_issues = "leave"\n'

    done = answered(home, folder, tables, "--accept")

    assert (done.code, done.err) == (0, "")
    taken = [dict(the_fact(home, one.reference, "form received").taken) for one in (first, second, third)]
    assert taken == [{"options_considered": "A joint visit."}, {"oversight": "Seen."}, {"oversight": "Read."}]


def test_answers_from_standard_input_are_read_once_for_all_of_them(
    home: Path, inbox: tuple[Built, Built, Path]
) -> None:
    first, second, folder = inbox
    tables = f'["{NAME} (1).docx"]\nfield_key_issues = "leave"\n["form 2.docx"]\nfield_key_issues = "leave"\n'

    done = run(home, "receive", str(folder), "--from", "-", "--accept", typed=tables)

    assert (done.code, done.err) == (0, "")
    assert [len(facts(home, one.reference, "form received")) for one in (first, second)] == [1, 1]


def test_cannot_receive_a_form_without_answers_and_the_others_go_on(
    home: Path, inbox: tuple[Built, Built, Path]
) -> None:
    first, second, folder = inbox

    done = answered(home, folder, '["form 2.docx"]\ncame_on = 2026-04-10\nhow = "none"\nfield_key_issues = "take"\n')

    remedy = "    write them under its own name, in quotes; or --accept takes the rest as proposed\n"
    assert done.code == 2
    assert done.err == (
        f"error: file 1 of 2: there are no answers under its name\n{remedy}Of this file nothing was recorded.\n"
        "error: 1 of 2 files were refused\n"
        f"file 1 of 2: there are no answers under its name\n{remedy}"
        "1 recorded, 1 refused: file 1.\n"
    )
    assert facts(home, first.reference, "form received") == []
    assert dict(the_fact(home, second.reference, "form received").taken) == {"key_issues": ""}


def test_cannot_receive_a_form_by_answers_that_are_wrong_and_which_form_is_said(
    home: Path, inbox: tuple[Built, Built, Path]
) -> None:
    first, second, folder = inbox
    tables = f'["form 2.docx"]\nfield_key_issues = "leave"\n["{NAME} (1).docx"]\nfield_key_issues = "maybe"\n'

    done = answered(home, folder, tables, "--accept", "--json")

    assert done.code == 2
    assert done.err == (
        "error: 1 of 2 files were refused\n"
        "file 1 of 2: answers.toml: 1 answer is missing or cannot be used\n"
        "1 recorded, 1 refused: file 1.\n"
    )
    refused, received = done.data["files"]
    assert refused["error"] == {
        "what": "answers.toml: 1 answer is missing or cannot be used",
        "remedy": "",
        "exit_code": 2,
        "problems": [
            {
                "where": "answers.toml:4",
                "what": '"field_key_issues": that is not one of the answers to choose from',
                "remedy": "one of: take, leave, other words",
            }
        ],
    }
    assert received["outcome"] == "recorded"
    assert facts(home, first.reference, "form received") == []
    assert dict(the_fact(home, second.reference, "form received").taken) == {"oversight": "Seen."}


def test_cannot_answer_about_a_file_that_is_not_there_and_nothing_is_recorded(
    home: Path, inbox: tuple[Built, Built, Path]
) -> None:
    _, _, folder = inbox
    before = entries(home)

    done = answered(home, folder, 'came_on = 2026-04-10\n["form 2.docx"]\n["Ash Testcase.docx"]\n', "--accept")

    assert done == (
        2,
        f"The files are:\n  {NAME} (1).docx\n  form 2.docx\n",
        "error: answers.toml: it does not say of which file each answer is\n"
        "answers.toml:1: this stands under the name of no file\n"
        '    write the answers of each file under its own name: ["form 1.docx"]\n'
        "answers.toml:3: none of the files is called so\n"
        '    write the answers of each file under its own name: ["form 1.docx"]\n'
        "Nothing was recorded.\n",
    )
    assert entries(home) == before


def test_the_same_answers_again_change_nothing(home: Path, inbox: tuple[Built, Built, Path]) -> None:
    _, _, folder = inbox
    tables = f'["{NAME} (1).docx"]\nfield_key_issues = "leave"\n["form 2.docx"]\nfield_key_issues = "leave"\n'
    assert answered(home, folder, tables, "--accept").code == 0
    before = entries(home)

    again = answered(home, folder, tables)

    assert (again.code, again.err, entries(home)) == (0, "", before)
    assert again.out.count("This file was received already: ") == 2


@pytest.mark.parametrize("option", [("--case", "KSCP-2026-0001-TEST"), ("--hand",)])
def test_cannot_say_one_case_or_type_in_for_several_files(
    home: Path, inbox: tuple[Built, Built, Path], option: tuple[str, ...]
) -> None:
    assert run(home, "receive", str(inbox[2]), *option) == (
        2,
        "",
        "error: escalate receive: --case and --hand are for one file\n    name one file\nNothing was recorded.\n",
    )
