"""Counting what is open, undated or unanswered; through DB-API, like `readers`."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from escalate.core.reports.counted import OpenCase
from escalate.store.agency_names import spelling
from escalate.store.readers import rows

if TYPE_CHECKING:
    from escalate.store.report_scope import Asked

_IN_DAYS = "BETWEEN :first AND :last"
_ANSWERS = "('resolved', 'unresolved', 'no response', 'out of time')"
_SETTLING = "('resolved', 'decided', 'recommendation accepted', 'withdrawn')"


def undated(con: sqlite3.Connection, asked: Asked) -> dict[tuple[str, str, bool], int]:
    """Return how many clocks are open without a last day, by (clock, reading, is a guide), of cases raised in it."""
    sql = (
        f"SELECT clock, reading, is_guide, count(*) FROM clock_run WHERE {asked.where('clock_run')} AND due_on IS NULL"
        " AND closed_on IS NULL AND fell_away = 0"
        f" AND stream IN (SELECT stream FROM report_case WHERE policy = :policy AND raised_on {_IN_DAYS})"
        " GROUP BY clock, reading, is_guide"
    )
    return {(row[0], row[1], bool(row[2])): row[3] for row in rows(con, sql, asked.values)}


def unanswered(con: sqlite3.Connection, asked: Asked) -> dict[str, tuple[int, int]]:
    """Return, by agency asked: the stages that ended with an outcome in the period, and those without a response."""
    sql = (
        "SELECT agency_name, count(*), sum(outcome = 'no response') FROM stage_run"
        f" WHERE {asked.where('stage_run')} AND ended_on {_IN_DAYS} AND outcome IN {_ANSWERS}"
        " GROUP BY agency_name ORDER BY agency_name"
    )
    found: dict[str, tuple[int, int]] = {}
    for name, ended, silent in rows(con, sql, asked.values):
        label = spelling(con, name)
        before = found.get(label, (0, 0))
        found[label] = (before[0] + ended, before[1] + silent)
    return found


def still_open(con: sqlite3.Connection, asked: Asked) -> tuple[OpenCase, ...]:
    """Return the cases that were open when the period ended, each at the stage it had entered last by then.

    Its agencies are those with which it was not settled by then.
    """
    # Two questions, each answered from the index of what ended: of all that was ever raised little is open.
    chosen = " UNION ALL ".join(
        f"SELECT stream, concern_on FROM report_case WHERE {asked.where('report_case')}"
        f" AND +raised_on <= :last AND ended_on {ended_on}"
        for ended_on in ("IS NULL", "> :last")
    )
    sql = (
        "SELECT chosen.stream, stage_run.stage, stage_run.agency_name, stage_run.place,"
        " CAST(julianday(:last) - julianday(chosen.concern_on) AS INTEGER) AS days,"
        f" stage_run.ended_on <= :last AND stage_run.outcome IN {_SETTLING} AS is_settled"
        f" FROM ({chosen}) AS chosen CROSS JOIN stage_run ON stage_run.stream = chosen.stream"
        " AND stage_run.entered_on <= :last ORDER BY chosen.stream, stage_run.place, stage_run.agency"
    )
    spelt = cache(partial(spelling, con))
    cases: dict[str, OpenCase] = {}
    at: dict[str, int] = {}
    for stream, stage, agency, place, days, is_settled in rows(con, sql, asked.values):
        if at.get(stream) != place:
            at[stream] = place
            cases[stream] = OpenCase(stage=stage, agencies=(), days=max(0, days))
        if not is_settled:
            cases[stream] = replace(cases[stream], agencies=(*cases[stream].agencies, spelt(agency)))
    return tuple(cases.values())
