"""Going up and ending: stages, outcomes, recommendations, withdrawal, departures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Action, Fact, Opaque, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered(Fact):
    """The case entered a stage, on what ground, leaving which. The first stage is entered by raising.

    `ground` is one of `Ground`, or the policy's own words for a way straight up. `people`: who acts for each side,
    where the policy leaves it to be asked.
    """

    kind: ClassVar[str] = "stage entered"
    stage: Opaque
    ground: Opaque
    left: Opaque = ""
    reason: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecorded(Fact):
    """How a stage ended with one receiving agency.

    Where it did not answer, `said` is what was sent, `sent_on` when, and `passed_on` the day that passed without an
    answer. Out of time, `passed_on` is the agreed date that passed, where the record had none for the stage.
    `confirms`: who is to confirm a resolution in writing.
    """

    kind: ClassVar[str] = "outcome recorded"
    agency: Opaque
    stage: Opaque
    outcome: Outcome
    said: str = ""
    decision: str = ""
    outstanding: str = ""
    changed_for_child: str = ""
    actions: tuple[Action, ...] = ()
    sent_on: date | None = None
    passed_on: date | None = None
    confirms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeConfirmed(Fact):
    """An outcome was confirmed in writing: for which receiving agency and stage, by whom, to whom, how."""

    kind: ClassVar[str] = "outcome confirmed"
    agency: Opaque
    stage: Opaque
    by: str = ""
    to: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationMade(Fact):
    """Whoever ends the ladder recommended or decided something.

    `binds`: by the policy, no agency's answer is needed. `does`: by the policy, "recommends", "decides" or "mediates".
    `agency`: the opaque id of the agency they came from, where that is one of the case's.
    """

    kind: ClassVar[str] = "recommendation made"
    by: str
    recommendation: str
    stage: Opaque
    binds: bool = False
    does: Opaque = ""
    agency: Opaque = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResponded(Fact):
    """An agency answered the recommendation."""

    kind: ClassVar[str] = "agency responded"
    agency: Opaque
    response: Literal["accepted", "accepted in part", "not accepted"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Fact):
    """The escalation was withdrawn: who wanted it, why, which manager knows."""

    kind: ClassVar[str] = "withdrawn"
    wanted_by: str
    reason: str
    manager_who_knows: str = ""
    changed_for_child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Fact):
    """The case is open again at the stage it was at; the concern keeps its first date."""

    kind: ClassVar[str] = "reopened"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureRecorded(Fact):
    """Something happened otherwise than the policy says, and why. It never blocks anything."""

    kind: ClassVar[str] = "departure recorded"
    what: str
    reason: str = ""
    rule: str = ""
