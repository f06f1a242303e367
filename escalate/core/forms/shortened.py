"""Long lines that a partnership's form prints, known by their first words and a mark instead of being kept whole.

An entry such as "Please read all of … #0a1b2c3d" stands for one line and no other: its first words are for people, and
the mark is the beginning of the line's SHA-256, so that nothing that somebody adds to the line is taken for print.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

_ENTRY = re.compile(r"(?P<words>\S(?:.*\S)?)\s*…\s*#(?P<mark>[0-9a-f]{8})")
_WORDS_KEPT = 4
_LENGTH = 8


class Shortened(NamedTuple):
    """A printed line as an entry has it: its first words, and the mark of the whole of it."""

    words: str
    mark: str


def shortened(entry: str) -> Shortened | None:
    """Return what an entry of a definition stands for, or None where it is the line itself.

    Example:
        >>> shortened("Please read all of … #0a1b2c3d")
        Shortened(words='Please read all of', mark='0a1b2c3d')
    """
    found = _ENTRY.fullmatch(entry)
    return Shortened(found["words"], found["mark"]) if found else None


def mark_of(compared: str) -> str:
    """Return the mark of a line, which is given as lines are compared: the first 8 digits of its SHA-256 in UTF-8."""
    return hashlib.sha256(compared.encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def shorten(line: str, compared: str) -> str:
    """Return the entry that does as well as a whole line; `compared` is that line as lines are compared."""
    return f"{' '.join(line.split()[:_WORDS_KEPT])} … #{mark_of(compared)}"


def show_line(entry: str) -> str:
    """Return an entry for people: a whole line as it is, a shortened one as its first words.

    Example:
        >>> show_line("Please read all of … #0a1b2c3d")
        'Please read all of …'
    """
    found = shortened(entry)
    return f"{found.words} …" if found else entry
