"""The ladder: which stage may follow which, which lies above which, and what is passed over on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalate.core.case import Case
    from escalate.core.policy_items import Stage


def stages_after(stages: Sequence[Stage], stage: str) -> tuple[str, ...]:
    """Return the stages that may follow `stage`: the next in the file, those it names itself, or none at the end."""
    ids = [one.id for one in stages]
    place = ids.index(stage)
    named = stages[place].then
    return tuple(ids[place + 1 : place + 2]) if named is None else tuple(one for one in named if one in ids)


def stages_above(stages: Sequence[Stage], stage: str) -> tuple[str, ...]:
    """Return every stage that can be reached from `stage`, in file order; never itself."""
    reached: set[str] = set()
    ahead = list(stages_after(stages, stage))
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += stages_after(stages, one)
    return tuple(one.id for one in stages if one.id in reached and one.id != stage)


def gone_up_on(case: Case) -> date | None:
    """Return the day on which the case went up to the stage it is at.

    None at its first, which is entered by writing the case down: that may be late.
    """
    _, *later = case.stage_entries
    return later[-1].occurred_on if later else None


def say_stages(called: str, *stages: str) -> str:
    """Return stages by the policy's own word: "stage 2", "steps 2, 3 and 4"; one without a number as "the panel stage".

    Args:
        called: the policy's word for a stage.
    """
    if all(stage[:1].isdigit() for stage in stages):
        *before, last = stages
        return f"{called}s {', '.join(before)} and {last}" if before else f"{called} {last}"
    each = [f"{called} {one}" if one[:1].isdigit() else f"the {one.replace('-', ' ')} {called}" for one in stages]
    *before, last = each
    return f"{', '.join(before)} and {last}" if before else last


def last_stages(stages: Sequence[Stage]) -> tuple[str, ...]:
    """Return the stages at which the ladder ends: one, or one for each branch."""
    return tuple(one.id for one in stages if not stages_after(stages, one.id))


def passed_over(stages: Sequence[Stage], stage: str, to: str) -> tuple[str, ...]:
    """Return the stages between `stage` and `to` on the shortest way up; none where `to` may follow directly."""
    ways: list[tuple[str, ...]] = [(stage,)]
    seen = {stage}
    for way in ways:
        for following in stages_after(stages, way[-1]):
            if following == to:
                return way[1:]
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
