"""How many answers `advance` takes of somebody at a terminal: at most ten, whichever policy, stage and ending."""

from __future__ import annotations

from datetime import date

import pytest

from escalate.ask.interview import Done, next_question, waiting
from escalate.ask.question import Question
from escalate.ask.scripts.advancing import advance_script
from escalate.ask.scripts.how_it_ended import ENDED
from escalate.ask.scripts.known import Known
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from escalate.core.policy import follow
from escalate.files.places import shipped
from tests.builders import told
from tests.rules.scenario import Scenario, policy_of, scenario

TODAY = date(2026, 7, 1)  # long after every date: before, nobody is out of time
SHIPPED = sorted(path.stem for path in shipped("policies").glob("*.toml"))
ENDINGS = tuple(option.value for option in ENDED)


def at_each_stage(name: str) -> dict[str, Scenario]:
    """Return a case under this policy at each stage, by the stage's id."""
    policy = policy_of(name)
    first = scenario(told("2026-04-01"), policy=policy)
    found = {policy.first_stage: first}
    for stage in policy.stage[1:]:
        found[stage.id] = first.then((e.StageEntered(stage=stage.id, ground="unresolved", left="1"), TODAY))
    return found


def asked_of(case: Scenario, ending: str) -> list[str]:
    """Return the keys of what is asked, in order, of somebody who has words for everything."""
    script = advance_script(case.case, follow(case.policy), Known(today=TODAY), tuple(case.owed.values()))
    answers, keys = Answers(), []
    while not isinstance(question := next_question(script, answers), Done):
        assert isinstance(question, Question)
        assert question.key not in keys, f"{question.key} is asked again: the answer will not do"
        answers = answers.having(question.key, answer_to(question, ending))
        keys.append(question.key)
    return keys


def answer_to(question: Question, ending: str) -> Value:
    """Return an answer, as full as may be."""
    if question.kind == "choice":
        values = [option.value for option in question.options]
        return next((one for one in (ending, "no") if one in values), values[0])
    if question.kind == "date":
        return date(2026, 6, 30) if question.id.startswith(("sent_on", "passed_on")) else TODAY
    return "yes" if question.kind == "yes-no" else "In words."


@pytest.mark.parametrize("name", SHIPPED)
def test_advance_asks_at_most_ten_things_at_any_stage_however_it_ended(name: str) -> None:
    most = {ending: max(len(asked_of(case, ending)) for case in at_each_stage(name).values()) for ending in ENDINGS}

    print(f"{name}: {', '.join(f'{ending} {count}' for ending, count in most.items())}")
    assert max(most.values()) <= 10, most


def test_what_is_asked_of_each_ending_in_order() -> None:
    case = scenario(told("2026-04-01"))

    assert {ending: asked_of(case, ending) for ending in ENDINGS} == {
        "resolved": [
            "risk",
            "on",
            "outcome",
            "decision",
            "changed_for_child",
            "confirms",
            "action",
            "action_owner",
            "action_by_on",
            "learning",
        ],
        "unresolved": [
            "risk",
            "on",
            "outcome",
            "said",
            "options",
            "decided",
            "action",
            "action_owner",
            "action_by_on",
        ],
        "no response": ["risk", "on", "outcome", "said", "sent_on", "passed_on"],
        "out of time": [
            "risk",
            "on",
            "outcome",
            "said",
            "options",
            "decided",
            "action",
            "action_owner",
            "action_by_on",
        ],
        "going up": ["risk", "on", "outcome", "to", "ground", "reason"],
    }


def test_what_waits_can_be_added_at_the_end() -> None:
    case = scenario(told("2026-04-01"))
    script = advance_script(case.case, follow(case.policy), Known(today=TODAY), tuple(case.owed.values()))
    given: dict[str, Value] = {"risk": "no", "on": TODAY, "outcome": "unresolved", "said": "No."}

    assert [question.key for question in waiting(script, Answers(given))] == [
        "for_us",
        "with_whom",
        "actions.any",
        "to",
        "ground",
        "reason",
        "people",
        "learning",
    ]


def test_no_answer_by_is_the_last_date_that_has_passed_for_them() -> None:
    case = scenario(told("2026-04-01"))
    script = advance_script(case.case, follow(case.policy), Known(today=TODAY), tuple(case.owed.values()))
    given: dict[str, Value] = {"risk": "no", "on": TODAY, "outcome": "no response", "said": "A call.", "sent_on": TODAY}

    question = next_question(script, Answers(given))

    assert isinstance(question, Question)
    assert (question.key, question.default) == ("passed_on", "08/04/2026")
