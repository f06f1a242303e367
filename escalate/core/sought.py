"""Words sought in what people wrote, however a keyboard or Word set them: quotes, hyphens, spaces, capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What is not seen: soft hyphens, spaces and joiners of no width, byte order marks.
_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = dict.fromkeys(map(ord, _IGNORED))
_ALIKE = ("'\u2018\u2019\u201b\u02bc\u2032`\u00b4", '"\u201c\u201d\u201e\u201f\u2033', "-\u2010\u2011")
_CLASS = {char: f"[{re.escape(chars)}]" for chars in _ALIKE for char in chars}
_BETWEEN = f"[{_IGNORED}]*"
_SPACE = rf"{_BETWEEN}\s[\s{_IGNORED}]*"


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these words: upper or lower case alike, any white space for a space.

    Straight and curly quotes are one, and so are hyphens; what is not seen, such as a soft hyphen, counts for
    nothing. The letters are exact, accents included, whether an accent is written with its letter or after it.

    Raises:
        ValueError: no words, or a single letter: innocent words would be found.

    Example:
        >>> bool(pattern_of(["O'Example of Flat 4"]).search("Ms o\u2019example  of\\nflat 4"))
        True
    """
    typed = {" ".join(word.translate(_UNSEEN).split()) for word in words}
    composed = {unicodedata.normalize("NFC", word) for word in typed}
    wanted = sorted((typed | composed) - {""}, key=lambda word: (-len(word), word))
    if not wanted or any(len(word) < 2 for word in wanted):
        raise ValueError("no words, or a single letter")
    return re.compile("|".join(map(_one, wanted)), re.IGNORECASE)


def _one(words: str) -> str:
    return _SPACE.join(_BETWEEN.join(map(_letter, word)) for word in words.split(" "))


def _letter(char: str) -> str:
    apart = unicodedata.normalize("NFD", char)
    both = f"(?:{re.escape(char)}|{re.escape(apart)})" if apart != char else re.escape(char)
    return _CLASS.get(char, both)
