"""`escalate due`: what is overdue, due today, without a date, due soon."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.cli.due_answer import DUE_TODAY, OVERDUE, answer_due
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.cli.quick import MOST_DAYS, MOST_LINES


def command(
    mine: Annotated[bool, typer.Option("--mine", help="Only what our agency owes.")] = False,
    agency: Annotated[
        str, typer.Option("--agency", metavar="TEXT", help="Only what it owes; part of its name does.")
    ] = "",
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help="Only under this policy, or this edition of it.")
    ] = "",
    within: Annotated[
        int | None,
        typer.Option("--within", min=0, max=MOST_DAYS, metavar="N", help="Only what is due within N working days."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, max=MOST_LINES, metavar="N", help="So many a part; 20 on a terminal, else all."),
    ] = None,
    by_person: Annotated[bool, typer.Option("--by-person", help="By who owes it, ours first.")] = False,
    ics: Annotated[
        str, typer.Option("--ics", metavar="FILE", help="As a calendar file instead; - for standard output.")
    ] = "",
    as_json: ShownAsJson = False,
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code", help=f"Exit with {OVERDUE} where something is overdue, {DUE_TODAY} where due today, else 0."
        ),
    ] = False,
    plain: ShownPlain = False,
) -> None:
    """What is owed in all open cases: overdue, today, without a date, this week, later.

    Ours, theirs, and what nobody knows whose it is. Overdue and undated items are shown whatever --within says. A week
    ends on Sunday. Through a pipe, one line an item, its columns between tabs.

    A calendar file holds what has a date. Written to the same file and taken in again, it updates the calendar and
    drops what is owed no more; what is still owed and not asked for now stays in it.
    """
    code = answer_due(
        mine=mine,
        agency=agency,
        policy=policy,
        within=within,
        limit=limit,
        by_person=by_person,
        ics=ics,
        as_json=as_json,
        exit_code=exit_code,
        plain=plain,
    )
    if code:
        raise typer.Exit(code)
