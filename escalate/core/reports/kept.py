"""What is kept of each case so that reports are counted in one query: made from its events, blind to today.

Whoever keeps them says once which case they belong to. Agencies stand folded beside their names as written, children
by what tells that it is the same child again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

MarkSort = Literal["raising", "receiving", "theme", "need", "child", "pair"]
ActSort = Literal["form", "recommendation", "response", "reopened"]
EndedHow = Literal["", "resolved", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounted:
    """One case as it counts.

    `received_on` is the day it was received here, where it was: raised with our agency, or logged from a form. `need`
    is its level of need, "" where none is recorded. `days` are working days from the concern to the end, by the case's
    calendar. `came_in_above`: it was logged above the first stage, so that what was before is not known here.
    `is_undated`: a clock is open in it that has no date.
    """

    policy: str
    side: Literal["raising", "receiving", "partnership"]
    raised_on: date
    received_on: date | None
    concern_on: date
    raising_agency: str
    stage: str
    came_in_above: bool = False
    is_undated: bool = False
    need: str = ""
    ended_on: date | None = None
    ending: EndedHow = ""
    ended_stage: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRun:
    """A stage that was entered, with one receiving agency: how and when it ended, after how many working days.

    `place` counts the stages entered from 1, `agency` the receiving agencies. `outcome` is that recorded with the
    agency, or "went up", "decided", "recommendation accepted", "withdrawn", or "" while it is open.
    """

    place: int
    agency: int
    policy: str
    stage: str
    agency_name: str
    entered_on: date
    ended_on: date | None = None
    outcome: str = ""
    days: int | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRun:
    """A clock that runs in the case, by one reading: its last day, and when what it asks for came.

    `reading` is "" for the one followed, else "doubt/reading" of a contradiction. `fell_away`: it was closed by the
    end of the case, and not by what it asks for.
    """

    key: str
    reading: str
    policy: str
    clock: str
    stage: str
    is_guide: bool
    since_on: date | None
    due_on: date | None
    closed_on: date | None
    fell_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMark:
    """By what a case is counted with others: an agency, a theme, a level of need, a child, a pair of agencies."""

    sort: MarkSort
    mark: str
    label: str
    policy: str
    raised_on: date
    ended_on: date | None
    ending: EndedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """Something that happened in a case, or became owed in it, to be counted.

    `what` is the form's id, what the last stage does, the answer, or the stage. Of a form, `became` is "sent",
    "not owed" or "", and `done_on` the day of that.
    """

    place: int
    sort: ActSort
    policy: str
    occurred_on: date
    what: str
    agency: str = ""
    done_on: date | None = None
    became: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRows:
    """Everything kept of one case for reports."""

    case: CaseCounted
    stages: tuple[StageRun, ...] = ()
    clocks: tuple[ClockRun, ...] = ()
    marks: tuple[CaseMark, ...] = ()
    acts: tuple[CaseAct, ...] = ()
