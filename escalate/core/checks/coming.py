"""Checks of what can never come: clocks that never start, duties that never arise, what is never met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from escalate.core.checks.found import Found, as_followed, moment_in
from escalate.core.checks.moments_named import waiting_for_themselves
from escalate.core.moments import Moment
from escalate.core.policy import Clock, Duty, Obliging, Policy
from escalate.core.timescale import parse_timescale


@dataclass
class _Coming:
    """Which clocks start and which duties arise in some case, found by going on until nothing more does."""

    policy: Policy
    known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        items: tuple[Obliging, ...] = (*self.policy.clock, *self.policy.duty)
        self.known |= waiting_for_themselves(self.policy)  # said already, by a check of its own
        while more := {item.id for item in items if item.id not in self.known and not self.reasons(item)}:
            self.known |= more

    def reasons(self, item: Obliging) -> list[str]:
        """Return why `item` never begins, or nothing where one of its moments can come."""
        return self.never(item.when if isinstance(item, Duty) else item.from_, item)

    def never(self, written: tuple[str, ...], item: Obliging) -> list[str]:
        """Return why none of these moments can come, or nothing where one can or there are none."""
        reasons = [self._reason(text, item) for text in written]
        return list(dict.fromkeys(reasons)) if all(reasons) else []

    def _reason(self, text: str, item: Obliging) -> str:
        moment = moment_in(text)
        if moment is None:
            return ""
        match moment.kind:
            case "the previous stage's resolving deadline" if isinstance(item, Clock):
                return "" if self._has_one_below(item) else "no stage below has a resolving clock that gives a date"
            case "clock [id] missed":
                return self._never_missed(moment, item)
            case "duty [id] done" if moment.arg == item.id:
                return "it waits for itself"
            case "duty [id] done":
                arises = moment.arg in self.known or all(duty.id != moment.arg for duty in self.policy.duty)
                return "" if arises else f'duty "{moment.arg}" never arises'
            case "the recommendation" | "the agency's response" if not self.policy.ending:
                return "the file has no [[ending]], so that nobody recommends or decides"
            case _:
                return ""

    def _has_one_below(self, clock: Clock) -> bool:
        return any(
            one.resolves and one.id in self.known and _gives_a_date(one) and stage not in one.stages
            for stage in clock.stages
            for one in self.policy.clock
            if any(self.policy.is_above(stage, below) for below in one.stages)
        )

    def _never_missed(self, moment: Moment, item: Obliging) -> str:
        missed = next((one for one in self.policy.clock if one.id == moment.arg), None)
        if missed is None or missed.id == item.id:
            return ""
        if not _gives_a_date(missed):
            return f'clock "{missed.id}" states no time and so has no deadline to miss'
        return "" if missed.id in self.known else f'clock "{missed.id}" never starts'


def _gives_a_date(clock: Clock) -> bool:
    """Return whether any of its times is stated; one that cannot be read, or is missing, is said elsewhere."""
    for text in [clock.within, *clock.by_band.values()] if clock.by_band else [clock.within]:
        try:
            if parse_timescale(text).unit != "not stated":
                return True
        except ValueError:
            return True
    return False


def everything_can_begin(policy: Policy) -> Iterator[Found]:
    """Yield every clock that never starts and every duty that never arises, by the readings followed."""
    if not _stages_are_known(policy):
        return
    coming = _Coming(as_followed(policy))
    for place, clock in enumerate(coming.policy.clock):
        if clock.id not in coming.known:
            what = f'clock "{clock.id}" never starts: {"; ".join(coming.reasons(clock))}'
            yield ("clock", place, "from"), what, 'count it from something that happens, such as "the stage entered"'
    for place, duty in enumerate(coming.policy.duty):
        if duty.id not in coming.known:
            what = f'duty "{duty.id}" never arises: {"; ".join(coming.reasons(duty))}'
            yield ("duty", place, "when"), what, 'create it when something happens, such as "each stage entered"'


def everything_can_be_met(policy: Policy) -> Iterator[Found]:
    """Yield every clock and duty that closes only on what never comes."""
    if not _stages_are_known(policy):
        return
    coming = _Coming(as_followed(policy))
    for table, items in (("clock", coming.policy.clock), ("duty", coming.policy.duty)):
        for place, item in enumerate(items):
            if why := coming.never(item.until, item):
                what = f'{table} "{item.id}" is never met: {"; ".join(why)}'
                such_as = "the outcome" if table == "clock" else "resolved"
                yield (table, place, "until"), what, f'close it by what can happen, such as "{such_as}"'


def _stages_are_known(policy: Policy) -> bool:
    known = {stage.id for stage in policy.stage}
    return all(set(clock.stages) <= known for clock in policy.clock)


def clocks_begin_in_their_stage(policy: Policy) -> Iterator[Found]:
    """Yield every clock that counts only from entering a stage above its own: that ends it before it begins."""
    if not _stages_are_known(policy):
        return
    for place, clock in enumerate(as_followed(policy).clock):
        moments = [moment_in(written) for written in clock.from_]
        stages = [one.arg for one in moments if one and one.kind == "stage [id] entered"]
        is_all = bool(stages) and len(stages) == len(clock.from_)
        if clock.resolves and is_all and all(policy.is_above(stage, clock.stages[-1]) for stage in stages):
            what = f'clock "{clock.id}" counts from entering a stage above its own, which ends it'
            yield ("clock", place, "from"), what, "count it from its own stage, or give it that stage"
