"""A report on a terminal: its title block, each table as wide as there is room for, and what it does not know."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.core.reports.report import Report, Row, Table, Unit
from escalate.render.console import Column, Screen
from escalate.render.report_words import about, beneath, figure_words, heading, how_to_read, marking, printed

_GAP = 2
_LEAST_LABEL = 20
# Words stand to the left; a figure to the right, so that units stand under units.
_NUMBERS: tuple[Unit, ...] = ("cases", "share", "working days", "days")


def show_report(screen: Screen, report: Report) -> None:
    """Show the whole report; its marking stands first and last, since a screen scrolls."""
    screen.say((marking(report), "strong"))
    screen.heading(heading(report))
    for name, words in about(report):
        screen.say(f"{name}: {words}", hang=2)
    if report.unknown:
        screen.heading("What this report does not know")
        for sentence in report.unknown:
            screen.say(f"- {sentence}", hang=2)
    if said := how_to_read(report):
        screen.heading("How to read it")
        for sentence in said:
            screen.say(f"- {sentence}", hang=2)
    for place, table in enumerate(printed(report), start=1):
        _show_table(screen, report, table, place)
    screen.gap()
    screen.say((marking(report), "strong"))


def _show_table(screen: Screen, report: Report, table: Table, place: int) -> None:
    screen.heading(f"{place}. {table.title}")
    if table.says:
        screen.say(table.says, hang=2)
    if not table.rows:
        screen.say("Nothing in this period.", indent=2)
    rows = [(_label(row), *(figure_words(figure) for figure in row.figures)) for row in table.rows]
    widths = _widths(table, rows)
    label = max([_LEAST_LABEL, *(min(len(row[0]), 40) for row in rows)])
    has_room = label + sum(width + _GAP for width in widths) <= screen.width
    if screen.kind == "terminal" and (screen.is_stacked or not has_room):
        _say_rows(screen, table, rows)
    elif rows:
        columns = [Column(table.heads)] + [
            Column(name, width, unit in _NUMBERS)
            for name, width, unit in zip(table.columns, widths, table.units, strict=True)
        ]
        screen.table(columns, rows)
    for line in beneath(report, table):
        screen.say((line, "quiet"), indent=2, hang=2)


def _say_rows(screen: Screen, table: Table, rows: Sequence[tuple[str, ...]]) -> None:
    """Say each line of a table that has no room as columns."""
    for label, *figures in rows:
        if len(figures) == 1:
            screen.say((label, "strong"), f": {figures[0]}", indent=2, hang=2)
            continue
        screen.say((label, "strong"), indent=2, hang=2)
        said = (f"{name} {figure}" for name, figure in zip(table.columns, figures, strict=True) if figure)
        screen.say("; ".join(said), indent=4, hang=2)


def _widths(table: Table, rows: Sequence[tuple[str, ...]]) -> list[int]:
    """Return how wide each column must be so that no figure and no word of its heading is broken."""
    return [
        max([max(map(len, name.split()), default=1), *(len(row[place]) for row in rows)])
        for place, name in enumerate(table.columns, start=1)
    ]


def _label(row: Row) -> str:
    return f"{row.label} (total)" if row.is_total and "total" not in row.label.lower() else row.label
