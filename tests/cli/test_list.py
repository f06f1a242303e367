from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import HEALTH, a_case, a_home, ended, told
from tests.running import at_terminal, run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open case, one resolved in April, and one with the health service about communication."""
    home = a_home(tmp_path_factory.mktemp("home"))
    a_case(home, told("2026-04-01"))
    a_case(home, told("2026-04-01"), ended("1", "resolved", "2026-04-09"), number=2, child="Łukasz [redacted] Invented")
    a_case(home, number=3, child="Ana Otherchild", receiving_agencies=(HEALTH,), themes=("communication",))
    return home


def references(out: str) -> list[str]:
    return [line.split("\t")[0][5:14] for line in out.splitlines()[1:]]


def test_the_latest_opened_stand_first(home: Path) -> None:
    ran = run(home, "list")

    assert (ran.code, ran.err) == (0, "")
    assert references(ran.out) == ["2026-0003", "2026-0002", "2026-0001"]
    assert ran.out.splitlines()[2].split("\t") == [
        "KSCP-2026-0002-XHGR",
        "Ł.I.",
        "ended",
        "Stage 1: practitioner to practitioner",
        "Invented Primary School",
        "Exampleshire Children's Social Care",
        "Level of need or threshold",
        "2026-04-01",
        "8",
        "2026-04-09",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("state", "found"), [("open", ["2026-0003", "2026-0001"]), ("ended", ["2026-0002"]), ("to-check", [])]
)
def test_state_keeps_the_cases_that_stand_so(home: Path, state: str, found: list[str]) -> None:
    assert references(run(home, "list", "--state", state).out) == found


def test_an_unknown_state_is_refused_with_the_known_ones(home: Path) -> None:
    assert run(home, "list", "--state", "closed") == (
        2,
        "",
        'error: escalate list: "closed" is not a state\n    one of: open, to check, ended, withdrawn\n',
    )


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("0001", ["2026-0001"]),
        ("COMMUNICATION", ["2026-0003"]),
        ("health", ["2026-0003"]),
        ("a.o.", ["2026-0003"]),
        ("%", []),
        ("Otherchild", []),
        ("Alex Practitioner", []),
    ],
)
def test_search_looks_in_everything_but_names(home: Path, search: str, found: list[str]) -> None:
    assert references(run(home, "list", "--search", search).out) == found


def test_a_name_is_asked_for_and_read_from_standard_input(home: Path) -> None:
    assert references(run(home, "list", "--by-name", typed="otherchild\n").out) == ["2026-0003"]
    assert run(home, "list", "--by-name", "--json", typed="otherchild\n").data["total"] == 1


def test_cannot_look_by_name_without_one(home: Path) -> None:
    assert run(home, "list", "--by-name") == (
        2,
        "",
        "error: no name was given\n    type it, or pass it on standard input\n",
    )


def test_limit_and_policy_narrow_the_list(home: Path) -> None:
    assert references(run(home, "list", "--limit", "1").out) == ["2026-0003"]
    assert run(home, "list", "--policy", "knowsley-2020-11", "--json").data["total"] == 3
    assert run(home, "list", "--policy", "knowsley", "--json").data["total"] == 3
    assert run(home, "list", "--policy", "another-2025").err == (
        'error: "another-2025" is no policy that a case here was raised under\n'
        "    --policy is one of: knowsley-2020-11\n"
    )


def test_json_holds_each_case_s_line(home: Path) -> None:
    data = run(home, "list", "--json", "--limit", "2").data

    assert (data["total"], len(data["cases"]), data["today"]) == (3, 2, "2026-04-10")
    assert data["escalations"] == 3
    assert data["cases"][0] == {
        "reference": "KSCP-2026-0003-E3GY",
        "their_reference": "",
        "subject": "A.O.",
        "state": "open",
        "policy": "knowsley-2020-11",
        "policy_name": "Knowsley Safeguarding Children Partnership",
        "stage": "1",
        "stage_title": "Stage 1: practitioner to practitioner",
        "our_side": "raising",
        "raising_agency": "Invented Primary School",
        "receiving_agencies": "Invented Health Visiting Service",
        "themes": "Communication between agencies",
        "owner": "Alex Practitioner",
        "concern_on": "2026-04-01",
        "opened_on": "2026-04-01",
        "stage_entered_on": "2026-04-01",
        "ended_on": None,
        "last_sequence": 7,
        "days_since_concern": 9,
        "one_escalation_with": [],
    }


def test_sentences_for_a_screen_reader(home: Path) -> None:
    assert run(home, "list", "--plain", "--limit", "1").out == (
        "3 cases, the latest first.\n"
        "\n"
        "KSCP-2026-0003-E3GY, A.O., Stage 1. Open. Raised by Invented Primary School with\n"
        "  Invented Health Visiting Service. About Communication between agencies.\n"
        "  Concern on Wednesday 1 April 2026.\n"
        "  2 more: escalate list --limit 3\n"
        "\n"
        "One case: escalate show KSCP-2026-0003-E3GY\n"
    )


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_name_is_shown(home: Path, columns: int) -> None:
    out = re.sub("\x1b\\[[0-9;]*m", "", at_terminal(home, "list", columns=columns).out)

    assert max(len(line) for line in out.splitlines()) <= columns
    assert "KSCP-2026-0001-RQXZ" in out
    assert "Rowan" not in out


def test_an_empty_home_says_how_to_open_a_case(tmp_path: Path) -> None:
    assert run(a_home(tmp_path), "list", "--plain").out == "No case is recorded here.\n\nOpen one: escalate raise\n"
