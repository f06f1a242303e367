"""Opening a case: who is in it, what the concern is, the risk, who was told, the situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Answer, Fact, Opaque, RiskAnswer, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNamed(Fact):
    """The name behind an opaque id: a person, an agency or a child. A later one for the same id replaces it.

    `agency` is the opaque id of a person's agency. `withheld` people and addresses are printed as
    "withheld, ask the recording agency" on every form.
    """

    kind: ClassVar[str] = "party named"
    party: Opaque
    sort: Literal["person", "agency", "child"]
    name: str
    role: str = ""
    agency: Opaque = ""
    email: str = ""
    telephone: str = ""
    born_on: date | None = None
    address: str = ""
    address_withheld: bool = False
    withheld: bool = False
    parental_responsibility: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernRaised(Fact):
    """A case is opened: by whom, with whom, about what. `occurred_on` is the day it was raised.

    `decision_received_on` is when the raiser learned of the decision; `disagreed_on` when the disagreement
    arose, where that is another day. The policy's clocks count from the earlier of those known. Of a case logged by the
    partnership, `their_reference` and `their_case` are its reference and stream where it was raised. `child_said` is
    the child's own voice and day; `family_knows` what the family knows of it, `family_not_told` why they were not told.
    """

    kind: ClassVar[str] = "concern raised"
    reference: Opaque
    policy: Opaque
    policy_digest: Opaque
    calendar_version: Opaque
    our_side: Side
    raising_agency: Opaque
    raised_by: Opaque
    receiving_agencies: tuple[Opaque, ...]
    children: tuple[Opaque, ...] = ()
    about_theme: str = ""
    counterparts: tuple[Opaque, ...] = ()
    decision: str
    decision_received_on: date
    disagreed_on: date | None = None
    concern: str
    risk_to_child: str = ""
    evidence: str = ""
    nature: str = ""
    outcome_wanted: str
    they_want: str = ""
    themes: tuple[Opaque, ...] = ()
    policy_still_governs: str = ""
    their_reference: Opaque = ""
    their_case: Opaque = ""
    child_said: str = ""
    family_knows: str = ""
    family_not_told: str = ""

    @property
    def concern_on(self) -> date:
        """The earlier of the disagreement and the day the decision was learned of: the policy's day 0."""
        return min(day for day in (self.disagreed_on, self.decision_received_on) if day is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreSaid(Fact):
    """What was not known when the concern was raised, and was said later. It adds to the concern and replaces nothing.

    Every field is one of `ConcernRaised` by the same name; empty ones say nothing.
    """

    kind: ClassVar[str] = "more said"
    risk_to_child: str = ""
    evidence: str = ""
    nature: str = ""
    they_want: str = ""
    child_said: str = ""
    family_knows: str = ""
    family_not_told: str = ""
    themes: tuple[Opaque, ...] = ()
    counterparts: tuple[Opaque, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAdopted(Fact):
    """The case counts by this version of the calendar from now on."""

    kind: ClassVar[str] = "calendar adopted"
    version: Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskConsidered(Fact):
    """Whether a child was thought to be at immediate risk, and what keeps the child safe until when."""

    kind: ClassVar[str] = "risk considered"
    answer: RiskAnswer
    keeps_safe: str = ""
    confirmed_by: str = ""
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyJudged(Fact):
    """How urgent the case is, by the policy's own bands (`band` is one's id), who judged it, and why."""

    kind: ClassVar[str] = "urgency judged"
    band: Opaque
    judged_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartTold(Fact):
    """The concern was raised with the counterpart: to whom, how. Recording a case is not telling anyone."""

    kind: ClassVar[str] = "counterpart told"
    agency: Opaque
    person: Opaque = ""
    how: Literal["telephone", "face to face", "meeting", "e-mail", "letter", "form", "not known"]
    said: str = ""

    @property
    def is_verbal(self) -> bool:
        return self.how in ("telephone", "face to face", "meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationRecorded(Fact):
    """What is known of a child's or an agency's situation: fact by fact, yes, no or not known.

    `subject` is a party's id, or empty for the case as a whole.
    """

    kind: ClassVar[str] = "situation recorded"
    subject: Opaque = ""
    facts: Mapping[str, Answer]
