"""How the figures of a report add up: what a reader takes for granted, and may use to find a count that was hidden.

It is found from the true figures, so that nothing is taken for granted that is not so; a coincidence counts as a rule,
which withholds sooner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from escalate.core.reports.report import Days, Figure, Row, Share, Table

Adds = Literal["all", "since", "overlap"]

_A_YEAR = re.compile(r"\b(19|20)\d\d\b")


class Count(NamedTuple):
    """One count in a report: in which table, line and column, and which part of the figure.

    The part is "n" for a count; "of", "met" and "unmet" in a share; "of" in days. A line told twice in a table has its
    turn: 0 for the first. `group` is "" for that of the report itself, else another one that is reported to.
    """

    table: str
    line: str
    turn: int
    column: str
    part: str
    group: str = ""

    @property
    def is_of_its_own_time(self) -> bool:
        """Does its line or column name a year, and so mean the same days whatever the report's?"""
        return bool(_A_YEAR.search(self.line) or _A_YEAR.search(self.column))


def counts_in(figure: Figure) -> dict[str, int]:
    """Return the counts in a true figure, by part; none in words, in what is not known, or in a change downwards."""
    match figure:
        case bool() | str():
            return {}
        case int():
            return {"n": figure} if figure >= 0 else {}
        case Share(met, of):
            return {"of": of, "met": met, "unmet": of - met}
        case Days(of=of):
            return {"of": of}
    return {}


def lines_of(table: Table) -> Iterator[tuple[Row, int]]:
    """Yield each line of a table with its turn among those of its label."""
    told = Counter[str]()
    for row in table.rows:
        yield row, told[row.label]
        told[row.label] += 1


def true_counts(table: Table) -> dict[Count, int]:
    """Return every count in a table as it was counted."""
    return {
        Count(table.id, row.label, turn, column, part): count
        for row, turn in lines_of(table)
        for column, figure in zip(table.columns, row.figures, strict=True)
        for part, count in counts_in(figure).items()
    }


@dataclass(frozen=True, slots=True)
class AddingUp:
    """How one table adds up.

    `totals` says for a total line and a column's part whether it adds up all lines before it, those since the total
    before, or lines that overlap; where it has no entry, nothing is known. `whole` is the column that adds up `summed`.
    `alike` are two columns' parts that are the same in every line.
    """

    totals: Mapping[tuple[str, str, str], Adds]
    whole: str = ""
    summed: tuple[str, ...] = ()
    alike: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a report adds up: each table by its id, and the counts that are one and the same in several places.

    `among` says of a group reported to which other groups' cases hold all of its own.
    """

    tables: Mapping[str, AddingUp] = field(default_factory=dict)
    same: Mapping[Count, Count] = field(default_factory=dict)
    among: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def name(self, count: Count) -> Count:
        """Return the one name of a count that has several."""
        while count in self.same:
            count = self.same[count]
        return count


def assumed(table: Table) -> AddingUp:
    """Return how a table adds up, as far as a reader who sees only this one would say: totals add up all lines."""
    return AddingUp(
        {
            (row.label, column, part): "all"
            for row in table.rows
            if row.is_total
            for column in table.columns
            for part in ("n", "of", "met", "unmet")
        }
    )


def found(tables: Sequence[Table]) -> Shape:
    """Return how these tables add up, from their true figures."""
    return Shape({table.id: _in_table(table) for table in tables}, _same(tables))


def summed_by(table: Table, at: int, adds: Adds) -> list[int]:
    """Return the places of the lines that the total at one place adds up."""
    start = 0
    if adds == "since":
        start = max((place for place in range(at) if table.rows[place].is_total), default=-1) + 1
    return [place for place in range(start, at) if not table.rows[place].is_total]


def totals_of(table: Table, adding: AddingUp) -> Iterator[tuple[Count, list[Count], Adds]]:
    """Yield each total with what it adds up, and how."""
    told = list(lines_of(table))
    for at, (row, turn) in enumerate(told):
        for (label, column, part), adds in adding.totals.items() if row.is_total else ():
            if label == row.label and column in table.columns:
                parts = [told[place] for place in summed_by(table, at, adds)]
                if parts:
                    lines = [Count(table.id, line.label, again, column, part) for line, again in parts]
                    yield Count(table.id, row.label, turn, column, part), lines, adds


def _in_table(table: Table) -> AddingUp:
    columns: dict[tuple[str, str], list[int | None]] = {}
    for place, column in enumerate(table.columns):
        told = [counts_in(row.figures[place]) for row in table.rows]
        for part in sorted({part for counts in told for part in counts}):
            columns[column, part] = [counts.get(part) for counts in told]
    totals: dict[tuple[str, str, str], Adds] = {}
    for (column, part), counts in columns.items():
        for at, row in enumerate(table.rows):
            if row.is_total and (adds := _adds(table, counts, at)):
                totals[row.label, column, part] = adds
    whole, summed = _whole({column: counts for (column, part), counts in columns.items() if part == "n"})
    alike = []
    for place, (one, counts) in enumerate(columns.items()):
        for other in list(columns)[:place]:
            if counts == columns[other] and any(counts):
                alike.append((one, other))
                break
    return AddingUp(totals, whole, summed, tuple(alike))


def _adds(table: Table, counts: Sequence[int | None], at: int) -> Adds | None:
    total = counts[at]
    ways: tuple[Adds, ...] = ("all", "since")
    for adds in ways:
        parts = [counts[place] for place in summed_by(table, at, adds)]
        known = [part for part in parts if part is not None]
        if total is None or not known or len(known) < len(parts):
            continue
        if sum(known) == total:
            return adds
        if adds == "all" and max(known) <= total <= sum(known):
            return "overlap"
    return None


def _whole(columns: Mapping[str, Sequence[int | None]]) -> tuple[str, tuple[str, ...]]:
    """Return the column that is the sum of others in every line, and those: all others, or those next to it.

    Of those next to it, more than one must hold anything: a column of noughts makes no sum.
    """
    names = list(columns)
    for at in range(len(names) - 1, -1, -1):
        before, after = names[:at], names[at + 1 :]
        tried = [before + after, before, after]
        tried += [before[start:] for start in range(1, len(before))] + [after[:end] for end in range(1, len(after))]
        for place, summed in enumerate(tried):
            parts = [columns[name] for name in summed]
            if len(parts) > 1 and _is_sum(columns[names[at]], parts) and (place == 0 or sum(map(any, parts)) > 1):
                return names[at], tuple(summed)
    return "", ()


def _is_sum(whole: Sequence[int | None], parts: Sequence[Sequence[int | None]]) -> bool:
    """Is one column the sum of others in every line?"""
    for total, *counts in zip(whole, *parts, strict=True):
        known = [count for count in counts if count is not None]
        if total is None or len(known) < len(counts) or sum(known) != total:
            return False
    return True


def _same(tables: Sequence[Table]) -> dict[Count, Count]:
    """Return which counts are told again in a later table: totals of one column, or one line under one heading."""
    first: dict[tuple[str, ...], tuple[Count, int]] = {}
    same: dict[Count, Count] = {}
    for table in tables:
        totals = {(row.label, turn) for row, turn in lines_of(table) if row.is_total}
        for count, true in true_counts(table).items():
            is_total = (count.line, count.turn) in totals
            told = ("", "") if is_total else (table.heads, count.line)
            key = (*told, str(is_total), str(count.turn), count.column, count.part)
            if key in first and first[key][0].table != count.table:
                if first[key][1] == true:
                    same[count] = first[key][0]
            else:
                first.setdefault(key, (count, true))
    return same
