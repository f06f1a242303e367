"""People's words with initials in place of the names of those a case is about, or of everybody recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice, pairwise

from escalate.core.names_in_text import NEVER_NAMES
from escalate.core.references import initials

_WORD = re.compile(r"[^\W\d_]{2,}")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*")
_BETWEEN = re.compile(r"\s+|[-'\u2019.]\s?")
_ANOTHER = r"[^\W\d_]\w"


def initialled(text: str, children: Sequence[str], people: Sequence[str] = ()) -> str:
    """Return `text` with initials for a child's name, whole or in part, and for the others' where they stand whole.

    A part counts where it begins with a capital, as a word of its own. All initials stand only for the whole name and
    for the first name alone: a surname may be a parent's, and a first name before another surname is somebody else's,
    so that each is its own initial and nobody is shown as the child. It is a help and no proof: a name misspelt, or one
    that nobody recorded, stands as it was written.

    Example:
        >>> initialled("Rowan’s sister met sam counterpart; ROWAN smiled", ["Rowan Testcase"], ["Sam Counterpart"])
        'R.T.’s sister met S.C.; R.T. smiled'
        >>> initialled("Jo Testcase and Rowan Other; the Testcases left", ["Rowan Testcase"])
        'Jo T. and R. Other; the T. left'
    """
    folded = text.casefold()
    for word, letters, pattern in _sought(tuple(children), tuple(people)):
        if word in folded:
            text = re.sub(pattern, partial(_told, letters), text)
    return text


class Everyone:
    """The names of a whole record, found in one look over a text however many they are: each where it stands whole.

    A name is of two words or more, the first and the last with a capital in the text; of three, its first and last are
    it as well. What stands for it are its initials.

    Example:
        >>> Everyone(["Kit Example", "Ana Maria Otherchild"]).initialled("Kit  Example saw Ana Otherchild. Kit left.")
        'K.E. saw A.O. Kit left.'
    """

    def __init__(self, names: Iterable[str]) -> None:
        # By the first two words: many people have a first name in common.
        self._firsts: set[str] = set()
        self._by_two: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
        for name in names:
            words = tuple(word.casefold() for word in _ANY_WORD.findall(name))
            for run in {words, (words[0], words[-1])} if len(words) > 1 else ():
                letters = initials(name) if run == words else initials(" ".join(run))
                self._firsts.add(run[0])
                self._by_two.setdefault((run[0], run[1]), {})[run[1:]] = letters

    def initialled(self, text: str) -> str:
        """Return a text with initials for each of these names."""
        parts, done = [], 0
        for word in _CAPITAL.finditer(text):
            first = word[0].casefold()
            if first not in self._firsts or word.start() < done:
                continue
            after = _ANY_WORD.search(text, word.end())
            runs = self._by_two.get((first, after[0].casefold())) if after else None
            if runs and (found := _run_at(text, word.start(), runs)):
                end, letters = found
                parts += [text[done : word.start()], _before(text, end, letters)]
                done = end
        return "".join((*parts, text[done:])) if parts else text


def _run_at(text: str, start: int, runs: Mapping[tuple[str, ...], str]) -> tuple[int, str] | None:
    """Return where the longest of these names that begins here ends, and what stands for it."""
    longest_first = sorted(runs.items(), key=lambda one: -len(one[0]))
    words = list(islice(_ANY_WORD.finditer(text, start), len(longest_first[0][0]) + 1))
    for rest, letters in longest_first:
        here = words[: len(rest) + 1]
        if tuple(word[0].casefold() for word in here[1:]) == rest and here[-1][0][0].isupper():
            gaps = (text[one.end() : after.start()] for one, after in pairwise(here))
            if all(_BETWEEN.fullmatch(gap) for gap in gaps):
                return here[-1].end(), letters
    return None


@lru_cache(maxsize=8)
def _sought(children: tuple[str, ...], people: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return of each name or part of one its first word, what stands for it, and how it is found.

    They are kept, since each case has several texts. Whole names come first: a mother has her own initials, and not her
    child's.
    """
    whole = [(name.split()[0], initials(name), _whole(name)) for name in (*children, *people) if name.split()]
    parts = [part for name in children for part in _parts(name)]
    return tuple((word.casefold(), letters, rf"(?<!\w)(?:{each})") for word, letters, each in (*whole, *parts) if each)


def _told(letters: str, found: re.Match[str]) -> str:
    return _before(found.string, found.end(), letters)


def _before(text: str, end: int, letters: str) -> str:
    # A full stop that ends the sentence is not doubled.
    return letters[:-1] if text.startswith(".", end) else letters


def _parts(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield each word of a child's name that may stand alone, what stands for it then, and how it is found."""
    words = [word for word in _WORD.findall(name) if word.casefold() not in NEVER_NAMES]
    for place, word in enumerate(words):
        written, letter = f"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})", f"{word[0].upper()}."
        if place == 0 and len(words) > 1:
            yield word, letter, rf"{written}(?=[ \t]+(?-i:(?=[^\W\d_a-z]){_ANOTHER}))(?!\w)"
        if place == 0:
            yield word, initials(name), rf"{written}(?!\w)"
        else:
            yield word, letter, rf"{written}(?i:e?s)?(?!\w)"  # "the Testcases" are a family as well


def _whole(name: str) -> str:
    words = name.split()
    spaced = r"\s+".join(map(re.escape, words))
    return rf"(?i:{spaced})(?!\w)" if any(map(str.isalpha, name)) and len(words) > 1 else ""
