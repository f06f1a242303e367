"""Answers as they are proposed: what Enter alone would give at a terminal, for whoever accepts them all unasked."""

from __future__ import annotations

import tomllib
from datetime import date

from escalate.ask.interview import Place, if_left_open, walk
from escalate.ask.question import Question, Script
from escalate.ask.understanding import Understood, fault, understand_default, understand_written
from escalate.ask.written_answers import answers_inside
from escalate.core.answers import Answers, Value


def proposals(script: Script, text: str, given: Answers, today: date, table: str = "") -> Answers:
    """Return an answer for every question that proposes one, as far as the answers in a file and these lead.

    What the file answers is left out, so that the file stands; what neither says and nothing proposes stays unanswered.

    Args:
        text: of the TOML file of answers; "" for none.
        given: answers that need not be proposed, such as options of the command.
        table: the table of the file that holds the answers; "" for all of it.
    """
    written = _written(text, table)
    found: dict[str, Value] = {}

    def answer_to(question: Question, kept: Answers) -> Place:
        if question.key in written:
            read = understand_written(question, written[question.key], kept)
            return Place(question, read.value if isinstance(read, Understood) else if_left_open(question))
        value = given.get(question.key)
        if value is None and question.default:
            read = understand_default(question, kept, today)
            value = read.value if isinstance(read, Understood) else None
        if value is None:
            return Place(question, if_left_open(question))
        found[question.key] = value
        return Place(question, value)

    for _ in walk(script, answer_to):
        pass
    return Answers(found)


def foreseen(script: Script, given: Answers) -> tuple[Place, ...]:
    """Return what a person at a terminal would be asked, with what stands as the answer beforehand, in order.

    What waits until somebody wants to say more is among it only where something stands.

    Args:
        given: the answers that stand; another that is needed is None, and whatever may be left open is left open.
    """
    found: list[Place] = []

    def answer_to(question: Question, kept: Answers) -> Place:
        value = given.get(question.key)
        if value is not None and fault(question, value, kept):
            value = None
        if value is not None or not question.waits(kept.beside(question.prefix)):
            found.append(Place(question, value))
        return Place(question, if_left_open(question) if value is None else value)

    for _ in walk(script, answer_to):
        pass
    return tuple(found)


def _written(text: str, table: str) -> dict[str, str]:
    """Return the single answers of a file as words; what is wrong with the file is said by whoever reads it whole."""
    try:
        raw = answers_inside(tomllib.loads(text.removeprefix("\ufeff")), table)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    said = {True: "yes", False: "no"}
    single = {key: value for key, value in raw.items() if not isinstance(value, (dict, list))}
    return {key: said[value] if isinstance(value, bool) else str(value) for key, value in single.items()}
