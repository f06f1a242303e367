"""Cases and questions under Somerset's policy, for the tests of its rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from escalate.ask.question import Question
from escalate.core.deciding import Decided
from escalate.core.policy import Policy
from tests.builders import Happened, entered
from tests.rules.scenario import Scenario, policy_of, scenario
from tests.rules.seen import asked_by_advance, asked_by_raise, by_id, page_of

NAME = "somerset-2016-12"
TODAY = date(2026, 4, 9)


def somerset() -> Policy:
    """Return Somerset's policy as its file says it."""
    return policy_of(NAME)


def case(*happened: Happened | Decided, **concern: Any) -> Scenario:
    """Return a case under Somerset's policy, raised on Wednesday 1 April 2026, in which this happened."""
    return scenario(*happened, policy=somerset(), **concern)


def at_stage(stage: str, *happened: Happened | Decided, day: str = "2026-04-09", **concern: Any) -> Scenario:
    """Return a case that climbed to `stage`, each rung on one day, in which this happened then."""
    return case(*(entered(one, day) for one in "2345" if one <= stage), *happened, **concern)


def page() -> str:
    """Return what `policy show` prints, line by line."""
    return page_of(NAME)


def raising() -> dict[str, Question]:
    """Return the questions of `raise` before any is answered, by their ids."""
    return by_id(asked_by_raise(NAME, TODAY))


def asked_when_leaving(situation: Scenario) -> dict[str, Question]:
    """Return what `advance` asks of the stage a case goes up to, where it ended unresolved, by the questions' ids."""
    return asked_by_advance(situation, TODAY)
