"""Whether words name somebody of the whole record: by a word of a name as names are written, or a name that is whole.

Among thousands of names initials stand for somebody everywhere. Within one case `core.names_in_text` looks closer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from escalate.core.folded_text import fold
from escalate.core.initialled import Everyone
from escalate.core.names_in_text import NEVER_NAMES

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def words_that_may_name(text: str) -> Mapping[str, str]:
    """Return the words of a text that begin with a capital, by what each is folded: one alone may be somebody's name.

    Example:
        >>> words_that_may_name("Asked by ZOË\u2019s school")
        {'asked': 'Asked', 'zoe': 'ZOË'}
    """
    folded, places = fold(text)
    found: dict[str, str] = {}
    for word in _WORD.finditer(folded):
        plain = word[0].lower()
        if len(plain) >= _SHORTEST and not word[0][0].islower() and plain not in NEVER_NAMES:
            found.setdefault(plain, text[places[word.start()][0] : places[word.end() - 1][1]])
    return found


def is_anybody_named(text: str, names: Iterable[str], agencies: Iterable[str] = (), others: Iterable[str] = ()) -> bool:
    """Return whether somebody is named in a text: by a word with a capital as names have, or whole in any way.

    A whole name counts without its capitals and its accents too, and were it made of ordinary words.

    Args:
        names: whose single words count as well.
        agencies: words of their names are nobody's: "Care" in "Care Quality Commission".
        others: who count only where their names stand whole.
    """
    of_agencies = {word for agency in agencies for word in _words(agency)}
    if wanted := words_that_may_name(text).keys() - of_agencies:
        names = tuple(names)
        if any(not wanted.isdisjoint(_words(name)) for name in names):
            return True
    return bool(Everyone((*names, *others)).found_in(text))


def words_of(names: Iterable[str], agencies: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of all these names, folded, but for those of the agencies: to look into many texts for them."""
    words = {word for name in names for word in _words(name)}
    return frozenset(words.difference(*map(_words, agencies)))


def _words(name: str) -> set[str]:
    return {word for word in _WORD.findall(fold(name)[0].lower()) if len(word) >= _SHORTEST} - NEVER_NAMES
