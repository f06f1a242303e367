"""`escalate report`: shown and nothing recorded, or issued, written, listed and written again as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import a_case, a_home, entered, told
from tests.running import Ran, heavy_imports, run

TODAY = "2026-07-10"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One case, raised on Wednesday 1 April 2026 and at stage 2 since Monday 13 April."""
    return a_case(a_home(tmp_path_factory.mktemp("home")), told("2026-04-01"), entered("2", "2026-04-13")).home


@pytest.fixture(scope="module")
def issued(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The second quarter, issued on 10 July as JSON, with two on its distribution list; and where it lies."""
    folder = tmp_path_factory.mktemp("given out")
    ran = run(
        home,
        "report",
        "--format",
        "json",
        "--out",
        str(folder),
        "--distribution",
        "-",
        today=TODAY,
        typed="Chair of the Core Business Group\n\n  Business manager  \n",
    )
    return folder, ran


def entries(home: Path) -> str:
    return run(home, "verify", today=TODAY).out.splitlines()[0]


def test_the_last_full_quarter_is_shown_and_nothing_is_recorded(tmp_path: Path) -> None:
    home = a_case(a_home(tmp_path), told("2026-04-01")).home
    before = entries(home)

    ran = run(home, "report", today=TODAY)

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "RESTRICTED: only for those on its distribution list"
    assert lines[2] == "Professional disagreements and escalation, April to June 2026"
    assert "raised\t1" in lines
    assert lines[-1] == "Nothing of it is issued. Next: escalate report --issue, with the same options"
    assert entries(home) == before


def test_no_name_of_the_case_is_in_a_report(home: Path) -> None:
    ran = run(home, "report", today=TODAY)

    assert not [name for name in ("Kit Example", "K.E.", "Alex Specimen") if name in ran.out]


def test_as_json_it_is_the_report_with_its_figures(home: Path) -> None:
    data = run(home, "report", "--json", today=TODAY).data

    assert data["period"] == {"first": "2026-04-01", "last": "2026-06-30", "called": "April to June 2026"}
    assert (data["edition"], data["number"]) == ("restricted", "")


def test_issued_it_has_a_number_and_says_who_is_given_it(home: Path, issued: tuple[Path, Ran]) -> None:
    folder, ran = issued

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Issued and recorded: report KSCP-R2026-001, RESTRICTED: only for those on its distribution list.",
        f"  {folder / 'KSCP-R2026-001-restricted-2026-04-01-to-2026-06-30.json'}",
        "To be given to: Chair of the Core Business Group; Business manager",
        "",
        "escalate has sent nothing and told nobody.",
        "Next: look at it, then send it. The same again: escalate report --again KSCP-R2026-001",
    ]


def test_written_again_it_is_byte_for_byte_what_was_issued(
    home: Path, issued: tuple[Path, Ran], tmp_path: Path
) -> None:
    folder, _ = issued
    name = "KSCP-R2026-001-restricted-2026-04-01-to-2026-06-30.json"

    ran = run(
        home, "report", "--again", "kscp-r2026-001", "--format", "json", "--out", str(tmp_path), today="2026-09-01"
    )

    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    assert json.loads((folder / name).read_text(encoding="utf-8"))["data"]["distribution"] == [
        "Chair of the Core Business Group",
        "Business manager",
    ]


def test_a_file_that_lies_there_is_never_overwritten(home: Path, issued: tuple[Path, Ran], tmp_path: Path) -> None:
    name = "KSCP-R2026-001-restricted-2026-04-01-to-2026-06-30"
    (tmp_path / f"{name}.json").write_text("somebody's own notes", encoding="utf-8")

    run(home, "report", "--again", "KSCP-R2026-001", "--format", "json", "--out", str(tmp_path), today=TODAY)

    assert (tmp_path / f"{name}.json").read_text(encoding="utf-8") == "somebody's own notes"
    assert (tmp_path / f"{name}-2.json").exists()


def test_what_was_issued_is_listed(home: Path, issued: tuple[Path, Ran]) -> None:
    assert run(home, "report", "--list", today=TODAY).out.splitlines() == [
        "number\tedition\twhat it covers, and for whom\tissued",
        "KSCP-R2026-001\trestricted\tWed 1 Apr 2026 to Tue 30 Jun 2026; Core Business Group\tFri 10 Jul 2026",
    ]


def test_cannot_issue_a_restricted_report_without_saying_who_is_given_it(home: Path) -> None:
    assert run(home, "report", "--issue", today=TODAY) == Ran(
        2,
        "",
        "error: a restricted report says who is given it\n"
        "    write them into a file, one a line: --distribution FILE\n"
        "Nothing was recorded.\n",
    )


def test_a_published_report_that_is_only_shown_is_not_to_be_given_to_anybody_yet(home: Path) -> None:
    lines = run(home, "report", "--edition", "published", today=TODAY).out.splitlines()

    assert lines[0] == "PUBLISHED EDITION, NOT ISSUED: not to be given to anybody yet"
    assert lines[2] == "Professional disagreements and escalation, 1 July 2025 to 30 June 2026"


def test_a_published_report_names_the_tables_of_which_nothing_may_be_told_and_shows_none_of_them(home: Path) -> None:
    shown = run(home, "report", "--edition", "published", today=TODAY).out

    assert shown.count("Withheld: ") >= 1
    assert ": every figure is hidden." in " ".join(shown.split())
    assert "all lines" not in shown


def test_cannot_issue_unasked_a_published_report_of_which_nearly_all_is_hidden(home: Path, tmp_path: Path) -> None:
    before = entries(home)

    ran = run(home, "report", "--edition", "published", "--issue", "--out", str(tmp_path), today=TODAY)

    assert (ran.code, ran.out, entries(home)) == (2, "", before)
    assert "figures none would be shown" in ran.err
    assert "to issue it all the same, say so: --yes" in ran.err


def test_cannot_say_who_is_given_a_published_report(home: Path) -> None:
    ran = run(home, "report", "--edition", "published", "--issue", "--distribution", "group.txt", today=TODAY)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: escalate report: --distribution is for a restricted report")


def test_cannot_publish_a_part_of_the_cases(home: Path) -> None:
    ran = run(home, "report", "--edition", "published", "--stage", "2", today=TODAY)

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: a published report counts every case")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--format", "pdf"),
            'error: escalate report: "pdf" is not a format\n    one of: docx, xlsx, html, json, all\n',
        ),
        (
            ("--edition", "draft"),
            'error: escalate report: "draft" is not an edition\n    one of: restricted, published\n',
        ),
        (("--as-of", "31/03"), 'error: escalate report: "31/03" is not a day\n    write it as 2026-04-30\n'),
        (
            ("--distribution", "group.txt"),
            "error: escalate report: --distribution is for a report that is issued\n    add --issue\n",
        ),
    ],
)
def test_cannot_be_asked_for_what_it_does_not_know(home: Path, words: tuple[str, ...], said: str) -> None:
    assert run(home, "report", *words, today=TODAY) == Ran(2, "", f"{said}Nothing was recorded.\n")


def test_cannot_write_again_what_was_never_issued(home: Path) -> None:
    ran = run(home, "report", "--again", "KSCP-R2026-999", today=TODAY)

    assert (ran.code, ran.out) == (4, "")


def test_shown_it_imports_nothing_heavy(home: Path) -> None:
    assert heavy_imports(home, "report") == []


def test_cannot_issue_a_report_where_no_file_can_lie(home: Path, issued: tuple[Path, Ran], tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    before = entries(home)

    words = ("--edition", "published", "--yes", "--format", "json")
    ran = run(home, "report", *words, "--out", str(tmp_path / "a file"))

    assert (ran.code, ran.out) == (8, "")
    assert ran.err.endswith("    choose another folder with --out\nNothing was recorded.\n")
    assert entries(home) == before
