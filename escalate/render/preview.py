"""What will follow, told on the page that is checked before anything is recorded: dates, duties, forms and blanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core.forms.ahead import FormAhead
from escalate.core.unsaid import Unsaid
from escalate.core.views import CaseRows, DueItem
from escalate.render.console import visible
from escalate.render.owed_words import by_when, has_come, plain_words, to_do, whose
from escalate.render.recorded import changed


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
    coming = [item for item in new if has_come(item, today)]
    dated = sorted((item for item in coming if item.due_on), key=lambda item: (item.due_on or date.max, item.key))
    undated = [item for item in coming if item.due_on is None]
    lines = _section("No longer open:", [f"{to_do(item)}: {item.closed_how}" for item in closed])
    lines += _section("Dates that will follow:", [_dated(item, today) for item in dated])
    lines += _section("To do, without a date yet:", [_undated(item, today) for item in undated])
    lines += _section("Forms:", [_form(form) for form in forms])
    return tuple(map(visible, lines))


def not_said_lines(left: Sequence[Unsaid]) -> tuple[str, ...]:
    """Return what is not said yet, under a heading, to be reminded of later; nothing where all is said."""
    return tuple(map(visible, _section("Not said yet:", [f"- {one.what}" for one in left])))


def _section(heading: str, said: Sequence[str]) -> list[str]:
    return [heading, *(f"  {one}" for one in said)] if said else []


def _dated(item: DueItem, today: date) -> str:
    said = plain_words(by_when(item, today, in_full=True))
    return f"{said[:1].upper()}{said[1:]}: {to_do(item)} [{_beside(item)}]"


def _undated(item: DueItem, today: date) -> str:
    why = plain_words(by_when(item, today, in_full=True))
    return f"{to_do(item)}: {why} [{_beside(item)}]"


def _beside(item: DueItem) -> str:
    return "; ".join(part for part in (whose(item), item.clause or "agreed") if part)


def _form(form: FormAhead) -> str:
    standing = "owed" if form.is_owed else "on offer"
    if form.elsewhere:
        return f"{form.title}: {standing}; escalate cannot fill it: {form.elsewhere}"
    blank = f"; blank in it so far: {', '.join(form.blanks)}" if form.blanks else "; nothing blank in it"
    return f"{form.title}: {standing}{blank}"
