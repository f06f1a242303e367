"""An agency's closures beside what it owes: who covers meanwhile? They never move a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from escalate.core.agency_closures import AgencyClosure, Sides, closed_meanwhile
from escalate.core.views import DueItem
from escalate.render.owed_words import Row


def sides_of(row: Row) -> Sides:
    """Return the agencies of a case from its line in the list."""
    return Sides(row["our_side"], row["raising_agency"], tuple(row["receiving_agencies"].split("; ")))


def closures_beside(
    item: DueItem, sides: Sides, closures: Iterable[AgencyClosure], today: date
) -> tuple[AgencyClosure, ...]:
    """Return the closures of whoever owes an open item, from today until its date; today's where that is past."""
    if not item.is_open:
        return ()
    owing = sides.owing(item.side, (item.agency, item.agency_name), is_both=item.is_both)
    return closed_meanwhile(closures, owing, today, max(item.due_on or today, today))


def who_covers(closures: Sequence[AgencyClosure]) -> list[str]:
    """Return one line for each closure: "Invented Primary School is closed 30 Mar to 10 Apr (Easter): who covers?"."""
    if not closures:
        return []
    from escalate.render.calendar_page import days_in_words  # hardly any case needs it

    return [
        f"{one.name} is closed {days_in_words(one.first_on, one.last_on)} ({one.because}): who covers?"
        for one in closures
    ]


def closures_as_plain(closures: Sequence[AgencyClosure]) -> list[dict[str, Any]]:
    """Return closures beside an item as `--json` gives them."""
    if not closures:
        return []
    from escalate.render.calendar_page import closure_as_plain

    return [closure_as_plain(one) for one in closures]
