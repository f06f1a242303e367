"""`escalate why`: how a date was counted, its clause, the reading followed and those rejected."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from escalate.cli.options import ShownAsJson
from escalate.clock import today as todays_date
from escalate.core.views import DueItem
from escalate.errors import NotFound, Problem
from escalate.files.places import database
from escalate.files.policies.glance import glance
from escalate.render.closures_beside import closures_beside, sides_of
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.owed_words import by_when, has_come, is_last_chance, plain_words, to_do, working_of
from escalate.render.why_text import Asked, explained_first, show_why, why_as_plain
from escalate.store import readers
from escalate.store.calendar_rows import agency_closures, working_calendar
from escalate.store.case_list import case_row


def command(
    reference: Annotated[str, typer.Argument(metavar="REF", help="A case's reference, or its beginning or end.")],
    item: Annotated[
        str, typer.Argument(metavar="[ITEM]", help='One deadline or duty, as show names it: "stage-1-resolve".')
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Without ITEM: all of them counted out, not listed.")] = False,
    as_json: ShownAsJson = False,
    plain: Annotated[bool, typer.Option("--plain", help="As sentences, without colour.")] = False,
) -> None:
    """How a date was counted, day by day: from when and why, what was skipped, under which clause.

    Where the source contradicts itself or leaves something open, the reading followed and those that were not, with
    the date each would have given. Without ITEM: every open date of the case in a line, soonest first.
    """
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        row = case_row(con, reference)
        items = readers.items_of(con, row["stream"])
        policy = glance(readers.policy_text(con, row["policy_digest"]))
        chosen = _chosen(items, item, row["reference"]) if item else explained_first(items, today)
        versions = {one.key: str(working_of(one).get("calendar") or row["calendar_version"]) for one in chosen}
        calendars = {version: working_calendar(con, version) for version in set(versions.values())}
        closures = agency_closures(con, today)
    asked = {
        one.key: Asked(
            today=today,
            calendar=calendars[versions[one.key]],
            allows=policy.allows.get(one.item, ""),
            is_last_chance=is_last_chance(one, today),
            closures=closures_beside(one, sides_of(row), closures, today),
        )
        for one in chosen
    }
    if as_json:
        from escalate.render.json_out import print_json

        explained = [why_as_plain(one, asked[one.key]) for one in chosen]
        print_json("why", {"reference": row["reference"], "today": today, "items": explained})
        return
    screen = Screen.here(plain=plain)
    screen.say((f"{row['reference']}  {row['subject']}", "heading"), f", {format_day(today)}")
    if not chosen:
        screen.say("No open date: nothing here is to be done by a day.")
    if item or every or len(chosen) == 1:
        for one in chosen:
            screen.gap()
            show_why(screen, one, asked[one.key])
    else:
        _list(screen, chosen, asked, row["reference"])
    if not item:
        _say_undated(screen, [one for one in items if has_come(one, today) and one.due_on is None], row["reference"])


def _list(screen: Screen, chosen: list[DueItem], asked: dict[str, Asked], reference: str) -> None:
    """Write each date in a line, and how to have one counted out."""
    if not chosen:
        return
    screen.heading("By when")
    is_aloud = screen.kind == "spoken"
    for one in chosen:
        known = asked[one.key]
        when = plain_words(by_when(one, known.today, is_last_chance=known.is_last_chance, in_full=is_aloud))
        screen.say((one.key, "strong"), f": {when}: {to_do(one)}", indent=2, hang=2)
    screen.gap()
    screen.say(f"How one was counted: escalate why {reference} {chosen[0].key}")
    screen.say(f"All of them: escalate why {reference} --all")


def _say_undated(screen: Screen, undated: list[DueItem], reference: str) -> None:
    if not undated:
        return
    screen.heading("Without a date")
    for one in undated:
        screen.say((one.key, "strong"), f": no date, because {one.no_date}: {to_do(one)}", indent=2, hang=2)
    screen.gap()
    screen.say(f"More of one: escalate why {reference} {undated[0].key}")


def _chosen(items: list[DueItem], wanted: str, reference: str) -> list[DueItem]:
    """Return what a clock or duty of the policy gives for every agency and entry, or the one item of this key."""
    found = [one for one in items if one.item == wanted] or [one for one in items if one.key == wanted]
    if found:
        return found
    here = [one for one in items if has_come(one, todays_date())]
    near = [one for one in here if wanted and one.key.startswith(wanted)]
    if len(near) == 1:
        return near
    raise NotFound(
        f'case {reference}: nothing owed here is called "{wanted}"'
        + (", and more than one begins so: write one whole" if near else ""),
        problems=[Problem("", one.key) for one in near or here],
        remedy=f"all of it: escalate show {reference}",
    )
