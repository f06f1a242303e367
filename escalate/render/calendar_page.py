"""The working calendar on a screen: its days and where they come from, what a change would move, what a check found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from escalate.core.agency_closures import AgencyClosure
from escalate.render.console import Column, Screen
from escalate.render.days import format_short_day
from escalate.render.owed_words import Row

_KINDS = {"bank holiday": "bank holiday", "holiday": "one-off holiday", "closure": "partnership closed"}


class ClosureShown(Protocol):
    """An agency's closure, as recorded or as read."""

    @property
    def name(self) -> str: ...
    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date: ...
    @property
    def because(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """One version of a calendar.

    Args:
        row: the version's own row; `days`: its days, with `day`, `name`, `kind` and `source`.
        partnership: the name of the partnership whose cases count by it; `prefix`: that of its references; empty for a
            nation.
    """

    today: date
    row: Row
    partnership: str
    prefix: str
    days: Sequence[Row]
    closures: Sequence[AgencyClosure]

    def days_in(self, years: Sequence[int] | None) -> list[Row]:
        """Return the days of these years, or all."""
        return [day for day in self.days if years is None or int(day["day"][:4]) in years]


def show_calendar(screen: Screen, page: CalendarPage, years: Sequence[int]) -> None:
    """Write the calendar of these years, then the agencies' closures, which are no part of it."""
    row = page.row
    whose = f", as new cases of {page.partnership} ({page.prefix}) count by it" if page.partnership else ""
    screen.say((f"Working days of {row['nation']}", "heading"), whose)
    has_own = any(day["kind"] == "closure" for day in page.days)
    own = f", with closures of {row['partnership']}" if has_own else ""
    screen.say(f"Calendar {row['version']}{own}: bank holidays from {row['first_year']} to {row['last_year']}.", hang=2)
    screen.say(f"They come from: {row['source']}. Monday to Friday is worked, but for these days:", hang=2)
    columns = [Column("day", 16), Column("name"), Column("what", 18), Column("source", 24)]
    for year in years:
        if not row["first_year"] <= year <= row["last_year"]:
            screen.heading(str(year))
            screen.say(f"Nothing is known of {year}: its days are counted as if it had no bank holiday.", indent=2)
            continue
        screen.heading(str(year))
        screen.table(columns, [_cells(day) for day in page.days_in((year,))], has_head=False)
    shown = [one for one in page.closures if one.last_on.year >= years[0] and one.first_on.year <= years[-1]]
    if shown:
        screen.heading("Agencies' own closures: shown beside a deadline, never moving it")
        for one in shown:
            screen.say(f"{closure_in_words(one)}{_source(one.source)}", indent=2, hang=2)
    screen.gap()
    screen.say("Whether it still says what the library knows: escalate calendar check")


def calendar_as_plain(page: CalendarPage, years: Sequence[int] | None) -> dict[str, Any]:
    """Return the calendar as `--json` gives it."""
    row = page.row
    return {
        "version": row["version"],
        "nation": row["nation"],
        "partnership": row["partnership"],
        "source": row["source"],
        "first_year": row["first_year"],
        "last_year": row["last_year"],
        "days": [
            {name: day[name] for name in ("day", "name", "kind", "source")}
            | {"is_weekend": date.fromisoformat(day["day"]).weekday() >= 5}
            for day in page.days_in(years)
        ],
        "agency_closures": [closure_as_plain(one) for one in page.closures],
    }


def _cells(day: Row) -> list[Any]:
    on = date.fromisoformat(day["day"])
    kind = _KINDS[day["kind"]]
    at_weekend = " (moves nothing: at a weekend)" if on.weekday() >= 5 else ""
    source = (day["source"] or "no source") if day["kind"] != "bank holiday" else ""
    return [(format_short_day(on), "strong"), f"{day['name']}{at_weekend}", kind, source]


def _source(source: str) -> str:
    return f" [{source}]" if source else " [no source]"


def days_in_words(first_on: date, last_on: date) -> str:
    """Return one day, or from one to another, in short: "30 Mar to 10 Apr"."""
    first, last = (format_short_day(day, day).partition(" ")[2] for day in (first_on, last_on))
    if first_on == last_on:
        return first
    return (
        f"{first} to {last}" if first_on.year == last_on.year else f"{first} {first_on.year} to {last} {last_on.year}"
    )


def closure_in_words(one: ClosureShown) -> str:
    """Return an agency's closure: who, when, why."""
    return f"{one.name}: {days_in_words(one.first_on, one.last_on)} {one.last_on.year} ({one.because})"


def closure_as_plain(one: ClosureShown) -> dict[str, Any]:
    """Return an agency's closure as `--json` gives it."""
    return {
        "agency": one.name,
        "first_on": one.first_on,
        "last_on": one.last_on,
        "because": one.because,
        "source": one.source,
    }


def say_closure(screen: Screen, one: ClosureShown, before: str) -> None:
    """Say that an agency's closure was recorded or cancelled."""
    screen.say((before, "strong"), f"{closure_in_words(one)}{_source(one.source)}")
