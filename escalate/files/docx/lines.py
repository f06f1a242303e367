"""A line of a Word document as a person sees it, with the cell, the control and the bookmark that it stands in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `start` and `span` count grid columns; `continues` says it is merged into the one above."""

    number: int
    table: int
    row: int
    start: int
    span: int
    continues: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: `start` counts characters of the line, `owners` name the controls and bookmarks round it."""

    start: int
    text: str
    owners: frozenset[str]
    in_control: bool
    is_bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a part of one between typed line breaks.

    `cells` are the cells it stands in, the outermost first. `present` are the owners open on it, whether or not it has
    text of theirs. `is_answer` says that it begins inside a control or bookmark, so that it cannot be a label.
    """

    text: str
    segments: tuple[Segment, ...]
    paragraph: int
    cells: tuple[Cell, ...]
    style: str
    present: frozenset[str]
    is_first_in_cell: bool
    is_answer: bool
    is_boxed: bool

    @property
    def cell(self) -> Cell | None:
        """The innermost cell, None outside tables."""
        return self.cells[-1] if self.cells else None

    @property
    def is_bold(self) -> bool:
        return any(one.is_bold for one in self.segments) and all(
            one.is_bold for one in self.segments if one.text.strip() and not one.in_control
        )
