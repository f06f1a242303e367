"""What is asked of a policy's ladder: its rungs, their times, what risk does to them, and who ends it."""

from __future__ import annotations

from collections.abc import Callable

from escalate.ask.question import Group, Option, Question, Step, answered
from escalate.core.answers import Answers, Value
from escalate.core.timescale import OR_LESS, WRITTEN, parse_timescale


def ladder_questions() -> tuple[Step, ...]:
    """Return the questions about the rungs, and about what holds at each."""
    return (
        Group(
            id="stages",
            title="Rung",
            another="Is there another above it?",
            at_least=1,
            at_most=9,
            questions=(
                Question(
                    id="title",
                    text="What is it called?",
                    kind="text",
                    required=True,
                    label="Called",
                    example="Stage 1: practitioner to practitioner",
                    help="The document's own heading of this rung.",
                ),
                Question(
                    id="informal",
                    text="Is it informal?",
                    kind="yes-no",
                    required=True,
                    default="no",
                    label="Informal",
                    help="Some policies call their first rung informal. The record then says so.",
                ),
                Question(
                    id="raising",
                    text="Who acts for the side that raises the concern?",
                    kind="text",
                    required=True,
                    label="For the raising side",
                    example="the practitioner",
                    help="The post, in the document's words.",
                ),
                Question(
                    id="receiving",
                    text="Whom do they speak to on the other side?",
                    kind="text",
                    required=True,
                    label="For the other side",
                    example="the counterpart",
                    help="The post, in the document's words.",
                ),
                Question(
                    id="within",
                    text="Within what time is it to be resolved?",
                    kind="text",
                    check=_is_timescale,
                    label="Time",
                    example="5 working days",
                    help=f'Written as one of {", ".join(WRITTEN)}, each with or without "{OR_LESS}". Without a time,'
                    " both sides agree a date each time. Bands of urgency are written in the file afterwards.",
                ),
                Question(
                    id="counted_from",
                    text="From when does that time count?",
                    kind="choice",
                    options=(
                        Option("the concern", "the first concern, whenever this rung is reached"),
                        Option("the stage entered", "the day this rung is reached"),
                    ),
                    required=True,
                    when=_has_a_date,
                    label="Counted from",
                    help="Where the document counts the whole ladder from the first day, choose the first.",
                ),
                Question(
                    id="force",
                    text="Does the policy say that it must, or that it should be resolved by then?",
                    kind="choice",
                    options=(Option("must"), Option("should")),
                    required=True,
                    default="should",
                    label="Force",
                    help="Take the document's own word. Both are counted; a form and a letter say which it is.",
                ),
                clause_question("clause", "Where in the document does it say so?"),
            ),
        ),
        Question(
            id="confirm_within",
            text="Within what time is an outcome to be confirmed in writing?",
            kind="text",
            check=_is_timescale,
            label="Confirmed in writing within",
            example="2 working days",
            help="Leave it open where the document gives no time for it.",
        ),
        clause_question("confirm_clause", "Where does it say so?", when=("confirm_within",)),
        Question(
            id="records",
            text="Does it ask that discussions are put on the child's file?",
            kind="yes-no",
            label="Discussions on the child's file",
            help="Yes makes it owed after each discussion, until somebody says that it was done.",
        ),
        clause_question("records_clause", "Where does it say so?", says=("records", "yes")),
    )


def risk_effect_questions() -> tuple[Step, ...]:
    """Return the questions about immediate risk."""
    return (
        Question(
            id="risk_tell",
            text="Whom is to be told at once where a child is at immediate risk?",
            kind="text",
            label="At immediate risk, tell",
            example="children's social care, by the safeguarding referral procedures",
            help="In the document's words. It is shown before anything else where a child is at immediate risk.",
        ),
        Question(
            id="risk_effect",
            text="What becomes of the ladder's times then?",
            kind="choice",
            options=(
                Option("clocks become guides", "the times are only a guide from then on"),
                Option("leave the ladder", "the ladder does not apply"),
                Option("nothing changes", "the policy does not say: they stand"),
            ),
            required=True,
            default="nothing changes",
            label="The times then",
            help="Only what the document says: where it says nothing, the times stand.",
        ),
        clause_question("risk_clause", "Where does it speak of immediate risk?"),
    )


def ending_questions() -> tuple[Step, ...]:
    """Return the questions about who ends it on the last rung."""
    return (
        Question(
            id="ending_who",
            text="Who ends it on the last rung?",
            kind="text",
            required=True,
            label="Who ends it",
            example="the Chair of the Partnership",
            help="The post, or the body, above which the document names nobody.",
        ),
        Question(
            id="ending_does",
            text="What do they do?",
            kind="choice",
            options=(Option("recommends"), Option("decides"), Option("mediates")),
            required=True,
            label="They",
            help="The document's own word: they advise, they settle it, or they help both sides to agree.",
        ),
        Question(
            id="ending_binding",
            text="Does that bind the agencies?",
            kind="yes-no",
            required=True,
            default="no",
            label="Binding",
            help="Yes only where the document says that the agencies have to follow it.",
        ),
        clause_question("ending_clause", "Where does it say so?"),
    )


def clause_question(key: str, text: str, when: tuple[str, ...] = (), says: tuple[str, str] | None = None) -> Question:
    """Return the question where the document says something, asked where the answers `when` are known."""
    condition = answered(says[0], says[1]) if says else known_answers(*when)
    return Question(
        id=key,
        text=text,
        kind="text",
        when=condition,
        label="Clause",
        example="4.2 para 1",
        help="The section and paragraph, as the document numbers them. It stands beside every date that comes of it.",
    )


def known_answers(*keys: str) -> Callable[[Answers], bool]:
    """Return the condition that each of these has an answer."""
    return lambda answers: all(answers.is_known(key) for key in keys)


def _has_a_date(answers: Answers) -> bool:
    written = answers.text("within")
    return bool(written) and _is_timescale(written, answers) is None and parse_timescale(written).has_date


def _is_timescale(value: Value, _answers: Answers) -> str | None:
    try:
        parse_timescale(str(value))
    except ValueError as problem:
        return str(problem).replace(f'"{value}" ', "", 1)
    return None
