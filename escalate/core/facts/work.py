"""Working on a case: discussions, oversight, dates, duties, learning, forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from escalate.core.facts.base import Action, Fact, Opaque


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionRecorded(Fact):
    """An inter-agency discussion: who, how, what was said, options, decision, actions.

    Of a meeting: who chaired it, and the opaque id of the agency the chair came from, where that is one of the case's.
    """

    kind: ClassVar[str] = "discussion recorded"
    agencies: tuple[Opaque, ...]
    people: tuple[Opaque, ...] = ()
    how: str = ""
    said: str
    options: str = ""
    decision: str = ""
    recommendations: str = ""
    chaired_by: str = ""
    chair_agency: Opaque = ""
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
class LearningIdentified(Fact):
    """Something the partnership could learn from: one point or several, a line each."""

    kind: ClassVar[str] = "learning identified"
    stage: Opaque
    learning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningGiven(Fact):
    """A learning point was given an owner, a name or a post. `point` is its key in this case."""

    kind: ClassVar[str] = "learning given"
    point: Opaque
    owner: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningTaken(Fact):
    """A learning point was taken to a group, on the day it happened, and what was decided there, "" where nothing."""

    kind: ClassVar[str] = "learning taken"
    point: Opaque
    group: str
    decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningClosed(Fact):
    """A learning point is closed: what changed because of it."""

    kind: ClassVar[str] = "learning closed"
    point: Opaque
    changed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningDropped(Fact):
    """A learning point is not followed up any more, and why."""

    kind: ClassVar[str] = "learning dropped"
    point: Opaque
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningReopened(Fact):
    """A learning point that was closed or dropped is followed up again, and why."""

    kind: ClassVar[str] = "learning reopened"
    point: Opaque
    reason: str = ""


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
