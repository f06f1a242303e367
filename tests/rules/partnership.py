"""Cases and questions under one shipped policy, for the tests of its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from escalate.ask.question import Question
from escalate.core.deciding import Decided
from escalate.core.policy import Policy
from tests.builders import Happened, entered
from tests.rules.scenario import Scenario, policy_of, scenario
from tests.rules.seen import asked_by_advance, asked_by_raise, by_id, page_of


@dataclass(frozen=True)
class Partnership:
    """A shipped policy by its name, the day on which it is asked by, and its stages above the first."""

    name: str
    today: date
    above: str

    def policy(self) -> Policy:
        """Return the policy as its file says it."""
        return policy_of(self.name)

    def case(self, *happened: Happened | Decided, **concern: Any) -> Scenario:
        """Return a case raised on Wednesday 1 April 2026, in which this happened."""
        return scenario(*happened, policy=self.policy(), **concern)

    def at_stage(self, stage: str, *happened: Happened | Decided, day: str = "", **concern: Any) -> Scenario:
        """Return a case that climbed to `stage`, each rung on one day, in which this happened then."""
        climbed = (entered(one, day or self.today) for one in self.above if one <= stage)
        return self.case(*climbed, *happened, **concern)

    def page(self) -> str:
        """Return what `policy show` prints, line by line."""
        return page_of(self.name)

    def raising(self) -> dict[str, Question]:
        """Return the questions of `raise` before any is answered, by their ids."""
        return by_id(asked_by_raise(self.name, self.today))

    def asked_when_leaving(self, situation: Scenario) -> dict[str, Question]:
        """Return what `advance` asks of the stage a case goes up to, where it ended unresolved, by the ids."""
        return asked_by_advance(situation, self.today)
