"""Which answer opens a question that other answers keep closed: said to whoever answered it in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from escalate.ask.interview import asked, reviewed
from escalate.ask.question import Question, Script
from escalate.core.answers import Answers, Value
from escalate.errors import EscalateError


def opened_by(script: Script, answers: Answers, key: str) -> str:
    """Return the answer under which the question of `key` is asked, as it is written: `how = "one by one"`.

    Each question with answers to choose from is tried with every one of them, the last question first; "" where no
    single answer opens it.
    """
    for question in reversed(_to_choose(script, answers)):
        for value in _values(question):
            with suppress(EscalateError):
                if _is_asked(script, answers.having(question.key, value), key):
                    return f'{question.key} = "{value}"'
    return ""


def _to_choose(script: Script, answers: Answers) -> list[Question]:
    answered = list(reviewed(script, answers))
    unanswered = [one for one in asked(script, answers) if isinstance(one, Question) and one.key not in answers]
    return [one for one in (*answered, *unanswered) if one.kind in ("choice", "yes-no") and not one.prefix]


def _values(question: Question) -> Iterator[Value]:
    yield from ("yes", "no") if question.kind == "yes-no" else (option.value for option in question.options)


def _is_asked(script: Script, answers: Answers, key: str) -> bool:
    return any(isinstance(one, Question) and one.key == key for one in asked(script, answers))
