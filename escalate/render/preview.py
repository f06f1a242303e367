"""What will follow, told on the page that is checked before anything is recorded: dates, duties, forms and blanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core.forms.ahead import FormAhead
from escalate.core.unsaid import Unsaid
from escalate.core.views import CaseRows, DueItem
from escalate.render.console import visible
from escalate.render.days import format_day
from escalate.render.owed_words import by_when, clause_and_stage, has_come, plain_words, to_do, whose
from escalate.render.recorded import changed, no_longer_owed, say_gone


def preview_lines(
    rows: CaseRows, before: Sequence[DueItem], forms: Sequence[FormAhead], today: date
) -> tuple[str, ...]:
    """Return what would follow, a line for each thing, headings without indent: dates, then duties, then forms.

    Each date stands with its weekday and clause. Only what would change is told: what is owed already is on `due`.
    A line is one paragraph, to be wrapped by whoever shows it.

    Args:
        rows: the case as it would stand.
        before: what is owed now; nothing where the case is new.
    """
    closed, new = changed(before, rows.items)
    gone = no_longer_owed(before, rows.items, today)
    was = {item.key: item.due_on for item in before if item.is_open and item.due_on}
    coming = [item for item in new if has_come(item, today)]
    dated = sorted((item for item in coming if item.due_on), key=lambda item: (item.due_on or date.max, item.key))
    undated = [item for item in coming if item.due_on is None]
    moved = [item for item in dated if was.get(item.key, item.due_on) != item.due_on]
    lines = _section("No longer open:", [f"{to_do(item)}: {item.closed_how}{_beside(item)}" for item in closed])
    lines += _section("No longer owed:", [f"{say_gone(item)}{_beside(item)}" for item in gone])
    lines += _section("Dates that move:", [_dated(item, today, was[item.key]) for item in moved])
    lines += _section("Dates that will follow:", [_dated(item, today) for item in dated if item not in moved])
    lines += _section("To do, without a date yet:", [_undated(item, today, was.get(item.key)) for item in undated])
    lines += _section("Forms:", [_form(form) for form in forms])
    return tuple(map(visible, lines))


def not_said_lines(left: Sequence[Unsaid]) -> tuple[str, ...]:
    """Return what is not said yet, under a heading, to be reminded of later; nothing where all is said."""
    return tuple(map(visible, _section("Not said yet:", [f"- {one.what}" for one in left])))


def _section(heading: str, said: Sequence[str]) -> list[str]:
    return [heading, *(f"  {one}" for one in said)] if said else []


def _dated(item: DueItem, today: date, was: date | None = None) -> str:
    said = _when(item, today, was)
    return f"{said[:1].upper()}{said[1:]}: {to_do(item)}{_beside(item)}"


def _undated(item: DueItem, today: date, was: date | None = None) -> str:
    return f"{to_do(item)}: {_when(item, today, was)}{_beside(item)}"


def _when(item: DueItem, today: date, was: date | None) -> str:
    """Return by when, with the date it had until now where another one does not say so already."""
    said = plain_words(by_when(item, today, in_full=True))
    return said if was is None or format_day(was) in said else f"{said}; until now {format_day(was)}"


def _beside(item: DueItem) -> str:
    """Return, as a sentence after another, whose a thing is and by which clause: brackets are not read aloud."""
    said = f"{whose(item)}; {clause_and_stage(item)}"
    return f". {said[:1].upper()}{said[1:]}."


def _form(form: FormAhead) -> str:
    standing = "owed" if form.is_owed else "on offer"
    if form.elsewhere:
        return f"{form.title}: {standing}; escalate cannot fill it: {form.elsewhere}"
    blank = f"; blank in it so far: {', '.join(form.blanks)}" if form.blanks else "; nothing blank in it"
    return f"{form.title}: {standing}{blank}"
