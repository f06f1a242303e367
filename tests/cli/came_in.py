"""Cases in a partnership's own record, opened from forms that came in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.casework.desk import Desk
from escalate.casework.logged_cases import open_logged_case
from escalate.core.logged import Logged, LoggedChild

ROWAN = LoggedChild(name="Rowan Testcase", born_on=date(2019, 3, 3))


def came_in(home: Path, *, today: str = "2026-04-10", **more: Any) -> str:
    """Log a case of Invented High School's at stage 3, entered on Thursday 9 April; return its reference here."""
    given: dict[str, Any] = {
        "policy": "knowsley-2020-11",
        "raising_agency": "Invented High School",
        "receiving_agencies": ("Exampleshire Children's Social Care",),
        "children": (ROWAN,),
        "stage": "3",
        "concern_on": date(2026, 4, 1),
        "stage_on": date(2026, 4, 9),
        "their_reference": "KSCP-2026-0007-Q4TX",
        "their_case": "case-of-theirs",
        "raised_by": "Dana Lead",
        "concern": "Attendance fell.",
        "outcome_wanted": "A strategy discussion.",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALATE_TODAY", today)
        with Desk(home) as desk, desk.ledger.writing() as book:
            stream = open_logged_case(desk, book, Logged(**{**given, **more}))
            return desk.keep(book, stream).case.reference
