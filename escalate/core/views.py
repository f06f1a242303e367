"""What a case looks like today to those who only read: its line in the list, its deadlines and duties, its people.

These are made from events, policy and calendar, kept beside the ledger so that reading is one query, and can be made
again at any time. The stream they belong to is said once, by whoever keeps them. None of them depends on today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from escalate.core.reports.kept import ReportRows

CaseState = Literal["open", "to check", "ended", "withdrawn"]
ItemSort = Literal["clock", "duty", "action", "proposal", "fact"]
WhoseItem = Literal["ours", "theirs", "not known"]
PointState = Literal["open", "closed", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as `list` and `show` head it.

    `receiving_agencies` and `themes` are joined by "; ". `subject` is the children's initials, or the theme.
    `last_sequence` is the last entry these rows were made from. `their_reference` and `their_case` are what a logged
    case is called, and which stream it is, where it was raised. `unsaid` is what is not said yet of it, a line each.
    """

    reference: str
    policy: str
    policy_name: str
    policy_digest: str
    calendar_version: str
    our_side: Literal["raising", "receiving", "partnership"]
    raising_agency: str
    receiving_agencies: str
    subject: str
    themes: str = ""
    owner: str = ""
    stage: str = ""
    stage_title: str = ""
    state: CaseState = "open"
    concern_on: date
    opened_on: date
    stage_entered_on: date
    ended_on: date | None = None
    last_sequence: int
    closing_note: str = ""
    their_reference: str = ""
    their_case: str = ""
    unsaid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One thing somebody owes in a case: a clock, a duty, an agreed action, a proposed date or a fact to find out.

    `key` is unique in the case, `item` the policy's own id. `due_on` is the date that governs; the policy's, the
    agreed, our own later one and the one before a correction stand beside it. Without a date, `no_date` says why.
    `says` is "now" where the calendar must not move it. `shows_from` hides what only time brings until that day.
    `working` is the counting out loud, as JSON.
    """

    key: str
    sort: ItemSort
    item: str
    stage: str = ""
    agency: str = ""
    agency_name: str = ""
    side: WhoseItem = "not known"
    who: str = ""
    act: str
    force: str = ""
    to_whom: str = ""
    rule: str = ""
    clause: str = ""
    due_on: date | None = None
    due_time: str | None = None
    says: Literal["", "now"] = ""
    is_guide: bool = False
    shows_from: date | None = None
    since_on: date | None = None
    policy_due_on: date | None = None
    agreed_on: date | None = None
    own_due_on: date | None = None
    before_correction_on: date | None = None
    closed_on: date | None = None
    closed_how: str = ""
    no_date: str = ""
    is_open: bool = True
    working: str = "{}"

    @property
    def is_both(self) -> bool:
        """Whether both sides owe it."""
        return is_of_both(self.working)


def is_of_both(working: str) -> bool:
    """Return whether a working says that both sides owe it.

    The key itself is found, without reading all: in anybody's words a quote has a backslash.
    """
    return '"both": true' in working


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """The name behind an opaque id, as entered last. `agency` is the opaque id of a person's agency."""

    party: str
    sort: Literal["person", "agency", "child"]
    name: str
    role: str = ""
    agency: str = ""
    email: str = ""
    telephone: str = ""
    born_on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningRow:
    """One learning point of a case as it stands.

    `sequence` is the place of the entry that identified it. `owner` is whoever has it now, a name or a post, since
    `owned_on`. `taken_to` is the group it was taken to last. `became` is what changed, or why it was dropped; while the
    point is open, it and `ended_on` are empty.
    """

    key: str
    number: int
    sequence: int
    stage: str
    identified_on: date
    words: str
    state: PointState = "open"
    owner: str = ""
    owned_on: date | None = None
    taken_to: str = ""
    taken_on: date | None = None
    decided: str = ""
    ended_on: date | None = None
    became: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildBefore:
    """A child of an earlier case, by the opaque id that another may use; `case` is the reference of the latest.

    `opened_on` is when that case was opened, and `agencies` the names of those on its other side, joined by "; ".
    """

    party: str
    name: str
    born_on: date | None
    case: str
    opened_on: date
    agencies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRows:
    """Everything kept for reading about one case; replaced as a whole whenever the case changes.

    `report` is what reports count it by, None where rows are made to be shown and not kept.
    """

    case: CaseRow
    items: tuple[DueItem, ...] = ()
    parties: tuple[PartyRow, ...] = ()
    learning: tuple[LearningRow, ...] = ()
    report: ReportRows | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFile:
    """Where an issued form lies: `issue` is the issue's own id, `digest` the SHA-256 of the file."""

    issue: str
    stream: str
    form: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file as it came, kept unchanged beside the entry that received it; `digest` is its SHA-256."""

    event_id: str
    digest: str
    content: bytes
