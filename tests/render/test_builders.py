from __future__ import annotations

from pathlib import Path

from escalate.store.verify import verify
from tests.builders import a_case, a_home, database_in, told


def test_a_built_case_verifies(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-01"))
    case.correct(8, "2026-04-02", said="Once more.").redact(8, "2026-04-02")

    report = verify(database_in(tmp_path))

    assert (report.problems, report.cases, report.blanked) == ((), 1, 1)
