"""How wide words are in a drawing, near enough to break them into lines: there is no font here to ask."""

from __future__ import annotations

from functools import cache

# Thousandths of the size, as the common sans-serif faces have them; what is not listed counts as a wide small letter.
_WIDTHS = {
    222: "ijl'|",
    278: " !,./:;I[]\\ft",
    333: '()-r`"',
    500: "ckvsxyzJ",
    667: "ABEKPSVXY&FTZL",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm%",
    944: "W@—…",
}
_OTHER = 570
_BOLD = 1.08
_SPARE = 1.06  # a face a little wider than those still fits


@cache
def _width_of(character: str) -> int:
    for width, characters in _WIDTHS.items():
        if character in characters:
            return width
    return _OTHER if ord(character) < 0x2E80 else 1000  # from there on, characters are as wide as they are high


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide `words` are at this size, at most."""
    return sum(map(_width_of, words)) / 1000 * size * _SPARE * (_BOLD if bold else 1)


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return `words` in lines none of which is wider than `width`; a word that is too long alone is broken.

    Example:
        >>> wrapped("Unresolved within 5 working days", 120, 14)
        ['Unresolved within', '5 working days']
    """
    lines: list[str] = []
    line = ""
    for word in words.split():
        if line and width_of(f"{line} {word}", size, bold=bold) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width, size, bold=bold)
        lines += whole
    return [*lines, line] if line else lines or [""]


def _broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
