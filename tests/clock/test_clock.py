from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from escalate import clock
from escalate.errors import EscalateError


def test_today_is_the_day_in_london_whatever_the_computer_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCALATE_TODAY", raising=False)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    before, today, after = clock.now().date(), clock.today(), clock.now().date()

    assert before <= today <= after


def test_a_pretended_day_is_today_and_now_keeps_the_real_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCALATE_TODAY", raising=False)
    real = clock.now()
    monkeypatch.setenv("ESCALATE_TODAY", "2026-07-01")

    moment = clock.now()

    assert clock.today() == date(2026, 7, 1)
    assert moment.date() == date(2026, 7, 1)
    since_midnight = [timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (real, moment)]
    assert (since_midnight[1] - since_midnight[0]) % timedelta(days=1) < timedelta(minutes=1)


def test_a_moment_in_july_is_an_hour_ahead_of_greenwich_and_in_january_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    offsets = []
    for day in ("2026-07-01", "2026-01-05"):
        monkeypatch.setenv("ESCALATE_TODAY", day)
        offsets.append(clock.now().utcoffset())

    assert offsets == [timedelta(hours=1), timedelta(0)]


def test_now_says_which_offset_it_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_TODAY", "2026-04-01")

    written = clock.now().isoformat()

    assert written.startswith("2026-04-01T")
    assert written.endswith("+01:00")
    assert datetime.fromisoformat(written).tzinfo is not None


def test_cannot_pretend_a_day_that_is_not_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_TODAY", "31/04/2026")

    with pytest.raises(EscalateError) as refused:
        clock.today()

    assert refused.value.what == 'ESCALATE_TODAY: "31/04/2026" is not a date'
    assert refused.value.remedy == "write year-month-day, such as ESCALATE_TODAY=2026-04-01, or remove it"


def test_an_id_says_what_it_is_of_and_nothing_else() -> None:
    ids = {clock.new_id("case") for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.fullmatch(r"case-[0-9a-f]{32}", one) for one in ids)
