"""Cases under Herefordshire's policy: before stage 1, or climbed to a stage on one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from escalate.ask.question import Question, Step
from escalate.core.deciding import Decided
from escalate.core.forms.due import forms_due
from escalate.core.policy import Policy, follow
from tests.builders import Happened, entered
from tests.rules.scenario import Scenario, policy_of, scenario
from tests.rules.seen import asked_by_raise, by_id, page_of

HEREFORDSHIRE = "herefordshire-undated"
STAGES = ("1", "2", "3", "4")
CLOCKS = ("stage-1-resolve", "stage-2-resolve", "stage-3-resolve", "stage-4-resolve")
CHILD = "child-1"


def herefordshire() -> Policy:
    """Return Herefordshire's policy as its file says it."""
    return policy_of(HEREFORDSHIRE)


def case(*happened: Happened | Decided, **concern: Any) -> Scenario:
    """Return a case in which this happened, opened before stage 1."""
    return scenario(*happened, policy=herefordshire(), **concern)


def to_stage_1(day: str) -> Happened:
    """Stage 1 was entered because the informal step ended without agreement."""
    return entered("1", day, left="informal")


def at_stage(stage: str, day: str = "2026-04-02", *more: Happened | Decided, **concern: Any) -> Scenario:
    """Return a case that entered every stage up to this one on one day; then `more` happened in it."""
    climbed = [to_stage_1(day) if one == "1" else entered(one, day) for one in STAGES if one <= stage]
    return case(*climbed, *more, **concern)


def standings(one: Scenario) -> dict[str, str]:
    """Return how each form stands in a case."""
    return {due.use.form: due.standing for due in forms_due(one.case, follow(one.policy))}


def page() -> str:
    """Return what `policy show` prints, line breaks and all."""
    return page_of(HEREFORDSHIRE)


def raising() -> tuple[Step, ...]:
    """Return the questions of `raise` before any is answered."""
    return asked_by_raise(HEREFORDSHIRE, date(2026, 4, 1))


def question(question_id: str) -> Question:
    """Return one question of `raise`."""
    return by_id(raising())[question_id]
