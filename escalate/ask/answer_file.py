"""Answers from a TOML file or standard input: everything wrong with them is said at once, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from escalate.ask.dates import parse_date
from escalate.ask.interview import Place, if_left_open, problem_at, steps_of, walk
from escalate.ask.opened_by import opened_by
from escalate.ask.question import Group, Question, Script, Stop
from escalate.ask.understanding import Understood, fault, understand_written
from escalate.ask.written_answers import answers_inside, lines_of_keys, parsed_answers, refusal
from escalate.core.answers import NOT_KNOWN, Answers, Value
from escalate.errors import CannotDecide, Problem, RouteOut

_DERIVED = ("any", "another")


def answers_from_file(
    script: Script, text: str, where: str, given: Answers | None = None, table: str = ""
) -> tuple[Answers, tuple[str, ...]]:
    """Return the answers in a TOML text, completed with "not known yet", and notes on what was dropped from them.

    A group is an array of tables, `[[receiving]]`, whose number of entries answers whether there is another; where
    only its first question is answered, a list will do. Dates are TOML dates or written in full; yes and no may be
    true and false. Numbers of options mean nothing here: the option's value or label is written.

    Args:
        where: the file's name, or "standard input": what problems are prefixed with.
        given: answers from elsewhere (options of the command), which the file may not give again.
        table: the table that holds the answers, where the file holds those of several interviews; "" for all of it.
    Raises:
        AnswersMissing: with every problem at once, those of the file first, in its order.
        CannotDecide: nothing is wrong but dates that cannot be: before the concern, after today.
        RouteOut: the answers lead out of this policy.
    """
    raw = answers_inside(parsed_answers(text, where), table)
    written = _Written(where, raw, given or Answers(), lines_of_keys(text, table))
    problems: list[Problem] = []
    wrong: list[Place] = []
    kept: dict[str, Value] = {}
    for place in walk(script, written.answer_to):
        if isinstance(place, Stop):
            raise RouteOut(place.text, remedy=place.remedy, recorded="")
        if place.value is not None and place.is_good:
            kept[place.question.key] = place.value
        else:
            wrong.append(place)
            problems.append(written.problem(place))
    answers = Answers(kept)
    problems += written.unused(script, answers, is_alone=not problems)
    if problems:
        in_order = sorted(problems, key=lambda problem: _line(problem.where))
        if len(wrong) == len(problems) and all(_is_a_day_that_cannot_be(place) for place in wrong):
            raise refusal(where, in_order, CannotDecide)
        raise refusal(where, in_order)
    return answers, tuple(written.notes)


@dataclass(slots=True)
class _Written:
    """What the file says, key by key, and which of it the interview has asked for."""

    where: str
    raw: Mapping[str, object]
    given: Answers
    lines: Mapping[str, int]
    derived: dict[str, str] = field(default_factory=dict)
    flat: dict[str, object] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for key, value in self.raw.items():
            entries = [value] if isinstance(value, dict) else value
            if not isinstance(entries, list):
                self.flat[key] = value
                continue
            self.derived[f"{key}.any"] = "yes" if entries else "no"
            for number, entry in enumerate(entries):
                self.derived[f"{key}.{number}.another"] = "yes" if number + 1 < len(entries) else "no"
                if isinstance(entry, dict):
                    self.flat |= {f"{key}.{number}.{inner}": words for inner, words in entry.items()}
                else:
                    self.flat[f"{key}.{number}"] = entry

    def answer_to(self, question: Question, kept: Answers) -> Place:
        """Return what the file says to this question, understood; "not known yet" where it may say nothing."""
        given = self.given.get(question.key)
        if given is not None and question.key not in self.flat:
            return Place(question, given, fault(question, given, kept))
        if question.prefix and question.id in _DERIVED:
            return Place(question, self.derived.get(question.key) or if_left_open(question))
        key = self._key_for(question)
        if key is None:
            return Place(question, if_left_open(question))
        self.used.add(key)
        if given is not None:
            return Place(question, given, "this is given both here and on the command line")
        words = _words(question, self.flat[key])
        if isinstance(words, Place):
            return words
        found = understand_written(question, words, kept)
        if not isinstance(found, Understood):
            return Place(question, words, found.why)
        self.notes += [f"{self.place_of(key)}: {_named(key)}: left out {dropped}" for dropped in found.dropped]
        return Place(question, found.value)

    def _key_for(self, question: Question) -> str | None:
        """Return the key that answers this question: its own, or its entry's where that is a bare value."""
        if question.key in self.flat:
            return question.key
        entry = question.prefix.rstrip(".")
        return entry if entry in self.flat and entry not in self.used else None

    def place_of(self, key: str) -> str:
        """Return `file:line` of a key, of the table it is in, or the file where neither can be found.

        "" is the table of this interview, where the file holds those of several.
        """
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return f"{self.where}:{self.lines[key]}" if key in self.lines else self.where

    def problem(self, place: Place) -> Problem:
        """Return what is wrong with one answer, where it stands; of a missing one, in which file it is missing."""
        found, key = problem_at(place), place.question.key
        if place.wrong:
            return Problem(self.place_of(key), f"{_named(key)}: {found.what}", found.remedy)
        return Problem(self.place_of(""), f"{_named(key)} {found.what}", found.remedy)

    def unused(self, script: Script, answers: Answers, *, is_alone: bool) -> list[Problem]:
        """Return a problem for each key that no question asked for; a known one only where nothing else is wrong."""
        allowed = _allowed(script, answers)
        problems = []
        for key in (key for key in self.flat if key not in self.used):
            top, _, rest = key.partition(".")
            inner = rest.partition(".")[2]
            not_here = f"{_named(key)} is not asked here, because of the other answers"
            opener = opened_by(script, answers, key) if is_alone or top not in allowed else ""
            if opener:
                problems.append(Problem(self.place_of(key), not_here, f"it goes with: {opener}; else take it out"))
            elif top not in allowed:
                problems.append(self._unknown(key, top, f"the keys here are: {', '.join(allowed)}"))
            elif inner and inner not in allowed[top]:
                known = ", ".join(allowed[top]) or f"{top} has none; it is one answer"
                problems.append(self._unknown(key, inner, f"the keys of [[{top}]] are: {known}"))
            elif is_alone:
                problems.append(Problem(self.place_of(key), not_here, "take it out, or look at the answers before it"))
        return problems

    def _unknown(self, key: str, name: str, remedy: str) -> Problem:
        return Problem(self.place_of(key), f'unknown key "{name}"', remedy)


def _words(question: Question, raw: object) -> str | Place:
    """Return a TOML value as words to be understood, or the place with its answer, or what is wrong with it."""
    match raw:
        case bool():
            return "yes" if raw else "no"
        case str():
            return raw
        case datetime():
            return Place(question, NOT_KNOWN, "that is a date with a time where one of them is asked for")
        case date() if question.kind == "date":
            return raw.isoformat()
        case time() if question.kind == "time":
            return raw.strftime("%H:%M")
        case date() | time() | int() | float():
            return Place(question, NOT_KNOWN, "this needs quotes around it")
        case _:
            return Place(question, NOT_KNOWN, "that is a list or table where one answer is asked for")


def _allowed(script: Script, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return every key a file may hold: top-level ids in order, with those of a group's questions."""
    allowed: dict[str, tuple[str, ...]] = {}
    for step in steps_of(script, answers):
        if not isinstance(step, Stop):
            own = tuple(question.id for question in step.questions) if isinstance(step, Group) else ()
            allowed[step.id] = (*allowed.get(step.id, ()), *own)
    return allowed


def _named(key: str) -> str:
    """Return a flat key as the file's writer knows it, entries counted from 1."""
    group, _, rest = key.partition(".")
    number, _, name = rest.partition(".")
    if not number.isdecimal():
        return f'"{key}"'
    return f'"{name}" in [[{group}]] {int(number) + 1}' if name else f"entry {int(number) + 1} of {group}"


def _line(where: str) -> tuple[bool, int]:
    line = where.rpartition(":")[2]
    return (not line.isdecimal(), int(line) if line.isdecimal() else 0)


def _is_a_day_that_cannot_be(place: Place) -> bool:
    """Whether the answer is a date, and all that is wrong with it is where it lies."""
    if place.question.kind != "date" or not isinstance(place.value, str):
        return False
    try:
        parse_date(place.value, None)
    except ValueError:
        return False
    return True
