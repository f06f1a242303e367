"""Count the reports of an invented partnership over five years, and count them again by plain Python over its entries.

    python tests/proofs/recount.py [how many cases]

Every quarter, every year, the whole five years, and one quarter as it stood when its next month began. Says how long
each way took. Ends with 1 where any figure differs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import report_for
from escalate.core.reports.periods import days, quarter, year
from escalate.core.reports.report import Period
from escalate.store import readers
from escalate.store.report_rows import count
from escalate.store.report_scope import Scope, asked_of
from tests.builders import POLICY, database_in
from tests.reports.partnership import a_partnership
from tests.reports.recount import counted_once, read_ledger, recount
from tests.reports.test_recount import as_counted

CASES = {"full": 10_000, "part": 600}
TODAY = date(2026, 4, 15)
AS_OF = date(2024, 7, 31)
YEARS = range(2021, 2026)


def differing(database: Path) -> list[str]:
    """Return each figure that differs, with its period."""
    cases = counted_once(read_ledger(database))
    by_then = counted_once(read_ledger(database, AS_OF))
    periods = [
        *(quarter(of_year, number) for of_year in YEARS for number in (1, 2, 3, 4)),
        *map(year, YEARS),
        days(date(2021, 1, 1), date(2026, 4, 15)),
    ]
    found = []
    for period in periods:
        found += _differing(period, recount(cases, period, TODAY), as_counted(database, period, Scope(POLICY)))
    period = quarter(2024, 2)
    found += _differing(
        period, recount(by_then, period, AS_OF), as_counted(database, period, Scope(POLICY), AS_OF), "as it stood: "
    )
    return found


def _differing(period: Period, expected: dict[str, object], counted: dict[str, object], said: str = "") -> list[str]:
    return [f"{said}{period.called}: {name}" for name, figure in expected.items() if counted[name] != figure]


def say_times(database: Path) -> None:
    """Print how long a quarter, a year and five years take, by SQL alone and as a whole report."""
    for period in (quarter(2025, 4), year(2025), days(date(2021, 1, 1), date(2025, 12, 31))):
        with closing(readers.open_for_reading(database)) as con:
            began = time.perf_counter()
            count(con, asked_of(con, Scope(POLICY), period, TODAY.isoformat()), period)
            counted = time.perf_counter() - began
        began = time.perf_counter()
        report_for(database, Wanted(period=period, policy=POLICY), TODAY)
        whole = time.perf_counter() - began
        print(f"{period.called}: counted in {counted * 1000:.0f} ms, the whole report in {whole * 1000:.0f} ms")
    began = time.perf_counter()
    report_for(database, Wanted(period=quarter(2024, 2), policy=POLICY, as_of=AS_OF), TODAY)
    print(f"a quarter as of {AS_OF:%d/%m/%Y}: {time.perf_counter() - began:.1f} s")


def main() -> int:
    """Make the partnership, count it both ways, and say what differs."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES[os.environ.get("PROOFS", "full")]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        database = database_in(a_partnership(Path(folder), cases))
        print(f"{cases} cases made in {time.perf_counter() - began:.0f} s")
        say_times(database)
        began = time.perf_counter()
        found = differing(database)
        print(f"counted twice in {time.perf_counter() - began:.0f} s: {len(found)} figures differ")
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
