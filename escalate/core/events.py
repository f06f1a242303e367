"""The facts a case is made of. A case is the fold of its events; an event is never changed.

Each fact class (`core.facts`) is one kind of event: its `kind` is the stable name in the ledger, its `shape` the
version of its fields. Old shapes are lifted on read, never rewritten. People, agencies and children appear by opaque
id everywhere but in `PartyNamed`, so that what the hash chain covers names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from escalate.core.facts.base import Action, Answer, Fact, Ground, Opaque, Outcome, RiskAnswer, Side
from escalate.core.facts.climbing import (
    AgencyResponded,
    DepartureRecorded,
    OutcomeConfirmed,
    OutcomeRecorded,
    RecommendationMade,
    Reopened,
    StageEntered,
    Withdrawn,
)
from escalate.core.facts.coming_home import (
    AnothersEntryCorrected,
    AnothersEntryRedacted,
    CasesLinked,
    CasesUnlinked,
    ChildAdded,
    DetailsRecorded,
    FormReceived,
    HandedOver,
    TakenOver,
)
from escalate.core.facts.giving_out import LogGivenOut
from escalate.core.facts.keeping import (
    AgencyClosureCancelled,
    AgencyClosureRecorded,
    CalendarStored,
    Corrected,
    DeclaredDay,
    Redacted,
    ReportIssued,
    SetupRecorded,
)
from escalate.core.facts.opening import (
    CalendarAdopted,
    ConcernRaised,
    CounterpartTold,
    MoreSaid,
    PartyNamed,
    RiskConsidered,
    SituationRecorded,
    UrgencyJudged,
)
from escalate.core.facts.work import (
    ActionChecked,
    DiscussionRecorded,
    DutyDone,
    DutyNotApplicable,
    FormIssued,
    LearningClosed,
    LearningDropped,
    LearningGiven,
    LearningIdentified,
    LearningReopened,
    LearningTaken,
    OversightRecorded,
    TimescaleAgreed,
    TimescaleProposed,
)

__all__ = [
    "FACTS",
    "KINDS",
    "Action",
    "ActionChecked",
    "AgencyClosureCancelled",
    "AgencyClosureRecorded",
    "AgencyResponded",
    "AnothersEntryCorrected",
    "AnothersEntryRedacted",
    "Answer",
    "CalendarAdopted",
    "CalendarStored",
    "CasesLinked",
    "CasesUnlinked",
    "ChildAdded",
    "ConcernRaised",
    "Corrected",
    "CounterpartTold",
    "DeclaredDay",
    "DepartureRecorded",
    "DetailsRecorded",
    "DiscussionRecorded",
    "DutyDone",
    "DutyNotApplicable",
    "Event",
    "Fact",
    "FormIssued",
    "FormReceived",
    "Ground",
    "HandedOver",
    "LearningClosed",
    "LearningDropped",
    "LearningGiven",
    "LearningIdentified",
    "LearningReopened",
    "LearningTaken",
    "LogGivenOut",
    "MoreSaid",
    "NewEvent",
    "Opaque",
    "Outcome",
    "OutcomeConfirmed",
    "OutcomeRecorded",
    "OversightRecorded",
    "PartyNamed",
    "RecommendationMade",
    "Redacted",
    "Reopened",
    "ReportIssued",
    "RiskAnswer",
    "RiskConsidered",
    "SetupRecorded",
    "Side",
    "SituationRecorded",
    "StageEntered",
    "TakenOver",
    "TimescaleAgreed",
    "TimescaleProposed",
    "UrgencyJudged",
    "Withdrawn",
]

FACTS: tuple[type[Fact], ...] = (
    PartyNamed,
    ConcernRaised,
    MoreSaid,
    CalendarAdopted,
    RiskConsidered,
    UrgencyJudged,
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
    LearningGiven,
    LearningTaken,
    LearningClosed,
    LearningDropped,
    LearningReopened,
    FormIssued,
    DetailsRecorded,
    ChildAdded,
    FormReceived,
    HandedOver,
    TakenOver,
    CasesLinked,
    CasesUnlinked,
    Withdrawn,
    Reopened,
    DepartureRecorded,
    Corrected,
    Redacted,
    AnothersEntryCorrected,
    AnothersEntryRedacted,
    SetupRecorded,
    CalendarStored,
    AgencyClosureRecorded,
    AgencyClosureCancelled,
    LogGivenOut,
    ReportIssued,
)
KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for fact in FACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact about to be recorded. `id` is its opaque id, given beforehand so that a retry cannot record it twice.

    `occurred_on` is a civil date in London; `occurred_time` is "HH:MM", or empty where nobody knows it.
    `target` is the place in the stream of the entry that a correction or redaction is about.
    """

    id: str
    fact: Fact
    occurred_on: date
    occurred_time: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recorded fact, in its place.

    `sequence` counts the stream's entries from 1 as they arrived here, whoever recorded them; `number` is the entry's
    own in its chain, the same in every installation, and equal to `sequence` while a stream has one chain. `target` is
    the `sequence` of the entry that a correction or redaction is about.

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
    number: int = 0

    def __post_init__(self) -> None:
        if not self.number:
            object.__setattr__(self, "number", self.sequence)
