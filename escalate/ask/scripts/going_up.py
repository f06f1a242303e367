"""Where a case goes that is not resolved: the next stage, on what ground, who acts there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from escalate.ask.question import Condition, Option, Question, Step, always
from escalate.ask.scripts.how_it_ended import any_action, any_is, any_not_resolved
from escalate.ask.scripts.opening_a_stage import stage_questions
from escalate.ask.scripts.standing import Standing
from escalate.core import ladder
from escalate.core.answers import Answers
from escalate.core.policy import Policy, Stage

GROUNDS = (
    Option("as it ended", "because of how it ended"),
    Option("immediate risk", "a child is at immediate risk"),
    Option("significant policy issue", "it raises significant policy issues"),
)
Chosen = Callable[[Answers], str]


def going_up_questions(standing: Standing) -> tuple[Step, ...]:
    """Return the questions about the next stage; none at the last.

    Where the policy leaves no choice and nothing presses, the next stage is taken as it comes: the questions wait.
    """
    case, policy = standing.case, standing.policy
    above = [stage for stage in policy.stage if stage.id in policy.above(case.stage)]
    if not above:
        return ()
    following = policy.after(case.stage)
    is_a_choice = len(following) > 1
    goes_up = any_not_resolved(standing)

    def chosen(answers: Answers) -> str:
        return answers.text("to") or ("" if is_a_choice else following[0])

    return (
        _which(standing, above, "" if is_a_choice else following[0], goes_up),
        *_why(standing, chosen, goes_up),
        *(step for stage in above for step in _at(stage, standing, _chosen_is(chosen, stage.id, goes_up))),
    )


def _which(standing: Standing, above: list[Stage], usual: str, goes_up: Condition) -> Question:
    policy = standing.policy
    here = policy.stage_of(standing.case.stage)
    return Question(
        id="to",
        text=f"Which {policy.policy.called} comes next?",
        kind="choice",
        options=tuple(Option(stage.id, stage.title) for stage in above),
        default=usual,
        required=not usual,
        notice=here.choose if here and not usual else "",
        when=goes_up,
        waits=lambda answers: bool(usual) and not _is_pressed(standing, answers),
        label=f"Next {policy.policy.called}",
        help=f"One {policy.policy.called} after the other, unless the policy allows more. Passing one over is never "
        "refused; it asks for your reason, and the record says so.",
    )


def _is_pressed(standing: Standing, answers: Answers) -> bool:
    """Whether the case goes up for another reason than how it ended, so that the way up is worth a question."""
    return any_is(standing, "going up")(answers) or answers.says("risk", "yes")


def _why(standing: Standing, chosen: Chosen, goes_up: Condition) -> tuple[Step, ...]:
    case, policy = standing.case, standing.policy
    called = policy.policy.called

    def passes_over(answers: Answers) -> bool:
        return goes_up(answers) and bool(ladder.passed_over(policy.stage, case.stage, chosen(answers)))

    def needs_ground(answers: Answers) -> bool:
        is_open = any(case.stage in way.from_ and way.to == chosen(answers) for way in policy.straight_up)
        return goes_up(answers) and (_is_pressed(standing, answers) or is_open or passes_over(answers))

    read_by = "It stands in the record, and whoever acts at the next stage reads it."
    example = "The visits would be fewer before anybody has seen the children."
    return (
        Question(
            id="ground",
            text="On what ground does it go up?",
            kind="choice",
            options=_grounds(policy),
            default="as it ended",
            when=needs_ground,
            waits=lambda answers: not (_is_pressed(standing, answers) or passes_over(answers)),
            label="Ground",
            help="Some policies let a case go straight to a higher place on these grounds.",
        ),
        Question(
            id="reason",
            text=f"In your words, why does it go up past a {called}?",
            kind="long",
            required=True,
            when=passes_over,
            label="Reason",
            help=read_by,
            example="Both line managers are away until the date has passed.",
        ),
        Question(
            id="reason",
            text="In your words, why does it go up?",
            kind="long",
            when=lambda answers: goes_up(answers) and not passes_over(answers),
            waits=lambda answers: not _is_pressed(standing, answers),
            label="Reason",
            help=read_by,
            example=example,
        ),
    )


def _grounds(policy: Policy) -> tuple[Option, ...]:
    """Return the grounds to go up on, with those of the policy's own."""
    known = {option.value for option in GROUNDS}
    own = dict.fromkeys(way.ground for way in policy.straight_up if way.ground not in known)
    return (*GROUNDS, *(Option(ground) for ground in own))


def _at(stage: Stage, standing: Standing, when: Condition) -> tuple[Step, ...]:
    """Return what the stage being entered needs somebody to say, and who stands in where somebody is away."""
    asked = stage_questions(standing.policy, stage.id, standing.known.today, when)
    if any(isinstance(step, Question) and step.id == "people" for step in asked):
        # Ten answers are the most: where an action took two, who acts there can be added at the end.
        return tuple(
            dataclasses.replace(step, waits=any_action(standing))
            if isinstance(step, Question) and step.id == "people"
            else step
            for step in asked
        )
    return (_stand_in(stage, when), *asked)


def _stand_in(stage: Stage, when: Condition) -> Question:
    said = f" The policy names who stands in: {stage.stand_in}." if stage.stand_in else ""
    return Question(
        id="people",
        text="Is somebody away there, or a post vacant? Who acts instead?",
        kind="text",
        when=when,
        waits=always,
        notice=f"There {stage.between[0]} and {stage.between[1]} speak ({stage.clause}).{said}",
        asks="who",
        label="Who acts there",
        help="The time does not wait for somebody who is away. Say who acts for each side, by name or post; "
        "where the policy names nobody to stand in, their own manager does (ours).",
    )


def _chosen_is(chosen: Chosen, stage: str, goes_up: Condition) -> Condition:
    return lambda answers: goes_up(answers) and chosen(answers) == stage
