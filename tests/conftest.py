"""What holds for every test: nothing said to `escalate` in the environment, by a developer or by a test before."""

from __future__ import annotations

import pytest

from tests.running import say_nothing_in_the_environment


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    say_nothing_in_the_environment(monkeypatch)
