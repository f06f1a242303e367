"""The order of days that no correction may turn round: first the concern, then what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from escalate.core import events as e
from escalate.core.restating import AMENDMENTS
from escalate.errors import CannotDecide

_AT_ANY_TIME = (e.PartyNamed, e.RiskConsidered, e.FormIssued, *AMENDMENTS)
"""What may lie before the concern, or has a day of its own that nobody can correct."""
_NAMED = 4


def keep_order(read: Mapping[int, e.Event], entry: int, fact: e.Fact, occurred_on: date) -> None:
    """Refuse a correction after which something would have been done about the concern before there was one.

    Args:
        read: the case's entries by their place, each as the correction that counts left it.
        entry: the place of the one that is corrected, to `fact` and `occurred_on`.
    Raises:
        CannotDecide: its day would lie before the concern, or the concern after the day of other entries.
    """
    raised = next((one.fact for one in read.values() if isinstance(one.fact, e.ConcernRaised)), None)
    if raised is None:
        return
    began_on = (fact if isinstance(fact, e.ConcernRaised) else raised).concern_on
    if began_on > raised.concern_on:
        # Moved to an earlier day, a concern can only come nearer to the order, whatever stood there before.
        days = {place: one.occurred_on for place, one in read.items() if _comes_after(one)} | {entry: occurred_on}
        earlier = [place for place in sorted(days) if days[place] < began_on]
        if earlier:
            named, first = _entries(earlier), min(days[place] for place in earlier)
            on = f"{first:%d/%m/%Y}" if len(earlier) == 1 else f"the first on {first:%d/%m/%Y}"
            raise CannotDecide(
                f"entry {entry}: the concern would then begin on {began_on:%d/%m/%Y}, and {named} ({on}) cannot lie"
                " before it",
                remedy=f"if {began_on:%d/%m/%Y} is right, correct the day of {named} first",
                recorded="",
            )
    if occurred_on != read[entry].occurred_on and occurred_on < began_on:
        raise CannotDecide(f"entry {entry}: {occurred_on:%d/%m/%Y} is before the concern", recorded="")


def _comes_after(event: e.Event) -> bool:
    return event.fact is not None and not isinstance(event.fact, _AT_ANY_TIME)


def _entries(places: Sequence[int]) -> str:
    """Return entries by their numbers: "entry 8", "entries 6, 7 and 8"; of very many, the first and how many more."""
    if len(places) == 1:
        return f"entry {places[0]}"
    last = f"{len(places) - _NAMED} more" if len(places) > _NAMED + 1 else f"{places[-1]}"
    return f"entries {_listed(places[:_NAMED] if len(places) > _NAMED + 1 else places[:-1])} and {last}"


def _listed(places: Iterable[int]) -> str:
    return ", ".join(map(str, places))
