"""Finds the tables of a blank form in which each row is one action or one person: headings, and empty rows under them.

Only a row of headings that the list names one by one, of which two say clearly what they are, over two empty rows or
more: a single empty row is as likely to hold one answer under each heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from escalate.core.forms.definition import FormField, FormTable
from escalate.core.forms.labels import Columns, LabelAsked, column_ids, guess_columns
from escalate.files.docx.opener import W
from escalate.files.forms.blank_answers import empty_cells, row_of
from escalate.files.forms.blank_labels import FoundLabel, Paragraph, is_blank, paragraphs_of

_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlankTable:
    """One such table: its headings' labels, the row they are in, the empty `rows` under it, and what each is of.

    `titles` are the headings as printed, whole. `before` is how many labels of the list stand before it.
    """

    labels: tuple[FoundLabel, ...]
    titles: tuple[str, ...]
    headings: Any
    rows: tuple[Any, ...]
    columns: Columns
    before: int

    def defined(self, after: str) -> FormTable:
        """Return the table as a definition has it; `after` is the id of the field it stands after."""
        keys = self.columns.keys
        made = (
            FormField(
                id=column_id,
                label=title,
                kind=one.asked.kind or self.columns.kind_of(key),
                options=_options(one.asked),
                fills=key,
            )
            for one, title, key, column_id in zip(self.labels, self.titles, keys, column_ids(keys), strict=True)
        )
        rows_of = self.columns.rows_of
        return FormTable(id=f"{rows_of}_table", rows_of=rows_of, columns=tuple(made), rows=len(self.rows), after=after)


def _options(asked: LabelAsked) -> tuple[str, ...]:
    if asked.kind == "choice":
        return asked.options or ("Yes", "No")
    return asked.options if asked.kind == "choice or words" else ()


def find_tables(body: Any, found: Sequence[FoundLabel]) -> tuple[BlankTable, ...]:
    """Return the tables among these labels, in order; of actions and of people the first each."""
    paragraphs = paragraphs_of(body)
    tables: list[BlankTable] = []
    number = 0
    while number < len(found):
        of_row = _of_row(paragraphs, found, number)
        table = _table(paragraphs, of_row, number) if len(of_row) > 1 else None
        if table is not None and all(one.columns.rows_of != table.columns.rows_of for one in tables):
            tables.append(table)
        number += max(1, len(of_row))
    return tuple(tables)


def without_tables(found: Sequence[FoundLabel], tables: Sequence[BlankTable]) -> list[FoundLabel]:
    """Return the labels with those of tables as lines that are printed and no field's."""
    heads = {id(label) for table in tables for label in table.labels}
    return [replace(x, asked=replace(x.asked, is_printed=True)) if id(x) in heads else x for x in found]


def _of_row(paragraphs: Sequence[Paragraph], found: Sequence[FoundLabel], first: int) -> tuple[FoundLabel, ...]:
    """Return the labels from this one on that stand in the same row of a table as it."""
    cell = paragraphs[found[first].place].cell
    if cell is None:
        return ()
    last = first
    while last < len(found) and (other := paragraphs[found[last].place].cell) is not None:
        if row_of(other) is not row_of(cell):
            break
        last += 1
    return tuple(found[first:last])


def _table(paragraphs: Sequence[Paragraph], labels: tuple[FoundLabel, ...], before: int) -> BlankTable | None:
    asked = [one.asked for one in labels]
    said = any(one.fills or one.asks or one.by_them or one.is_printed for one in asked)
    columns = None if said else guess_columns([one.label for one in asked])
    headings = row_of(paragraphs[labels[0].place].cell)
    cells = headings.findall(f"{W}tc")
    own = [paragraphs[one.place].cell for one in labels]
    printed = [one for one in paragraphs if one.cell in cells and not is_blank(one.text)]
    rows = _empty_rows(paragraphs, headings, len(cells)) if columns is not None else ()
    if columns is None or own != cells or len(printed) != len(cells) or len(rows) < _FEWEST_ROWS:
        return None
    titles = tuple(" ".join(one.text.split()) for one in printed)
    return BlankTable(labels=labels, titles=titles, headings=headings, rows=rows, columns=columns, before=before)


def _empty_rows(paragraphs: Sequence[Paragraph], headings: Any, columns: int) -> tuple[Any, ...]:
    rows = []
    empty = empty_cells(paragraphs)
    below = headings.getnext()
    while below is not None and below.tag == f"{W}tr":
        cells = below.findall(f"{W}tc")
        if len(cells) != columns or not all(one in empty for one in cells):
            break
        rows.append(below)
        below = below.getnext()
    return tuple(rows)
