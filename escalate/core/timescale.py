"""Amounts of time as policies write them: "5 working days, or less if the child needs it", "immediately"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from escalate.core.working_days import WorkingCalendar, add_working_days, same_working_day

Unit = Literal["working days", "calendar days", "hours", "same working day", "immediately", "agreed date", "not stated"]

WRITTEN = (
    '"5 working days"',
    '"1 to 3 working days"',
    '"a working week"',
    '"10 calendar days"',
    '"24 hours"',
    '"the same working day"',
    '"immediately"',
    '"an agreed date"',
    '"not stated"',
)
LONGEST_DAYS = 3650
"""No policy lets a child wait ten years: a longer time is a slip."""
OR_LESS = ", or less if the child needs it"

_COUNTED = re.compile(r"(?:(\d+) to )?(\d+) (working|calendar) days?")
_HOURS = re.compile(r"(\d+) hours?")
_WORDS: dict[str, Unit] = {
    "the same working day": "same working day",
    "immediately": "immediately",
    "an agreed date": "agreed date",
    "not stated": "not stated",
}


@dataclass(frozen=True, slots=True)
class Timescale:
    """A time allowed. `amount` is in `unit`; of a range the last day governs and `least` is its first.

    `or_less`: the policy itself says that a shorter time that protects the child replaces it.
    """

    written: str
    unit: Unit
    amount: int = 0
    least: int = 0
    or_less: bool = False

    @property
    def has_date(self) -> bool:
        return self.unit not in ("agreed date", "not stated")


@cache
def parse_timescale(written: str) -> Timescale:
    """Return the timescale written as in `WRITTEN`, each optionally followed by `OR_LESS`.

    Raises:
        ValueError: with a sentence that lists what can be written.
    Example:
        >>> parse_timescale("5 working days, or less if the child needs it").amount
        5
    """
    text = written.removesuffix(OR_LESS)
    or_less = text != written
    if text in _WORDS:
        return Timescale(written, _WORDS[text], or_less=or_less)
    if text == "a working week":
        return Timescale(written, "working days", 5, 5, or_less)
    if found := _COUNTED.fullmatch(text):
        least, amount = int(found[1] or found[2]), int(found[2])
        if 0 < least <= amount <= LONGEST_DAYS:
            return Timescale(
                written, "working days" if found[3] == "working" else "calendar days", amount, least, or_less
            )
    elif (found := _HOURS.fullmatch(text)) and 0 < int(found[1]) <= LONGEST_DAYS * 24:
        return Timescale(written, "hours", int(found[1]), int(found[1]), or_less)
    allowed = ", ".join(WRITTEN)
    raise ValueError(f'timescale "{written}" is not one of {allowed}, each with or without "{OR_LESS}"')


def end_of(
    timescale: Timescale, start: date, start_time: str, calendar: WorkingCalendar, *, first_day: str = "the day after"
) -> tuple[date, str]:
    """Return the last day (and, for hours, the time "HH:MM") on which the timescale is met.

    The day of `start` is day 0. Hours are clock hours, counted from 00:00 where the time is unknown. The calendar
    never moves "immediately": it is the day itself.

    Args:
        first_day: "the day itself" counts the day of `start` as day 1, where it is a day that counts at all.
    Raises:
        ValueError: the timescale has no date of its own (see `Timescale.has_date`).
    Source: design of the counting; the five policies define none of these words.
    """
    if first_day == "the day itself" and timescale.unit in ("working days", "calendar days"):
        start -= timedelta(days=1)
    match timescale.unit:
        case "working days":
            return add_working_days(start, timescale.amount, calendar), ""
        case "calendar days":
            return start + timedelta(days=timescale.amount), ""
        case "same working day":
            return same_working_day(start, calendar), ""
        case "immediately":
            return start, ""
        case "hours":
            moment = datetime.combine(start, time.fromisoformat(start_time or "00:00"))
            moment += timedelta(hours=timescale.amount)
            return moment.date(), moment.strftime("%H:%M")
        case _:
            raise ValueError(f'"{timescale.written}" gives no date')
