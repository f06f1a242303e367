"""Learning points: what was identified in a case, point by point, who has each now, and what became of it.

One entry may hold several points, a line each. A point's key is the entry's name and its place there: the same in every
installation, and the same after a correction of its words. Its number counts the points of the case as they came in:
people type that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.names_in_text import find_names
from escalate.core.views import LearningRow
from escalate.errors import CannotDecide, NotFound

OfPoint = e.LearningGiven | e.LearningTaken | e.LearningClosed | e.LearningDropped | e.LearningReopened
BECAME = (e.LearningGiven, e.LearningTaken, e.LearningClosed, e.LearningDropped, e.LearningReopened)
"""What can be recorded of a point."""

_MARK = re.compile(r"\s*(?:[-–•*‣▪◦]\s+|[•‣▪◦]|\(?(?:\d{1,2}|[a-z])[.)]\s+)(?=\S)")


def points_in(text: str) -> tuple[str, ...]:
    """Return the points that words of learning hold, in order, without the marks before them.

    Where lines begin with a mark or a number, each such line begins a point and the lines below belong to it; else each
    line is a point.

    Example:
        >>> points_in("Ask earlier.\\n\\nWrite to all."), points_in("Agreed:\\n- ask\\n  earlier\\n- write to all")
        (('Ask earlier.', 'Write to all.'), ('Agreed: ask earlier', 'write to all'))
    """
    lines = [line for line in text.splitlines() if line.strip()]
    are_marked = any(_MARK.match(line) for line in lines)
    found: list[str] = []
    for line in lines:
        mark = _MARK.match(line)
        words = " ".join(line[mark.end() if mark else 0 :].split())
        belongs = bool(found) and (found[-1].endswith(":") if mark else are_marked)
        if belongs and are_marked:
            found[-1] += f" {words}"
        else:
            found.append(words)
    return tuple(found)


def learning_points(case: Case) -> tuple[LearningRow, ...]:
    """Return the learning points of a case in the order in which they were recorded, corrections read in."""
    points = {point.key: point for point in _identified(case)}
    for event in case.events:
        if isinstance(event.fact, BECAME) and event.fact.point in points:
            points[event.fact.point] = _with(points[event.fact.point], event.fact, event.occurred_on)
    return tuple(points.values())


def _identified(case: Case) -> Iterator[LearningRow]:
    number = 0
    for event in case.of(e.LearningIdentified):
        fact = cast(e.LearningIdentified, event.fact)
        for place, words in enumerate(points_in(fact.learning), 1):
            number += 1
            yield LearningRow(
                key=f"{case.entry_name(event.sequence)}.{place}",
                number=number,
                sequence=event.sequence,
                stage=fact.stage,
                identified_on=event.occurred_on,
                words=words,
            )


def _with(point: LearningRow, fact: OfPoint, on: date) -> LearningRow:
    match fact:
        case e.LearningGiven():
            return replace(point, owner=fact.owner, owned_on=on)
        case e.LearningTaken():
            return replace(point, taken_to=fact.group, taken_on=on, decided=fact.decided)
        case e.LearningClosed():
            return replace(point, state="closed", ended_on=on, became=fact.changed)
        case e.LearningDropped():
            return replace(point, state="dropped", ended_on=on, became=fact.reason)
        case e.LearningReopened():
            return replace(point, state="open", ended_on=None, became="")


def point_numbered(case: Case, number: int) -> LearningRow:
    """Return the learning point of this number.

    Raises:
        NotFound: the case has no such point.
    """
    points = learning_points(case)
    if not 1 <= number <= len(points):
        has = f"has {len(points)}" if points else "has none"
        raise NotFound(
            f"case {case.reference}: has no learning point {number}: it {has}",
            remedy="to see them all: escalate learning",
            recorded="",
        )
    return points[number - 1]


def refuse_impossible(case: Case, point: LearningRow, fact: OfPoint, on: date) -> None:
    """Refuse what cannot have become of a point.

    Raises:
        CannotDecide: the day is before it was identified; it is ended, or not ended and to be opened again.
    """
    where = f"case {case.reference}: learning point {point.number}"
    if on < point.identified_on:
        raise CannotDecide(f"{where}: that day is before it was identified", recorded="")
    if isinstance(fact, e.LearningReopened) and point.state == "open":
        raise CannotDecide(f"{where}: is open", recorded="")
    if not isinstance(fact, e.LearningReopened) and point.state != "open":
        raise CannotDecide(
            f"{where}: is {point.state}", remedy='to go on with it, open it again: what = "again"', recorded=""
        )


def known_names_in(words: Sequence[str], case: Case) -> tuple[str, ...]:
    """Return which children and people of a case are named in these words, in whatever way, children first.

    It finds too much rather than too little, so that a person decides.
    """
    people = sorted((party for party in case.parties.values() if party.sort != "agency"), key=lambda x: x.sort)
    names = [party.name for party in people]
    hits = {hit.index for text in words if text for hit in find_names(text, names)}
    return tuple(names[index] for index in sorted(hits))
