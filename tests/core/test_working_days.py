"""Working days: Monday to Friday, less England's bank holidays and the partnership's own closures."""

from __future__ import annotations

import random
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.bank_holidays import bank_holidays
from escalate.core.working_days import WorkingCalendar, add_working_days, count_out_loud, same_working_day

EASTER = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
YEARS = range(2015, 2036)
ENGLAND = WorkingCalendar("ENG", {date.fromisoformat(d): name for d, name in bank_holidays("England", YEARS).items()})
dates = st.dates(date(2016, 1, 1), date(2034, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-04-01", 1, "2026-04-02"),
        ("2026-04-01", 2, "2026-04-07"),
        ("2026-04-01", 3, "2026-04-08"),
        ("2026-04-01", 5, "2026-04-10"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-03", 1, "2026-04-07"),
        ("2026-04-04", 1, "2026-04-07"),
        ("2026-04-06", 1, "2026-04-07"),
        ("2026-05-01", 1, "2026-05-05"),
        ("2026-05-22", 1, "2026-05-26"),
        ("2026-08-27", 2, "2026-09-01"),
        ("2026-08-28", 1, "2026-09-01"),
        ("2026-12-23", 1, "2026-12-24"),
        ("2026-12-23", 2, "2026-12-29"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2027-12-24", 1, "2027-12-29"),
    ],
)
def test_within_so_many_working_days_ends_on_that_working_day_after_it(start: str, days: int, end: str) -> None:
    assert add_working_days(date.fromisoformat(start), days, ENGLAND) == date.fromisoformat(end)


def test_the_day_it_happened_is_day_0_even_where_it_is_a_working_day() -> None:
    assert add_working_days(date(2026, 4, 13), 1, ENGLAND) == date(2026, 4, 14)


def test_a_closure_the_partnership_declared_is_no_working_day() -> None:
    closed = WorkingCalendar("ENG", {**EASTER, date(2026, 4, 2): "the partnership is closed"})

    assert add_working_days(date(2026, 4, 1), 1, closed) == date(2026, 4, 7)
    assert closed.why_not(date(2026, 4, 2)) == "the partnership is closed"


def test_a_bank_holiday_at_a_weekend_changes_nothing() -> None:
    plain = WorkingCalendar("ENG", {})
    with_boxing_day = WorkingCalendar("ENG", {date(2026, 12, 26): "Boxing Day"})

    assert add_working_days(date(2026, 12, 24), 3, with_boxing_day) == add_working_days(date(2026, 12, 24), 3, plain)


@pytest.mark.parametrize(
    ("day", "same"),
    [
        ("2026-04-02", "2026-04-02"),
        ("2026-04-03", "2026-04-07"),
        ("2026-04-06", "2026-04-07"),
        ("2026-08-29", "2026-09-01"),
        ("2026-08-31", "2026-09-01"),
        ("2026-12-25", "2026-12-29"),
        ("2027-01-01", "2027-01-04"),
    ],
)
def test_the_same_working_day_is_that_day_or_the_next_working_day(day: str, same: str) -> None:
    assert same_working_day(date.fromisoformat(day), ENGLAND) == date.fromisoformat(same)


@pytest.mark.parametrize("days", [0, -1])
def test_cannot_count_to_less_than_one_working_day(days: int) -> None:
    with pytest.raises(ValueError, match=f"^working days to add: {days} is less than 1$"):
        add_working_days(date(2026, 4, 1), days, ENGLAND)


def test_counting_out_loud_names_every_day_skipped() -> None:
    assert count_out_loud(date(2026, 4, 2), date(2026, 4, 8), ENGLAND) == [
        (date(2026, 4, 3), 0, "Good Friday"),
        (date(2026, 4, 4), 0, "Saturday"),
        (date(2026, 4, 5), 0, "Sunday"),
        (date(2026, 4, 6), 0, "Easter Monday"),
        (date(2026, 4, 7), 1, ""),
        (date(2026, 4, 8), 2, ""),
    ]


@given(start=dates, first=st.integers(1, 60), then=st.integers(1, 60))
def test_counting_in_two_parts_equals_counting_once(start: date, first: int, then: int) -> None:
    in_two = add_working_days(add_working_days(start, first, ENGLAND), then, ENGLAND)

    assert in_two == add_working_days(start, first + then, ENGLAND)


@given(start=dates, days=st.integers(1, 60))
def test_the_day_reached_is_a_working_day_and_counting_out_loud_ends_on_its_number(start: date, days: int) -> None:
    end = add_working_days(start, days, ENGLAND)

    assert ENGLAND.is_working(end)
    assert count_out_loud(start, end, ENGLAND)[-1] == (end, days, "")


@given(start=dates, later=st.integers(0, 30), days=st.integers(1, 30))
def test_starting_later_never_ends_earlier(start: date, later: int, days: int) -> None:
    after = add_working_days(start + timedelta(days=later), days, ENGLAND)

    assert after >= add_working_days(start, days, ENGLAND)


def test_it_agrees_with_the_counting_of_holidays_on_20_000_days() -> None:
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    chance = random.Random(20260401)
    first, last = date(2016, 1, 1).toordinal(), date(2033, 12, 31).toordinal()

    differing = []
    for _ in range(20_000):
        start, days = date.fromordinal(chance.randint(first, last)), chance.randint(1, 25)
        if add_working_days(start, days, ENGLAND) != theirs.get_nth_working_day(start, days):
            differing.append((start, days))

    assert differing == []
