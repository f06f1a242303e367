"""How a stage ended, agency by agency, and where the case goes; and the two shorter ends of a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from escalate.ask.question import Condition, Option, Question, Script, Step, always, answered, never
from escalate.ask.scripts.discussing import actions_group
from escalate.ask.scripts.going_up import going_up_questions
from escalate.ask.scripts.how_it_ended import (
    ENDED,
    any_is,
    any_spoke,
    outcome_questions,
    promised_questions,
)
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.naming_nobody import names_question
from escalate.ask.scripts.recording import before_told, ending_question
from escalate.ask.scripts.safety import risk_questions
from escalate.ask.scripts.standing import Standing
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.owed import Owed
from escalate.core.policy import Policy


def advance_script(case: Case, policy: Policy, known: Known, owed: Sequence[Owed] = ()) -> Script:
    """Return the interview of `advance` for one case: how this stage ended, and the next.

    With one agency, it asks at most ten things of somebody at a terminal; everything else waits to be added.

    Args:
        policy: with its followed readings put in (`policy.follow`).
        owed: what is owed in the case: which dates have passed without an answer.
    """
    standing = Standing(case=case, policy=policy, known=known, owed=owed)
    resolved, spoke = any_is(standing, "resolved"), any_spoke(standing)
    before = (
        *risk_questions(known, again=True),
        ending_question(
            known,
            case,
            policy.policy.called,
            f"On which day did this {policy.policy.called} end?",
            doubt=lambda value, _: before_told(case, value),
        ),
        *(step for agency in case.unsettled for step in outcome_questions(standing, agency, ENDED)),
        *_discussed(spoke, _lacks_its_date(standing)),
        *(step for agency in case.unsettled for step in _who_spoke(standing, agency)),
    )
    after = (*going_up_questions(standing), *_learning(standing, lambda answers: not resolved(answers)))

    def script(answers: Answers) -> tuple[Step, ...]:
        on = answers.day("on")
        more = actions_group("Did somebody promise anything else?", spoke, on)
        return (*before, *_promised(standing, ENDED, on), dataclasses.replace(more, waits=always), *after)

    return script


def resolve_script(case: Case, policy: Policy, known: Known) -> Script:
    """Return the interview of `resolve`: what was agreed with each agency, and what changed for the child."""
    standing = Standing(case=case, policy=policy, known=known)
    before = (
        *risk_questions(known, again=True),
        ending_question(
            known,
            case,
            policy.policy.called,
            "On which day was it resolved?",
            doubt=lambda value, _: before_told(case, value),
        ),
        *(step for agency in case.unsettled for step in outcome_questions(standing, agency, ())),
    )
    return lambda answers: (*before, *_promised(standing, (), answers.day("on")), *_learning(standing, never))


def withdraw_script(case: Case, policy: Policy, known: Known) -> Script:
    """Return the interview of `withdraw`."""
    return (
        *risk_questions(known, again=True),
        ending_question(known, case, policy.policy.called, "On which day was it withdrawn?"),
        Question(
            id="wanted_by",
            text="Who wants it withdrawn?",
            kind="text",
            required=True,
            asks="a name",
            label="Wanted by",
            help="A name or a post. Whoever raised it may ask for it; nobody can be made to.",
        ),
        Question(
            id="reason",
            text="Why?",
            kind="long",
            required=True,
            label="Reason",
            help="What is different now. If the matter was agreed after all, it is resolved: leave by q, and run "
            f"escalate resolve {case.reference} instead.",
            example="The family has moved; the new authority holds its own meeting on 4 May.",
        ),
        Question(
            id="manager",
            text="Which manager knows?",
            kind="text",
            asks="who",
            label="Manager who knows",
            help="A manager of yours or your safeguarding lead: a concern should not end with one person alone.",
        ),
        _changed_for_child(),
    )


def reopen_script() -> Script:
    """Return the interview of `reopen`."""
    return (
        Question(
            id="reason",
            text="Why is it opened again?",
            kind="long",
            required=True,
            label="Reason",
            help="What happened since. It opens where it ended, and keeps the day of its first concern.",
        ),
    )


def _promised(standing: Standing, endings: tuple[Option, ...], on: date | None) -> tuple[Step, ...]:
    return tuple(s for agency in standing.case.unsettled for s in promised_questions(standing, agency, endings, on))


def _changed_for_child() -> Question:
    return Question(
        id="changed_for_child",
        text="What has changed for the child?",
        kind="long",
        label="Changed for the child",
        help='What is different in the child\'s life. "Nothing yet" is an answer.',
    )


def _lacks_its_date(standing: Standing) -> Condition:
    """Return the condition that it is out of time by a date that has to be asked for: ten answers are the most."""
    undated = [standing.key(one, "outcome") for one in standing.case.unsettled if standing.last_day(one) is None]
    return lambda answers: any(answers.says(key, "out of time") for key in undated)


def _discussed(when: Condition, waits: Condition) -> tuple[Step, ...]:
    return (
        Question(
            id="options",
            text="Which ways forward were considered?",
            kind="long",
            when=when,
            waits=waits,
            label="Options considered",
            help="Each one, and what spoke for and against it.",
            example="A joint visit before the review; the review brought forward to 21 April.",
        ),
        Question(
            id="decided",
            text="What was decided all the same?",
            kind="long",
            when=when,
            label="Decided",
            help="What will happen meanwhile, although you do not agree on the whole.",
            example="The visit of 16 April takes place, whoever is right.",
        ),
    )


def _who_spoke(standing: Standing, agency: str) -> tuple[Step, ...]:
    """Return who held the discussion for each side: they wait, and whoever records it has spoken for us till then."""
    ended = answered(standing.key(agency, "outcome"), "unresolved", "out of time")
    case = standing.case
    with_whom = standing.with_whom(agency)
    return (
        Question(
            id=standing.key(agency, "for_us"),
            text=f"Who spoke for your side{with_whom}?",
            kind="text",
            when=ended,
            waits=always,
            asks="who",
            label=f"Spoke for us{with_whom}",
            help="Names, separated by semicolons. Enter: you did. The next form names them beside the discussion.",
        ),
        Question(
            id=standing.key(agency, "with_whom"),
            text=f"With whom did they speak{f' at {case.name_of(agency)}' if with_whom else ''}?",
            kind="text",
            when=ended,
            waits=always,
            asks="who",
            label=f"Spoke for them{with_whom}",
            help="Names, separated by semicolons.",
            example="Sam Placeholder; Alex Specimen",
        ),
    )


def _learning(standing: Standing, waits: Condition) -> tuple[Step, ...]:
    return (
        Question(
            id="learning",
            text="Is there something the partnership could learn from?",
            kind="long",
            waits=waits,
            label="Learning",
            help="It is sent to the partnership on its own form, where it has one, which names no child. Enter: no.",
            example="Nobody outside the team could see that visits had been missed.",
        ),
        names_question(standing.case, ("learning",), always, standing.known.elsewhere),
    )
