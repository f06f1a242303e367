"""What a case says of itself to its forms: the concern, what was done day by day, how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.owed import item_of_key
from escalate.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: by which entry, when, at which stage, in words that name agencies and no person.

    `more` is what was agreed with it: actions with who and by when. `is_beside`: it is told in a progress update, and
    is no step of the case's own history.
    """

    entry: int
    on: date
    stage: str
    words: str
    more: tuple[str, ...] = ()
    is_beside: bool = False

    @property
    def dated(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.words}"

    def with_stage(self, policy: Policy) -> str:
        """Return it as a progress update has it: the day, the stage, what was done and what was agreed."""
        return f"{self.on:%d/%m/%Y}, {policy.say_stage(self.stage)}: {'; '.join((self.words, *self.more))}"


def lines(*parts: tuple[str, str]) -> str:
    """Return words under their labels, a line each; what nobody said is left out."""
    return "\n".join(f"{label}: {words}" if label else words for label, words in parts if words)


def in_one_line(words: str) -> str:
    """Return words of several lines as one."""
    return "; ".join(line.strip() for line in words.splitlines() if line.strip())


def concern_said(case: Case, policy: Policy) -> dict[str, str]:
    """Return the concern under each name that forms ask for it by."""
    raised = case.raised
    titles = {theme.id: theme.title for theme in policy.theme}
    themes = (raised.about_theme, *(titles.get(theme, theme) for theme in raised.themes))
    return {
        "case.reference": case.reference,
        "case.stage": case.stage,
        "case.key_issues": key_issues(case),
        "case.reason": lines(("", raised.decision), ("", raised.nature)),
        "case.difference": lines(
            ("Issue", raised.decision),
            ("Difference", raised.nature),
            ("Concern", raised.concern),
            ("Risk to the child", raised.risk_to_child),
            ("Outcome wanted", raised.outcome_wanted),
        ),
        "case.concern": raised.concern,
        "case.nature": raised.nature,
        "case.outcome_wanted": raised.outcome_wanted,
        "case.themes": "\n".join(theme for theme in themes if theme),
        "case.learning": "\n".join(learned(case)),
        "case.concern_on": case.concern_on.isoformat(),
        "case.raised_on": case.opening.occurred_on.isoformat(),
    }


def key_issues(case: Case) -> str:
    """Return the issue, the risk, the disagreement and what each side wants: what the policies' statements ask for."""
    raised = case.raised
    return lines(
        ("Decision", raised.decision),
        ("Concern", raised.concern),
        ("Risk to the child", raised.risk_to_child),
        ("Evidence", raised.evidence),
        ("Disagreement", raised.nature),
        (f"{case.name_of(raised.raising_agency)} wants", raised.outcome_wanted),
        ("The other side wants", raised.they_want),
    )


def learned(case: Case, stage: str = "") -> tuple[str, ...]:
    """Return the learning identified, in order: at one stage, or at all."""
    facts = (cast(e.LearningIdentified, event.fact) for event in case.of(e.LearningIdentified))
    return tuple(fact.learning for fact in facts if stage in ("", fact.stage))


def ending_said(case: Case, policy: Policy) -> dict[str, str]:
    """Return how the case ended; each empty until there is something of it."""
    counted = [event for event in case.events if event.sequence > case.reopened_at]
    settling = [event for event in counted if _settles(event.fact)]
    said = [
        line
        for event in counted
        if _settles(event.fact) or isinstance(event.fact, (e.RecommendationMade, e.AgencyResponded, e.Withdrawn))
        if (done := _done_by(event, case, policy, _stage_at(case, event)))
        for line in (done.with_stage(policy), *_outstanding(event.fact))
    ]
    is_resolved = bool(settling) and case.state in ("to check", "ended")
    return {
        "case.outcome": "\n".join(said),
        "case.resolved_stage": _stage_at(case, settling[-1]) if is_resolved else "",
        "case.resolved_on": case.ended_on.isoformat() if is_resolved and case.ended_on else "",
        "case.method": "\n".join(_methods(case)) if is_resolved else "",
    }


def _settles(fact: e.Fact | None) -> bool:
    if isinstance(fact, e.OutcomeRecorded):
        return fact.outcome == "resolved"
    if isinstance(fact, e.RecommendationMade):
        return fact.binds
    return isinstance(fact, e.AgencyResponded) and fact.response == "accepted"


def _outstanding(fact: e.Fact | None) -> Iterator[str]:
    if isinstance(fact, e.OutcomeRecorded) and fact.outstanding:
        yield f"Outstanding, and how it is pursued: {fact.outstanding}"


def _methods(case: Case) -> Iterator[str]:
    """Yield how people came together over it, and who recommended what: the day, the way and the agencies."""
    for event in case.events:
        on, fact = f"{event.occurred_on:%d/%m/%Y}", event.fact
        if isinstance(fact, e.DiscussionRecorded):
            yield f"{on}: {fact.how or 'discussion'} with {' and '.join(map(case.name_of, fact.agencies))}"
        elif isinstance(fact, e.RecommendationMade):
            yield f"{on}: {'decision' if fact.does == 'decides' else 'recommendation'} by {fact.by}"


def what_was_done(case: Case, policy: Policy) -> tuple[Done, ...]:
    """Return what was done in the case, in order: whom it was raised with, discussions, stages, outcomes."""
    found = (_done_by(event, case, policy, _stage_at(case, event)) for event in case.events)
    return tuple(done for done in found if done)


def _stage_at(case: Case, event: e.Event) -> str:
    """Return the stage that an entry belongs to: the one it names, or the one the case was at."""
    if isinstance(event.fact, (e.OutcomeRecorded, e.StageEntered, e.RecommendationMade)):
        return event.fact.stage
    before = [x for x in case.stage_entries if x.sequence < event.sequence]
    return cast(e.StageEntered, (before or case.stage_entries)[-1 if before else 0].fact).stage


def _done_by(event: e.Event, case: Case, policy: Policy, stage: str) -> Done | None:
    said, beside = _said(event.fact, case, policy), _said_beside(event.fact, policy)
    if not (said or beside):
        return None
    words = in_one_line(said[0] if said else beside)
    return Done(event.sequence, event.occurred_on, stage, words, said[1:], is_beside=not said)


def _said(fact: e.Fact | None, case: Case, policy: Policy) -> tuple[str, ...]:
    """Return what an entry says of what was done, then what was agreed with it."""
    match fact:
        case e.CounterpartTold():
            return (f"raised with {case.name_of(fact.agency)} ({fact.how})",)
        case e.DiscussionRecorded():
            whom = " and ".join(case.name_of(agency) for agency in fact.agencies)
            decided = f"; decided: {fact.decision}" if fact.decision else ""
            return (f"discussed with {whom}{decided}", *map(_agreed, fact.actions))
        case e.StageEntered() if fact.left:
            stage = policy.stage_of(fact.stage)
            return (f"taken up to {stage.title if stage else fact.stage}",)
        case e.OutcomeRecorded() if fact.outcome == "resolved":
            decided = f": {fact.decision}" if fact.decision else ""
            return (f"resolved with {case.name_of(fact.agency)}{decided}", *map(_agreed, fact.actions))
        case e.OutcomeRecorded():
            ended = f"{policy.say_stage(fact.stage)} ended with {case.name_of(fact.agency)}: {fact.outcome}"
            return (ended, *map(_agreed, fact.actions))
        case e.RecommendationMade():
            return (f"recommended: {fact.recommendation}",)
        case e.AgencyResponded():
            return (f"{case.name_of(fact.agency)} answered: {fact.response}",)
        case _:
            return ()


def _said_beside(fact: e.Fact | None, policy: Policy) -> str:
    """Return what a progress update tells besides: dates agreed, and the ends that are no outcome."""
    match fact:
        case e.TimescaleAgreed():
            acts = {one.id: one.act for one in (*policy.clock, *policy.duty)}
            what = acts.get(item_of_key(fact.item), "")
            return f"agreed by {fact.by_on:%d/%m/%Y}{f': {what}' if what else ''}"
        case e.Withdrawn():
            return f"withdrawn: {fact.reason}"
        case e.Reopened():
            return f"opened again: {fact.reason}"
        case _:
            return ""


def _agreed(action: e.Action) -> str:
    return f"agreed: {in_one_line(action_line(action))}"


def action_line(action: e.Action) -> str:
    """Return an agreed action in one line: what, who, by when."""
    by = f"by {action.by_on:%d/%m/%Y}" if action.by_on else "no date agreed"
    return "; ".join(part for part in (action.what, action.owner, by) if part)
