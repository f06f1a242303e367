"""What `escalate due` does, once what was typed is understood. It needs nothing of typer: see `escalate.cli.quick`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from escalate.clock import today as todays_date
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.due_table import DueLine, DuePage, due_as_plain, nothing_due, show_due
from escalate.render.owed_words import Row, is_last_chance, item_of
from escalate.store import readers
from escalate.store.calendar_rows import agency_closures, last_day_within
from escalate.store.due_list import DueQuestion, due_counts, due_items, has_cases, unsaid_cases, unsaid_count

if TYPE_CHECKING:
    from escalate.core.agency_closures import AgencyClosure
    from escalate.render.due_people import OwedBy

DUE_TODAY, OVERDUE = 20, 21
ON_A_TERMINAL = 20


def answer_due(
    *,
    mine: bool = False,
    agency: str = "",
    policy: str = "",
    within: int | None = None,
    limit: int | None = None,
    as_json: bool = False,
    exit_code: bool = False,
    plain: bool = False,
    by_person: bool = False,
    ics: str = "",
) -> int:
    """Show what is due and return the exit code: 0 unless `exit_code` asks to tell overdue from due today.

    Args:
        ics: write it as a calendar file of this name instead; "-" is standard output.
    Raises:
        NotFound: nothing is recorded here yet, no case here knows the agency or policy, or there is no calendar by
            which to count `within`.
        Mistyped: a calendar file is asked for together with another way to show it.
    """
    screen = Screen.here(plain=plain)
    most = limit or (None if as_json or screen.kind == "piped" else ON_A_TERMINAL)
    if ics and (as_json or by_person or limit or exit_code):
        from escalate.cli.boundary import Mistyped

        raise Mistyped(
            "escalate due: --ics writes a calendar file, and shows nothing besides",
            remedy="leave out --json, --by-person, --limit and --exit-code",
        )
    today = todays_date()
    with closing(readers.open_for_reading(database())) as con:
        if agency or policy:
            from escalate.store.choices import refuse_unknown

            refuse_unknown(con, policy=policy, agency=agency)
        until_on = None if within is None else last_day_within(con, today, within)
        asked = DueQuestion(today=today, ours_only=mine, agency=agency, policy=policy, until_on=until_on)
        if ics:
            from functools import partial

            from escalate.cli.due_calendar import write_due_calendar
            from escalate.store.dated_list import dated_list

            write_due_calendar(today, partial(dated_list, con, asked), ics, screen)
            return 0
        rows = due_items(con, asked, limit_per_part=None if by_person else most)
        counts = due_counts(con, asked)
        unsaid = unsaid_cases(con, asked, limit=None if as_json else 1)
        of_unsaid = unsaid_count(con, asked)
        has_any = bool(rows) or has_cases(con)
        closures = agency_closures(con, today)
        lines = [due_line(row, today, closures) for row in rows]
        owed_by: Sequence[OwedBy] = ()
        if by_person:
            from escalate.cli.due_by_person import by_person as grouped
            from escalate.core.case import read_case

            owed_by = grouped(rows, lines, lambda stream: read_case(readers.chronology(con, stream)), most)
    page = DuePage(
        today=today,
        lines=lines,
        counts=counts,
        filters=_filters(mine=mine, agency=agency, policy=policy, within=within, by_person=by_person),
        until_on=until_on,
        unsaid=[(row["reference"], tuple(row["unsaid"].split("\n"))) for row in unsaid],
        of_unsaid=of_unsaid,
        owed_by=owed_by,
        has_cases=has_any,
    )
    if as_json:
        from escalate.render.json_out import print_json

        print_json("due", due_as_plain(page))
    else:
        show_due(screen, page)
        if screen.kind == "piped" and not page.lines:
            print(nothing_due(page), file=sys.stderr)
    if not exit_code:
        return 0
    return OVERDUE if page.counts["overdue"] else DUE_TODAY if page.counts["today"] else 0


def due_line(row: Row, today: date, closures: Sequence[AgencyClosure]) -> DueLine:
    """Return one row of `due_items` as it is shown, with the closures of whoever owes it."""
    item = item_of(row)
    beside: tuple[AgencyClosure, ...] = ()
    if closures:
        from escalate.render.closures_beside import closures_beside, sides_of

        beside = closures_beside(item, sides_of(row), closures, today)
    return DueLine(
        part=row["part"],
        item=item,
        reference=row["reference"],
        subject=row["subject"],
        stage_title=row["stage_title"],
        concern_on=date.fromisoformat(row["concern_on"]),
        is_last_chance=is_last_chance(item, today),
        closures=beside,
    )


def _filters(*, mine: bool, agency: str, policy: str, within: int | None, by_person: bool) -> tuple[str, ...]:
    said = (
        "--mine" if mine else "",
        "--by-person" if by_person else "",
        f'--agency "{agency}"' if agency else "",
        f'--policy "{policy}"' if policy else "",
        "" if within is None else f"--within {within}",
    )
    return tuple(one for one in said if one)
