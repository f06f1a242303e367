"""Which of what is owed `escalate` alone shows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from escalate.core.views import DueItem
from escalate.render.today_page import pressing


def a_row(part: str, key: str, working: str = "{}") -> dict[str, Any]:
    from dataclasses import MISSING, fields

    empty = {f.name: "" for f in fields(DueItem) if f.default is MISSING and f.default_factory is MISSING}
    item = DueItem(**{**empty, "key": key, "working": working, "is_open": True})
    return {**asdict(item), "due_on": None, "part": part}


def test_the_end_of_a_stage_this_week_stands_before_what_has_no_date() -> None:
    undated = [a_row("no date", f"duty-{number}") for number in range(1, 6)]
    ending = a_row("this week", "stage-2-resolve", '{"settles": true}')
    other = a_row("this week", "stage-2-reply")

    shown = pressing([a_row("today", "now"), *undated, ending, other])

    assert [row["key"] for row in shown] == ["now", "stage-2-resolve", "duty-1", "duty-2", "duty-3"]
