"""Corrections and redactions read in the place of the entry they are about, in whatever chain that is.

Two installations may amend one entry without knowing of each other. What then counts is the same in both records, in
whatever order the entries came there: of two corrections the later one, of two redactions only what both leave, and a
correction that did not know of a redaction counts for nothing, since it may repeat the very words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import reduce
from typing import Any

from escalate.core import events as e
from escalate.core.meanwhile import Meanwhile
from escalate.core.plain import fact_from_plain

ANOTHERS = (e.AnothersEntryCorrected, e.AnothersEntryRedacted)
CORRECTIONS = (e.Corrected, e.AnothersEntryCorrected)
REDACTIONS = (e.Redacted, e.AnothersEntryRedacted)
AMENDMENTS = (*CORRECTIONS, *REDACTIONS)
REMOVED = "[removed]"

Amendment = e.Corrected | e.Redacted | e.AnothersEntryCorrected | e.AnothersEntryRedacted
Places = Mapping[tuple[str, int], int]
"""Where each entry of a stream stands, by its chain and its number there."""

_KINDS_OF_REDACTION = {kind.kind for kind in REDACTIONS}
_KINDS_OF_AMENDMENT = {kind.kind for kind in AMENDMENTS}


def places_of(events: Iterable[e.Event]) -> Places:
    """Return where each entry stands, by its chain and its number in it."""
    return {(event.chain, event.number): event.sequence for event in events}


def restate(read: dict[int, e.Event], kinds: tuple[type[Amendment], ...]) -> None:
    """Read each entry as its amendments say; an amendment may itself have been amended by a later one.

    Args:
        read: a stream's entries by their place, changed here. Each stands after those it is about.
        kinds: the amendments to follow: `REDACTIONS` or `CORRECTIONS`.
    """
    places = places_of(read.values())
    apart = _apart(read, places)
    found: dict[int, list[e.Event]] = {}
    for sequence in sorted(read, reverse=True):
        if sequence in found:
            read[sequence] = _restated(read[sequence], found[sequence], apart)
        event = read[sequence]
        if isinstance(event.fact, kinds):
            found.setdefault(target_of(event, places) or 0, []).append(event)


def counting_corrections(events: Sequence[e.Event]) -> Mapping[int, int]:
    """Return the correction that counts of each entry that has one, by their places.

    Not among them is an entry of whose corrections none counts: their own words were removed, or they did not know that
    words of the entry were.

    Args:
        events: a stream's entries as recorded, with nothing restated.
    """
    read = {event.sequence: event for event in events}
    restate(read, REDACTIONS)
    places = places_of(events)
    found: dict[int, list[e.Event]] = {}
    for sequence in sorted(read, reverse=True):
        if isinstance(read[sequence].fact, CORRECTIONS):
            found.setdefault(target_of(read[sequence], places) or 0, []).append(read[sequence])
    apart = _apart(read, places)
    return {about: one[0].sequence for about, each in found.items() if (one := _counting(each, apart))}


def _apart(read: Mapping[int, e.Event], places: Places) -> _Apart | None:
    """Return what tells who knew of what, or None where one installation alone recorded."""
    return _Apart(read, places) if len({event.chain for event in read.values()}) > 1 else None


def _counting(found: Sequence[e.Event], apart: _Apart | None) -> Sequence[e.Event]:
    return apart.counting(found) if apart else found[:1]


def _restated(target: e.Event, found: Sequence[e.Event], apart: _Apart | None) -> e.Event:
    """Return an entry as the amendments of it say, which are given with the last of this record first."""
    counting = _counting(found, apart)
    if not counting:
        return target
    bodies = [_body(event) for event in counting]
    body = reduce(_left_by_both, bodies) if all(bodies) else {}
    last = counting[0].fact
    on = last.occurred_on if isinstance(last, CORRECTIONS) else target.occurred_on
    fact = fact_from_plain(target.kind, body) if body else None
    return dataclasses.replace(target, fact=fact, occurred_on=on)


def _body(event: e.Event) -> Mapping[str, Any]:
    assert isinstance(event.fact, AMENDMENTS)
    return event.fact.restated


class _Apart:
    """Which of the amendments of one entry count, where installations recorded without knowing of each other."""

    def __init__(self, read: Mapping[int, e.Event], places: Places) -> None:
        self._read, self._places = dict(read), places
        self._meanwhile = Meanwhile(read[sequence] for sequence in sorted(read))
        self._redactions: dict[int, list[e.Event]] = {}
        for event in read.values():
            if event.kind in _KINDS_OF_REDACTION:
                self._redactions.setdefault(first_of(event, self._read, places), []).append(event)

    def counting(self, found: Sequence[e.Event]) -> list[e.Event]:
        """Return those that count, the latest first: one correction, or the redactions that know of no other."""
        latest = sorted(found, key=self._meanwhile.rank, reverse=True)
        if isinstance(latest[0].fact, CORRECTIONS):
            return [event for event in latest if not self._is_overruled(event)][:1]
        known = [one for one in latest if any(self._meanwhile.knew(other, one) for other in latest)]
        return [event for event in latest if event not in known]

    def _is_overruled(self, correction: e.Event) -> bool:
        redactions = self._redactions.get(first_of(correction, self._read, self._places), ())
        return any(self._meanwhile.are_apart(correction, redaction) for redaction in redactions)


def _left_by_both(one: Any, other: Any) -> Any:
    """Return what two redactions of one entry both leave of it: of a text, the words that neither removed."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {name: _left_by_both(value, other.get(name, value)) for name, value in one.items()}
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        return [_left_by_both(*pair) for pair in zip(one, other, strict=True)]
    if isinstance(one, str) and isinstance(other, str) and one != other:
        return "".join(_words_of_both(_pieces(one), _pieces(other)))
    return one


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that make it again: words, and what stands between them."""
    pieces, at = [], 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place].isspace() != text[place - 1].isspace():
            pieces.append(text[at:place])
            at = place
    return pieces


def _words_of_both(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    at = 0
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        lacking = one[at : block.a]
        if any(not piece.isspace() for piece in lacking):
            yield REMOVED
        yield from one[block.a : block.a + block.size]
        at = block.a + block.size


def first_of(event: e.Event, read: Mapping[int, e.Event], places: Places) -> int:
    """Return the place of the entry that an amendment, or an amendment of one, is about in the end."""
    while event.kind in _KINDS_OF_AMENDMENT:
        about = target_of(event, places)
        if about is None or about >= event.sequence:
            break
        if about not in read:
            return about
        event = read[about]
    return event.sequence


def target_of(event: e.Event, places: Places) -> int | None:
    """Return the place of the entry that an amendment is about, or None."""
    if isinstance(event.fact, ANOTHERS):
        return places.get((event.fact.of_chain, event.fact.entry), event.target)
    return event.target


def with_targets(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries with the place that each amendment of another chain's entry is about.

    Where such an amendment's own words were removed, what was left of it says so.
    """
    read = {event.sequence: event for event in events}
    restate(read, REDACTIONS)
    places = places_of(events)
    return [dataclasses.replace(event, target=target_of(read[event.sequence], places)) for event in events]
