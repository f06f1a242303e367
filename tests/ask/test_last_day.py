"""A date is met through the end of its day: what is said of it on that day is asked back, and going up stays open."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.interview import question_for
from escalate.ask.question import Question, Script
from escalate.ask.scripts.advancing import advance_script
from escalate.ask.scripts.handing_over import of_the_other_side
from escalate.ask.scripts.known import Known
from escalate.ask.understanding import fault
from escalate.core.answers import Answers, Value
from escalate.core.policy import follow
from tests.builders import told
from tests.rules.scenario import policy_of, scenario

GO_UP = "to go up before then, it ended as unresolved, or it goes up at once"


def interview(today: date) -> Script:
    """Return how stage 1 ended, under Knowsley's policy: it is to be agreed by Friday 10 April."""
    case = scenario(told("2026-04-01"))
    return advance_script(
        case.case, follow(policy_of("knowsley-2020-11")), Known(today=today), tuple(case.owed.values())
    )


def wrong(today: date, key: str, value: Value, **given: Value) -> str | None:
    """Return what is wrong with an answer, given those before it."""
    answers = Answers({"risk": "no", "on": today, **given})
    question = question_for(interview(today), answers, key)
    assert isinstance(question, Question)
    return fault(question, value, answers)


def test_it_is_not_out_of_time_on_the_last_day() -> None:
    today = date(2026, 4, 10)

    said = wrong(today, "outcome", "out of time")

    assert said == f"today is its last day: it is out of time from Sat 11 Apr 2026; {GO_UP}"


def test_it_is_out_of_time_from_the_day_after() -> None:
    assert wrong(date(2026, 4, 11), "outcome", "out of time") is None


@pytest.mark.parametrize("ended", ["unresolved", "no response", "going up"])
def test_going_up_is_open_on_the_last_day(ended: str) -> None:
    assert wrong(date(2026, 4, 10), "outcome", ended) is None


def test_no_response_counts_from_the_day_after_it_was_asked_for() -> None:
    today = date(2026, 4, 10)

    said = wrong(today, "passed_on", today, outcome="no response")

    assert said == f"today is the last day to answer: it is no response from Sat 11 Apr 2026; {GO_UP}"
    assert wrong(today, "passed_on", date(2026, 4, 9), outcome="no response") is None


def test_where_the_record_has_no_date_it_is_asked_which_has_passed() -> None:
    case = scenario(told("2026-04-01"), policy=policy_of("somerset-2016-12"))
    script = advance_script(case.case, follow(case.policy), Known(today=date(2026, 4, 20)), tuple(case.owed.values()))
    ended = Answers({"risk": "no", "on": date(2026, 4, 20), "outcome": "out of time"})

    asked = question_for(script, ended, "passed_on")

    assert asked is not None
    assert (asked.text, asked.required) == ("Which date had you agreed, that has passed?", True)
    assert fault(asked, date(2026, 4, 19), ended) is None
    assert fault(asked, date(2026, 4, 20), ended) == (
        "Mon 20 Apr 2026 is too late: the latest possible is Sun 19 Apr 2026"
    )


def test_where_the_record_has_the_date_it_is_not_asked_again() -> None:
    ended = Answers({"risk": "no", "on": date(2026, 4, 11), "outcome": "out of time"})

    assert question_for(interview(date(2026, 4, 11)), ended, "passed_on") is None


def test_the_counterpart_is_no_one_to_hand_the_case_over_to() -> None:
    case = scenario(told("2026-04-01")).case

    theirs = [one.name for one in case.parties.values() if one.sort == "person" and one.agency != case.our_agency]

    assert all(of_the_other_side(case, name) for name in theirs)
    assert of_the_other_side(case, "Bea Manager") is None
