"""What can come next on the command line, for a shell's Tab: verbs, parts, options, and what an option may be.

Shells ask by `escalate completion next N WORD…`: N words stand complete after `escalate`, and the one after them, if
any, is being typed. (Some shells drop an empty word: hence the count.) The answer is a line for each candidate, "word,
tab, what it is"; the line ":files" or ":folders" asks the shell for its own. A case is offered by its reference alone.

What the verbs take is read from `grammar.json`, which `make docs` writes: a verb's own module can take half a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from escalate.cli.verbs import VERBS

HELP = ("--help", "Show its help.")
GRAMMAR = Path(__file__).with_name("grammar.json")
_QUOTES = "\"'"


class Candidate(NamedTuple):
    """What may stand next on the line, and what it is; ":files" and ":folders" stand for the shell's own."""

    word: str
    says: str = ""


class Typed(NamedTuple):
    """A line as far as it is typed: the verb and part, the word being typed, the options given, the other words."""

    path: str
    current: str
    given: Mapping[str, str]
    positional: Sequence[str]


@lru_cache(maxsize=1)
def grammar() -> dict[str, dict[str, Any]]:
    """Return each verb, or each part of a verb, by how it is typed: what it says, its arguments and its options."""
    import json

    found: dict[str, dict[str, Any]] = json.loads(GRAMMAR.read_text(encoding="utf-8"))
    return found


def answer_shell(asked: Sequence[str]) -> int:
    """Print the candidates for what follows `escalate completion next`, and return the exit code, always 0."""
    if asked and asked[0].isdecimal():
        count, *words = asked
        for word, says in candidates(words[: int(count)], "".join(words[int(count) : int(count) + 1])):
            print(f"{word}\t{' '.join(says.split())}")
    return 0


def candidates(complete: Sequence[str], current: str) -> list[Candidate]:
    """Return what can stand where `current` is being typed, in the order to be shown.

    Args:
        complete: the words before it, after `escalate`. Where a shell breaks words at "=", that is a word of its own.
        current: what is typed of it so far; "" for nothing.
    """
    words = [word for word in complete if word != "="]
    typed = "" if current == "=" else current.lstrip(_QUOTES)
    option, equals, value = typed.partition("=") if typed.startswith("--") else ("", "", typed)
    if equals:
        found = _of_line([*words, option], value)
        return [Candidate(f"{option}={word}", says) for word, says in found if not word.startswith(":")]
    return _of_line(words, typed)


def matching(found: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Return the candidates that begin as typed, upper or lower case alike."""
    return [one for one in found if one.word.lower().startswith(typed.lower())]


def _of_line(words: list[str], typed: str) -> list[Candidate]:
    verbs = [Candidate(verb.name, verb.says) for verb in VERBS]
    if not words:
        return matching([*verbs, Candidate("help", "one verb's help"), Candidate(*HELP)], typed)
    first, *rest = words
    if first == "help":
        return [] if rest else matching(verbs, typed)
    if first in grammar():
        return _of_part(first, rest, typed)
    if rest:
        return _of_part(f"{first} {rest[0]}", rest[1:], typed) if f"{first} {rest[0]}" in grammar() else []
    parts = [(path.removeprefix(f"{first} "), part) for path, part in grammar().items() if path.startswith(f"{first} ")]
    found = [Candidate(name, part["says"]) for name, part in parts]
    return matching([*found, Candidate(*HELP)], typed) if found else []


def _of_part(path: str, rest: list[str], typed: str) -> list[Candidate]:
    """Return what can come next of a verb, or a part of one, after the words `rest`."""
    takes = grammar()[path]["takes"]
    options = {name: one for one in takes for name in one.get("option", ())}
    given: dict[str, str] = {}
    positional: list[str] = []
    waiting = ""
    for word in rest:
        name, equals, value = word.partition("=")
        if waiting:
            given[waiting] = word
            waiting = ""
        elif name in options:
            given[name] = value
            waiting = name if options[name]["takes"] and not equals else ""
        elif not word.startswith("-"):
            positional.append(word)
    so_far = Typed(path, typed, given, positional)
    if waiting:
        return _values(waiting, options[waiting]["takes"], so_far)
    if typed.startswith("-"):
        left = [Candidate(name, one["help"]) for name, one in options.items() if name not in given]
        return matching([*left, Candidate(*HELP)], typed)
    arguments = [one for one in takes if "argument" in one]
    following = arguments[len(positional) :] or [one for one in arguments[-1:] if one["many"]]
    return _values("", following[0]["argument"], so_far) if following else matching([Candidate(*HELP)], typed)


def _values(option: str, takes: str, so_far: Typed) -> list[Candidate]:
    from escalate.cli.completing_values import source_of

    return source_of(so_far.path, option, takes)(so_far)
