"""Cases and questions under Wirral's policy, for the tests of its rules."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import Any

from escalate.ask.question import Option, Question, Step
from escalate.ask.scripts.advancing import advance_script
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import raise_script
from escalate.core.answers import Answers
from escalate.core.deciding import Decided
from escalate.core.policy import Policy
from escalate.render.console import Screen
from escalate.render.policy_page import show_policy
from tests.builders import Happened, entered
from tests.rules.scenario import Scenario, policy_of, scenario

NAME = "wirral-2015-09"
TODAY = date(2026, 4, 10)


def wirral() -> Policy:
    """Return Wirral's policy as its file says it."""
    return policy_of(NAME)


def case(*happened: Happened | Decided, **concern: Any) -> Scenario:
    """Return a case under Wirral's policy, raised on Wednesday 1 April 2026, in which this happened."""
    return scenario(*happened, policy=wirral(), **concern)


def at_stage(stage: str, *happened: Happened | Decided, day: str = "2026-04-10", **concern: Any) -> Scenario:
    """Return a case that climbed to `stage`, each rung on one day, in which this happened then."""
    return case(*(entered(one, day) for one in "234" if one <= stage), *happened, **concern)


@cache
def page() -> str:
    """Return what `policy show` prints, line by line."""
    stream = io.StringIO()
    show_policy(Screen("piped", stream=stream), wirral())
    return stream.getvalue()


def raising() -> dict[str, Question]:
    """Return the questions of `raise` before any is answered, by their ids."""
    script = raise_script(Known(today=TODAY), [Option(NAME)], lambda _: wirral(), received=False)
    assert callable(script)
    return _questions(script(Answers()))


def asked_when_leaving(situation: Scenario) -> dict[str, Question]:
    """Return what `advance` asks of the stage a case goes up to, where it ended unresolved, by the questions' ids."""
    script = advance_script(situation.case, wirral(), Known(today=TODAY))
    assert not callable(script)
    unresolved = Answers({"outcome": "unresolved"})
    return _questions(tuple(step for step in script if not isinstance(step, Question) or step.when(unresolved)))


def _questions(steps: tuple[Step, ...]) -> dict[str, Question]:
    return {step.id: step for step in steps if isinstance(step, Question)}
