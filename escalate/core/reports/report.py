"""A report as data: what was counted, over which cases, and what is not known; the same for screen, page and sheet.

A figure is never only a number: a share keeps what it is a share of, days keep how many cases they were measured on,
and what is not told says so in words. Nothing here names a child or repeats anybody's words, except in a table of
lines that were chosen for it one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    """`met` of `of`; nothing is a share of no cases."""

    met: int
    of: int


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
