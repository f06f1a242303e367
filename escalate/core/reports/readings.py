"""The readings of a contradiction that reports tell of: those not followed that give a clock a time of its own.

It knows no case: a report of figures alone asks it, and need not import what cases are made of.
"""

from __future__ import annotations

from escalate.core.policy import Doubt

_TIMED = ("within", "from_", "first_day")
"""What a reading must change of a clock to give it another date."""


def not_followed(doubt: Doubt) -> tuple[str, ...]:
    """Return the names of the readings besides the one followed, in the policy's order."""
    return tuple(name for name in doubt.readings if name != doubt.followed)


def other_readings(doubt: Doubt, clock: str) -> tuple[str, ...]:
    """Return the readings of a contradiction, besides the one followed, that give this clock a time of their own."""
    if clock not in doubt.items:
        return ()
    return tuple(name for name in not_followed(doubt) if any(key in doubt.readings[name].changes for key in _TIMED))
