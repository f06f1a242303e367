"""Days declared here, beside the bank holidays: one-off holidays, closures of a partnership, closures of an agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from escalate import clock
from escalate.casework.calendar_changes import Preview, preview
from escalate.casework.calendars import calendars_here, nation_of
from escalate.casework.desk import Desk, DraftOf
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.calendars import NationCalendars
from escalate.core.deciding import Decided
from escalate.errors import CannotDecide, NotFound
from escalate.files.policies.loading import load_policy
from escalate.store import readers
from escalate.store.calendar_rows import CALENDAR, standing_closures

MOST_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose days they are: all cases of `nation`, or of the policies with the prefix `partnership`."""

    nation: str
    partnership: str = ""

    @property
    def said(self) -> str:
        return self.partnership or self.nation


def scope_of(desk: Desk, kind: str, partnership: str = "", nation: str = "") -> Scope:
    """Return whose the days are: a holiday is its nation's, a closure its partnership's; those of setup by default.

    Raises:
        NotFound: setup has not been run, or no policy has this prefix.
    """
    header = load_policy(desk.setup().policy)[0].policy
    if kind == "holiday":
        return Scope(nation=nation or header.nation)
    prefix = partnership.upper() or header.prefix
    return Scope(nation=nation_of(prefix), partnership=prefix)


def days_from(first_on: date, last_on: date | None) -> tuple[date, ...]:
    """Return the days from one to another, both included: of several, those from Monday to Friday.

    Raises:
        CannotDecide: the last is before the first.
    """
    last_on = last_on or first_on
    count = (last_on - first_on).days + 1
    if count < 1:
        raise CannotDecide(
            f"{last_on:%d/%m/%Y} is before {first_on:%d/%m/%Y}", remedy="give the first day, then the last", recorded=""
        )
    days = tuple(first_on + timedelta(days=past) for past in range(count))
    return days if count == 1 else tuple(day for day in days if day.weekday() < 5)


def propose(desk: Desk, answers: Answers) -> Preview:
    """Return what declaring these days would move. Nothing is recorded.

    Args:
        answers: `kind` ("holiday" or "closure"), `day`, `until`, `because`, `source`, `partnership`, `nation`.
    Raises:
        CannotDecide: the days cannot be, are too many to be meant, lie in years whose bank holidays nobody knows, or
            are all declared already.
    """
    kind = "holiday" if answers.says("kind", "holiday") else "closure"
    scope = scope_of(desk, kind, answers.text("partnership"), answers.text("nation"))
    days = days_from(answers.day("day") or desk.today, answers.day("until"))
    because, source = answers.text("because"), answers.text("source")
    with desk.reading() as con:
        here = calendars_here(con, scope.nation, desk.today.year)
        before = here.of(scope.partnership)
        _refuse_too_many_or_unknown(days, before)
        declared = [e.DeclaredDay(day=day, name=because, kind=kind, source=source) for day in days]  # type: ignore[arg-type]
        changed = here.declaring(declared, scope.partnership, because, desk.today.year)
        if not changed.stored:
            raise CannotDecide(
                f"{scope.said}: {_said(days)}: declared already",
                remedy="to see it: escalate calendar show",
                recorded="",
            )
        notes = _without_effect(days, before)
        if not source:
            notes.append("no source was given: calendar check will ask for one")
        return preview(con, changed, (scope.nation, scope.partnership), desk.today, tuple(notes))


def propose_removal(desk: Desk, scope: Scope, days: Sequence[date], reason: str) -> Preview:
    """Return what removing declared days would move. Nothing is recorded; earlier versions of the calendar stay.

    Raises:
        CannotDecide: it is a bank holiday, which nobody declared here.
        NotFound: nothing is declared on these days.
    """
    with desk.reading() as con:
        here = calendars_here(con, scope.nation, desk.today.year)
        changed = here.without(set(days), scope.partnership, reason, desk.today.year)
        if not changed.stored:
            raise _nothing_to_remove(here, scope, days)
        return preview(con, changed, (scope.nation, scope.partnership), desk.today)


def record_closure(desk: Desk, answers: Answers, draft: DraftOf | None = None) -> e.AgencyClosureRecorded:
    """Record that an agency is closed. It moves nothing.

    Raises:
        CannotDecide: the last day is before the first.
    """
    first_on = answers.day("day") or desk.today
    last_on = answers.day("until") or first_on
    days_from(first_on, last_on)
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        name = answers.text("agency")
        chosen = readers.known_party(book.reading, name)
        known = [chosen] if chosen else readers.parties_named(book.reading, "agency", name)
        fact = e.AgencyClosureRecorded(
            closure=clock.new_id("closure"),
            agency=known[0].party if known else "",
            name=known[0].name if known else name,
            first_on=first_on,
            last_on=last_on,
            because=answers.text("because"),
            source=answers.text("source"),
        )
        book.append(CALENDAR, desk.new_events((Decided(fact=fact, on=desk.today),), draft), scribe)
        book.keep_closure(fact)
        if draft:
            book.drop_draft(draft.id)
    return fact


def cancel_closures(desk: Desk, agency: str, day: date, reason: str) -> tuple[e.AgencyClosureRecorded, ...]:
    """Record that an agency is not closed after all in the closure this day belongs to, and return what was recorded.

    Raises:
        NotFound: no closure of this agency holds the day.
    """
    scribe = desk.scribe()
    with desk.ledger.writing() as book:
        standing = standing_closures(list(book.events(CALENDAR))).values()
        found = tuple(
            one for one in standing if one.name.casefold() == agency.casefold() and one.first_on <= day <= one.last_on
        )
        if not found:
            raise NotFound(
                f"no closure of an agency of this name is recorded on {day:%d/%m/%Y}",
                remedy="to see them: escalate calendar show",
                recorded="",
            )
        facts = [e.AgencyClosureCancelled(closure=one.closure, reason=reason) for one in found]
        book.append(CALENDAR, desk.new_events([Decided(fact=fact, on=desk.today) for fact in facts]), scribe)
        for fact in facts:
            book.drop_closure(fact)
    return found


def _refuse_too_many_or_unknown(days: Sequence[date], stored: e.CalendarStored) -> None:
    if len(days) > MOST_DAYS:
        raise CannotDecide(
            f"{_said(days)}: that is {len(days)} days off for every case",
            remedy=f"at most {MOST_DAYS} at once; is a year mistyped, or is it one agency's closure (--agency)?",
            recorded="",
        )
    outside = [day for day in days if not stored.first_year <= day.year <= stored.last_year]
    if outside:
        raise CannotDecide(
            f"{outside[0]:%d/%m/%Y}: the calendar knows {stored.first_year} to {stored.last_year}",
            remedy="to have it know more years: escalate calendar check --adopt",
            recorded="",
        )


def _without_effect(days: Sequence[date], stored: e.CalendarStored) -> list[str]:
    notes = []
    for day in days:
        if day.weekday() >= 5:
            notes.append(f"{day:%d/%m/%Y} is at a weekend: it moves nothing")
        elif day.isoformat() in stored.days:
            notes.append(f"{day:%d/%m/%Y} is a bank holiday already: it moves nothing")
    return notes


def _nothing_to_remove(here: NationCalendars, scope: Scope, days: Sequence[date]) -> CannotDecide | NotFound:
    holidays = [day for day in days if day.isoformat() in here.of(scope.partnership).days]
    if holidays:
        return CannotDecide(
            f"{holidays[0]:%d/%m/%Y}: is a bank holiday of {scope.nation}, which nobody declared here",
            remedy="where the library is wrong, a newer one may know better: escalate calendar check",
            recorded="",
        )
    what = "no closure" if scope.partnership else "no one-off holiday"
    return NotFound(
        f"{scope.said}: {what} is declared on {_said(days)}",
        remedy="to see what is: escalate calendar show",
        recorded="",
    )


def _said(days: Sequence[date]) -> str:
    first, last = f"{days[0]:%d/%m/%Y}", f"{days[-1]:%d/%m/%Y}"
    return first if first == last else f"{first} to {last}"
