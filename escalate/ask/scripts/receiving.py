"""A form that came in: of which case it is, what of it stands from now on, and whether it holds a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from escalate.ask.question import Option, Question, Script, Step, answered
from escalate.ask.scripts.discussing import decider_questions
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.logging_a_case import log_questions
from escalate.ask.scripts.receiving_fields import field_questions
from escalate.core.answers import Answers
from escalate.core.events import PartyNamed
from escalate.core.forms.accepted import About, stands
from escalate.core.forms.dates import format_form_date, parse_form_date
from escalate.core.forms.logged import days_said
from escalate.core.forms.returned import Difference, may_decide, says_the_same
from escalate.core.references import initials


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What is known of a form that came in before anybody is asked.

    `reference` is the case it seems to belong to, `subject` its children's initials; `is_sure` says that nobody need be
    asked. `finds` returns what is wrong with a reference somebody types, or None; `about` gives the form beside the
    case that the answers name, None while they name none. `first` are the questions that come before all others: what
    is typed in from paper.
    """

    known: Known
    reference: str = ""
    subject: str = ""
    is_sure: bool = False
    doubts: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
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
        return (*steps, *_child(about), *_about(coming, about))

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
    )
    return (
        same,
        Question(
            id="case",
            text="Of which case is it? Its reference; leave it open where this record has no such case.",
            kind="text",
            when=no_such,
            notice="" if coming.reference else "\n".join(against),
            check=lambda value, _: coming.finds(str(value)),
            label="Its case",
        ),
        Question(
            id="log",
            text="Open a case in this record for it, as one that the partnership logs?",
            kind="yes-no",
            required=True,
            when=lambda answers: no_such(answers) and not answers.text("case"),
            help="For a partnership's business manager: neither agency in it is ours. No leaves the form aside.",
            label="Log it as a case",
        ),
    )


def _child(about: About) -> tuple[Step, ...]:
    if not about.children or about.case is None:
        return ()
    named = about.case.parties
    places = about.case.raised.children
    known = [named[one] for one in about.children if one in named]
    options = [Option(str(places.index(one.party) + 1), _told_apart(one, known, places)) for one in known]
    which = "; ".join(f"{option.value}: {option.label}" for option in options)
    return (
        Question(
            id="child",
            text=f"About which child is it? ({which})",
            kind="choice",
            options=tuple(options),
            required=True,
            label="Child",
        ),
    )


def _told_apart(child: PartyNamed, known: Sequence[PartyNamed], places: Sequence[str]) -> str:
    """Return a child's initials; where another has the same, with the date of birth or the place in the case."""
    called = initials(child.name)
    alike = [one for one in known if one is not child and initials(one.name) == called]
    if not alike:
        return called
    if child.born_on and all(one.born_on != child.born_on for one in alike):
        return f"{called}, born on {format_form_date(child.born_on)}"
    return f"{called}, child {places.index(child.party) + 1} of the case"


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
    )
    whom = Question(id="from_whom", text="From whom did it come?", kind="text", label="From")
    decisions = (step for one in about.differences for step in _decision(one, about, today))
    return (*logging, *_risen(about, today), came, whom, *field_questions(about), *decisions)


def _risen(about: About, today: date) -> tuple[Question, ...]:
    """Return when a logged case reached the higher stage that the form says it has reached."""
    if about.case is None or not about.risen_to:
        return ()
    said = days_said(about.form)["stage_on"]
    return (
        Question(
            id="risen_on",
            text=f"It says that the case has reached {about.policy.say_stage(about.risen_to)}. On which day?",
            kind="date",
            required=True,
            default=said.isoformat() if said else "",
            earliest=about.case.stage_entries[-1].occurred_on,
            latest=today,
            label=f"Reached {about.policy.say_stage(about.risen_to)} on",
        ),
    )


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
            label="By",
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
