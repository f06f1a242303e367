"""Attack thousands of random published tables: the rule keeps its counts of 1 to 4; hiding those under 5 does not.

    python tests/proofs/attacker.py [how many]

Tables of 2 to 6 lines and columns with all totals, busy and quiet; two rolling years that share nine months; and runs
of rolling years with their quarters. The attacker has everything published; each range they find must hold the true
count. It prints how many true counts of 1 to 4 were found exactly, and to within 1. It ends with 1 where the attacker
won over the rule, where on one table the rule alone held worse than it was measured at before it was chosen, or where
hiding under 5 did not fail.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from escalate.core.reports.adding_up import found, true_counts
from escalate.core.reports.attacker import attacks, is_withheld
from escalate.core.reports.intervals import Range
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Period, Report, Row, Table, Unit
from escalate.core.reports.rule import Rule

TIMES = {"full": 5000, "part": 500}
FIRST_YEAR = Period(date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026")
NEXT_YEAR = Period(date(2025, 7, 1), date(2026, 6, 30), "July 2025 to June 2026")
MOST_EXACT, MOST_NEAR = 1 / 4943, 34 / 4943
"""What the chosen rule was measured at, without withholding: the share of true counts of 1 to 4 found."""

Grid = list[list[int]]


class OnlySmall(Rule):
    """Hide 1 to 4, and tell everything else as it is."""

    __slots__ = ()

    def hides(self, count: int) -> bool:
        return 1 <= count <= 4

    def of_hidden(self) -> Range:
        return Range(1, 4)

    def of_told(self, told: int) -> Range:
        return Range(told, told)


# With `least` 1 nothing is withheld: what the rule itself gives away.
RULES = {
    "hide 1 to 4": OnlySmall(fewer_than=5, base=1, least=1),
    "hide under 5": Rule(fewer_than=5, base=1, least=1),
    "0 to 7 hidden, the rest rounded": Rule(least=1),
    "the same, and withheld where it would tell": Rule(),
}
HIDE_ONE_TO_FOUR, HIDE_UNDER_5, ROUNDED, KEPT = RULES


@dataclass
class Tally:
    """What an attacker found of the true counts of 1 to 4 that were told of, and how."""

    small: int = 0
    exact: int = 0
    near: int = 0
    withheld: int = 0
    wrong: int = 0
    longest: float = 0.0


def a_busy_grid(chance: random.Random) -> Grid:
    """Return counts of which about one in a table is small."""
    lines, columns = chance.randint(2, 6), chance.randint(2, 6)
    return [[chance.randint(0, 60) for _ in range(columns)] for _ in range(lines)]


def a_quiet_grid(chance: random.Random) -> Grid:
    """Return counts as a partnership has them in a year: mostly none or few."""
    lines, columns = chance.randint(2, 6), chance.randint(2, 6)
    mean = chance.choice((2.0, 4.0, 8.0))
    return [[int(chance.expovariate(1 / mean)) for _ in range(columns)] for _ in range(lines)]


def two_rolling_years(chance: random.Random) -> list[Report]:
    """Return reports of two years that share nine months, each count three months' more than what they share."""
    shared = chance.choice((a_busy_grid, a_quiet_grid))(chance)
    over, new = ([[int(chance.expovariate(1 / 3.0)) for _ in counts] for counts in shared] for _ in range(2))
    return [a_report(_sum(shared, over)), a_report(_sum(shared, new), NEXT_YEAR)]


def rolling_years_and_quarters(chance: random.Random) -> list[Report]:
    """Return reports of five rolling years a quarter apart, each after that of its newest quarter: the worst custom."""
    lines, columns, mean = chance.randint(2, 4), chance.randint(2, 4), chance.choice((2.0, 6.0))
    grids = [[[int(chance.expovariate(1 / mean)) for _ in range(columns)] for _ in range(lines)] for _ in range(8)]
    days = [date(2025 + number // 4, 1 + 3 * (number % 4), 1) for number in range(9)]
    reports = []
    for newest in range(3, 8):
        year, last = grids[newest - 3], days[newest + 1] - timedelta(days=1)
        for grid in grids[newest - 2 : newest + 1]:
            year = _sum(year, grid)
        reports.append(a_report(grids[newest], Period(days[newest], last, f"Quarter {newest}")))
        reports.append(a_report(year, Period(days[newest - 3], last, f"Year to quarter {newest}")))
    return reports


KINDS: dict[str, Callable[[random.Random], list[Report]]] = {
    "busy tables": lambda chance: [a_report(a_busy_grid(chance))],
    "quiet tables": lambda chance: [a_report(a_quiet_grid(chance))],
    "pairs of rolling years": two_rolling_years,
    "runs of five rolling years with their quarters": rolling_years_and_quarters,
}


def a_report(grid: Grid, period: Period = FIRST_YEAR) -> Report:
    """Return a report of one table with all totals."""
    told = [Row(f"Theme {place}", (*counts, sum(counts))) for place, counts in enumerate(grid, 1)]
    columns = [sum(column) for column in zip(*grid, strict=True)]
    unit: Unit = "cases"
    table = Table(
        id="themes",
        title="Themes by stage",
        heads="Theme",
        columns=(*(f"Stage {place}" for place in range(1, len(columns) + 1)), "All"),
        units=(unit,) * (len(columns) + 1),
        rows=(*told, Row("All", (*columns, sum(columns)), is_total=True)),
    )
    return Report(
        policy="exampleshire-2025-09",
        partnership="Exampleshire",
        group="Quality Group",
        edition="restricted",
        period=period,
        as_of=period.last,
        tables=(table,),
    )


def attack(true: Sequence[Report], rule: Rule, tally: Tally) -> None:
    """Publish reports one after the other, attack each time, and count what was found of the last."""
    before: list[Report] = []
    for report in true:
        began = time.perf_counter()
        before.append(published(report, before, rule))
        tally.longest = max(tally.longest, time.perf_counter() - began)
    findings = attacks(before, rule, found(true[-1].tables))
    counts = {
        (at, count): number
        for at, report in enumerate(true)
        for table, told in zip(report.tables, before[at].tables, strict=True)
        if not is_withheld(told)
        for count, number in true_counts(table).items()
    }
    tally.withheld += any(is_withheld(table) for report in before for table in report.tables)
    for key, number in counts.items():
        known = findings.known[key]
        tally.wrong += number not in known
        if 1 <= number <= 4:
            tally.small += 1
            tally.exact += known.low == known.high
            tally.near += known.high - known.low <= 1


def attack_all(times: int, kind: str, names: Iterable[str] = RULES) -> dict[str, Tally]:
    """Return what was found under each of these rules in this many of a kind."""
    tallies = {name: Tally() for name in names}
    for number in range(times):
        reports = KINDS[kind](random.Random(f"{kind} {number}"))
        for name, tally in tallies.items():
            attack(reports, RULES[name], tally)
    return tallies


def _sum(one: Grid, other: Grid) -> Grid:
    return [[a + b for a, b in zip(left, right, strict=True)] for left, right in zip(one, other, strict=True)]


def a_large_report() -> Report:
    """Return fifteen tables of 30 lines and 8 columns, with totals."""
    chance = random.Random(15)
    tables = []
    for number in range(15):
        (table,) = a_report([[int(chance.expovariate(1 / 9.0)) for _ in range(7)] for _ in range(29)]).tables
        tables.append(replace(table, id=f"table-{number}", heads=f"Division {number}"))
    return replace(a_report([[1, 1], [1, 1]]), tables=tuple(tables))


def faults(kind: str, tallies: dict[str, Tally]) -> list[str]:
    """Return what went otherwise than it has to."""
    wrong = [f"{kind}, {name}: a true count lay outside what was found" for name in tallies if tallies[name].wrong]
    kept, rounded = tallies[KEPT], tallies[ROUNDED]
    if kept.exact or kept.near:
        wrong.append(f"{kind}: the attacker found what the rule was to keep")
    is_worse = rounded.exact > MOST_EXACT * rounded.small or rounded.near > MOST_NEAR * rounded.small
    if is_worse and kind.endswith("tables"):
        wrong.append(f"{kind}: rounding held worse than it was measured at")
    naive = (name for name in (HIDE_ONE_TO_FOUR, HIDE_UNDER_5) if 10 * tallies[name].exact < tallies[name].small)
    return wrong + [f"{kind}: to {name} did not fail" for name in naive]


def main(asked: int) -> int:
    wrong = []
    for kind in KINDS:
        times = asked // 25 if kind.startswith("runs") else asked
        tallies = attack_all(times, kind)
        wrong += faults(kind, tallies)
        print(f"{times} {kind}; true counts of 1 to 4:")
        for name, t in tallies.items():
            told = f"{t.small} told of, {t.exact} found exactly, {t.near} to within 1; {t.withheld} withheld"
            print(f"    {name}: {told}; at most {t.longest:.2f} seconds")
    first, following = a_large_report(), replace(a_large_report(), period=NEXT_YEAR)
    before = [published(first)]
    began = time.process_time()
    published(following, before)
    print(f"15 tables of 30 by 8, after as many before: {time.process_time() - began:.1f} seconds of work")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]))
