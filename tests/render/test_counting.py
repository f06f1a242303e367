from __future__ import annotations

from datetime import date

from escalate.core.timescale import parse_timescale
from escalate.core.working_days import WorkingCalendar
from escalate.render.counting import count_days, summarise

EASTER = WorkingCalendar("ENG", {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"})


def test_five_working_days_over_easter_are_counted_out_loud() -> None:
    days = count_days(parse_timescale("5 working days"), date(2026, 4, 1), EASTER)

    assert list(summarise(days)) == [
        "Thu 2 Apr 2026   day 1",
        "Fri 3 Apr 2026   not counted: Good Friday",
        "Sat 4 Apr 2026   not counted: Saturday",
        "Sun 5 Apr 2026   not counted: Sunday",
        "Mon 6 Apr 2026   not counted: Easter Monday",
        "Tue 7 Apr 2026   day 2",
        "Wed 8 Apr 2026   day 3",
        "Thu 9 Apr 2026   day 4",
        "Fri 10 Apr 2026  day 5",
    ]


def test_the_same_working_day_from_a_holiday_counts_to_the_next_working_day() -> None:
    days = count_days(parse_timescale("the same working day"), date(2026, 4, 3), EASTER)

    assert list(summarise(days)) == [
        "Fri 3 Apr 2026  not counted: Good Friday",
        "Sat 4 Apr 2026  not counted: Saturday",
        "Sun 5 Apr 2026  not counted: Sunday",
        "Mon 6 Apr 2026  not counted: Easter Monday",
        "Tue 7 Apr 2026  day 1",
    ]


def test_the_same_working_day_from_a_working_day_needs_no_counting() -> None:
    assert count_days(parse_timescale("the same working day"), date(2026, 4, 2), EASTER) == []


def test_calendar_days_count_holidays_too() -> None:
    days = count_days(parse_timescale("3 calendar days"), date(2026, 4, 2), EASTER)

    assert list(summarise(days)) == ["Fri 3 Apr 2026  day 1", "Sat 4 Apr 2026  day 2", "Sun 5 Apr 2026  day 3"]


def test_hours_and_immediately_are_not_counted_in_days() -> None:
    assert count_days(parse_timescale("24 hours"), date(2026, 4, 2), EASTER) == []
    assert count_days(parse_timescale("immediately"), date(2026, 4, 3), EASTER) == []


def test_thirty_days_are_counted_one_by_one_and_thirty_one_by_weeks() -> None:
    thirty = count_days(parse_timescale("30 calendar days"), date(2026, 4, 1), EASTER)
    longer = count_days(parse_timescale("31 calendar days"), date(2026, 4, 1), EASTER)

    assert len(list(summarise(thirty))) == 30
    assert len(list(summarise(longer))) == 5


def test_a_long_count_is_told_week_by_week_with_its_holidays() -> None:
    days = count_days(parse_timescale("20 working days"), date(2026, 4, 1), EASTER)
    days += count_days(parse_timescale("3 calendar days"), date(2026, 4, 30), EASTER)

    assert list(summarise(days))[:2] == [
        "week of Mon 30 Mar 2026: day 1 (1 day); not counted: Good Friday (Fri 3 Apr 2026)",
        "week of Mon 6 Apr 2026: days 2 to 5 (4 days); not counted: Easter Monday (Mon 6 Apr 2026)",
    ]
