"""The commands that likely come next, from what is owed: on the page of today, and after anything was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from escalate.core.views import DueItem
from escalate.render.owed_words import When, has_come, when_of, working_of

_HOW_IT_ENDED = "say how this stage ended, and go up unless it is resolved"
_PRESSING: tuple[When, ...] = ("overdue", "today")


class OwedLine(Protocol):
    """One thing owed, with its case and its part of `due`."""

    @property
    def part(self) -> When: ...
    @property
    def item(self) -> DueItem: ...
    @property
    def reference(self) -> str: ...


class InOneCase(NamedTuple):
    """One thing owed in a case that is at hand."""

    part: When
    item: DueItem
    reference: str


def likely_next(lines: Sequence[OwedLine]) -> list[tuple[str, str]]:
    """Return the commands that likely come next, each with what it is for, the most pressing first.

    Args:
        lines: what is owed, in the order of `due`. One who must agree or leave a stage by today, or should have, is
            told how to say that it ended.
    """
    last_chances = [line for line in lines if line.part in _PRESSING and working_of(line.item).get("settles")]
    first = [_next_for(lines[0])] if lines and lines[0] not in last_chances else []
    return first + [(f"escalate advance {line.reference}", _HOW_IT_ENDED) for line in last_chances[:1]]


def next_in_case(reference: str, items: Sequence[DueItem], today: date) -> list[str]:
    """Return the commands for what presses in one case: nothing where nothing is overdue or due today.

    The end of a stage that is past its date comes before whatever else is: waiting stops no clock.
    """
    owed = [InOneCase(when_of(item, today), item, reference) for item in items if has_come(item, today)]
    pressing = [line for line in owed if line.part in _PRESSING]

    def order(line: OwedLine) -> tuple[bool, bool, date, str]:
        is_ending = line.part == "overdue" and bool(working_of(line.item).get("settles"))
        return not is_ending, line.item.force in ("may", "consider"), line.item.due_on or date.max, line.item.key

    return [command for command, _ in likely_next(sorted(pressing, key=order))]


def _next_for(line: OwedLine) -> tuple[str, str]:
    """What to type about one thing that is owed: say that it is done, or record what happened."""
    if line.item.sort in ("duty", "action"):
        return f"escalate do {line.reference}", "say that it is done, or why it need not be"
    return f"escalate record {line.reference}", "say what happened: who was told, what was said"
