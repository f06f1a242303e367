"""What people type for a date or a time, today being Friday 10 April 2026."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.ask.dates import format_date, parse_date, parse_time
from escalate.ask.distances import format_distance
from escalate.ask.question import Question, Script
from tests.ask.at_a_keyboard import Sitting

TODAY = date(2026, 4, 10)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/4", date(2026, 4, 3)),
        ("3/4/26", date(2026, 4, 3)),
        ("03/04/2026", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("3-4-26", date(2026, 4, 3)),
        ("3 4 2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("3 April", date(2026, 4, 3)),
        ("3rd of April", date(2026, 4, 3)),
        ("3 Apr 2026", date(2026, 4, 3)),
        ("3apr26", date(2026, 4, 3)),
        ("April 3", date(2026, 4, 3)),
        ("Fri 3 Apr 2026", date(2026, 4, 3)),
        ("Friday, 3 April 2026", date(2026, 4, 3)),
        ("today", date(2026, 4, 10)),
        (" Yesterday ", date(2026, 4, 9)),
        ("tomorrow", date(2026, 4, 11)),
        ("Thu", date(2026, 4, 9)),
        ("weds", date(2026, 4, 8)),
        ("Sat", date(2026, 4, 4)),
        ("29 Feb 2024", date(2024, 2, 29)),
        ("on Thursday", date(2026, 4, 9)),
        ("on the 3rd of April", date(2026, 4, 3)),
        ("last Tuesday", date(2026, 4, 7)),
        ("this morning", date(2026, 4, 10)),
        ("the day before yesterday", date(2026, 4, 8)),
        ("day after tomorrow", date(2026, 4, 12)),
        ("in 3 days", date(2026, 4, 13)),
        ("3 days ago", date(2026, 4, 7)),
        ("In a week", date(2026, 4, 17)),
        ("two weeks ago", date(2026, 3, 27)),
        ("a fortnight ago", date(2026, 3, 27)),
        ("3/4/98", date(1998, 4, 3)),
        ("3/4/36", date(2036, 4, 3)),
        ("3/4/37", date(1937, 4, 3)),
    ],
)
def test_a_date_is_read_day_first(typed: str, day: date) -> None:
    assert parse_date(typed, TODAY) == day


def test_a_day_above_twelve_is_a_day_and_never_a_month() -> None:
    assert parse_date("12/4/2026", TODAY) == date(2026, 4, 12)
    assert parse_date("13/4/2026", TODAY) == date(2026, 4, 13)
    with pytest.raises(ValueError, match=r'^"4/13/2026" is not a date: there is no month 13; the day comes first'):
        parse_date("4/13/2026", TODAY)


def test_a_weekday_is_the_last_one_and_today_counts() -> None:
    assert parse_date("Fri", TODAY) == date(2026, 4, 10)
    assert parse_date("last Fri", TODAY) == date(2026, 4, 3)
    assert parse_date("next Friday", TODAY) == date(2026, 4, 17)
    assert parse_date("last Thursday", TODAY) == date(2026, 4, 9)


def test_a_weekday_is_the_coming_one_where_only_later_dates_will_do() -> None:
    assert parse_date("Wed", TODAY, earliest=TODAY) == date(2026, 4, 15)
    assert parse_date("Fri", TODAY, earliest=TODAY) == date(2026, 4, 10)


def test_a_date_without_a_year_is_the_nearest_one_allowed() -> None:
    january = date(2026, 1, 2)

    assert parse_date("30/12", january) == date(2025, 12, 30)
    assert parse_date("3/4", january) == date(2026, 4, 3)
    assert parse_date("3/4", january, latest=january) == date(2025, 4, 3)
    assert parse_date("3/1", date(2025, 12, 30), earliest=date(2025, 12, 30)) == date(2026, 1, 3)
    assert parse_date("29/2", date(2027, 11, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/04/2026", '"31/04/2026" is not a date: April has 30 days'),
        ("29/2/2026", '"29/2/2026" is not a date: February 2026 has 28 days'),
        ("0/4", '"0/4" is not a date: April has 30 days'),
        ("3/0", '"3/0" is not a date: there is no month 0; the day comes first, 30/04/2026'),
        ("soon", "this is not a date: write day, month, year: 30/04/2026, 30 April, yesterday, Fri"),
        ("3 Foo", '"3 Foo" is not a date: write day, month, year: 30/04/2026, 30 April, yesterday, Fri'),
        ("1/1/1066", '"1/1/1066" is not a date: the year 1066 is out of reach'),
        ("Thu 3 Apr 2026", "3 April 2026 is a Friday, not a Thursday"),
        (
            "a long sentence about Rowan",
            "this is not a date: write day, month, year: 30/04/2026, 30 April, yesterday, Fri",
        ),
    ],
)
def test_cannot_take_for_a_date_what_is_none(typed: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_date(typed, TODAY)

    assert str(refused.value) == why


@pytest.mark.parametrize("typed", ["yesterday", "Fri", "next Fri", "3/4", "3 April", "3/4/26"])
def test_cannot_leave_the_year_to_the_day_a_file_is_read(typed: str) -> None:
    with pytest.raises(ValueError, match="2026-04-30"):
        parse_date(typed, None)


@given(st.dates(date(1937, 1, 1), date(2199, 12, 31)))
def test_every_date_is_read_back_as_it_is_shown(day: date) -> None:
    assert parse_date(format_date(day), TODAY) == day
    assert parse_date(day.isoformat(), None) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}", None) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_refusal(typed: str) -> None:
    with suppress(ValueError):
        assert type(parse_date(typed, TODAY)) is date


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("16:40", "16:40"),
        ("16.40", "16:40"),
        ("1640", "16:40"),
        ("4.40pm", "16:40"),
        ("4 pm", "16:00"),
        ("12am", "00:00"),
        ("12.30 p.m.", "12:30"),
        ("09:15", "09:15"),
        ("10:40", "10:40"),
        ("noon", "12:00"),
        ("0:15", "00:15"),
    ],
)
def test_a_time_is_kept_in_twenty_four_hours(typed: str, time: str) -> None:
    assert parse_time(typed) == time


def test_cannot_take_a_time_that_could_be_morning_or_afternoon() -> None:
    with pytest.raises(ValueError, match=r'^"4:40" could be morning or afternoon: write 04:40 or 16:40$'):
        parse_time("4:40")
    with pytest.raises(ValueError, match=r'^"12" could be morning or afternoon: write 00:00 or 12:00$'):
        parse_time("12")


@pytest.mark.parametrize("typed", ["24:00", "16:60", "13pm", "later"])
def test_cannot_take_for_a_time_what_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time: write hours and minutes: 09:15, 16:40, 4\.40pm"):
        parse_time(typed)


@pytest.mark.parametrize("typed", ["in 3 working days", "3 days", "in 3 days ago", "in some days", "a month ago", "in"])
def test_cannot_read_a_distance_that_is_not_clear(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_date(typed, TODAY)


def test_cannot_read_a_distance_from_a_today_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match=r'^"3 days ago" depends on the day it is read'):
        parse_date("3 days ago", None)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 4, 10), "today"),
        (date(2026, 4, 9), "1 day ago"),
        (date(2026, 3, 11), "30 days ago"),
        (date(2026, 3, 10), "1 month ago"),
        (date(2025, 2, 10), "14 months ago"),
        (date(2025, 2, 11), "14 months ago less a day"),
        (date(2025, 2, 18), "13 months ago"),
        (date(2025, 4, 11), "a year ago less a day"),
        (date(2025, 4, 10), "a year ago"),
        (date(2027, 4, 7), "in a year less 3 days"),
        (date(2024, 4, 11), "23 months ago"),
        (date(2024, 4, 10), "2 years ago"),
        (date(2026, 4, 13), "in 3 days"),
        (date(2029, 4, 10), "in 3 years"),
    ],
)
def test_how_far_away_a_day_is_is_said_in_words(day: date, said: str) -> None:
    assert format_distance(day, TODAY) == said


LEARNED: Script = (Question(id="learned_on", text="When did you learn of it?", kind="date", latest=TODAY),)


def held(*typed: str, script: Script = LEARNED) -> tuple[object, str]:
    sitting = Sitting(script)
    answers = sitting.held(*typed, "")
    return answers["learned_on"], sitting.screen


def test_a_surprising_date_is_asked_back_once_and_yes_says_that_it_is_right() -> None:
    day, screen = held("3/4/2024", "yes")

    assert day == date(2024, 4, 3)
    assert screen.count("That is Wednesday 3 April 2024, 2 years ago. Is that right?") == 1


def test_enter_alone_does_not_say_that_a_surprising_date_is_right() -> None:
    day, screen = held("3/4/2024", "", "y")

    assert day == date(2024, 4, 3)
    assert " ".join(screen.split()).count("2 years ago. Is that right? (type yes, or another date)") == 2


def test_a_day_that_has_not_come_this_year_says_that_it_is_last_years() -> None:
    said = "11/4 of this year has not come yet; that is Friday 11 April 2025, a year ago less a day. Is that right?"

    assert held("11/4", "yes")[0] == date(2025, 4, 11)
    assert said in " ".join(held("11/4", "yes")[1].split())
    assert "has not come yet" not in held("11/4/2025", "yes")[1]


def test_a_surprising_date_is_put_right_by_typing_another() -> None:
    assert held("3/4/25", "3/4")[0] == date(2026, 4, 3)
    assert held("3/4/25", "n", "3/4/26")[0] == date(2026, 4, 3)


@pytest.mark.parametrize(("typed", "is_asked"), [("10/10/2025", False), ("9/10/2025", True)])
def test_a_date_is_surprising_from_half_a_year_away(typed: str, is_asked: bool) -> None:
    assert ("Is that right?" in held(typed, *(["y"] if is_asked else []))[1]) == is_asked


def test_a_date_of_birth_is_never_surprising() -> None:
    born: Script = (Question(id="learned_on", text="Date of birth?", kind="date", near=False),)

    assert held("3/3/2019", script=born) == (date(2019, 3, 3), held("3/3/2019", script=born)[1])


def test_a_date_in_the_future_is_refused_where_a_past_one_is_meant() -> None:
    sitting = Sitting(LEARNED)

    sitting.held("13/4/2026", "9/4", "")

    assert "Mon 13 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026." in " ".join(sitting.screen.split())
    assert "  Thu 9 Apr 2026" in sitting.screen


@pytest.mark.parametrize("typed", ["friday the 13th", "Fri 13th", "Friday, the 13th"])
def test_a_weekday_and_a_day_of_the_month_are_the_nearest_such_day(typed: str) -> None:
    assert parse_date(typed, TODAY) == date(2026, 3, 13)
    assert parse_date(typed, date(2026, 10, 1)) == date(2026, 11, 13)
    assert parse_date(typed, date(2026, 10, 1), latest=date(2026, 10, 1)) == date(2026, 11, 13)
    assert parse_date("Monday the 13th", TODAY, latest=TODAY) == date(2025, 10, 13)


def test_cannot_read_a_weekday_and_a_day_where_there_is_no_today_or_no_such_day_near() -> None:
    with pytest.raises(ValueError, match="no such day is near; write its month too"):
        parse_date("Thursday the 31st", TODAY)
    with pytest.raises(ValueError, match="is not a date"):
        parse_date("friday the 13th", None)
