"""A decision that binds by the policy resolves the stage: what follows a resolution follows it."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.core import events as e
from escalate.core.moments import occurrences, parse_moment
from tests.builders import entered, on
from tests.rules.scenario import scenario


def decided(*, binds: bool) -> tuple[e.Fact, date]:
    fact = e.RecommendationMade(by="the Chair", recommendation="Visit.", stage="4", binds=binds, does="decides")
    return fact, on("2026-04-17")


@pytest.mark.parametrize("written", ["resolved", "stage 4 resolved", "the outcome"])
def test_a_binding_decision_is_a_resolution_and_another_is_not(written: str) -> None:
    at = scenario(entered("4", "2026-04-10"))

    def days(*, binds: bool) -> list[date]:
        case = at.then(decided(binds=binds)).case
        return [one.on for one in occurrences(parse_moment(written), case, "4")]

    assert days(binds=True) == [date(2026, 4, 17)]
    assert days(binds=False) == []


def test_a_binding_decision_resolves_no_stage_below() -> None:
    case = scenario(entered("4", "2026-04-10"), decided(binds=True)).case

    assert list(occurrences(parse_moment("stage 3 resolved"), case)) == []


def test_a_binding_decision_is_nothing_agreed_that_would_be_confirmed_in_writing() -> None:
    case = scenario(entered("4", "2026-04-10"), decided(binds=True)).case

    assert list(occurrences(parse_moment("the resolution"), case, "4")) == []
