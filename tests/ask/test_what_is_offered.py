"""What `record` and `do` offer: the likeliest and one's own first, and nothing that cannot be."""

from __future__ import annotations

from datetime import date

from escalate.ask.interview import question_for
from escalate.ask.question import Script
from escalate.ask.scripts.doing import do_script
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.recording import what_options
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from tests.builders import discussed, ended, told
from tests.rules.scenario import Scenario, scenario

TODAY = date(2026, 4, 10)
TOLD, VISIT = told("2026-04-01"), e.Action(id="action-1", what="A visit", owner="Sam", by_on=date(2026, 4, 9))


def offered(case: Scenario) -> list[str]:
    """Return what can be recorded, but for what is not said yet."""
    return [one.value for one in what_options(case.case, case.policy, ()) if one.value != "not said"]


def doing(case: Scenario) -> Script:
    return do_script(case.case, tuple(case.owed.values()), Known(today=TODAY))


def values(script: Script, answers: Answers, key: str) -> list[str]:
    question = question_for(script, answers, key)
    assert question is not None
    return [option.value for option in question.options]


def test_telling_and_talking_stand_first_under_the_same_numbers_before_they_were_told_and_after() -> None:
    assert offered(scenario())[:2] == ["told", "discussion"]
    assert offered(scenario(TOLD))[:2] == ["told", "discussion"]


def test_confirming_comes_first_once_it_is_resolved_and_is_not_offered_before() -> None:
    resolved = scenario(TOLD, ended("1", "resolved", "2026-04-09", decision="Visit."))

    assert offered(resolved)[:2] == ["confirmation", "learning"]
    assert "confirmation" not in offered(scenario(TOLD))


def test_do_lists_ours_first_each_by_date_and_theirs_marked() -> None:
    case = scenario(TOLD, discussed("2026-04-08", actions=(VISIT,)))
    question = question_for(doing(case), Answers(), "item")

    assert question is not None
    labels = [option.label for option in question.options]
    assert labels[0] == (
        "the professional with concerns must follow up in writing what was raised verbally (by Tue 7 Apr 2026)"
    )
    assert "A visit (by Thu 9 Apr 2026)" in labels
    theirs = [label.endswith("theirs)") for label in labels]
    assert theirs == sorted(theirs)
    assert any(theirs)


def test_only_an_action_is_done_in_part_or_looked_at_and_not_done() -> None:
    case = scenario(TOLD, discussed("2026-04-08", actions=(VISIT,)))

    assert values(doing(case), Answers({"item": "action-1"}), "what") == [
        "done",
        "in part",
        "not done",
        "not applicable",
    ]
    assert values(doing(case), Answers({"item": "follow-up-in-writing"}), "what") == ["done", "not applicable"]


def test_what_does_not_apply_asks_why() -> None:
    given: dict[str, Value] = {"item": "follow-up-in-writing", "what": "not applicable", "on": TODAY}
    question = question_for(doing(scenario(TOLD)), Answers(given), "reason")

    assert question is not None
    assert question.required


def test_whom_the_policy_has_told_is_what_enter_gives() -> None:
    given: dict[str, Value] = {"item": "follow-up-in-writing", "what": "done", "on": TODAY}
    question = question_for(doing(scenario(TOLD)), Answers(given), "to")

    assert question is not None
    assert question.default == "the practitioner or decision maker"
