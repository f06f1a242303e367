"""What two installations recorded of one case meanwhile, side by side where their answers to one question differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalate.core import events as e
from escalate.core.plain import to_plain
from escalate.core.restating import AMENDMENTS, REDACTIONS

Question = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that both sides answered, each otherwise: the last entry of each that answers it."""

    ours: e.Event
    theirs: e.Event


def differing(ours: Sequence[e.Event], theirs: Sequence[e.Event]) -> tuple[Differing, ...]:
    """Return where the two sides answered one question otherwise, in the order of ours; each pair once.

    Args:
        ours: the entries recorded here that the other side had not seen.
        theirs: those recorded there that we had not seen.
    """
    here, there = _answers(ours), _answers(theirs)
    pairs = [(here[one][0], there[one][0]) for one in here if one in there and here[one][1] != there[one][1]]
    once = {(one.id, other.id): Differing(one, other) for one, other in pairs}
    return tuple(once.values())


def may_bring_back(ours: Sequence[e.Event], theirs: Sequence[e.Event]) -> tuple[e.Event, ...]:
    """Return the entries of one side that restate an entry whose words the other side removed meanwhile, in order.

    Whoever recorded them did not know of the removal: they may repeat the very words.
    """
    found = [*_restating_removed(ours, theirs), *_restating_removed(theirs, ours)]
    return tuple(sorted(found, key=lambda event: event.sequence))


def _restating_removed(one: Sequence[e.Event], other: Sequence[e.Event]) -> Iterator[e.Event]:
    removed = {event.target for event in other if event.kind in {kind.kind for kind in REDACTIONS}}
    return (event for event in one if isinstance(event.fact, AMENDMENTS) and event.target in removed)


def _answers(events: Sequence[e.Event]) -> dict[Question, tuple[e.Event, object]]:
    """Return the last answer to each question that these entries answer, with the entry that gave it."""
    return {question: (event, answer) for event in events for question, answer in _answered(event)}


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
