"""How a stage ended, agency by agency, and where the case goes; and the two shorter ends of a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from escalate.ask.question import Condition, Option, Question, Script, Step, answered
from escalate.ask.scripts.discussing import actions_group
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.opening_a_stage import stage_questions
from escalate.ask.scripts.recording import on_question
from escalate.ask.scripts.safety import risk_questions
from escalate.core import ladder
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.policy import Policy

ENDED = (
    Option("resolved", "resolved: a way forward was agreed"),
    Option("unresolved", "unresolved: no agreement"),
    Option("no response", "no response: they have not answered"),
    Option("out of time", "out of time: still talking, but the date has passed"),
    Option("going up", "it has not ended: it goes up at once"),
)
GROUNDS = (
    Option("as it ended", "because of how it ended"),
    Option("immediate risk", "a child is at immediate risk"),
    Option("significant policy issue", "it raises significant policy issues"),
)


def _grounds(policy: Policy) -> tuple[Option, ...]:
    """Return the grounds to go up on, with those of the policy's own."""
    known = {option.value for option in GROUNDS}
    own = dict.fromkeys(way.ground for way in policy.straight_up if way.ground not in known)
    return (*GROUNDS, *(Option(ground) for ground in own))


def suffix(place: int) -> str:
    """Return what an answer's id ends with for the agency at this place: "" for the first, "-2" for the second."""
    return "" if place == 0 else f"-{place + 1}"


def advance_script(case: Case, policy: Policy, known: Known) -> Script:
    """Return the interview of `advance` for one case: how this stage ended, and the next."""
    return (
        *risk_questions(known, again=True),
        on_question(known, case, lambda _: True, "On which day did it end?"),
        *(step for agency in case.unsettled for step in _outcome(case, agency, ENDED, policy.policy.called)),
        *_discussed(_any_spoke(case)),
        *_next(case, policy, known),
        *_learning(),
    )


def resolve_script(case: Case, policy: Policy, known: Known) -> Script:
    """Return the interview of `resolve`: what was agreed with each agency, and what changed for the child."""
    guidance = "\n".join(prompt.says for prompt in policy.prompts_at("resolve"))
    on = on_question(known, case, lambda _: True, "On which day was it resolved?")
    return (
        *risk_questions(known, again=True),
        dataclasses.replace(on, notice=guidance),
        *(step for agency in case.unsettled for step in _outcome(case, agency, ())),
        *_learning(),
    )


def withdraw_script(case: Case, known: Known) -> Script:
    """Return the interview of `withdraw`."""
    return (
        *risk_questions(known, again=True),
        on_question(known, case, lambda _: True),
        Question(id="wanted_by", text="Who wants it withdrawn?", kind="text", required=True, label="Wanted by"),
        Question(id="reason", text="Why?", kind="long", required=True, label="Reason"),
        Question(id="manager", text="Which manager knows?", kind="text", label="Manager who knows"),
        Question(
            id="changed_for_child", text="What has changed for the child?", kind="long", label="Changed for the child"
        ),
    )


def reopen_script() -> Script:
    """Return the interview of `reopen`."""
    return (Question(id="reason", text="Why is it opened again?", kind="long", required=True, label="Reason"),)


def outcome_key(case: Case, agency: str, name: str) -> str:
    """Return the key under which an answer about one agency's outcome is kept."""
    return name + suffix(case.raised.receiving_agencies.index(agency))


def _outcome(case: Case, agency: str, endings: tuple[Option, ...], called: str = "stage") -> tuple[Step, ...]:
    def key(name: str) -> str:
        return outcome_key(case, agency, name)

    agreed: Condition = answered(key("outcome"), "resolved") if endings else (lambda _: True)
    with_whom = f" with {case.name_of(agency)}" if len(case.raised.receiving_agencies) > 1 else ""
    how = Question(
        id=key("outcome"),
        text=f"How did this {called} end{with_whom}?",
        kind="choice",
        options=endings,
        required=True,
        label=f"Ended{with_whom}",
    )
    return (
        *((how,) if endings else ()),
        Question(
            id=key("said"),
            text=f"What was said{with_whom}, or what was sent and when?",
            kind="long",
            when=answered(key("outcome"), "unresolved", "out of time", "no response"),
            label=f"Said{with_whom}",
        ),
        Question(
            id=key("decision"),
            text=f"What was agreed{with_whom}?",
            kind="long",
            required=True,
            when=agreed,
            label=f"Agreed{with_whom}",
        ),
        Question(
            id=key("outstanding"),
            text="What is still outstanding, and how will it be pursued?",
            kind="long",
            when=agreed,
            label="Outstanding",
        ),
        Question(
            id=key("changed_for_child"),
            text="What has changed for the child?",
            kind="long",
            when=agreed,
            label="Changed for the child",
        ),
        Question(
            id=key("action"),
            text="Which action was agreed, if any? (others by: escalate record)",
            kind="text",
            when=agreed,
            label="Action",
        ),
        Question(id=key("action_owner"), text="Who does it?", kind="text", when=_given(key("action"), agreed)),
        Question(id=key("action_by_on"), text="By when?", kind="date", when=_given(key("action"), agreed)),
    )


def _given(key: str, also: Condition) -> Condition:
    return lambda answers: bool(answers.text(key)) and also(answers)


def _any_not_resolved(case: Case) -> Condition:
    keys = [outcome_key(case, agency, "outcome") for agency in case.unsettled]
    return lambda answers: any(answers.is_known(key) and not answers.says(key, "resolved") for key in keys)


def _any_spoke(case: Case) -> Condition:
    keys = [outcome_key(case, agency, "outcome") for agency in case.unsettled]
    return lambda answers: any(answers.says(key, "unresolved", "out of time") for key in keys)


def _discussed(when: Condition) -> tuple[Step, ...]:
    return (
        Question(
            id="options", text="Which options were considered?", kind="long", when=when, label="Options considered"
        ),
        Question(id="decided", text="What was decided all the same?", kind="long", when=when, label="Decided"),
        actions_group("Were actions agreed all the same?", when),
    )


def _next(case: Case, policy: Policy, known: Known) -> tuple[Step, ...]:
    above = [stage for stage in policy.stage if stage.id in policy.above(case.stage)]
    if not above:
        return ()
    following = policy.after(case.stage)
    is_a_choice = len(following) > 1
    here = policy.stage_of(case.stage)
    going_up = _any_not_resolved(case)
    keys = [outcome_key(case, agency, "outcome") for agency in case.unsettled]

    def chosen(answers: Answers) -> str:
        return answers.text("to") or ("" if is_a_choice else following[0])

    def passes_over(answers: Answers) -> bool:
        return going_up(answers) and bool(ladder.passed_over(policy.stage, case.stage, chosen(answers)))

    def needs_ground(answers: Answers) -> bool:
        at_once = any(answers.says(key, "going up") for key in keys)
        is_open = any(case.stage in way.from_ and way.to == chosen(answers) for way in policy.straight_up)
        return going_up(answers) and (at_once or is_open or passes_over(answers))

    return (
        Question(
            id="to",
            text=f"Which {policy.policy.called} comes next?",
            kind="choice",
            options=tuple(Option(stage.id, stage.title) for stage in above),
            default="" if is_a_choice else following[0],
            required=is_a_choice,
            notice=here.choose if here and is_a_choice else "",
            when=going_up,
            label=f"Next {policy.policy.called}",
        ),
        Question(
            id="ground",
            text="On what ground does it go up?",
            kind="choice",
            options=_grounds(policy),
            default="as it ended",
            when=needs_ground,
            label="Ground",
        ),
        Question(
            id="reason",
            text=f"In your words, why does it go up past a {policy.policy.called}?",
            kind="long",
            required=True,
            when=passes_over,
            label="Reason",
        ),
        Question(
            id="reason",
            text="In your words, why does it go up?",
            kind="long",
            when=lambda answers: going_up(answers) and not passes_over(answers),
            label="Reason",
        ),
        *(
            step
            for stage in above
            for step in stage_questions(policy, stage.id, known.today, _chosen_is(chosen, stage.id, going_up))
        ),
    )


def _chosen_is(chosen: Callable[[Answers], str], stage: str, going_up: Condition) -> Condition:
    return lambda answers: going_up(answers) and chosen(answers) == stage


def _learning() -> tuple[Step, ...]:
    return (
        Question(
            id="learning",
            text="Is there something the partnership could learn from?",
            kind="long",
            label="Learning",
            help="It is sent to the partnership on its own form, which names no child.",
        ),
    )
