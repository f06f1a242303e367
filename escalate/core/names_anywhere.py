"""Whether words name somebody of the whole record: a name as it is written, and not by initials or in other ways.

Among thousands of names initials stand for somebody everywhere. Within one case `core.names_in_text` looks closer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from escalate.core.folded_text import fold
from escalate.core.names_in_text import NEVER_NAMES

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def words_that_may_name(text: str) -> frozenset[str]:
    """Return the words of a text that begin with a capital, folded: one of them alone may be somebody's name.

    Example:
        >>> sorted(words_that_may_name("Asked by ROWAN\u2019s school"))
        ['asked', 'rowan']
    """
    found = (word for word in _WORD.findall(fold(text)[0]) if word[0].isupper() or not word[0].islower())
    return frozenset(word.lower() for word in found if len(word) >= _SHORTEST) - NEVER_NAMES


def is_anybody_named(text: str, names: Iterable[str], agencies: Iterable[str] = ()) -> bool:
    """Return whether a word of one of these names stands in a text, with a capital as names have.

    Args:
        agencies: words of their names are nobody's: "Care" in "Care Quality Commission".
    """
    wanted = words_that_may_name(text)
    if not wanted:
        return False
    wanted -= {word for agency in agencies for word in _words(agency)}
    return any(not wanted.isdisjoint(_words(name)) for name in names)


def words_of(names: Iterable[str], agencies: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of all these names, folded, but for those of the agencies: to look into many texts for them."""
    words = {word for name in names for word in _words(name)}
    return frozenset(words.difference(*map(_words, agencies)))


def _words(name: str) -> set[str]:
    return {word for word in _WORD.findall(fold(name)[0].lower()) if len(word) >= _SHORTEST} - NEVER_NAMES
