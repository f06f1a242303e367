"""What two installations recorded of one case meanwhile, side by side where their answers to one question differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from escalate.core import events as e
from escalate.core.meanwhile import Meanwhile
from escalate.core.plain import to_plain
from escalate.core.restating import AMENDMENTS, CORRECTIONS, REDACTIONS, first_of, places_of, restate

Question = tuple[str, ...]
Answered = tuple[e.Event, object]


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that both sides answered, each otherwise: the last entry of each that answers it.

    `later` is the one that counts, where that is the same in every record: of two corrections of one entry. Of other
    answers the one that came in last counts, and it is None.
    """

    ours: e.Event
    theirs: e.Event
    later: e.Event | None = None


def differing(here: Sequence[e.Event], arrived: Sequence[e.Event]) -> tuple[Differing, ...]:
    """Return where the two sides answered one question otherwise, in the order of ours; each pair once.

    Two answers are looked at where neither side knew of the other's. So each record is told of them once: when the
    other's came in, even if its own had long been there.

    Args:
        here: the entries that were here before, as recorded.
        arrived: those that came in, after them.
    """
    read = {event.sequence: event for event in (*here, *arrived)}
    restate(read, REDACTIONS)  # what was removed is not to be shown
    meanwhile = Meanwhile(read.values())
    theirs = {question: each[-1] for question, each in _answers(read[one.sequence] for one in arrived).items()}
    found: dict[tuple[str, str], Differing] = {}
    for question, answers in _answers(read[one.sequence] for one in here).items():
        if question not in theirs:
            continue
        event, answer = theirs[question]
        apart = [mine for mine in answers if meanwhile.are_apart(mine[0], event)]
        if apart and apart[-1][1] != answer:
            mine = apart[-1][0]
            later = max(mine, event, key=meanwhile.rank) if isinstance(event.fact, CORRECTIONS) else None
            found[mine.id, event.id] = Differing(mine, event, later)
    return tuple(sorted(found.values(), key=lambda pair: pair.ours.sequence))


def may_bring_back(here: Sequence[e.Event], arrived: Sequence[e.Event]) -> tuple[e.Event, ...]:
    """Return the entries that restate an entry of which words were removed meanwhile, in order.

    Whoever recorded them did not know of the removal: they may repeat the very words. One of the two came in now.
    """
    everything = (*here, *arrived)
    read = {event.sequence: event for event in everything}
    places, meanwhile = places_of(everything), Meanwhile(everything)
    came = {event.sequence for event in arrived}
    kinds = {kind.kind for kind in REDACTIONS}
    removing: dict[int, list[e.Event]] = {}
    for event in everything:
        if event.kind in kinds:
            removing.setdefault(first_of(event, read, places), []).append(event)
    return tuple(
        event
        for event in everything
        if isinstance(event.fact, AMENDMENTS)
        and any(
            meanwhile.are_apart(event, removal) and came & {event.sequence, removal.sequence}
            for removal in removing.get(first_of(event, read, places), ())
        )
    )


def _answers(events: Iterator[e.Event]) -> Mapping[Question, list[Answered]]:
    """Return the answers to each question that these entries answer, in order, with the entry that gave each."""
    found: dict[Question, list[Answered]] = {}
    for event in events:
        for question, answer in _answered(event):
            found.setdefault(question, []).append((event, answer))
    return found


def _answered(event: e.Event) -> Iterator[tuple[Question, object]]:
    match event.fact:
        case e.OutcomeRecorded() as fact:
            yield ("outcome", fact.agency, fact.stage), (fact.outcome, fact.decision)
        case e.SituationRecorded() as fact:
            for name, answer in fact.facts.items():
                yield ("fact", fact.subject, name), answer
        case e.DetailsRecorded() as fact:
            for name, words in fact.details.items():
                yield ("detail", fact.child, name), words
        case e.RiskConsidered() as fact:
            yield ("risk",), fact.answer
        case e.UrgencyJudged() as fact:
            yield ("urgency",), fact.band
        case e.StageEntered() as fact:
            yield ("stage",), fact.stage
        case e.RecommendationMade() as fact:
            yield ("recommendation", fact.stage), fact.recommendation
        case e.AgencyResponded() as fact:
            yield ("response", fact.agency), fact.response
        case e.TimescaleAgreed() as fact:
            yield ("date", fact.item), fact.by_on
        case e.DutyDone() as fact:
            yield ("duty", fact.item), "done"
        case e.DutyNotApplicable() as fact:
            yield ("duty", fact.item), "not applicable"
        case e.ActionChecked() as fact:
            yield ("action", fact.action), fact.was_done
        case e.LearningGiven() as fact:
            yield ("learning's owner", fact.point), fact.owner
        case e.LearningClosed() | e.LearningDropped() | e.LearningReopened() as fact:
            yield ("learning", fact.point), fact.kind
        case e.Withdrawn():
            yield ("withdrawn",), "withdrawn"
        case e.Reopened():
            yield ("withdrawn",), "reopened"
        case e.CalendarAdopted() as fact:
            yield ("calendar",), fact.version
        case e.PartyNamed() as fact:
            yield ("name", fact.party), to_plain(fact)
        case e.Corrected() | e.AnothersEntryCorrected() as fact:
            yield ("entry", str(event.target)), to_plain(fact.restated) | {"occurred_on": fact.occurred_on}
        case _:
            return
