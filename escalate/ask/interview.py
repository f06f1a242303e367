"""The interview: from a script and the answers so far to the next question, or to the end.

Everything here is pure. Back, resume, review, files and tests are all this one function of the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass, replace

from escalate.ask.question import Group, Option, Question, Script, Step, Stop, always, never
from escalate.ask.understanding import expected, fault, shown
from escalate.core.answers import NOT_KNOWN, Answers, Value
from escalate.errors import Problem

_HELP_FIRST = "Yes asks for each, one after the other; no goes on."
_HELP_ANOTHER = "Yes asks the same of the next; Enter or no goes on. Another can still be added on the page at the end."


@dataclass(frozen=True, slots=True)
class Done:
    """Everything is answered: `answers` are those that count, in the order of the script."""

    answers: Answers


def steps_of(script: Script, answers: Answers) -> tuple[Step, ...]:
    """Return the script's steps as these answers make them."""
    return script(answers) if callable(script) else script


def _entries(group: Group, answers: Answers, passed: Set[str]) -> Iterator[Question]:
    if group.waits(answers) and not any(key.startswith(f"{group.id}.") for key in answers):
        group = replace(group, waits=always, questions=tuple(replace(one, waits=always) for one in group.questions))
    else:
        group = replace(group, waits=never)
    first = Question(
        id="any", text=group.first, kind="yes-no", prefix=f"{group.id}.", waits=group.waits, help=_HELP_FIRST
    )
    if group.at_least == 0:
        if first.key not in passed:
            yield first
        if not answers.says(first.key, "yes"):
            return
    for number in range(group.at_most):
        prefix = f"{group.id}.{number}."
        ahead = [question for question in group.questions if prefix + question.id not in passed]
        beside = answers.beside(prefix) if ahead else answers
        for question in ahead:
            if question.when(beside):
                heading, text = f"{group.title} {number + 1}", question.text
                if question.whose:
                    text += f" ({', '.join(filter(None, (question.whose(beside), heading.casefold())))})"
                left = _not_chosen_before(question, group, number, answers)
                yield replace(question, text=text, prefix=prefix, heading=heading, offered=left)
        if number + 1 >= group.at_most:
            return
        if number + 1 >= group.at_least:
            another = f"{prefix}another"
            if another not in passed:
                yield Question(
                    id="another",
                    text=group.another,
                    kind="yes-no",
                    required=True,
                    default="no",
                    prefix=prefix,
                    help=_HELP_ANOTHER,
                    waits=always if group.waits is always else group.another_waits,
                )
            if not answers.says(another, "yes"):
                return


def _not_chosen_before(question: Question, group: Group, number: int, answers: Answers) -> tuple[Option, ...]:
    """Return whom a question of an entry offers: by name, nobody who was chosen in an entry before."""
    if question.asks != "a name" or not question.offered or not number:
        return question.offered
    chosen = {answers.text(f"{group.id}.{before}.{question.id}") for before in range(number)}
    return tuple(option for option in question.offered if option.value not in chosen)


def asked(script: Script, answers: Answers, passed: Set[str] = frozenset()) -> Iterator[Question | Stop]:
    """Yield the questions these answers lead to, in order, each in its place; a Stop where they lead out.

    Questions whose keys are in `passed` are left out, before anything is worked out for them.
    """
    for step in steps_of(script, answers):
        if isinstance(step, Question):
            if step.key not in passed and step.when(answers):
                yield step
        elif step.when(answers):
            if isinstance(step, Group):
                yield from _entries(step, answers, passed)
            else:
                yield step


@dataclass(frozen=True, slots=True)
class Place:
    """One step of a walk: the question, its answer (None where there is none), and what is wrong, if anything.

    `waits` says that it has no answer and nobody is to be asked unbidden.
    """

    question: Question
    value: Value | None
    wrong: str | None = None
    waits: bool = False

    @property
    def is_good(self) -> bool:
        return self.value is not None and self.wrong is None


def if_left_open(question: Question) -> Value | None:
    """Return what it means that a file does not answer a question; None where an answer is needed.

    No word of another entry of a group means that there is none.
    """
    if question.prefix and question.id == "another":
        return "no"
    return None if question.required else NOT_KNOWN


AnswerTo = Callable[[Question, Answers], Place]


def walk(script: Script, answer_to: AnswerTo) -> Iterator[Place | Stop]:
    """Walk the whole interview past what is missing, asking `answer_to` with the good answers before each question.

    Only these decide what comes next, so an answer that nothing leads to any more cannot keep its own question
    alive. A Stop is the last step.
    """
    kept = Answers()
    passed: set[str] = set()
    while True:
        question = next(asked(script, kept, passed), None)
        if question is None:
            return
        if isinstance(question, Stop):
            yield question
            return
        place = answer_to(question, kept)
        passed.add(question.key)
        if place.value is not None and place.is_good:
            kept = kept.having(question.key, place.value)
        yield place


def _walk(script: Script, answers: Answers, *, leaving_open: bool = False) -> Iterator[Place | Stop]:
    """Walk through these answers. `leaving_open` says "not known yet" wherever there is no answer and it will do."""

    def answer_to(question: Question, kept: Answers) -> Place:
        value = answers.get(question.key)
        waits = value is None and question.waits is not never and question.waits(kept.beside(question.prefix))
        if value is None and leaving_open:
            value = if_left_open(question)
        return Place(question, value, None if value is None else fault(question, value, kept), waits)

    return walk(script, answer_to)


def next_question(script: Script, answers: Answers, begun: Collection[str] = ()) -> Question | Stop | Done:
    """Return the first question without a good answer, the Stop the answers lead to, or Done.

    The same answers always give the same question, in whatever order they were given. Answers that nothing leads
    to are left out of account, and so are questions that wait, unless their keys are among those `begun`.
    """
    for place in _walk(script, answers):
        if isinstance(place, Stop):
            return place
        if not place.is_good and (not place.waits or place.question.key in begun):
            return place.question
    return Done(relevant(script, answers))


def waiting(script: Script, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that wait: what else can be said, in the order of the script.

    Of a group of which nothing is said yet, only its first question is among them.
    """
    found: list[Question] = []
    begun: set[str] = set()
    for place in _walk(script, answers):
        if isinstance(place, Stop):
            break
        group = place.question.key.partition(".")[0] if place.question.prefix else ""
        if place.waits and group not in begun:
            found.append(place.question)
            begun |= {group} if group and not any(key.startswith(f"{group}.") for key in answers) else set()
    return tuple(found)


def relevant(script: Script, answers: Answers) -> Answers:
    """Return the good answers to questions that are still asked, in the order of the script.

    A question that a changed answer brought in between does not cost the answers after it.
    """
    return _good(_walk(script, answers))


def _good(places: Iterator[Place | Stop]) -> Answers:
    return Answers(
        (place.question.key, place.value)
        for place in places
        if isinstance(place, Place) and place.value is not None and place.is_good
    )


def previous(script: Script, answers: Answers) -> Answers:
    """Return the answers without the one before the next question; all of them where there is none before it."""
    last = ""
    for place in _walk(script, answers):
        if isinstance(place, Stop) or not (place.is_good or place.waits):
            break
        if place.is_good:
            last = place.question.key
    return answers.without(last)


def question_for(script: Script, answers: Answers, key: str) -> Question | None:
    """Return the question whose answer is kept under `key`, as these answers ask it; None where they do not."""
    for question in asked(script, relevant(script, answers)):
        if isinstance(question, Question) and question.key == key:
            return question
    return None


def answers_before(script: Script, answers: Answers, key: str) -> Answers:
    """Return the answers that count and come before the question kept under `key`: what its check may look at."""
    found: dict[str, Value] = {}
    for place in _walk(script, answers):
        if isinstance(place, Stop) or place.question.key == key:
            break
        if place.value is not None and place.is_good:
            found[place.question.key] = place.value
    return Answers(found)


def completed(script: Script, answers: Answers) -> Answers:
    """Return the answers that count, with "not known yet" for every question that may be left open and was.

    What is missing and required stays missing: `missing` names it.
    """
    return _good(_walk(script, answers, leaving_open=True))


def missing(script: Script, answers: Answers) -> tuple[Problem, ...]:
    """Return everything that keeps these answers from being recorded, all at once, in the order of the script.

    That is each required question without an answer, as far as can be known, and each answer of the wrong kind.
    `where` is the question's key.
    """
    places = _walk(script, answers, leaving_open=True)
    return tuple(problem_at(place) for place in places if isinstance(place, Place) and not place.is_good)


def problem_at(place: Place) -> Problem:
    """Return what is wrong at one step of a walk, with the question's key as `where`."""
    what = place.wrong or f"is missing: {place.question.text}"
    lacking = "" if place.wrong else place.question.lacking
    return Problem(place.question.key, what, lacking or expected(place.question))


def review(script: Script, answers: Answers) -> list[tuple[str, str]]:
    """Return (label, answer as a person reads it) for each answer that counts, in the order of the script."""
    return [(question.shown_label, shown(question, answers[question.key])) for question in reviewed(script, answers)]


def reviewed(script: Script, answers: Answers) -> tuple[Question, ...]:
    """Return the questions of `review`, line by line."""
    return tuple(place.question for place in _walk(script, answers) if isinstance(place, Place) and place.is_good)
