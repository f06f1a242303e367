"""Corrections and redactions read in the place of the entry they are about, in whatever chain that is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from escalate.core import events as e
from escalate.core.plain import fact_from_plain

ANOTHERS = (e.AnothersEntryCorrected, e.AnothersEntryRedacted)
CORRECTIONS = (e.Corrected, e.AnothersEntryCorrected)
REDACTIONS = (e.Redacted, e.AnothersEntryRedacted)
AMENDMENTS = (*CORRECTIONS, *REDACTIONS)

Amendment = e.Corrected | e.Redacted | e.AnothersEntryCorrected | e.AnothersEntryRedacted
Places = Mapping[tuple[str, int], int]
"""Where each entry of a stream stands, by its chain and its number there."""


def places_of(events: Iterable[e.Event]) -> Places:
    """Return where each entry stands, by its chain and its number in it."""
    return {(event.chain, event.number): event.sequence for event in events}


def restate(read: dict[int, e.Event], kinds: tuple[type[Amendment], ...]) -> None:
    """Read each entry as the last amendment of it says; an amendment may itself have been amended by a later one.

    Args:
        read: a stream's entries by their place, changed here.
        kinds: the amendments to follow: `REDACTIONS` or `CORRECTIONS`.
    """
    places = places_of(read.values())
    restated: set[int] = set()
    for sequence in sorted(read, reverse=True):
        event = read[sequence]
        about = target_of(event, places)
        if not isinstance(event.fact, kinds) or about is None or about in restated or about not in read:
            continue
        restated.add(about)
        target, body = read[about], event.fact.restated
        fact = fact_from_plain(target.kind, body) if body else None
        on = event.fact.occurred_on if isinstance(event.fact, CORRECTIONS) else target.occurred_on
        read[about] = dataclasses.replace(target, fact=fact, occurred_on=on)


def target_of(event: e.Event, places: Places) -> int | None:
    """Return the place of the entry that an amendment is about, or None."""
    if isinstance(event.fact, ANOTHERS):
        return places.get((event.fact.of_chain, event.fact.entry))
    return event.target


def with_targets(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries with the place that each amendment of another chain's entry is about.

    Where such an amendment's own words were removed, what was left of it says so.
    """
    read = {event.sequence: event for event in events}
    restate(read, REDACTIONS)
    places = places_of(events)
    return [dataclasses.replace(event, target=target_of(read[event.sequence], places)) for event in events]
