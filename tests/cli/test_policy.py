from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalate.files.places import shipped
from tests.running import at_terminal, run

NAME = "knowsley-2020-11"


@pytest.fixture
def text() -> str:
    return (shipped("policies") / f"{NAME}.toml").read_text(encoding="utf-8")


def test_the_policies_that_can_be_used_are_listed(tmp_path: Path) -> None:
    lines = [line.split("\t") for line in run(tmp_path, "policy", "list").out.splitlines()]

    assert lines[0] == ["name", "partnership", "in force from", "review due"]
    assert [
        NAME,
        "Knowsley Safeguarding Children Partnership: Multi-Agency Escalation Policy",
        "2020-11-24",
        "none given",
    ] in lines


def test_a_policy_with_problems_is_listed_as_not_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "ours-2026.toml").write_text(text.replace('"K5"', '"K5"\ntypo = 1', 1), encoding="utf-8")

    assert (
        "ours-2026\tnot used: 1 problem; see: escalate policy check ours-2026\t\t\n"
        in run(tmp_path, "policy", "list").out
    )


def test_a_page_to_be_read_aloud_has_immediate_risk_before_the_stages(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "show", NAME).out

    assert [line for line in out.splitlines() if line and not line.startswith(" ")][-16:] == [
        "If a child is at immediate risk",
        "Stage 1: practitioner to practitioner",
        "Stage 2: line manager to line manager",
        "Stage 3: senior manager to senior manager",
        "Stage 4: the Chair of the Partnership",
        "At any stage",
        "Straight up",
        "Where this policy does not apply",
        "Asked, because duties depend on it",
        "Forms",
        "What disagreements are about",
        "Keep in mind",
        "Whom to ask",
        "What is reported",
        "Where the source contradicts itself: 4",
        "What the source leaves open: 6",
    ]


def test_every_clock_and_duty_stands_on_the_page_once_with_its_force_time_and_clause(tmp_path: Path, text: str) -> None:
    out = run(tmp_path, "policy", "show", NAME).out

    ids = re.findall(r'^\[\[(?:clock|duty)\]\]\nid +?= "(.+)"', text, re.MULTILINE)
    assert [out.count(f"; {one}]\n") for one in ids] == [1] * len(ids)
    assert (
        "  The professional with concerns should raise the matter with the practitioner or decision maker, verbally or"
        " in writing.\n"
        "      Within 2 working days, or less if the child needs it, counted from when the disagreement arises or the"
        " decision is received, whichever is sooner. [Stage 1 para 1; K4, K30; stage-1-raise]\n"
    ) in out


def test_every_rule_of_the_file_is_on_the_page(tmp_path: Path, text: str) -> None:
    out = run(tmp_path, "policy", "show", NAME).out

    rules = set(re.findall(r'"(K\d+)"', text))
    assert rules - set(re.findall(r"\bK\d+\b", out)) == set()


def test_a_contact_is_as_printed_until_somebody_confirms_it(tmp_path: Path) -> None:
    assert "nobody has confirmed it here" in run(tmp_path, "policy", "show", NAME).out


def test_both_readings_of_a_contradiction_are_told_the_followed_one_first(tmp_path: Path) -> None:
    assert (
        "  stage-3-time, about stage-3-resolve [Stage 3 para 2 against flowchart stage 3; K16]\n"
        "    Followed: a resolution within 2 working days [flowchart stage 3]\n"
        "    Not followed: a resolution within 5 working days [Stage 3 para 2]\n"
        "    Because it protects the child sooner.\n"
    ) in run(tmp_path, "policy", "show", NAME).out


def test_show_as_json_has_the_keys_of_the_file(tmp_path: Path) -> None:
    data = run(tmp_path, "policy", "show", NAME, "--json").data

    assert (data["name"], data["policy"]["edition"]) == (NAME, "2020-11")
    assert data["clock"][0]["from"] == ["the disagreement", "receipt of the decision"]


def test_check_finds_no_problem_and_lists_what_is_in_doubt(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "check", NAME)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{NAME}.toml: no problems.\n\nWhere the source contradicts itself: 4\n")
    assert "\nWhat the source leaves open: 6\n" in ran.out


def test_check_names_every_problem_at_its_line_and_exits_with_seven(tmp_path: Path, text: str) -> None:
    broken = text.replace('within = "3 working days"', 'within = "3 workingdays"', 1).replace(
        '"K5"', '"K5"\ntypo = 1', 1
    )
    (tmp_path / "ours.toml").write_text(
        text.replace('within = "3 working days"', 'within = "3 workingdays"', 1), "utf-8"
    )
    (tmp_path / "shape.toml").write_text(broken, "utf-8")

    ran = run(tmp_path, "policy", "check", str(tmp_path / "ours.toml"))
    shape = run(tmp_path, "policy", "check", str(tmp_path / "shape.toml"), "--json")

    assert (ran.code, ran.err) == (7, "")
    assert re.match(r'ours\.toml:\d+: timescale "3 workingdays" cannot be counted', ran.out)
    assert ran.out.endswith("ours.toml: 1 problem; none of it is used.\n")
    assert shape.code == 7
    assert [problem["what"] for problem in shape.data["problems"]] == [
        'unknown key "typo"',
        'timescale "3 workingdays" cannot be counted',
    ]


def test_cannot_show_a_policy_that_is_not_there(tmp_path: Path) -> None:
    ran = run(tmp_path, "policy", "show", "atlantis-2026")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith('error: there is no policy "atlantis-2026"\n    the policies here are: ')


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    out = at_terminal(tmp_path, "policy", "show", NAME, columns=columns).out

    assert max(len(line) for line in re.sub("\x1b\\[[0-9;]*m", "", out).splitlines()) <= columns
