"""What was found out about calendars before anything is recorded: what a change moves, and what a check sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escalate.core.agency_closures import AgencyClosure
from escalate.core.facts.keeping import DeclaredDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One open deadline of one case that another calendar moves."""

    reference: str
    item: str
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """A day on which the library differs: `was` and `now` are its names, empty where it is no bank holiday."""

    day: date
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InVain:
    """A declared day without effect, and why."""

    declared: DeclaredDay
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarCheck:
    """What was found of one nation's calendars.

    Args:
        library: what the bank holidays come from now.
        others: days on which the library differs, in the years that are stored.
        beyond: dates that lie past the last year known, and what they are.
        behind: references of cases that count by an older version than new cases do.
    """

    nation: str
    version: str
    source: str
    library: str
    first_year: int
    last_year: int
    library_last_year: int
    others: tuple[OtherDay, ...]
    in_vain: tuple[InVain, ...]
    without_source: tuple[DeclaredDay, ...]
    beyond: tuple[tuple[date, str], ...]
    behind: tuple[str, ...]

    @property
    def can_adopt(self) -> bool:
        """Whether `--adopt` would bring anything."""
        return bool(self.others or self.behind) or (bool(self.beyond) and self.library_last_year > self.last_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosuresCheck:
    """What was found of the agencies' closures: those without a source, and pairs of one agency that overlap."""

    without_source: tuple[AgencyClosure, ...]
    overlapping: tuple[tuple[AgencyClosure, AgencyClosure], ...]
