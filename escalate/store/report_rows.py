"""Counting for a report, in SQL over what is kept for it; through DB-API, like `readers`.

Every question is answered from one index, and no row is looked up for it. What is a day's is counted in the period that
the day lies in: raised, ended, a stage entered or ended, the last day of a clock, a form owed.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from escalate.core.reports.counted import Counted, Headline, Histogram, Line, NotKnown
from escalate.store.agency_names import spelling
from escalate.store.readers import rows
from escalate.store.report_open import still_open, unanswered, undated

if TYPE_CHECKING:
    from escalate.core.reports.report import Period
    from escalate.store.report_scope import Asked

_LINES = ("raising", "receiving", "theme", "need")
_IN_DAYS = "BETWEEN :first AND :last"
_OVER = "(fell_away = 0 AND closed_on IS NOT NULL OR closed_on > due_on OR closed_on IS NULL AND due_on < :as_of)"
_KEPT = "(fell_away = 0 AND closed_on IS NOT NULL AND closed_on <= due_on)"


def count(con: sqlite3.Connection, asked: Asked, period: Period) -> Counted:
    """Return everything that is counted in a period."""
    return Counted(
        period=period,
        headline=headline(con, asked),
        entered=_pairs(con, asked, "stage, count(DISTINCT stream)", "stage_run.entered_on"),
        resolved_at=_pairs(con, asked, "ended_stage, count(*)", "report_case.ended_on", more="AND ending = 'resolved'"),
        stage_days=_stage_days(con, asked),
        outcomes=_outcomes(con, asked),
        lines={sort: _lines(con, asked, sort) for sort in _LINES},
        clocks=_clocks(con, asked),
        forms=_forms(con, asked),
        recommendations=_acts(con, asked, "recommendation"),
        responses=_acts(con, asked, "response"),
        learning=_learning(con, asked),
        undated=undated(con, asked),
        unanswered=unanswered(con, asked),
        still_open=still_open(con, asked),
        same_child=_recurring(con, asked, "child", ""),
        same_pair=_recurring(con, asked, "pair", "AND before.raised_on >= date(now.raised_on, '-365 days')"),
    )


def headline(con: sqlite3.Connection, asked: Asked) -> Headline:
    """Return the first figures of a period."""
    ended = _pairs(con, asked, "ending, count(*)", "report_case.ended_on")
    # The plus keeps SQLite to the index of what ended: of all that was ever raised little is open.
    raised = f"SELECT count(*) FROM report_case WHERE {asked.where('report_case')} AND +raised_on"
    at_end = [_number(con, asked, f"{raised} <= :last AND ended_on {ended_on}") for ended_on in ("IS NULL", "> :last")]
    at_start = [
        _number(con, asked, f"{raised} < :first AND ended_on {ended_on}") for ended_on in ("IS NULL", ">= :first")
    ]
    days = _pairs(con, asked, "days, count(*)", "report_case.ended_on", more="AND ending = 'resolved'")
    return Headline(
        raised=_in_period(con, asked, "report_case", "raised_on"),
        received=_in_period(con, asked, "report_case", "received_on"),
        resolved=ended.get("resolved", 0),
        withdrawn=ended.get("withdrawn", 0),
        reopened=sum(_acts(con, asked, "reopened").values()),
        open_at_end=sum(at_end),
        open_at_start=sum(at_start),
        days=days,
        in_time=_in_time(con, asked),
    )


def not_known(con: sqlite3.Connection, asked: Asked) -> NotKnown:
    """Return what the record does not say of the cases raised in the period, and what it leaves aside."""
    raised = f"FROM report_case WHERE {asked.where('report_case')} AND raised_on {_IN_DAYS}"
    themed = (
        f"stream IN (SELECT stream FROM case_mark WHERE policy = :policy AND sort = 'theme' AND raised_on {_IN_DAYS})"
    )
    return NotKnown(
        without_need=_number(con, asked, f"SELECT count(*) {raised} AND need = ''"),
        without_theme=_number(con, asked, f"SELECT count(*) {raised} AND NOT {themed}"),
        came_in_above=_number(con, asked, f"SELECT count(*) {raised} AND came_in_above = 1"),
        undated=_number(con, asked, f"SELECT count(*) {raised} AND is_undated = 1"),
        linked=asked.linked,
        other_editions=_number(
            con,
            asked,
            f"SELECT count(*) FROM report_case WHERE raised_on {_IN_DAYS} AND policy IN"
            " (SELECT name FROM policy_text WHERE name <> :policy)",
        ),
    )


def agencies_of(con: sqlite3.Connection, policy: str, last: str) -> list[tuple[str, str, str]]:
    """Return (sort, mark, label) of every agency that had raised or received a case by a day: a list that is fixed."""
    found = rows(
        con,
        "SELECT sort, mark, max(label) FROM case_mark WHERE policy = ? AND sort IN ('raising', 'receiving')"
        " AND raised_on <= ? GROUP BY sort, mark ORDER BY sort, mark",
        (policy, last),
    )
    return [(row[0], row[1], spelling(con, row[2])) for row in found]


def _number(con: sqlite3.Connection, asked: Asked, sql: str, **more: object) -> int:
    return int(rows(con, sql, {**asked.values, **more})[0][0] or 0)


def _in_period(con: sqlite3.Connection, asked: Asked, table: str, day: str) -> int:
    return _number(con, asked, f"SELECT count(*) FROM {table} WHERE {asked.where(table)} AND {day} {_IN_DAYS}")


def _pairs(con: sqlite3.Connection, asked: Asked, what: str, day: str, *, more: str = "") -> dict[Any, int]:
    """Return the second of two columns by the first, over the rows whose day (table.column) lies in the period."""
    table = day.partition(".")[0]
    sql = f"SELECT {what} FROM {table} WHERE {asked.where(table)} AND {day} {_IN_DAYS} {more} GROUP BY 1 ORDER BY 1"
    return {row[0]: row[1] for row in rows(con, sql, asked.values)}


def _lines(con: sqlite3.Connection, asked: Asked, sort: str) -> dict[str, Line]:
    """Return the lines of what divides cases: those raised in the period, and those resolved in it."""
    found: dict[str, dict[str, Any]] = {}
    for name, day, more in (("raised", "raised_on", ""), ("resolved", "ended_on", "AND ending = 'resolved'")):
        sql = (
            f"SELECT mark, max(label), count(*) FROM case_mark WHERE {asked.where('case_mark')} AND sort = :sort"
            f" AND {day} {_IN_DAYS} {more} GROUP BY mark"
        )
        for mark, label, number in rows(con, sql, {**asked.values, "sort": sort}):
            found.setdefault(mark, {"label": label})[name] = number
    if sort in ("raising", "receiving"):
        for line in found.values():
            line["label"] = spelling(con, line["label"])
    return {mark: Line(**found[mark]) for mark in sorted(found)}


def _stage_days(con: sqlite3.Connection, asked: Asked) -> dict[str, Histogram]:
    sql = (
        f"SELECT stage, days, count(*) FROM stage_run WHERE {asked.where('stage_run')} AND ended_on {_IN_DAYS}"
        " AND outcome = 'resolved' GROUP BY stage, days"
    )
    found: dict[str, dict[int, int]] = {}
    for stage, days, number in rows(con, sql, asked.values):
        found.setdefault(stage, {})[days] = number
    return dict(found)


def _outcomes(con: sqlite3.Connection, asked: Asked) -> dict[tuple[str, str], tuple[int, int]]:
    sql = (
        f"SELECT stage, outcome, count(*), count(confirmed_on) FROM stage_run WHERE {asked.where('stage_run')}"
        f" AND ended_on {_IN_DAYS} GROUP BY stage, outcome"
    )
    return {(stage, outcome): (number, sure) for stage, outcome, number, sure in rows(con, sql, asked.values)}


def _clocks(con: sqlite3.Connection, asked: Asked) -> dict[tuple[str, str, bool], tuple[int, int]]:
    sql = (
        f"SELECT clock, reading, is_guide, count(*), sum({_KEPT}) FROM clock_run WHERE {asked.where('clock_run')}"
        f" AND due_on {_IN_DAYS} AND {_OVER} GROUP BY clock, reading, is_guide"
    )
    return {(row[0], row[1], bool(row[2])): (row[3], row[4]) for row in rows(con, sql, asked.values)}


def _in_time(con: sqlite3.Connection, asked: Asked) -> tuple[int, int]:
    sql = (
        f"SELECT count(*), coalesce(sum({_KEPT}), 0) FROM clock_run WHERE {asked.where('clock_run')}"
        f" AND due_on {_IN_DAYS} AND reading = '' AND is_guide = 0 AND {_OVER}"
    )
    over, kept = rows(con, sql, asked.values)[0]
    return kept, over


def _forms(con: sqlite3.Connection, asked: Asked) -> dict[str, tuple[int, int, int]]:
    sql = (
        "SELECT what, count(*), sum(became = 'sent'), sum(became = 'not owed') FROM case_act"
        f" WHERE {asked.where('case_act')} AND sort = 'form' AND occurred_on {_IN_DAYS} GROUP BY what ORDER BY what"
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows(con, sql, asked.values)}


def _acts(con: sqlite3.Connection, asked: Asked, sort: str) -> dict[str, int]:
    sql = (
        f"SELECT what, count(*) FROM case_act WHERE {asked.where('case_act')} AND sort = :sort"
        f" AND occurred_on {_IN_DAYS} GROUP BY what ORDER BY what"
    )
    return {row[0]: row[1] for row in rows(con, sql, {**asked.values, "sort": sort})}


def _learning(con: sqlite3.Connection, asked: Asked) -> dict[str, int]:
    sql = (
        f"SELECT state, count(*) FROM learning_view CROSS JOIN report_case USING (stream)"
        f" WHERE {asked.where('report_case')} AND identified_on {_IN_DAYS} GROUP BY state ORDER BY state"
    )
    return {row[0]: row[1] for row in rows(con, sql, asked.values)}


def _recurring(con: sqlite3.Connection, asked: Asked, sort: str, more: str) -> int:
    """Return how many of the cases raised in the period have a mark of an earlier case that counts as well."""
    sql = (
        f"SELECT count(DISTINCT now.stream) FROM case_mark AS now WHERE {asked.where('now')} AND now.sort = :sort"
        f" AND now.raised_on {_IN_DAYS} AND EXISTS (SELECT 1 FROM case_mark AS before"
        " WHERE before.sort = now.sort AND before.mark = now.mark AND before.stream <> now.stream"
        " AND (before.raised_on, before.stream) < (now.raised_on, now.stream)"
        f" {more})"
    )
    return _number(con, asked, sql, sort=sort)
