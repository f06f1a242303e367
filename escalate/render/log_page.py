"""`log` on the screen, spoken, for another program, and as `--json`; and who was given one with names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from escalate.core.events import Event, LogGivenOut
from escalate.core.reports.log import CaseLog, LogLine
from escalate.render.console import Cell, Column, Screen
from escalate.render.days import format_count, format_day, format_moment, format_short_day
from escalate.render.log_cells import COLUMNS, NOT_TOLD, about, marking, title_of, value_of

_SHORTENED = 160


def show_log(screen: Screen, log: CaseLog, total: int) -> None:
    """Write the log to the screen, in the way the screen has.

    Args:
        total: how many lines it has; those of `log` are the first of them.
    """
    if screen.kind == "piped":
        screen.table([Column(heading) for heading in COLUMNS.values()], [_tabbed(line) for line in log.lines])
        return
    screen.say((f"{title_of(log)}. {format_count(total, 'escalation')}.", "strong"))
    if begins := _begins(log):
        screen.say(begins)
    if screen.kind == "spoken":
        for line in log.lines:
            _speak(screen, line)
    elif log.lines:
        screen.gap()
        _table(screen, log)
    if (more := total - len(log.lines)) > 0:
        screen.say(f"{more} more: --limit {total}, or a file", indent=2)
    screen.gap()
    screen.say((marking(log), "strong"))
    for line_about in about(log):
        screen.say(line_about)
    if log.lines:
        screen.say("Whole, as a file: escalate log --format xlsx   (or csv, docx)")
    else:
        screen.say("Other days: --quarter 2026-Q1, --year 2026, --since and --until; --open-in for all that were open")


def nothing_logged(log: CaseLog) -> str:
    """Return what to say where no escalation is found."""
    return " ".join(words for words in (f"{title_of(log)}. No escalation is found.", _begins(log)) if words)


def _begins(log: CaseLog) -> str:
    """Return that the days asked for have not begun, so that nobody takes it for a time without an escalation."""
    first = log.asked.period.first
    return f"These days have not begun: they begin on {format_day(first)}." if first > log.made_on else ""


def _table(screen: Screen, log: CaseLog) -> None:
    columns = [Column("case", 19), Column("child", 10), Column("difference"), Column("stands", 19)]
    screen.table(columns, [_cells(line, log.made_on) for line in log.lines])


def _cells(line: LogLine, today: date) -> list[Cell]:
    ended = [_ended(line, today)] if line.ended_on else []
    return [
        [(line.reference, "strong"), *(f"also {other}" for other in line.also)],
        [*_flat(line.child)],
        [_short(line.difference), (f"{line.raised_by} – {line.raised_with}", "quiet")],
        [_raised(line, today), line.stage.partition(":")[0], *ended],
    ]


def _raised(line: LogLine, today: date) -> str:
    return f"raised {format_short_day(line.raised_on, today)}" if line.raised_on else NOT_TOLD


def _flat(words: str) -> list[str]:
    return [one.removeprefix("Name: ").replace("Age: ", "aged ") for one in words.split("\n")]


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHORTENED else f"{one_line[: _SHORTENED - 1].rstrip()}…"


def _ended(line: LogLine, today: date) -> str:
    how = {"to check": "resolved, actions to check", "ended": "resolved", "withdrawn": "withdrawn"}[line.state]
    after = f", {format_count(line.days, 'working day')} from the concern" if line.days is not None else ""
    return f"{how} {format_short_day(line.ended_on, today)}{after}" if line.ended_on else how


def _speak(screen: Screen, line: LogLine) -> None:
    screen.gap()
    for number, (name, heading) in enumerate(COLUMNS.items()):
        value = value_of(line, name)
        words = format_day(value) if isinstance(value, date) else str("" if value is None else value)
        if words:
            said = "; ".join(words.split("\n")).rstrip(".")
            screen.say(f"{heading}: {said}.", indent=2 if number else 0, hang=2)


def _tabbed(line: LogLine) -> list[Cell]:
    values = (value_of(line, name) for name in COLUMNS)
    return [value.isoformat() if isinstance(value, date) else str("" if value is None else value) for value in values]


def log_as_plain(log: CaseLog, total: int) -> dict[str, Any]:
    """Return the log as `--json` gives it; `total` is as for `show_log`."""
    asked = log.asked
    return {
        "period": asked.period,
        "chosen_by": asked.chosen_by,
        "policy": asked.policy,
        "stage": asked.stage,
        "agency": asked.agency,
        "theme": asked.theme,
        "made_on": log.made_on,
        "with_names": log.with_names,
        "marking": marking(log),
        "total": total,
        "escalations": [{one.name: getattr(line, one.name) for one in fields(line)} for line in log.lines],
    }


def show_given(screen: Screen, given: Sequence[tuple[Event, LogGivenOut]], names: dict[str, str]) -> None:
    """Write which logs were given out with names, the latest first.

    Args:
        names: who recorded, by opaque id.
    """
    columns = [Column("when", 30), Column("by", 20), Column("what"), Column("why")]
    if not given:
        screen.say("No log was given out with names.")
        return
    screen.table(columns, [_given(event, fact, names) for event, fact in given])


def _given(event: Event, fact: LogGivenOut, names: dict[str, str]) -> list[Cell]:
    days = f"{fact.chosen_by} {fact.first_on.isoformat()} to {fact.last_on.isoformat()}"
    only = "; ".join(words for words in (fact.policy, fact.stage, fact.agency, fact.theme) if words)
    what = f"{format_count(fact.cases, 'escalation')}, {days}{f', only {only}' if only else ''}, as {fact.given_as}"
    return [format_moment(event.recorded_at), names.get(event.recorded_by, ""), what, fact.reason]


def given_as_plain(given: Sequence[tuple[Event, LogGivenOut]], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the same as `--json` gives it."""
    return [
        {"recorded_at": event.recorded_at, "by": names.get(event.recorded_by, "")}
        | {one.name: getattr(fact, one.name) for one in fields(fact)}
        for event, fact in given
    ]
