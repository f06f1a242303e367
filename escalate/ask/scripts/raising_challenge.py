"""The parts of a good challenge, one at a time: the issue, since when, the risk, the evidence, the outcome wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from escalate.ask.dates import format_date
from escalate.ask.question import Option, Question, always, never, no_doubt
from escalate.ask.scripts.channels import HOW_TOLD
from escalate.ask.scripts.raising_people import is_about_children, until_more, waits_unless
from escalate.core.answers import Answers, Value
from escalate.core.policy import Policy

_STARTS = {
    "receipt of the decision": "when you learned of the decision",
    "the disagreement": "when the disagreement began",
    "the concern": "when you learned of the decision, or first disagreed, whichever came first",
    "the stage entered": "when the stage is entered, which is when you raise it",
    "the counterpart told": "when the other side is told",
}
"""What a policy's clocks count from, as one person says it to another."""


def the_issue(policy: Policy, today: date, *, received: bool) -> tuple[Question, ...]:
    """Return the questions what was decided, and when that was learned of, in the policy's own terms."""
    guidance = "\n".join(prompt.says for prompt in policy.prompts_at("raise"))
    return (
        Question(
            id="decision",
            text="What did your agency decide, or not do?" if received else "What was decided, or not done?",
            kind="long",
            required=True,
            label="Decision",
            notice=guidance,
            help="The issue, in a sentence or two: what happened, and nothing yet of what you think of it.",
            example="The referral of 30 March was closed without an assessment.",
        ),
        Question(
            id="learned_on",
            text="When did they learn of the decision, as far as you know?"
            if received
            else "When did you learn of the decision?",
            kind="date",
            required=True,
            latest=today,
            label="Learned of it on",
            help=f"{_counted_from(policy)} If you first disagreed on an earlier day, that can be added at the end. "
            "Late is better than not at all.",
        ),
    )


def _counted_from(policy: Policy) -> str:
    """Return from when the policy's times at its first stage count, each with its clause."""
    said: dict[str, str] = {}
    for clock in policy.clock:
        if policy.first_stage in clock.stages:
            for start in clock.from_:
                if start in _STARTS:
                    said.setdefault(_STARTS[start], clock.clause)
    if not said:
        return "The policy's times count from what happens, and this is where it begins."
    each = "; ".join(f"{start} ({clause})" for start, clause in said.items())
    return f"The policy's times begin {each}."


def the_worry(late: str, *, received: bool) -> tuple[Question, ...]:
    """Return the questions what is worrying, and what is wanted; `late` is what is to be said of a late raise."""
    return (
        Question(
            id="concern",
            text="What worries them?" if received else "What worries you?",
            kind="long",
            required=True,
            label="Concern",
            notice=late,
            help="Facts first, then what you make of them. Keep out: intelligence, legal advice, opinions of "
            "colleagues, other families.",
            example="He has missed four meals a week and falls asleep in class.",
        ),
        Question(
            id="outcome_wanted",
            text="What do they want to happen?" if received else "What do you want to happen?",
            kind="long",
            required=True,
            label="Outcome wanted",
            help="What would have to be done, by whom and by when, for the child to be safe.",
            example="A child and family assessment, begun this week.",
        ),
    )


def more_of_the_challenge(
    policy: Policy, today: date, needed: Collection[str], *, received: bool
) -> tuple[Question, ...]:
    """Return the further parts of a challenge, with those that nobody is asked unbidden among them."""
    return (
        Question(
            id="disagreed_on",
            text="Did the disagreement begin on another day? When?",
            kind="date",
            latest=today,
            waits=always,
            doubt=lambda value, answers: _before_it_was_known(value, answers, received=received),
            label="Disagreement began on",
            help="The policy's times count from the earlier of the two days.",
        ),
        Question(
            id="risk_to_child",
            text="What is the risk to the child if nothing changes?",
            kind="long",
            waits=until_more,
            label="Risk",
            help="What may happen to the child, how soon, and how sure you are.",
            example="He goes on without food at home, unseen over the holiday.",
        ),
        Question(
            id="evidence",
            text="What have they seen or heard that shows it?"
            if received
            else "What have you seen or heard that shows it? A gut feeling counts: say that it is one.",
            kind="long",
            waits=until_more,
            label="Evidence",
            help="Dates, notes, what was seen. Where you only feel it, own it: it is still worth saying.",
            example="The lunchtime register of March. A gut feeling of mine: he is afraid to go home.",
        ),
        Question(
            id="nature",
            text="What exactly do you and they disagree about?",
            kind="long",
            waits=until_more,
            label="Disagreement",
            help="In one sentence: where the two sides part.",
            example="Whether the threshold for an assessment is met.",
        ),
        *(replace(one, waits=always) if received else one for one in (_the_child_said(), _the_family_knows())),
        Question(
            id="family_not_told",
            text="If the family has not been told: why not?",
            kind="long",
            waits=always,
            label="Why the family was not told",
            help="Mostly because telling them would put the child at more risk: say what shows it.",
        ),
        Question(
            id="they_want",
            text=f"What {'does your agency' if received else 'do they'} want to achieve, as far as you know?",
            kind="long",
            waits=until_more if received else waits_unless("they_want", needed),
            label="The other side wants",
            help="As fairly as you can: mostly both sides want the child to do well.",
            example="To work with the family by consent.",
        ),
        Question(
            id="theme_area",
            text="Which area of disagreement is it, from the policy's list?",
            kind="choice",
            options=tuple(Option(theme.id, theme.title) for theme in policy.theme),
            waits=waits_unless("theme_area", needed),
            label="Area of disagreement",
            help="The partnership counts by it what people disagree about.",
        ),
    )


def _before_it_was_known(value: Value, answers: Answers, *, received: bool) -> str:
    """Return that a disagreement began before the decision was learned of; "" where it did not."""
    learned_on = answers.day("learned_on")
    if learned_on is None or not isinstance(value, date) or value >= learned_on:
        return ""
    return f"That is before {'they' if received else 'you'} learned of the decision ({format_date(learned_on)})."


def _told_before_it_began(value: Value, answers: Answers) -> str | None:
    """Return that nobody can be told of what had not begun, by the days that its times are counted from."""
    learned_on, disagreed_on = answers.day("learned_on"), answers.day("disagreed_on")
    began_on = min((day for day in (learned_on, disagreed_on) if day), default=None)
    if began_on is None or not isinstance(value, date) or value >= began_on:
        return None
    what = "you learned of the decision" if began_on == learned_on else "the disagreement began"
    return f"that is before {what} ({format_date(began_on)}): one of the two days is wrong"


def _raised_before_they_knew(value: Value, answers: Answers) -> str:
    """Return that it was raised before they learned of it: it may be, where they disagreed already before that day."""
    return _before_it_was_known(value, answers, received=True)


def _the_child_said() -> Question:
    return Question(
        id="child_said",
        text="What has the child said, and how is their day?",
        kind="long",
        when=is_about_children,
        waits=until_more,
        label="The child's voice",
        help="In the child's own words where you have them; of one who does not speak, what you see.",
        example='"There is no tea at home." He comes at 8 and waits for breakfast.',
    )


def _the_family_knows() -> Question:
    return Question(
        id="family_knows",
        text="What does the family know of this? If they have not been told: why not?",
        kind="long",
        when=is_about_children,
        waits=until_more,
        label="What the family knows",
        help="Mostly a family is told, unless that puts the child at more risk.",
        example="The mother knows that we disagree with the closing. The father has not been told: he may be the risk.",
    )


def told_on_question(today: date, *, received: bool) -> Question:
    """Return when the other side was told, or when they told us: asked early, since what we owe counts from it."""
    return Question(
        id="told_on",
        text="When did they raise it with you?" if received else "If you have raised it with them already: when?",
        kind="date",
        latest=today,
        check=None if received else _told_before_it_began,
        doubt=_raised_before_they_knew if received else no_doubt,
        waits=never if received else until_more,
        label="Raised with you on" if received else "Raised with them on",
        help="The time to answer counts from it. Leave it as not known yet rather than guess: then no date is counted."
        if received
        else "Writing it down here tells nobody. Leave it as not known yet until somebody has been told.",
    )


def told_questions(today: date, *, received: bool) -> tuple[Question, ...]:
    """Return whether the other side was told already, when and how; of what reached us, when is asked before."""

    def is_told(answers: Answers) -> bool:
        return answers.day("told_on") is not None

    return (
        *(() if received else (told_on_question(today, received=received),)),
        Question(
            id="told_how",
            text="How?",
            kind="choice",
            options=HOW_TOLD,
            required=not received,
            when=is_told,
            waits=always if received else never,
            label="How",
            help="What was said by word of mouth should follow in writing.",
        ),
        Question(
            id="told_said",
            text="What was said?",
            kind="long",
            when=is_told,
            waits=always,
            label="What was said",
            help="What you asked for, and what they answered. Facts first.",
        ),
    )
