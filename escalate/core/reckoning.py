"""The clocks of a case: from what each counts, its date with the working, and what closed it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.closing import follows, of_shared, outlives_withdrawal
from escalate.core.moments import (
    CAUSES,
    Moment,
    Occurrence,
    is_deadline,
    occurrences,
    parse_moment,
    waiting_for,
)
from escalate.core.owed import AgreedDate, Owed, Working, key_of
from escalate.core.policy import Clock, Obliging, Policy
from escalate.core.time_allowed import CountedFrom, LastDay, last_day, time_allowed
from escalate.core.timescale import Timescale
from escalate.core.working_days import AdoptedCalendar, WorkingCalendar

PREVIOUS = "the previous stage's resolving deadline"


@dataclass(frozen=True)
class Reckoning:
    """One reckoning of one case: its clocks under one set of readings (`policy.follow` has put them in)."""

    case: Case
    policy: Policy
    calendar: WorkingCalendar
    adopted: tuple[AdoptedCalendar, ...] = ()

    def clocks(self) -> Iterator[Owed]:
        """Yield what every running clock gives, in the order of the policy's file."""
        for clock in self.policy.clock:
            yield from self._of_clock(clock)

    @property
    def called(self) -> str:
        """The policy's own word for a stage."""
        return self.policy.policy.called

    @cached_property
    def _given(self) -> dict[str, tuple[Owed, ...]]:
        """What each clock gives, filled as asked for: most clocks are asked by several others."""
        return {}

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
        return key_of(item, place)

    def deadline(self, clock: str, agency: str) -> Owed | None:
        """Return what this clock gives for `agency`, or for the first it runs for, or None where it does not run."""
        found = next(one for one in self.policy.clock if one.id == clock)
        for_all = self._of_clock(found)
        return next((one for one in for_all if one.agency in (agency, "")), for_all[0] if for_all else None)

    def starts(self, moment: Moment, agency: str, stage: str) -> Iterator[Occurrence]:
        """Yield when the moment happened for this agency, deadlines among the moments included."""
        if not is_deadline(moment):
            for one in occurrences(moment, self.case, stage, called=self.called):
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
        below = [one.id for one in self.policy.stage if self.policy.is_above(stage, one.id)]
        for earlier in reversed(below):
            for clock in self.policy.clock:
                if earlier in clock.stages and clock.resolves and stage not in clock.stages:
                    owed = self.deadline(clock.id, agency)
                    if owed and owed.due_on:
                        said = f"the day by which {self.policy.say_stage(earlier)} was to be resolved"
                        yield Occurrence(owed.due_on, said, agency)
                        return

    def _of_clock(self, clock: Clock) -> tuple[Owed, ...]:
        if clock.id not in self._given:
            self._given[clock.id] = tuple(self._reckoned(clock))
        return self._given[clock.id]

    def _reckoned(self, clock: Clock) -> Iterator[Owed]:
        entries = [entry for stage in clock.stages if (entry := self.case.entered(stage))]
        if not entries:
            return
        entered = min(entries, key=lambda entry: entry.sequence)
        moments = [parse_moment(written) for written in clock.from_]
        waits_for_a_cause = bool(moments) and all(moment.kind in CAUSES for moment in moments)
        for agency in self._agencies(clock, entered):
            owed = self._capped(self.timed(self._untimed(clock, agency), clock, agency), clock)
            if owed.since_on or not waits_for_a_cause:
                yield owed

    def _capped(self, owed: Owed, clock: Clock) -> Owed:
        """Return the deadline no later than what caps the stages it resolves."""
        caps = [one for one in self.policy.clock if one.caps and one.id != clock.id and clock.stage in one.stages]
        if clock.caps or not clock.resolves or owed.due_on is None:
            return owed
        for cap in caps:
            over_all = self.deadline(cap.id, owed.agency)
            if over_all and over_all.due_on and over_all.due_on < owed.due_on:
                note = f"its own time would give {owed.due_on:%d/%m/%Y}; {cap.id} allows none later than its own date"
                working = dataclasses.replace(owed.working, notes=(*owed.working.notes, note))
                day = over_all.due_on
                owed = dataclasses.replace(owed, due_on=day, policy_due_on=day, due_time="", working=working)
        return owed

    def _agencies(self, clock: Clock, entered: e.Event) -> tuple[str, ...]:
        if clock.each == "case":
            return ("",)
        agencies = self.case.raised.receiving_agencies
        return tuple(one for one in agencies if not self.case.is_resolved_before(one, entered.sequence))

    def _untimed(self, clock: Clock, agency: str) -> Owed:
        return Owed(
            key=self.key(clock.id, agency),
            sort="clock",
            stage=clock.stage,
            agency=agency,
            is_guide=self.is_guide or not clock.binding,
            settles=clock.resolves and bool(self.policy.after(clock.stages[-1])),
            **clock.words,  # type: ignore[arg-type]  # side is a Party
        )

    def timed(self, owed: Owed, item: Obliging, agency: str, default: Occurrence | None = None) -> Owed:
        """Return `owed` with its date and working, closed where its moment came, the stage ended or all was resolved.

        Args:
            default: what the time counts from where the item names nothing.
        """
        stages = item.stages if isinstance(item, Clock) else ("",)
        moments = [parse_moment(written) for written in item.from_]
        found = moments or ([] if default else [Moment("the stage entered")])
        starts = [one for moment in found for stage in stages for one in self.starts(moment, agency, stage)]
        starts = list(dict.fromkeys(starts)) or ([default] if default and not moments else [])
        # Of two on one day, what was recorded comes before a date that was only reached.
        start = min(starts, key=lambda one: (one.on, one.entry == 0, one.entry), default=None)
        owed = self._dated(owed, item, starts, start) if start else self._waiting(owed, moments)
        owed = self._agreed(owed)
        return self._closed(owed, item, start)

    def timed_by_agreement(self, owed: Owed, item: Obliging, start: Occurrence | None) -> Owed:
        """Return `owed`, whose date is settled already, with any agreed one, closed where its moment came."""
        return self._closed(self._agreed(owed), item, start)

    def _dated(self, owed: Owed, item: Obliging, starts: list[Occurrence], start: Occurrence) -> Owed:
        timescale, notes = time_allowed(item, self.case, self.policy, start.on, self.calendar)
        working = Working(
            timescale=timescale.written,
            first_day=item.first_day if item.first_day != "the day after" else "",
            notes=notes,
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
            shows_from = start.on if start.is_missed else None
            return dataclasses.replace(owed, no_date=why, since_on=start.on, shows_from=shows_from, working=working)
        end = self._end(timescale, start, item)
        working = dataclasses.replace(working, calendar=end.version, notes=(*notes, *end.notes))
        own_on = None
        entered = next(self.starts(Moment("the stage entered"), "", owed.stage), None) if owed.stage else None
        if entered and PREVIOUS in item.from_ and entered.on != start.on:
            own_on = self._end(timescale, entered, item).on
            working = dataclasses.replace(working, own_start_on=entered.on)
        return dataclasses.replace(
            owed,
            due_on=end.on,
            due_time=end.time,
            policy_due_on=end.on,
            own_due_on=own_on,
            says="now" if timescale.unit == "immediately" else "",
            since_on=start.on,
            shows_from=start.on if start.is_missed else None,
            working=working,
        )

    def _end(self, timescale: Timescale, start: Occurrence, item: Obliging) -> LastDay:
        counted = CountedFrom(start.on, start.time, item.first_day)
        return last_day(timescale, counted, self.calendar, self.adopted)

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
        stages = item.stages if isinstance(item, Clock) else ("",)
        entries = [entry.sequence for stage in stages if stage and (entry := self.case.entered(stage))]
        entered_at = min(entries, default=0)
        ends = [
            one
            for written in item.until
            for stage in stages
            for one in self.starts(of_shared(parse_moment(written), stage, stages), owed.agency, stage)
            if written != "each discussion" or (start is not None and follows(one, start, entered_at))
        ]
        if isinstance(item, Clock) and "the resolution" not in item.from_:
            ends += self._end_of_stage(item, owed.agency)
        if self.case.withdrawn and not outlives_withdrawal(item, partial(self._has_happened, owed.agency)):
            ends.append(Occurrence(self.case.withdrawn.occurred_on, "the escalation was withdrawn"))
        first = min(ends, key=lambda one: one.on, default=None)
        return dataclasses.replace(owed, closed_on=first.on, closed_how=first.said) if first else owed

    def _has_happened(self, agency: str, moment: Moment) -> bool:
        return next(self.starts(moment, agency, ""), None) is not None

    def _end_of_stage(self, clock: Clock, agency: str) -> Iterator[Occurrence]:
        """Yield what ends a clock without its act: the stage's own end for its resolving clock, a settlement for all.

        What somebody owed below, such as telling the counterpart, stays owed when the case goes up.
        """
        for entry in self.case.stage_entries if clock.resolves else ():
            stage = cast(e.StageEntered, entry.fact).stage
            if stage not in clock.stages and self.policy.is_above(stage, clock.stage):
                yield Occurrence(
                    entry.occurred_on, f"the case went up to {self.policy.say_stage(stage)}", entry=entry.sequence
                )
        settled_on = self.case.settled_on(agency) if agency else self.case.ended_on
        if settled_on:
            yield Occurrence(settled_on, "it was resolved")

    def _waiting(self, owed: Owed, moments: list[Moment]) -> Owed:
        because = waiting_for(moments[0], self.case) if moments else "the stage has not been entered"
        return dataclasses.replace(owed, no_date=because)
