"""The moments a policy counts from, waits for and acts upon, and when each happened in a case.

One vocabulary serves `from` (the earliest known starts a clock), `until` (the first closes it) and `when` (each
occurrence creates a duty). A moment in brackets names a stage, clock or duty of the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.ladder import say_stages
from escalate.core.owed import item_of_key

WRITTEN = {
    "raised": "the case was opened",
    "the disagreement": "the day the disagreement arose",
    "receipt of the decision": "the day the decision was learned of",
    "the concern": "the earlier of the disagreement and receipt of the decision",
    "the counterpart told": "the concern was raised with the counterpart in that agency",
    "the counterpart told verbally": "it was raised by telephone, face to face or in a meeting",
    "each discussion": "every inter-agency discussion",
    "the meeting": "a meeting was held while the clock's own stage was the case's",
    "stage [id] meeting": "a meeting was held while that stage was the case's",
    "the stage entered": "the clock's own stage was entered",
    "stage [id] entered": "that stage was entered",
    "each stage entered": "every stage as it was entered, the first included",
    "stage [id] unresolved": "that stage was recorded as ended without a resolution",
    "stage [id] without a response": "that stage was recorded as ended because an agency did not answer",
    "stage [id] resolved": "that stage was resolved with an agency, or ended by a decision that binds",
    "the outcome": "an outcome of the clock's own stage was recorded with that agency",
    "the resolution": "the clock's own stage was resolved with that agency, by agreement",
    "resolved": "any stage was resolved with an agency, or ended by a decision that binds",
    "unresolved": "any stage was recorded as ended without a resolution",
    "no response": "any stage was recorded as ended because an agency did not answer",
    "the written confirmation": "the outcome was confirmed in writing for that agency",
    "the previous stage's resolving deadline": "the day by which the stage before was to be resolved",
    "clock [id] missed": "that clock's deadline, where it passed unmet",
    "duty [id] done": "that duty was done",
    "immediate risk": "a child was considered at immediate risk",
    "risk not sure": "nobody could say whether a child was at immediate risk",
    "learning identified": "something the partnership could learn from was recorded",
    "the recommendation": "whoever ends the ladder made a recommendation or a decision",
    "the agency's response": "that agency answered the recommendation",
    "withdrawn": "the escalation was withdrawn",
}
_PATTERNS = [(re.compile(re.escape(text).replace(r"\[id\]", r"([\w-]+)")), text) for text in WRITTEN]
REPEATING = ("each discussion", "each stage entered", "immediate risk", "risk not sure", "learning identified")
"""Moments of which every occurrence creates a duty of its own."""
ENDINGS = ("the outcome", "the resolution", "the written confirmation", "the recommendation", "the agency's response")
"""Moments that end a case or follow its end: what was recorded of them before a reopening counts no longer."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of the vocabulary: `kind` is a key of `WRITTEN`, `arg` what stands for its `[id]`."""

    kind: str
    arg: str = ""

    @property
    def refers_to(self) -> str:
        """ "stage", "clock" or "duty" where `arg` is the id of one, else ""."""
        return self.kind.split(" ")[0] if self.arg else ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When a moment happened: `agency` is empty where it holds for all; `entry` is the event's sequence, or 0.

    `is_missed`: it is a deadline that passed unmet, so that what follows from it shows only from that day.
    """

    on: date
    said: str
    agency: str = ""
    time: str = ""
    entry: int = 0
    is_missed: bool = False


CAUSES = (
    "the resolution",
    "stage [id] unresolved",
    "stage [id] without a response",
    "stage [id] resolved",
    "resolved",
    "unresolved",
    "no response",
    "withdrawn",
    "clock [id] missed",
)
"""Moments that may never come: a clock that counts only from such does not run, and is not shown, before one has."""
WAITING = {
    "the disagreement": "nobody has recorded when the disagreement arose",
    "the counterpart told": "the counterpart has not been told yet, as far as is recorded",
    "the stage entered": "the stage has not been entered",
    "the meeting": "no meeting has been recorded yet",
    "stage [id] meeting": "no meeting has been recorded yet",
    "the previous stage's resolving deadline": "the stage before has no date",
    "duty [id] done": "nobody has recorded that this was done: {arg}",
    "the recommendation": "no recommendation has been made yet",
}
"""Why a clock has no date yet, by the moment it counts from; other kinds say what they wait for by their own words."""


@cache
def parse_moment(written: str) -> Moment:
    """Return the moment written as in `WRITTEN`.

    Raises:
        ValueError: with a sentence that lists what can be written.
    """
    for pattern, kind in _PATTERNS:
        if found := pattern.fullmatch(written):
            return Moment(kind, found[1] if found.groups() else "")
    allowed = ", ".join(f'"{text}"' for text in WRITTEN)
    raise ValueError(f'moment "{written}" is not one of {allowed}')


def waiting_for(moment: Moment, case: Case) -> str:
    """Return why nothing counts from `moment` yet, as the end of "no date, because …".

    Of a case raised with our agency nobody waits to be told: it is the day that is not known.
    """
    if moment.kind == "the counterpart told" and case.raised.our_side == "receiving":
        return "it is not known when it was raised with us"
    said = WAITING.get(moment.kind, f"this has not happened yet: {moment.kind.replace('[id]', '{arg}')}")
    return said.replace("{arg}", moment.arg.replace("-", " "))


def is_deadline(moment: Moment) -> bool:
    """Return whether the moment is itself a deadline, so that only the engine knows when it falls."""
    return moment.kind in ("the previous stage's resolving deadline", "clock [id] missed")


def occurrences(moment: Moment, case: Case, own_stage: str = "", *, called: str = "stage") -> tuple[Occurrence, ...]:
    """Return when `moment` happened in `case`, in the order recorded.

    Args:
        own_stage: the id of the stage that "the stage", "the meeting", "the outcome" and "the resolution" mean.
        called: the policy's word for a stage, for what is said of it.
    """
    # Every clock and duty asks, and again under each reading: a case is looked through once for each question.
    asked = (moment, own_stage, called)
    if asked not in case.looked_up:
        case.looked_up[asked] = tuple(_occurrences(moment, case, own_stage, called))
    return cast(tuple[Occurrence, ...], case.looked_up[asked])


def _occurrences(moment: Moment, case: Case, own_stage: str, called: str) -> Iterator[Occurrence]:
    raised = case.raised
    match moment.kind:
        case "raised":
            yield _at(case.opening, "the case was opened")
        case "the disagreement":
            if raised.disagreed_on:
                yield Occurrence(raised.disagreed_on, "the disagreement arose")
        case "receipt of the decision":
            yield Occurrence(raised.decision_received_on, "the decision was received")
        case "the concern":
            yield Occurrence(case.concern_on, "the concern arose")
        case "the stage entered" | "stage [id] entered":
            stage = moment.arg or own_stage
            for entry in case.of(e.StageEntered):
                if cast(e.StageEntered, entry.fact).stage == stage:
                    yield _at(entry, f"{say_stages(called, stage)} was entered")
        case "each stage entered":
            for entry in case.stage_entries:
                yield _at(entry, f"{say_stages(called, cast(e.StageEntered, entry.fact).stage)} was entered")
        case _:
            yield from _recorded(moment, case, own_stage, called)


def _recorded(moment: Moment, case: Case, own_stage: str, called: str) -> Iterator[Occurrence]:
    stage = moment.arg or own_stage
    at_stage = ""
    for event in case.events:
        fact = event.fact
        if isinstance(fact, e.StageEntered):
            at_stage = fact.stage
        match moment.kind, fact:
            case "the counterpart told", e.CounterpartTold():
                yield _at(event, "the counterpart was told", fact.agency)
            case "the counterpart told verbally", e.CounterpartTold() if fact.is_verbal:
                yield _at(event, f"the counterpart was told ({fact.how})", fact.agency)
            case "each discussion", e.DiscussionRecorded():
                for agency in fact.agencies or ("",):
                    yield _at(event, "it was discussed", agency)
            case (("the meeting" | "stage [id] meeting"), e.DiscussionRecorded()) if (
                fact.how == "meeting" and at_stage == stage
            ):
                for agency in fact.agencies or ("",):
                    yield _at(event, "a meeting was held", agency)
            case kind, _ if kind in ENDINGS and event.sequence < case.reopened_at:
                pass  # a reopened case has its stage's outcome still before it
            case (("the outcome" | "stage [id] unresolved"), e.OutcomeRecorded()) if fact.stage == stage:
                if moment.kind == "the outcome" or fact.outcome != "resolved":
                    yield _at(event, f"{say_stages(called, stage)} ended: {fact.outcome}", fact.agency)
            case (("the resolution" | "stage [id] resolved"), e.OutcomeRecorded()) if fact.stage == stage:
                if fact.outcome == "resolved":
                    yield _at(event, f"{say_stages(called, stage)} was resolved", fact.agency)
            case "stage [id] without a response", e.OutcomeRecorded() if fact.stage == stage:
                if fact.outcome == "no response":
                    yield _at(event, f"there was no response at {say_stages(called, stage)}", fact.agency)
            case (("resolved" | "stage [id] resolved" | "the outcome"), e.RecommendationMade()) if fact.binds and (
                moment.kind == "resolved" or fact.stage == stage
            ):
                yield _at(event, f"it was decided at {say_stages(called, fact.stage)}, which binds every agency")
            case "resolved", e.OutcomeRecorded() if fact.outcome == "resolved":
                yield _at(event, f"it was resolved at {say_stages(called, fact.stage)}", fact.agency)
            case "unresolved", e.OutcomeRecorded() if fact.outcome != "resolved":
                yield _at(event, f"{say_stages(called, fact.stage)} ended: {fact.outcome}", fact.agency)
            case "no response", e.OutcomeRecorded() if fact.outcome == "no response":
                yield _at(event, f"there was no response at {say_stages(called, fact.stage)}", fact.agency)
            case "withdrawn", e.Withdrawn():
                yield _at(event, "the escalation was withdrawn")
            case "the written confirmation", e.OutcomeConfirmed() if fact.stage == stage or not stage:
                yield _at(event, "the outcome was confirmed in writing", fact.agency)
            case "duty [id] done", e.DutyDone() if item_of_key(fact.item) == moment.arg:
                yield _at(event, f"{moment.arg.replace('-', ' ')}: done")
            case "learning identified", e.LearningIdentified():
                yield _at(event, "learning was identified")
            case "the recommendation", e.RecommendationMade():
                said = {"decides": "it was decided", "mediates": "a way forward was proposed"}
                yield _at(event, said.get(fact.does, "a recommendation was made"))
            case "the agency's response", e.AgencyResponded():
                yield _at(event, "the agency responded", fact.agency)
            case "immediate risk", e.RiskConsidered() if fact.answer == "yes" and case.is_new_risk(event):
                yield _at(event, "a child was considered at immediate risk")
            case "risk not sure", e.RiskConsidered() if fact.answer == "not sure" and case.is_new_risk(event):
                yield _at(event, "it was not certain whether a child was at immediate risk")
            case _:
                pass


def _at(event: e.Event, said: str, agency: str = "") -> Occurrence:
    return Occurrence(event.occurred_on, said, agency, event.occurred_time, event.sequence)
