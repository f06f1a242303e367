"""The cases of a log, in the order raised, each with what its line is made of; through DB-API, like `readers`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from escalate.core.escalations import escalations
from escalate.core.text import folded
from escalate.store.case_links import links, others_of_each
from escalate.store.case_list import as_named, containing, of_policy
from escalate.store.joined_rows import stand_as_one
from escalate.store.readers import chronology, event_of, rows

if TYPE_CHECKING:
    from escalate.core.events import Event, LogGivenOut
    from escalate.core.reports.log import Asked

LOGS = "logs"
"""The stream of what was given out with names."""

_AT_ONCE = 200
_OF_A_LOGGED_CASE = (
    "kind = 'form received' AND EXISTS"
    " (SELECT 1 FROM case_view WHERE stream = ledger.stream AND our_side = 'partnership')"
)
_TOLD = (
    "party named",
    "concern raised",
    "more said",
    "child added",
    "details recorded",
    "situation recorded",
    "counterpart told",
    "discussion recorded",
    "timescale agreed",
    "duty not applicable",
    "action checked",
    "stage entered",
    "outcome recorded",
    "recommendation made",
    "agency responded",
    "withdrawn",
    "reopened",
    "corrected",
    "redacted",
    "another's entry corrected",
    "another's entry redacted",
)
"""The kinds of entry that a line of a log may tell of; the words of all others need not be read."""


def cases_asked_for(con: sqlite3.Connection, asked: Asked) -> list[sqlite3.Row]:
    """Return the cases asked for, the first raised first: rows of the list, with `raised_on`, `over_on` and `days`.

    Linked cases are one, under the one raised first: what is asked for is asked of the escalation, which is open while
    any of them is. This connection reads them so from then on.
    """
    stand_as_one(con)
    return rows(con, _FOUND.format(_conditions(asked)), _values(asked))


def cases_of_lines(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> Mapping[str, list[sqlite3.Row]]:
    """Return, by stream, the linked cases that a line tells of: rows of the list with `over_on`, by the day raised.

    Args:
        found: rows of `cases_asked_for`.
    """
    standing = escalations(links(con))
    first = {standing[row["stream"]]: row["stream"] for row in found if row["stream"] in standing}
    wanted = [stream for stream, one in standing.items() if one in first]
    told: dict[str, list[sqlite3.Row]] = {}
    for row in rows(con, _LINKED, (json.dumps(wanted),)):
        told.setdefault(first[standing[row["stream"]]], []).append(row)
    return told


_LINKED = (
    "SELECT case_view.*, counted.ended_on AS over_on FROM case_view JOIN main.report_case AS counted USING (stream)"
    " WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY counted.raised_on, case_view.reference"
)


_FOUND = (
    "SELECT case_view.*, counted.raised_on, counted.ended_on AS over_on, counted.days FROM report_case AS counted"
    " JOIN case_view USING (stream) WHERE {} ORDER BY counted.raised_on, case_view.reference"
)


def _conditions(asked: Asked) -> str:
    raised = "counted.raised_on BETWEEN :first AND :last"
    was_open = "counted.raised_on <= :last AND (counted.ended_on IS NULL OR counted.ended_on >= :first)"
    parts = [raised if asked.chosen_by == "raised" else was_open]
    if asked.policy:
        parts.append(of_policy("counted.policy"))
    if asked.stage:
        parts.append("EXISTS (SELECT 1 FROM stage_run WHERE stream = counted.stream AND stage = :stage)")
    if asked.agency:
        parts.append(
            "EXISTS (SELECT 1 FROM case_mark WHERE stream = counted.stream AND sort IN ('raising', 'receiving')"
            " AND mark LIKE :agency ESCAPE '\\')"
        )
    if asked.theme:
        parts.append(
            "(EXISTS (SELECT 1 FROM case_mark WHERE stream = counted.stream AND sort = 'theme'"
            " AND mark = :theme COLLATE NOCASE)"
            " OR case_view.themes LIKE :titled ESCAPE '\\')"
        )
    return " AND ".join(parts)


def _values(asked: Asked) -> dict[str, object]:
    return {
        "first": asked.period.first.isoformat(),
        "last": asked.period.last.isoformat(),
        "policy": asked.policy.strip(),
        "stage": asked.stage,
        "agency": containing(folded(asked.agency)),
        "theme": as_named(asked.theme),
        "titled": containing(as_named(asked.theme)),
    }


def also_called(con: sqlite3.Connection, found: Sequence[sqlite3.Row]) -> Mapping[str, tuple[str, ...]]:
    """Return, by stream, the other references of a line: those it is linked with, and its own where it was raised."""
    others = others_of_each(con)
    return {
        row["stream"]: (*((row["their_reference"],) if row["their_reference"] else ()), *others.get(row["stream"], ()))
        for row in found
    }


def entries_of_each(con: sqlite3.Connection, streams: Sequence[str]) -> Iterator[tuple[str, list[Event]]]:
    """Yield each case with its entries, in the order given; of kinds that no log tells of, without their words.

    Raises:
        LedgerRefused: as for `chronology`.
    """
    for start in range(0, len(streams), _AT_ONCE):
        some = streams[start : start + _AT_ONCE]
        found = _entries(con, some)
        for stream in some:
            yield stream, _events(con, stream, found.get(stream, []))


def _entries(con: sqlite3.Connection, streams: Iterable[str]) -> dict[str, list[sqlite3.Row]]:
    wanted = list(streams)
    told, which = ", ".join("?" * len(_TOLD)), ", ".join("?" * len(wanted))
    sql = (
        "SELECT ledger.*, spine.position,"
        f" CASE WHEN kind IN ({told}) OR {_OF_A_LOGGED_CASE} THEN payload.body END AS body FROM ledger"
        " JOIN spine USING (stream, chain, sequence) LEFT JOIN payload ON payload.event_id = ledger.id"
        f" WHERE ledger.stream IN ({which}) ORDER BY spine.position"
    )
    found: dict[str, list[sqlite3.Row]] = {}
    for row in rows(con, sql, (*_TOLD, *wanted)):
        found.setdefault(row["stream"], []).append(row)
    return found


def _events(con: sqlite3.Connection, stream: str, found: Sequence[sqlite3.Row]) -> list[Event]:
    if any(row["kind"].startswith("another's entry") for row in found):
        return chronology(con, stream)
    places = {(row["chain"], row["sequence"]): place for place, row in enumerate(found, 1)}
    return [event_of(row, place, places) for place, row in enumerate(found, 1)]


def given_out(con: sqlite3.Connection) -> list[tuple[Event, LogGivenOut]]:
    """Return what was recorded of logs given out with names, the latest first."""
    from escalate.core.events import LogGivenOut

    found = [(event, event.fact) for event in chronology(con, LOGS) if isinstance(event.fact, LogGivenOut)]
    return found[::-1]
