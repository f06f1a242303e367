"""Learning points: several in one entry, each with its number, whose it is and what became of it."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.learning import (
    OfPoint,
    known_names_in,
    learning_points,
    point_numbered,
    points_in,
    refuse_impossible,
)
from escalate.core.views import LearningRow
from escalate.errors import CannotDecide, NotFound
from tests.builders import Happened, on
from tests.rules.scenario import scenario


def learned(words: str, day: str, stage: str = "1") -> Happened:
    return e.LearningIdentified(stage=stage, learning=words), on(day)


def of(fact: OfPoint, day: str) -> Happened:
    return fact, on(day)


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("Ask schools earlier.", ("Ask schools earlier.",)),
        ("Ask schools earlier.\n\nWrite to all.", ("Ask schools earlier.", "Write to all.")),
        ("- Ask schools earlier.\n- Write to all.", ("Ask schools earlier.", "Write to all.")),
        ("1. Ask schools\n   earlier.\n2) Write to all.", ("Ask schools earlier.", "Write to all.")),
        ("It was agreed:\n• ask schools\n• write to all", ("It was agreed: ask schools", "write to all")),
        ("Nobody was told.\n- Ask schools.", ("Nobody was told.", "Ask schools.")),
        ("61 % attended.\n2 visits were missed.", ("61 % attended.", "2 visits were missed.")),
        ("-\n", ("-",)),
        ("  \n", ()),
    ],
)
def test_each_line_or_each_marked_line_is_a_point(words: str, points: tuple[str, ...]) -> None:
    assert points_in(words) == points


def test_points_are_numbered_through_the_case_and_keyed_by_their_entry() -> None:
    case = scenario(
        learned("Ask earlier.\nWrite to all.", "2026-04-02"), learned("Meet sooner.", "2026-04-08", "2")
    ).case
    first, second = [event.sequence for event in case.of(e.LearningIdentified)]

    points = learning_points(case)

    assert [(point.number, point.key, point.stage, point.words) for point in points] == [
        (1, f"{first}.1", "1", "Ask earlier."),
        (2, f"{first}.2", "1", "Write to all."),
        (3, f"{second}.1", "2", "Meet sooner."),
    ]
    assert {point.state for point in points} == {"open"}


def test_what_became_of_a_point_stands_with_it_and_leaves_the_others() -> None:
    before = scenario(learned("Ask earlier.\nWrite to all.", "2026-04-02"))
    key = learning_points(before.case)[1].key

    case = before.then(
        of(e.LearningGiven(point=key, owner="Practice lead"), "2026-04-07"),
        of(e.LearningTaken(point=key, group="Core Business Group", decided="Change the letter."), "2026-04-08"),
        of(e.LearningClosed(point=key, changed="The letter goes to all."), "2026-04-10"),
    ).case

    untouched, point = learning_points(case)
    assert (untouched.state, untouched.owner) == ("open", "")
    assert point == LearningRow(
        key=key,
        number=2,
        sequence=point.sequence,
        stage="1",
        identified_on=date(2026, 4, 2),
        words="Write to all.",
        state="closed",
        owner="Practice lead",
        owned_on=date(2026, 4, 7),
        taken_to="Core Business Group",
        taken_on=date(2026, 4, 8),
        decided="Change the letter.",
        ended_on=date(2026, 4, 10),
        became="The letter goes to all.",
    )


def test_a_point_opened_again_is_open_and_keeps_its_owner() -> None:
    before = scenario(learned("Ask earlier.", "2026-04-02"))
    key = learning_points(before.case)[0].key

    case = before.then(
        of(e.LearningGiven(point=key, owner="Practice lead"), "2026-04-07"),
        of(e.LearningDropped(point=key, reason="It is in the handbook."), "2026-04-08"),
        of(e.LearningReopened(point=key, reason="It is not."), "2026-04-09"),
    ).case

    (point,) = learning_points(case)
    assert (point.state, point.owner, point.ended_on, point.became) == ("open", "Practice lead", None, "")


def test_a_group_heard_of_before_the_end_and_written_down_after_it_leaves_a_point_closed() -> None:
    before = scenario(learned("Ask earlier.", "2026-04-02"))
    key = learning_points(before.case)[0].key

    case = before.then(
        of(e.LearningClosed(point=key, changed="It is asked."), "2026-04-09"),
        of(e.LearningTaken(point=key, group="Core Business Group"), "2026-04-08"),
    ).case

    assert learning_points(case)[0].state == "closed"


def test_cannot_speak_of_a_point_that_the_case_does_not_have() -> None:
    case = scenario(learned("Ask earlier.", "2026-04-02")).case

    assert point_numbered(case, 1).words == "Ask earlier."
    for number in (0, 2):
        with pytest.raises(NotFound, match=f"has no learning point {number}: it has 1"):
            point_numbered(case, number)


def test_cannot_close_twice_nor_open_again_what_is_open_nor_before_it_was_identified() -> None:
    before = scenario(learned("Ask earlier.", "2026-04-02"))
    (point,) = learning_points(before.case)
    closing = e.LearningClosed(point=point.key, changed="It is asked.")
    (closed,) = learning_points(before.then(of(closing, "2026-04-09")).case)

    for refused, fact, day in (
        (closed, closing, "2026-04-10"),
        (point, e.LearningReopened(point=point.key), "2026-04-10"),
        (point, closing, "2026-04-01"),
    ):
        with pytest.raises(CannotDecide):
            refuse_impossible(before.case, refused, fact, on(day))
    refuse_impossible(before.case, point, closing, on("2026-04-02"))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Rowan's school was not asked.", ("Rowan Testcase",)),
        ("R.T. was not asked.", ("Rowan Testcase",)),
        ("Nobody asked the school of ROWAN or Sam Counterpart.", ("Rowan Testcase", "Sam Counterpart")),
        ("Exampleshire Children's Social Care closes too soon.", ()),
    ],
)
def test_names_of_children_and_people_are_found_in_learning_and_agencies_are_not(
    words: str, names: tuple[str, ...]
) -> None:
    assert known_names_in([words, ""], scenario().case) == names
