"""What a verb recorded: the entries, what they closed, what is owed now and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core.events import DepartureRecorded, Event, PartyNamed, RecommendationMade
from escalate.core.learning import BECAME
from escalate.core.views import CaseRow, CaseRows, DueItem
from escalate.render.console import Screen
from escalate.render.days import format_short_day
from escalate.render.owed_words import by_when, has_come, to_do, when_of, whose


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
            on = format_short_day(event.occurred_on, today)
            said = f": {event.fact.what}" if isinstance(event.fact, DepartureRecorded) else ""
            screen.say(f"entry {event.sequence}: {event.kind}, {on}{said}", indent=2, hang=2)
    closed, new = changed(before, after)
    if closed:
        screen.heading("No longer open")
        for item in closed:
            screen.say(f"{to_do(item)}: {item.closed_how}", indent=2, hang=2)
    # What became of a learning point presses nobody in the case, which may have ended long ago.
    is_of_case = not events or not all(isinstance(event.fact, BECAME) for event in events)
    pressing = [item for item in after if item not in new and has_come(item, today) and _presses(item, today)]
    pressing = pressing if is_of_case else []
    if new or pressing:
        screen.heading("Owed now, and by when")
        say_items(screen, [*pressing, *new], today)
    if row.state != "open":
        screen.gap()
        binds = any(isinstance(event.fact, RecommendationMade) and event.fact.binds for event in events)
        screen.say(_state(row, after, "It was decided, which binds every agency." if binds else _RESOLVED))


def _presses(item: DueItem, today: date) -> bool:
    return when_of(item, today) in ("overdue", "today")


def say_items(screen: Screen, items: Sequence[DueItem], today: date) -> None:
    """Show things owed, soonest first, undated last; what only time brings waits for its day."""
    shown = [item for item in items if has_come(item, today)]
    for item in sorted(shown, key=lambda one: (one.due_on is None, one.due_on or date.max, one.key)):
        said = [part if isinstance(part, str) else part[0] for part in by_when(item, today)]
        lines = f"{'; '.join(said)}: {to_do(item)}"
        screen.say(f"{lines} [{whose(item)}; {item.clause or 'agreed'}; {item.key}]", indent=2, hang=2)


_RESOLVED = "Resolved with every agency."


def _state(row: CaseRow, after: Sequence[DueItem], how: str) -> str:
    if row.state == "withdrawn":
        return "The escalation is withdrawn."
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
