"""Which entries of a case were recorded knowing of which others, where several installations recorded in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from escalate.core import events as e

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Known:
    """What whoever recorded an entry had before them: of each chain its last number; and not before which moment."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    at: datetime = _NEVER


class Meanwhile:
    """What each entry of one case was recorded upon.

    An entry knows of those before it in its own chain. Once a case was taken in, it also knows of everything that the
    file held: what the entry by which it was handed over knew of. All of that is in the chains themselves, so that
    every installation that has the same entries says the same, in whatever order they came to it.

    Args:
        events: the entries of one case, in any order in which each follows what it knows of.
    """

    def __init__(self, events: Iterable[e.Event]) -> None:
        self._of: dict[tuple[str, int], _Known] = {}
        last: dict[str, _Known] = {}
        handed: dict[str, _Known] = {}
        for event in events:
            known = last.get(event.chain, _Known())
            if isinstance(event.fact, e.TakenOver) and event.fact.package in handed:
                known = _both(known, handed[event.fact.package])
            known = _Known(known.numbers, max(known.at, _moment(event)))
            if isinstance(event.fact, e.HandedOver):
                handed[event.fact.package] = _Known({**known.numbers, event.chain: event.number}, known.at)
            self._of[event.chain, event.number] = last[event.chain] = known

    def knew(self, one: e.Event, other: e.Event) -> bool:
        """Return whether whoever recorded `one` had `other` before them."""
        if one.chain == other.chain:
            return other.number < one.number
        return other.number <= self._of[one.chain, one.number].numbers.get(other.chain, 0)

    def are_apart(self, one: e.Event, other: e.Event) -> bool:
        """Return whether neither was recorded knowing of the other."""
        return one.id != other.id and not self.knew(one, other) and not self.knew(other, one)

    def rank(self, event: e.Event) -> tuple[datetime, int, str, int]:
        """Return what to compare entries by: the higher one was recorded later, the same in every installation.

        What knows of another is later than that, whatever the clocks said. Otherwise the moment counts, then the
        chain's id.
        """
        known = self._of[event.chain, event.number]
        of_others = sum(number for chain, number in known.numbers.items() if chain != event.chain)
        return known.at, of_others + event.number, event.chain, event.number


def _both(one: _Known, other: _Known) -> _Known:
    chains = one.numbers.keys() | other.numbers.keys()
    numbers = {chain: max(one.numbers.get(chain, 0), other.numbers.get(chain, 0)) for chain in chains}
    return _Known(numbers, max(one.at, other.at))


def _moment(event: e.Event) -> datetime:
    if not event.recorded_at:
        return _NEVER
    moment = datetime.fromisoformat(event.recorded_at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
