"""What else can be recorded of a case: oversight, learning, departures, confirmations, decisions and answers."""

from __future__ import annotations

from escalate.ask.question import Option, Question, Step, answered
from escalate.ask.scripts.channels import HOW_SENT
from escalate.ask.scripts.naming_nobody import NamesSomebody, names_question
from escalate.core.case import Case

RESPONSES = ("accepted", "accepted in part", "not accepted")


def saying_more_questions(case: Case, elsewhere: NamesSomebody | None = None) -> tuple[Step, ...]:
    """Return the questions of each of them, asked where `what` says so.

    Args:
        elsewhere: whether words of learning name somebody of another case.
    """
    return (*_oversight_and_learning(case, elsewhere), *_confirmed(), *_decided())


def _oversight_and_learning(case: Case, elsewhere: NamesSomebody | None) -> tuple[Step, ...]:
    return (
        Question(
            id="manager",
            text="Which manager?",
            kind="text",
            required=True,
            when=answered("what", "oversight"),
            asks="who",
            label="Manager",
            help="A name or a post.",
        ),
        Question(
            id="note",
            text="What did they say?",
            kind="long",
            required=True,
            when=answered("what", "oversight"),
            label="They said",
            help="What the manager thinks of it, and what they want done.",
            example="Agrees that it goes up if nobody has answered by Friday.",
        ),
        Question(
            id="learning",
            text="What could be learned?",
            kind="long",
            required=True,
            when=answered("what", "learning"),
            label="Learning",
            help="About how agencies work together. It names no child: it may be sent to the partnership.",
            example="Nobody outside the team could see that visits had been missed.",
        ),
        names_question(case, ("learning",), answered("what", "learning"), elsewhere),
        Question(
            id="departure",
            text="What was done otherwise?",
            kind="long",
            required=True,
            when=answered("what", "departure"),
            label="Done otherwise",
            help="What the policy says, and what happened instead. It is kept in the record, and stops nothing.",
            example="The two practitioners never spoke; the managers began.",
        ),
        Question(
            id="reason",
            text="Why?",
            kind="long",
            required=True,
            when=answered("what", "departure"),
            label="Why",
            help="One sentence is enough.",
        ),
    )


def _confirmed() -> tuple[Step, ...]:
    when = answered("what", "confirmation")
    return (
        Question(
            id="by",
            text="Who confirmed it?",
            kind="text",
            when=when,
            asks="who",
            label="Confirmed by",
            help="Who wrote: a name or a post.",
        ),
        Question(
            id="to",
            text="To whom?",
            kind="text",
            when=when,
            asks="who",
            label="To",
            help="Who got it: a name or a post.",
        ),
        Question(
            id="means",
            text="By what?",
            kind="choice",
            options=HOW_SENT,
            when=when,
            label="By",
            help="How it was sent. escalate itself sends nothing.",
        ),
    )


def _decided() -> tuple[Step, ...]:
    made, answers = answered("what", "recommendation"), answered("what", "response")
    return (
        Question(
            id="recommended_by",
            text="Who decided or recommended it?",
            kind="text",
            required=True,
            when=made,
            asks="who",
            label="By",
            help="A name, a post or a panel.",
        ),
        Question(
            id="recommendation",
            text="What did they decide or recommend?",
            kind="long",
            required=True,
            when=made,
            label="They decided or recommended",
            help="In their words, if you have them in writing.",
        ),
        Question(
            id="response",
            text="What did the agency answer?",
            kind="choice",
            options=tuple(map(Option, RESPONSES)),
            required=True,
            when=answers,
            label="Answer",
            help="Whether it will do what was recommended.",
        ),
        Question(
            id="response_note",
            text="In what words?",
            kind="long",
            when=answers,
            label="In these words",
            help="What they will do and what not, as they said it.",
        ),
    )
