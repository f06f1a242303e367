from __future__ import annotations

import runpy
from pathlib import Path
from typing import cast

import pytest

from escalate.ask.question import Script


@pytest.fixture(scope="session")
def script() -> Script:
    """The invented interview of `sample_interview.py`: risk, route, agencies, dates, concern, children."""
    return cast(Script, runpy.run_path(str(Path(__file__).with_name("sample_interview.py")))["SCRIPT"])
