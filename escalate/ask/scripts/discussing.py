"""What is asked of a discussion: how it was held, who chaired it, what was said and decided, which actions."""

from __future__ import annotations

from escalate.ask.question import Condition, Group, Option, Question, Step, answered
from escalate.ask.scripts.raising import HOW_TOLD
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.policy import Policy


def actions_group(first: str, when: Condition) -> Group:
    """Return the group of agreed actions: what, who, by when.

    Args:
        first: the question whether there is one at all.
    """
    return Group(
        id="actions",
        title="Action",
        first=first,
        another="Was another action agreed?",
        when=when,
        questions=(
            Question(id="what", text="What will be done?", kind="text", required=True, label="What"),
            Question(id="owner", text="Who does it?", kind="text", label="Who"),
            Question(id="by_on", text="By when?", kind="date", label="By"),
        ),
    )


def _chair(case: Case, policy: Policy) -> tuple[Step, ...]:
    """Return who chaired a meeting, where the policy says who may not."""
    constraints = [
        one for one in policy.constraint if (one.stage, one.who) == (case.stage, "whoever chairs the meeting")
    ]
    if not constraints:
        return ()

    def met(answers: Answers) -> bool:
        return answers.says("what", "discussion") and answers.says("held", "meeting")

    chaired = Question(
        id="chaired_by",
        text="Who chaired it?",
        kind="text",
        when=met,
        notice="\n".join(one.says for one in constraints),
        label="Chaired by",
    )
    return (chaired, *_came_from(case, "chair", "From which agency did the chair come?", met))


_RECOMMENDED = answered("what", "recommendation")


def decider_questions(case: Case, policy: Policy, when: Condition = _RECOMMENDED) -> tuple[Step, ...]:
    """Return from which agency whoever ends the ladder came, where the policy says who may not decide."""
    constraints = [one for one in policy.constraint if (one.stage, one.who) == (case.stage, "whoever decides")]
    if not constraints:
        return ()
    text = f"From which agency did they come? {' '.join(one.says for one in constraints)}"
    return _came_from(case, "decider", text, when)


def _came_from(case: Case, part: str, text: str, when: Condition) -> tuple[Step, ...]:
    def from_the_case(answers: Answers) -> bool:
        return when(answers) and answers.text(f"{part}_from").isdecimal()

    agencies = (case.raised.raising_agency, *case.raised.receiving_agencies)
    options = tuple(Option(str(n), case.name_of(agency)) for n, agency in enumerate(agencies))
    return (
        Question(
            id=f"{part}_from",
            text=text,
            kind="choice",
            options=(*options, Option("another", "none of these")),
            when=when,
            label="Came from",
        ),
        Question(
            id=f"{part}_reason",
            text="Why was it they all the same?",
            kind="long",
            when=from_the_case,
            label="Why they",
        ),
    )


def discussion_questions(case: Case, policy: Policy) -> tuple[Step, ...]:
    """Return the questions about a discussion between agencies."""
    held = answered("what", "discussion")
    return (
        Question(
            id="held", text="How was it held?", kind="choice", options=tuple(map(Option, HOW_TOLD[:4])), when=held
        ),
        *_chair(case, policy),
        Question(
            id="people",
            text="Who took part? Separate names with semicolons.",
            kind="text",
            when=held,
            label="Who took part",
        ),
        Question(
            id="said",
            text="What was said?",
            kind="long",
            required=True,
            when=held,
            help="Facts and what people said, as they said it. Keep out opinions of colleagues and other families.",
        ),
        Question(
            id="options", text="Which options were considered?", kind="long", when=held, label="Options considered"
        ),
        Question(id="decision", text="What was decided?", kind="long", when=held, label="Decision"),
        Question(id="recommendations", text="What was recommended?", kind="long", when=held, label="Recommendations"),
        actions_group("Were actions agreed?", held),
    )
