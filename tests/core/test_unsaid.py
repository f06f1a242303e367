"""What of a case is not said yet, and how what is said later stands beside what was said first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from escalate.core import events as e
from escalate.core.more_said import with_more_said
from escalate.core.unsaid import unsaid
from tests.builders import HEALTH, SOCIAL_CARE, a_concern, ended, told
from tests.rules.scenario import CHILD, scenario

EVERYTHING: dict[str, Any] = {
    "risk_to_child": "Neglect goes on unseen.",
    "evidence": "The register.",
    "nature": "The threshold.",
    "child_said": '"There is no tea."',
    "family_knows": "The mother knows.",
}


def left(*happened: tuple[e.Fact, date], **concern: Any) -> list[str]:
    """Return the ids of what is not said yet of a case of this concern."""
    return [one.id for one in unsaid(scenario(*happened, **concern).case)]


def test_of_a_case_opened_by_six_answers_all_the_rest_is_not_said_yet() -> None:
    nobody_knows_when = (replace(CHILD, born_on=None), date(2026, 4, 1))

    assert left(nobody_knows_when, counterparts=()) == [
        "born_on",
        "plan_or_care",
        "counterpart",
        "risk_to_child",
        "evidence",
        "nature",
        "child_said",
        "family_knows",
        "told",
    ]


def test_what_is_said_later_is_not_unsaid_any_more() -> None:
    more = e.MoreSaid(**EVERYTHING)
    known = e.SituationRecorded(subject="child-1", facts={"child protection plan": "yes", "looked after": "no"})

    assert left((more, date(2026, 4, 2)), (known, date(2026, 4, 2)), told("2026-04-02")) == []


def test_why_a_family_was_not_told_says_what_it_knows() -> None:
    assert "family_knows" not in left(family_not_told="The father may be the risk.")


def test_of_a_child_on_a_plan_only_care_is_not_said_yet() -> None:
    on_a_plan = e.SituationRecorded(subject="child-1", facts={"child protection plan": "yes"})
    case = scenario((on_a_plan, date(2026, 4, 2))).case

    assert [(one.id, one.what) for one in unsaid(case) if "plan" in one.what or "looked" in one.what] == [
        ("looked_after", "whether the child is looked after")
    ]


def test_of_a_case_raised_with_us_it_is_not_said_when_it_was_raised() -> None:
    case = scenario(our_side="receiving").case

    assert [one.what for one in unsaid(case) if one.id == "told"] == ["when it was raised with us, and how"]


def test_each_agency_that_nobody_has_told_is_named_where_there_are_several() -> None:
    case = scenario(told("2026-04-02"), receiving_agencies=(SOCIAL_CARE, HEALTH)).case

    assert [(one.what, one.about) for one in unsaid(case) if one.id == "told"] == [
        ("whether they were told, when and how: Invented Health Visiting Service", HEALTH)
    ]


def test_nothing_is_asked_for_of_a_child_in_a_case_about_practice() -> None:
    assert left(children=(), about_theme="Left out of meetings") == ["evidence", "nature", "told"]


def test_nothing_is_unsaid_of_a_case_that_has_ended_or_is_logged_for_others() -> None:
    assert left(ended("1", "resolved", "2026-04-08")) == []
    assert left(our_side="partnership") == []


def test_what_is_said_later_stands_under_what_was_said_first() -> None:
    first = a_concern(evidence="The register.", themes=("threshold",), counterparts=())
    later = [
        e.MoreSaid(evidence="A gut feeling, and mine.", child_said="He is hungry.", themes=("threshold", "delay")),
        e.MoreSaid(child_said="He hides bread.", counterparts=("person-counterpart",)),
    ]

    assert with_more_said(first, later) == replace(
        first,
        evidence="The register.\nA gut feeling, and mine.",
        child_said="He is hungry.\nHe hides bread.",
        themes=("threshold", "delay"),
        counterparts=("person-counterpart",),
    )


def test_a_duty_to_state_something_closes_on_the_day_the_last_of_it_is_said() -> None:
    before = scenario(risk_to_child="Neglect.", nature="The threshold.", they_want="Help by consent.")
    after = scenario((e.MoreSaid(evidence="The register."), date(2026, 4, 7)))

    assert before.owed["state-the-disagreement"].closed_how == "recorded when the case was raised"
    assert (after.owed["give-reasons"].closed_on, after.owed["give-reasons"].closed_how) == (
        date(2026, 4, 7),
        "recorded",
    )
