"""`escalate due --ics`: what is due as a calendar file, which updates what a calendar took in before."""

from __future__ import annotations

import sys
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from escalate.cli.progress import watched
from escalate.errors import EscalateError, FormRefused
from escalate.render.calendar_file import AsRecorded, CalendarFile, DatedItem, Earlier, calendar_file
from escalate.render.console import NOTICE, Screen
from escalate.render.days import format_count
from escalate.render.owed_words import item_of
from escalate.store.dated_list import DatedList
from escalate.store.issued_files import part_of, write_part

STANDARD_OUTPUT = "-"
_SOON = 300
"""So many are made well within a second: no bar is shown for them."""
_A_QUARTER = timedelta(days=92)


class Read(Protocol):
    """Gives the items asked for that are open, or were due and closed since a day; or those of some cases."""

    def __call__(self, closed_since: date, references: Collection[str] | None = None) -> DatedList: ...


def write_due_calendar(today: date, read: Read, where: str, screen: Screen) -> None:
    """Write the items that have a date into the calendar file `where`, or to standard output for "-".

    What a file written there before had besides stays in it while it is owed, whatever is asked for now, and is
    cancelled when it is owed no more. Standard output, where nobody knows what was written before, has as cancelled
    what was due and closed in the last three months. What was due longer ago is left out, open or not: nobody plans
    for it, and `due` shows it.

    Raises:
        FormRefused: what lies there is not a calendar that escalate wrote, or it cannot be written.
    """
    first = today - _A_QUARTER
    everything = _items(read(first))
    items = [one for one in everything if one.item.due_on is None or one.item.due_on >= first]
    long_past = len(everything) - len(items)
    watch = partial(watched, "Writing the calendar", least=_SOON)
    if where == STANDARD_OUTPUT:
        content = calendar_file(items, None, first, watch).content
        sys.stdout.write(content.decode("utf-8").replace("\r\n", "\n"))
        return

    def look_up(references: Collection[str]) -> AsRecorded:
        found = read(first, references)
        return AsRecorded(items=_items(found), references=found.references)

    path = Path(where)
    before = _content_of(path)
    earlier = None if before is None else Earlier(before, look_up)
    made = calendar_file([one for one in items if one.item.is_open], earlier, first, watch)
    _write(path, made.content)
    _say(screen, path, made, long_past)


def _items(found: DatedList) -> list[DatedItem]:
    names = ("stream", "reference", "policy_name", "last_sequence", "changed_at")
    return [
        DatedItem(
            **{name: row[name] for name in names}, item=item_of(row), calendar=found.calendars[row["calendar_version"]]
        )
        for row in found.rows
    ]


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FormRefused(f"the calendar file cannot be read: {error.strerror}", remedy="name another file") from None


def _write(path: Path, content: bytes) -> None:
    try:
        with suppress(FileNotFoundError):
            part_of(path).unlink()
        write_part(path, content, "the calendar").replace(path)
    except OSError as error:
        raise FormRefused(
            f"the calendar file cannot be written: {error.strerror}",
            remedy="close it where it is open, or name another file",
        ) from None
    except EscalateError as refused:
        raise FormRefused(refused.what, remedy="name a file in another folder") from None


def _say(screen: Screen, path: Path, made: CalendarFile, long_past: int) -> None:
    are = "is" if made.of_cancelled == 1 else "are"
    cancelled = f", and {made.of_cancelled} that {are} owed no more, as cancelled" if made.of_cancelled else ""
    screen.say(("Calendar: ", "heading"), str(path), hang=2)
    screen.say(f"It holds {format_count(made.of_open, 'date')}{cancelled}. What has no date is not in it.", hang=2)
    if made.of_kept:
        are = "was" if made.of_kept == 1 else "were"
        screen.say(
            f"{made.of_kept} of them {are} written there before and not asked for now: still owed, and so kept. For"
            " what is asked for alone, name another file.",
            hang=2,
        )
    if long_past:
        screen.say(f"Left out: {format_count(long_past, 'date')} more than 92 days past: escalate due", hang=2)
    screen.say("Take it into your calendar; later, write it to the same file and take it in again.", hang=2)
    screen.gap()
    screen.say((NOTICE, "strong"))
