"""Linked cases as one escalation: what is open in one of them is open, and what ended, ended when it ended last."""

from __future__ import annotations

from datetime import date
from typing import Any

from escalate.core.reports.joined import Joined, joined


def days_apart(start: date, end: date) -> int:
    return (end - start).days


def a_case(stream: str, **more: Any) -> dict[str, Any]:
    told = {"policy": "p", "raised_on": "2026-04-01", "concern_on": "2026-04-01", "received_on": None, "stage": "1"}
    own = {"need": "", "is_undated": 0, "ended_on": None, "ending": "", "ended_stage": "", "days": None}
    return {"stream": stream, **told, **own, **more}


def a_stage(stream: str, **more: Any) -> dict[str, Any]:
    told = {"policy": "p", "stage": "1", "place": 1, "agency": 1, "agency_name": "Invented Housing"}
    return {"stream": stream, **told, "entered_on": "2026-04-01", "ended_on": None, "outcome": "", "days": None, **more}


ENDED = {"ended_on": "2026-04-09", "ending": "resolved", "ended_stage": "1", "days": 8}
RESOLVED = {"ended_on": "2026-04-09", "outcome": "resolved", "days": 8}


def test_a_stage_with_one_agency_is_open_while_it_is_open_in_one_and_entered_when_the_first_says() -> None:
    first = Joined(a_case("a", **ENDED), [a_stage("a", **RESOLVED)])
    second = Joined(a_case("b"), [a_stage("b", entered_on="2026-04-02", agency_name="invented  housing")])

    made = joined([first, second], days_apart)

    assert made.case == a_case("a")
    assert made.stages == [a_stage("a", agency_name="invented  housing")]


def test_it_ended_with_the_last_and_its_days_are_from_the_first_concern() -> None:
    later = {**ENDED, "ended_on": "2026-04-15", "ended_stage": "2", "days": 1}

    made = joined([Joined(a_case("a", **ENDED)), Joined(a_case("b", concern_on="2026-04-14", **later))], days_apart)

    assert made.case == a_case("a", ended_on="2026-04-15", ending="resolved", ended_stage="2", days=14)


def test_two_open_ones_stand_together_in_the_last_place_with_the_agencies_of_both() -> None:
    first = Joined(a_case("a"), [a_stage("a")])
    climbed = [a_stage("b", agency_name="Invented Nursery", outcome="went up", ended_on="2026-04-03")]
    climbed.append(a_stage("b", agency_name="Invented Nursery", stage="2", place=2, entered_on="2026-04-03"))

    made = joined([first, Joined(a_case("b"), climbed)], days_apart)

    told = [(one["place"], one["stage"], one["agency_name"]) for one in made.stages]
    assert told == [(1, "1", "Invented Nursery"), (2, "1", "Invented Housing"), (2, "2", "Invented Nursery")]


def test_an_open_clock_counts_before_one_that_was_closed_and_what_both_tell_of_a_day_once() -> None:
    def clock(stream: str, closed_on: str | None) -> dict[str, Any]:
        return {"stream": stream, "policy": "p", "key": "reply", "clock": "reply", "closed_on": closed_on}

    act = {"sort": "response", "what": "accepted", "occurred_on": "2026-04-09", "agency": "Invented Housing"}
    acts = [{"stream": stream, "policy": "p", "place": 4, **act} for stream in ("a", "b")]
    first = Joined(a_case("a"), [a_stage("a")], [clock("a", "2026-04-02")], [], acts[:1])
    second = Joined(a_case("b"), [a_stage("b")], [clock("b", None)], [], acts[1:])

    made = joined([first, second], days_apart)

    assert made.clocks == [clock("a", None)]
    assert made.acts == [{"stream": "a", "policy": "p", "place": 1, **act}]
