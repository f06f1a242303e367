"""People's words, made safe to keep without changing what they say.

`clean` is the one door for typed, pasted and imported text: after it, every character can be stored, printed on
any terminal and written into a Word document, and comes back the same. What it had to drop it says, so that
nobody loses anything without being told.
"""

from __future__ import annotations

import re
import unicodedata
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
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs"))
# Letters and marks of whose shape nothing is drawn: fillers, a joiner, selectors, the empty cell of Braille.
_EMPTY_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(x) for x in range(0xFE00, 0xFE10)}
_ANY_UNWANTED = re.compile("|".join(pattern.pattern for _, _, pattern in _UNWANTED))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that is safe to keep, and in words what was dropped to make it so (never the text itself)."""

    text: str
    dropped: tuple[str, ...] = ()


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


def is_blank(text: str) -> bool:
    """Return whether nothing of a text can be seen: it is empty, or holds only spaces, joiners and marks unseen.

    Example:
        >>> is_blank(" \u200b\u2060"), is_blank("-")
        (True, False)
    """
    return all(unicodedata.category(one) in _UNSEEN or one in _EMPTY_LETTERS for one in text)


def _say_dropped(character: str, count: int) -> str:
    one, many = next((one, many) for one, many, pattern in _UNWANTED if pattern.match(character))
    return f"{count} {one if count == 1 else many} (U+{ord(character):04X})"


def folded(name: str) -> str:
    """Return a name or a label as it is compared: spaces and capitals do not make it another one."""
    return " ".join(name.split()).casefold()
