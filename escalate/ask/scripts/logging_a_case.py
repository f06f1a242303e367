"""What a partnership is asked to log a case by a form that came in: what the form says is only to be confirmed."""

from __future__ import annotations

from datetime import date

from escalate.ask.question import Option, Question
from escalate.core.forms.accepted import About
from escalate.core.forms.logged import agencies_said, child_said, concern_said, days_said, stage_said


def log_questions(about: About, today: date) -> tuple[Question, ...]:
    """Return the questions whose answers a case is logged with, each with what the form says as its default."""
    form, policy = about.form, about.policy
    raising, receiving = agencies_said(form)
    days = {what: day.isoformat() if day else "" for what, day in days_said(form).items()}
    stage = stage_said(form, policy)
    began = days["concern_on"] or days["raised_on"] or (days["stage_on"] if stage == policy.first_stage else "")
    child = child_said(form)
    asks_for_child = form.definition.per_child or bool(child)
    return (
        Question(
            id="log_raising",
            text="Which agency raised it?",
            kind="text",
            required=True,
            default=raising,
            notice="A case is opened in this record by what the form says; neither agency in it is ours.",
            asks="who",
            label="Raised by the agency",
            help="The agency that disagrees, as the form names it.",
        ),
        Question(
            id="log_receiving",
            text="With which agency, or agencies? Separate them with semicolons.",
            kind="text",
            required=True,
            default=receiving,
            asks="who",
            label="Raised with",
            help="The agency that decided, or should have, as the form names it.",
        ),
        Question(
            id="log_child",
            text="Which child is it about, as the form says?",
            kind="text",
            default=child,
            when=lambda _: asks_for_child,
            asks="who",
            label="Child",
            help="The name or the initials on the form. Leave it open where the form is about practice.",
        ),
        Question(
            id="log_theme",
            text="What is it about, in a few words that name nobody?",
            kind="text",
            required=True,
            when=lambda answers: not answers.text("log_child"),
            label="About",
            help="What the log says of it: no child, no family and nobody else by name.",
        ),
        Question(
            id="log_their_reference",
            text="What is its reference where it was raised?",
            kind="text",
            default=form.reference,
            label="Their reference",
            help="By it, the next form of the same case is known as this case's.",
        ),
        Question(
            id="log_stage",
            text=f"Which {policy.policy.called} had it reached?",
            kind="choice",
            options=tuple(Option(one.id, one.title) for one in policy.stage),
            required=True,
            default=stage,
            label="Has reached",
            help="As the form says, or as whoever sent it told you. What is owed there is counted from that day.",
        ),
        Question(
            id="log_concern_on",
            text="On which day did the concern arise?",
            kind="date",
            required=True,
            default=began,
            latest=today,
            label="Concern of",
            help="The policy's times count from it. Where the form does not say, ask whoever sent it.",
        ),
        Question(
            id="log_stage_on",
            text=f"On which day did it reach that {policy.policy.called}?",
            kind="date",
            required=True,
            default=days["stage_on"],
            latest=today,
            check=lambda value, answers: _before_the_concern(value, answers.day("log_concern_on")),
            label="Reached it on",
            help="The day on the form, beside the people of that stage. Where it says none, ask whoever sent it.",
        ),
        Question(
            id="log_concern",
            text="What is worrying, in the form's words?",
            kind="long",
            required=True,
            when=lambda _: not concern_said(form),
            label="Concern",
            help="Word for word, as far as the form says anything of it.",
        ),
    )


def _before_the_concern(value: object, concern_on: date | None) -> str | None:
    if isinstance(value, date) and concern_on and value < concern_on:
        return "that is before the concern arose"
    return None
