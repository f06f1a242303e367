"""What `escalate` alone shows: the day's most pressing, as `due` says it, drafts, and what to type next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from escalate.render.console import Screen
from escalate.render.drafts_words import Left, say_draft
from escalate.render.due_table import DueLine, DuePage, show_due
from escalate.render.next_steps import likely_next
from escalate.render.owed_words import Row, item_of, working_of

_Row = TypeVar("_Row", bound=Row)

HANDFUL = 5
_FOR_TODAY = 2
DANGER = "A child in immediate danger: telephone 999. No record comes before that."


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """What `due` found, cut to a handful of what presses, and the interviews that were left."""

    due: DuePage
    drafts: Sequence[Left] = ()


def pressing(rows: Sequence[_Row]) -> list[_Row]:
    """Return a handful of the rows of `due`, overdue, today, the end of a stage this week, without a date.

    What is due today keeps a place, however much is overdue: it can still be done in time.
    """
    parts = ("overdue", "today", "no date", "this week")
    overdue, today, undated, week = ([row for row in rows if row["part"] == part] for part in parts)
    # The last days of a stage come before what may wait: nobody should learn of one on the morning after.
    ending = [row for row in week if working_of(item_of(row)).get("settles")]
    first = overdue[: HANDFUL - min(len(today) + len(ending), _FOR_TODAY)]
    return [*first, *today, *ending, *undated][:HANDFUL]


def show_today_page(screen: Screen, page: TodayPage) -> None:
    """Write the page: what presses, what was left, the likely next commands."""
    show_due(screen, page.due)
    if page.drafts:
        screen.heading("Not finished" if len(page.drafts) == 1 else f"Not finished: {len(page.drafts)}")
        for left in page.drafts[:HANDFUL]:
            screen.say(say_draft(left, page.due.today, in_full=screen.kind == "spoken"), indent=2, hang=2)
        screen.say("To go on with one, or forget it: escalate resume", indent=2, hang=4)
    screen.heading("Next")
    for command, what in next_commands(page.due.lines):
        screen.say(f"{command}: {what}", indent=2, hang=4)
    screen.gap()
    screen.say(DANGER)


def show_how_to_begin(screen: Screen) -> None:
    """Write what to type for the first time."""
    screen.say(("escalate", "strong"), " runs your partnership's policy for disagreements about a child.")
    screen.say("It sends nothing and tells nobody.")
    screen.gap()
    for line in (
        "escalate setup: say who you are, and your policy; once",
        "escalate practice: try it on an invented case; nothing is kept",
        "escalate raise: open a case; most answers can wait",
    ):
        screen.say(line, indent=2, hang=4)
    screen.gap()
    screen.say(DANGER)
    screen.say("Everything there is: escalate --help")


def next_commands(lines: Sequence[DueLine]) -> list[tuple[str, str]]:
    """Return the commands that likely come next, each with what it is for, the most pressing first."""
    return [
        *likely_next(lines),
        ("escalate raise", "a new concern"),
        ("escalate due", "everything that is owed"),
        ("escalate --help", "everything there is"),
    ]
