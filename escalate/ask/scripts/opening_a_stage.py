"""What is asked as a stage is entered, where the policy leaves it open: how urgent it is, who acts there, by when."""

from __future__ import annotations

from datetime import date

from escalate.ask.question import Condition, Option, Question, Step
from escalate.core.policy import Policy
from escalate.core.time_allowed import clocks_by_agreement


def urgency_questions(policy: Policy, when: Condition) -> tuple[Step, ...]:
    """Return the questions how urgent it is, by the policy's own bands; none where it has no bands."""
    if not policy.band:
        return ()
    return (
        Question(
            id="band",
            text="How urgent is it, by the policy's bands?",
            kind="choice",
            options=tuple(Option(band.id, band.title) for band in policy.band),
            when=when,
            label="Urgency",
            help="Until somebody has judged it, the shortest time governs.",
        ),
        Question(
            id="judged_by",
            text="Who judged that?",
            kind="text",
            when=_given("band", when),
            asks="who",
            label="Judged by",
            help="A name or a post.",
        ),
        Question(
            id="band_reason",
            text="Why?",
            kind="long",
            when=_given("band", when),
            label="Why so urgent",
            help="What makes it so urgent, or lets it wait: it is kept beside the time it gives.",
        ),
    )


def _given(key: str, also: Condition) -> Condition:
    return lambda answers: answers.is_known(key) and also(answers)


def stage_questions(policy: Policy, stage: str, today: date, when: Condition) -> tuple[Step, ...]:
    """Return what this stage needs somebody to say as it opens: nothing, in most policies."""
    gaps = [gap for gap in policy.to_fill_in if gap.stage == stage and not gap.answer]
    people = Question(
        id="people",
        text="Who acts for each side there?",
        kind="text",
        when=when,
        notice="\n".join(gap.asks for gap in gaps),
        asks="who",
        label="Who acts there",
        help="The policy's text does not say. The partnership can fill it in, in its own copy of the file.",
    )
    agreed = Question(
        id="agreed_by_on",
        text=f"By when have both sides agreed to finish this {policy.policy.called}?",
        kind="date",
        earliest=today,
        when=when,
        label="Agreed to finish by",
        help="The policy gives no time. Until a date is agreed, it stands high among what has none.",
    )
    return (*((people,) if gaps else ()), *((agreed,) if clocks_by_agreement(policy, stage) else ()))
