"""From events, policy and calendar to everything owed, each date with its working. Pure, and blind to today."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from escalate.core.case import Case
from escalate.core.duties import Duties
from escalate.core.owed import OtherReading, Owed, ReadingFollowed
from escalate.core.policy import IMMEDIATE_RISK, Doubt, Policy, follow
from escalate.core.reckoning import Reckoning
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Calendars:
    """What a case counts by: the calendar it was raised under, then each it adopted, in order."""

    first: WorkingCalendar
    adopted: tuple[AdoptedCalendar, ...] = ()


def what_is_owed(
    case: Case,
    policy: Policy,
    calendar: WorkingCalendar | Calendars,
    *,
    before_corrections: Case | None = None,
    with_readings: bool = True,
) -> tuple[Owed, ...]:
    """Return everything owed in `case`, open and closed, clocks first, in the order of the policy's file.

    Nothing is later than the policy's own date: an agreed date governs only where it is sooner, a stage entered late
    counts from the previous stage's deadline, and of several readings the file follows one and tells the others.

    Args:
        policy: as its file says it, its readings not yet put in (`policy.follow` does that here).
        before_corrections: the same case read without its corrections, to keep an earlier date in sight.
        with_readings: tell what the readings not followed would give; no date depends on it, and it takes longest.
    Source: design of the counting; each item's own clause.
    """
    calendars = calendar if isinstance(calendar, Calendars) else Calendars(calendar)
    owed = _everything(case, policy, calendars)
    if with_readings:
        owed = _with_readings(owed, case, policy, calendars)
    if before_corrections is None:
        return owed
    first = {one.key: one for one in _everything(before_corrections, policy, calendars)}
    return tuple(_remembering(one, first.get(one.key)) for one in owed)


def _everything(
    case: Case, policy: Policy, calendars: Calendars, readings: Mapping[str, str] | None = None
) -> tuple[Owed, ...]:
    """Return the clocks and duties of a case under the file's readings, or others where `readings` names them."""
    read = follow(policy, readings)
    reckoning = Reckoning(case, read, calendars.first, calendars.adopted)
    return (*reckoning.clocks(), *Duties(case, read, reckoning).owed())


def _remembering(one: Owed, first: Owed | None) -> Owed:
    if first is None or first.due_on is None or (one.due_on is not None and one.due_on <= first.due_on):
        return one
    return dataclasses.replace(one, before_correction_on=first.due_on, shows_from=first.shows_from)


def _with_readings(owed: tuple[Owed, ...], case: Case, policy: Policy, calendars: Calendars) -> tuple[Owed, ...]:
    """Tell, beside each date that a doubt in the source bears on, what the other readings would have given."""
    told: dict[str, list[ReadingFollowed]] = {}
    # A doubt about what does not run, or is not owed, in this case moves nothing in it.
    bears = {one.item for one in owed} | ({IMMEDIATE_RISK} if case.is_guided else set())
    for doubt in (one for one in policy.doubts if bears & set(one.items)):
        others = {
            name: {one.key: one for one in _everything(case, policy, calendars, {doubt.id: name})}
            for name in doubt.readings
            if name != doubt.followed
        }
        for one in owed:
            given = {name: keyed.get(one.key) for name, keyed in others.items()}
            moved = [name for name, other in given.items() if other and other.due_on != one.due_on]
            if moved or one.item in doubt.items:
                dates = {name: other.due_on if other else None for name, other in given.items()}
                told.setdefault(one.key, []).append(_reading(doubt, policy, dates))
    return tuple(
        dataclasses.replace(one, working=dataclasses.replace(one.working, readings=tuple(told[one.key])))
        if one.key in told
        else one
        for one in owed
    )


def _reading(doubt: Doubt, policy: Policy, dates: dict[str, date | None]) -> ReadingFollowed:
    followed = doubt.readings[doubt.followed]
    sort: Literal["contradiction", "ambiguity"] = "contradiction" if doubt in policy.contradiction else "ambiguity"
    others = tuple(
        OtherReading(says=reading.says, clause=reading.clause, gives=dates[name])
        for name, reading in doubt.readings.items()
        if name != doubt.followed
    )
    return ReadingFollowed(
        doubt=doubt.id, sort=sort, says=followed.says, clause=followed.clause, because=doubt.because, others=others
    )
