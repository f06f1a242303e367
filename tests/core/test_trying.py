"""A policy tried on an invented case: the dates it would give, before any case exists."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from escalate.core.policy import Policy
from escalate.core.trying import StageTried, Supposed, Trial, try_policy
from escalate.files.policies.loading import parse_policy
from tests.rules.scenario import ENGLAND, policy_of

INVENTED = Path(__file__).parents[1] / "policies" / "invented"
CONCERN = date(2026, 4, 1)

HEAD = """
[policy]
partnership = "Triallingham Safeguarding Children Partnership"
title       = "Settling Differences"
edition     = "2026-01"
prefix      = "TSCP"
nation      = "England"
source      = { document = "Settling Differences" }
clause      = "head"

[[ending]]
stage = "4"
who = "the Chair"
does = "decides"
binding = true
says = "The Chair decides."
clause = "4"
"""


def stage(name: str, more: str = "") -> str:
    return f'[[stage]]\nid = "{name}"\ntitle = "Stage {name}"\nbetween = ["one", "other"]\nclause = "{name}"\n{more}\n'


def clock(name: str, at: str, within: str, *, resolves: bool = True, more: str = 'from = ["the concern"]') -> str:
    settles = "resolves = true" if resolves else ""
    return (
        f'[[clock]]\nid = "{name}"\nstage = "{at}"\nwho = "both sides"\nside = "both"\nshould = "settle it"\n'
        f'within = "{within}"\nuntil = ["the outcome"]\n{settles}\n{more}\nclause = "{at}"\n'
    )


def policy(*parts: str) -> Policy:
    return parse_policy(HEAD + "\n".join(parts), name="triallingham", where="triallingham.toml")


def tried(tried_policy: Policy, **supposed: object) -> Trial:
    given = {"concern_on": CONCERN, "told_on": CONCERN, **supposed}
    return try_policy(tried_policy, ENGLAND, Supposed(**given))  # type: ignore[arg-type]


def days(trial: Trial) -> list[tuple[str, date, date]]:
    return [(one.stage.id, one.entered_on, one.left_on) for one in trial.stages]


def due(one: StageTried) -> dict[str, date | None]:
    return {owed.key: owed.due_on for owed in one.owed}


LADDER = [stage(name) for name in "1234"]


def test_clocks_that_all_count_from_the_concern_give_the_days_of_one_long_clock() -> None:
    allowed = {"1": 3, "2": 8, "3": 13, "4": 20}
    cumulative = policy(*LADDER, *(clock(f"by-{at}", at, f"{n} working days") for at, n in allowed.items()))

    assert days(tried(cumulative)) == [
        ("1", date(2026, 4, 1), date(2026, 4, 8)),
        ("2", date(2026, 4, 8), date(2026, 4, 15)),
        ("3", date(2026, 4, 15), date(2026, 4, 22)),
        ("4", date(2026, 4, 22), date(2026, 5, 1)),
    ]


def test_a_stage_is_left_on_the_last_day_of_its_own_clock_and_the_next_counts_from_then() -> None:
    stepwise = policy(
        *LADDER,
        *(clock(f"by-{at}", at, "2 working days", more='from = ["the stage entered"]') for at in "1234"),
    )

    assert days(tried(stepwise)) == [
        ("1", date(2026, 4, 1), date(2026, 4, 7)),
        ("2", date(2026, 4, 7), date(2026, 4, 9)),
        ("3", date(2026, 4, 9), date(2026, 4, 13)),
        ("4", date(2026, 4, 13), date(2026, 4, 15)),
    ]


def test_a_stage_without_a_date_is_left_the_day_it_was_entered_and_says_why() -> None:
    undated = policy(*LADDER, clock("one", "1", "an agreed date"), clock("two", "2", "5 working days"))

    first, second, third, _ = tried(undated).stages

    assert (first.left_on, first.left_by, first.no_date) == (CONCERN, "", "no date has been agreed yet")
    assert (second.left_on, second.left_by, second.no_date) == (date(2026, 4, 10), "two", "")
    assert (third.left_on, third.no_date) == (date(2026, 4, 10), "the policy states no time")


def test_what_starts_when_somebody_is_told_has_no_date_where_nobody_is() -> None:
    told = policy(*LADDER, clock("reply", "1", "3 working days", more='from = ["the counterpart told"]'))

    assert due(tried(told).stages[0]) == {"reply": date(2026, 4, 8)}
    assert due(tried(told, told_on=date(2026, 4, 8)).stages[0]) == {"reply": date(2026, 4, 13)}
    not_told = tried(told, told_on=None).stages[0]
    assert due(not_told) == {"reply": None}
    assert not_told.no_date == "the counterpart has not been told yet, as far as is recorded"


def test_both_arms_of_a_branch_are_tried_from_the_same_day() -> None:
    forked = policy(
        stage("1", 'then = ["2", "3"]\nchoose = "both managers choose"'),
        stage("2", 'then = ["4"]'),
        stage("3", 'then = ["4"]'),
        stage("4"),
        clock("one", "1", "3 working days"),
        clock("two", "2", "2 working days", more='from = ["the stage entered"]'),
    )

    assert [(one.stage.id, one.way, one.entered_on) for one in tried(forked).stages] == [
        ("1", (), date(2026, 4, 1)),
        ("2", ("1",), date(2026, 4, 8)),
        ("4", ("1", "2"), date(2026, 4, 10)),
        ("3", ("1",), date(2026, 4, 8)),
        ("4", ("1", "3"), date(2026, 4, 8)),
    ]


def test_a_confirmation_counts_from_a_resolution_on_the_last_day() -> None:
    confirmed = policy(
        *LADDER,
        clock("one", "1", "5 working days"),
        clock("confirm", "1", "2 working days", resolves=False, more='from = ["the resolution"]'),
    )

    first = tried(confirmed).stages[0]

    assert [(one.key, one.due_on) for one in first.if_resolved] == [("confirm", date(2026, 4, 14))]
    assert [one.key for one in first.owed] == ["one"]


def test_an_unknown_fact_leaves_a_duty_conditional() -> None:
    [duty] = [
        one for one in tried(policy_of("knowsley-2020-11")).stages[2].owed if one.item == "ask-named-professional"
    ]

    assert duty.condition == "is this agency a health service?"


def test_what_a_clock_counts_from_is_done_on_its_last_day() -> None:
    last = tried(policy_of("knowsley-2020-11")).stages[3]

    assert due(last)["refer-to-the-chair"] == date(2026, 4, 21)
    assert due(last)["chair-recommends"] == date(2026, 4, 28)


def test_readings_not_followed_stand_beside_the_date_with_what_they_would_give() -> None:
    third = tried(policy_of("knowsley-2020-11")).stages[2]
    [resolve] = [one for one in third.owed if one.item == "stage-3-resolve"]

    assert [other.gives for reading in resolve.working.readings for other in reading.others] == [date(2026, 4, 24)]


def test_what_never_came_up_is_named() -> None:
    items = [item.id for item in tried(policy_of("knowsley-2020-11")).not_arising]

    assert "tell-partnership-of-learning" in items
    assert "tell-manager-of-risk" in items
    assert "tell-manager-of-risk" not in [
        item.id for item in tried(policy_of("knowsley-2020-11"), risk="yes").not_arising
    ]


def test_immediate_risk_makes_the_clocks_guides() -> None:
    first = tried(policy_of("knowsley-2020-11"), risk="yes").stages[0]

    assert {one.item: one.is_guide for one in first.owed if one.sort == "clock"}["stage-1-resolve"] is True
    assert first.left_on == date(2026, 4, 10)


def test_trying_changes_nothing_of_the_policy() -> None:
    read = policy_of("knowsley-2020-11")
    before = dataclasses.asdict(read)

    tried(read)

    assert dataclasses.asdict(read) == before


@pytest.mark.parametrize("path", sorted(INVENTED.glob("*.toml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("risk", [None, "yes", "not sure"])
def test_every_invented_policy_can_be_tried_to_each_of_its_ends(path: Path, risk: str | None) -> None:
    read = policy_of(str(path))

    for told_on in (CONCERN, None, date(2026, 4, 20)):
        stages = tried(read, told_on=told_on, risk=risk).stages
        assert set(read.last_stages) <= {one.stage.id for one in stages}
        assert all(one.entered_on <= one.left_on for one in stages)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("herefordshire-undated", ["2026-04-01", "2026-04-08", "2026-04-15", "2026-04-22", "2026-05-01"]),
        ("croydon-2024-05", ["2026-04-14"]),
        ("wirral-2015-09", ["2026-04-10"]),
        ("knowsley-2020-11", ["2026-04-10", "2026-04-17", "2026-04-21", "2026-04-28"]),
    ],
)
def test_a_concern_of_1_april_2026_gives_the_published_days(name: str, left: list[str]) -> None:
    stages = tried(policy_of(name)).stages

    assert [one.left_on.isoformat() for one in stages][: len(left)] == left
