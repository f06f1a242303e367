"""What is owed in a case: a deadline, a duty, an agreed action or a date to answer, with the working of its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["clock", "duty", "action", "proposal"]
BEYOND = "the calendar knows bank holidays"
"""How the note begins that a date was counted in years whose holidays nobody knows."""


def key_of(item: str, place: int) -> str:
    """Return the key of what an item makes the agency at this place owe, 1 for the first, whose key has no number."""
    return item if place == 1 else f"{item}@{place}"


def item_of_key(key: str) -> str:
    """Return the policy's own id of what is owed under `key`: "stage-1-reply@2" is "stage-1-reply"."""
    return key.partition("@")[0].partition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """A reading of the source that was not followed, and the date it would have given (None: no date)."""

    says: str
    clause: str
    gives: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFollowed:
    """A doubt in the source that bears on this date: what was followed, why, and what else could be read."""

    doubt: str
    sort: Literal["contradiction", "ambiguity"]
    says: str
    clause: str
    because: str
    others: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDate:
    """A date somebody agreed to: when, why, and what keeps the child safe until then where it is the later."""

    by_on: date
    agreed_on: date
    reason: str
    keeps_safe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How a date came about: so much `timescale`, counted from `start_on` because of `started_by`.

    `also` holds the later starts that did not govern. `own_start_on` is the stage's own entering, where an earlier
    start governs. `calendar` is the version counted by. `first_day` is "the day itself" where the day of the start
    counts as day 1, else empty. `notes` are sentences to be said beneath.
    """

    timescale: str = ""
    start_on: date | None = None
    start_time: str = ""
    started_by: str = ""
    also: tuple[tuple[str, date], ...] = ()
    own_start_on: date | None = None
    calendar: str = ""
    first_day: str = ""
    agreed: tuple[AgreedDate, ...] = ()
    readings: tuple[ReadingFollowed, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing owed. It does not depend on today: what only time brings carries the day it shows from.

    Args:
        key: its name within the case ("stage-1-reply", "stage-1-reply@2" for the second agency, "place-on-file#5"
            for the duty of entry 5).
        item: the id of the clock or duty in the policy; empty for actions and proposals.
        party: whose it is; empty where nobody knows.
        due_on: the last day on which it is met, or None: then `no_date` says why.
        policy_due_on: the policy's own date, whatever was agreed; None where the policy gives none.
        own_due_on: what the stage's own entering would have given.
        before_correction_on: an earlier date that a correction has moved.
        says: "now" where the calendar must never move it.
        condition: the facts nobody has recorded yet on which it depends.
        settles: by its last day a stage below the last must be agreed or left.
        about: which of several like occasions it is about ("it was discussed, 10/04/2026").
    """

    key: str
    sort: Sort
    item: str = ""
    stage: str = ""
    agency: str = ""
    party: Literal["raising", "receiving", "both", "partnership", ""] = ""
    who: str = ""
    act: str = ""
    force: str = ""
    to: str = ""
    form: str = ""
    contact: str = ""
    evidence: str = ""
    rule: str = ""
    clause: str = ""
    due_on: date | None = None
    due_time: str = ""
    policy_due_on: date | None = None
    agreed_on: date | None = None
    own_due_on: date | None = None
    before_correction_on: date | None = None
    says: Literal["", "now"] = ""
    is_guide: bool = False
    shows_from: date | None = None
    since_on: date | None = None
    closed_on: date | None = None
    closed_how: str = ""
    no_date: str = ""
    condition: str = ""
    about: str = ""
    settles: bool = False
    working: Working = Working()

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_missed(self) -> bool:
        """Whether its date passed unmet, as far as the case itself can tell: it was closed late, or not at all."""
        return self.due_on is not None and (self.closed_on is None or self.closed_on > self.due_on)
