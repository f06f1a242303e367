"""`escalate policy try`: the calendar a policy would give, printed, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import at_terminal, run

NAME = "knowsley-2020-11"
INVENTED = Path(__file__).parents[1] / "policies" / "invented"


def test_the_whole_calendar_is_printed_and_nothing_is_written(tmp_path: Path) -> None:
    ran = run(tmp_path / "no-home", "policy", "try", NAME, "--concern", "2026-04-01")

    assert (ran.code, ran.err) == (0, "")
    assert list(tmp_path.iterdir()) == []
    lines = ran.out.splitlines()
    assert lines[1:3] == [
        "Supposed: the concern is of Wednesday 1 April 2026, the counterpart is told by telephone that day; nobody has"
        " been asked about immediate risk; one agency is challenged.",
        "Each stage is left unresolved on the last day of its own time; what a time counts from is done on its own last"
        " day; nothing else happens. Working days are England's. No case: nothing was recorded.",
    ]
    assert [line for line in lines if line.startswith("Stage ")] == [
        "Stage 1: practitioner to practitioner",
        "Stage 2: line manager to line manager",
        "Stage 3: senior manager to senior manager",
        "Stage 4: the Chair of the Partnership",
    ]


def test_each_date_says_who_must_do_what_counted_from_when_under_which_clause(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "try", NAME, "--concern", "2026-04-01").out

    assert (
        "  By Tuesday 21 April 2026: Both senior managers should achieve a resolution.\n"
        "      Within 2 working days, or less if the child needs it, counted from Friday 17 April 2026: stage 3 was"
        " entered. [Stage 3 para 2; flowchart stage 3; K16, K30; stage-3-resolve]\n"
        "      Not followed: a resolution within 5 working days [Stage 3 para 2]: it would give Friday 24 April 2026.\n"
    ) in out
    assert (
        "  If it is resolved on Friday 17 April 2026 instead:\n    By Tuesday 21 April 2026: The receiving line" in out
    )
    assert (
        "  No date, because the policy states no time: if this is so (is this agency a health service?), the health"
        " agency may seek input"
    ) in out


def test_a_concern_without_a_day_is_of_today(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "try", NAME, today="2026-06-15").out

    assert "Supposed: the concern is of Monday 15 June 2026," in out


def test_a_guide_is_marked(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "try", NAME, "--concern", "2026-04-01", "--risk", "yes").out

    assert "In danger now: telephone 999." in out
    assert (
        "By Friday 10 April 2026 (a guide): The practitioners on both sides should reach an agreed way forward." in out
    )


def test_nobody_told_gives_no_date_and_says_why(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "try", NAME, "--concern", "2026-04-01", "--told", "no").out

    assert "and the counterpart is not told;" in out
    assert "  No date, because the counterpart has not been told yet, as far as is recorded: The practitioner" in out


def test_both_arms_of_a_branch_stand_under_their_own_headings(tmp_path: Path) -> None:
    out = run(tmp_path, "policy", "try", str(INVENTED / "caldermoor-2026-02.toml"), "--concern", "2026-04-01").out

    assert [line for line in out.splitlines() if line.startswith("Tier ")] == [
        "Tier 1: practitioners",
        "Tier 2: managers",
        "Tier 3 health: the chief nurse (after tier 2 this, or tier 3-council)",
        "Tier 3 council: assistant directors (after tier 2 this, or tier 3-health)",
        "Tier 4: the safeguarding partners",
    ]


def test_a_band_of_urgency_gives_its_own_time(tmp_path: Path) -> None:
    words = ("policy", "try", str(INVENTED / "eastlyn-2026-01.toml"), "--concern", "2026-04-01", "--json")

    shortest, amber = (run(tmp_path, *words, *more).data["stages"][0] for more in ((), ("--urgency", "amber")))

    assert (shortest["left_on"], amber["left_on"]) == ("2026-04-02", "2026-04-08")


def test_as_json_each_stage_has_its_items_with_their_working(tmp_path: Path) -> None:
    data = run(tmp_path, "policy", "try", NAME, "--concern", "2026-04-01", "--json").data

    third = data["stages"][2]
    [resolve] = [item for item in third["items"] if item["key"] == "stage-3-resolve"]
    assert (data["name"], data["nation"], data["supposed"]["concern_on"]) == (NAME, "England", "2026-04-01")
    assert (third["stage"], third["entered_on"], third["left_on"]) == ("3", "2026-04-17", "2026-04-21")
    assert {key: resolve[key] for key in ("due_on", "no_date", "timescale", "counted_from", "clause", "rule")} == {
        "due_on": "2026-04-21",
        "no_date": "",
        "timescale": "2 working days, or less if the child needs it",
        "counted_from": {"on": "2026-04-17", "because": "stage 3 was entered"},
        "clause": "Stage 3 para 2; flowchart stage 3",
        "rule": ["K16", "K30"],
    }
    assert [other["gives"] for other in resolve["readings"][0]["not_followed"]] == ["2026-04-24"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--concern", "2026-02-30"),
            'error: --concern: "2026-02-30" is not a date: February 2026 has 28 days\n'
            "    write year-month-day, such as 2026-04-01, or day, month, year: 1 April 2026\n",
        ),
        (
            ("--concern", "1950-01-05"),
            "error: --concern: 1950 is not a year whose bank holidays are known\n    write a day of 1980 to 2100\n",
        ),
        (
            ("--concern", "2026-04-01", "--told", "2026-03-31"),
            "error: --told: 31/03/2026 is before the concern, 01/04/2026\n"
            "    nobody can be told of a concern before it arises; leave --told out for the same day\n",
        ),
        (("--risk", "perhaps"), 'error: --risk: "perhaps" is not an answer\n    write yes, no or "not sure"\n'),
        (
            ("--urgency", "red"),
            'error: --urgency: "red" is not a band of this policy\n    it has none: leave --urgency out\n',
        ),
    ],
)
def test_cannot_suppose_what_cannot_be(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(tmp_path, "policy", "try", NAME, *words)

    assert (ran.code, ran.out, ran.err) == (2, "", said)


def test_cannot_try_a_policy_with_problems(tmp_path: Path) -> None:
    broken = tmp_path / "ours.toml"
    broken.write_text("[policy]\n", encoding="utf-8")

    ran = run(tmp_path, "policy", "try", str(broken), "--concern", "2026-04-01")

    assert (ran.code, ran.out) == (7, "")
    assert ran.err.startswith("error: ours.toml is not used: ")


@pytest.mark.parametrize("columns", [60, 100])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, columns: int) -> None:
    out = at_terminal(tmp_path, "policy", "try", NAME, "--concern", "2026-04-01", columns=columns).out

    assert max(len(line) for line in re.sub("\x1b\\[[0-9;]*m", "", out).splitlines()) <= columns
