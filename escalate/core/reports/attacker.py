"""Somebody who wants to know: what everything published tells, put together, of each count that was hidden.

They have every table about to be published and everything published before over the same days. They know what each
sign can stand for, how lines, columns and linked tables add up, and that a period is made of days: two reports that
overlap differ only in the days that they do not share. They know which group's cases are all among another's, so that
what the two differ by is a count of its own. Where a count of 1 to 4 could be found, or nearly, they win.

Whether they win depends only on what is published: that a table is withheld tells nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from escalate.core.reports.adding_up import AddingUp, Adds, Count, Shape, assumed, lines_of, totals_of
from escalate.core.reports.flows import Network, Way
from escalate.core.reports.intervals import Range, Sums
from escalate.core.reports.report import Report, Table, Unit
from escalate.core.reports.rule import Rule

WITHHELD = "withheld"
_ALONE = Shape()


@dataclass(frozen=True, slots=True)
class Won:
    """A count of which too much is known: between these.

    `report` is its place among the reports; below 0, it is of the days by which reports differ, -1 the earliest.
    """

    report: int
    count: Count
    known: Range


@dataclass(frozen=True, slots=True)
class Findings:
    """What the attacker found: every count's range by report and count, and where they won."""

    known: Mapping[tuple[int, Count], Range]
    won: tuple[Won, ...]


def attacks(reports: Sequence[Report], rule: Rule, shape: Shape = _ALONE) -> Findings:
    """Return what can be worked out from published reports, the last of which is the one about to be published.

    `shape` is how that one adds up (`adding_up.found`); without it, totals add up the lines before them, and no more.
    An older table that contradicts it is first read by itself, without what is known from this one; then it is left
    out: cases were recorded late, or counted otherwise, and nobody can be sure of what they work out from both.
    """
    if not reports:
        return Findings({}, ())
    older = {(at, table.id) for at, report in enumerate(reports[:-1]) for table in report.tables}
    otherwise: set[tuple[int, str]] = set()
    left_out: set[tuple[int, str]] = set()
    while not (knowing := _Knowing(reports, rule, shape, otherwise, left_out)).sums.tighten():
        wrong = _contradicting(knowing)
        if doubted := {told for told in older - otherwise if told[1] in wrong}:
            otherwise |= doubted
        elif left := older - left_out:
            left_out |= {told for told in left if told[1] in wrong} or left
        else:
            return Findings({}, ())
    knowing.look_at_whole_tables()
    return knowing.findings()


def _contradicting(knowing: _Knowing) -> set[str]:
    """Return the tables of the counts that cannot be."""
    sums = knowing.sums
    wrong = {place for place in range(len(sums.lows)) if sums.lows[place] > sums.highs[place]}
    wrong |= {place for total, parts in sums.sums for place in (total, *parts) if wrong & {total, *parts}}
    return {count.table for (_, count), place in knowing.places.items() if place in wrong}


@dataclass
class _Knowing:
    """The numbers of all reports, what each is known to be, and the sums over them."""

    reports: Sequence[Report]
    rule: Rule
    shape: Shape
    otherwise: Collection[tuple[int, str]]
    left_out: Collection[tuple[int, str]]
    sums: Sums = field(default_factory=Sums)
    places: dict[tuple[int, Count], int] = field(default_factory=dict)
    days: dict[tuple[int, Count], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = len(self.reports) - 1
        own = self.reports[-1].group
        # In the names of counts the group of the report itself is "".
        self.groups = ["" if report.group == own else report.group for report in self.reports]
        told = [report.period for report in self.reports]
        borders = sorted({day for period in told for day in (period.first, period.last + timedelta(days=1))})
        self.spans = list(pairwise(borders))
        # A reader takes the rule from the report itself; it may have been another when an older one was published.
        self.rules = [self.rule.as_said(report.unknown) for report in self.reports]
        for at, table in self._tables():
            self._take_in(at, table)
        self._link_times()

    def _tables(self) -> Iterator[tuple[int, Table]]:
        for at, report in enumerate(self.reports):
            for table in report.tables:
                if (at, table.id) not in self.left_out and not is_withheld(table):
                    yield at, table

    def _adding_up(self, at: int, table: Table) -> AddingUp:
        adding = None if (at, table.id) in self.otherwise else self.shape.tables.get(table.id)
        return adding or assumed(table)

    def _name(self, count: Count, group: str) -> Count:
        return self.shape.name(count)._replace(group=group)

    def _take_in(self, at: int, table: Table) -> None:
        """Take in the figures of one table, and how they add up."""
        adding = self._adding_up(at, table)
        alike = dict(adding.alike)
        for row, turn in lines_of(table):
            for column, unit, figure in zip(table.columns, table.units, row.figures, strict=True):
                for part in _PARTS[unit]:
                    count = Count(table.id, row.label, turn, column, part)
                    number = self._number(at, count)
                    self.sums.narrow(number, self.rules[at].known(figure, unit, part))
                    if like := alike.get((column, part)):
                        other = self._number(at, Count(table.id, row.label, turn, *like))
                        if other != number:
                            self.sums.add(number, (other,))
                if unit == "share":
                    of, *both = (self._number(at, Count(table.id, row.label, turn, column, p)) for p in _PARTS[unit])
                    self.sums.add(of, both)
            if adding.whole in table.columns and set(adding.summed) <= set(table.columns):
                line = [Count(table.id, row.label, turn, column, "n") for column in (adding.whole, *adding.summed)]
                whole, *summed = (self._number(at, count) for count in line)
                self.sums.add(whole, summed)
        for total, lines, adds in totals_of(table, adding):
            self._add_up(at, total, lines, adds)

    def _number(self, at: int, count: Count) -> int:
        count = self._name(count, self.groups[at])
        if (at, count) not in self.places:
            self.places[at, count] = self.sums.number()
        return self.places[at, count]

    def _add_up(self, at: int, total: Count, parts: Sequence[Count], adds: Adds) -> None:
        whole, lines = self._number(at, total), [self._number(at, part) for part in parts]
        if adds != "overlap":
            self.sums.add(whole, lines)
            return
        every = self.sums.number()
        self.sums.add(every, lines)
        self.sums.add(every, (whole, self.sums.number()))
        for line in lines:
            self.sums.add(whole, (line, self.sums.number()))

    def _link_times(self) -> None:
        """Make each count that several reports tell the sum of what fell into each span of days between them."""
        told: dict[Count, list[int]] = {}
        for at, count in self.places:
            told.setdefault(count, []).append(at)
        often = Counter(count._replace(group="") for _, count in self.places)
        for count, at_all in told.items():
            if count.is_of_its_own_time:
                for at in at_all[:-1]:
                    self.sums.add(self.places[at, count], (self.places[at_all[-1], count],))
            elif often[count._replace(group="")] > 1:
                for at in at_all:
                    self.sums.add(self.places[at, count], [self._span(span, count) for span in self._spans_of(at)])
        if self.days:
            self._link_totals(told)
            self._link_groups(told)

    def _link_totals(self, told: Mapping[Count, Sequence[int]]) -> None:
        """Make totals add up within each span of days where all that they add up is told by the same reports."""
        doubted = {table for _, table in self.otherwise}
        tables = {(self.groups[at], table.id): table for at, table in self._tables() if table.id not in doubted}
        for (group, _), table in tables.items():
            for total, parts, adds in totals_of(table, self._adding_up(self.now, table)):
                names = [self._name(count, group) for count in (total, *parts)]
                told_by = {tuple(told.get(name, ())) for name in names}
                if adds == "overlap" or len(told_by) > 1 or any(one.is_of_its_own_time for one in (total, *parts)):
                    continue
                for span in {span for at in next(iter(told_by)) for span in self._spans_of(at)}:
                    if all((span, name) in self.days for name in names):
                        whole, *lines = (self.days[span, name] for name in names)
                        self.sums.add(whole, lines)

    def _link_groups(self, told: Mapping[Count, Sequence[int]]) -> None:
        """Make what a group's cases are among the sum of them and of a rest, which is a count as any other."""
        own = self.reports[-1].group
        for inner, outers in self.shape.among.items():
            for outer in outers:
                small, big = ("" if group == own else group for group in (inner, outer))
                for count, at_big in told.items():
                    within = count._replace(group=small)
                    if count.group != big or within not in told or count.is_of_its_own_time:
                        continue
                    rest = count._replace(group=f"{big} without {small}")
                    for span in {s for at in at_big for s in self._spans_of(at)}:
                        if (span, within) in self.days:
                            parts = (self.days[span, within], self._span(span, rest))
                            self.sums.add(self.days[span, count], parts)
                    for at in at_big:
                        alike = [one for one in told[within] if self.reports[one].period == self.reports[at].period]
                        if alike and len(self._spans_of(at)) > 1:
                            self.places[at, rest] = self.sums.number()
                            self.sums.add(
                                self.places[at, count], (self.places[alike[0], within], self.places[at, rest])
                            )

    def _spans_of(self, at: int) -> list[int]:
        period = self.reports[at].period
        return [n for n, (first, end) in enumerate(self.spans) if period.first <= first and end <= period.last + _A_DAY]

    def _span(self, span: int, count: Count) -> int:
        if (span, count) not in self.days:
            self.days[span, count] = self.sums.number()
        return self.days[span, count]

    def look_at_whole_tables(self) -> None:
        """Narrow the hidden counts of every table that adds up both ways to what the whole of it allows."""
        narrowed = False
        for at, table in self._tables():
            ways = self._ways(at, table)
            if not ways:
                continue
            network = Network([way for way, _ in ways])
            if not network.fill():
                continue
            for place, (way, number) in enumerate(ways):
                if way.known.low <= self.rule.protected:
                    exact = network.range_of(place, self.rule.least)
                    if exact.high - exact.low + 1 < self.rule.least:
                        self.sums.narrow(number, exact)
                        narrowed = True
        if narrowed:
            self.sums.tighten()

    def _ways(self, at: int, table: Table) -> list[tuple[Way, int]]:
        """Return a table as a network, each way with its number; empty where it does not add up both ways."""
        adding = self._adding_up(at, table)
        *lines, last = range(len(table.rows)) if table.rows else (0,)
        exact = all(adding.totals.get((table.rows[last].label, column, "n")) == "all" for column in adding.summed)
        if not adding.whole or not lines or not exact or any(table.rows[place].is_total for place in lines):
            return []
        if not {adding.whole, *adding.summed} <= set(table.columns):
            return []
        told = list(lines_of(table))
        nodes = {column: 2 + len(lines) + place for place, column in enumerate(adding.summed)}
        ways = []
        for place in (*lines, last):
            row, turn = told[place]
            start = 1 if place == last else 2 + place
            for column in (adding.whole, *adding.summed):
                number = self._number(at, Count(table.id, row.label, turn, column, "n"))
                if column != adding.whole:
                    ends = (nodes[column], 1) if place == last else (start, nodes[column])
                else:
                    ends = (1, 0) if place == last else (0, start)
                ways.append((Way(*ends, self.sums.known(number)), number))
        return ways

    def findings(self) -> Findings:
        """Return every count's range, and those of which too much is known."""
        known = {key: self.sums.known(number) for key, number in self.places.items()}
        won = [Won(at, count, found) for (at, count), found in known.items() if self.rule.gives_away(found)]
        spans = {key: self.sums.known(number) for key, number in self.days.items()}
        won += [Won(-1 - span, count, found) for (span, count), found in spans.items() if self.rule.gives_away(found)]
        return Findings(known, tuple(won))


_PARTS: Mapping[Unit, tuple[str, ...]] = {
    "cases": ("n",),
    "share": ("of", "met", "unmet"),
    "working days": ("of",),
    "days": (),
    "words": (),
}
_A_DAY = timedelta(days=1)


def is_withheld(table: Table) -> bool:
    """Was nothing of a table published?"""
    return any(getattr(figure, "why", "") == WITHHELD for row in table.rows for figure in row.figures)
