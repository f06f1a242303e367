"""What was removed from a case, removed from the reports as well that told its learning in its own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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


def removed_from_reports(
    events: Sequence[e.Event], stream: str, points: Collection[str], sought: re.Pattern[str], today: date
) -> Iterator[tuple[Decided, str]]:
    """Yield for each issued report that repeats the words of a case its redaction, and its number.

    A line goes wholly where its point's own words were touched: with initials in it, it would not be found by them. Its
    figures stay. Whoever was given it holds the words all the same.

    Args:
        events: the reports' stream as recorded.
        stream: the case's.
        points: as of `points_touched`.
    """
    for event in as_they_stand(events):
        fact = event.fact
        if not isinstance(fact, e.ReportIssued) or not any(line.startswith(f"{stream} ") for line in fact.lines):
            continue
        body = to_plain(fact)
        gone = [_is_touched(line, stream, points) for line in fact.lines]
        tables = [_without(one, gone, sought) if one["id"] == LINES else one for one in body["report"]["tables"]]
        told = {**body, "report": {**body["report"], "tables": tables}}
        if told != body:
            redacted = e.Redacted(reason="its words were removed from their case", restated=told)
            yield Decided(fact=redacted, on=today, target=event.sequence), fact.number


def _is_touched(line: str, stream: str, points: Collection[str]) -> bool:
    of, _, key = line.partition(" ")
    return of == stream and (key in points or key.rpartition(".")[0] in points)


def _without(table: Mapping[str, Any], gone: Sequence[bool], sought: re.Pattern[str]) -> dict[str, Any]:
    """Return the table of learning without the lines that are gone, and without the words elsewhere."""
    rows = []
    for row, is_gone in zip(table["rows"], gone, strict=True):
        said = [row["label"], *row["figures"]]
        label, *figures = [REMOVED] * len(said) if is_gone else [sought.sub(REMOVED, words) for words in said]
        rows.append({**row, "label": label, "figures": figures})
    return {**table, "rows": rows}
