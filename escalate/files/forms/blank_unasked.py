"""Finds what a list of labels has left out: print in a blank form that has a place to write, and no field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from escalate.files.docx.opener import W
from escalate.files.forms.blank_answers import RULE_TO_WRITE_ON, column_of, empty_cells, row_of
from escalate.files.forms.blank_labels import Paragraph, is_blank, paragraphs_of

_LONGEST = 60


def unasked(body: Any, labels: Collection[Any], answers: Collection[Any]) -> tuple[str, ...]:
    """Return each line that stands before a rule, or beside or over an empty cell, that no field has, in order.

    Args:
        labels: the paragraphs of the list's own labels.
        answers: the paragraphs that answers go into.
    """
    paragraphs = paragraphs_of(body)
    taken = {one.cell for one in paragraphs if one.cell is not None and one.element in answers}
    empty = empty_cells(paragraphs)
    room = _Room(empty, empty - taken)
    found: list[str] = []
    begun: set[Any] = set()
    for one in paragraphs:
        if is_blank(one.text):
            continue
        # In a cell, what follows its first line is guidance.
        is_first = one.cell is None or one.cell not in begun
        begun.add(one.cell)
        if one.element in labels or one.element in answers:
            continue
        if RULE_TO_WRITE_ON.search(one.text) or (is_first and room.is_by(one)):
            words = " ".join(RULE_TO_WRITE_ON.sub(" ", one.text).split())
            found.append(f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Room:
    """The cells of a blank form that are empty, and which of them no answer goes into."""

    empty: Collection[Any]
    free: Collection[Any]

    def is_by(self, one: Paragraph) -> bool:
        """Whether there is a place to write beside a line's cell, or under it; outside tables, behind its colon."""
        if one.cell is None:
            return one.text.rstrip().endswith(":")
        row = row_of(one.cell)
        cells = row.findall(f"{W}tc") if row is not None else []
        if one.cell not in cells:
            return False
        beside = cells[cells.index(one.cell) + 1 :][:1]
        if beside and beside[0] in self.empty:
            return beside[0] in self.free
        below = row.getnext()
        if below is None or below.tag != f"{W}tr" or any(cell in self.empty for cell in cells):
            return False
        at = column_of(row, one.cell)
        return any(column_of(below, cell) == at and cell in self.free for cell in below.findall(f"{W}tc"))
