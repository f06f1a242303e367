"""Left at a question by Ctrl-C, a hang-up or a kill, and gone on with: a sample of what the proof of it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.kept import drafts, entries
from tests.cli.typist import Typist
from tests.interviews.leaving import Left
from tests.interviews.scenarios import ADVANCING, RAISING
from tests.interviews.sitting import Sitting


@pytest.fixture
def sitting(home: Path) -> Iterator[Sitting]:
    """Somebody raising a case, with lines that can be edited."""
    begun = Sitting(Typist(home, "editing"), RAISING.prefers)
    yield begun
    begun.child.close(force=True)


def test_raise_goes_on_from_two_questions_it_was_left_at_in_three_ways(tmp_path: Path) -> None:
    left = Left(RAISING, tmp_path, "editing")

    left.everywhere({3, 5})

    assert (left.again, left.half_typed) == (6, 6)


def test_advance_goes_on_from_a_question_it_was_left_at_in_three_ways(tmp_path: Path) -> None:
    left = Left(ADVANCING[1], tmp_path, "plain")

    left.everywhere({4})

    assert left.again == 3


def test_a_window_made_narrow_keeps_what_stands_in_the_line_and_wraps_what_is_shown_next(sitting: Sitting) -> None:
    sitting.begin("raise")
    while sitting.now.kind != "long":
        sitting.answer()
    sitting.half_types("The case was closed after")
    sitting.child.setwinsize(50, 60)
    sitting.child.send(" one visit.\x1b\r")
    sitting.child.expect_exact("Fri)")

    assert [line for line in sitting.typist.screen.split("When did you", 1)[1].split("\n") if len(line) > 60] == []
    assert sitting.leaves("Ctrl-C") == 130
    (draft,) = drafts(sitting.typist.home)
    assert draft["decision"] == "The case was closed after one visit."


def test_ctrl_d_leaves_as_ctrl_c_does(sitting: Sitting) -> None:
    before = entries(sitting.typist.home)
    sitting.begin("raise")
    sitting.answer()

    assert sitting.leaves("Ctrl-D") == 130
    assert (drafts(sitting.typist.home), entries(sitting.typist.home)) == ([{"risk": "no"}], before)
