"""What a case says of one stage for the blocks that some forms have for each: it stands as it was when the stage ended.

A block is empty before its stage is entered. What it says of the time before is of the day the stage was entered, so
that a form sent again at a higher stage says of a lower one what it said then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import Done, action_line, key_issues, learned, lines, run_on, unanswered


def span_of(case: Case, stage: str) -> range:
    """Return the entries that belong to a stage, by sequence: from its entering until it was left.

    Args:
        stage: one that the case has been at; of any other there are none; "" is the whole case.
    """
    if not stage:
        return range(case.last_sequence + 1)
    entered = case.entered(stage)
    if entered is None:
        return range(0)
    left = _left(case, stage)
    return range(entered.sequence, left.sequence if left else case.last_sequence + 1)


def stages_said(case: Case, done: Sequence[Done]) -> Mapping[tuple[str, str], str]:
    """Return what is said of each stage the case has been at, by (stage, key).

    Args:
        done: what was done in the case, in order.
    """
    found: dict[tuple[str, str], str] = {}
    for stage in dict.fromkeys(cast(e.StageEntered, entry.fact).stage for entry in case.stage_entries):
        found |= {(stage, key): words for key, words in _stage_said(case, stage, done).items()}
    return found


def _stage_said(case: Case, stage: str, done: Sequence[Done]) -> dict[str, str]:
    entered = case.entered(stage)
    before = [one.dated_in_full for one in done if entered and one.entry <= entered.sequence and not one.is_beside]
    concerns = lines(
        ("The decision was learned of", f"{case.raised.decision_received_on:%d/%m/%Y}"),
        ("", key_issues(case)),
        ("", "\n".join(("What was done before:", *before)) if before else ""),
    )
    resolved = _is_resolved(case, stage)
    outcomes = [
        x for x in case.of(e.OutcomeRecorded) if cast(e.OutcomeRecorded, x.fact).stage == stage and _counts(case, x)
    ]
    left = _left(case, stage)
    ended = [x.occurred_on for x in outcomes] + ([left.occurred_on] if left else [])
    if resolved == "Yes" and case.ended_on:
        ended.append(case.ended_on)
    return {
        "stage.concerns": concerns,
        "stage.request": lines(("", concerns), ("Request", case.raised.outcome_wanted)),
        "stage.resolved": resolved,
        "stage.outcome": "\n".join(_outcome(case, stage, [cast(e.OutcomeRecorded, x.fact) for x in outcomes])),
        "stage.learning": "\n".join(learned(case, stage)),
        "stage.closed_on": max(ended).isoformat() if ended and resolved else "",
    }


def _left(case: Case, stage: str) -> e.Event | None:
    """Return the entry into the stage that followed, where the case has gone on from this one."""
    last = max(x.sequence for x in case.stage_entries if cast(e.StageEntered, x.fact).stage == stage)
    return next((x for x in case.stage_entries if x.sequence > last), None)


def _counts(case: Case, event: e.Event) -> bool:
    """Whether an outcome stands: a reopening ends those of the stage the case is at, and of no other."""
    fact = cast(e.OutcomeRecorded, event.fact)
    return event.sequence > case.reopened_at or fact.stage != case.stage


def _is_resolved(case: Case, stage: str) -> str:
    """Return "Yes" where the matter ended with every agency at this stage, "No" where it went on, "" before either."""
    if _left(case, stage) is not None:
        return "No"
    if not case.unsettled:
        return "Yes"
    ended = [case.outcome_of(agency) for agency in case.unsettled]
    return "No" if all(event and cast(e.OutcomeRecorded, event.fact).stage == stage for event in ended) else ""


def _outcome(case: Case, stage: str, outcomes: Sequence[e.OutcomeRecorded]) -> list[str]:
    """Return what was decided and agreed at the stage, by day, then how it ended with each agency."""
    said = _decided(case, stage)
    for fact in {one.agency: one for one in outcomes}.values():
        said.append(run_on(f"{case.name_of(fact.agency)}: {fact.outcome}", unanswered(fact)))
        # A decision recorded with the talk and again with the outcome is one.
        said += [fact.decision] if fact.decision and not any(one.endswith(f": {fact.decision}") for one in said) else []
        said += [f"Agreed: {action_line(action)}" for action in fact.actions]
        said += [f"Outstanding: {fact.outstanding}"] if fact.outstanding else []
    for event in case.of(e.RecommendationMade):
        made = cast(e.RecommendationMade, event.fact)
        if made.stage == stage:
            said.append(f"{made.by}: {made.recommendation}")
            answers = (x for x in case.of(e.AgencyResponded) if x.sequence > event.sequence)
            facts = (cast(e.AgencyResponded, x.fact) for x in answers)
            said += [f"{case.name_of(fact.agency)} answered: {fact.response}" for fact in facts]
    return said


def _decided(case: Case, stage: str) -> list[str]:
    """Return what the talks of the stage said, decided and agreed, whether or not they ended it."""
    said, span = [], span_of(case, stage)
    for event in case.of(e.DiscussionRecorded):
        fact = cast(e.DiscussionRecorded, event.fact)
        if event.sequence in span:
            said += [f"{event.occurred_on:%d/%m/%Y}: {fact.decision}"] if fact.decision else []
            said += [f"Said on {event.occurred_on:%d/%m/%Y}: {fact.said}"] if fact.said else []
            said += [f"Agreed on {event.occurred_on:%d/%m/%Y}: {action_line(action)}" for action in fact.actions]
    return said
