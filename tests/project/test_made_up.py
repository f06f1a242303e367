"""The invented cases that speed is measured on are as good as recorded ones, in every table."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.made_up import make_home
from escalate.casework.recheck import rebuilt_views
from escalate.store.kept_rows import REPORT_KEYS
from escalate.store.verify import verify

CASES = 30


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up")
    make_home(folder, cases=CASES)
    return folder / "escalate.db"


def counted(database: Path, sql: str) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as con:
        return dict(con.execute(sql).fetchall())


def test_the_invented_cases_are_as_many_as_asked_for_and_one_in_twenty_is_open(database: Path) -> None:
    states = counted(database, "SELECT state = 'ended', count(*) FROM case_view GROUP BY 1")

    assert states == {0: 3, 1: CASES - 3}


def test_their_entries_are_as_good_as_recorded_ones(database: Path) -> None:
    report = verify(database)

    assert (report.is_sound, report.problems, report.cases) == (True, (), CASES)


def test_what_is_shown_of_them_and_what_reports_count_them_by_is_what_their_entries_make(database: Path) -> None:
    assert rebuilt_views(database) == []


def test_what_reports_count_them_by_is_kept_of_each(database: Path) -> None:
    kept = {
        table: counted(database, f"SELECT 'cases', count(DISTINCT stream) FROM {table}")["cases"]
        for table in REPORT_KEYS
        if table != "case_act"
    }

    assert kept == dict.fromkeys(("report_case", "stage_run", "clock_run", "case_mark"), CASES)
    assert counted(database, "SELECT sort, count(*) > 0 FROM case_act GROUP BY sort") == {"form": 1}
    assert len(counted(database, "SELECT ending, 1 FROM report_case GROUP BY ending")) == 2


def test_no_child_of_one_is_a_child_of_another(database: Path) -> None:
    marks = counted(database, "SELECT mark, count(*) FROM case_mark WHERE sort = 'child' GROUP BY mark")

    assert [number for mark, number in marks.items() if mark.startswith("child-")] == [1] * CASES
