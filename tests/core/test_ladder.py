"""The ladder: what may follow a stage, what lies above it, where it ends, what is passed over on the way."""

from __future__ import annotations

import pytest

from escalate.core.ladder import last_stages, passed_over, stages_above, stages_after
from escalate.core.policy_items import Stage


def stage(id_: str, then: tuple[str, ...] | None = None) -> Stage:
    """Return a stage of which only its place matters."""
    return Stage(id=id_, title=f"Stage {id_}", between=("one", "another"), clause="", then=then)


STRAIGHT = (stage("1"), stage("2"), stage("4a"), stage("4b"))
FORKED = (
    stage("1"),
    stage("2", ("3-health", "3-council")),
    stage("3-health", ()),
    stage("3-council"),
    stage("4"),
)
JOINED = (stage("1", ("2a", "2b")), stage("2a", ("3",)), stage("2b", ("3",)), stage("3"))


@pytest.mark.parametrize(
    ("stages", "at", "after"),
    [
        (STRAIGHT, "1", ("2",)),
        (STRAIGHT, "4a", ("4b",)),
        (STRAIGHT, "4b", ()),
        (FORKED, "2", ("3-health", "3-council")),
        (FORKED, "3-health", ()),
        (FORKED, "3-council", ("4",)),
        (JOINED, "2a", ("3",)),
    ],
)
def test_what_may_follow_is_the_next_in_the_file_or_what_the_stage_names(
    stages: tuple[Stage, ...], at: str, after: tuple[str, ...]
) -> None:
    assert stages_after(stages, at) == after


def test_a_stage_named_that_does_not_exist_follows_nothing() -> None:
    assert stages_after((stage("1", ("2", "9")), stage("2")), "1") == ("2",)


@pytest.mark.parametrize(
    ("stages", "at", "above"),
    [
        (STRAIGHT, "1", ("2", "4a", "4b")),
        (STRAIGHT, "4b", ()),
        (FORKED, "1", ("2", "3-health", "3-council", "4")),
        (FORKED, "3-health", ()),
        (FORKED, "3-council", ("4",)),
        (JOINED, "1", ("2a", "2b", "3")),
        (JOINED, "2b", ("3",)),
    ],
)
def test_what_lies_above_is_what_can_be_reached_in_the_order_of_the_file(
    stages: tuple[Stage, ...], at: str, above: tuple[str, ...]
) -> None:
    assert stages_above(stages, at) == above


@pytest.mark.parametrize(("stages", "last"), [(STRAIGHT, ("4b",)), (FORKED, ("3-health", "4")), (JOINED, ("3",))])
def test_each_branch_has_an_end_of_its_own(stages: tuple[Stage, ...], last: tuple[str, ...]) -> None:
    assert last_stages(stages) == last


@pytest.mark.parametrize(
    ("stages", "at", "to", "passed"),
    [
        (STRAIGHT, "1", "2", ()),
        (STRAIGHT, "1", "4b", ("2", "4a")),
        (FORKED, "1", "3-health", ("2",)),
        (FORKED, "2", "3-council", ()),
        (FORKED, "1", "4", ("2", "3-council")),
        (JOINED, "1", "3", ("2a",)),
        (FORKED, "3-health", "4", ()),
    ],
)
def test_what_is_passed_over_lies_on_the_shortest_way_up(
    stages: tuple[Stage, ...], at: str, to: str, passed: tuple[str, ...]
) -> None:
    assert passed_over(stages, at, to) == passed


def test_stages_that_name_each_other_are_each_reached_once_and_never_above_themselves() -> None:
    circle = (stage("1", ("2",)), stage("2", ("1", "3")), stage("3"))

    assert stages_above(circle, "1") == ("2", "3")
    assert stages_above(circle, "2") == ("1", "3")
    assert passed_over(circle, "1", "3") == ("2",)
