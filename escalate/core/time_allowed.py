"""How much time an item allows in a case, and the day it ends: by band of urgency, and by each calendar adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escalate.core.case import Case
from escalate.core.owed import BEYOND
from escalate.core.policy import Clock, Obliging, Policy, follow
from escalate.core.timescale import Timescale, end_of, parse_timescale
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar


@dataclass(frozen=True, slots=True)
class CountedFrom:
    """Where a time begins: the day, "HH:MM" or "" where nobody knows it, and which day is the first counted."""

    on: date
    time: str
    first_day: str


def time_allowed(
    item: Obliging, case: Case, policy: Policy, start_on: date, calendar: WorkingCalendar
) -> tuple[Timescale, tuple[str, ...]]:
    """Return the time an item allows, and what is to be said of it.

    Of several bands it is the case's own. As long as nobody has judged how urgent a case is, the time that protects
    the child soonest governs.
    """
    if not item.by_band:
        return parse_timescale(item.within), ()
    if case.band in item.by_band:
        title = next((band.title for band in policy.band if band.id == case.band), case.band)
        return parse_timescale(item.by_band[case.band]), (f"the case was judged: {title}",)
    every = [parse_timescale(written) for written in item.by_band.values()]
    dated = [one for one in every if one.has_date]
    shortest = min(dated, key=lambda one: end_of(one, start_on, "", calendar), default=every[0])
    return shortest, ("nobody has recorded how urgent it is: the shortest time governs until somebody does",)


def clocks_by_agreement(policy: Policy, stage: str) -> tuple[Clock, ...]:
    """Return the resolving clocks of a stage to which the policy, as followed, gives no time but an agreed date."""
    return tuple(
        clock
        for clock in follow(policy).clock
        if clock.stage == stage and clock.resolves and clock.within
        if parse_timescale(clock.within).unit == "agreed date"
    )


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a time, "HH:MM" for hours, the version of the calendar it was counted by, and what to say of it.

    `notes` tell what a calendar adopted later has moved, and where the calendar does not know the holidays.
    """

    on: date
    time: str
    version: str
    notes: tuple[str, ...] = ()


def last_day(
    timescale: Timescale, start: CountedFrom, calendar: WorkingCalendar, adopted: tuple[AdoptedCalendar, ...]
) -> LastDay:
    """Return the last day on which a timescale is met.

    A calendar adopted later counts only for what had not passed on the day it was adopted, and brings nothing forward
    to before that day.
    """
    due_on, due_time = end_of(timescale, start.on, start.time, calendar, first_day=start.first_day)
    counted_by = calendar
    notes: list[str] = []
    for later in adopted:
        if due_on < later.on:
            break
        moved_on, _ = end_of(timescale, start.on, start.time, later.calendar, first_day=start.first_day)
        governs_on = max(moved_on, later.on)
        if governs_on != due_on and start.on < later.on:
            notes.append(_moved(due_on, later, is_held_back=governs_on != moved_on))
        due_on, counted_by = governs_on, later.calendar
    if timescale.unit in ("working days", "same working day"):
        notes += _beyond(start.on, due_on, counted_by)
    return LastDay(due_on, due_time, counted_by.version, tuple(notes))


def _moved(due_on: date, later: AdoptedCalendar, *, is_held_back: bool) -> str:
    said = f"by the calendar before it would be {due_on:%d/%m/%Y}; this one was adopted on {later.on:%d/%m/%Y}"
    return f"{said}, and brings nothing forward to before that day" if is_held_back else said


def _beyond(start_on: date, due_on: date, calendar: WorkingCalendar) -> list[str]:
    """Return what to say where days are counted in years whose bank holidays nobody knows yet, or any more."""
    if calendar.knows(start_on) and calendar.knows(due_on):
        return []
    years = f"from {calendar.first_year} to {calendar.last_year}"
    return [f"{BEYOND} {years} only: any outside those years are counted as working days"]
