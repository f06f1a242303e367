"""From events, policy and calendar to everything owed, each date with its working. Pure, and blind to today."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.duties import Duties
from escalate.core.moments import CAUSES, Moment, Occurrence, is_deadline, occurrences, parse_moment, waiting_for
from escalate.core.owed import AgreedDate, OtherReading, Owed, ReadingFollowed, Working
from escalate.core.policy import Clock, Doubt, Obliging, Policy, follow
from escalate.core.timescale import end_of, parse_timescale
from escalate.core.working_days import WorkingCalendar

PREVIOUS = "the previous stage's resolving deadline"


def what_is_owed(
    case: Case, policy: Policy, calendar: WorkingCalendar, *, before_corrections: Case | None = None
) -> tuple[Owed, ...]:
    """Return everything owed in `case`, open and closed, clocks first, in the order of the policy's file.

    Nothing is later than the policy's own date: an agreed date governs only where it is sooner, a stage entered late
    counts from the previous stage's deadline, and of several readings the file follows one and tells the others.

    Args:
        policy: as its file says it, its readings not yet put in (`policy.follow` does that here).
        before_corrections: the same case read without its corrections, to keep an earlier date in sight.
    Source: design of the counting; each item's own clause.
    """
    owed = Reckoning(case, follow(policy), calendar).everything
    owed = _with_readings(owed, case, policy, calendar)
    if before_corrections is None:
        return owed
    first = {one.key: one for one in Reckoning(before_corrections, follow(policy), calendar).everything}
    return tuple(_remembering(one, first.get(one.key)) for one in owed)


def _remembering(one: Owed, first: Owed | None) -> Owed:
    if first is None or first.due_on is None or (one.due_on is not None and one.due_on <= first.due_on):
        return one
    return dataclasses.replace(one, before_correction_on=first.due_on)


def _with_readings(owed: tuple[Owed, ...], case: Case, policy: Policy, calendar: WorkingCalendar) -> tuple[Owed, ...]:
    """Tell, beside each date that a doubt in the source bears on, what the other readings would have given."""
    told: dict[str, list[ReadingFollowed]] = {}
    for doubt in policy.doubts:
        others = {
            name: {one.key: one for one in Reckoning(case, follow(policy, {doubt.id: name}), calendar).everything}
            for name in doubt.readings
            if name != doubt.followed
        }
        for one in owed:
            given = {name: keyed.get(one.key) for name, keyed in others.items()}
            moved = [name for name, other in given.items() if other and other.due_on != one.due_on]
            if moved or doubt.about == one.item:
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


@dataclass(frozen=True)
class Reckoning:
    """One reckoning of one case under one set of readings."""

    case: Case
    policy: Policy
    calendar: WorkingCalendar

    @cached_property
    def everything(self) -> tuple[Owed, ...]:
        clocks = tuple(owed for clock in self.policy.clock for owed in self._of_clock(clock))
        return clocks + tuple(Duties(self.case, self.policy, self).owed())

    @cached_property
    def is_off_the_ladder(self) -> bool:
        effects = {effect.effect for effect in self.policy.immediate_risk}
        return self.case.is_guided and "leave the ladder" in effects

    @cached_property
    def is_guide(self) -> bool:
        effects = {effect.effect for effect in self.policy.immediate_risk}
        return self.case.is_guided and "clocks become guides" in effects

    def key(self, item: str, agency: str) -> str:
        """Return the key of an item for an agency: the first receiving agency's carries no number."""
        agencies = self.case.raised.receiving_agencies
        place = agencies.index(agency) + 1 if agency in agencies else 1
        return item if place == 1 else f"{item}@{place}"

    def deadline(self, clock: str, agency: str) -> Owed | None:
        """Return what this clock gives for `agency`, or for the first it runs for, or None where it does not run."""
        found = next(one for one in self.policy.clock if one.id == clock)
        for_all = list(self._of_clock(found))
        return next((one for one in for_all if one.agency in (agency, "")), for_all[0] if for_all else None)

    def starts(self, moment: Moment, agency: str, stage: str) -> Iterator[Occurrence]:
        """Yield when the moment happened for this agency, deadlines among the moments included."""
        if not is_deadline(moment):
            for one in occurrences(moment, self.case, stage):
                if not agency or one.agency in ("", agency):
                    yield one
        elif moment.kind == PREVIOUS:
            yield from self._previous_deadline(agency, stage)
        else:
            missed = next(one for one in self.policy.clock if one.id == moment.arg)
            for owed in self._of_clock(missed):
                if owed.due_on and owed.is_missed and (not agency or owed.agency in ("", agency)):
                    said = f"the last day for this was reached: {owed.act}"
                    yield Occurrence(owed.due_on, said, owed.agency, is_missed=True)

    def _previous_deadline(self, agency: str, stage: str) -> Iterator[Occurrence]:
        below = [one.id for one in self.policy.stage]
        for earlier in reversed(below[: below.index(stage)]):
            for clock in self.policy.clock:
                if clock.stage == earlier and clock.resolves:
                    owed = self.deadline(clock.id, agency)
                    if owed and owed.due_on:
                        yield Occurrence(owed.due_on, f"the day by which stage {earlier} was to be resolved", agency)
                        return

    def _of_clock(self, clock: Clock) -> Iterator[Owed]:
        entered = self.case.entered(clock.stage)
        if entered is None:
            return
        moments = [parse_moment(written) for written in clock.from_]
        waits_for_a_cause = bool(moments) and all(moment.kind in CAUSES for moment in moments)
        for agency in self._agencies(clock, entered):
            owed = self.timed(self._untimed(clock, agency), clock, agency)
            if owed.since_on or not waits_for_a_cause:
                yield owed

    def _agencies(self, clock: Clock, entered: e.Event) -> tuple[str, ...]:
        if clock.each == "case":
            return ("",)
        settled_before = {
            cast(e.OutcomeRecorded, x.fact).agency
            for x in self.case.of(e.OutcomeRecorded)
            if cast(e.OutcomeRecorded, x.fact).outcome == "resolved" and x.sequence < entered.sequence
        }
        is_reopened = self.case.reopened_at > 0
        return tuple(a for a in self.case.raised.receiving_agencies if is_reopened or a not in settled_before)

    def _untimed(self, clock: Clock, agency: str) -> Owed:
        return Owed(
            key=self.key(clock.id, agency),
            sort="clock",
            stage=clock.stage,
            agency=agency,
            is_guide=self.is_guide or not clock.binding,
            **clock.words,  # type: ignore[arg-type]  # side is a Party
        )

    def timed(self, owed: Owed, item: Obliging, agency: str, default: Occurrence | None = None) -> Owed:
        """Return `owed` with its date and working, closed where its moment came, the stage ended or all was resolved.

        Args:
            default: what the time counts from where the item names nothing.
        """
        stage = item.stage if isinstance(item, Clock) else ""
        moments = [parse_moment(written) for written in item.from_]
        starts = [one for moment in moments for one in self.starts(moment, agency, stage)]
        if not moments:
            starts = [default] if default else list(self.starts(Moment("the stage entered"), agency, stage))
        start = min(starts, key=lambda one: (one.on, one.entry), default=None)
        owed = self._dated(owed, item, starts, start) if start else _waiting(owed, moments)
        owed = self._agreed(owed)
        return self._closed(owed, item, start)

    def timed_by_agreement(self, owed: Owed, item: Obliging, start: Occurrence | None) -> Owed:
        """Return `owed`, whose date is settled already, with any agreed one, closed where its moment came."""
        return self._closed(self._agreed(owed), item, start)

    def _dated(self, owed: Owed, item: Obliging, starts: list[Occurrence], start: Occurrence) -> Owed:
        timescale = parse_timescale(item.within)
        working = Working(
            timescale=item.within,
            start_on=start.on,
            start_time=start.time,
            started_by=start.said,
            also=tuple((one.said, one.on) for one in starts if one is not start),
            calendar=self.calendar.version,
        )
        if self.is_off_the_ladder and isinstance(item, Clock):
            return dataclasses.replace(owed, no_date="a child is at immediate risk: act at once", since_on=start.on)
        if not timescale.has_date:
            why = "the policy states no time" if timescale.unit == "not stated" else "no date has been agreed yet"
            return dataclasses.replace(owed, no_date=why, since_on=start.on, working=working)
        due_on, due_time = end_of(timescale, start.on, start.time, self.calendar)
        own_on = None
        entered = next(self.starts(Moment("the stage entered"), "", owed.stage), None) if owed.stage else None
        if entered and PREVIOUS in item.from_ and entered.on != start.on:
            own_on, _ = end_of(timescale, entered.on, entered.time, self.calendar)
            working = dataclasses.replace(working, own_start_on=entered.on)
        return dataclasses.replace(
            owed,
            due_on=due_on,
            due_time=due_time,
            policy_due_on=due_on,
            own_due_on=own_on,
            says="now" if timescale.unit == "immediately" else "",
            since_on=start.on,
            shows_from=start.on if start.is_missed else None,
            working=working,
        )

    def _agreed(self, owed: Owed) -> Owed:
        agreed = [x for x in self.case.of(e.TimescaleAgreed) if cast(e.TimescaleAgreed, x.fact).item == owed.key]
        if not agreed:
            return owed
        dates = tuple(
            AgreedDate(by_on=fact.by_on, agreed_on=x.occurred_on, reason=fact.reason, keeps_safe=fact.keeps_safe)
            for x in agreed
            for fact in (cast(e.TimescaleAgreed, x.fact),)
        )
        soonest = min(date.by_on for date in dates)
        due_on = soonest if owed.due_on is None else min(owed.due_on, soonest)
        working = dataclasses.replace(owed.working, agreed=dates)
        is_agreed = due_on != owed.due_on
        return dataclasses.replace(
            owed,
            due_on=due_on,
            due_time="" if is_agreed else owed.due_time,
            agreed_on=dates[-1].by_on,
            no_date="",
            working=working,
        )

    def _closed(self, owed: Owed, item: Obliging, start: Occurrence | None) -> Owed:
        stage = item.stage if isinstance(item, Clock) else ""
        ends = [
            one
            for written in item.until
            for one in self.starts(parse_moment(written), owed.agency, stage)
            if written != "each discussion" or (start is not None and one.on >= start.on)
        ]
        if isinstance(item, Clock) and "the resolution" not in item.from_:
            ends += self._end_of_stage(item, owed.agency)
        if self.case.withdrawn:
            ends.append(Occurrence(self.case.withdrawn.occurred_on, "the escalation was withdrawn"))
        first = min(ends, key=lambda one: one.on, default=None)
        return dataclasses.replace(owed, closed_on=first.on, closed_how=first.said) if first else owed

    def _end_of_stage(self, clock: Clock, agency: str) -> Iterator[Occurrence]:
        for entry in self.case.stage_entries:
            stage = cast(e.StageEntered, entry.fact).stage
            if self.policy.is_above(stage, clock.stage):
                yield Occurrence(entry.occurred_on, f"the case went up to stage {stage}", entry=entry.sequence)
        settled_on = self.case.settled_on(agency) if agency else self.case.ended_on
        if settled_on:
            yield Occurrence(settled_on, "it was resolved")


def _waiting(owed: Owed, moments: list[Moment]) -> Owed:
    return dataclasses.replace(owed, no_date=waiting_for(moments[0]) if moments else "the stage has not been entered")
