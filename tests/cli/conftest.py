"""A home that is set up, a case in it, and somebody at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Built, a_case, a_home
from tests.cli.typist import Typist


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home set up by Alex Practitioner of Invented Primary School, with numbers to telephone."""
    return a_home(tmp_path / "home")


@pytest.fixture
def case(home: Path) -> Built:
    """A case at stage 1, about Rowan Testcase: the concern is of Wednesday 1 April 2026."""
    return a_case(home)


@pytest.fixture(params=["plain", "editing"])
def typist(request: pytest.FixtureRequest, home: Path) -> Iterator[Typist]:
    """Somebody at a terminal, asked in both ways there are."""
    sitting = Typist(home, request.param)
    yield sitting
    if sitting.child is not None:
        sitting.child.close(force=True)


@pytest.fixture
def plain_typist(home: Path) -> Iterator[Typist]:
    """Somebody at a terminal, asked in plain lines."""
    sitting = Typist(home)
    yield sitting
    if sitting.child is not None:
        sitting.child.close(force=True)
