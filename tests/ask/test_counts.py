"""How many answers `raise` takes of somebody at a terminal: six open a case, and all of it is at most twenty."""

from __future__ import annotations

import pytest

from escalate.ask.question import Option
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import Aids, raise_script
from escalate.casework.raising import policy_named
from escalate.casework.raising_aids import needed_by
from scripts.interviews import NOWHERE, TODAY, answered_in_full, policies, raising

MOST = 20
OURS = ("children.0.name", "receiving.0.agency", "decision", "learned_on", "concern", "outcome_wanted")
THEIRS = ("children.0.name", "raising_agency", "decision", "learned_on", "told_on", "concern", "outcome_wanted")
"""The six, and when they raised it with us: what we owe counts from it. It may stay "not known yet"."""
PRACTICE = ("theme", "receiving.0.agency", "decision", "learned_on", "concern", "outcome_wanted")


@pytest.mark.parametrize("received", [False, True])
@pytest.mark.parametrize("name", policies())
def test_six_answers_open_a_case_after_risk_and_route(name: str, received: bool) -> None:
    asked = answered_in_full(raising(name, received=received), more="enough").questions

    assert [one.key for one in asked] == ["risk", "route", *(THEIRS if received else OURS), "more"]


@pytest.mark.parametrize("received", [False, True])
@pytest.mark.parametrize("name", policies())
def test_the_full_interview_asks_at_most_twenty_things(name: str, received: bool) -> None:
    keys = [one.key for one in answered_in_full(raising(name, received=received)).questions]

    print(f"{name}, {'received' if received else 'raised'}: {len(keys)}: {', '.join(keys)}")
    assert len(keys) <= MOST, keys


def test_a_case_about_practice_in_general_takes_six_answers_too() -> None:
    asked = answered_in_full(raising("knowsley-2020-11"), route="practice", more="enough").questions

    assert [one.key for one in asked] == ["risk", "route", *PRACTICE, "more"]


def test_what_waits_of_the_interview_under_knowsleys_policy() -> None:
    waits = answered_in_full(raising("knowsley-2020-11")).waiting

    assert [one.key for one in waits] == [
        "policy",
        "about",
        "children.0.another",
        "receiving.0.another",
        "disagreed_on",
        "family_not_told",
        "theme_area",
        "children.0.address",
        "children.0.address_withheld",
        "children.0.parental_responsibility",
        "children.0.reference",
        "receiving.0.role",
        "receiving.0.telephone",
        "receiving.0.email",
        "told_said",
    ]


def test_what_a_form_due_now_would_leave_blank_is_asked_and_no_longer_waits() -> None:
    needed = needed_by(policy_named("knowsley-2020-11"), "3", NOWHERE)
    aids = Aids(needed=lambda *_: needed)
    script = raise_script(Known(today=TODAY), [Option("knowsley-2020-11")], policy_named, received=False, aids=aids)

    assert {"born_on", "address", "parental_responsibility"} <= needed
    assert {"children.0.address", "children.0.parental_responsibility"} <= {
        one.key for one in answered_in_full(script).questions
    }
