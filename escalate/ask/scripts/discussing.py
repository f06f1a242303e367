"""What is asked of a discussion: how it was held, who chaired it, what was said and decided, which actions."""

from __future__ import annotations

from datetime import date

from escalate.ask.question import Condition, Group, Option, Question, Step, always, answered
from escalate.ask.scripts.channels import HOW_SPOKEN
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.policy import Policy


def actions_group(first: str, when: Condition, promised_on: date | None = None) -> Group:
    """Return the group of agreed actions: what, who, by when.

    Args:
        first: the question whether there is one at all.
        promised_on: the day they were agreed, where it is known: none is due before.
    """
    return Group(
        id="actions",
        title="Action",
        first=first,
        another="Was another action agreed?",
        when=when,
        questions=(
            Question(
                id="what",
                text="What will be done?",
                kind="text",
                required=True,
                label="What",
                help="One thing. It stays on escalate due until somebody says whether it was done.",
            ),
            Question(id="owner", text="Who does it?", kind="text", label="Who", asks="who", help="A name or a post."),
            Question(
                id="by_on",
                text="By when?",
                kind="date",
                earliest=promised_on,
                label="By",
                help="The day by which it was promised. Until there is one, it stands high among what has no date.",
            ),
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
        asks="who",
        notice="\n".join(one.says for one in constraints),
        label="Chaired by",
        help="A name or a post. If the policy would have had somebody else, the record says so; nothing is refused.",
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
            help="0 is the agency that raised it; the others are numbered as they were named.",
        ),
        Question(
            id=f"{part}_reason",
            text="Why was it they all the same?",
            kind="long",
            when=from_the_case,
            label="Why they",
            help="The policy would have had somebody from elsewhere. Your reason is kept beside it.",
        ),
    )


def discussion_questions(case: Case, policy: Policy, on: date | None) -> tuple[Step, ...]:
    """Return the questions about a discussion between agencies; `on` is its day, where it is known."""
    held = answered("what", "discussion")
    return (
        Question(
            id="held",
            text="How did you speak?",
            kind="choice",
            options=HOW_SPOKEN,
            when=held,
            label="Held by",
            help="A meeting counts as one where both sides sat together, in a room or on a screen.",
        ),
        *_chair(case, policy),
        Question(
            id="people",
            text="Who took part? Separate names with semicolons.",
            kind="text",
            when=held,
            asks="who",
            label="Who took part",
            help="Everybody who spoke for an agency, by name or post.",
            example="Sam Placeholder, team manager; Alex Specimen",
        ),
        Question(
            id="said",
            text="What was said?",
            kind="long",
            required=True,
            when=held,
            label="Said",
            help="Facts and what people said, as they said it. Keep out opinions of colleagues and other families.",
            example="We showed the attendance. They think that a family support worker is enough for now.",
        ),
        Question(
            id="options",
            text="Which ways forward were considered?",
            kind="long",
            when=held,
            label="Options considered",
            help="Each one, and what spoke for and against it.",
            example="A joint visit before the review; the review brought forward.",
        ),
        Question(
            id="decision",
            text="What was decided?",
            kind="long",
            when=held,
            label="Decision",
            help='What will happen now. "Nothing" is an answer, and so is what was decided only for the time being.',
        ),
        Question(
            id="recommendations",
            text="What was recommended?",
            kind="long",
            when=held,
            waits=always,
            label="Recommendations",
            help="What somebody advised without deciding it.",
        ),
        actions_group("Did somebody promise to do something?", held, on),
    )
