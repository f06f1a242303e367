"""What a person at a terminal sees of an interview, as plain lines: a question, its help, all answers together.

Our own words are wrapped between words at `width` columns. People's words are never touched: the terminal folds them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from escalate.ask.question import Question
from escalate.ask.understanding import hint, numbered, shown
from escalate.core.answers import Answers

_CLIPPED_AT = 70


def wrapped(line: str, width: int) -> str:
    """Return one line of our own words as several of at most `width` columns, each as far in as the first."""
    margin = line[: len(line) - len(line.lstrip())]
    return "\n".join(textwrap.wrap(line, max(width, 20), subsequent_indent=margin, break_on_hyphens=False)) or line


def question_page(question: Question, notes: Sequence[str], width: int, *, heads: bool, can_go_back: bool) -> str:
    """Return a question with its numbered options; under its heading where it is the first of an entry."""
    lines = [""]
    if question.notice:
        lines += [*question.notice.split("\n"), ""]
    if heads:
        lines += [question.heading]
    lines += [question.text]
    if question.example:
        lines += [f"  For example: {question.example}"]
    lines += [
        f"  {number}  {option.shown}" for number, option in numbered(question.options or question.offered).items()
    ]
    if question.kind == "choice" and can_go_back:
        lines += ["  <  go back"]
    if notes:
        lines += [f"  ({'; '.join(notes)})"]
    return "\n".join(wrapped(line, width) for line in lines)


def help_page(question: Question, width: int) -> str:
    """Return the question's help, each option's, and how to answer."""
    lines = [*(question.help or "There is no more to say about this question.").split("\n")]
    lines += [f"  {option.shown}: {option.help}" for option in question.options if option.help]
    if how := hint(question):
        lines += [sentence(how)]
    if not question.required:
        lines += ['It can be left open: "not known yet" is an answer.']
    return "\n".join(wrapped(line, width) for line in lines)


def review_page(questions: Sequence[Question], answers: Answers, width: int) -> str:
    """Return every answer, numbered, whole, to be checked before anything is recorded."""
    lines = ["", "Check your answers before they are recorded."]
    for number, question in enumerate(questions, 1):
        words = shown(question, answers[question.key]).replace("\n", "\n      ")
        lines += [f"{number:4}  {question.shown_label}", f"      {words}"]
    what_next = "Enter records them. A number changes that answer, < goes back one, q leaves."
    return "\n".join([*lines, "", wrapped(what_next, width)])


def sentence(words: str) -> str:
    """Return words without capital and full stop as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def clipped(words: str) -> str:
    """Return the beginning of an answer on one line, to know it by."""
    line = " ".join(words.split())
    return line if len(line) <= _CLIPPED_AT else f"{line[: _CLIPPED_AT - 1]}…"
