"""What is surprising about an answer that can be right all the same: it is asked back once, and never refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from escalate.ask.dates import format_long_date, parse_date, says_year
from escalate.ask.distances import format_distance
from escalate.ask.fitting import YES_NO
from escalate.ask.keyboard import HELP, HELP_AND_POLICY, LEAVE, SIGNS_IN_WORDS, Keyboard
from escalate.ask.question import Question
from escalate.core.answers import Answers, Value

_FAR = timedelta(days=182)
_NEWBORN = timedelta(days=14)
_GROWN_UP = 25
_NOBODY = ("don't know", "dont know", "do not know", "not known", "unknown", "nobody", "none", "n/a", "tbc")
# Answers to some other question, typed at this one.
_NO_ANSWERS = (*YES_NO, "not sure", "today", "yesterday", "tomorrow")
_SIGNS = (*SIGNS_IN_WORDS, LEAVE)


def surprise(question: Question, value: Value, answers: Answers, today: date, typed: str = "") -> str:
    """Return what is to be asked back about an answer, as sentences; "" where nothing is surprising.

    A slip in the year or the month still gives a date: from half a year away it is asked back, unless the question
    says that dates far away are usual. Of a birth, a child not two weeks old is asked back, and somebody over 25. So
    are a name that looks like none, and a sign that would have meant something elsewhere.

    Args:
        answers: those given before it.
        typed: the answer as it was typed.
    """
    if isinstance(value, date):
        surprising = _about_a_day(question, value, today, typed)
        return surprising or _asked(question.doubt(value, answers.beside(question.prefix)))
    if not isinstance(value, str):
        return ""
    if question.kind not in ("text", "long"):
        return _asked(question.doubt(value, answers.beside(question.prefix)))
    if value in (option.value for option in question.offered):
        return ""
    if value.strip().casefold() in _SIGNS:
        return f'"{value.strip()}" alone would be kept as your words. Is that your answer?'
    parts = value.split(";") if question.asks == "who" else [value]
    if question.asks in ("a name", "who") and any(_is_no_name(part, today) for part in parts if part.strip()):
        return "Is that a name?"
    return _asked(question.doubt(value, answers.beside(question.prefix)))


def signs_among(words: str) -> str:
    """Return the sign that stands on a line of its own in a long answer, "" where none does."""
    return next((line.strip() for line in words.split("\n") if line.strip() in _SIGNS), "")


def asked_back(
    doubt: str, question: Question, keyboard: Keyboard, say: Callable[[str], None], helps: Callable[[str], None]
) -> str | None:
    """Return what was typed in place of a surprising answer; None where it is right.

    Args:
        doubt: what is surprising about it, as `surprise` says it.
        say: shows a line of our own words.
        helps: shows the help that a sign asks for; then the same is asked back again.
    """
    what = "date" if question.kind == "date" else "name" if question.asks in ("a name", "who") else "answer"
    asks = f"{doubt} (type yes, or another {what})"
    say(asks)
    while True:
        typed = keyboard.line()
        match typed.strip().casefold():
            case "y" | "yes":
                return None
            case "n" | "no":
                say(f"Type the {what} again.")
            case "":  # pressed at every question by whoever goes on: it is no yes
                say(asks)
            case sign if sign in (HELP, HELP_AND_POLICY):
                helps(sign)
                say(asks)
            case _:
                return typed


def _asked(doubt: str) -> str:
    return f"{doubt} Is that right?" if doubt and not doubt.endswith("?") else doubt


def _about_a_day(question: Question, day: date, today: date, typed: str) -> str:
    if question.asks == "a birth":
        return _asked(_about_a_birth(day, today))
    if not question.near or abs(day - today) <= _FAR:
        return ""
    said = f"hat is {format_long_date(day)}, {format_distance(day, today)}."
    if day < today and typed and not says_year(typed) and (day.month, day.day) > (today.month, today.day):
        return _asked(f"{typed.strip()} of this year has not come yet; t{said}")
    return _asked(f"T{said}")


def _about_a_birth(day: date, today: date) -> str:
    if today - _NEWBORN <= day <= today:
        days = (today - day).days
        return f"That is a child {days} day{'' if days == 1 else 's'} old." if days else "That is a child born today."
    if day > today:
        return f"That is {format_long_date(day)}, {format_distance(day, today)}: a child not born yet."
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return f"That is somebody {years} years old." if years >= _GROWN_UP else ""


def _is_no_name(words: str, today: date) -> bool:
    plain = words.strip().casefold().rstrip(".")
    if plain in (*_NOBODY, *_NO_ANSWERS) or plain.startswith("escalate ") or not any(map(str.isalpha, plain)):
        return True
    if not any(map(str.isdecimal, plain)):  # April may be somebody; 13 April is nobody
        return False
    try:
        parse_date(plain, today)
    except ValueError:
        return False
    return True
