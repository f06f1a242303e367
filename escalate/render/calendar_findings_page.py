"""What a change of calendars would move, and what a check of them found, on a screen and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from escalate.core.calendar_findings import CalendarCheck, ClosuresCheck, Move
from escalate.core.events import DeclaredDay
from escalate.core.plain import to_plain
from escalate.render.calendar_page import closure_as_plain, closure_in_words
from escalate.render.console import Cell, Column, Screen
from escalate.render.days import format_count, format_short_day


def move_in_words(move: Move) -> str:
    """Return one move: what, from when to when."""
    return f"{move.item}: {format_short_day(move.from_on)} → {format_short_day(move.to_on)}"


def say_change(screen: Screen, moves: Sequence[Move], cases: int, notes: Sequence[str]) -> None:
    """Say which open deadlines a change would move, from when to when, and that what is past does not.

    Args:
        cases: how many cases would count by the new version.
        notes: what else is to be said of it.
    """
    for note in notes:
        screen.say(f"Note: {note}.", hang=2)
    reach = format_count(cases, "open case would count", "open cases would count")
    if not moves:
        screen.say(f"No open deadline would move. From today {reach} by it.")
        return
    screen.say((f"{format_count(len(moves), 'open deadline')} would move:", "heading"))
    columns = [Column("case", 20), Column("what"), Column("from", 16), Column("to", 16)]
    rows: list[list[Cell]] = [
        [(one.reference, "strong"), one.item, format_short_day(one.from_on), format_short_day(one.to_on)]
        for one in moves
    ]
    screen.table(columns, rows)
    screen.say(f"What is past does not move. From today {reach} by it.")


def show_check(screen: Screen, found: CalendarCheck) -> None:
    """Write what was found of one nation's calendars."""
    screen.say((f"Calendar of {found.nation}", "heading"), f", {found.version}")
    screen.say(f"Stored from {found.source}: bank holidays from {found.first_year} to {found.last_year}.", indent=2)
    if not found.others:
        screen.say(f"Every day is as {found.library} has it.", indent=2)
    for other in found.others:
        day = format_short_day(other.day)
        if other.was and other.now:
            said = f'{day}: stored as "{other.was}"; {found.library} calls it "{other.now}"'
        elif other.now:
            said = f"{day}: {other.now}; {found.library} has it, and it is not stored"
        else:
            said = f"{day}: {other.was}; it is stored, and {found.library} does not have it"
        screen.say(said, indent=2, hang=2)
    for day_beyond, what in found.beyond:
        screen.say(
            (f"{format_short_day(day_beyond)}, {what}, lies past {found.last_year}", "strong"),
            ": bank holidays of those years are counted as working days.",
            indent=2,
            hang=2,
        )
    for vain in found.in_vain:
        screen.say(f"{_declared(vain.declared)} moves nothing: {vain.why}.", indent=2, hang=2)
    for one in found.without_source:
        screen.say(f"{_declared(one)} has no source: who declared it, and where is it published?", indent=2, hang=2)
    if found.behind:
        cases = format_count(len(found.behind), "open case counts", "open cases count")
        screen.say(f"{cases} by an earlier version than new cases do: {', '.join(found.behind[:5])}", indent=2, hang=2)
    if found.can_adopt:
        screen.say(
            f'To take it over, with a preview: escalate calendar check --adopt --nation "{found.nation}"',
            indent=2,
            hang=2,
        )
    elif found.others or found.beyond:
        screen.say("A newer release of the holidays library may know more.", indent=2, hang=2)


def say_closures_check(screen: Screen, found: ClosuresCheck) -> None:
    """Write what was found of the agencies' closures, or nothing."""
    for one in found.without_source:
        screen.say(f"{closure_in_words(one)} has no source.", hang=2)
    for one, other in found.overlapping:
        screen.say(f"{closure_in_words(one)} and {closure_in_words(other)} overlap.", hang=2)


def check_as_plain(found: CalendarCheck) -> dict[str, Any]:
    """Return what was found of one nation's calendars as `--json` gives it."""
    plain = to_plain(found)
    assert isinstance(plain, dict)
    return plain | {
        "beyond": [{"day": day, "what": what} for day, what in found.beyond],
        "can_adopt": found.can_adopt,
    }


def closures_check_as_plain(found: ClosuresCheck) -> dict[str, Any]:
    """Return what was found of the agencies' closures as `--json` gives it."""
    return {
        "closures_without_source": [closure_as_plain(one) for one in found.without_source],
        "closures_overlapping": [[closure_as_plain(one) for one in pair] for pair in found.overlapping],
    }


def _declared(one: DeclaredDay) -> str:
    kind = "closure" if one.kind == "closure" else "one-off holiday"
    return f'The {kind} "{one.name}" on {format_short_day(one.day)}'
