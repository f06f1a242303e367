"""The counting of amounts that Knowsley's policy does not use: hours, calendar days, ranges, long stretches."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from escalate.core.views import DueItem
from escalate.core.working_days import WorkingCalendar
from escalate.render.why_text import Asked, explain

CALENDAR = WorkingCalendar(
    "ENG-2026-invented",
    {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday", date(2026, 5, 4): "May Day"},
)
ASKED = Asked(today=date(2026, 4, 1), calendar=CALENDAR)


def said(timescale: str, start_on: str, due_on: date, **more: Any) -> list[str]:
    working = {"timescale": timescale, "start_on": start_on, "started_by": "the concern arose", **more}
    item = DueItem(
        key="invented",
        item="invented",
        sort="clock",
        act="answer",
        force="must",
        who="the manager",
        side="theirs",
        clause="4.2",
        rule="X1",
        due_on=due_on,
        policy_due_on=due_on,
        working=json.dumps(working),
    )
    lines = [
        "".join(part if isinstance(part, str) else part[0] for part in line.parts) for line in explain(item, ASKED)
    ]
    return lines[lines.index(next(line for line in lines if line.startswith("Counted from"))) + 1 :]


def test_hours_without_a_time_count_from_midnight_and_say_so() -> None:
    assert said("24 hours", "2026-04-02", date(2026, 4, 3)) == [
        "24 clock hours end on Friday 3 April 2026 at 00:00; the time is not recorded, so it counts from 00:00."
    ]


def test_hours_with_a_time_end_at_that_time() -> None:
    assert said("24 hours", "2026-04-02", date(2026, 4, 3), start_time="14:30") == [
        "24 clock hours end on Friday 3 April 2026 at 14:30."
    ]


def test_calendar_days_say_that_weekends_count() -> None:
    assert said("3 calendar days", "2026-04-02", date(2026, 4, 5)) == [
        "3 calendar days end on Sunday 5 April 2026; weekends and holidays count.",
        "Fri 3 Apr 2026  day 1",
        "Sat 4 Apr 2026  day 2",
        "Sun 5 Apr 2026  day 3",
    ]


def test_the_same_working_day_from_good_friday_is_the_tuesday_after() -> None:
    lines = said("the same working day", "2026-04-03", date(2026, 4, 7))

    assert (
        lines[0] == "The same working day is Tuesday 7 April 2026; that day is not a working day, so the next one is."
    )
    assert lines[1] == "Fri 3 Apr 2026  not counted: Good Friday"
    assert lines[-2] == "Met through the end of Tuesday 7 April 2026; missed from Wednesday 8 April 2026."


def test_of_a_range_the_last_day_governs() -> None:
    assert said("1 to 2 working days", "2026-04-01", date(2026, 4, 7))[0] == "2 working days, the last of 1 to 2:"


def test_a_long_stretch_is_told_by_weeks_with_every_holiday_named() -> None:
    lines = said("25 working days", "2026-04-01", date(2026, 5, 11))

    assert lines == [
        "25 working days:",
        "week of Mon 30 Mar 2026: day 1 (1 day); not counted: Good Friday (Fri 3 Apr 2026)",
        "week of Mon 6 Apr 2026: days 2 to 5 (4 days); not counted: Easter Monday (Mon 6 Apr 2026)",
        "week of Mon 13 Apr 2026: days 6 to 10 (5 days)",
        "week of Mon 20 Apr 2026: days 11 to 15 (5 days)",
        "week of Mon 27 Apr 2026: days 16 to 20 (5 days)",
        "week of Mon 4 May 2026: days 21 to 24 (4 days); not counted: May Day (Mon 4 May 2026)",
        "week of Mon 11 May 2026: day 25 (1 day)",
        "Met through the end of Monday 11 May 2026; missed from Tuesday 12 May 2026.",
        "Calendar: ENG-2026-invented.",
    ]


def test_people_s_reasons_are_part_of_the_explanation_as_written() -> None:
    agreed = [{"by_on": "2026-04-02", "agreed_on": "2026-04-01", "reason": "[red] :x:", "keeps_safe": ""}]

    lines = said("5 working days", "2026-04-01", date(2026, 4, 2), agreed=agreed)

    assert lines[-1] == "Reason: [red] :x:"
