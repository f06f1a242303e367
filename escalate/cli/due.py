"""`escalate due`: what is overdue, due today, without a date, due soon."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import Annotated

import typer

from escalate.clock import today as todays_date
from escalate.core.working_days import WorkingCalendar, add_working_days
from escalate.errors import NotFound
from escalate.files.places import database
from escalate.files.policy_glance import glance
from escalate.render.console import Screen
from escalate.render.due_table import DueLine, DuePage, due_as_plain, nothing_due, show_due
from escalate.render.owed_words import Row, item_of
from escalate.store import readers
from escalate.store.case_list import case_row
from escalate.store.due_list import DueQuestion, due_counts, due_items

DUE_TODAY, OVERDUE = 20, 21
ON_A_TERMINAL = 20


def command(
    mine: Annotated[bool, typer.Option("--mine", help="Only what our agency owes.")] = False,
    agency: Annotated[str, typer.Option("--agency", metavar="TEXT", help="Only with an agency named so.")] = "",
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="Only under this policy's edition.")] = "",
    within: Annotated[
        int | None, typer.Option("--within", min=0, metavar="N", help="Only what is due within N working days.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="So many a part; 20 on a terminal, else all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 21 where something is overdue, 20 where due today, else 0.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="As sentences, without columns or colour.")] = False,
) -> None:
    """What is owed in all open cases: overdue, today, without a date, this week, later.

    Ours, theirs, and what nobody knows whose it is. Overdue and undated items are shown whatever --within says. A week
    ends on Sunday. Through a pipe, one line an item, its columns between tabs.
    """
    screen = Screen.here(plain=plain)
    per_part = limit or (None if as_json or screen.kind == "piped" else ON_A_TERMINAL)
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        until_on = None
        if within is not None:
            version = readers.latest_calendar_version(con)
            days = readers.calendar_days(con, version) if version else None
            until_on = _working_days_on(today, within, days)
        asked = DueQuestion(today=today, ours_only=mine, agency=agency, policy=policy, until_on=until_on)
        rows = due_items(con, asked, limit_per_part=per_part)
        counts = due_counts(con, asked)
        # On the last day of a stage the words change: which clocks those are, the policy kept with the case says.
        digests = {row["reference"]: "" for row in rows if row["part"] == "today" and row["sort"] == "clock"}
        digests = {reference: case_row(con, reference)["policy_digest"] for reference in digests}
        to_settle = {digest: glance(readers.policy_text(con, digest)).to_settle for digest in set(digests.values())}
    page = DuePage(
        today=today,
        lines=[_line(row, to_settle.get(digests.get(row["reference"], ""), frozenset())) for row in rows],
        counts=counts,
        filters=_filters(mine=mine, agency=agency, policy=policy, within=within),
        until_on=until_on,
    )
    if as_json:
        from escalate.render.json_out import print_json

        print_json("due", due_as_plain(page))
    else:
        show_due(screen, page)
        if screen.kind == "piped" and not page.lines:
            typer.echo(nothing_due(page), err=True)
    if exit_code and (code := OVERDUE if page.counts["overdue"] else DUE_TODAY if page.counts["today"] else 0):
        raise typer.Exit(code)


def _line(row: Row, to_settle: frozenset[str]) -> DueLine:
    item = item_of(row)
    return DueLine(
        part=row["part"],
        item=item,
        reference=row["reference"],
        subject=row["subject"],
        stage_title=row["stage_title"],
        concern_on=date.fromisoformat(row["concern_on"]),
        is_last_chance=item.item in to_settle and row["part"] == "today",
    )


def _working_days_on(today: date, days: int, calendar: Mapping[date, str] | None) -> date:
    if calendar is None:
        raise NotFound("no calendar is stored here, so that working days cannot be counted", remedy="escalate setup")
    return add_working_days(today, days, WorkingCalendar("", calendar)) if days else today


def _filters(*, mine: bool, agency: str, policy: str, within: int | None) -> tuple[str, ...]:
    said = (
        "--mine" if mine else "",
        f'--agency "{agency}"' if agency else "",
        f'--policy "{policy}"' if policy else "",
        "" if within is None else f"--within {within}",
    )
    return tuple(one for one in said if one)
