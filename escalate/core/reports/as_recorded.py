"""A case as it stood in the record when a day ended: without what was recorded later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalate.core import events as e

_REMOVING = (e.Redacted, e.AnothersEntryRedacted)


def as_recorded_until(events: Sequence[e.Event], day: date) -> tuple[e.Event, ...]:
    """Return the entries that were recorded by the end of `day`; none where the case was not raised by then.

    What was removed since stays removed: a redaction of one of them is read as well, whenever it was recorded.
    """
    # Moments carry London's offset: the day written is the civil day there.
    by_then = [event for event in events if event.recorded_at[:10] <= day.isoformat()]
    if not any(event.kind == e.ConcernRaised.kind for event in by_then):
        return ()
    kept = {event.sequence for event in by_then}
    since = [event for event in events if event.sequence not in kept and isinstance(event.fact, _REMOVING)]
    return tuple(sorted((*by_then, *(one for one in since if one.target in kept)), key=lambda event: event.sequence))
