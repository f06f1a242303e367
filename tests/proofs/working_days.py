"""Count working days from a million random dates, and compare each with what the library `holidays` counts itself.

    python tests/proofs/working_days.py [how many]

Most are England's; the other nations have a tenth each. Of each date: whether it is a working day, the Nth working day
after it, the same working day, and how many working days lie between. Ends with 1 where any differs.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

import holidays

from escalate.bank_holidays import bank_holidays
from escalate.core.working_days import WorkingCalendar, add_working_days, same_working_day

TIMES = {"full": 1_000_000, "part": 100_000}
FIRST, LAST, MOST_DAYS = 1996, 2045, 25
NATIONS = {"England": ("ENG", 7), "Wales": ("WLS", 1), "Scotland": ("SCT", 1), "Northern Ireland": ("NIR", 1)}


def differing(nation: str, times: int, chance: random.Random) -> Iterator[str]:
    """Yield a line for each random date on which the two do not agree."""
    years = range(FIRST - 1, LAST + 2)
    found = bank_holidays(cast(Any, nation), years)
    ours = WorkingCalendar(nation, {date.fromisoformat(day): name for day, name in found.items()})
    theirs = holidays.country_holidays("GB", subdiv=NATIONS[nation][0], years=years)
    first, last = date(FIRST, 1, 1).toordinal(), date(LAST, 12, 31).toordinal()
    for _ in range(times):
        day, days = date.fromordinal(chance.randint(first, last)), chance.randint(1, MOST_DAYS)
        end = add_working_days(day, days, ours)
        compared = {
            "is a working day": (ours.is_working(day), theirs.is_working_day(day)),
            f"+ {days} working days": (end, theirs.get_nth_working_day(day, days)),
            "the same working day": (same_working_day(day, ours), _same(day, theirs)),
            f"working days to {end}": (
                _between(day, end, ours),
                theirs.get_working_days_count(day + timedelta(days=1), end),
            ),
        }
        for what, (mine, other) in compared.items():
            if mine != other:
                yield f"{nation}, {day}, {what}: {mine} here, {other} there"


def _same(day: date, theirs: Any) -> date:
    return day if theirs.is_working_day(day) else cast(date, theirs.get_nth_working_day(day, 1))


def _between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Return how many working days lie after `start`, up to and including `end`."""
    return calendar.working_days_before(end.toordinal() + 1) - calendar.working_days_before(start.toordinal() + 1)


def main(times: int) -> int:
    chance = random.Random(times)
    counts: Counter[str] = Counter()
    for nation, (_, tenths) in NATIONS.items():
        counts[nation] = times * tenths // 10
        found = list(differing(nation, counts[nation], chance))
        if found:
            print(f"{nation}: {len(found)} of {counts[nation]} dates differ:", *found[:20], sep="\n    ")
            return 1
    said = ", ".join(f"{nation} {count}" for nation, count in counts.items())
    print(f"{counts.total()} random dates of {FIRST} to {LAST}, up to {MOST_DAYS} working days: all agree ({said})")
    return 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]
    sys.exit(main(asked))
