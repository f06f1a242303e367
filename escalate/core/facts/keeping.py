"""Keeping the record: corrections, redactions, and the database's own setup and calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Fact, Opaque


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
    """In the stream `setup`: who uses this database, for which agency and policy. A claim, not a proof.

    `asks` is how this person wants to be asked and answered; "" where an older escalate did not ask.
    """

    kind: ClassVar[str] = "setup recorded"
    person: Opaque
    agency: Opaque
    account: Opaque
    policy: Opaque
    nation: Opaque
    emergency_day: str = ""
    emergency_out_of_hours: str = ""
    asks: Literal["", "plain", "edited"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredDay:
    """A non-working day that somebody declared here: a proclaimed one-off holiday, or a closure of a partnership."""

    day: date
    name: str
    kind: Literal["holiday", "closure"]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarStored(Fact):
    """In the stream `calendar`: the non-working days of a nation over whole years, and where they come from.

    `days` are the bank holidays as `source` has them. `declared` are those added here; a day that is in both is a bank
    holiday. `partnership` is the prefix of the policies whose cases count by it, empty for the whole nation.
    `reason`: why this version was stored. One that `came_with_a_case` handed over counts for that case, and for none
    raised here.
    """

    kind: ClassVar[str] = "calendar stored"
    version: Opaque
    nation: Opaque
    source: str
    first_year: int
    last_year: int
    days: Mapping[str, str] = field(default_factory=dict)
    partnership: Opaque = ""
    declared: tuple[DeclaredDay, ...] = ()
    reason: str = ""
    came_with_a_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyClosureRecorded(Fact):
    """In the stream `calendar`: an agency is closed on these days, both included. It moves no deadline.

    `agency` is the agency's opaque id, or empty where it was not known by `name` when this was recorded.
    """

    kind: ClassVar[str] = "agency closure recorded"
    closure: Opaque
    agency: Opaque = ""
    name: str
    first_on: date
    last_on: date
    because: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyClosureCancelled(Fact):
    """In the stream `calendar`: an agency's closure was recorded by mistake, or does not take place."""

    kind: ClassVar[str] = "agency closure cancelled"
    closure: Opaque
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIssued(Fact):
    """In the stream `reports`: a report as it was issued, for good: its figures (`report`, plain) and their digest.

    Of the published ones this is the register of what anybody may already know. `lines` are the learning points whose
    own words it tells: each case's stream, a space and the point's key.
    """

    kind: ClassVar[str] = "report issued"
    number: Opaque
    policy: Opaque
    group: str
    edition: Literal["restricted", "published"]
    first_on: date
    last_on: date
    as_of: date
    digest: Opaque
    distribution: tuple[str, ...] = ()
    report: Mapping[str, object]
    lines: tuple[Opaque, ...] = ()
