"""Croydon's policy, cases under it, its page and its interview, for the tests of its rules."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import Any

from escalate.ask.question import Option, Question, Step
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import raise_script
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.policy import Policy
from escalate.render.console import Screen
from escalate.render.policy_page import show_policy
from tests.builders import Happened, entered, on
from tests.rules.scenario import Scenario, policy_of, scenario

NAME = "croydon-2024-05"
STAGES = ("1", "2", "3", "4", "5")


def croydon() -> Policy:
    """Return Croydon's policy as its file says it."""
    return policy_of(NAME)


def case(*happened: Happened, **concern: Any) -> Scenario:
    """Return a case under Croydon's policy in which this happened."""
    return scenario(*happened, policy=croydon(), **concern)


def at_stage(stage: str, day: str, *happened: Happened, **concern: Any) -> Scenario:
    """Return a case that entered every stage up to this one on one day."""
    climbed = [entered(above, day) for above in STAGES[1:] if above <= stage]
    return case(*climbed, *happened, **{"decision_received_on": day, **concern})


def decided(day: str) -> Happened:
    """The Partnership Executive decided."""
    words = "The plan stays until the review."
    return e.RecommendationMade(by="the Partnership Executive", recommendation=words, stage="5"), on(day)


def own_words(table: str, rule: str) -> list[Any]:
    """Return the items of one table of the file that are traced under a rule."""
    return [item for item in getattr(croydon(), table) if rule in item.rules]


@cache
def page() -> str:
    """Return what `policy show` prints, unwrapped."""
    stream = io.StringIO()
    show_policy(Screen("piped", stream=stream), croydon())
    return stream.getvalue()


def page_from(heading: str) -> str:
    """Return the part of the page under the heading that begins so."""
    parts = page().split("\n\n")
    return next(part for part in parts if part.startswith(heading))


def raising(today: str = "2026-04-01") -> tuple[Step, ...]:
    """Return the questions of `raise` on a day, before any is answered."""
    script = raise_script(Known(today=date.fromisoformat(today)), [Option(NAME)], lambda _: croydon(), received=False)
    assert callable(script)
    return script(Answers())


def asked(today: str = "2026-04-01") -> dict[str, Question]:
    """Return the questions of `raise` on a day by their ids."""
    return {step.id: step for step in raising(today) if isinstance(step, Question)}
