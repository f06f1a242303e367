"""What goes to others and comes back: forms returned, details forms ask for, cases handed over, linked, logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Fact, Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsRecorded(Fact):
    """What only forms ask for, by the name that every form asks for it by, such as "need.current".

    `child` is the opaque id of the child it is about, empty for the case as a whole. A later one for the same name
    replaces it.
    """

    kind: ClassVar[str] = "details recorded"
    child: Opaque = ""
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReceived(Fact):
    """A form came back, or came in: what it says, and what of it somebody accepted.

    `issue` is the issue it came of, empty where it is none of ours. `digest` is the SHA-256 of the file as it came,
    which is kept unchanged. `identified_by` says how its case was known. `read` is what it says, by field id; `taken`
    what of that was accepted and stands on the next issue, as long as the case itself still says what it said then
    (`beside`). `not_placed` are its words that belong to no field.
    """

    kind: ClassVar[str] = "form received"
    form: Opaque
    form_version: int
    issue: Opaque = ""
    stage: Opaque
    child: Opaque = ""
    digest: Opaque
    identified_by: Literal["properties", "printed reference", "answered"]
    how: Literal["read from the file", "typed in by hand"] = "read from the file"
    from_whom: str = ""
    read: Mapping[str, str]
    taken: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    not_placed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAdded(Fact):
    """The case is about this child as well, by opaque id, as a form that came in later says."""

    kind: ClassVar[str] = "child added"
    child: Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Fact):
    """The case was handed to somebody in another installation: to whom, why. `package` is the file's own id."""

    kind: ClassVar[str] = "handed over"
    to: str
    to_agency: str = ""
    reason: str = ""
    package: Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Fact):
    """The case was taken in from another installation (`from_chain`): who owns it here from now on.

    `handed_to` is the name to which it was handed, where that is somebody else's than of whoever took it in.
    """

    kind: ClassVar[str] = "taken over"
    by: Opaque
    agency: Opaque
    package: Opaque
    from_chain: Opaque
    handed_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesLinked(Fact):
    """This case and another (its stream and reference) are one escalation, and count once. Recorded in both."""

    kind: ClassVar[str] = "cases linked"
    other: Opaque
    other_reference: Opaque
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesUnlinked(Fact):
    """This case and another are two escalations after all. Recorded in both."""

    kind: ClassVar[str] = "cases unlinked"
    other: Opaque
    other_reference: Opaque
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnothersEntryCorrected(Fact):
    """An entry that another installation recorded should have said `restated`. Both are kept."""

    kind: ClassVar[str] = "another's entry corrected"
    of_chain: Opaque
    entry: int
    reason: str
    occurred_on: date
    restated: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnothersEntryRedacted(Fact):
    """The words of an entry that another installation recorded were removed; `restated` is what may stay."""

    kind: ClassVar[str] = "another's entry redacted"
    of_chain: Opaque
    entry: int
    reason: str
    restated: Mapping[str, object]
