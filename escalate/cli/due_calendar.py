"""`escalate due --ics`: what is due as a calendar file, which updates what a calendar took in before."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

from escalate.errors import EscalateError, FormRefused
from escalate.files.places import database
from escalate.render.calendar_file import CalendarFile, DatedItem, calendar_file
from escalate.render.console import NOTICE, Screen
from escalate.render.days import format_count
from escalate.render.owed_words import item_of
from escalate.store import readers
from escalate.store.calendar_rows import working_calendar
from escalate.store.due_list import DueQuestion, dated_items
from escalate.store.issued_files import part_of, write_part

STANDARD_OUTPUT = "-"
_A_QUARTER = timedelta(days=92)


def write_due_calendar(asked: DueQuestion, where: str, screen: Screen) -> None:
    """Write the items that have a date into the calendar file `where`, or to standard output for "-".

    What was due and closed in the last three months is in it as cancelled; what a file written there before had
    besides, too. What was due longer ago is left out, open or not: nobody plans for it, and `due` shows it.

    Raises:
        FormRefused: what lies there is not a calendar that escalate wrote, or it cannot be written.
    """
    forget_before = asked.today - _A_QUARTER
    everything = _items(asked, forget_before)
    items = [one for one in everything if one.item.due_on is None or one.item.due_on >= forget_before]
    long_past = len(everything) - len(items)
    if where == STANDARD_OUTPUT:
        sys.stdout.write(calendar_file(items, None, forget_before).content.decode("utf-8").replace("\r\n", "\n"))
        return
    path = Path(where)
    made = calendar_file(items, _earlier(path), forget_before)
    _write(path, made.content)
    _say(screen, path, made, long_past)


def _items(asked: DueQuestion, closed_since: date) -> list[DatedItem]:
    with closing(readers.open_for_reading(database())) as con:
        rows = dated_items(con, asked, closed_since)
        versions = {str(row["calendar_version"]) for row in rows}
        calendars = {version: working_calendar(con, version) for version in versions}
    names = ("stream", "reference", "policy_name", "last_sequence", "changed_at")
    return [
        DatedItem(**{name: row[name] for name in names}, item=item_of(row), calendar=calendars[row["calendar_version"]])
        for row in rows
    ]


def _earlier(path: Path) -> bytes | None:
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
    why = "in it" if long_past else "owed"
    cancelled = f", and {made.of_cancelled} that are {why} no more, as cancelled" if made.of_cancelled else ""
    screen.say(("Calendar: ", "heading"), str(path), hang=2)
    screen.say(f"It holds {format_count(made.of_open, 'date')}{cancelled}. What has no date is not in it.", hang=2)
    if long_past:
        screen.say(f"Left out: {format_count(long_past, 'date')} more than 92 days past: escalate due", hang=2)
    screen.say("Take it into your calendar; later, write it to the same file and take it in again.", hang=2)
    screen.gap()
    screen.say((NOTICE, "strong"))
