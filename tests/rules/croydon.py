"""Croydon's policy, cases under it, its page and its interview, for the tests of its rules."""

from __future__ import annotations

from typing import Any

from escalate.ask.question import Question
from escalate.core import events as e
from escalate.core.policy import Policy
from tests.builders import Happened, entered, on
from tests.rules.scenario import Scenario, policy_of, scenario
from tests.rules.seen import asked_by_raise, by_id, page_of

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


def page() -> str:
    """Return what `policy show` prints, unwrapped."""
    return page_of(NAME)


def page_from(heading: str) -> str:
    """Return the part of the page under the heading that begins so."""
    parts = page().split("\n\n")
    return next(part for part in parts if part.startswith(heading))


def asked(today: str = "2026-04-01") -> dict[str, Question]:
    """Return the questions of `raise` on a day, before any is answered, by their ids."""
    return by_id(asked_by_raise(NAME, on(today)))
