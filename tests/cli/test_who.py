"""`escalate who`: whom a role goes to, and everybody the policy names, as posts and agencies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_home
from tests.running import ROOT, Ran, at_terminal, heavy_imports, run

POSTBRIDGE = str(ROOT / "tests" / "policies" / "postbridge-2026-01.toml")
HEAD = "Postbridge Safeguarding Children Partnership: Who Speaks to Whom, edition 2026-01 (postbridge-2026-01)\n"
WHOLE = f"""{HEAD}
Who goes to whom
  Midwife (Invented Hospital Trust), at level 2, goes to: Named Midwife, then Head of Midwifery. [Table 1, line 1; P2]
  Student midwife (Invented Hospital Trust), at level 1, goes to: their midwife. [Table 1, line 2]
  Constable (Invented Police), at level 2, goes to: Sergeant. At night, the duty inspector. [Table 1, line 3]
  Volunteer goes to: whoever supervises them. [Table 1, line 4]

Posts
  Detective inspector, child abuse team (Invented Police), at level 2: manager. [Table 2, line 1]
  Head of Service. [Table 2, line 2]

How to reach whom
  Partnership Manager (also called Business Manager): 01632 960200, office@postbridge.example (as printed in Who \
Speaks to Whom (a leaflet) of Monday 5 January 2026; nobody has confirmed it here). [foot]
  Panel's clerk: 01632 960201 (confirmed on Monday 2 February 2026 by the office). [foot]

Who speaks to whom at each level
  Level 1: the workers
    The worker, and the other worker. [1; P1]
    Filled in by the partnership: Whoever knows the child best.
  Level 2: the managers
    The manager, and the manager's opposite number. [2]
    Instead: the duty manager, after 17:00.
  Level 3: the panel
    The directors, and the panel. [3]
    The panel's Chair comes from no agency involved. Instead: the Vice Chair. [3]

Left for the partnership to fill in: 2
  Who sits on the panel? [the picture]
  Who keeps the log? [4]
"""


def who(home: Path, *words: str) -> Ran:
    """Run `who` under the invented policy."""
    return run(home, "who", "--policy", POSTBRIDGE, *words)


def goes_to(home: Path, *words: str) -> list[str]:
    """Return the lines under "Who goes to whom"."""
    ran = who(home, *words)
    assert (ran.code, ran.err) == (0, "")
    part = next(part for part in ran.out.split("\n\n") if part.startswith("Who goes to whom"))
    return [line.strip() for line in part.splitlines()[1:]]


def test_everybody_the_policy_names_is_told_with_the_clause(tmp_path: Path) -> None:
    assert who(tmp_path) == (0, WHOLE, "")


@pytest.mark.parametrize("typed", ["constable", "CONST", "stab", " Constable "])
def test_a_role_is_found_by_any_part_that_only_it_has_whatever_the_capitals(tmp_path: Path, typed: str) -> None:
    assert who(tmp_path, "--role", typed) == (
        0,
        f"{HEAD}\nWho goes to whom\n"
        "  Constable (Invented Police), at level 2, goes to: Sergeant. At night, the duty inspector."
        " [Table 1, line 3]\n",
        "",
    )


def test_the_whole_name_of_a_role_finds_it_even_where_another_holds_it(tmp_path: Path) -> None:
    assert [line.partition(" (")[0] for line in goes_to(tmp_path, "--role", "midwife")] == ["Midwife"]


def test_cannot_tell_which_of_several_roles_is_meant(tmp_path: Path) -> None:
    assert who(tmp_path, "--role", "midwi") == (
        4,
        "",
        'error: policy postbridge-2026-01: "midwi" is a part of several roles\n'
        "    say which: Midwife, Student midwife\n",
    )


def test_cannot_find_a_role_that_is_not_there_and_lists_those_that_are(tmp_path: Path) -> None:
    assert who(tmp_path, "--role", "astronaut") == (
        4,
        "",
        'error: policy postbridge-2026-01: no role is called "astronaut"\n'
        "    the roles are: Midwife, Student midwife, Constable, volunteer\n",
    )


def test_cannot_ask_for_a_role_where_the_policy_names_none(tmp_path: Path) -> None:
    assert run(tmp_path, "who", "--policy", "knowsley-2020-11", "--role", "teacher") == (
        4,
        "",
        'error: policy knowsley-2020-11: no role is called "teacher"\n'
        "    none is named here: see escalate who without --role\n",
    )


def test_of_one_stage_only_what_holds_there_is_told(tmp_path: Path) -> None:
    out = who(tmp_path, "--stage", "2").out

    assert goes_to(tmp_path, "--stage", "2") == [
        "Midwife (Invented Hospital Trust), at level 2, goes to: Named Midwife, then Head of Midwifery."
        " [Table 1, line 1; P2]",
        "Constable (Invented Police), at level 2, goes to: Sergeant. At night, the duty inspector. [Table 1, line 3]",
        "Volunteer goes to: whoever supervises them. [Table 1, line 4]",
    ]
    assert "Level 2: the managers" in out
    assert "Level 1: the workers" not in out
    assert out.endswith("Left for the partnership to fill in: 1\n  Who keeps the log? [4]\n")


def test_of_one_agency_only_its_roles_and_posts_are_told(tmp_path: Path) -> None:
    out = who(tmp_path, "--agency", "police").out

    assert goes_to(tmp_path, "--agency", "police") == [
        "Constable (Invented Police), at level 2, goes to: Sergeant. At night, the duty inspector. [Table 1, line 3]"
    ]
    assert "\nPosts\n  Detective inspector, child abuse team (Invented Police), at level 2: manager." in out
    assert "Head of Service" not in out


def test_cannot_filter_by_an_agency_or_a_stage_that_is_not_there(tmp_path: Path) -> None:
    assert who(tmp_path, "--agency", "fire") == (
        4,
        "",
        'error: policy postbridge-2026-01: no role or post is of an agency "fire"\n'
        "    the agencies are: Invented Hospital Trust, Invented Police\n",
    )
    assert who(tmp_path, "--stage", "9") == (
        4,
        "",
        'error: policy postbridge-2026-01: there is no level "9"\n    the levels are: 1, 2, 3\n',
    )


def test_as_json_a_contact_says_whether_anybody_confirmed_it(tmp_path: Path) -> None:
    data: dict[str, Any] = who(tmp_path, "--json").data

    assert (data["policy"], data["called"]) == ("postbridge-2026-01", "level")
    assert [(one["id"], one["standing"], one["confirmed_on"], one["printed_on"]) for one in data["contact"]] == [
        ("manager", "as printed", None, "2026-01-05"),
        ("panel", "confirmed", "2026-02-02", "2026-01-05"),
    ]
    assert data["stage"][0]["between"] == ["the worker", "the other worker"]
    assert [(one["id"], one["answer"]) for one in data["to_fill_in"]] == [
        ("workers", "Whoever knows the child best."),
        ("panel-members", ""),
        ("log", ""),
    ]


def test_as_json_a_role_tells_only_whom_it_goes_to(tmp_path: Path) -> None:
    data = who(tmp_path, "--role", "constable", "--json").data

    assert set(data) == {"policy", "partnership", "edition", "called", "role"}
    assert [(one["role"], one["goes_to"], one["agency"], one["stage"]) for one in data["role"]] == [
        ("Constable", ["Sergeant"], "Invented Police", "2")
    ]


def test_plain_says_the_same_words_as_through_a_pipe(tmp_path: Path) -> None:
    assert who(tmp_path, "--plain").out.split() == WHOLE.split()


@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    out = at_terminal(tmp_path, "who", "--policy", POSTBRIDGE, columns=columns).out

    assert max(len(line) for line in re.sub("\x1b\\[[0-9;]*m", "", out).splitlines()) <= columns


def test_without_naming_one_it_is_the_policy_of_setup(tmp_path: Path) -> None:
    ran = run(a_home(tmp_path / "home", policy="croydon-2024-05"), "who")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "Croydon Safeguarding Children Partnership: Escalation and Resolution Policy, edition 2024-05"
    )


def test_cannot_know_the_policy_before_setup_and_makes_no_database(tmp_path: Path) -> None:
    assert run(tmp_path, "who") == (
        4,
        "",
        "error: whose policy is not known: nobody has said here under which one they work\n"
        "    say it each time: escalate who --policy NAME; or once: escalate setup\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_cannot_ask_of_a_policy_that_is_not_there(tmp_path: Path) -> None:
    ran = run(tmp_path, "who", "--policy", "atlantis-2026")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith('error: there is no policy "atlantis-2026"\n')


def test_somersets_midwife_goes_to_the_supervisor_of_midwives(tmp_path: Path) -> None:
    ran = run(tmp_path, "who", "--policy", "somerset-2016-12", "--role", "midwife")

    assert (ran.code, ran.err) == (0, "")
    assert "Midwife (Acute Trust)" in ran.out
    assert "goes to: Supervisor of Midwives and Named Midwife and/or Named Nurse Safeguarding Children." in ran.out


def test_it_imports_nothing_heavier_than_reading_a_policy_needs(tmp_path: Path) -> None:
    assert heavy_imports(tmp_path, "who", "--policy", POSTBRIDGE) == ["pydantic"]
