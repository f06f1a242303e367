"""What a case says of itself to its forms: the concern, and what was done day by day."""

from __future__ import annotations

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

    `more` is what was agreed with it: actions with who and by when, and what stays outstanding. `is_beside`: it is told
    in a progress update, and is no step of the case's own history.
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

    @property
    def dated_in_full(self) -> str:
        """Return it with its day and what was agreed with it."""
        return f"{self.on:%d/%m/%Y}: {run_on(self.words, *self.more)}"

    def with_stage(self, policy: Policy) -> str:
        """Return it as a progress update has it: the day, the stage, what was done and what was agreed."""
        return f"{self.on:%d/%m/%Y}, {policy.say_stage(self.stage)}: {run_on(self.words, *self.more)}"


def lines(*parts: tuple[str, str]) -> str:
    """Return words under their labels, a line each; what nobody said is left out."""
    return "\n".join(f"{label}: {words}" if label else words for label, words in parts if words)


def in_one_line(words: str) -> str:
    """Return words of several lines as one."""
    return run_on(*(line.strip() for line in words.splitlines()))


def run_on(*parts: str) -> str:
    """Return what is said one after the other as one sentence; of a part that is one itself, the full stop goes.

    Example:
        >>> run_on("An e-mail.", "", "no answer...", "They rang.")
        'An e-mail; no answer...; They rang.'
    """
    *first, last = [part for part in parts if part] or [""]
    return "; ".join((*(part if part.endswith("..") else part.removesuffix(".") for part in first), last))


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


def what_was_done(case: Case, policy: Policy) -> tuple[Done, ...]:
    """Return what was done in the case, in order: whom it was raised with, discussions, stages, outcomes."""
    found = (done_by(event, case, policy) for event in case.events)
    return tuple(done for done in found if done)


def stage_at(case: Case, event: e.Event) -> str:
    """Return the stage that an entry belongs to: the one it names, or the one the case was at."""
    if isinstance(event.fact, (e.OutcomeRecorded, e.StageEntered, e.RecommendationMade)):
        return event.fact.stage
    before = [x for x in case.stage_entries if x.sequence < event.sequence]
    return cast(e.StageEntered, (before or case.stage_entries)[-1 if before else 0].fact).stage


def done_by(event: e.Event, case: Case, policy: Policy) -> Done | None:
    """Return what an entry says of what was done; None where it says nothing of it."""
    said = _said(event.fact, case, policy)
    beside = "" if said else _said_beside(event.fact, case, policy)
    if not (said or beside):
        return None
    words = in_one_line(said[0] if said else beside)
    return Done(event.sequence, event.occurred_on, stage_at(case, event), words, said[1:], is_beside=not said)


def _said(fact: e.Fact | None, case: Case, policy: Policy) -> tuple[str, ...]:
    """Return what an entry says of what was done, then what was agreed with it."""
    match fact:
        case e.CounterpartTold():
            how = f" ({fact.how})" if fact.how != "not known" else ""
            return (f"raised with {case.name_of(fact.agency)}{how}",)
        case e.DiscussionRecorded():
            whom = " and ".join(case.name_of(agency) for agency in fact.agencies)
            said = (f"said: {in_one_line(fact.said)}",) if fact.said else ()
            return (run_on(f"discussed with {whom}", _decided(fact.decision)), *said, *map(_agreed, fact.actions))
        case e.StageEntered() if fact.left:
            stage = policy.stage_of(fact.stage)
            why = (f"because: {in_one_line(fact.reason)}",) if fact.reason else ()
            return (f"taken up to {stage.title if stage else fact.stage}", *why)
        case e.OutcomeRecorded() if fact.outcome == "resolved":
            decided = f": {fact.decision}" if fact.decision else ""
            return (f"resolved with {case.name_of(fact.agency)}{decided}", *_with_it(fact))
        case e.OutcomeRecorded():
            ended = f"{policy.say_stage(fact.stage)} ended with {case.name_of(fact.agency)}: {fact.outcome}"
            return (run_on(ended, unanswered(fact), _decided(fact.decision)), *_with_it(fact))
        case e.RecommendationMade():
            return (f"recommended: {fact.recommendation}",)
        case e.AgencyResponded():
            return (f"{case.name_of(fact.agency)} answered: {fact.response}",)
        case _:
            return ()


def _decided(decision: str) -> str:
    return f"decided: {decision}" if decision else ""


def _with_it(fact: e.OutcomeRecorded) -> tuple[str, ...]:
    """Return what was agreed with an outcome, and what it left open."""
    outstanding = (outstanding_line(fact),) if fact.outstanding else ()
    return (*map(_agreed, fact.actions), *outstanding)


def unanswered(fact: e.OutcomeRecorded) -> str:
    """Return what was sent without an answer, when, and by when one was due; "" of an agency that spoke.

    Example:
        >>> sent = e.OutcomeRecorded(agency="a", stage="1", outcome="no response", said="An e-mail.",
        ...                          sent_on=date(2026, 4, 7), passed_on=date(2026, 4, 10))
        >>> unanswered(sent)
        'sent on 07/04/2026: An e-mail; no answer by 10/04/2026'
    """
    if fact.outcome != "no response":
        return ""
    sent = f"sent{f' on {fact.sent_on:%d/%m/%Y}' if fact.sent_on else ''}" if fact.said or fact.sent_on else ""
    words = f": {in_one_line(fact.said)}" if fact.said else ""
    passed = f"no answer by {fact.passed_on:%d/%m/%Y}" if fact.passed_on else ""
    return run_on(f"{sent}{words}", passed)


def outstanding_line(fact: e.OutcomeRecorded) -> str:
    """Return what an outcome left open, in one line."""
    return f"outstanding, and how it is pursued: {in_one_line(fact.outstanding)}"


def _said_beside(fact: e.Fact | None, case: Case, policy: Policy) -> str:
    """Return what a progress update tells besides: dates agreed, actions looked at, the ends that are no outcome."""
    match fact:
        case e.ActionChecked():
            was_done = {"yes": "done", "in part": "done in part", "no": "not done"}[fact.was_done]
            note = f": {fact.note}" if fact.note else ""
            return f"agreed action {was_done}: {_action_named(case, fact.action)}{note}"
        case e.DutyNotApplicable() if _action_named(case, fact.item):
            return f"agreed action no longer needed: {_action_named(case, fact.item)}: {fact.reason}"
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


def _action_named(case: Case, action: str) -> str:
    """Return what an agreed action is and whose; "" where there is none of this id."""
    found = next((one.action for one in case.actions if one.action.id == action), None)
    return run_on(found.what, found.owner) if found else ""


def _agreed(action: e.Action) -> str:
    return f"agreed: {in_one_line(action_line(action))}"


def action_line(action: e.Action) -> str:
    """Return an agreed action in one line: what, who, by when."""
    by = f"by {action.by_on:%d/%m/%Y}" if action.by_on else "no date agreed"
    return run_on(action.what, action.owner, by)
