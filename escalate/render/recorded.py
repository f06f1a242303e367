"""What a verb recorded: the entries, what they closed, what is owed now and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core.events import DepartureRecorded, Event, PartyNamed, RecommendationMade, Withdrawn
from escalate.core.learning import BECAME
from escalate.core.views import CaseRow, CaseRows, DueItem
from escalate.render.console import Screen
from escalate.render.days import format_count, format_day
from escalate.render.owed_words import (
    by_when,
    clause_and_stage,
    has_come,
    plain_words,
    to_do,
    when_of,
    whose,
    working_of,
)


def changed(before: Sequence[DueItem], after: Sequence[DueItem]) -> tuple[list[DueItem], list[DueItem]]:
    """Return what these entries closed, and what they brought or whose date they moved."""
    were = {item.key: item for item in before}
    closed = [item for item in after if not item.is_open and item.key in were and were[item.key].is_open]
    new = [item for item in after if item.is_open and _what_counts(were.get(item.key)) != _what_counts(item)]
    return closed, new


def _what_counts(item: DueItem | None) -> tuple[object, ...]:
    if item is None:
        return ()
    dates = (item.due_on, item.due_time, item.agreed_on, item.shows_from)
    return (item.is_open, item.no_date, item.is_guide, *dates)


def no_longer_owed(before: Sequence[DueItem], after: Sequence[DueItem], today: date) -> list[DueItem]:
    """Return what was owed and is not any more, though nobody met it: these entries took it away."""
    stays = {item.key for item in after}
    return [item for item in before if item.key not in stays and has_come(item, today)]


def say_gone(item: DueItem) -> str:
    """Return something that is not owed any more, with the date it had."""
    return f"{to_do(item)}{f', by {format_day(item.due_on)}' if item.due_on else ''}"


def say_recorded(
    screen: Screen, events: Sequence[Event], before: Sequence[DueItem], rows: CaseRows, today: date
) -> None:
    """Show what was recorded in a case and what it changed.

    Args:
        before: what was owed before; nothing where the case is new.
        rows: the case as it now stands.
    """
    row, after = rows.case, rows.items
    screen.say((f"Recorded in {row.reference}", "heading"), f", {row.stage_title}:")
    for event in events:
        if not isinstance(event.fact, PartyNamed):
            on = screen.day(event.occurred_on, today)
            said = f": {event.fact.what}" if isinstance(event.fact, DepartureRecorded) else ""
            screen.say(f"entry {event.sequence}: {event.kind}, {on}{said}", indent=2, hang=2)
    closed, new = changed(before, after)
    if closed:
        screen.heading("No longer open")
        for item in closed:
            screen.say(f"{to_do(item)}{_beside(screen, clause_and_stage(item))}: {item.closed_how}", indent=2, hang=2)
    if gone := no_longer_owed(before, after, today):
        screen.heading("No longer owed")
        for item in gone:
            screen.say(f"{say_gone(item)}{_beside(screen, clause_and_stage(item))}", indent=2, hang=2)
    # What became of a learning point presses nobody in the case, which may have ended long ago.
    is_of_case = not events or not all(isinstance(event.fact, BECAME) for event in events)
    pressing = [item for item in after if item not in new and has_come(item, today) and _presses(item, today)]
    pressing = pressing if is_of_case else []
    if any(isinstance(event.fact, Withdrawn) for event in events):
        _say_withdrawn(screen, [item for item in after if has_come(item, today)], today)
        return
    told = [item for item in (*pressing, *new) if has_come(item, today)]
    if told:
        _say_owed_now(screen, told, [item for item in after if has_come(item, today)], row.reference, today)
    if row.state in ("ended", "to check"):
        screen.gap()
        binds = any(isinstance(event.fact, RecommendationMade) and event.fact.binds for event in events)
        screen.say(_state(row, after, "It was decided, which binds every agency." if binds else _RESOLVED))


def _say_withdrawn(screen: Screen, stays: Sequence[DueItem], today: date) -> None:
    """Say what a withdrawal leaves owed, each with what it follows from, which the withdrawal does not undo."""
    if stays:
        screen.heading("Still owed, and why")
        say_items(screen, stays, today, has_reason=True)
    screen.gap()
    counted = format_count(len(stays), "thing stays", "things stay")
    left = f" {counted} owed: no withdrawal undoes what each follows from." if stays else " Nothing is owed."
    screen.say(f"The escalation is withdrawn.{left}")


def _say_owed_now(
    screen: Screen, told: Sequence[DueItem], owed: Sequence[DueItem], reference: str, today: date
) -> None:
    """Say what is new, moved or past, and how much is owed besides: nobody is to take a part for all of it."""
    more = len(owed) - len(told)
    screen.heading(f"New, or past its date: {len(told)} of the {len(owed)} owed" if more else _owed_now(told))
    say_items(screen, told, today)
    if more:
        screen.say(f"and {more} more: escalate show {reference}", indent=2, hang=2)
    late = sorted((item for item in told if _presses(item, today)), key=lambda one: (one.due_on or date.max, one.key))
    if late and len(told) > _A_SCREENFUL:
        # What presses stands first, and has scrolled off a screen that holds the last of many.
        screen.say(_say_pressing(late, today), indent=2, hang=2)


def _say_pressing(late: Sequence[DueItem], today: date) -> str:
    """Return once more how many are past their dates or due today, and the first of each."""
    said = []
    for part, (one, many) in _SAID_PRESSING.items():
        of_part = [item for item in late if when_of(item, today) == part]
        if of_part:
            first = "" if len(of_part) == 1 else "first "
            said.append(f"{format_count(len(of_part), one, many)}: {first}{to_do(of_part[0])}.")
    return " ".join(said)


_A_SCREENFUL = 5
_SAID_PRESSING = {
    "overdue": ("is past its date", "are past their dates"),
    "today": ("is due today", "are due today"),
}


def _owed_now(items: Sequence[DueItem]) -> str:
    undated = sum(1 for item in items if item.due_on is None)
    if undated and undated == len(items):
        return "Owed now, without a date"
    return f"Owed now, and by when{f'; and {undated} without a date' if undated else ''}"


def _presses(item: DueItem, today: date) -> bool:
    return when_of(item, today) in ("overdue", "today")


def say_items(screen: Screen, items: Sequence[DueItem], today: date, *, has_reason: bool = False) -> None:
    """Show things owed, soonest first, undated last; what only time brings waits for its day.

    Args:
        has_reason: say of each what it follows from, and not why it has no date.
    """
    shown = [item for item in items if has_come(item, today)]
    for item in sorted(shown, key=lambda one: (one.due_on is None, one.due_on or date.max, one.key)):
        by = plain_words(by_when(item, today, in_full=screen.kind == "spoken"))
        lines = f"{by}: {to_do(item)}" if item.due_on or not has_reason else to_do(item)
        why = _because(screen, item, today) if has_reason else ""
        screen.say(f"{lines}{why}{_whose_and_clause(screen, item)}", indent=2, hang=2)


def _beside(screen: Screen, words: str) -> str:
    """Return what stands beside a thing in brackets; nothing where it is read aloud, with the brackets."""
    return "" if screen.kind == "spoken" else f" [{words}]"


def _whose_and_clause(screen: Screen, item: DueItem) -> str:
    """Return whose a thing is, by which clause, and its name in `do` and `why`; aloud, whose it is, as a sentence."""
    owner = whose(item)
    if screen.kind == "spoken":
        return f". {owner[:1].upper()}{owner[1:]}."
    return f" [{owner}; {item.clause or 'agreed'}; {item.key}]"


def _because(screen: Screen, item: DueItem, today: date) -> str:
    """Return what something owed follows from, with its day, unless what is to be done says so already."""
    working = working_of(item)
    said = "it was agreed" if item.sort == "action" else str(working.get("started_by") or "")
    started_on = str(working.get("start_on") or "")
    on = f" ({screen.day(date.fromisoformat(started_on), today)})" if started_on else ""
    return f", because {said}{on}" if said and f"({said}, " not in to_do(item) else ""


_RESOLVED = "Resolved with every agency."


def _state(row: CaseRow, after: Sequence[DueItem], how: str) -> str:
    left = sum(1 for item in after if item.is_open)
    actions = sum(1 for item in after if item.is_open and item.sort == "action")
    if row.state == "to check":
        stays = "It stays on escalate due until its agreed actions are checked"
        return f"{how} {stays} ({actions} of them)."
    return how + (f" Still open: {left}." if left else "")


def recorded_data(
    row: CaseRow, events: Sequence[Event], before: Sequence[DueItem], after: Sequence[DueItem]
) -> dict[str, object]:
    """Return what was recorded as plain data, for --json: identifiers and dates, and the words of what is owed."""
    closed, new = changed(before, after)
    return {
        "reference": row.reference,
        "stage": row.stage,
        "state": row.state,
        "entries": [
            {"sequence": event.sequence, "kind": event.kind, "occurred_on": event.occurred_on} for event in events
        ],
        "closed": [_item_data(item) for item in closed],
        "owed": [_item_data(item) for item in new],
    }


def _item_data(item: DueItem) -> dict[str, object]:
    names = ("key", "sort", "stage", "side", "who", "force", "act", "to_whom", "rule", "clause", "due_on", "due_time")
    more = ("says", "is_guide", "no_date", "shows_from", "closed_on", "closed_how")
    return {name: getattr(item, name) for name in (*names, *more)}
