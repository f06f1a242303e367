"""The facts a case is made of. A case is the fold of its events; an event is never changed.

Each fact class is one kind of event: its `kind` is the stable name in the ledger, its `shape` the version of its
fields. Old shapes are lifted on read (`lift`), never rewritten. People, agencies and children appear by opaque id
everywhere but in `PartyNamed`, so that what the hash chain covers names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

Opaque = Annotated[str, "opaque"]
"""An id, a name of something in the policy, a file's name or a digest: never anybody's words, so never redacted."""
Answer = Literal["yes", "no", "not known"]
RiskAnswer = Literal["yes", "no", "not sure"]
Side = Literal["raising", "receiving"]
Ground = Literal[
    "raised",
    "unresolved",
    "no response",
    "out of time",
    "significant policy issue",
    "immediate risk",
    "skipped",
]
Outcome = Literal["resolved", "unresolved", "no response", "out of time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What one event says. Subclasses are its kinds."""

    kind: ClassVar[str]
    shape: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An agreed action: what, who does it, by when. `id` is opaque and unique in the case."""

    id: Opaque
    what: str
    owner: str = ""
    by_on: date | None = None


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
    """A case is opened: by whom, with whom, about what. `occurred_on` is the day it was written down as raised.

    `decision_received_on` is when the raiser learned of the decision; `disagreed_on` when the disagreement
    arose, where that is another day. The policy's clocks count from the earlier of those known.
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
class CounterpartTold(Fact):
    """The concern was raised with the counterpart: to whom, how. Recording a case is not telling anyone."""

    kind: ClassVar[str] = "counterpart told"
    agency: Opaque
    person: Opaque = ""
    how: Literal["telephone", "face to face", "meeting", "e-mail", "letter", "form"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionRecorded(Fact):
    """An inter-agency discussion: who, how, what was said, options, decision, actions."""

    kind: ClassVar[str] = "discussion recorded"
    agencies: tuple[Opaque, ...]
    people: tuple[Opaque, ...] = ()
    how: str = ""
    said: str
    options: str = ""
    decision: str = ""
    recommendations: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OversightRecorded(Fact):
    """What a manager said when the case was discussed in supervision or by way of oversight."""

    kind: ClassVar[str] = "oversight recorded"
    manager: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimescaleProposed(Fact):
    """A date somebody proposed for `item` (a clock's or duty's key in this case), not agreed yet."""

    kind: ClassVar[str] = "timescale proposed"
    item: Opaque
    by_on: date
    proposed_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimescaleAgreed(Fact):
    """A date agreed for `item`. An earlier one governs; a later one is kept beside the policy's own."""

    kind: ClassVar[str] = "timescale agreed"
    item: Opaque
    by_on: date
    agreed_with: str = ""
    reason: str = ""
    keeps_safe: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDone(Fact):
    """A duty was done: to whom, how; `occurred_on` says when."""

    kind: ClassVar[str] = "duty done"
    item: Opaque
    to: str = ""
    how: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyNotApplicable(Fact):
    """A duty does not apply in this case, and why."""

    kind: ClassVar[str] = "duty not applicable"
    item: Opaque
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChecked(Fact):
    """An agreed action was looked at after the discussion or resolution that made it."""

    kind: ClassVar[str] = "action checked"
    action: Opaque
    was_done: Literal["yes", "no", "in part"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered(Fact):
    """The case entered a stage, on what ground, leaving which. The first stage is entered by raising."""

    kind: ClassVar[str] = "stage entered"
    stage: Opaque
    ground: Ground
    left: Opaque = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecorded(Fact):
    """How a stage ended with one receiving agency. Where it did not answer, `said` is what was sent, and when."""

    kind: ClassVar[str] = "outcome recorded"
    agency: Opaque
    stage: Opaque
    outcome: Outcome
    said: str = ""
    decision: str = ""
    outstanding: str = ""
    changed_for_child: str = ""
    actions: tuple[Action, ...] = ()


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
    """Whoever ends the ladder recommended or decided something."""

    kind: ClassVar[str] = "recommendation made"
    by: str
    recommendation: str
    stage: Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyResponded(Fact):
    """An agency answered the recommendation."""

    kind: ClassVar[str] = "agency responded"
    agency: Opaque
    response: Literal["accepted", "accepted in part", "not accepted"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningIdentified(Fact):
    """Something the partnership could learn from."""

    kind: ClassVar[str] = "learning identified"
    stage: Opaque
    learning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIssued(Fact):
    """A form was written for somebody to send: what it said, and the digest of the file.

    `issue` is this issue's own id, printed on it; `anchor` is the ledger's head before it; `answers` is the
    snapshot of every field by id; `digest` the file's SHA-256, `content_digest` that of its unpacked parts.
    """

    kind: ClassVar[str] = "form issued"
    issue: Opaque
    form: Opaque
    form_version: int
    stage: Opaque
    child: Opaque = ""
    file_name: Opaque
    digest: Opaque
    content_digest: Opaque
    anchor: Opaque
    answers: Mapping[str, str]
    blanks: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Fact):
    """The entry in `Event.target` should have said `restated` (its fields, plain). Both are kept."""

    kind: ClassVar[str] = "corrected"
    reason: str
    occurred_on: date
    restated: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted(Fact):
    """The words of the entry in `Event.target` were removed; `restated` is what may stay (its fields, plain)."""

    kind: ClassVar[str] = "redacted"
    reason: str
    restated: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRecorded(Fact):
    """In the stream `setup`: who uses this database, for which agency and policy. A claim, not a proof."""

    kind: ClassVar[str] = "setup recorded"
    person: Opaque
    agency: Opaque
    account: Opaque
    policy: Opaque
    nation: Opaque
    emergency_day: str = ""
    emergency_out_of_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarStored(Fact):
    """In the stream `calendar`: the non-working days of a nation over whole years, and where they come from."""

    kind: ClassVar[str] = "calendar stored"
    version: Opaque
    nation: Opaque
    source: str
    first_year: int
    last_year: int
    days: Mapping[str, str] = field(default_factory=dict)


FACTS: tuple[type[Fact], ...] = (
    PartyNamed,
    ConcernRaised,
    CalendarAdopted,
    RiskConsidered,
    CounterpartTold,
    SituationRecorded,
    DiscussionRecorded,
    OversightRecorded,
    TimescaleProposed,
    TimescaleAgreed,
    DutyDone,
    DutyNotApplicable,
    ActionChecked,
    StageEntered,
    OutcomeRecorded,
    OutcomeConfirmed,
    RecommendationMade,
    AgencyResponded,
    LearningIdentified,
    FormIssued,
    Withdrawn,
    Reopened,
    DepartureRecorded,
    Corrected,
    Redacted,
    SetupRecorded,
    CalendarStored,
)
KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for fact in FACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact about to be recorded. `id` is its opaque id, given beforehand so that a retry cannot record it twice.

    `occurred_on` is a civil date in London; `occurred_time` is "HH:MM", or empty where nobody knows it.
    `target` is the sequence of the entry that a correction or redaction is about.
    """

    id: str
    fact: Fact
    occurred_on: date
    occurred_time: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recorded fact, in its place: (stream, chain, sequence).

    `recorded_at` is an ISO moment with offset. `recorded_by` and `for_agency` are opaque ids. `fact` is None where
    the words were redacted and nothing was restated.
    """

    stream: str
    chain: str
    sequence: int
    id: str
    fact: Fact | None
    kind: str
    occurred_on: date
    occurred_time: str = ""
    recorded_at: str = ""
    recorded_by: str = ""
    for_agency: str = ""
    target: int | None = None
    hash: str = ""
