"""A policy tried on an invented case: every date it would give, stage by stage, before anybody relies on it.

The case goes as slowly as the policy lets it: each stage is left unresolved on the last day of its own time, and
nothing else happens in it. Nothing is stored; nothing here is about a child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from escalate.core import deciding
from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.deadlines import what_is_owed
from escalate.core.deciding import Decided
from escalate.core.moments import parse_moment
from escalate.core.owed import Owed
from escalate.core.policy import Obliging, Policy, Stage, follow
from escalate.core.working_days import WorkingCalendar

STREAM, RAISING, RECEIVING = "invented-case", "invented-raising-agency", "invented-receiving-agency"
NO_TIME = "the policy states no time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is supposed of the invented case: one agency raises a concern with one other.

    Args:
        concern_on: the day the decision was learned of and the disagreement arose.
        told_on: the day the counterpart was told, by telephone; None where nobody told them.
        risk: what was answered about immediate risk; None where nobody was asked.
        band: the id of a band of urgency, or "" where nobody judged it.
    """

    concern_on: date
    told_on: date | None
    risk: e.RiskAnswer | None = None
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTried:
    """One stage of the invented case, with what it makes somebody owe that no stage before it did.

    Args:
        way: the ids of the stages before it, the first one first.
        left_on: the last day of the stage's own time, never before `entered_on`.
        left_by: the id of the clock whose last day that is; empty where none has a date: then `no_date` says why.
        owed: from entering it on. What has a `shows_from` is owed only where an earlier date passed unmet.
        if_unresolved: from leaving it on, what leaving alone brings.
        if_resolved: what a resolution on `left_on` would have brought instead.
        if_ended: what whoever ends the ladder here would have brought by recommending or deciding on `left_on`.
    """

    stage: Stage
    way: tuple[str, ...]
    entered_on: date
    left_on: date
    left_by: str
    no_date: str
    owed: tuple[Owed, ...]
    if_unresolved: tuple[Owed, ...]
    if_resolved: tuple[Owed, ...]
    if_ended: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A policy tried: its stages in the order entered, each branch after the other.

    `not_arising` are the clocks and duties that this case never brought: something else must happen first.
    """

    stages: tuple[StageTried, ...]
    not_arising: tuple[Obliging, ...]


def try_policy(policy: Policy, calendar: WorkingCalendar, supposed: Supposed) -> Trial:
    """Return what a policy would give in an invented case.

    Where a stage's clock counts from something owed being done, that is supposed done on its last day.

    Args:
        policy: as its file says it, its readings not yet put in.
        supposed: `told_on` is not before `concern_on`.
    """
    invented = _Invented(policy, follow(policy), calendar)
    stages = tuple(invented.climb(invented.opened(supposed), {}))
    arisen = {one.item for tried in stages for one in _everything(tried)}
    read = invented.followed
    return Trial(stages, tuple(item for item in (*read.clock, *read.duty) if item.id not in arisen))


def _everything(tried: StageTried) -> tuple[Owed, ...]:
    return (*tried.owed, *tried.if_unresolved, *tried.if_resolved, *tried.if_ended)


Keyed = Mapping[str, Owed]


@dataclass(frozen=True)
class _Invented:
    """The invented case under one policy; `followed` is the policy with its readings put in."""

    policy: Policy
    followed: Policy
    calendar: WorkingCalendar

    def opened(self, supposed: Supposed) -> Case:
        raised = e.ConcernRaised(
            reference="an invented case",
            policy=self.policy.name,
            policy_digest="",
            calendar_version=self.calendar.version,
            our_side="raising",
            raising_agency=RAISING,
            raised_by="",
            receiving_agencies=(RECEIVING,),
            decision="",
            decision_received_on=supposed.concern_on,
            disagreed_on=supposed.concern_on,
            concern="",
            outcome_wanted="",
        )
        on = supposed.concern_on
        beside = [Decided(fact=e.RiskConsidered(answer=supposed.risk), on=on)] if supposed.risk else []
        beside += [Decided(fact=e.UrgencyJudged(band=supposed.band), on=on)] if supposed.band else []
        case = _with((), deciding.raise_concern(raised, self.followed, on, beside))
        if supposed.told_on is None:
            return case
        told = Decided(fact=e.CounterpartTold(agency=RECEIVING, how="telephone"), on=supposed.told_on)
        return _with(case.events, deciding.record(case, [told], supposed.told_on))

    def climb(self, case: Case, shown: Keyed, way: tuple[str, ...] = ()) -> Iterator[StageTried]:
        """Yield the stage the case is at, then every stage above it, each arm of a branch from the same day."""
        stage = self.followed.stage_of(case.stage)
        assert stage is not None
        case = self._with_what_is_counted_from(case, stage.id)
        entered_on = case.stage_entries[-1].occurred_on
        owed = self._owed(case)
        left_on, left_by, no_date = self._left(stage.id, entered_on, owed)
        unresolved = self._ended(case, left_on, "unresolved")
        resolved = _new(self._owed(self._ended(case, left_on, "resolved")), owed)
        ending = self.followed.ending_at(stage.id)
        recommended = e.RecommendationMade(
            by=ending.who if ending else "", recommendation="", stage=stage.id, binds=bool(ending and ending.binds)
        )
        ended = _new(self._owed(_with(case.events, [Decided(fact=recommended, on=left_on)])), owed) if ending else ()
        way_on = (*way, stage.id)
        arms = {arm: self._gone_up(case, left_on, arm) for arm in self.followed.after(stage.id) if arm not in way_on}
        dating = {duty.before for duty in self.followed.duty}
        later = [self._owed(gone_up) for arm, gone_up in arms.items() if arm in dating]
        left = self._owed(unresolved)
        on_leaving = {one.key: one for one in (*_new(left, owed), *_no_longer_missed(left, owed))}
        of_others = {**shown, **on_leaving}
        here = {key: _dated_later(one, later) for key, one in owed.items() if key not in of_others}
        yield StageTried(
            stage=stage,
            way=way,
            entered_on=entered_on,
            left_on=left_on,
            left_by=left_by,
            no_date=no_date,
            owed=tuple(here.values()),
            if_unresolved=tuple(one for key, one in on_leaving.items() if key not in shown),
            if_resolved=resolved,
            if_ended=ended,
        )
        known = {**of_others, **here}
        for gone_up in arms.values():
            yield from self.climb(gone_up, known, way_on)

    def _owed(self, case: Case) -> dict[str, Owed]:
        return {one.key: one for one in what_is_owed(case, self.policy, self.calendar)}

    def _left(self, stage: str, entered_on: date, owed: Keyed) -> tuple[date, str, str]:
        """Return the day the stage is left, the clock whose last day it is, and why it has none."""
        resolving = {clock.id for clock in self.followed.resolving(stage)}
        found = [one for one in owed.values() if one.item in resolving]
        dated = [(one.due_on, one.item) for one in found if one.due_on is not None]
        if not dated:
            return entered_on, "", found[0].no_date if found else NO_TIME
        last_on, item = min(dated)
        return max(last_on, entered_on), item, ""

    def _with_what_is_counted_from(self, case: Case, stage: str) -> Case:
        """Return the case with done, on its last day, each duty from whose doing a clock of the stage counts."""
        counted_from = {
            moment.arg
            for clock in self.followed.clock
            if stage in clock.stages
            for moment in map(parse_moment, clock.from_)
            if moment.kind == "duty [id] done"
        }
        done: set[str] = set()
        while True:
            owed = self._owed(case) if counted_from else {}
            ready = [one for one in owed.values() if one.item in counted_from - done and one.is_open and one.due_on]
            if not ready:
                return case
            entered_on = case.stage_entries[-1].occurred_on
            for one in ready:
                assert one.due_on is not None
                done.add(one.item)
                fact = e.DutyDone(item=one.key)
                case = _with(case.events, [Decided(fact=fact, on=max(one.due_on, entered_on))])

    def _ended(self, case: Case, on: date, outcome: e.Outcome) -> Case:
        fact = e.OutcomeRecorded(agency=RECEIVING, stage=case.stage, outcome=outcome)
        return _with(case.events, [Decided(fact=fact, on=on)])

    def _gone_up(self, case: Case, on: date, to: str) -> Case:
        outcome = e.OutcomeRecorded(agency=RECEIVING, stage=case.stage, outcome="unresolved")
        going = deciding.GoingUp(on=on, outcomes=(outcome,), to=to)
        return _with(case.events, deciding.advance(case, self.followed, going, max(on, case.events[-1].occurred_on)))


def _new(after: Keyed, before: Keyed) -> tuple[Owed, ...]:
    """Return what is owed after something happened that was not before, or had no date before."""
    return tuple(
        one
        for key, one in after.items()
        if key not in before or (one.due_on is not None and before[key].due_on is None)
    )


def _no_longer_missed(after: Keyed, before: Keyed) -> tuple[Owed, ...]:
    """Return what was owed only if an earlier date passed unmet, and is owed in any case after something happened."""
    return tuple(
        one
        for key, one in after.items()
        if one.shows_from is None and key in before and before[key].shows_from is not None
    )


def _dated_later(one: Owed, later: Sequence[Keyed]) -> Owed:
    """Return the thing owed with the date that going up gives it, where it has none before: "before stage 2"."""
    if one.due_on is not None:
        return one
    return next((found for owed in later if (found := owed.get(one.key)) and found.due_on), one)


def _with(events: Sequence[e.Event], decided: Sequence[Decided]) -> Case:
    numbered = [
        e.Event(
            stream=STREAM,
            chain=STREAM,
            sequence=sequence,
            id=f"{STREAM}-{sequence}",
            fact=one.fact,
            kind=one.fact.kind,
            occurred_on=one.on,
            occurred_time=one.time,
        )
        for sequence, one in enumerate(decided, len(events) + 1)
    ]
    return read_case((*events, *numbered))
