"""What became of a learning point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from escalate.ask.question import Condition, Option, Question, Script, Step, answered
from escalate.ask.scripts.naming_nobody import NamesSomebody, names_question
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.views import LearningRow

_WORDS = ("decided", "changed", "reason", "note")
_OPEN = (
    Option("owner", "it was given to somebody"),
    Option("taken", "it was taken to a group"),
    Option("closed", "it is closed: something changed"),
    Option("dropped", "it is dropped: nothing more is done about it"),
)
_ENDED = (Option("again", "it is opened again"),)


class PointsOf(NamedTuple):
    """A case, and those of its learning points that are asked about, at least one."""

    case: Case
    points: Sequence[LearningRow]


def follow_up_script(
    of: PointsOf,
    today: date,
    *,
    number: int = 0,
    groups: Sequence[str] = (),
    elsewhere: NamesSomebody | None = None,
) -> Script:
    """Return the interview of `learning`: which point, and what became of it.

    Args:
        number: the point that was named already; 0 asks which.
        groups: those to which the policy reports, to be offered.
        elsewhere: whether words name somebody of another case.
    """
    points = of.points
    by_number = {str(point.number): point for point in points}
    which = Question(
        id="point",
        text="Which learning point is it about?",
        kind="choice",
        options=tuple(Option(value, _shown(point)) for value, point in by_number.items()),
        required=True,
        label="Learning point",
        help="Each has its number in this case.",
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        point = by_number.get(str(number) if number else answers.text("point"), points[0])
        asked = (*_became(point, today, groups), names_question(of.case, _WORDS, _spoken_of, elsewhere))
        return asked if number else (which, *asked)

    return script


def _spoken_of(answers: Answers) -> bool:
    return any(answers.text(key) for key in _WORDS)


def _became(point: LearningRow, today: date, groups: Sequence[str]) -> tuple[Step, ...]:
    return (
        Question(
            id="what",
            text="What became of it?",
            kind="choice",
            options=_OPEN if point.state == "open" else _ENDED,
            required=True,
            notice=point.words,
            label="What became of it",
            help="Each is an entry of its own: somebody takes it on, a group hears of it, something changes.",
        ),
        Question(
            id="on",
            text="On which day?",
            kind="date",
            required=True,
            default="today",
            earliest=point.identified_on,
            latest=today,
            label="On",
            help="The day it happened, not the day you write it down.",
        ),
        _text("owner", "Who has it now?", answered("what", "owner"), "Owner", "A name or a post."),
        _long("note", "What are they to do about it?", answered("what", "owner"), "To do", required=False),
        Question(
            id="group",
            text="To which group?",
            kind="text",
            required=True,
            offered=tuple(map(Option, groups)),
            when=answered("what", "taken"),
            asks="who",
            label="Group",
            help="The group or meeting that heard of it.",
        ),
        _long("decided", "What was decided there?", answered("what", "taken"), "Decided", required=False),
        _long("changed", "What changed because of it?", answered("what", "closed"), "What changed"),
        _long("reason", "Why?", answered("what", "dropped", "again"), "Why"),
    )


def _text(key: str, text: str, when: Condition, label: str, say: str) -> Question:
    return Question(id=key, text=text, kind="text", required=True, when=when, asks="who", label=label, help=say)


def _long(key: str, text: str, when: Condition, label: str, *, required: bool = True) -> Question:
    say = "About practice, and naming no child: it goes into reports."
    return Question(id=key, text=text, kind="long", required=required, when=when, label=label, help=say)


def _shown(point: LearningRow) -> str:
    short = point.words if len(point.words) <= 70 else f"{point.words[:67].rstrip()}..."
    return short if point.state == "open" else f"{short} ({point.state})"
