"""What holds for every test: homes of its own, and nothing said to `escalate` in the environment.

Neither by a developer nor by a test before.
"""

from __future__ import annotations

import pytest

from tests.made_once import another_test_begins
from tests.running import say_nothing_in_the_environment


@pytest.fixture(autouse=True)
def homes_of_its_own() -> None:
    another_test_begins()


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    say_nothing_in_the_environment(monkeypatch)
