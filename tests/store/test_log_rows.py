from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from escalate.core.reports.log import Asked
from escalate.core.reports.periods import year
from escalate.store import readers
from escalate.store.log_rows import cases_asked_for, entries_of_each
from tests.builders import a_case, a_home, discussed, ended, entered, told

OF_2026 = Asked(period=year(2026))


def test_the_entries_of_many_cases_are_those_of_each_without_the_words_no_log_tells(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    first = a_case(home, told("2026-04-01"), discussed("2026-04-02"), ended("1", "unresolved", "2026-04-02"))
    first.correct(first.events()[-1].sequence, "2026-04-07", to="2026-04-03").redact(8, "2026-04-08")
    second = a_case(home, entered("2", "2026-04-09", left="1"), number=2)

    with closing(readers.open_for_reading(home / "escalate.db")) as con:
        found = dict(entries_of_each(con, [second.stream, first.stream]))

    assert list(found) == [second.stream, first.stream]
    assert found[first.stream] == first.events()
    assert found[second.stream] == second.events()


def test_the_first_raised_stands_first_and_the_lower_reference_on_one_day(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    for number, day in ((1, 9), (3, 1), (2, 1)):
        a_case(home, number=number, decision_received_on=date(2026, 4, day))

    with closing(readers.open_for_reading(home / "escalate.db")) as con:
        rows = cases_asked_for(con, OF_2026)

    assert [row["reference"][5:14] for row in rows] == ["2026-0002", "2026-0003", "2026-0001"]
    assert [row["raised_on"] for row in rows] == ["2026-04-01", "2026-04-01", "2026-04-09"]
