"""Closures of an agency, such as school holidays: shown beside what it owes, asking who covers, and moving nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyClosure:
    """An agency is closed from `first_on` to `last_on`, both included.

    `agency` is its opaque id, or empty where it was not known; `names` are those it is known by, in lower case.
    """

    closure: str
    agency: str = ""
    name: str
    names: frozenset[str] = field(default_factory=frozenset)
    first_on: date
    last_on: date
    because: str
    source: str = ""

    def is_of(self, agency: str, name: str) -> bool:
        """Return whether it is of the agency with this id (where one is known) or name."""
        return bool(agency and agency == self.agency) or name.casefold() in (self.names or {self.name.casefold()})


Owner = tuple[str, str]
"""An agency that owes something: its opaque id, or empty where only its name is at hand; its name."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The agencies of a case, by name, and which side is ours: "raising", "receiving", or neither: "partnership"."""

    our_side: str
    raising: str
    receiving: tuple[str, ...]

    def owing(self, side: str, agency: Owner, *, is_both: bool = False) -> tuple[Owner, ...]:
        """Return the agencies that owe an item: one, several, or none where nobody knows whose it is.

        Args:
            side: "ours", "theirs" or "not known".
            agency: the receiving agency it is about, empty for all of them; its name is empty where it is ours. In a
                logged case its name is that of whoever owes what is theirs.
            is_both: both sides owe it.
        """
        raising = (("", self.raising),)
        if self.our_side == "partnership":
            # What the partnership owes waits for no agency: its own closures move the days themselves.
            return self._owing_in_theirs(agency, is_both=is_both) if side == "theirs" else ()
        ours: tuple[Owner, ...]
        theirs: tuple[Owner, ...]
        if self.our_side == "raising":
            ours, theirs = raising, (agency,) if agency[1] else tuple(("", name) for name in self.receiving)
        else:
            ours, theirs = ((agency[0], agency[1] or self.receiving[0]),), raising
        if side == "ours":
            return (*ours, *theirs) if is_both else ours
        return theirs if side == "theirs" else ()

    def _owing_in_theirs(self, agency: Owner, *, is_both: bool) -> tuple[Owner, ...]:
        raising, receiving = ("", self.raising), tuple(("", name) for name in self.receiving)
        named = tuple(owner for owner in receiving if owner[1] == agency[1]) or receiving
        if is_both:
            # The raising agency is named first, then the receiving one it is about, or all of them.
            one_only = tuple(owner for owner in receiving if agency[1] == f"{self.raising} and {owner[1]}")
            return (raising, *(one_only or receiving))
        return (raising,) if agency[1] == self.raising else named


def closed_meanwhile(
    closures: Iterable[AgencyClosure], owing: Sequence[Owner], from_on: date, to_on: date
) -> tuple[AgencyClosure, ...]:
    """Return the closures of the agencies that owe something, which touch the days from `from_on` to `to_on`."""
    found = (
        one
        for one in closures
        if one.first_on <= to_on and one.last_on >= from_on and any(one.is_of(*owner) for owner in owing)
    )
    return tuple(sorted(found, key=lambda one: (one.first_on, one.last_on, one.closure)))
