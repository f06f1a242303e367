"""Reads the tables of a form that have one row for each of something, under a row of headings.

A row keeps its number by the controls or bookmarks in it; a row added by hand, or a copied one, gets the next number.
Without either, rows are numbered as they stand. Columns are told by the grid, so that merged cells shift nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from escalate.core.forms.definition import FormDefinition, FormTable
from escalate.files.docx.label_fit import Comparing, Fit, Printed, plain
from escalate.files.docx.labels import Match
from escalate.files.docx.lines import Cell, Line
from escalate.files.docx.spans import Span, without_blank_ends

_ROWS_LIMIT = 1000
_HEADINGS_FOUND = 0.6
_HEADING_LENGTH = 300
# A heading with an answer behind it is none: the label alone, perhaps retyped, or with a bracket added.
_HEADING_SCORE = 3.5


@dataclass(slots=True)
class ByRows:
    """What the tables with rows tell: the answer of each cell by field id, headings, and the lines that are theirs."""

    answers: dict[str, list[Span]] = field(default_factory=dict)
    printed: list[Span] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    number: int
    table: int
    lines: dict[Cell, list[int]] = field(default_factory=dict)

    @property
    def all_lines(self) -> list[int]:
        return [number for numbers in self.lines.values() for number in numbers]


def read_rows(definition: FormDefinition, lines: Sequence[Line]) -> ByRows:
    """Return what stands in the rows of the form's tables whose headings are found.

    `renamed` says whose row a copied control stands in: its owner, and the field of the row's own number.
    """
    found = ByRows()
    if not definition.tables:
        return found
    rows = _rows(lines)
    comparing = Comparing()
    for table in definition.tables:
        headings = _Headings(table, comparing)
        shares = [(len(headings.of_row(row, lines)), row) for row in rows]
        most = max((share for share, _ in shares), default=0)
        if not most:
            continue
        heading = next(row for share, row in shares if share == most)
        again = [row for share, row in shares if share and row.table == heading.table and row is not heading]
        columns = [
            (cell.start, cell.start + cell.span, name) for name, (cell, _) in headings.of_row(heading, lines).items()
        ]
        for row in (heading, *again):
            _take_heading(row, headings, lines, found)
        bodies = [
            row
            for row in rows
            if row.table == heading.table
            and row.number > heading.number
            and not found.lines.intersection(row.all_lines)
        ]
        _take_rows(table, bodies, sorted(columns), lines, found)
    return found


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: dict[int, _Row] = {}
    for number, line in enumerate(lines):
        if line.is_boxed:
            continue
        for cell in line.cells:
            row = rows.setdefault(cell.row, _Row(cell.row, cell.table))
            row.lines.setdefault(cell, []).append(number)
    return sorted(rows.values(), key=lambda row: row.number)


class _Headings:
    """The headings of one table of a form."""

    def __init__(self, table: FormTable, comparing: Comparing) -> None:
        self.columns = {column.id: Printed(column.label, "label", column.id) for column in table.columns}
        self.guidance = [Printed(text, "guidance") for column in table.columns for text in column.guidance]
        self._comparing = comparing

    def of_row(self, row: _Row, lines: Sequence[Line]) -> dict[str, tuple[Cell, Match]]:
        """Return which cells of a row hold which headings, by the column's id, with the line that is the heading."""
        found: dict[str, tuple[Cell, Match]] = {}
        if not len(self.columns) <= 2 * len(row.lines) <= 4 * len(self.columns):
            return found
        for cell, numbers in row.lines.items():
            number = next((number for number in numbers if lines[number].text.strip()), -1)
            if number < 0 or len(lines[number].text) > _HEADING_LENGTH:
                continue
            fits = {name: self._fit(one, lines[number]) for name, one in self.columns.items() if name not in found}
            best = max(fits, key=lambda name: 0 if (fit := fits[name]) is None else fit.score, default="")
            if best and (fit := fits[best]) is not None and fit.score >= _HEADING_SCORE:
                found[best] = (cell, Match(0, number, fit))
        return found if len(found) >= _HEADINGS_FOUND * len(self.columns) else {}

    def _fit(self, one: Printed, line: Line) -> Fit | None:
        return one.fit(line, plain(line.text), self._comparing)

    def guidance_in(self, line: Line) -> Iterator[tuple[Printed, Fit]]:
        """Yield the guidance that a line of a heading is."""
        for one in self.guidance:
            if (fit := self._fit(one, line)) is not None:
                yield one, fit


def _take_heading(row: _Row, headings: _Headings, lines: Sequence[Line], found: ByRows) -> None:
    found.lines.update(row.all_lines)
    for name, (_, match) in headings.of_row(row, lines).items():
        found.printed += [(match.line, start, end) for start, end in match.fit.label]
        found.texts.append(headings.columns[name].plain)
        found.printed += [
            (match.line, start + cut.start(), start + cut.end())
            for start, end in match.fit.rest
            for one in headings.guidance
            if (cut := one.pattern.match(lines[match.line].text[start:end]))
        ]
    for number in row.all_lines:
        for one, fit in itertools.islice(headings.guidance_in(lines[number]), 1):
            found.printed += [(number, start, end) for start, end in fit.label]
            found.texts.append(one.plain)


def _take_rows(
    table: FormTable,
    rows: Sequence[_Row],
    columns: Sequence[tuple[int, int, str]],
    lines: Sequence[Line],
    found: ByRows,
) -> None:
    taken: set[int] = set()
    numbers: list[int] = []
    for row in rows:
        number = _number_of(table, row, lines)
        numbers.append(number if number and number not in taken else 0)
        taken.update(numbers[-1:])
    highest = max(taken, default=0)
    last_filled = max((place for place, row in enumerate(rows) if _says_something(row, lines)), default=-1)
    for place, row in enumerate(rows[:_ROWS_LIMIT]):
        found.lines.update(row.all_lines)
        number = numbers[place]
        if not number:
            # Blank rows count as long as rows are told by their place alone.
            if not _says_something(row, lines) and (any(numbers) or place > last_filled + table.rows):
                continue
            highest += 1
            number = highest
            for owner in _owners(table, row, lines):
                column = owner.partition(":")[2].partition("#")[0].removeprefix(f"{table.id}_").partition("_")[2]
                found.renamed[owner] = f"{table.id}_{number}_{column}"
        for name, spans in _cells(row, columns, lines).items():
            found.answers[f"{table.id}_{number}_{name}"] = without_blank_ends(lines, spans)


def _says_something(row: _Row, lines: Sequence[Line]) -> bool:
    return any(lines[number].text.strip() for number in row.all_lines)


def _owners(table: FormTable, row: _Row, lines: Sequence[Line]) -> Iterator[str]:
    pattern = re.compile(rf"(?:tag|bookmark):{re.escape(table.id)}_\d{{1,4}}_\w+(?:#\d+)?")
    for number in row.all_lines:
        yield from (owner for owner in lines[number].present if pattern.fullmatch(owner))


def _number_of(table: FormTable, row: _Row, lines: Sequence[Line]) -> int:
    """Return the number that most controls and bookmarks of a row name, 0 where none does or all are copies."""
    names = [owner for owner in _owners(table, row, lines) if "#" not in owner]
    counts = Counter(int(name.partition(":")[2].removeprefix(f"{table.id}_").partition("_")[0]) for name in names)
    return counts.most_common(1)[0][0] if counts else 0


def _cells(row: _Row, columns: Sequence[tuple[int, int, str]], lines: Sequence[Line]) -> dict[str, list[Span]]:
    """Return what stands under each heading; a cell under several is the first one's, and the others have none."""
    found: dict[str, list[Span]] = {}
    for cell, numbers in row.lines.items():
        under = [name for start, end, name in columns if start < cell.start + cell.span and cell.start < end]
        if under:
            found.setdefault(under[0], []).extend((number, 0, len(lines[number].text)) for number in numbers)
    if not found and len(row.lines) == len(columns):
        for (_, _, name), numbers in zip(columns, row.lines.values(), strict=True):
            found[name] = [(number, 0, len(lines[number].text)) for number in numbers]
    return found
