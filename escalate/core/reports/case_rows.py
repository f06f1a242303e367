"""From a case to the rows that reports count it by: when it was raised and ended, its marks, what happened in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.deadlines import Calendars
from escalate.core.logged import came_in_above_the_first, is_logged
from escalate.core.owed import Owed
from escalate.core.policy import Policy
from escalate.core.references import initials
from escalate.core.reports.kept import CaseAct, CaseCounted, CaseMark, EndedHow, MarkSort, ReportRows
from escalate.core.reports.need import need_of
from escalate.core.reports.runs import clock_runs, stage_runs
from escalate.core.restating import REMOVED
from escalate.core.text import folded
from escalate.core.working_days import WorkingCalendar, working_days_between

NOT_OWED = (
    "recorded as not applicable",
    "the escalation was withdrawn",
    "the case ended before",
    "the case did not go",
)


def report_rows_of(case: Case, policy: Policy, calendars: Calendars, owed: Sequence[Owed]) -> ReportRows:
    """Return everything that reports count of one case. None of it depends on today.

    Args:
        policy: as its file says it, its readings not yet put in.
        owed: everything owed in the case, with what other readings give.
    """
    clocks = tuple(clock_runs(case, policy, owed))
    is_undated = any(one.due_on is None and one.closed_on is None for one in clocks)
    counted = replace(_counted(case, policy, calendar_of(calendars)), is_undated=is_undated)
    return ReportRows(
        case=counted,
        stages=tuple(stage_runs(case, calendar_of(calendars))),
        clocks=clocks,
        marks=tuple(_marks(case, counted)),
        acts=tuple(
            CaseAct(place=place, policy=counted.policy, sort=sort, occurred_on=on, **more)  # type: ignore[arg-type]
            for place, (sort, on, more) in enumerate(_acts(case, owed), 1)
        ),
    )


def calendar_of(calendars: Calendars) -> WorkingCalendar:
    """Return the calendar a case counts by now: the one it adopted last, or that it was raised under."""
    return calendars.adopted[-1].calendar if calendars.adopted else calendars.first


def _counted(case: Case, policy: Policy, calendar: WorkingCalendar) -> CaseCounted:
    raised = case.raised
    ending: EndedHow = "withdrawn" if case.withdrawn else "" if case.ended_on is None else "resolved"
    return CaseCounted(
        policy=raised.policy,
        side=raised.our_side,
        raised_on=case.opening.occurred_on,
        received_on=_received_on(case),
        concern_on=case.concern_on,
        raising_agency=case.name_of(raised.raising_agency),
        stage=case.stage,
        came_in_above=came_in_above_the_first(case, policy),
        need=need_of(case),
        ended_on=case.ended_on,
        ending=ending,
        ended_stage=_ended_stage(case) if ending else "",
        days=working_days_between(case.concern_on, case.ended_on, calendar) if case.ended_on else None,
    )


def _received_on(case: Case) -> date | None:
    """Return the day the case was received here: raised with our agency, or logged from a form."""
    if is_logged(case):
        # The civil day is the one written: moments carry London's offset.
        return date.fromisoformat(case.opening.recorded_at[:10])
    return case.opening.occurred_on if case.raised.our_side == "receiving" else None


def _ended_stage(case: Case) -> str:
    """Return the stage at which the case was resolved with the last agency, or withdrawn."""
    if case.withdrawn or case.ended_on is None:
        return case.stage
    last = [agency for agency in case.raised.receiving_agencies if case.settled_on(agency) == case.ended_on]
    stages = []
    for agency in last:
        outcome = case.outcome_of(agency)
        if outcome and cast(e.OutcomeRecorded, outcome.fact).outcome == "resolved":
            stages.append((outcome.sequence, cast(e.OutcomeRecorded, outcome.fact).stage))
        elif recommended := case.latest(e.RecommendationMade):
            stages.append((recommended.sequence, cast(e.RecommendationMade, recommended.fact).stage))
    return max(stages)[1] if stages else case.stage


def _marks(case: Case, counted: CaseCounted) -> Iterator[CaseMark]:
    raised = case.raised
    raising = counted.raising_agency
    receiving = [case.name_of(agency) for agency in raised.receiving_agencies]
    found: list[tuple[MarkSort, str, str]] = [("raising", folded(raising), raising)]
    found += [("receiving", folded(name), name) for name in receiving]
    found += [("theme", theme, theme) for theme in raised.themes]
    found += [("need", counted.need, counted.need)] if counted.need else []
    found += [("child", mark, "") for child in raised.children for mark in _child_marks(case, child)]
    for name in receiving:
        pair = "|".join(sorted((folded(raising), folded(name))))
        found += [("pair", f"{pair}|{theme}", "") for theme in raised.themes]
    once = {(sort, mark): label for sort, mark, label in found if mark}
    for (sort, mark), label in once.items():
        yield CaseMark(
            sort=sort,
            mark=mark,
            label=label,
            policy=counted.policy,
            raised_on=counted.raised_on,
            ended_on=counted.ended_on,
            ending=counted.ending,
        )


def _child_marks(case: Case, child: str) -> Iterator[str]:
    """Yield what tells that this is the same child again: its id here, and its initials with its day of birth."""
    yield child
    named = case.parties.get(child)
    if named and named.born_on and REMOVED not in named.name:
        yield f"{initials(named.name)}|{named.born_on.isoformat()}"


def _acts(case: Case, owed: Sequence[Owed]) -> Iterator[tuple[str, date, dict[str, object]]]:
    for one in owed:
        if one.form and one.since_on and not one.condition:
            became = "" if one.is_open else "not owed" if one.closed_how.startswith(NOT_OWED) else "sent"
            yield "form", one.since_on, {"what": one.form, "done_on": one.closed_on, "became": became}
    for event in case.of(e.RecommendationMade):
        fact = cast(e.RecommendationMade, event.fact)
        yield "recommendation", event.occurred_on, {"what": fact.does or "recommends"}
    for event in case.of(e.AgencyResponded):
        answer = cast(e.AgencyResponded, event.fact)
        yield "response", event.occurred_on, {"what": answer.response, "agency": case.name_of(answer.agency)}
    for event in case.of(e.Reopened):
        yield "reopened", event.occurred_on, {"what": ""}
