"""Text as it is searched: what looks alike is alike, and every place leads back to the text as it was written.

Accents, hidden characters, kinds of apostrophe and dash, and letters of other alphabets that look like Latin ones make
no difference; capitals do, to whoever asks.
"""

from __future__ import annotations

import re
import unicodedata

BREAK = "\x01"  # where a word was hyphenated at the end of a line
_AT_LINE_END = re.compile("[-\u00ad\u2010\u2011][^\\S\n]*\n\\s*")

_NOT_HEARD = re.compile(rf"[\s'.{BREAK}-]+")
_TWO_SPACES, _SPACE = re.compile(r"\s\s"), re.compile(r"\s")

_LIKE_LATIN = {
    "аеорсухіјѕԁһԛԝкмтвн": "aeopcyxijsdhqwkmtbh",
    "АЕОРСУХІЈЅԀҺԚԜКМТВН": "AEOPCYXIJSDHQWKMTBH",
    "αβεικνορτυχγωηζμ": "abeikvoptuxywnzm",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "łøđħŧıɑɡŁØĐĦŦ": "lodhtiagLODHT",
}
_SPELT_OUT = {"æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"}
_SPELT_IN_CAPITALS = {"Æ": "AE", "Œ": "OE", "Ð": "D", "Þ": "TH", "ẞ": "SS"}
_FOLDED = (
    dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07"), "'")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
    | {ord(one): like for others, latin in _LIKE_LATIN.items() for one, like in zip(others, latin, strict=True)}
    | {ord(letter): spelt for letter, spelt in (_SPELT_OUT | _SPELT_IN_CAPITALS).items()}
)


def is_hidden(character: str) -> bool:
    """Whether a character puts nothing on the page of its own: an accent, a joiner, a soft hyphen."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` without accents, hidden characters or doubled spaces, and where each character of it was.

    Capitals stay. A hyphen at the end of a line and the line's end are one character, U+0001.
    """
    if text.isascii() and not _AT_LINE_END.search(text) and not _TWO_SPACES.search(text):
        # Most of what is written has nothing to be left out, and each character stays where it is.
        return _SPACE.sub(" ", text.translate(_FOLDED)), [(at, at + 1) for at in range(len(text))]
    breaks = {found.start(): found.end() for found in _AT_LINE_END.finditer(text)}
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    index = 0
    while index < len(text):
        start, index = index, breaks.get(index, index + 1)
        if start in breaks:
            plain = BREAK
        else:
            plain = unicodedata.normalize("NFKD", text[start].translate(_FOLDED)).translate(_FOLDED)
        shown = [piece for piece in plain if not is_hidden(piece)]
        for piece in shown:
            if piece.isspace() and folded and folded[-1] == " ":
                places[-1] = (places[-1][0], index)
            else:
                folded.append(" " if piece.isspace() else piece)
                places.append((start, index))
        if places and not shown:
            places[-1] = (places[-1][0], index)
    return "".join(folded), places


def as_compared(name: str) -> str:
    """Return a name as it is compared: two that are the same in this are alike (`are_alike`)."""
    return fold(name)[0].casefold().strip()


def are_alike(one: str, other: str) -> bool:
    """Return whether two names are the same but for capitals, accents, spaces, and how quotes and hyphens are typed.

    Example:
        >>> are_alike("Invented Children's Social Care", " invented  CHILDREN\u2019S social care")
        True
    """
    return as_compared(one) == as_compared(other)


def bare(name: str) -> str:
    """Return a name as it is known by however it is typed: without capitals, accents, spaces, quotes, hyphens and dots.

    Example:
        >>> bare("Zo\u00eb D'\u00c1rcy-O\u2019Brien") == bare("zoe darcy obrien")
        True
    """
    return _NOT_HEARD.sub("", fold(name)[0].casefold())
