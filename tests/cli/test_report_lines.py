"""Choosing at a terminal which learning points are published, line by line, before anything is issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import a_case, a_home
from tests.running import run

typist = pytest.importorskip("tests.cli.typist")

TODAY = "2026-07-10"
QUESTION = "yes, no, back, or done"


def test_each_line_is_asked_can_be_gone_back_to_and_is_shown_before_it_counts(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    learning = "Say it sooner.\nAsk the nursery.\nRowan was never asked."
    a_case(home, (e.LearningIdentified(stage="1", learning=learning), date(2026, 4, 9)))
    someone = typist.Typist(home, today=TODAY)

    someone.types(
        "report", "--edition", "published", "--with-learning", "--format", "json", "--out", str(tmp_path / "out")
    )
    for typed in ("yes", "back", "no", "yes"):
        someone.child.expect_exact(QUESTION)
        someone.child.send(f"{typed}\r")
    someone.child.expect_exact("Is that right?")
    before = someone.seen.getvalue()
    someone.child.send("yes\r")
    someone.child.expect_exact("2  issue it all the same")
    someone.child.send("2\r")

    assert someone.ends() == 0
    assert "1 learning point names somebody of a case, and cannot be published." in before
    assert "Rowan" not in before
    assert before.split("To be published, for good: 1 line.")[1].split()[:3] == ["Ask", "the", "nursery."]
    assert "Say it sooner." not in run(home, "report", "--again", "KSCP-R2026-001", today=TODAY).out
    assert "Ask the nursery." in run(home, "report", "--again", "KSCP-R2026-001", today=TODAY).out
