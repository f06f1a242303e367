"""Learning points in their own words: all in a restricted report, those chosen line by line in a published one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, Happened, a_case, a_home
from tests.running import Ran, run

TODAY = "2026-07-10"
SOONER, NURSERY = "Say it sooner.", "Ask the nursery before the meeting."
PUBLISH = ("report", "--edition", "published", "--with-learning", "--yes", "--format", "json")


def learned(words: str, day: str = "2026-04-09") -> Happened:
    return e.LearningIdentified(stage="1", learning=words), date.fromisoformat(day)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three learning points, of which one names the child, and another case with one; nothing more is recorded."""
    home = a_home(tmp_path_factory.mktemp("home"))
    a_case(home, learned("Send the plan to every school.", "2026-05-06"), number=2)
    return a_case(home, learned(f"{SOONER}\n{NURSERY}\nRowan's mother met Sam Counterpart, who was never asked."))


def issued(home: Path, folder: Path, *words: str, typed: str = "") -> Ran:
    return run(home, *words, "--out", str(folder), today=TODAY, typed=typed)


def test_a_restricted_report_tells_every_point_with_initials_for_names(case: Built) -> None:
    ran = run(case.home, "report", "--with-learning", "--json", today=TODAY)

    (table,) = [one for one in ran.data["tables"] if one["id"] == "learning-lines"]
    assert [(row["label"], row["figures"]) for row in table["rows"]] == [
        (SOONER, ["open"]),
        (NURSERY, ["open"]),
        ("R.T.'s mother met S.C., who was never asked.", ["open"]),
        ("Send the plan to every school.", ["open"]),
    ]


def test_without_being_asked_no_report_tells_a_point_s_words(case: Built) -> None:
    assert SOONER not in run(case.home, "report", "--json", today=TODAY).out


def test_what_is_only_shown_of_a_published_report_tells_no_words(case: Built) -> None:
    ran = run(case.home, "report", "--edition", "published", "--with-learning", today=TODAY)

    assert ran.code == 0
    assert "words are published only where they were chosen line by line" in ran.out
    assert SOONER not in ran.out


def test_cannot_publish_words_that_nobody_chose(case: Built, tmp_path: Path) -> None:
    assert issued(case.home, tmp_path, *PUBLISH) == Ran(
        2,
        "",
        "error: which learning points are published is chosen line by line\n"
        "    write those to be published into a file, REF:N a line: --lines FILE\n"
        "Nothing was recorded.\n",
    )


def test_cannot_publish_a_point_that_names_its_child_be_it_by_initials(case: Built, tmp_path: Path) -> None:
    point = f"{case.reference}:3"

    assert issued(case.home, tmp_path, *PUBLISH, "--lines", "-", typed=f"{point}\n") == Ran(
        3,
        "",
        f"error: learning point {point}: names somebody of a case, be it by initials, and cannot be published\n"
        f"    leave it out, or say it without names: escalate correct {case.reference}\n"
        "Nothing was recorded.\n",
    )


def test_cannot_publish_a_point_that_is_not_there(case: Built, tmp_path: Path) -> None:
    ran = issued(case.home, tmp_path, *PUBLISH, "--lines", "-", typed=f"{case.reference}:9\n")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("error: -:1: is no learning point of the year that is published\n")


def test_cannot_choose_lines_for_a_report_that_is_not_published(case: Built) -> None:
    ran = run(case.home, "report", "--with-learning", "--lines", "-", today=TODAY)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: escalate report: --lines chooses what a published report tells of learning")


def test_the_lines_chosen_are_published_and_stay_as_they_were_issued(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, learned(f"{SOONER}\n{NURSERY}"))
    first, again = tmp_path / "first", tmp_path / "again"

    ran = issued(home, first, *PUBLISH, "--lines", "-", typed=f"{case.reference}:2\n".lower())
    case.correct(case.events()[-1].sequence, "2026-07-10", learning="Something else was learned.")
    run(home, "report", "--again", "KSCP-R2026-001", "--format", "json", "--out", str(again), today="2026-09-01")

    assert (ran.code, ran.err) == (0, "")
    (path,) = first.iterdir()
    tables = json.loads(path.read_text(encoding="utf-8"))["data"]["tables"]
    told = [row for table in tables if table["id"] == "learning-lines" for row in table["rows"]]
    assert told == [{"label": NURSERY, "figures": ["open"], "is_total": False}]
    assert (again / path.name).read_bytes() == path.read_bytes()
    assert run(home, "verify", today=TODAY).code == 0


def test_words_removed_from_a_case_are_removed_from_the_reports_that_told_them(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, learned(f"Rowan's gran was never asked.\n{NURSERY}"))
    a_case(home, learned("Send the plan to every school."), number=2)
    issue = ("report", "--with-learning", "--format", "json", "--distribution", "-")
    assert issued(home, tmp_path / "out", *issue, typed="The chair\n").code == 0

    answers = 'reason = "It named another family."\n[[words]]\nwords = "gran was never asked"\n'
    ran = run(home, "redact", case.reference, "--from", "-", today=TODAY, typed=answers)

    assert (ran.code, ran.err) == (0, "")
    assert "report KSCP-R2026-001, which told it as learning" in ran.out
    again = run(home, "report", "--again", "KSCP-R2026-001", "--json", today=TODAY)
    assert [(row["label"], row["figures"]) for row in again.data["tables"][-1]["rows"]] == [
        ("R.T.'s [removed].", ["open"]),
        (NURSERY, ["open"]),
        ("Send the plan to every school.", ["open"]),
    ]
    assert again.data["unknown"][-1] == (
        "Words were removed from it on 10/07/2026, after it was issued: [removed] stands for them, and an earlier copy"
        " still holds them."
    )
    assert run(home, "verify", today=TODAY).code == 0
    assert b"was never asked" not in b"".join(path.read_bytes() for path in home.glob("*.db"))


def test_a_line_whose_point_was_corrected_since_it_was_issued_goes_wholly(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home, learned("Rowan's gran was never asked."))
    issue = ("report", "--with-learning", "--format", "json", "--distribution", "-")
    assert issued(home, tmp_path / "out", *issue, typed="The chair\n").code == 0
    case.correct(case.events()[-1].sequence, "2026-07-10", learning="Gran was asked too late.")

    answers = 'reason = "It named another family."\n[[words]]\nwords = "gran was never asked"\n'
    assert run(home, "redact", case.reference, "--from", "-", today=TODAY, typed=answers).code == 0

    again = run(home, "report", "--again", "KSCP-R2026-001", "--json", today=TODAY)
    assert [row["label"] for row in again.data["tables"][-1]["rows"]] == ["[removed]"]


def test_a_line_in_which_a_name_of_another_case_stands_is_to_be_looked_at(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    other = e.PartyNamed(party="child-2", sort="child", name="Maya Invented")
    a_case(home, children=("child-2",), names=[other], number=2)
    case = a_case(home, learned(f"{SOONER}\nMaya was heard first."))
    issue = ("report", "--with-learning", "--format", "json", "--distribution", "-")

    ran = issued(home, tmp_path / "out", *issue, typed="The chair\n")

    assert ran.out.splitlines()[0] == (
        f"{case.reference}:2: Maya: a word of a name in this record. Look before you send it."
    )


@pytest.fixture(scope="module")
def among_others(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A case whose learning names children of other cases, whole but not as their names are recorded."""
    home = a_home(tmp_path_factory.mktemp("home"))
    for number, name in enumerate(("Rosa Marsh", "Will Best", "Zoë Ångström"), 2):
        a_case(home, children=("child-1",), child=name, number=number)
    points = (
        "It was not read by Rosa Marsh.",
        "Will Best showed it.",
        "Zoe Angstrom was asked.",
        "Then rosa  marsh was heard.",
        "Will it be read?",
    )
    return a_case(home, learned("\n".join(points)))


def test_initials_stand_for_whole_names_of_other_cases_in_a_restricted_report(among_others: Built) -> None:
    ran = run(among_others.home, "report", "--with-learning", "--json", today=TODAY)

    (table,) = [one for one in ran.data["tables"] if one["id"] == "learning-lines"]
    assert [row["label"] for row in table["rows"]] == [
        "It was not read by R.M.",
        "W.B. showed it.",
        "Z.Å. was asked.",
        "Then rosa marsh was heard.",
        "Will it be read?",
    ]


def test_it_is_said_which_words_of_a_restricted_report_may_name_somebody(among_others: Built, tmp_path: Path) -> None:
    issue = ("report", "--with-learning", "--format", "json", "--distribution", "-")

    ran = issued(among_others.home, tmp_path, *issue, typed="The chair\n")

    reference = among_others.reference
    assert ran.out.splitlines()[:2] == [
        f"{reference}:4: rosa marsh: words of a name in this record. Look before you send it.",
        f"{reference}:5: Will: a word of a name in this record. Look before you send it.",
    ]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_cannot_publish_a_point_that_holds_a_whole_name_of_another_case(
    among_others: Built, tmp_path: Path, number: int
) -> None:
    point = f"{among_others.reference}:{number}"

    ran = issued(among_others.home, tmp_path, *PUBLISH, "--lines", "-", typed=f"{point}\n")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"error: learning point {point}: names somebody of a case, be it by initials")
