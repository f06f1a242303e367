"""What ends something owed besides its own evidence: shared times, the order of one day, a withdrawal."""

from __future__ import annotations

from escalate.core.moments import REPEATING, Moment, Occurrence, parse_moment
from escalate.core.policy import Duty, Obliging


def follows(one: Occurrence, start: Occurrence, entered_at: int) -> bool:
    """Return whether something happened from the start on, and not already before the stage was entered.

    Args:
        entered_at: the sequence of the stage's entering, 0 for what belongs to no stage: on the day of the start only
            what was recorded after it counts.
    """
    return one.on > start.on or (one.on == start.on and one.entry > entered_at)


def of_shared(moment: Moment, stage: str, stages: tuple[str, ...]) -> Moment:
    """Return what closes a time that several stages share: below its last stage only a resolution does."""
    is_below_the_last = stage != stages[-1]
    return Moment("the resolution") if moment.kind == "the outcome" and is_below_the_last else moment


_LASTING = (
    *(kind for kind in REPEATING if kind != "each stage entered"),
    "resolved",
    "unresolved",
    "no response",
    "stage [id] resolved",
    "stage [id] unresolved",
    "stage [id] without a response",
    "withdrawn",
)


def outlives_withdrawal(item: Obliging) -> bool:
    """Return whether it stays owed in a withdrawn case: it follows from what no withdrawal undoes.

    A risk, a discussion that was held, learning, how a stage ended before, and the withdrawal itself.
    """
    if isinstance(item, Duty):
        return any(parse_moment(written).kind in _LASTING for written in item.when)
    return "the resolution" in item.from_
