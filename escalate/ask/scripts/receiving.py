"""A form that came in: of which case it is, what of it stands from now on, and whether it holds a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from escalate.ask.question import Option, Question, Script, Step, answered
from escalate.ask.scripts.discussing import decider_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.logging_a_case import log_questions
from escalate.ask.scripts.receiving_fields import field_questions
from escalate.ask.scripts.receiving_logged import child_questions, risen_questions
from escalate.core.answers import Answers
from escalate.core.forms.accepted import About, stands
from escalate.core.forms.dates import parse_form_date
from escalate.core.forms.returned import Difference, may_decide, says_the_same


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What is known of a form that came in before anybody is asked.

    `reference` is the case it seems to belong to, `subject` its children's initials; `is_sure` says that nobody need be
    asked. `finds` returns what is wrong with a reference somebody types, or None; `about` gives the form beside the
    case that the answers name, None while they name none. `perhaps` are open cases that it may be of. `first` are the
    questions that come before all others: what is typed in from paper. `adds_children`: where the form names a child
    that a logged case does not have, another child is proposed.
    """

    known: Known
    reference: str = ""
    subject: str = ""
    is_sure: bool = False
    doubts: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    perhaps: tuple[Option, ...] = ()
    adds_children: bool = True
    finds: Callable[[str], str | None]
    about: Callable[[Answers], About | None]
    first: Callable[[Answers], tuple[Step, ...]] = lambda _: ()


def receive_script(coming: Coming) -> Script:
    """Return the interview about one form."""

    def script(answers: Answers) -> tuple[Step, ...]:
        steps = (*_identity(coming), *coming.first(answers))
        about = coming.about(answers)
        if about is None:
            return steps
        return (*steps, *child_questions(about, adds_children=coming.adds_children), *_about(coming, about))

    return script


def _always(_answers: Answers) -> bool:
    return True


def _identity(coming: Coming) -> tuple[Step, ...]:
    if coming.is_sure:
        return ()
    no_such = answered("same_case", "no") if coming.reference else _always
    speaks = [f"It fits: {', '.join(coming.fits)}."] if coming.fits else []
    against = [f"Look: {one}." for one in coming.doubts]
    whom = f", about {coming.subject}" if coming.subject else ""
    same = Question(
        id="same_case",
        text=f"Does it belong to case {coming.reference}{whom}?",
        kind="yes-no",
        required=True,
        notice="\n".join([*speaks, *against]),
        when=lambda _: bool(coming.reference),
        label="Its case",
        help="Look at the reference, the child and the dates on the form. No asks of which case it is instead.",
    )
    return (
        same,
        Question(
            id="case",
            text="Of which case is it? Its reference; leave it open where this record has no such case.",
            kind="text",
            when=no_such,
            offered=coming.perhaps,
            notice="" if coming.reference else "\n".join(against),
            check=lambda value, _: coming.finds(str(value)),
            label="Its case",
            help="It stands in the form, mostly at its head or foot; escalate list shows every case here. "
            "Nothing is recorded until you have seen all of it.",
        ),
        Question(
            id="log",
            text="Open a case in this record for it, as one that the partnership logs?",
            kind="yes-no",
            required=True,
            when=lambda answers: no_such(answers) and not answers.text("case"),
            help="For a partnership's business manager: neither agency in it is ours. No leaves the form aside. "
            "Where your agency is the one challenged, receive the form again: that is asked before this.",
            label="Log it as a case",
        ),
    )


def _about(coming: Coming, about: About) -> tuple[Step, ...]:
    if about.children and not about.child:
        return ()
    today = coming.known.today
    logging = log_questions(about, today) if about.case is None else ()
    came = Question(
        id="came_on",
        text="On which day did it come?",
        kind="date",
        required=True,
        default="today",
        earliest=about.case.concern_on if about.case else None,
        latest=today,
        label="Came on",
        help="The day it reached you, and not the day it was written: what is owed on receiving it is "
        "counted from then.",
    )
    whom = Question(
        id="from_whom",
        text="From whom did it come?",
        kind="text",
        asks="who",
        label="From",
        help="A name, a post or an agency, as the letter or the e-mail says.",
    )
    decisions = (step for one in about.differences for step in _decision(one, about, today))
    return (*logging, *risen_questions(about, today), came, whom, *field_questions(about), *decisions)


def _decision(one: Difference, about: About, today: date) -> tuple[Step, ...]:
    """Return whether what somebody wrote at the end of the ladder is the decision, which the case then records."""
    ending = about.policy.ending_at(about.stage)
    is_new = bool(one.returned.text.strip()) and not says_the_same(one.field, one.returned.text, one.now)
    if ending is None or not is_new or not may_decide(one.field, about.policy, about.stage):
        return ()
    key = f"decided_{one.field.id}"

    def is_taken(answers: Answers) -> bool:
        return stands(one, about, answers)

    def is_decision(answers: Answers) -> bool:
        return is_taken(answers) and answers.says(key, "yes")

    did = {"recommends": "recommended", "mediates": "proposed"}.get(ending.does, "decided")
    binds = " It binds every agency, and settles the case." if ending.binds else ""
    return (
        Question(
            id=key,
            text=f'Is "{one.field.called}" what {ending.who} {did}?{binds}',
            kind="yes-no",
            required=True,
            when=is_taken,
            help="Yes records it as an entry of its own; no leaves it as words on the form.",
            label=f"What {ending.who} {did}",
        ),
        Question(
            id=f"{key}_by",
            text="By whom?",
            kind="text",
            required=True,
            default=ending.who,
            when=is_decision,
            asks="who",
            label="By",
            help="A name or a post, as the form says.",
        ),
        Question(
            id=f"{key}_on",
            text="On which day?",
            kind="date",
            required=True,
            default=_day_beside(one, about),
            earliest=about.case.concern_on if about.case else None,
            latest=today,
            when=is_decision,
            label="On",
            help="The day it was decided or recommended, as the form says: what follows from it is counted from then.",
        ),
        *(decider_questions(about.case, about.policy, is_decision) if about.case else ()),
    )


def _day_beside(one: Difference, about: About) -> str:
    """Return the date in the same block of the form, where there is exactly one, as it may be typed."""
    beside = [
        parse_form_date(other.returned.text.strip())
        for other in about.differences
        if other.field.kind == "date" and other.field.of_stage and other.field.of_stage == one.field.of_stage
    ]
    days = [day for day in beside if day is not None]
    return days[0].isoformat() if len(days) == 1 else ""
