"""What the forms are told of the latest discussion: who held it for us, when, options, decision, what was said.

A form has one box for each and no place for several talks. What it says is of the stage at which the two sides spoke
last; where several entries of it say something, each stands with its day. Name and date are of the one that came last,
and of nobody where that was no talk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.forms.data_case import run_on, stage_at, unanswered
from escalate.core.forms.data_people import name_and_post
from escalate.core.logged import is_logged
from escalate.core.same_agency import agency_in_case


def talk_said(case: Case, span: range, author: str, author_name: str) -> dict[str, str]:
    """Return who of our side held the latest discussion, its day, the options, the decision and recommendations.

    "discussion.date" is the day of the last talk at the stage; "discussion.decided_on" that of the last talk or
    agreement, empty where silence came last.

    Args:
        span: the entries that count, by sequence.
        author: the opaque id of whoever fills the form in, who may have recorded a talk without being named in it.
        author_name: their name and post.
    """
    entries = _entries(case, span)
    stage = stage_at(case, entries[-1]) if entries else ""
    here = [event for event in entries if stage_at(case, event) == stage]
    held = _held_last(here)
    on = f"{held.occurred_on:%d/%m/%Y}" if held else ""
    return {
        "discussion.date": max((x.occurred_on.isoformat() for x in here if _is_talk(x)), default=""),
        "discussion.decided_on": held.occurred_on.isoformat() if held else "",
        "discussion.by_whom": _by_whom(case, held, author, author_name) if held else "",
        "discussion.options": _options(here, entries, on),
        "discussion.decision": _decision(case, here, entries, on),
        "discussion.recommendations": _recommended(case, here, span),
    }


def _entries(case: Case, span: range) -> list[e.Event]:
    """Return the talks and ends of stages, by day."""
    found = [x for x in (*case.of(e.DiscussionRecorded), *case.of(e.OutcomeRecorded)) if x.sequence in span]
    return sorted(found, key=lambda x: (x.occurred_on, x.sequence))


def _held_last(here: Sequence[e.Event]) -> e.Event | None:
    """Return the last talk or agreement; None where what came last was silence.

    An end that was only written down after a talk adds no talk of its own: that talk led to it.
    """
    spoke = [x for x in here if _is_talk(x) or _outcome(x).outcome in _TELLING]
    if not spoke:
        return None
    same_day = [x for x in spoke if x.occurred_on == spoke[-1].occurred_on]
    talks = [x for x in same_day if _is_talk(x)]
    last = (talks or same_day)[-1]
    is_silence = isinstance(last.fact, e.OutcomeRecorded) and last.fact.outcome == "no response"
    return None if is_silence else last


def _is_talk(event: e.Event) -> bool:
    return isinstance(event.fact, e.DiscussionRecorded)


_TELLING = ("resolved", "no response")


def _outcome(event: e.Event) -> e.OutcomeRecorded:
    return cast(e.OutcomeRecorded, event.fact)


def _by_whom(case: Case, held: e.Event, author: str, author_name: str) -> str:
    """Return who of our side took part, by name and post; where nobody is named, whoever recorded it."""
    people = held.fact.people if isinstance(held.fact, e.DiscussionRecorded) else ()
    ours = [one for one in people if one in case.parties and _works_for_us(case, one)]
    if ours:
        return "; ".join(name_and_post(case, one) for one in ours)
    if is_logged(case):
        return ""  # whoever logged it for the partnership took no part in it
    known = held.recorded_by in case.parties
    return name_and_post(case, held.recorded_by) if known else author_name if held.recorded_by == author else ""


def _works_for_us(case: Case, person: str) -> bool:
    return agency_in_case(case, case.parties[person].agency) == case.our_agency


def _options(here: Sequence[e.Event], entries: Sequence[e.Event], on: str) -> str:
    """Return the options considered at the stage; where none were, the last ones before it, with their day."""

    def of(events: Sequence[e.Event]) -> list[tuple[str, str]]:
        talks = (x for x in events if isinstance(x.fact, e.DiscussionRecorded) and x.fact.options)
        return [(f"{x.occurred_on:%d/%m/%Y}", cast(e.DiscussionRecorded, x.fact).options) for x in talks]

    return _dated(of(here) or of(entries)[-1:], on)


def _decision(case: Case, here: Sequence[e.Event], entries: Sequence[e.Event], on: str) -> str:
    """Return what was decided and said at the stage and how it ended; after silence alone, the last decision before."""
    said: list[tuple[str, str]] = []
    for event in here:
        day = f"{event.occurred_on:%d/%m/%Y}"
        # A decision recorded with the talk and again with the outcome is one.
        told = [words for words in _words(case, event) if words not in [one for _, one in said]]
        said += [(day, words) for words in told]
    if said and not on:
        before = [(f"{x.occurred_on:%d/%m/%Y}: {words}") for x in entries if x not in here and (words := _decided(x))]
        return "\n".join((*before[-1:], _dated(said, said[0][0])))
    return _dated(said, on)


def _words(case: Case, event: e.Event) -> Iterator[str]:
    """Yield what one entry says, a thing each: decision, what was said, how it ended, why it went up."""
    if decision := _decided(event):
        yield decision
    if isinstance(event.fact, e.DiscussionRecorded):
        if event.fact.said:
            yield f"Said: {event.fact.said}"
        return
    fact = _outcome(event)
    if fact.outcome == "no response":
        yield run_on(f"No response from {case.name_of(fact.agency)}", unanswered(fact))
    if fact.outcome == "out of time":
        by = f"{fact.passed_on:%d/%m/%Y}, as agreed" if fact.passed_on else "the date of this stage"
        yield f"Out of time with {case.name_of(fact.agency)}: no agreement by {by}"
    up = next((x for x in case.stage_entries if x.sequence > event.sequence), None)
    if fact.outcome != "resolved" and up and (reason := cast(e.StageEntered, up.fact).reason):
        yield f"Taken up, because: {reason}"


def _decided(event: e.Event) -> str:
    return cast(e.DiscussionRecorded | e.OutcomeRecorded, event.fact).decision


def _dated(said: Sequence[tuple[str, str]], on: str) -> str:
    """Return words of the form's own date as they are; of several days, or of another, each with its day."""
    if {day for day, _ in said} <= {on}:
        return "\n".join(words for _, words in said)
    return "\n".join(f"{day}: {words}" for day, words in said)


def _recommended(case: Case, here: Sequence[e.Event], span: range) -> str:
    """Return the last recommendation of whoever ends the ladder, else the last that was made in a talk."""
    made = [x for x in case.of(e.RecommendationMade) if x.sequence in span]
    if made:
        return cast(e.RecommendationMade, made[-1].fact).recommendation
    talks = [x.fact for x in here if isinstance(x.fact, e.DiscussionRecorded)]
    return next((talk.recommendations for talk in reversed(talks) if talk.recommendations), "")
