"""The reports that were issued, as a table and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from escalate.render.console import Cell, Column, Screen
from escalate.render.days import format_short_day

if TYPE_CHECKING:
    from escalate.core.events import ReportIssued

    IssuedReport = tuple[date, ReportIssued]
    """A report that was issued, and on which day."""


def show_issued(screen: Screen, issued: Sequence[IssuedReport]) -> None:
    """Show the reports, and how to have one again."""
    if not issued:
        screen.say("No report has been issued here. Next: escalate report --issue")
        return
    columns = [
        Column("number", 16),
        Column("edition", 10),
        Column("what it covers, and for whom"),
        Column("issued", 15),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            one.number,
            one.edition,
            [f"{format_short_day(one.first_on)} to {format_short_day(one.last_on)}", one.group or one.policy],
            format_short_day(issued_on),
        )
        for issued_on, one in issued
    ]
    screen.table(columns, rows)
    if screen.kind != "piped":
        screen.gap()
        screen.say(f"Next: escalate report --again {issued[0][1].number}, with --format for its file")


def issued_as_plain(issued: Sequence[IssuedReport]) -> list[dict[str, Any]]:
    """Return what `--json` gives: each report without its figures."""
    return [
        {
            **{name: getattr(one, name) for name in ("number", "policy", "group", "edition", "first_on", "last_on")},
            "as_of": one.as_of,
            "issued_on": issued_on,
            "digest": one.digest,
        }
        for issued_on, one in issued
    ]
