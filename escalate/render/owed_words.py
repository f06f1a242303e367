"""What is owed, in words: who must do what, whose it is, by when. Shared by `due`, `show` and what the verbs say."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from escalate.core.views import DueItem
from escalate.render.console import Part
from escalate.render.days import format_count, format_day, format_short_day

When = Literal["overdue", "today", "no date", "this week", "later"]


class Row(Protocol):
    """A row of a query, by column name."""

    def __getitem__(self, name: str, /) -> Any: ...


def item_of(row: Row) -> DueItem:
    """Return the item of a row that has its columns, dates as ISO text."""
    return DueItem(**{field.name: _value(field.name, row[field.name]) for field in fields(DueItem)})


def _value(name: str, value: Any) -> Any:
    if name.startswith("is_"):
        return bool(value)
    is_date = name.endswith("_on") or name == "shows_from"
    return date.fromisoformat(value) if is_date and value else value


def when_of(item: DueItem, today: date) -> When:
    """Return which part of `due` an open item belongs to; a week ends on Sunday."""
    if item.due_on is None:
        return "no date"
    if item.due_on <= today:
        return "today" if item.due_on == today else "overdue"
    return "this week" if item.due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def has_come(item: DueItem, today: date) -> bool:
    """Return whether an open item is to be shown: what only time brings is hidden until its day."""
    return item.is_open and (item.shows_from is None or item.shows_from <= today)


def say_force(force: str) -> str:
    """Return a force as it stands between who and what: "must", "should consider"."""
    return "should consider" if force == "consider" else force


def to_do(item: DueItem) -> str:
    """Return who must, should, will or may do what; an agreed action with its owner; a date to answer."""
    if not item.force:
        owner = f" ({item.who})" if item.who else " (nobody is named)" if item.sort == "action" else ""
        return f"{item.act}{owner}"
    return f"{item.who or 'somebody (who is not stated)'} {say_force(item.force)} {item.act}"


def whose(item: DueItem) -> str:
    """Return whose an item is, and with which receiving agency where it is one agency's."""
    if item.is_both:
        we = "we and " if item.side == "ours" else ""
        return f"both sides owe it, {we}{item.agency_name}" if item.agency_name else "both sides owe it"
    if item.side == "theirs":
        return f"theirs, {item.agency_name}{_about(item)}" if item.agency_name else "theirs"
    if item.side == "ours":
        return f"ours, about {item.agency_name}" if item.agency_name else "ours"
    return "whose is not known"


def _about(item: DueItem) -> str:
    # In a logged case the agency named owes it; about which of several others is said too. Found without reading all.
    if '"about_agency": ' not in item.working:
        return ""
    return f", about {working_of(item)['about_agency']}"


def by_when(item: DueItem, today: date, *, is_last_chance: bool = False, in_full: bool = False) -> list[Part]:
    """Return by when, one thing to a line, what governs first.

    Args:
        is_last_chance: on its day a stage must be agreed or left.
        in_full: days in full, for sentences; else in short, for a table.
    """

    def day(one: date) -> str:
        return format_day(one) if in_full else format_short_day(one, today)

    if item.due_on is None:
        lines: list[Part] = [f"no date, because {item.no_date or 'none is known'}"]
        if item.since_on and item.since_on < today:
            lines.append(f"waiting {format_count((today - item.since_on).days, 'day')}, since {day(item.since_on)}")
        return lines
    lines = _governing(item, today, day(item.due_on))
    if is_last_chance and item.due_on == today:
        lines.append(("agree or escalate today", "today"))
    if item.is_guide:
        lines.append("this date is a guide")
    return lines + _beside(item, day)


def _governing(item: DueItem, today: date, day: str) -> list[Part]:
    assert item.due_on is not None
    at = f", by {item.due_time}" if item.due_time else ""
    late = (today - item.due_on).days
    if item.says == "now" and late >= 0:
        return [("now", "past")] if late == 0 else [(f"now, since {day}", "past")]
    if late > 0:
        # What another agency owes is asked about, not shown as our failure.
        ask: list[Part] = ["ask whether it was done"] if item.side != "ours" else []
        style: Literal["past", "strong"] = "past" if item.side == "ours" else "strong"
        return [(f"past since {day}{at}", style), f"{format_count(late, 'day')} ago", *ask]
    if late == 0:
        return [(f"today, {day}{at}", "today")]
    return [f"tomorrow, {day}{at}" if late == -1 else f"{day}{at}"]


def _beside(item: DueItem, day: Any) -> list[Part]:
    """The other dates kept beside the one that governs."""
    lines: list[Part] = []
    if item.agreed_on and item.agreed_on == item.due_on:
        if item.policy_due_on and item.policy_due_on > item.agreed_on:
            lines.append(f"agreed, sooner than the policy's {day(item.policy_due_on)}")
        elif item.policy_due_on is None:
            lines.append("as agreed")
    elif item.agreed_on:
        lines.append(f"agreed later, {day(item.agreed_on)}: the policy's date stands")
    if item.own_due_on and item.own_due_on != item.due_on:
        lines.append(f"entered late: that gives no more time (counted from then it would be {day(item.own_due_on)})")
    if item.due_on and item.since_on and item.since_on > item.due_on and not item.own_due_on:
        lines.append(f"it began only on {day(item.since_on)}, when that date had already passed")
    if item.before_correction_on and item.before_correction_on != item.due_on:
        lines.append(f"before a correction it was {day(item.before_correction_on)}")
    return lines


def plain_words(lines: list[Part]) -> str:
    """Return lines as one run of words: "past since Fri 10 Apr; 4 days ago"."""
    return "; ".join(line if isinstance(line, str) else line[0] for line in lines)


def clause_and_stage(item: DueItem) -> str:
    """Return the clause an item comes from, and which stage brought it where the clause does not say so."""
    clause = item.clause or "agreed"
    started_by = str(working_of(item).get("started_by") or "")
    stage, entered, _ = started_by.partition(" was entered")
    is_said = not entered or stage.casefold() in clause.casefold() or stage.casefold() in to_do(item).casefold()
    return clause if is_said else f"{clause}; {stage}"


def stage_in_short(title: str) -> str:
    """Return a stage's own word and number, without who speaks to whom: "Stage 2"."""
    return title.split(":", maxsplit=1)[0].strip()


def is_last_chance(item: DueItem, today: date) -> bool:
    """Return whether today is the last day on which this stage can be agreed: after it, it must go up."""
    return item.due_on == today and bool(working_of(item).get("settles"))


def working_of(item: DueItem) -> dict[str, Any]:
    """Return the working of an item's date as plain values; empty where none was kept."""
    read = json.loads(item.working or "{}")
    return read if isinstance(read, dict) else {}
