"""What was removed from a case, removed from the reports as well that told its learning in its own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.case import Case
from escalate.core.deciding import Decided
from escalate.core.learning import BECAME
from escalate.core.plain import to_plain
from escalate.core.reports.learning_lines import LINES
from escalate.core.restating import REDACTIONS, REMOVED, restate


def as_they_stand(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries of the reports' stream as read now: each with what was removed from it left out."""
    read = {event.sequence: event for event in events}
    restate(read, REDACTIONS)
    return [read[sequence] for sequence in sorted(read)]


def points_touched(case: Case, chronology: Sequence[e.Event], sequences: Collection[int]) -> frozenset[str]:
    """Return the points whose words are in these entries of a case: by the name of their entry, or by their key."""
    found = set()
    for event in chronology:
        if event.sequence in sequences:
            fact = event.fact
            found.add(fact.point if isinstance(fact, BECAME) else case.entry_name(event.target or event.sequence))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a redaction touched of a case's learning.

    `points` are those of `points_touched`. `before` and `after` are the words of each of its points as a report tells
    them, by the point's key, before the redaction and after.
    """

    stream: str
    points: Collection[str]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def instead(self, line: str, words: str, said: str) -> tuple[str, str] | None:
        """Return what a line of a report says from now on, and what became of it; None where nothing of it changes."""
        of, _, key = line.partition(" ")
        if of != self.stream or not (key in self.points or key.rpartition(".")[0] in self.points):
            return None
        # Initials may stand in it for what is removed: it is told anew, unless it was told otherwise when issued.
        told = self.after.get(key, REMOVED) if self.before.get(key) == words else REMOVED
        return told, REMOVED if key in self.points else said


def removed_from_reports(
    events: Sequence[e.Event], touched: Touched, sought: re.Pattern[str], today: date
) -> Iterator[tuple[Decided, str]]:
    """Yield for each issued report that repeats the words of a case its redaction, and its number.

    A line whose point's own words were touched is told anew without them; where the point says something else by now
    than it did, its words go wholly. Its figures stay. Whoever was given it holds the words all the same.

    Args:
        events: the reports' stream as recorded.
    """
    for event in as_they_stand(events):
        fact = event.fact
        if not isinstance(fact, e.ReportIssued) or not any(
            line.startswith(f"{touched.stream} ") for line in fact.lines
        ):
            continue
        body = to_plain(fact)
        tables = [
            _without(one, fact.lines, touched, sought) if one["id"] == LINES else one
            for one in body["report"]["tables"]
        ]
        told = {**body, "report": {**body["report"], "tables": tables}}
        if told != body:
            redacted = e.Redacted(reason="its words were removed from their case", restated=told)
            yield Decided(fact=redacted, on=today, target=event.sequence), fact.number


def _without(
    table: Mapping[str, Any], lines: Sequence[str], touched: Touched, sought: re.Pattern[str]
) -> dict[str, Any]:
    """Return the table of learning without the words that are gone."""
    rows = []
    for row, line in zip(table["rows"], lines, strict=True):
        said = (row["label"], row["figures"][0])
        label, became = (sought.sub(REMOVED, words) for words in touched.instead(line, *said) or said)
        rows.append({**row, "label": label, "figures": [became]})
    return {**table, "rows": rows}


def removed_on(events: Sequence[e.Event]) -> Mapping[str, date]:
    """Return the last day on which words were removed from each issued report, by its number.

    Args:
        events: the reports' stream as recorded.
    """
    issued = [(event.sequence, event.fact) for event in as_they_stand(events)]
    numbers = {sequence: fact.number for sequence, fact in issued if isinstance(fact, e.ReportIssued)}
    found = [event for event in events if isinstance(event.fact, e.Redacted) and event.target in numbers]
    return {numbers[event.target or 0]: event.occurred_on for event in found}
