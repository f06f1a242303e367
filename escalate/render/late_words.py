"""What is said to somebody who raises a concern late: that it is right to, and which date is next."""

from __future__ import annotations

from datetime import date

from escalate.render.days import format_day


def say_late(first_on: date, stage: str, next_on: date | None) -> str:
    """Return the words for a concern of which a date has passed already.

    Args:
        first_on: the first date that passed.
        stage: the title of the stage whose date is next; "" where every stage's own time is over.
        next_on: by when that stage should be resolved.
    """
    late = f"Late is better than not at all. By the policy the first step was due by {format_day(first_on)}."
    if not stage or next_on is None:
        return f"{late} The time of every stage is over: go up as fast as the child needs."
    return f"{late} The date that is next is that of {stage}: {format_day(next_on)}."
