"""Pieces of a document's lines, so that each character can be shown to be somewhere: an answer, printed, left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from escalate.files.docx.lines import Line

Span = tuple[int, int, int]
"""The number of a line, and the first and the last-but-one of its characters; an empty one says: this line, too."""


def text_of_spans(lines: Sequence[Line], spans: Iterable[Span]) -> str:
    """Return the text of spans in document order, with a line feed wherever another line begins."""
    texts: list[str] = []
    before = -1
    for number, start, end in spans:
        if number == before:
            texts[-1] += lines[number].text[start:end]
        else:
            texts.append(lines[number].text[start:end])
        before = number
    return "\n".join(texts)


def without_blank_ends(lines: Sequence[Line], spans: Sequence[Span]) -> list[Span]:
    """Return the spans without the blank lines before and after all others."""
    filled = [place for place, (number, start, end) in enumerate(spans) if lines[number].text[start:end].strip()]
    return list(spans[filled[0] : filled[-1] + 1]) if filled else []


def is_blank(lines: Sequence[Line], spans: Iterable[Span]) -> bool:
    """Return whether there is nothing in the spans but spaces."""
    return not any(lines[number].text[start:end].strip() for number, start, end in spans)


def owned_by(lines: Sequence[Line]) -> dict[str, list[Span]]:
    """Return what stands in each control and bookmark, by owner; an empty line inside one is an empty span."""
    found: dict[str, list[Span]] = {}
    for number, line in enumerate(lines):
        if not line.present:
            continue
        of_line: dict[str, list[Span]] = {owner: [] for owner in line.present}
        for segment in line.segments:
            for owner in segment.owners:
                of_line.setdefault(owner, []).append((number, segment.start, segment.start + len(segment.text)))
        for owner, spans in of_line.items():
            found.setdefault(owner, []).extend(spans or [(number, 0, 0)])
    return found


class Claims:
    """Which characters of the lines are accounted for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._taken: dict[int, bytearray] = {}

    def take(self, spans: Iterable[Span]) -> None:
        """Account for the characters of these spans."""
        for number, start, end in spans:
            length = len(self._lines[number].text)
            taken = self._taken.setdefault(number, bytearray(length))
            taken[start:end] = b"\x01" * (max(0, min(end, length) - start))

    def has_left(self, number: int) -> bool:
        """Return whether any words of a line are not taken."""
        return next(self.left_in(number, 0, len(self._lines[number].text)), None) is not None

    def left(self) -> Iterator[tuple[int, str]]:
        """Yield the pieces nobody took, each with the number of its line, without spaces round them."""
        for number, line in enumerate(self._lines):
            for piece in self.left_in(number, 0, len(line.text)):
                yield number, piece

    def left_in(self, number: int, start: int, end: int) -> Iterator[str]:
        """Yield the pieces of one line that nobody took, without spaces round them."""
        text = self._lines[number].text[start:end]
        taken = self._taken.get(number)
        if taken is None:
            pieces = [text]
        else:
            pieces, kept = [], taken[start:end]
            begin = 0
            while begin < len(kept):
                finish = kept.find(1, begin)
                finish = len(kept) if finish < 0 else finish
                pieces.append(text[begin:finish])
                begin = kept.find(0, finish)
                begin = len(kept) if begin < 0 else begin
        yield from (piece.strip() for piece in pieces if piece.strip())
