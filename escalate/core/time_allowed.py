"""How much time an item allows in a case, and the day it ends: by band of urgency, and by each calendar adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escalate.core.case import Case
from escalate.core.policy import Obliging, Policy
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


def last_day(
    timescale: Timescale, start: CountedFrom, calendar: WorkingCalendar, adopted: tuple[AdoptedCalendar, ...]
) -> tuple[date, str, str]:
    """Return the last day, the time for hours, and the version of the calendar they were counted by.

    A calendar adopted later counts only for what had not passed on the day it was adopted, and brings nothing forward
    to before that day.
    """
    due_on, due_time = end_of(timescale, start.on, start.time, calendar, first_day=start.first_day)
    version = calendar.version
    for later in adopted:
        if due_on < later.on:
            break
        moved_on, _ = end_of(timescale, start.on, start.time, later.calendar, first_day=start.first_day)
        due_on, version = max(moved_on, later.on), later.calendar.version
    return due_on, due_time, version
