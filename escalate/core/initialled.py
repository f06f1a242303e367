"""People's words with initials in place of the names of those a case is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from escalate.core.names_in_text import NEVER_NAMES
from escalate.core.references import initials

_WORD = re.compile(r"[^\W\d_]{2,}")


def initialled(text: str, children: Sequence[str], people: Sequence[str] = ()) -> str:
    """Return `text` with initials for a child's name, whole or in part, and for the others' where they stand whole.

    A part counts where it begins with a capital, as a word of its own. It is a help and no proof: a name misspelt, or
    one that nobody recorded, stands as it was written.

    Example:
        >>> initialled("Rowan’s sister met sam counterpart; ROWAN smiled", ["Rowan Testcase"], ["Sam Counterpart"])
        'R.T.’s sister met S.C.; R.T. smiled'
    """
    for letters, pattern in _sought(tuple(children), tuple(people)):
        text = pattern.sub(partial(_told, letters), text)
    return text


@lru_cache(maxsize=8)
def _sought(children: tuple[str, ...], people: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what stands for each name, and how the name is found: kept, since each case has several texts."""
    ways = [*((name, _of_child(name)) for name in children), *((name, [_whole(name)]) for name in people)]
    found = [(name, "|".join(pattern for pattern in patterns if pattern)) for name, patterns in ways]
    return tuple((initials(name), re.compile(rf"(?<!\w)(?:{each})(?!\w)")) for name, each in found if each)


def _told(letters: str, found: re.Match[str]) -> str:
    # A full stop that ends the sentence is not doubled.
    return letters[:-1] if found.string[found.end() :].startswith(".") else letters


def _of_child(name: str) -> Iterable[str]:
    yield _whole(name)
    for word in _WORD.findall(name):
        if word.casefold() not in NEVER_NAMES:
            yield f"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})"


def _whole(name: str) -> str:
    words = name.split()
    spaced = r"\s+".join(map(re.escape, words))
    return f"(?i:{spaced})" if any(map(str.isalpha, name)) and len(words) > 1 else ""
