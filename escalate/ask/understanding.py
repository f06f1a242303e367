"""What somebody typed, or wrote in a file, as an answer to one question; and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from escalate.ask.dates import (
    HOW_TO_WRITE_A_BIRTH,
    HOW_TO_WRITE_A_DATE,
    HOW_TO_WRITE_A_TIME,
    format_date,
    parse_date,
    parse_time,
    says_year,
)
from escalate.ask.fitting import YES_NO, meant, mentioned
from escalate.ask.question import Option, Question
from escalate.core.answers import NOT_KNOWN, Answers, Value
from escalate.core.text import clean, is_blank

_NOT_KNOWN_YET = ("not known yet", "not known", "don't know yet")


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer, and in words what had to be dropped from it ("1 control character (U+001B)")."""

    value: Value
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why something cannot be the answer, in lower case without a full stop."""

    why: str


def understand(question: Question, typed: str, answers: Answers, today: date) -> Understood | NotUnderstood:
    """Return the answer that somebody typed to this question, checked against the answers before it.

    A number is the number of an option, or of someone offered; an option's label or value is itself, whatever the
    case; of a choice, so is what begins a word in one option only. What is typed nearly so, or is another word for one
    of them only, is that one too (`fitting`). Nothing typed is "not known yet", as are those words. Words keep every
    character but those that `core.text.clean` drops; blank lines around them are no part of them, and one-line answers
    stay on one line.
    """

    def typed_as(words: str) -> Value:
        option = _numbered(question, words)
        if option is None and question.kind == "choice":
            option = _chosen(question, words) or _fitting(question, words)
        elif option is None and question.offered:
            option = _offered_as(question, words)
        return option.value if option else _read(question, words, today)

    return _understood(question, typed, answers, typed_as)


def understand_default(question: Question, answers: Answers, today: date) -> Understood | NotUnderstood:
    """Return what Enter alone gives: the default as an option's value, never as its number (stage "2" is not the
    second stage of a list that begins with it)."""
    return _understood(question, question.default, answers, lambda words: _read(question, words, today))


def understand_written(question: Question, written: str, answers: Answers) -> Understood | NotUnderstood:
    """Return the answer in a file: as `understand`, but there are no numbers to choose by, and no today."""
    return _understood(question, written, answers, lambda words: _read(question, words, None))


def _understood(
    question: Question, typed: str, answers: Answers, read: Callable[[str], Value]
) -> Understood | NotUnderstood:
    cleaned = clean(typed)
    words = "" if is_blank(cleaned.text) else cleaned.text.strip()
    value: Value = NOT_KNOWN
    if words and (words.casefold().rstrip(".") not in _NOT_KNOWN_YET or _chosen(question, words)):
        try:
            value = read(words)
        except ValueError as error:
            return NotUnderstood(str(error))
    wrong = fault(question, value, answers)
    return NotUnderstood(wrong) if wrong else Understood(value, cleaned.dropped)


def _read(question: Question, words: str, today: date | None) -> Value:
    match question.kind:
        case "date" if words == question.nothing:
            return words
        case "date":
            if question.asks == "a birth" and not says_year(words):
                raise ValueError(f"a date of birth needs its year: {HOW_TO_WRITE_A_BIRTH}")
            return parse_date(words, today, earliest=question.earliest, latest=question.latest)
        case "time":
            return parse_time(words)
        case "yes-no":
            if words.casefold() not in YES_NO:
                raise ValueError("that is neither yes nor no")
            return YES_NO[words.casefold()]
        case "choice":
            if (option := _chosen(question, words)) is None:
                raise ValueError("that is not one of the answers to choose from")
            return option.value
        case "text" | "long":
            option = _chosen(question, words)
            return option.value if option else words if question.kind == "long" else _in_one_line(words)


def _in_one_line(words: str) -> str:
    """Return the words without line breaks: in a message a second line of a name could pass for a line of its own."""
    return " ".join(line.strip() for line in words.split("\n") if line.strip())


def _numbered(question: Question, words: str) -> Option | None:
    """Return the option of this number, None where no number was typed to a question with a list.

    Raises:
        ValueError: the list has no such number.
    """
    listed = numbered(question.listed)
    if not listed or not words.isdecimal():
        return None
    if str(int(words)) not in listed:
        raise ValueError(f"that number is not in the list: {hint(question)}")
    return listed[str(int(words))]


def numbered(options: tuple[Option, ...]) -> dict[str, Option]:
    """Return options by the number to type for each: its place, or its value where that is a number itself.

    Whoever types 2 where stages 2, 3 and 4 are listed means stage 2.
    """
    own = {one.value if one.value.isdecimal() else str(place): one for place, one in enumerate(options, 1)}
    return own if len(own) == len(options) else {str(place): one for place, one in enumerate(options, 1)}


def _chosen(question: Question, words: str) -> Option | None:
    """Return the one option or person offered that is called this; None where there is none, or more than one."""
    found = _is_called(question, words)
    return found[0] if len(found) == 1 else None


def _is_called(question: Question, words: str) -> list[Option]:
    folded = words.casefold()
    return [one for one in question.listed if folded in (one.value.casefold(), one.shown.casefold())]


def _offered_as(question: Question, words: str) -> Option | None:
    """Return the one who is offered and meant by these words, None where they are anybody else's name.

    Raises:
        ValueError: several could be meant.
    """
    if _is_called(question, words):
        return None
    found = meant(question.offered, words)
    if len(found) > 1:
        numbers = [number for number, one in numbered(question.offered).items() if one in found]
        which = f"{', '.join(numbers[:-1])} or {numbers[-1]}"
        raise ValueError(f"more than one of those listed is called so: type {which}, or write the name in full")
    return found[0] if found else None


def _fitting(question: Question, words: str) -> Option:
    """Return the one option that is meant by this, or in which a word begins like this.

    Raises:
        ValueError: there is none, or more than one.
    """
    is_yes_or_no = words.casefold() in YES_NO
    # Yes and no stand for what begins so, and never for what some answer has among its words ("open it now").
    begins = re.compile(("^" if is_yes_or_no else r"(?<!\w)") + re.escape(words.casefold()))
    options = question.options
    begun = [one for one in options if any(begins.search(said.casefold()) for said in (one.value, one.shown))]
    found = meant(options, words) or begun or mentioned(options, words)
    if len(found) == 1 and (len(words) > 1 or is_yes_or_no):
        return found[0]
    each = "; ".join(f"{number} {one.shown}" for number, one in numbered(options).items() if one in (found or options))
    if len(found) > 1:
        how = "begins so" if found == begun else "fits"
        raise ValueError(f"more than one of the answers to choose from {how}: {each}")
    if is_yes_or_no:
        raise ValueError(f"yes or no does not say which: {each}")
    raise ValueError(f"that is not one of the answers to choose from: {hint(question)}")


def _numbers(options: tuple[Option, ...]) -> str:
    numbers = sorted(map(int, numbered(options)))
    return f"type {numbers[0]}" if len(numbers) == 1 else f"type a number from {numbers[0]} to {numbers[-1]}"


def fault(question: Question, value: Value, answers: Answers) -> str | None:
    """Return what keeps `value` from being the answer to `question`, or None.

    Lower case, no full stop, and never the words of the answer. `answers` are those that came before.
    """
    if value is NOT_KNOWN:
        if question.required:
            return "this is needed before anything can be recorded"
    elif wrong := _wrong_kind(question, value):
        return wrong
    if question.check and value is not NOT_KNOWN:
        return question.check(value, answers.beside(question.prefix))
    return None


def _wrong_kind(question: Question, value: Value) -> str | None:
    if question.kind == "date":
        if question.nothing and value == question.nothing:
            return None
        if not isinstance(value, date):
            return "that is not a date"
        if question.earliest and value < question.earliest:
            why = f", {question.earliest_is}" if question.earliest_is else ""
            return f"{format_date(value)} is too early: the earliest possible is {format_date(question.earliest)}{why}"
        if question.latest and value > question.latest:
            return f"{format_date(value)} is too late: the latest possible is {format_date(question.latest)}"
        return None
    if not isinstance(value, str):
        return "that is a date where words are asked for"
    if question.kind == "yes-no" and value not in ("yes", "no"):
        return "that is neither yes nor no"
    if question.kind == "choice" and value not in (option.value for option in question.options):
        return "that is not one of the answers to choose from"
    if question.kind == "time":
        try:
            return None if parse_time(value) == value else "that is not a time"
        except ValueError as error:
            return str(error)
    if is_blank(value):
        return "that is empty"
    if question.asks == "a name" and not any(map(str.isalnum, value)):
        return "that holds neither a letter nor a number: write a name"
    return None


def expected(question: Question) -> str:
    """Return what an answer to this question looks like, for an error's remedy."""
    match question.kind:
        case "choice":
            words = "one of: " + ", ".join(option.value for option in question.options)
        case "yes-no":
            words = "yes or no"
        case "date":
            words = "a date in full: 2026-04-30, 30/04/2026 or 30 April 2026"
            words += f'; or "{question.nothing}" for none' if question.nothing else ""
        case "time":
            words = "a time: 16:40"
        case _:
            words = f"for example: {question.example}" if question.example else "in words"
    return words if question.required else f'{words}; or "not known yet"'


def hint(question: Question) -> str:
    """Return how to type an answer to this question, for a person at a terminal; "" where nothing needs saying."""
    match question.kind:
        case "choice":
            return _numbers(question.options)
        case "yes-no":
            return "yes or no, or their numbers"
        case "date":
            return HOW_TO_WRITE_A_BIRTH if question.asks == "a birth" else HOW_TO_WRITE_A_DATE
        case "time":
            return HOW_TO_WRITE_A_TIME
        case _:
            return f"{_numbers(question.offered)}, or write a name" if question.offered else ""


def shown(question: Question, value: Value) -> str:
    """Return an answer as a person reads it: a label for what was chosen, a date with its weekday, words as given."""
    if isinstance(value, date):
        return format_date(value)
    if value is NOT_KNOWN:
        return str(value)
    options = question.options if question.kind == "choice" else question.offered
    return next((option.shown for option in options if option.value == value), value)
