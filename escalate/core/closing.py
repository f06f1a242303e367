"""What ends something owed besides its own evidence: shared times, the order of one day, a withdrawal."""

from __future__ import annotations

from collections.abc import Callable

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


_LASTING = (*REPEATING, "resolved", "stage [id] resolved", "withdrawn")
_UNRESOLVED = ("unresolved", "no response", "stage [id] unresolved", "stage [id] without a response")


def outlives_withdrawal(item: Obliging, has_happened: Callable[[Moment], bool]) -> bool:
    """Return whether it stays owed in a withdrawn case: it follows from what no withdrawal undoes, and did happen.

    That is a risk, a discussion that was held, a stage that was reached, learning, how a stage ended before, and the
    withdrawal itself. But what a date that merely passed brings, just as a stage ended unresolved does, presses the
    matter on, to go up or to tell whoever acts next: once it is withdrawn there is nothing to press.
    """
    if not isinstance(item, Duty):
        return "the resolution" in item.from_
    moments = [parse_moment(written) for written in item.when]
    presses_on = any(moment.kind == "clock [id] missed" for moment in moments)
    lasting = _LASTING if presses_on else (*_LASTING, *_UNRESOLVED)
    return any(moment.kind in lasting and has_happened(moment) for moment in moments)
