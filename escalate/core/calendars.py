"""A nation's working calendars: the whole nation's, and each partnership's with its own closures. Nothing is changed.

Every change is another version. What is declared for the nation reaches every partnership's calendar; a closure stays
in its own partnership's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from escalate.core.facts.keeping import CalendarStored, DeclaredDay
from escalate.core.working_days import WorkingCalendar

WHOLE_NATION = ""


@dataclass(frozen=True, slots=True)
class NationCalendars:
    """The calendars of one nation that cases raised now count by: `WHOLE_NATION`, or a policies' prefix, to its own.

    `known` are all versions ever stored, of any nation. The whole nation's is always among `latest`.
    """

    latest: Mapping[str, CalendarStored]
    known: tuple[CalendarStored, ...] = ()

    def of(self, partnership: str) -> CalendarStored:
        """Return what cases of a partnership count by: its own calendar, or the nation's where it has none."""
        return self.latest.get(partnership) or replace(self.latest[WHOLE_NATION], partnership=partnership)

    def declaring(self, days: Sequence[DeclaredDay], partnership: str, reason: str, year: int) -> Changed:
        """Return the calendars with these days added.

        Args:
            partnership: whose closures they are; `WHOLE_NATION` for one-off holidays.
            reason: why, in words to be kept with each version.
            year: this year, for the name of a version.
        """

        def add(stored: CalendarStored) -> CalendarStored:
            already = {(one.day, one.kind) for one in stored.declared}
            more = (one for one in days if (one.day, one.kind) not in already)
            return replace(stored, declared=_in_order((*stored.declared, *more)))

        return self._changed(self._scopes(partnership), add, reason, year)

    def without(self, days: Collection[date], partnership: str, reason: str, year: int) -> Changed:
        """Return the calendars without what was declared on these days: closures of a partnership, else holidays."""
        kind = "closure" if partnership else "holiday"

        def drop(stored: CalendarStored) -> CalendarStored:
            kept = (one for one in stored.declared if one.day not in days or one.kind != kind)
            return replace(stored, declared=tuple(kept))

        return self._changed(self._scopes(partnership), drop, reason, year)

    def on(self, library: CalendarStored, reason: str, year: int) -> Changed:
        """Return the calendars with the bank holidays of `library` in place of their own; what was declared stays."""

        def rebase(stored: CalendarStored) -> CalendarStored:
            return replace(
                stored,
                days=library.days,
                source=library.source,
                first_year=library.first_year,
                last_year=library.last_year,
            )

        return self._changed(self._scopes(WHOLE_NATION), rebase, reason, year)

    def _scopes(self, partnership: str) -> tuple[str, ...]:
        return (partnership,) if partnership else tuple(self.latest)

    def _changed(
        self, scopes: Iterable[str], change: Callable[[CalendarStored], CalendarStored], reason: str, year: int
    ) -> Changed:
        changed = {}
        for scope in scopes:
            before = self.of(scope)
            after = change(before)
            if _content(after) != _content(before):
                changed[scope] = replace(self._named(after, year), reason=reason)
        return Changed(changed, NationCalendars({**self.latest, **changed}, self.known))

    def _named(self, stored: CalendarStored, year: int) -> CalendarStored:
        """Return a calendar under the name its days have had before, or a new one: the same days, the same version."""
        wanted = _content(stored)
        for known in reversed(self.known):
            if _content(known) == wanted:
                return replace(stored, version=known.version)
        code = stored.version.split("-")[0]
        words = [code, *([stored.partnership] if stored.partnership else []), str(year)]
        return replace(stored, version="-".join((*words, hashlib.sha256(wanted.encode()).hexdigest()[:8])))


@dataclass(frozen=True, slots=True)
class Changed:
    """New versions to be stored, by whom they are for, and all calendars as they stand after."""

    stored: Mapping[str, CalendarStored]
    after: NationCalendars

    def version_for(self, partnership: str) -> str:
        """Return the version that cases of this partnership count by now."""
        return self.after.of(partnership).version


def non_working(stored: CalendarStored) -> dict[date, DeclaredDay | str]:
    """Return every day that is not worked, weekends aside, in order: a bank holiday's name, or what was declared."""
    every: dict[date, DeclaredDay | str] = {}
    for one in sorted(stored.declared, key=lambda one: one.kind):  # a closure on a holiday is a holiday
        every[one.day] = every.get(one.day, one) if one.kind == "closure" else one
    every |= {date.fromisoformat(day): name for day, name in stored.days.items()}
    return dict(sorted(every.items()))


def working_calendar(stored: CalendarStored) -> WorkingCalendar:
    """Return a calendar to count by."""
    days = {day: what if isinstance(what, str) else what.name for day, what in non_working(stored).items()}
    return WorkingCalendar(stored.version, days, stored.first_year, stored.last_year)


def calendars_of(stored: Sequence[CalendarStored], nation: str, first: CalendarStored | None = None) -> NationCalendars:
    """Return a nation's calendars as they stand, from every version in the order it was stored.

    Args:
        first: the nation's own, where none is stored yet.
    Raises:
        LookupError: none is stored, and `first` is None.
    """
    latest = {WHOLE_NATION: first} if first else {}
    latest |= {one.partnership: one for one in stored if one.nation == nation}
    if WHOLE_NATION not in latest:
        raise LookupError(nation)
    return NationCalendars(latest, tuple(stored))


def _in_order(days: Iterable[DeclaredDay]) -> tuple[DeclaredDay, ...]:
    return tuple(sorted(days, key=lambda one: (one.day, one.kind)))


def _content(stored: CalendarStored) -> str:
    """Return everything a version says but its name and why it was stored, as one text."""
    lines = [stored.nation, stored.partnership, stored.source, f"{stored.first_year} {stored.last_year}"]
    lines += [f"{day} {name}" for day, name in sorted(stored.days.items())]
    lines += [f"{one.day} {one.kind} {one.name} ({one.source})" for one in stored.declared]
    return "\n".join(lines)
