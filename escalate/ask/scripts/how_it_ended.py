"""How a stage ended with one agency; each way of ending leads to its own questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from escalate.ask.dates import format_date
from escalate.ask.question import Condition, Option, Question, Step, always, answered
from escalate.ask.scripts.standing import Standing
from escalate.core.answers import Value

ENDED = (
    Option("resolved", "resolved: we agreed on a way forward"),
    Option("unresolved", "unresolved: we spoke, and do not agree"),
    Option("no response", "no response: they have not answered"),
    Option("out of time", "out of time: we are still talking, and the date has passed"),
    Option("going up", "none of these: it has to go up at once, or past a stage"),
)
_SPOKE = ("unresolved", "out of time")
_GO_UP_NOW = "to go up before then, it ended as unresolved, or it goes up at once"
Naming = Callable[[str], str]
Ended = Callable[..., Condition]


def outcome_questions(standing: Standing, agency: str, endings: tuple[Option, ...]) -> tuple[Step, ...]:
    """Return the questions about one agency.

    Args:
        endings: the ways it may have ended; none where it is resolved, which is not asked then.
    """

    key = partial(standing.key, agency)

    def ended(*ways: str) -> Condition:
        return answered(key("outcome"), *ways)

    with_whom = standing.with_whom(agency)
    how = Question(
        id=key("outcome"),
        text=f"How did this {standing.policy.policy.called} end{with_whom}?",
        kind="choice",
        options=endings,
        required=True,
        notice=_says_at_the_last(standing),
        check=lambda value, answers: _not_out_of_time(standing, agency, value, answers.day("on")),
        doubt=lambda value, _: _never_told(standing, agency, value),
        label=f"Ended{with_whom}",
        help="Choose what comes nearest. What is not settled goes up: that is how the policy works, "
        "and blames nobody. You do not need anybody's leave for it.",
    )
    return (
        *((how,) if endings else ()),
        *_said(standing, agency, ended, with_whom),
        *_no_answer(standing, agency, ended("no response")),
        *_date_that_passed(standing, agency, ended("out of time"), with_whom),
        *_resolved(standing, key, ended("resolved") if endings else always, with_whom),
    )


def promised_questions(
    standing: Standing, agency: str, endings: tuple[Option, ...], on: date | None
) -> tuple[Step, ...]:
    """Return the questions about what was promised by one agency, and what stays outstanding with it.

    Args:
        endings: as for `outcome_questions`.
        on: the day it ended, where it is known: nothing was promised for a day before.
    """

    key = partial(standing.key, agency)
    resolved = answered(key("outcome"), "resolved") if endings else always
    spoke = answered(key("outcome"), "resolved", *_SPOKE) if endings else always
    with_whom = standing.with_whom(agency)
    return (
        *_action(key, spoke, with_whom, on),
        Question(
            id=key("outstanding"),
            text="What is still outstanding, and how will it be pursued?",
            kind="long",
            when=resolved,
            waits=always,
            label=f"Outstanding{with_whom}",
            help="What was not settled, and what you will do about it.",
            example="Whether to step down is for the review; the school will be there.",
        ),
    )


def _not_out_of_time(standing: Standing, agency: str, value: Value, on: date | None) -> str | None:
    """Return that the time is not over yet, where somebody says it is: a date is met through the end of its day."""
    last, today = standing.last_day(agency), standing.known.today
    if value != "out of time" or last is None or (on or today) > last:
        return None
    which = "today is its last day" if last == today else f"its last day is {format_date(last)}"
    return f"{which}: it is out of time from {format_date(last + timedelta(days=1))}; {_GO_UP_NOW}"


def _never_told(standing: Standing, agency: str, value: Value) -> str:
    """Return that nobody there was told, where they are said not to have answered; "" where somebody was."""
    if value != "no response" or standing.was_told(agency):
        return ""
    return 'Nobody was told, as far as is recorded. Was something sent or asked all the same: is "no response" right?'


def _not_silent_yet(value: Value, today: date) -> str | None:
    """Return that the day to answer by is not over yet, where nothing is said to have come by then."""
    if value != today:
        return None
    tomorrow = format_date(today + timedelta(days=1))
    return f"today is the last day to answer: it is no response from {tomorrow}; {_GO_UP_NOW}"


def _says_at_the_last(standing: Standing) -> str:
    case, policy = standing.case, standing.policy
    if policy.after(case.stage):
        return ""
    last = f"This is the last {policy.policy.called}: nothing lies above it. Choose resolved where you have agreed."
    return f"{last}\nWhat was decided, or recommended, is recorded by: escalate record {case.reference}"


def _said(standing: Standing, agency: str, ended: Ended, with_whom: str) -> tuple[Step, ...]:
    key = partial(standing.key, agency)
    return (
        Question(
            id=key("said"),
            text=f"What was said{with_whom}?",
            kind="long",
            when=ended(*_SPOKE),
            label=f"Said{with_whom}",
            help="What each side said, as it said it: facts first. Whoever decides at the next stage reads this.",
            example="We showed the attendance. They think that a family support worker is enough for now.",
        ),
        Question(
            id=key("said"),
            text=f"What did you send or ask{with_whom}, and how?",
            kind="long",
            required=not standing.was_told(agency),
            when=ended("no response"),
            lacking=standing.lacks_telling(agency),
            label=f"Sent{with_whom}",
            help="The next form and the chronology say that this had no answer. Say each try.",
            example="An e-mail to the team manager with the chronology; two calls, a message left each time.",
        ),
    )


def _no_answer(standing: Standing, agency: str, when: Condition) -> tuple[Step, ...]:
    passed = standing.has_passed(agency)
    case, today = standing.case, standing.known.today
    told = "\n".join(
        f"By {format_date(one.due_on)}: {one.who} {one.force} {one.act} ({one.clause})" for one in passed if one.due_on
    )
    return (
        Question(
            id=standing.key(agency, "sent_on"),
            text="On which day? (the last time, if there were several)",
            kind="date",
            required=not standing.was_told(agency),
            earliest=case.concern_on,
            latest=today,
            when=when,
            label="Sent on",
            help="The day you last sent it or asked. It stands in the next form, with what you sent.",
            lacking=standing.lacks_telling(agency),
        ),
        Question(
            id=standing.key(agency, "passed_on"),
            text="By which day should they have answered?",
            kind="date",
            earliest=case.concern_on,
            latest=today,
            default=f"{passed[-1].due_on:%d/%m/%Y}" if passed else "",
            when=when,
            notice=told,
            check=lambda value, _: _not_silent_yet(value, today),
            label="No answer by",
            help="The date the policy gives, or the one that you both agreed. The next form says that it has passed.",
        ),
    )


def _date_that_passed(standing: Standing, agency: str, when: Condition, with_whom: str) -> tuple[Step, ...]:
    """Return which date has passed, where the record has none: without one, nobody is out of time."""
    if standing.last_day(agency) is not None:
        return ()
    return (
        Question(
            id=standing.key(agency, "passed_on"),
            text=f"Which date had you agreed{with_whom}, that has passed?",
            kind="date",
            required=True,
            earliest=standing.case.concern_on,
            latest=standing.known.today - timedelta(days=1),
            when=when,
            label=f"Agreed date that has passed{with_whom}",
            help="The record has no date for this. Where none was agreed, nothing is out of time: go back with <, and "
            "choose that it ended as unresolved, or that there was no response.",
        ),
    )


def _resolved(standing: Standing, key: Naming, when: Condition, with_whom: str) -> tuple[Step, ...]:
    duties = [one for one in standing.policy.duty if "confirm" in one.act and any("resolved" in x for x in one.when)]
    return (
        Question(
            id=key("decision"),
            text=f"What was agreed{with_whom}?",
            kind="long",
            required=True,
            when=when,
            label=f"Agreed{with_whom}",
            help="How it was resolved: what will happen now, so that somebody who was not there understands it.",
            example="The plan stays until the review; the children are seen at home every ten days until then.",
        ),
        Question(
            id=key("changed_for_child"),
            text="What has changed for the child?",
            kind="long",
            when=when,
            label="Changed for the child",
            help='What is different in the child\'s life, or will be and from when. "Nothing yet" is an answer.',
            example="Kit was seen at home on 16 April, and will be again before the review.",
        ),
        Question(
            id=key("confirms"),
            text=f"Who will confirm it in writing{with_whom}?",
            kind="text",
            when=when,
            notice="\n".join(f"By the policy {one.who} {one.force} {one.act} ({one.clause})." for one in duties),
            asks="who",
            label="Will confirm it in writing",
            help="A name or a post. Once it is done: escalate record, and choose that the outcome was confirmed. "
            "escalate export with --confirmation drafts the letter.",
        ),
    )


def _action(key: Naming, when: Condition, with_whom: str, on: date | None) -> tuple[Step, ...]:
    return (
        Question(
            id=key("action"),
            text=f"What did somebody promise to do{with_whom}, if anything?",
            kind="text",
            when=when,
            label="Action",
            help="One thing that will be done, called an agreed action: it stays on escalate due until somebody says "
            "whether it was done. Others: by + on the page at the end, or later by escalate record.",
            example="Send the lunchtime register and the class teacher's notes",
        ),
        Question(
            id=key("action_owner"),
            text="Who does it?",
            kind="text",
            when=_given(key("action"), when),
            asks="who",
            label="Who does it",
            help="A name or a post.",
        ),
        Question(
            id=key("action_by_on"),
            text="By when?",
            kind="date",
            earliest=on,
            when=_given(key("action"), when),
            label="By",
            help="The day by which it was promised. Until there is one, it stands high among what has no date.",
        ),
    )


def _given(key: str, also: Condition) -> Condition:
    return lambda answers: bool(answers.text(key)) and also(answers)


def any_is(standing: Standing, *ways: str) -> Condition:
    """Return the condition that the stage ended in one of these ways with at least one agency."""
    keys = standing.keys("outcome")
    return lambda answers: any(answers.says(key, *ways) for key in keys)


def any_not_resolved(standing: Standing) -> Condition:
    """Return the condition that it is not resolved with at least one agency, so that it goes up."""
    return any_is(standing, *(option.value for option in ENDED if option.value != "resolved"))


def any_spoke(standing: Standing) -> Condition:
    """Return the condition that at least one agency spoke and did not agree."""
    return any_is(standing, *_SPOKE)


def any_action(standing: Standing) -> Condition:
    """Return the condition that an action was agreed with at least one agency."""
    keys = standing.keys("action")
    return lambda answers: any(bool(answers.text(key)) for key in keys)
