"""Recording a discussion or a fact in an open case: what there is to record now, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from escalate.ask.dates import format_date
from escalate.ask.question import Condition, Doubt, Option, Question, Script, Step, always, answered, never, no_doubt
from escalate.ask.scripts.channels import HOW_TOLD
from escalate.ask.scripts.discussing import decider_questions, discussion_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.opening_a_stage import urgency_questions
from escalate.ask.scripts.safety import risk_questions
from escalate.ask.scripts.saying_more import saying_more_questions
from escalate.ask.scripts.situation import detail_questions, situation_questions
from escalate.ask.scripts.unsaid import askable, unsaid_questions
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from escalate.core.case import Case
from escalate.core.forms.details import DetailAsked
from escalate.core.ladder import gone_up_on, say_stages
from escalate.core.policy import Policy

WHAT = (
    Option("told", "I told them: the concern was raised with the other agency"),
    Option("discussion", "we spoke: a telephone call, a talk or a meeting about it"),
    Option("situation", "something became known about the child or an agency"),
    Option("confirmation", "what was agreed has been confirmed in writing"),
    Option("recommendation", "somebody at the top decided or recommended something"),
    Option("response", "an agency has answered that recommendation"),
    Option("urgency", "how urgent it is, by the policy's own measure"),
    Option("oversight", "a manager looked at it, or it was discussed in supervision"),
    Option("details", "something that a form asks for"),
    Option("learning", "something the partnership could learn from"),
    Option("departure", "something was done otherwise than the policy says"),
    Option("not said", "what was not said yet when it was raised"),
    Option("nothing more", "nothing else: only what I said about risk"),
)

_OF_TODAY = ("nothing more", "details", "not said")


def record_script(case: Case, policy: Policy, known: Known, details: Sequence[DetailAsked] = ()) -> Script:
    """Return the interview of `record` for one case; `details` are what its forms ask for."""
    guidance = "\n".join(prompt.says for prompt in policy.prompts_at("record"))
    what = Question(
        id="what",
        text="What do you want to record?",
        kind="choice",
        options=what_options(case, policy, details),
        required=True,
        notice=guidance,
        label="What is recorded",
        help="One thing at a time; run it again for the next. How a stage ended is said by escalate advance, "
        "that a duty was done by escalate do, a date agreed by escalate agree.",
    )
    before = (*risk_questions(known, again=True), what, *_when_and_who(case, policy, known), *_told(case, known))
    after = (
        *urgency_questions(policy, answered("what", "urgency")),
        *situation_questions(case, policy, details),
        *detail_questions(case, details),
        *saying_more_questions(case, known.elsewhere),
        *decider_questions(case, policy),
        *unsaid_questions(case, policy, known, answered("what", "not said")),
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        return (*before, *discussion_questions(case, policy, answers.day("on")), *after)

    return script


def what_options(case: Case, policy: Policy, details: Sequence[DetailAsked]) -> tuple[Option, ...]:
    """Return what can be recorded of a case as it stands, the likeliest first."""
    first = [*_likeliest(case), "told", "discussion", "not said"]
    possible = [option for option in _what_of(case) if option.value not in _impossible(case, policy, details)]
    return tuple(
        sorted(possible, key=lambda option: first.index(option.value) if option.value in first else len(first))
    )


def _what_of(case: Case) -> tuple[Option, ...]:
    """Return what can be recorded, as the side says it whose record this is."""
    if case.raised.our_side != "receiving":
        return WHAT
    told = Option("told", "they told us: when and how the concern was raised with our agency")
    return tuple(told if option.value == "told" else option for option in WHAT)


def _likeliest(case: Case) -> list[str]:
    """Return what is likeliest to be recorded next, where that is neither the telling nor a talk.

    These two always stand first of the rest: whoever types by heart is to find them where they were.
    """
    if case.latest(e.RecommendationMade) is not None:
        return ["response"]
    return [] if case.unsettled else ["confirmation", "learning"]


def _impossible(case: Case, policy: Policy, details: Sequence[DetailAsked]) -> set[str]:
    """Return what cannot be recorded yet: nobody confirms, recommends or answers what there is not."""
    can_confirm = any(case.settled_on(agency) for agency in case.raised.receiving_agencies)
    can_recommend = any(ending.stage == case.stage for ending in policy.ending)
    can_answer = case.latest(e.RecommendationMade) is not None
    has_bands = bool(policy.band)
    possible = {
        "urgency": has_bands,
        "details": bool(details),
        "confirmation": can_confirm,
        "recommendation": can_recommend,
        "response": can_answer,
        "not said": bool(askable(case)),
    }
    return {what for what, is_possible in possible.items() if not is_possible}


def agency_options(case: Case, agencies: Sequence[str]) -> tuple[Option, ...]:
    """Return agencies of the case as options: "1", "2" … by their place among the receiving agencies."""
    places = case.raised.receiving_agencies
    return tuple(Option(str(places.index(agency) + 1), case.name_of(agency)) for agency in agencies)


def on_question(
    known: Known, case: Case, when: Condition, text: str = "On which day?", *, doubt: Doubt = no_doubt
) -> Question:
    """Return the question for the day something happened, from the concern to today."""
    return Question(
        id="on",
        text=text,
        kind="date",
        required=True,
        default="today",
        earliest=case.concern_on,
        earliest_is=f"when the concern began (is that wrong? escalate correct {case.reference})",
        latest=known.today,
        when=when,
        doubt=doubt,
        label="On",
        help="The day it happened, not the day you write it down: days are counted from it.",
    )


def ending_question(known: Known, case: Case, called: str, text: str, *, doubt: Doubt = no_doubt) -> Question:
    """Return the question for the day a stage or a case ended: not before its stage was gone up to.

    Args:
        called: the policy's word for a stage.
    """
    on = on_question(known, case, always, text, doubt=doubt)
    entered = gone_up_on(case)
    if entered is None:
        return on
    began = f"when {say_stages(called, case.stage)} began (is that wrong? escalate correct {case.reference})"
    return replace(on, earliest=max(case.concern_on, entered), earliest_is=began)


def _when_and_who(case: Case, policy: Policy, known: Known) -> tuple[Step, ...]:
    dated = answered("what", *(option.value for option in WHAT if option.value not in _OF_TODAY))
    with_agency = answered("what", "told", "discussion", "confirmation", "response")
    time = Question(
        id="time",
        text="At what time, if you know?",
        kind="time",
        when=answered("what", "told", "discussion"),
        waits=never if _counts_hours(policy) else always,
        label="At",
        help="It counts where the policy counts in hours. Leave it out rather than guess.",
    )

    def too_soon(value: Value, answers: Answers) -> str:
        return before_told(case, value) if answers.says("what", "discussion") else ""

    on = on_question(known, case, dated, doubt=too_soon)
    if len(case.raised.receiving_agencies) < 2:
        return (on, time)
    which = Question(
        id="agency",
        text="With which agency?",
        kind="choice",
        options=(*agency_options(case, case.raised.receiving_agencies), Option("all", "all of them")),
        required=True,
        when=with_agency,
        label="With",
        help="Each agency has its own time to answer, from when it was told.",
    )
    return (on, time, which)


def before_told(case: Case, value: Value) -> str:
    """Return that a day of talking lies before the day the other side was told; "" where it does not, or nobody was."""
    told_on = min((event.occurred_on for event in case.of(e.CounterpartTold)), default=None)
    if told_on is None or not isinstance(value, date) or value >= told_on:
        return ""
    who = "they told you" if case.raised.our_side == "receiving" else "they were told"
    return f"That is before {who} ({format_date(told_on)})."


def _counts_hours(policy: Policy) -> bool:
    """Whether some time of the policy is one of hours, so that it matters at what time a thing happened."""
    return any(
        "hour" in words for one in (*policy.clock, *policy.duty) for words in (one.within, *one.by_band.values())
    )


def _told(case: Case, known: Known) -> tuple[Step, ...]:
    told = answered("what", "told")
    is_ours = case.raised.our_side == "receiving"
    return (
        Question(
            id="person",
            text="With whom in your agency was it raised?" if is_ours else "Who was told?",
            kind="text",
            required=not is_ours,
            offered=known.people_of(*case.raised.receiving_agencies),
            when=told,
            asks="a name",
            label="Who was told",
            help="By name or post. Your time to answer counts from this."
            if is_ours
            else "The person opposite you in the other agency, by name or post. Their time to answer counts from this.",
        ),
        Question(
            id="how",
            text="How?",
            kind="choice",
            options=HOW_TOLD,
            required=True,
            when=told,
            label="How",
            help="As they raised it with you."
            if is_ours
            else "What was said by word of mouth should follow in writing: escalate export with --follow-up drafts it.",
        ),
        Question(
            id="said",
            text="What was said?",
            kind="long",
            when=told,
            label="Said",
            help="What you asked for, and what they answered. Facts first.",
            example="We asked for the visits to go on until the review. They will ring back on Thursday.",
        ),
    )
