"""People's words with initials in place of the names of those a case is about, or of everybody recorded.

Accents and kinds of apostrophe make no difference to whether a name is found; what is not a name stays as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from escalate.core.folded_text import fold
from escalate.core.names_in_text import NEVER_NAMES
from escalate.core.references import initials

# An accent of its own and a hidden character belong to the letter before them.
_ANY_WORD = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
_CAPITAL = re.compile("(?<![^\\W\\d_])(?![a-z])" + _ANY_WORD.pattern)
_PART = re.compile("[^\\W\\d_]+(?:['\u2018\u2019\u02bc`][^\\W\\d_]+)*")
_BETWEEN = re.compile("\\s+|\\s?[-'\u2018\u2019\u02bc`.,_\u2010\u2011]\\s?")
_ANOTHER = r"[^\W\d_][\w']"
# A capital within a sentence, as of "met Kim Example": but "on Monday Kim" and "in May Kim" name one person.
_DAY = r"(?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December)"
_NAME_BEFORE = re.compile(rf"[\w,'][ \t]+(?!{_DAY}[ \t])[A-Z][a-z][\w'-]*[ \t]+\Z")
_FAR = 40
_PLURAL = "(?i:e?s)?"
_NOT_ONE = "\0"


def initialled(text: str, children: Sequence[str], people: Sequence[str] = ()) -> str:
    """Return `text` with initials for a child's name, whole or in part, and for the others' where they stand whole.

    A part counts where it begins with a capital, as a word of its own. All initials stand only for the whole name and
    for the first name alone: a surname may be a parent's, and a first name beside another name is somebody else's,
    so that each is its own initial and nobody is shown as the child. It is a help and no proof: a name misspelt, or one
    that nobody recorded, stands as it was written.

    Example:
        >>> initialled("Rowan’s sister met sam counterpart; ROWAN smiled", ["Rowan Testcase"], ["Sam Counterpart"])
        'R.T.’s sister met S.C.; R.T. smiled'
        >>> initialled("Jo Testcase and Rowan Other; the Testcases left", ["Rowan Testcase"])
        'Jo T. and R. Other; the T. left'
    """
    sought = _sought(tuple(children), tuple(people))
    folded = text.translate(_PLAIN)
    lowered = folded.casefold()
    here = tuple(one for one in sought if one.word in lowered or _NOT_ONE in folded)
    if not here:
        return text
    places: Sequence[tuple[int, int]] | None = None
    if _NOT_ONE in folded:
        folded, places = fold(text)
    parts, done, last = [], 0, -1
    for found in _pattern(here).finditer(folded):
        one = here[(found.lastindex or 1) - 1]
        start, end = found.span() if places is None else (places[found.start()][0], places[found.end() - 1][1])
        before = folded[max(last, found.start() - _FAR, 0) : found.start()]
        is_beside = (last >= 0 and not before.strip(" \t-")) or bool(_NAME_BEFORE.search(before))
        parts += [text[done:start], _before(text, end, one.beside if is_beside else one.letters)]
        done, last = end, found.end()
    return "".join((*parts, text[done:]))


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
        self._by_two: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
        self._joined: set[str] = set()
        for name in names:
            words = tuple(map(_plain_word, _ANY_WORD.findall(name)))
            # "R.T." and "the mother" are recorded as names, and tell of nobody.
            if len(words) < 2 or not any(_is_telling(word) for word in words):
                continue
            self._joined.add("".join(words))
            for run in {words, (words[0], words[-1]), _without_apostrophes(name)}:
                self._keep(run, initials(" ".join(run)) if run == (words[0], words[-1]) != words else initials(name))
        self._firsts = {first for first, _ in self._by_two}

    def _keep(self, run: tuple[str, ...], letters: str) -> None:
        if len(run) > 1:
            for ending in ("", "s", "es"):  # "Kit Examples mother" lacks its apostrophe, and names Kit all the same
                *most, last = run[1:]
                rest = (*most, last + ending)
                self._by_two.setdefault((run[0], rest[0]), {}).setdefault(rest, letters)

    def initialled(self, text: str) -> str:
        """Return a text with initials for each of these names."""
        parts, done = [], 0
        for word in _CAPITAL.finditer(text):
            if word.start() >= done and (found := self._at(text, word)):
                last, letters = found
                # "Kit Example Other" where both halves are names: neither stands beside a part of the other.
                while more := self._at(text, last):
                    last, letters = more[0], letters + more[1].partition(".")[2]
                parts += [text[done : word.start()], _before(text, last.end(), letters)]
                done = last.end()
        return "".join((*parts, text[done:])) if parts else text

    def found_in(self, text: str) -> tuple[str, ...]:
        """Return each of these names that stands whole in a text, as it is written: without capitals, run together.

        Example:
            >>> Everyone(["Zoë Example"]).found_in("it was zoe  example; ZoeExample; but Zoë was")
            ('zoe  example', 'ZoeExample')
        """
        found = []
        for word in _ANY_WORD.finditer(text):
            if named := self._at(text, word, is_any=True):
                found.append(text[word.start() : named[0].end()])
            elif _plain_word(word[0]) in self._joined:
                found.append(word[0])
        return tuple(found)

    def _at(self, text: str, word: re.Match[str], *, is_any: bool = False) -> tuple[re.Match[str], str] | None:
        """Return the last word of the longest of these names that begins with this word, and what stands for it."""
        first = _plain_word(word[0])
        if first not in self._firsts or not (after := _ANY_WORD.search(text, word.end())):
            return None
        runs = self._by_two.get((first, _plain_word(after[0])))
        return _run_at(text, word.start(), runs, is_any=is_any) if runs else None


def _run_at(
    text: str, start: int, runs: Mapping[tuple[str, ...], str], *, is_any: bool
) -> tuple[re.Match[str], str] | None:
    longest_first = sorted(runs.items(), key=lambda one: -len(one[0]))
    words = list(islice(_ANY_WORD.finditer(text, start), len(longest_first[0][0]) + 1))
    for rest, letters in longest_first:
        here = words[: len(rest) + 1]
        has_capital = is_any or not here[-1][0][0].islower()
        if has_capital and tuple(_plain_word(word[0]) for word in here[1:]) == rest:
            gaps = (text[one.end() : after.start()] for one, after in pairwise(here))
            if all(_BETWEEN.fullmatch(gap) for gap in gaps):
                return here[-1], letters
    return None


def _is_telling(word: str) -> bool:
    # Where there are no capitals, one character may be a whole name.
    return word not in NEVER_NAMES and (len(word) > 1 or word.upper() == word.lower())


def _plain_word(word: str) -> str:
    return word.casefold() if word.isascii() else _folded_word(word)


@lru_cache(maxsize=4096)
def _folded_word(word: str) -> str:
    return fold(word)[0].casefold()


def _without_apostrophes(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _ANY_WORD.findall(fold(name)[0].replace("'", "")))


class _OneForOne(dict[int, str]):
    """Of each character the one that it is searched as; NUL where that is none, or several."""

    def __missing__(self, code: int) -> str:
        plain = chr(code) if chr(code).isspace() else fold(chr(code))[0]
        self[code] = plain if len(plain) == 1 else _NOT_ONE
        return self[code]


_PLAIN = _OneForOne()


class _Sought(NamedTuple):
    """A name or a part of one: its first word, what stands for it, alone and beside another name; how it is found."""

    word: str
    letters: str
    beside: str
    written: str


@lru_cache(maxsize=8)
def _sought(children: tuple[str, ...], people: tuple[str, ...]) -> tuple[_Sought, ...]:
    """Return how each name and part of one is found, whole names first: a mother has her own initials.

    They are kept, since each case has several texts.
    """
    whole = [found for name in (*children, *people) for found in _whole(name)]
    return (*whole, *(part for name in children for part in _parts(name)))


@lru_cache(maxsize=256)
def _pattern(sought: tuple[_Sought, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"((?<!\w){one.written}(?!\w))" for one in sought))


def _before(text: str, end: int, letters: str) -> str:
    # A full stop that ends the sentence is not doubled.
    return letters[:-1] if text.startswith(".", end) else letters


def _parts(name: str) -> Iterator[_Sought]:
    """Yield each word of a child's name that may stand alone."""
    found = [(fold(part)[0], f"{part[0].upper()}.") for part in _PART.findall(unicodedata.normalize("NFC", name))]
    words = [(word, letter) for word, letter in found if len(word) > 1 and word.casefold() not in NEVER_NAMES]
    for place, (word, letter) in enumerate(words):
        first = word.split("'")[0].casefold()
        written = f"{re.escape(word[0].upper())}(?i:{_loose(word[1:])})"
        if place:
            yield _Sought(first, letter, letter, written + _PLURAL)  # "the Testcases" are a family as well
            continue
        if len(words) > 1:
            yield _Sought(first, letter, letter, rf"{written}(?=[ \t]+(?-i:(?=[^\W\d_a-z]){_ANOTHER}))")
        yield _Sought(first, initials(name), letter, written)


def _whole(name: str) -> Iterator[_Sought]:
    words = fold(name)[0].split()
    if len(words) > 1 and any(map(str.isalpha, name)):
        written = r"\s+".join(map(_loose, words))
        letters = initials(name)
        yield _Sought(words[0].split("'")[0].casefold(), letters, letters, f"(?i:{written}){_PLURAL}")


def _loose(word: str) -> str:
    """Return how a word is found whose apostrophe may be left out."""
    return re.escape(word).replace("'", "'? ?")
