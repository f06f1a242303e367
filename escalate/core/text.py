"""People's words, made safe to keep without changing what they say, and searched for recorded names.

`clean` is the one door for typed, pasted and imported text: after it, every character can be stored, printed on
any terminal and written into a Word document, and comes back the same. What it had to drop it says, so that
nobody loses anything without being told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNWANTED: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("control character", "control characters", re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")),
    ("broken character", "broken characters", re.compile("[\ud800-\udfff]")),
    ("character that no text can hold", "characters that no text can hold", re.compile("[\ufffe\uffff]")),
    ("hidden direction mark", "hidden direction marks", re.compile("[\u202a-\u202e\u2066-\u2069]")),
    ("hidden byte-order mark", "hidden byte-order marks", re.compile("\ufeff")),
)
_ANY_UNWANTED = re.compile("|".join(pattern.pattern for _, _, pattern in _UNWANTED))

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07"), "'")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = {ord(a): b for a, b in zip("łøđħıŧ", "lodhit", strict=True)} | {
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("ð"): "d",
    ord("þ"): "th",
}
_FOLDED = _APOSTROPHES | _DASHES | _LETTERS
_HONORIFICS = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "prof", "professor", "rev", "sir", "dame", "master"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that is safe to keep, and in words what was dropped to make it so (never the text itself)."""

    text: str
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a recorded name stands in a text: `text[start:end]`, and which of the names it was."""

    start: int
    end: int
    name_index: int


def clean(text: str) -> Cleaned:
    r"""Return `text` with one kind of line end, composed letters, and nothing that could vanish later unnoticed.

    Every line end (CR LF, CR, vertical tab, form feed, next line, U+2028, U+2029) becomes a line feed, which is
    not counted as dropped. Dropped, and said: other control characters but tab, halves of surrogate pairs, U+FFFE
    and U+FFFF, marks that turn the direction of text round, byte-order marks. Letters are composed (NFC). Joiners
    and left-to-right marks stay: scripts need them. Cleaning twice changes nothing more.

    Example:
        >>> clean("Smith & Sons\r\n\x1b[31mred")
        Cleaned(text='Smith & Sons\n[31mred', dropped=('1 control character (U+001B)',))
    """
    joined = _SPLIT_PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    lines = _LINE_ENDS.sub("\n", joined)
    found: dict[str, int] = {}
    for character in _ANY_UNWANTED.findall(lines):
        found[character] = found.get(character, 0) + 1
    kept = _ANY_UNWANTED.sub("", lines) if found else lines
    return Cleaned(unicodedata.normalize("NFC", kept), tuple(_say_dropped(one, count) for one, count in found.items()))


def _say_dropped(character: str, count: int) -> str:
    one, many = next((one, many) for one, many, pattern in _UNWANTED if pattern.match(character))
    return f"{count} {one if count == 1 else many} (U+{ord(character):04X})"


def find_names(text: str, names: Sequence[str]) -> list[Hit]:
    """Return every place in `text` where one of `names` stands, in order and not overlapping.

    A name is found whole, and each of its parts alone (first name, surname, either half of a double-barrelled
    one), as a word of its own or in the plural, whatever the case, accents or kind of apostrophe. Parts of one or
    two letters and forms of address are too common to be looked for alone. It finds too much rather than too little
    (the word "grace" where a child is called Grace): a person decides.

    Example:
        >>> find_names("Seen with ROWAN\u2019s sister", ["Rowan Testcase"])
        [Hit(start=10, end=15, name_index=0)]
    """
    wanted: dict[str, int] = {}
    for index, name in enumerate(names):
        for phrase in _phrases(name):
            wanted.setdefault(phrase, index)
    if not wanted:
        return []
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile("|".join(_bounded(phrase) for phrase in longest_first))
    folded, places = _fold(text)
    return [
        Hit(places[match.start()][0], places[match.end() - 1][1], wanted[match[0]])
        for match in pattern.finditer(folded)
    ]


def _phrases(name: str) -> Iterator[str]:
    """Yield what to look for when this name must not appear, folded: the whole, then its telling parts."""
    whole = _fold(name)[0].strip()
    parts = [part for part in re.split(r"[\s,.()-]+", whole) if part and part not in _HONORIFICS]
    if parts:
        yield whole
        yield " ".join(parts)
    for part in parts:
        letters = sum(character.isalpha() for character in part)
        if letters >= (2 if _runs_on(part[0]) else 3):
            yield part
            yield part.replace("'", "")


def _runs_on(character: str) -> bool:
    """Whether the letter is of a script without capitals, many of which put no space between words."""
    return unicodedata.category(character) == "Lo"


def _bounded(phrase: str) -> str:
    before = "" if _runs_on(phrase[0]) else r"(?<![^\W\d_])"
    # "the Testcases" are a family as well.
    after = "" if _runs_on(phrase[-1]) else r"(?=(?:e?s)?(?![^\W\d_]))"
    return f"{before}{re.escape(phrase)}{after}"


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` without case, accents, hidden characters or doubled spaces, and where each character was."""
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        plain = unicodedata.normalize("NFKD", character.casefold().translate(_FOLDED)).translate(_FOLDED)
        for piece in plain:
            if unicodedata.category(piece) in ("Mn", "Me", "Cf"):
                continue
            if piece.isspace() and folded and folded[-1] == " ":
                places[-1] = (places[-1][0], index + 1)
            else:
                folded.append(" " if piece.isspace() else piece)
                places.append((index, index + 1))
        if places and not any(unicodedata.category(piece) not in ("Mn", "Me", "Cf") for piece in plain):
            places[-1] = (places[-1][0], index + 1)
    return "".join(folded), places
