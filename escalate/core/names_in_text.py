"""Recorded names found in people's words, however they are written there: split, joined, in capitals, as initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalate.core.folded_text import BREAK, fold, is_hidden

_TITLES = "mr mrs miss ms mx dr prof professor rev sir dame master"
_RELATIVES = """
    mother mothers father fathers parent parents mum mums mam mummy dad dads daddy stepmother stepfather stepmum stepdad
    gran grandma grandmother nan nana granddad grandad grandfather grandpa grandparent grandparents
    aunt auntie aunty uncle brother sister sibling siblings husband wife partner carer carers guardian guardians
    child children baby unborn infant unknown unnamed and
"""
NEVER_NAMES = frozenset((_TITLES + _RELATIVES).split())
_PARTICLE_WORDS = "mac mc o van von der den ter de del della la le du di da dos el al bin ibn abu st san"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_ALWAYS_PARTICLES = frozenset({"mac", "mc"})

# What is longer is no name: it is sought whole, and a part of its words one by one.
_LONGEST_RUN, _MOST_WORDS, _MOST_ALONE = 6, 12, 40

_LETTER = r"[^\W\d_]"
_BEFORE, _AFTER = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_AFTER_PLURAL = f"(?=(?i:e?s)?(?!{_LETTER}))"  # "the Testcases" are a family as well
_BETWEEN_WORDS = r"[\W_]{0,3}"
_APART = r"[\W_]{1,2}"
_JOINT = f"[-'{BREAK}]?"
_SPLIT = f"(?:[-'{BREAK}]| (?=(?-i:[A-Z])))?"


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something looked for stands in a text: `text[start:end]`, and which of what was looked for it is."""

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One way to write the `index`th thing looked for, as a regular expression without groups on folded text."""

    index: int
    length: int
    pattern: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a name: folded, and letter by letter as a regular expression (ü is u or ue)."""

    folded: str
    letters: tuple[str, ...]

    @property
    def is_run_on(self) -> bool:
        """Whether it is of a script without capitals, many of which put no space between words."""
        return unicodedata.category(self.folded[0]) == "Lo"

    @property
    def is_long(self) -> bool:
        return len(self.folded) >= (2 if self.is_run_on else 3)


def find_names(text: str, names: Sequence[str]) -> list[Hit]:
    """Return every place in `text` where one of `names` stands, in order and not overlapping.

    A name is found whole, and each of its words alone (first name, surname, either half of a double-barrelled one),
    as a word of its own or in the plural, whatever the case, accents or kind of apostrophe; written as one word or
    several, hyphenated, with its letters apart, and as initials in capitals. A word of two letters counts where it
    begins with a capital; one letter, titles and words for relatives never. It finds too much rather than too
    little (the word "grace" where a child is called Grace): a person decides.

    Example:
        >>> find_names("Seen with ROWAN\u2019s sister", ["Rowan Testcase"])
        [Hit(start=10, end=15, index=0)]
    """
    return find(text, [wanted for index, name in enumerate(names) for wanted in ways_to_write(name, index)])


def find(text: str, wanted: Sequence[Wanted]) -> list[Hit]:
    """Return every place in `text` where one of these stands, in order and not overlapping, the longest first."""
    if not wanted:
        return []
    once = {one.pattern: one for one in reversed(wanted)}
    longest_first = sorted(once.values(), key=lambda one: (-one.length, one.index))
    pattern = re.compile("|".join(f"({one.pattern})" for one in longest_first))
    folded, places = fold(text)
    return [
        Hit(places[match.start()][0], places[match.end() - 1][1], longest_first[match.lastindex - 1].index)
        for match in pattern.finditer(folded)
        if match.lastindex
    ]


def ways_to_write(name: str, index: int = 0) -> Iterator[Wanted]:
    """Yield every way in which this name is looked for, as `find` takes it."""
    words = _words(name)[:_MOST_ALONE]
    if not words:
        return
    whole = fold(name)[0].strip()
    if sum(map(str.isalpha, whole)) > 2:
        yield Wanted(index, len(whole), f"{_BEFORE}(?i:{re.escape(whole)}){_AFTER_PLURAL}")
    longest = _LONGEST_RUN if len(words) <= _MOST_WORDS else 1
    for start in range(len(words)):
        for stop in range(start + 1, min(start + longest, len(words)) + 1):
            run = words[start:stop]
            if _is_telling(run, is_first=start == 0, is_all=len(run) == len(words)):
                length = sum(len(word.folded) for word in run)
                yield from (Wanted(index, length, pattern) for pattern in _patterns(run))
    for letters in _initials(name):
        dotted = r"\.? ?".join(letters)
        yield Wanted(index, 1, f"{_BEFORE}{dotted}(?:(?<=[. ].)\\.)?{_AFTER}")


def _words(name: str) -> list[_Word]:
    """Return the words of a name, "MacDonald" and "O'Brien" as two, without titles and words for relatives."""
    composed = unicodedata.normalize("NFC", name)
    shown = "".join(char for char in composed if not is_hidden(char))
    found = []
    for written in re.findall(r"[^\W_]+", shown):
        ends = [place for place in range(1, len(written)) if written[place - 1].islower() and written[place].isupper()]
        if written.casefold() in NEVER_NAMES:
            continue
        for start, stop in zip([0, *ends], [*ends, len(written)], strict=True):
            if folded := fold(written[start:stop])[0].lower().replace(" ", ""):
                found.append(_Word(folded, _letters(written[start:stop], folded)))
    return [word for word in found if word.folded not in NEVER_NAMES]


def _letters(written: str, folded: str) -> tuple[str, ...]:
    if len(folded) != len(written):
        return tuple(map(re.escape, folded))
    letters = []
    for place, (char, plain) in enumerate(zip(written.lower(), folded, strict=True)):
        if char in "äöüø":
            letters.append(f"{plain}(?:{_JOINT}e)?")
        elif char == "å":
            letters.append(f"a(?:{_JOINT}a)?")
        elif plain == "e" and len(folded) > 4 and folded[place - 1] in "aou" and place:
            letters[-1] += f"(?:{_JOINT}e)?"  # Mueller is Müller, who is Muller
        else:
            letters.append(re.escape(plain))
    return tuple(letters)


def _is_telling(run: Sequence[_Word], *, is_first: bool, is_all: bool) -> bool:
    """Whether these words of a name say whom it is about: "van der" does not."""
    if len(run) == 1 and is_first and run[0].folded not in _ALWAYS_PARTICLES:
        return len(run[0].folded) > 1
    if all(word.folded in _PARTICLES for word in run) and not is_all:
        return False
    return any(len(word.folded) > 1 for word in run)


def _patterns(run: Sequence[_Word]) -> Iterator[str]:
    """Yield how to find these words: together or apart; a single word also with its letters apart, or in two."""
    body = _BETWEEN_WORDS.join(_JOINT.join(word.letters) for word in run)
    if run[0].is_run_on:
        yield f"(?i:{body})"
        return
    capital = _capital(run[0])
    is_long = any(word.is_long for word in run)
    yield f"{_BEFORE}(?i:{body}){_AFTER_PLURAL}" if is_long else f"{_BEFORE}{capital}(?i:{body}){_AFTER}"
    if len(run) == 1:
        yield f"{_BEFORE}{'' if is_long else capital}(?i:{_APART.join(run[0].letters)}){_AFTER}"
        if len(run[0].folded) > 4:
            yield f"{_BEFORE}{capital}(?i:{_SPLIT.join(run[0].letters)}){_AFTER_PLURAL}"


def _capital(word: _Word) -> str:
    """Return a pattern that looks ahead for the word's first letter as a capital."""
    return f"(?={re.escape(word.folded[0].upper())})"


def _initials(name: str) -> set[str]:
    """Return the capitals that stand for a name: of all its words, and of its first and last."""
    parts = [part for part in re.split(r"[\s-]+", fold(name)[0]) if part and part.lower() not in NEVER_NAMES]
    letters = "".join(part[0].upper() for part in parts if part[0].upper().isupper())
    return {found for found in (letters, letters[:1] + letters[-1:]) if len(letters) > 1 and found.isalpha()}
