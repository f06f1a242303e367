"""The stages a case went through, with each agency, and the clocks that ran in it, by each reading of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.core.reports.kept import ClockRun, StageRun
from escalate.core.reports.readings import not_followed, other_readings
from escalate.core.working_days import WorkingCalendar, working_days_between

_OVERTAKEN = ("it was resolved", "the escalation was withdrawn")


def stage_runs(case: Case, calendar: WorkingCalendar) -> Iterator[StageRun]:
    """Yield each stage entered with each receiving agency it was still open with, in the order entered."""
    entries = case.stage_entries
    for place, entry in enumerate(entries, 1):
        following = entries[place] if place < len(entries) else None
        for number, agency in enumerate(case.raised.receiving_agencies, 1):
            if not case.is_resolved_before(agency, entry.sequence):
                yield _run(case, (place, number), (entry, following), calendar)


def _run(
    case: Case, at: tuple[int, int], entries: tuple[e.Event, e.Event | None], calendar: WorkingCalendar
) -> StageRun:
    place, number = at
    entry, following = entries
    agency = case.raised.receiving_agencies[number - 1]
    stage = cast(e.StageEntered, entry.fact).stage
    ended_on, outcome = _ended(case, agency, entry, following)
    confirmed = [x for x in case.of(e.OutcomeConfirmed) if _is_of(x, agency, stage) and x.sequence > case.reopened_at]
    return StageRun(
        place=place,
        agency=number,
        policy=case.raised.policy,
        stage=stage,
        agency_name=case.name_of(agency),
        entered_on=entry.occurred_on,
        ended_on=ended_on,
        outcome=outcome,
        days=working_days_between(entry.occurred_on, ended_on, calendar) if ended_on else None,
        confirmed_on=confirmed[0].occurred_on if confirmed and outcome == "resolved" else None,
    )


def _is_of(event: e.Event, agency: str, stage: str) -> bool:
    fact = cast(e.OutcomeConfirmed | e.OutcomeRecorded, event.fact)
    return fact.agency == agency and fact.stage == stage


def _ended(case: Case, agency: str, entry: e.Event, following: e.Event | None) -> tuple[date | None, str]:
    """Return when and how a stage ended with an agency: its outcome, what ended the case there, or going up."""
    stage = cast(e.StageEntered, entry.fact).stage
    since = entry.sequence if following else max(entry.sequence, case.reopened_at)
    said = [x for x in case.of(e.OutcomeRecorded) if _is_of(x, agency, stage) and x.sequence > since]
    if said:
        return said[-1].occurred_on, cast(e.OutcomeRecorded, said[-1].fact).outcome
    if following:
        return following.occurred_on, "went up"
    if settled_on := case.settled_on(agency):
        decided = any(cast(e.RecommendationMade, x.fact).binds for x in case.of(e.RecommendationMade))
        return settled_on, "decided" if decided else "recommendation accepted"
    return (case.withdrawn.occurred_on, "withdrawn") if case.withdrawn else (None, "")


def clock_runs(case: Case, policy: Policy, owed: Sequence[Owed]) -> Iterator[ClockRun]:
    """Yield each clock that runs in the case, by the reading followed and by those of contradictions about its time.

    A clock by which a stage is to be resolved is kept by resolving the stage, or by leaving it for the next.
    """
    doubts = {doubt.id: doubt for doubt in policy.contradiction}
    resolving = {clock.id for clock in policy.clock if clock.resolves}
    for one in owed:
        if one.sort == "clock":
            followed = _clock_run(one, case, is_resolving=one.item in resolving)
            yield followed
            for told in one.working.readings:
                if told.doubt in doubts:
                    others = other_readings(doubts[told.doubt], one.item)
                    for name, other in zip(not_followed(doubts[told.doubt]), told.others, strict=True):
                        if name in others:
                            yield replace(followed, reading=f"{told.doubt}/{name}", due_on=other.gives)


def _clock_run(one: Owed, case: Case, *, is_resolving: bool) -> ClockRun:
    overtaken = one.closed_how in _OVERTAKEN and not (is_resolving and one.closed_how == _OVERTAKEN[0])
    return ClockRun(
        key=one.key,
        reading="",
        policy=case.raised.policy,
        clock=one.item,
        stage=one.stage,
        is_guide=one.is_guide,
        since_on=one.since_on,
        due_on=one.due_on,
        closed_on=one.closed_on,
        fell_away=overtaken,
    )
