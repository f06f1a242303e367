"""Amounts of time as policies write them, and the day or hour at which each ends."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from escalate.core.policy_items import FirstDay
from escalate.core.timescale import OR_LESS, WRITTEN, Timescale, end_of, parse_timescale
from escalate.core.working_days import WorkingCalendar

EASTER = WorkingCalendar("ENG", {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"})
ALLOWED = (
    'is not one of "5 working days", "1 to 3 working days", "a working week", "10 calendar days", "24 hours", '
    '"the same working day", "immediately", "an agreed date", "not stated", each with or without '
    '", or less if the child needs it"'
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5 working days", Timescale("5 working days", "working days", 5, 5)),
        ("1 working day", Timescale("1 working day", "working days", 1, 1)),
        ("1 to 3 working days", Timescale("1 to 3 working days", "working days", 3, 1)),
        ("a working week", Timescale("a working week", "working days", 5, 5)),
        ("10 calendar days", Timescale("10 calendar days", "calendar days", 10, 10)),
        ("24 hours", Timescale("24 hours", "hours", 24, 24)),
        ("1 hour", Timescale("1 hour", "hours", 1, 1)),
        ("the same working day", Timescale("the same working day", "same working day")),
        ("immediately", Timescale("immediately", "immediately")),
        ("an agreed date", Timescale("an agreed date", "agreed date")),
        ("not stated", Timescale("not stated", "not stated")),
    ],
)
def test_each_form_of_a_timescale_is_read_with_and_without_or_less(written: str, read: Timescale) -> None:
    assert parse_timescale(written) == read
    assert parse_timescale(written + OR_LESS) == Timescale(
        written + OR_LESS, read.unit, read.amount, read.least, or_less=True
    )


def test_every_form_that_the_message_offers_can_be_read() -> None:
    for written in WRITTEN:
        assert parse_timescale(written.strip('"')).written == written.strip('"')


@pytest.mark.parametrize(
    "written",
    [
        "",
        "5",
        "5 workingdays",
        "5 Working Days",
        "five working days",
        "0 working days",
        "3 to 1 working days",
        "0 to 3 working days",
        "-1 working days",
        "0 hours",
        "5 days",
        "same working day",
        "5 working days or less",
        " 5 working days",
        "1.5 hours",
    ],
)
def test_cannot_read_a_timescale_that_is_none_of_the_forms(written: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole message is compared
        parse_timescale(written)

    assert str(refused.value) == f'timescale "{written}" {ALLOWED}'


@pytest.mark.parametrize(
    ("written", "start", "start_time", "ends"),
    [
        ("5 working days", "2026-04-01", "", ("2026-04-10", "")),
        ("1 to 3 working days", "2026-04-01", "", ("2026-04-08", "")),
        ("a working week", "2026-04-01", "", ("2026-04-10", "")),
        ("10 calendar days", "2026-04-01", "", ("2026-04-11", "")),
        ("the same working day", "2026-04-03", "", ("2026-04-07", "")),
        ("immediately", "2026-04-03", "", ("2026-04-03", "")),
        ("24 hours", "2026-04-02", "16:40", ("2026-04-03", "16:40")),
        ("24 hours", "2026-04-02", "", ("2026-04-03", "00:00")),
        ("36 hours", "2026-04-02", "16:40", ("2026-04-04", "04:40")),
    ],
)
def test_where_a_timescale_ends(written: str, start: str, start_time: str, ends: tuple[str, str]) -> None:
    end_on, end_time = end_of(parse_timescale(written), date.fromisoformat(start), start_time, EASTER)

    assert (end_on.isoformat(), end_time) == ends


@pytest.mark.parametrize("written", ["an agreed date", "not stated"])
def test_cannot_give_a_date_where_the_timescale_has_none(written: str) -> None:
    timescale = parse_timescale(written)

    assert not timescale.has_date
    with pytest.raises(ValueError, match=f'^"{written}" gives no date$'):
        end_of(timescale, date(2026, 4, 1), "", EASTER)


@pytest.mark.parametrize(
    ("written", "start", "ends"),
    [
        ("1 working day", "2026-04-01", "2026-04-01"),
        ("2 working days", "2026-04-01", "2026-04-02"),
        ("3 working days", "2026-04-01", "2026-04-07"),
        ("3 working days", "2026-04-03", "2026-04-09"),
        ("3 working days", "2026-04-04", "2026-04-09"),
        ("a working week", "2026-04-01", "2026-04-09"),
        ("1 calendar day", "2026-04-01", "2026-04-01"),
        ("10 calendar days", "2026-04-01", "2026-04-10"),
        ("the same working day", "2026-04-03", "2026-04-07"),
        ("immediately", "2026-04-03", "2026-04-03"),
    ],
)
def test_where_a_timescale_ends_whose_first_day_is_the_day_itself(written: str, start: str, ends: str) -> None:
    end_on, _ = end_of(parse_timescale(written), date.fromisoformat(start), "", EASTER, first_day="the day itself")

    assert end_on.isoformat() == ends


def test_hours_are_counted_alike_whichever_day_is_the_first() -> None:
    timescale = parse_timescale("24 hours")

    both = [end_of(timescale, date(2026, 4, 2), "16:40", EASTER, first_day=day) for day in get_args(FirstDay)]
    assert both == [(date(2026, 4, 3), "16:40")] * 2
