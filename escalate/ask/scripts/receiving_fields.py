"""What of a form that came in stands from now on, asked field by field, and where its other words belong."""

from __future__ import annotations

from escalate.ask.question import Option, Question, answered
from escalate.core.answers import Answers
from escalate.core.forms.accepted import AS_PROPOSED, KEEP, LEAVE, NONE, ONE_BY_ONE, OTHER, READING, TAKE, About
from escalate.core.forms.returned import Difference

_IN_WORDS = ("text", "long", "list", "person")


def field_questions(about: About) -> tuple[Question, ...]:
    """Return what is asked of each difference: all that is proposed at once or one by one, what is not certain always.

    A case that is only now opened by the form has nothing beside it to decide between: what it says is taken.
    """
    found: list[Question] = []
    if about.to_take and about.case is not None:
        found.append(_all_at_once(about))
    elif about.to_weigh:
        found.append(_none_unless(about))
    for one in about.differences:
        if one.proposed == "ask" or one.is_older or (one.proposed == "take" and about.case is not None):
            found += _one(one, about)
    return (*found, *(_place(number, words, about) for number, words in enumerate(about.form.not_placed, 1)))


def _all_at_once(about: About) -> Question:
    names = "; ".join(one.field.called for one in about.to_take)
    return Question(
        id="how",
        text="Take these over as they came, or decide one by one?",
        kind="choice",
        options=(
            Option(AS_PROPOSED, "take them over: they stand on the next issue"),
            Option(ONE_BY_ONE, "decide one by one"),
            Option(NONE, "leave them all: only the record of this form says so"),
        ),
        required=True,
        default=AS_PROPOSED,
        notice=f"New or changed in it: {names}",
        label="What is new or changed in it",
        help="Taken over, they stand on the next issue; each is shown on the page at the end before "
        "anything is recorded.",
    )


def _none_unless(about: About) -> Question:
    names = "; ".join(one.field.called for one in about.to_weigh)
    return Question(
        id="how",
        text="A newer one came in. Leave what this one says otherwise, or decide one by one?",
        kind="choice",
        options=(
            Option(NONE, "leave it: only the record of this form says so"),
            Option(ONE_BY_ONE, "decide one by one"),
        ),
        required=True,
        default=NONE,
        notice=f"Otherwise in it: {names}",
        label="What is otherwise in it",
        help="What a newer form said stands here already. One by one shows each beside it.",
    )


def _one(one: Difference, about: About) -> tuple[Question, ...]:
    key = f"field_{one.field.id}"
    asked_one_by_one = answered("how", ONE_BY_ONE)

    def when(answers: Answers) -> bool:
        return one.proposed == "ask" or asked_one_by_one(answers)

    return (
        Question(
            id=key,
            text=f'"{one.field.called}": what should stand from now on?',
            kind="choice",
            options=_options(one),
            required=True,
            default=TAKE if one.proposed == "take" else LEAVE if one.is_older else "",
            notice=_three_ways(one, about.before),
            when=when,
            label=one.field.called,
            help="What came back is what the form says now; what stands here is what this case says. "
            "Nothing is lost: the form itself is kept as it came.",
        ),
        Question(
            id=f"words_{one.field.id}",
            text=f'"{one.field.called}": {"which of its choices" if one.field.kind == "choice" else "in which words"}?',
            kind="choice" if one.field.kind == "choice" else "long",
            options=tuple(Option(choice) for choice in one.field.options) if one.field.kind == "choice" else (),
            required=True,
            when=lambda answers: when(answers) and answers.says(key, OTHER),
            label=f"{one.field.called}: in other words",
            help="They stand on the next issue instead; the form itself is kept as it came.",
        ),
    )


def _options(one: Difference) -> tuple[Option, ...]:
    if one.standing == "unreadable":
        readings = [Option(f"{READING}{n}") for n, _ in enumerate(one.returned.readings, 1)]
        return (*readings, Option(LEAVE, "what stands here now"), Option(OTHER, "put it in other words"))
    came = "what came back" if one.sent is not None else "what it says"
    take = "nothing: it was taken out" if one.standing == "cleared by them" else came
    return Option(TAKE, take), Option(LEAVE, "what stands here now"), Option(OTHER, "put it in other words")


def _three_ways(one: Difference, before: str) -> str:
    """Return a field as it was before, as it came back and as it stands here now, as lines."""
    lines = [f"{one.field.called} ({one.said_as})"]
    if one.sent is not None:
        lines += _said(before, one.sent)
    if one.standing == "unreadable":
        for number, words in enumerate(one.returned.readings, 1):
            lines += _said(f"{READING}{number}", words)
    else:
        lines += _said("returned" if one.sent is not None else "it says", one.returned.text)
    return "\n".join([*lines, *_said("here now", one.now)])


def _said(what: str, words: str) -> list[str]:
    first, *more = words.split("\n") if words.strip() else ["(nothing)"]
    return [f"  {what}: {first}", *(f"    {line}" for line in more)]


def _place(number: int, words: str, about: About) -> Question:
    fields = [one.field for one in about.differences if one.field.kind in _IN_WORDS and not one.is_of_another]
    options = (Option(one.id, one.called) for one in fields if not one.is_identity)
    return Question(
        id=f"not_placed_{number}",
        text="In which field of the form do they belong?",
        kind="choice",
        options=(Option(KEEP, "in none: they are kept with the form"), *options),
        required=True,
        default=KEEP,
        notice="\n".join(["These words stand in it, and in no field:", *_said("it says", words)]),
        label=f"Words in no field ({number})",
        help="They were written beside the answers, or in none of the form's blanks. Put into a field, "
        "they stand on the next issue.",
    )
