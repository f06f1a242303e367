"""Making a page fit: paragraphs, how many rows they take, words cut at a word and said to be cut, rows shared out.

Rows are counted at one width, whatever the terminal has, so that a page says the same on every screen.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from escalate.render.console import Part, Screen, Style, visible
from escalate.render.days import format_count

WIDTH = 80
_LONGEST = 20
"""From how many characters on a word may be cut inside."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, as `Screen.say` takes it."""

    parts: tuple[Part, ...]
    indent: int = 0
    hang: int = 2

    @property
    def rows(self) -> int:
        """How many rows it takes at `WIDTH`."""
        said = "".join(visible(part if isinstance(part, str) else part[0]) for part in self.parts)
        first, further = " " * self.indent, " " * (self.indent + self.hang)
        # A wide character takes two places: it is counted as two.
        wide = "".join(one * (2 if unicodedata.east_asian_width(one) in "WF" else 1) for one in said)
        lines = textwrap.wrap(
            wide, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False, tabsize=1
        )
        # Some screens begin a very long word on a row of its own.
        return max(1, len(lines) + sum(1 for word in wide.split() if len(word) > WIDTH // 3))


def rows_of(paragraphs: Iterable[Paragraph]) -> int:
    """Return how many rows these paragraphs take."""
    return sum(one.rows for one in paragraphs)


def write(screen: Screen, paragraphs: Iterable[Paragraph]) -> None:
    """Write paragraphs, in their order."""
    for one in paragraphs:
        screen.say(*one.parts, indent=one.indent, hang=one.hang)


def person_said(label: str, words: str, indent: int = 2) -> list[Paragraph]:
    """Return a person's own words after what they are: their lines kept, but for empty ones, each a paragraph."""
    first, *rest = [line for line in visible(words, keep_lines=True).split("\n") if line.strip()] or [""]
    head: tuple[Part, ...] = ((f"{label}: ", "quiet"), first) if label else (first,)
    return [Paragraph(head, indent), *(Paragraph((line,), indent + 2) for line in rest)]


def plainly_said(words: str, style: Style = "", indent: int = 0) -> list[Paragraph]:
    """Return our own words as one paragraph."""
    return [Paragraph(((words, style),), indent)]


def cut(words: str, rows: int, laid_out: Callable[[str], Sequence[Paragraph]]) -> tuple[list[Paragraph], bool]:
    """Return words laid out in at most so many rows, and whether they were cut.

    They are cut after a word, or inside one that is very long; there it is said how many words are left out.
    """
    whole = list(laid_out(words))
    if rows_of(whole) <= rows:
        return whole, False
    places = [0, *_places(words)]
    least, most = 0, len(places) - 1
    while least < most:
        middle = (least + most + 1) // 2
        if rows_of(laid_out(_cut_at(words, places[middle]))) <= rows:
            least = middle
        else:
            most = middle - 1
    return list(laid_out(_cut_at(words, places[least]))), True


def _places(words: str) -> list[int]:
    """Return where words can be cut: after each, and after each so many characters of a very long one."""
    found: list[int] = []
    for word in re.finditer(r"\S+", words):
        found += range(word.start() + _LONGEST, word.end(), _LONGEST)
        found.append(word.end())
    return found


def _cut_at(words: str, place: int) -> str:
    left = len(words[place:].split())
    kept = words[:place].rstrip()
    return f"{kept} [cut: {format_count(left, 'more word')}]".lstrip()


def share_out(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return how many rows each gets: its least, then one more in turn, the first first, until each has what it wants.

    Example:
        >>> share_out([5, 1, 9], [2, 2, 3], 10)
        [4, 1, 5]
    """
    given = [min(pair) for pair in zip(wanted, least, strict=True)]
    left = room - sum(given)
    while left > 0 and given != list(wanted):
        for place, most in enumerate(wanted):
            if left > 0 and given[place] < most:
                given[place] += 1
                left -= 1
    return given
