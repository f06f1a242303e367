"""Herefordshire at the command line: a practice issue without a child (H20), and one case up to the board (H4, H21)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rules.herefordshire import HEREFORDSHIRE
from tests.running import Ran, run

Escalate = Callable[..., Ran]

SETUP = f"""
name = "Alex Practitioner"
role = "Designated Safeguarding Lead"
agency = "Invented Primary School"
policy = "{HEREFORDSHIRE}"
nation = "England"
emergency_day = "01632 960100"
emergency_out_of_hours = "01632 960200"
"""
THEMED = """
risk = "no"
route = "this policy"
about = "theme"
theme = "Closing letters come after the closure"
decision = "To go on sending the letter a week after a case is closed."
learned_on = 2026-04-01
concern = "Three times this term nobody at school knew of a closure."
outcome_wanted = "The letter goes out before the closure."
theme_area = "information-sharing"

[[receiving]]
agency = "Exampleshire Children's Social Care"
"""
ABOUT_A_CHILD = """
risk = "no"
route = "this policy"
decision = "To step the child down from a child protection plan."
learned_on = 2026-04-01
concern = "Hungry in school on nine of the last fifteen days."
outcome_wanted = "The plan stays until the review."

[[children]]
name = "Rowan Testcase"
child_protection_plan = true

[[receiving]]
agency = "Exampleshire Children's Social Care"
"""


@pytest.fixture
def escalate(tmp_path: Path) -> Escalate:
    """Return what runs a verb in a home set up for Herefordshire, its answers given as text."""

    def ran(*words: str, answers: str, today: str) -> Ran:
        path = tmp_path / "answers.toml"
        path.write_text(answers, encoding="utf-8")
        done = run(tmp_path / "home", *words, "--from", str(path), today=today)
        assert done.code == 0, done.err
        return done

    ran("setup", answers=SETUP, today="2026-04-01")
    return ran


def ended_so(outcome: str, day: str) -> str:
    """Return the answers of `advance` for a stage that ended so."""
    return f'risk = "no"\non = {day}\noutcome = "{outcome}"\nsaid = "Nothing new."\n'


def due(tmp_path: Path, today: str) -> dict[str, str]:
    """Return what is due and has a date: item to date."""
    items = run(tmp_path / "home", "due", "--json", today=today).data["items"]
    return {item["key"]: item["due_on"] for item in items if item["due_on"]}


def test_h20_an_escalation_about_a_practice_issue_needs_no_child(tmp_path: Path, escalate: Escalate) -> None:
    raised = escalate("raise", answers=THEMED, today="2026-04-01")
    escalate("advance", "HSCP-2026-0001", answers=ended_so("unresolved", "2026-04-02"), today="2026-04-02")
    to_2 = escalate("advance", "HSCP-2026-0001", answers=ended_so("unresolved", "2026-04-08"), today="2026-04-08")

    assert raised.out.startswith("Case opened: HSCP-2026-0001-")
    assert "Form owed: Report to HSCP: Multi-Agency Resolution template (Appendix 2)" in to_2.out
    shown = run(tmp_path / "home", "show", "HSCP-2026-0001", today="2026-04-08")
    assert "Closing letters come after the closure" in shown.out
    assert "Rowan" not in shown.out


def test_h4_h21_a_case_climbs_to_the_board_on_one_count_and_silence_is_a_way_up(
    tmp_path: Path, escalate: Escalate
) -> None:
    escalate("raise", answers=ABOUT_A_CHILD, today="2026-04-01")
    stages = [("unresolved", "2026-04-02"), ("no response", "2026-04-08"), ("no response", "2026-04-15")]
    for outcome, day in [*stages, ("no response", "2026-04-22")]:
        up = escalate("advance", "HSCP-2026-0001", answers=ended_so(outcome, day), today=day)
        assert "departure" not in up.out

    assert due(tmp_path, "2026-04-22")["stage-4-resolve"] == "2026-05-01"
