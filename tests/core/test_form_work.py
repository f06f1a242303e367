"""What a form says of the work on a case: actions and decisions, what resolved it, plans and earlier escalations."""

from __future__ import annotations

from typing import Any

import pytest

from escalate.core import events as e
from escalate.core.forms.answers import About, case_data
from escalate.core.forms.details import details_asked
from escalate.files.forms.loading import load_form
from tests.builders import discussed, ended, entered, on
from tests.core.test_form_answers import AUTHOR, KEPT_SAFE, TODAY, data, details
from tests.rules import herefordshire
from tests.rules.scenario import confirmed, recommended, responded, scenario, situation


def test_how_it_was_resolved_names_no_talk_of_a_lower_stage_that_led_to_nothing() -> None:
    case = scenario(
        discussed("2026-04-02"),
        entered("2", "2026-04-07"),
        discussed("2026-04-08", decision="Not yet."),
        entered("3", "2026-04-09"),
        ended("3", "resolved", "2026-04-10", decision="A visit."),
        confirmed("3", "2026-04-13"),
    )

    assert data(case).of_case["case.method"] == (
        "10/04/2026: agreed with Exampleshire Children's Social Care\n13/04/2026: confirmed in writing (letter)"
    )


def test_how_it_was_resolved_names_the_recommendation_and_who_accepted_it() -> None:
    case = scenario(entered("4", "2026-04-09"), recommended("2026-04-13"), responded("2026-04-14"))

    assert data(case).of_case["case.method"] == (
        "13/04/2026: recommendation by the Chair\n14/04/2026: accepted by Exampleshire Children's Social Care"
    )


@pytest.mark.parametrize(
    ("was_done", "said"),
    [("yes", "done"), ("in part", "done in part"), ("no", "not done")],
)
def test_h14_a_progress_update_says_whether_an_agreed_action_was_done(was_done: Any, said: str) -> None:
    case = scenario(
        discussed("2026-04-07", actions=(KEPT_SAFE,)),
        (e.ActionChecked(action="action-1", was_done=was_done, note="By telephone."), on("2026-04-16")),
    )

    told = data(case).of_case
    assert told["case.progress"].splitlines()[-1] == (
        f"16/04/2026, stage 1: agreed action {said}: Visit each week; Sam Counterpart: By telephone."
    )
    assert "agreed action" not in told["case.history"]
    assert told["discussion.actions"] == (
        f"Visit each week; Sam Counterpart; by 15/04/2026; done: {was_done}, 16/04/2026: By telephone."
    )


def test_an_agreed_action_that_is_no_longer_needed_is_said_to_be_and_another_duty_is_not() -> None:
    case = scenario(
        discussed("2026-04-07", actions=(KEPT_SAFE,)),
        (e.DutyNotApplicable(item="action-1", reason="The plan was ended."), on("2026-04-16")),
        (e.DutyNotApplicable(item="stage-2-file-note", reason="There is none."), on("2026-04-16")),
    )

    assert data(case).of_case["case.progress"].splitlines()[1:] == [
        "16/04/2026, stage 1: agreed action no longer needed: Visit each week; Sam Counterpart: The plan was ended."
    ]


def test_what_an_unresolved_stage_decided_and_left_outstanding_is_told_in_the_progress_update() -> None:
    case = scenario(ended("1", "unresolved", "2026-04-09", decision="A visit.", outstanding="The plan."))

    assert data(case).of_case["case.progress"] == (
        "09/04/2026, stage 1: stage 1 ended with Exampleshire Children's Social Care: unresolved; decided: A visit;"
        " outstanding, and how it is pursued: The plan."
    )


def test_the_present_level_of_need_names_the_plans_that_the_case_knows_of() -> None:
    on_a_plan = situation("2026-04-01", "child-1", child_protection_plan="yes", looked_after="yes")
    level = details("2026-04-08", need_current="Level 4, and looked after")

    plans = "On a child protection plan\nLooked after"
    assert data(scenario(on_a_plan)).details == {"need.current": plans}
    assert data(scenario(on_a_plan, level)).details == {
        "need.current": "Level 4, and looked after\nOn a child protection plan"
    }
    assert data(scenario(on_a_plan), child="child-2").details == {}
    not_on = situation("2026-04-01", "child-1", child_protection_plan="no", looked_after="not known")
    assert data(scenario(not_on)).details == {}


def test_h20_themes_come_with_what_was_said_of_recurring_and_with_earlier_escalations() -> None:
    said = (e.DetailsRecorded(details={"case.is_recurring": "It came up in autumn."}), on("2026-04-09"))
    case = scenario(said)
    about = About(child="child-1", recurring=("Earlier escalations about the same child: HSCP-2026-0001-TEST",))

    told = case_data(case.case, case.policy, about, AUTHOR, TODAY).of_case
    assert told["case.recurring"].splitlines() == [
        *told["case.themes"].splitlines(),
        "It came up in autumn.",
        "Earlier escalations about the same child: HSCP-2026-0001-TEST",
    ]


def test_h20_whether_an_issue_is_recurring_is_asked_for_by_the_form_that_has_a_place_for_it() -> None:
    definition, _ = load_form("herefordshire-appendix-2")

    (asked,) = (one for one in details_asked([definition], herefordshire.case().case) if "recurring" in one.key)
    assert (asked.key, asked.question, asked.is_of_child) == ("case.is_recurring", "case_is_recurring", False)
