"""A policy as people meet it: its page, and what `raise` and `advance` ask under it."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

from escalate.ask.interview import steps_of
from escalate.ask.question import Option, Question, Step
from escalate.ask.scripts.advancing import advance_script
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import raise_script
from escalate.core.answers import Answers
from escalate.render.console import Screen
from escalate.render.policy_page import show_policy
from tests.rules.scenario import Scenario, policy_of


@cache
def page_of(name: str) -> str:
    """Return what `policy show` prints, each sentence on one line."""
    stream = io.StringIO()
    show_policy(Screen("piped", stream=stream), policy_of(name))
    return stream.getvalue()


@cache
def asked_by_raise(name: str, today: date) -> tuple[Step, ...]:
    """Return the questions of `raise` under this policy, before any is answered."""
    script = raise_script(Known(today=today), [Option(name)], policy_of, received=False)
    assert callable(script)
    return script(Answers())


def asked_by_advance(situation: Scenario, today: date) -> dict[str, Question]:
    """Return what `advance` asks unbidden where a stage ended unresolved, by the questions' ids."""
    script = advance_script(situation.case, situation.policy, Known(today=today))
    unresolved = Answers({"outcome": "unresolved"})
    questions = [step for step in steps_of(script, unresolved) if isinstance(step, Question)]
    return by_id(tuple(step for step in questions if step.when(unresolved) and not step.waits(unresolved)))


def by_id(steps: tuple[Step, ...]) -> dict[str, Question]:
    """Return the questions among these steps by their ids."""
    return {step.id: step for step in steps if isinstance(step, Question)}
