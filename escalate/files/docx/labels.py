"""Finds a form's printed lines in a document by their words and their order, when tags and bookmarks are gone.

The printed lines are laid along the lines of the document so that their order is kept and they fit best: a label that
stands several times ("Date") is told apart by its place, and an answer that reads like a label is not taken for one
while the real label is there. Once laid, the columns and the type that labels have in this document are known, and they
are laid again with that in mind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from escalate.core.forms.definition import FormDefinition
from escalate.files.docx.label_fit import Comparing, Fit, Printed, plain
from escalate.files.docx.lines import Line

DATE_LIKE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,/-]+\d{2,4}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_ITEMS_LIMIT = 400
_TIMES_LAID_AGAIN = 2
# A form has a few hundred lines that could be its labels; with more there is nothing to learn from them.
_CANDIDATES_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Match:
    """A printed line found: which one in the form's order, on which line of the document, and how it fits."""

    item: int
    line: int
    fit: Fit


def printed_of(definition: FormDefinition) -> list[Printed]:
    """Return all lines that a form prints in its fields' order: fixed lines, labels, guidance, titles of tables."""
    titles = {table.after: table.title for table in definition.tables if table.title}
    printed = [Printed(titles[""], "fixed")] if "" in titles else []
    for field in definition.fields:
        printed += [Printed(text, "fixed") for text in field.fixed_before]
        printed.append(Printed(field.label, "label", field.id, is_date=field.kind == "date"))
        printed += [Printed(text, "guidance") for text in field.guidance]
        if field.id in titles:
            printed.append(Printed(titles[field.id], "fixed"))
    printed += [Printed(text, "fixed") for text in definition.fixed_after]
    return [one for one in printed if one.plain][:_ITEMS_LIMIT]


def begins_cell(printed: Sequence[Printed], template: Sequence[Line]) -> dict[int, bool]:
    """Return for each label that a form's template has whether it is the first line of its cell there."""
    found = lay(printed, template)
    return {x.item: template[x.line].is_first_in_cell for x in found if template[x.line].cells}


def lay(
    printed: Sequence[Printed],
    lines: Sequence[Line],
    passed_over: Collection[int] = (),
    first_in_cell: Mapping[int, bool] = MappingProxyType({}),
) -> list[Match]:
    """Return where the printed lines stand in the document, in order; those that are not there are left out.

    Args:
        passed_over: the numbers of lines that are already known to be something else.
        first_in_cell: of printed lines, whether the form's own template has them first in their cell.
    """
    fits = _fits(printed, lines, passed_over)
    matches = _align(printed, fits)
    for _ in range(_TIMES_LAID_AGAIN if len(fits) <= _CANDIDATES_LIMIT else 0):
        habits = _habits(printed, matches, lines, first_in_cell)
        weighed = {
            number: {item: _weighed(fit, lines[number], habits, item) for item, fit in of_line.items()}
            for number, of_line in fits.items()
        }
        matches = _align(printed, weighed)
    return matches


def _fits(printed: Sequence[Printed], lines: Sequence[Line], passed_over: Collection[int]) -> dict[int, dict[int, Fit]]:
    """Return for each line that any printed line fits, in order, which ones fit and how well."""
    comparing = Comparing()
    fits: dict[int, dict[int, Fit]] = {}
    for number, line in enumerate(lines):
        if number in passed_over or line.is_answer or line.is_boxed or not (found := plain(line.text)):
            continue
        of_line: dict[int, Fit] = {}
        for item, one in enumerate(printed):
            fit = one.fit(line, found, comparing)
            if fit is not None:
                more = _hint(one, fit, lines, number)
                of_line[item] = Fit(fit.score + more, fit.label, fit.rest)
        if of_line:
            fits[number] = of_line
    return fits


def _hint(one: Printed, fit: Fit, lines: Sequence[Line], number: int) -> float:
    """Return what the lines round it add: a blank before it, and a date where the label asks for one."""
    line = lines[number]
    before = lines[number - 1] if number else None
    hint = 0.25 if before is not None and before.cells == line.cells and not before.text.strip() else 0
    if one.is_date:
        said = "".join(line.text[start:end] for start, end in fit.rest)
        after = next((other.text for other in lines[number + 1 : number + 4] if other.text.strip()), "")
        hint += 0.5 if DATE_LIKE.search(said or after[:60]) else 0
    return hint


@dataclass(frozen=True, slots=True)
class _Habits:
    """How this document has its labels: in which columns, by table; bold or not; with answers behind them or below."""

    columns: Mapping[int, Collection[int]]
    are_bold: bool
    on_the_line: bool
    under_the_line: bool
    first_in_cell: Mapping[int, bool]


def _habits(
    printed: Sequence[Printed], matches: Sequence[Match], lines: Sequence[Line], first_in_cell: Mapping[int, bool]
) -> _Habits:
    where: dict[int, Counter[int]] = {}
    for match in matches:
        if cell := lines[match.line].cell:
            where.setdefault(cell.table, Counter())[cell.start] += 1
    columns = {
        table: {column for column, count in counts.items() if 4 * count >= counts.total()}
        for table, counts in where.items()
        if counts.total() >= 3
    }
    bold = sum(lines[match.line].is_bold for match in matches)
    labels = [match for match in matches if printed[match.item].kind == "label"]
    followed = sum(any(lines[match.line].text[start:end].strip() for start, end in match.fit.rest) for match in labels)
    as_laid_out = [item for item in (match.item for match in labels) if item in first_in_cell]
    same = sum(lines[x.line].is_first_in_cell == first_in_cell.get(x.item) for x in labels)
    return _Habits(
        columns=columns,
        are_bold=len(matches) >= 3 and 10 * bold >= 7 * len(matches),
        on_the_line=len(labels) >= 3 and 2 * followed >= len(labels),
        under_the_line=len(labels) >= 3 and 10 * followed <= len(labels),
        first_in_cell=first_in_cell if as_laid_out and 4 * same >= 3 * len(as_laid_out) else {},
    )


def _weighed(fit: Fit, line: Line, habits: _Habits, item: int) -> Fit:
    """Return a fit again, with what the habits of the document's labels say for and against it."""
    cell = line.cell
    columns = habits.columns.get(cell.table) if cell else None
    score = fit.score - (2.0 if cell and columns is not None and cell.start not in columns else 0)
    score -= 1.5 if habits.are_bold and not line.is_bold else 0
    has_answer = any(line.text[start:end].strip() for start, end in fit.rest)
    if habits.on_the_line:
        score += 2.0 if has_answer else -1.0
    elif habits.under_the_line and has_answer:
        score -= 1.5
    if item in habits.first_in_cell:
        score += 1.5 if line.is_first_in_cell == habits.first_in_cell[item] else -1.5
    return Fit(score, fit.label, fit.rest)


def _align(printed: Sequence[Printed], fits: Mapping[int, Mapping[int, Fit]]) -> list[Match]:
    """Return the matches that keep the order of both sides and have the best total; of equal ones the earliest."""
    numbers = list(fits)
    columns = [fits[number] for number in numbers]
    best = [[0.0] * (len(numbers) + 1) for _ in range(len(printed) + 1)]
    for item in range(len(printed) - 1, -1, -1):
        row, below = best[item], best[item + 1]
        for place in range(len(numbers) - 1, -1, -1):
            found = max(row[place + 1], below[place])
            fit = columns[place].get(item)
            if fit is not None and fit.score > 0 and fit.score + below[place + 1] > found:
                found = fit.score + below[place + 1]
            row[place] = found
    return list(_traced(best, numbers, columns))


def _traced(
    best: Sequence[Sequence[float]], numbers: Sequence[int], columns: Sequence[Mapping[int, Fit]]
) -> Iterator[Match]:
    item = place = 0
    while item < len(best) - 1 and place < len(numbers):
        fit = columns[place].get(item)
        if fit is not None and fit.score > 0 and best[item][place] == fit.score + best[item + 1][place + 1]:
            yield Match(item, numbers[place], fit)
            item, place = item + 1, place + 1
        elif best[item][place] == best[item][place + 1]:
            place += 1
        else:
            item += 1
