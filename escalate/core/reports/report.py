"""A report as data: what was counted, over which cases, and what is not known; the same for screen, page and sheet.

A figure is never only a number: a share keeps what it is a share of, days keep how many cases they were measured on,
and what is not told says so in words. Nothing here names a child or repeats anybody's words, except in a table of
learning, where it was asked for: with initials, and in a published one only lines chosen one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

_POINTS: Final = 0.05
Edition = Literal["restricted", "published"]
Unit = Literal["cases", "share", "working days", "days", "words"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report covers, both included, and what it is called: "January to March 2026"."""

    first: date
    last: date
    called: str


@dataclass(frozen=True, slots=True)
class Share:
    """`met` of `of`; nothing is a share of no cases. `rounded_to` is what both were rounded to, 1 for not at all."""

    met: int
    of: int
    rounded_to: int = 1

    @property
    def is_near(self) -> bool:
        """Whether rounding cannot have moved its percentage by more than 5 points, as far as these numbers say.

        Example:
            >>> Share(15, 20).is_near, Share(15, 20, 5).is_near, Share(75, 100, 5).is_near
            (True, False, True)
        """
        less, more = self.rounded_to // 2, (self.rounded_to - 1) // 2
        if self.of <= less:
            return self.rounded_to == 1
        told, low = self.met / self.of, max(self.met - less, 0) / (self.of + more)
        high = min((self.met + more) / (self.of - less), 1.0)
        return max(told - low, high - told) <= _POINTS


@dataclass(frozen=True, slots=True)
class Days:
    """Working days, median and 90th percentile (nearest rank), measured on `of` cases."""

    median: float
    ninetieth: float
    of: int


@dataclass(frozen=True, slots=True)
class Untold:
    """A figure that is kept back, or not known; `why` in a few words, `sign` in its place ("*", "–")."""

    sign: str
    why: str


Figure = int | Share | Days | Untold | str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: `label`, then a figure for each column. A total is the sum of the lines before it."""

    label: str
    figures: tuple[Figure, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One numbered table: `columns` head its figures, each in `units`; "days" are a plain number of them.

    `says` is what is counted and from which day to which, as a sentence; `clause` where the policy asks for it; `notes`
    what must be known to read it (a guide is a guide; which reading governs). `chart` is how it may be drawn. `is_cut`
    says that its lines divide the same cases that other tables divide otherwise: only the one cut is published.
    """

    id: str
    title: str
    heads: str
    columns: tuple[str, ...]
    units: tuple[Unit, ...]
    rows: tuple[Row, ...]
    says: str = ""
    clause: str = ""
    notes: tuple[str, ...] = ()
    chart: Literal["", "bars", "lines"] = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it was counted: for which policy and group, over which period, on what was recorded until `as_of`.

    `number` is the one it was issued under, "" before. `unknown` is what it does not know, a sentence each.
    `distribution` is who is given a restricted one.
    """

    policy: str
    partnership: str
    group: str
    edition: Edition
    period: Period
    as_of: date
    tables: tuple[Table, ...]
    number: str = ""
    anchor: str = ""
    unknown: tuple[str, ...] = ()
    distribution: tuple[str, ...] = ()
