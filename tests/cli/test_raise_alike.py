"""A concern that is raised again while a case like it is open: said, and never refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kept import references
from tests.cli.raised import MINIMAL
from tests.running import run


def test_the_same_concern_raised_again_opens_a_case_and_names_the_one_that_is_open(home: Path) -> None:
    assert run(home, "raise", typed=MINIMAL).err == ""
    (first,) = references(home)

    again = run(home, "raise", typed=MINIMAL)

    assert (again.code, again.err) == (0, f"note: a case like it is open already: {first}\n")
    assert len(references(home)) == 2


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Rowan Testcase", "Kim Testcase"),
        ("Exampleshire Children's Social Care", "Invented Health"),
        ("2026-04-01", "2026-03-31"),
        ("one visit", "two visits"),
    ],
    ids=["another child", "another agency", "another day", "another decision"],
)
def test_what_differs_in_child_agency_day_or_decision_is_another_case(home: Path, was: str, now: str) -> None:
    assert run(home, "raise", typed=MINIMAL).code == 0

    assert run(home, "raise", typed=MINIMAL.replace(was, now)).err == ""
