"""Finds what a list of labels has left out: print in a blank form that has a place to write, and no field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from escalate.files.docx.opener import W
from escalate.files.forms.blank_answers import RULE_TO_WRITE_ON, column_of, is_empty, row_of
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
        if RULE_TO_WRITE_ON.search(one.text) or (is_first and _has_room(paragraphs, one, taken)):
            words = " ".join(RULE_TO_WRITE_ON.sub(" ", one.text).split())
            found.append(f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words)
    return tuple(dict.fromkeys(found))


def _has_room(paragraphs: Sequence[Paragraph], one: Paragraph, taken: Collection[Any]) -> bool:
    if one.cell is None:
        return one.text.rstrip().endswith(":")
    row = row_of(one.cell)
    cells = row.findall(f"{W}tc") if row is not None else []
    if one.cell not in cells:
        return False
    room = cells[cells.index(one.cell) + 1 :][:1]
    if not room or not is_empty(paragraphs, room[0]):
        # Under a label or a row of headings, the cell of the same column.
        below = row.getnext()
        is_row = below is not None and below.tag == f"{W}tr"
        has_headings = not any(is_empty(paragraphs, cell) for cell in cells)
        at = column_of(row, one.cell)
        under = [x for x in below.findall(f"{W}tc") if column_of(below, x) == at] if is_row and has_headings else []
        room = under[:1]
    return any(is_empty(paragraphs, cell) and cell not in taken for cell in room)
