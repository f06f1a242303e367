"""How a case, or one stage of it, ended, as its forms are told: what settled it, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import done_by, outstanding_line, stage_at
from escalate.core.policy import Policy


def ending_said(case: Case, policy: Policy, span: range) -> dict[str, str]:
    """Return how it ended; each empty until there is something of it.

    Args:
        span: the entries that count: those of the whole case, or of one stage (`data_stages.span_of`).
    """
    counted = [event for event in case.events if event.sequence > case.reopened_at and event.sequence in span]
    settling = [event for event in counted if _settles(event.fact)]
    is_of_stage = span.start > 0
    said = [
        done.with_stage(policy)
        for event in counted
        if _tells_the_end(event.fact, is_of_stage=is_of_stage) and (done := done_by(event, case, policy))
    ]
    is_resolved = bool(settling) and case.state in ("to check", "ended")
    return {
        "case.outcome": "\n".join(said),
        "case.resolved_stage": stage_at(case, settling[-1]) if is_resolved else "",
        "case.resolved_on": case.ended_on.isoformat() if is_resolved and case.ended_on else "",
        "case.method": "\n".join(_methods(case, settling)) if is_resolved else "",
    }


def _tells_the_end(fact: e.Fact | None, *, is_of_stage: bool) -> bool:
    """Whether an entry tells how the case ended or, of a stage, how that did, whether resolved or not."""
    if _settles(fact) or isinstance(fact, (e.RecommendationMade, e.AgencyResponded, e.Withdrawn)):
        return True
    return is_of_stage and isinstance(fact, e.OutcomeRecorded)


def _settles(fact: e.Fact | None) -> bool:
    if isinstance(fact, e.OutcomeRecorded):
        return fact.outcome == "resolved"
    if isinstance(fact, e.RecommendationMade):
        return fact.binds
    return isinstance(fact, e.AgencyResponded) and fact.response == "accepted"


def _methods(case: Case, settling: Sequence[e.Event]) -> Iterator[str]:
    """Yield what resolved it, in the order recorded, then what it left open.

    That is the last talk before each resolution at its own stage, what was recommended there, the agreement and its
    confirmation in writing. Talks that led to nothing but the next stage are not among them.
    """
    stages = {stage_at(case, event) for event in settling}
    talks = {talk.sequence for event in settling if (talk := _last_talk(case, event))}
    for event in case.events:
        if event.sequence <= case.reopened_at or stage_at(case, event) not in stages:
            continue
        on, fact = f"{event.occurred_on:%d/%m/%Y}", event.fact
        if isinstance(fact, e.DiscussionRecorded) and event.sequence in talks:
            yield f"{on}: {fact.how or 'discussion'} with {' and '.join(map(case.name_of, fact.agencies))}"
        elif isinstance(fact, e.RecommendationMade):
            yield f"{on}: {'decision' if fact.does == 'decides' else 'recommendation'} by {fact.by}"
        elif isinstance(fact, e.AgencyResponded) and fact.response == "accepted":
            yield f"{on}: accepted by {case.name_of(fact.agency)}"
        elif isinstance(fact, e.OutcomeRecorded) and fact.outcome == "resolved":
            yield f"{on}: agreed with {case.name_of(fact.agency)}"
        elif isinstance(fact, e.OutcomeConfirmed):
            yield f"{on}: confirmed in writing{f' ({fact.how})' if fact.how else ''}"
    for event in settling:
        if isinstance(event.fact, e.OutcomeRecorded) and event.fact.outstanding:
            yield _sentence(outstanding_line(event.fact))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _last_talk(case: Case, settling: e.Event) -> e.Event | None:
    """Return the last talk at the stage of a settlement, up to its day: with its agency, where it is with one."""
    agency = settling.fact.agency if isinstance(settling.fact, e.OutcomeRecorded) else ""
    stage = stage_at(case, settling)
    talks = [
        x
        for x in case.of(e.DiscussionRecorded)
        if x.sequence > case.reopened_at
        and x.occurred_on <= settling.occurred_on
        and stage_at(case, x) == stage
        and (not agency or agency in cast(e.DiscussionRecorded, x.fact).agencies)
    ]
    return max(talks, key=lambda x: (x.occurred_on, x.sequence), default=None)
