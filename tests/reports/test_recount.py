"""The figures of reports against a recount of the same entries that shares nothing with what they are counted from."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.casework.standing import stand_as_of_day
from escalate.core.reports.counted import Counted
from escalate.core.reports.periods import days, quarter, year
from escalate.core.reports.report import Period
from escalate.store import readers
from escalate.store.report_rows import count
from escalate.store.report_scope import Scope, asked_of
from tests.builders import POLICY, database_in
from tests.reports.partnership import a_partnership
from tests.reports.recount import Recounted, counted_once, read_ledger, recount

TODAY = date(2026, 4, 15)
WRITTEN_OUT = (
    *(f"stage-{stage}-{act}" for stage in (1, 2, 3) for act in ("resolve", "confirm")),
    "stage-1-raise",
)


@pytest.fixture(scope="session")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database_in(a_partnership(tmp_path_factory.mktemp("partnership"), 200))


def plainly(counted: Counted) -> dict[str, Any]:
    """Return what a report counted, under the names of the recount."""
    headline = counted.headline
    lines = counted.lines.items()
    return {
        **{name: getattr(headline, name) for name in ("raised", "received", "resolved", "withdrawn", "reopened")},
        "open_at_end": headline.open_at_end,
        "open_at_start": headline.open_at_start,
        "days": Counter(headline.days),
        "entered": Counter(counted.entered),
        "resolved_at": Counter(counted.resolved_at),
        "stage_days": Counter(
            {(stage, days): number for stage, found in counted.stage_days.items() for days, number in found.items()}
        ),
        "outcomes": Counter({key: number for key, (number, _) in counted.outcomes.items()}),
        "confirmed": Counter({key: sure for key, (_, sure) in counted.outcomes.items()}),
        "lines": {
            sort: {
                "raised": Counter({mark: line.raised for mark, line in found.items()}),
                "resolved": Counter({mark: line.resolved for mark, line in found.items()}),
            }
            for sort, found in lines
        },
        "clocks": {
            key: found
            for key, found in counted.clocks.items()
            if key[0] in WRITTEN_OUT and (not key[1] or key[1] == "stage-3-time/text")
        },
        "recommendations": sum(counted.recommendations.values()),
        "responses": Counter(counted.responses),
        "learning": sum(counted.learning.values()),
        "same_child": counted.same_child,
        "same_pair": counted.same_pair,
    }


def as_counted(database: Path, period: Period, scope: Scope, as_of: date = TODAY) -> dict[str, Any]:
    with closing(readers.open_for_reading(database)) as con:
        con.execute("BEGIN")
        if as_of < TODAY:
            stand_as_of_day(con, as_of)
        return plainly(count(con, asked_of(con, scope, period, as_of.isoformat()), period))


PERIODS = [*(quarter(2023, number) for number in (1, 2, 3, 4)), year(2024), days(date(2022, 2, 3), date(2023, 5, 6))]


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.called)
def test_the_figures_of_a_period_are_those_of_the_recount(partnership: Path, period: Period) -> None:
    expected = recount(counted_once(read_ledger(partnership)), period, TODAY)

    assert as_counted(partnership, period, Scope(POLICY)) == expected


def test_the_figures_as_of_a_day_are_those_of_what_was_recorded_by_then(partnership: Path) -> None:
    day = date(2023, 8, 15)
    expected = recount(counted_once(read_ledger(partnership, day)), quarter(2023, 2), day)

    assert as_counted(partnership, quarter(2023, 2), Scope(POLICY), day) == expected


def only(cases: list[Recounted], fits: Any) -> list[Recounted]:
    return [case for case in cases if fits(case)]


@pytest.mark.parametrize(
    ("scope", "fits"),
    [
        (
            Scope(POLICY, agency="Exampleshire Police"),
            lambda case: "Exampleshire Police" in [case.names[one] for one in case.agencies],
        ),
        (Scope(POLICY, theme="roles"), lambda case: "roles" in case.themes),
        (Scope(POLICY, stages=("2", "3")), lambda case: {"2", "3"} & {stage for stage, _, _ in case.stages}),
        (
            Scope(POLICY, stages=("2",), only_resolved=True),
            lambda case: bool(case.resolved_on) and case.resolved_stage == "2",
        ),
    ],
    ids=["agency", "theme", "stages", "resolved at"],
)
def test_a_part_of_the_cases_is_counted_as_the_recount_does(partnership: Path, scope: Scope, fits: Any) -> None:
    cases = only(counted_once(read_ledger(partnership)), fits)
    expected = recount(cases, year(2023), TODAY)
    found = as_counted(partnership, year(2023), scope)

    # Whether a case is about a child of an earlier one does not depend on which cases are asked for.
    for figure in ("same_child", "same_pair"):
        del expected[figure], found[figure]
    assert found == expected


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.called)
def test_open_at_the_start_and_raised_less_what_ended_are_open_at_the_end(partnership: Path, period: Period) -> None:
    with closing(readers.open_for_reading(partnership)) as con:
        con.execute("BEGIN")
        counted = count(con, asked_of(con, Scope(POLICY), period, TODAY.isoformat()), period)
    head = counted.headline

    assert head.open_at_start + head.raised - head.resolved - head.withdrawn == head.open_at_end
    assert len(counted.still_open) == head.open_at_end
    assert sum(silent for _, silent in counted.unanswered.values()) == sum(
        number for (_, outcome), (number, _) in counted.outcomes.items() if outcome == "no response"
    )
