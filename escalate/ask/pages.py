"""What a person at a terminal sees of an interview, as plain lines: a question, its help, all answers together.

Everything is wrapped between words at `width` columns, people's words too, each of their lines for itself. A single
word that is longer is left to the terminal to fold where it is ours; among people's words it is broken, so that they
stay set in.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from escalate.ask.question import Question
from escalate.ask.understanding import numbered, shown
from escalate.core.answers import Answers

_CLIPPED_AT = 70
_INDENT = " " * 6
_GO_BACK = "  <  go back"


def wrapped(line: str, width: int, *, hang: int = 0, breaks: bool = False) -> str:
    """Return one line as several of at most `width` columns, each as far in as the first, and by `hang` farther.

    Args:
        breaks: whether a single word that is longer is broken.
    """
    margin = line[: len(line) - len(line.lstrip())] + " " * hang
    lines = textwrap.wrap(
        line,
        max(width, 20),
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    if breaks:
        room = max(width, 20) - len(margin)
        lines = [f"{margin}{part}" for one in lines for part in _parts(one[len(margin) :], room)]
    return "\n".join(lines) or line


def _parts(line: str, room: int) -> list[str]:
    """Return a line in parts that fit; more than one only where a single word does not."""
    return [line[start : start + room] for start in range(0, len(line), room)] or [line]


def wrapped_page(text: str, width: int) -> str:
    """Return several lines of our own words, each wrapped for itself."""
    return "\n".join(wrapped(line, width) for line in text.split("\n"))


def laid_out(words: str, width: int) -> str:
    """Return people's words in their own lines and paragraphs, set in."""
    lines = words.split("\n")
    return "\n".join(wrapped(f"{_INDENT}{line}", width, breaks=True) if line.strip() else "" for line in lines)


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
    page = [wrapped(line, width) for line in lines]
    for number, option in numbered(question.listed).items():
        page += [wrapped(f"  {number}  {option.shown}", width, hang=len(number) + 2)]
    if question.kind == "choice" and can_go_back:
        page += [_GO_BACK]
    return "\n".join([*page, *([notes_line(notes, width)] if notes else [])])


def question_helped(question: Question, notes: Sequence[str], width: int, *, can_go_back: bool) -> str:
    """Return a question whole, after its help: each says how to go back, a long one among its notes."""
    page = question_page(question, (), width, heads=False, can_go_back=can_go_back)
    says_it = question.kind in ("choice", "long") or not can_go_back
    return "\n".join([page, *([] if says_it else [_GO_BACK]), *([notes_line(notes, width)] if notes else [])])


def notes_line(notes: Sequence[str], width: int) -> str:
    """Return what stands under a question: how it can be answered."""
    return wrapped(f"  ({'; '.join(notes)})", width)


def asked_again(question: Question, notes: Sequence[str], width: int, *, can_go_back: bool = False) -> str:
    """Return a question in short, after something else was shown: its text, what to choose from, how to answer."""
    return question_page(replace(question, notice="", example=""), notes, width, heads=False, can_go_back=can_go_back)


def words_page(words: str, width: int, *, is_half_typed: bool) -> str:
    """Return the words that stand already, whole, for a keyboard in whose line they cannot stand."""
    left = ", left half-typed" if is_half_typed else ""
    return f"  Your words so far{left}:\n{laid_out(words, width)}\n  End of your words so far."


def help_page(question: Question, guidance: str, width: int) -> str:
    """Return a question's help, each option's, and what the policy says of it."""
    lines = ["", *(question.help or "There is no more to say about this question.").split("\n")]
    if guidance and not question.help:
        lines = []
    lines += [f"  {option.shown}: {option.help}" for option in question.options if option.help]
    if not question.required and not question.default:
        lines += ['It can be left open: "not known yet" is an answer.']
    if question.kind == "long":
        lines += ["A line with ! alone opens your own editor; a plain file is used meanwhile."]
    if guidance:
        lines += ["", *guidance.split("\n")]
    return "\n".join(wrapped(line, width) for line in lines)


def review_page(questions: Sequence[Question], answers: Answers, preview: str, width: int, *, has_more: bool) -> str:
    """Return every answer, numbered, whole, to be checked before anything is recorded, and what will follow.

    Args:
        preview: what will follow from these answers, as it is shown; "" for none.
        has_more: whether there is something else that can be said.
    """
    checked = wrapped("Check your answers before they are recorded.", width)
    lines = ["", checked, *answers_listed(questions, answers, width)]
    if preview:
        lines += ["", *(wrapped(line, width) for line in preview.split("\n"))]
    return "\n".join([*lines, "", what_next(width, has_more=has_more)])


def what_next(width: int, *, has_more: bool, is_whole: bool = True) -> str:
    """Return what can be typed where the answers are checked."""
    more = " + adds what else can be said," if has_more else ""
    whole = "" if is_whole else " p prints the whole page,"
    line = f"Enter records them. A number changes that answer,{more}{whole} < goes back one, q leaves."
    return wrapped(line, width)


def answers_listed(questions: Sequence[Question], answers: Answers, width: int) -> list[str]:
    """Return every answer, numbered and whole, line by line."""
    return [answer_listed(number, one, answers, width) for number, one in enumerate(questions, 1)]


def answer_listed(number: int, question: Question, answers: Answers, width: int) -> str:
    """Return one answer under its number, as it stands among all."""
    label = _numbered(number, question.shown_label, width)
    return f"{label}\n{laid_out(shown(question, answers[question.key]), width)}"


def more_page(questions: Sequence[Question], width: int) -> str:
    """Return what else can be said, numbered: none of it is answered yet."""
    lines = ["", wrapped("What else can be said, not answered yet:", width)]
    lines += [_numbered(number, question.shown_label, width) for number, question in enumerate(questions, 1)]
    return "\n".join([*lines, "", wrapped("Type a number, or Enter to return to your answers.", width)])


def _numbered(number: int, label: str, width: int) -> str:
    return wrapped(f"{number:4}  {label}", width, hang=len(str(number)) + 2)


def in_lines(words: str) -> str:
    """Return how many lines words have: "1 line", "3 lines"."""
    count = len(words.split("\n"))
    return f"{count} line{'' if count == 1 else 's'}"


def left_out(dropped: str) -> str:
    """Return that something of what was typed or written is not kept, which `core.text.clean` says in words."""
    return f"Left out, because it cannot be kept: {dropped}."


def sentence(words: str) -> str:
    """Return words without capital and full stop as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def clipped(words: str) -> str:
    """Return the beginning of an answer on one line, to know it by; it ends with a whole word where it can."""
    line = " ".join(words.split())
    if len(line) <= _CLIPPED_AT:
        return line
    beginning = line[: _CLIPPED_AT - 3]
    return f"{beginning.rpartition(' ')[0] or beginning}..."
