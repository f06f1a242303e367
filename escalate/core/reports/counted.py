"""What was counted in one period: plain numbers by plain names, from which the tables of a report are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from escalate.core.reports.report import Days, Period

Histogram = Mapping[int, int]
"""So many working days, in so many cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table that divides cases: as it is called, how many were raised and how many resolved."""

    label: str
    raised: int = 0
    resolved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The first figures of a period. `open_at_start` are those open when its first day began, `open_at_end` when its
    last day ended; `days` of those resolved.
    """

    raised: int = 0
    received: int = 0
    resolved: int = 0
    withdrawn: int = 0
    reopened: int = 0
    open_at_end: int = 0
    open_at_start: int = 0
    days: Histogram = field(default_factory=dict)
    in_time: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case that was open when the period ended: at which stage, with which agencies, after how many calendar days."""

    stage: str
    agencies: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything that was counted in `period`.

    `entered` and `resolved_at` are cases by stage. `stage_days` and `outcomes` are stages with an agency: `outcomes`
    by (stage, outcome): how many, and of how many the outcome was confirmed in writing. `lines` are cases by sort
    ("raising", "receiving", "theme", "need") and mark. `clocks` by (clock, reading, is a guide): how many last days
    lay in the period and were over, and how many were kept. `forms` by form: owed in the period, sent, not owed after
    all. `recommendations` by what the last stage does, `responses` by answer, `learning` by state. `undated` are clocks
    open without a last day, by the same, of cases raised in the period. `unanswered` by agency asked: stages
    that ended with an outcome, and of those without a response. `still_open` is each case open at the end.
    """

    period: Period
    headline: Headline
    entered: Mapping[str, int] = field(default_factory=dict)
    resolved_at: Mapping[str, int] = field(default_factory=dict)
    stage_days: Mapping[str, Histogram] = field(default_factory=dict)
    outcomes: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, Line]] = field(default_factory=dict)
    clocks: Mapping[tuple[str, str, bool], tuple[int, int]] = field(default_factory=dict)
    forms: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    recommendations: Mapping[str, int] = field(default_factory=dict)
    responses: Mapping[str, int] = field(default_factory=dict)
    learning: Mapping[str, int] = field(default_factory=dict)
    undated: Mapping[tuple[str, str, bool], int] = field(default_factory=dict)
    unanswered: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    still_open: Sequence[OpenCase] = ()
    same_child: int = 0
    same_pair: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKnown:
    """What the record does not say of the cases raised in the period, or leaves aside, in numbers of cases."""

    without_need: int = 0
    without_theme: int = 0
    came_in_above: int = 0
    undated: int = 0
    linked: int = 0
    other_editions: int = 0


def days_of(histogram: Histogram) -> Days | None:
    """Return the median and the 90th percentile of so many working days; None where nothing was measured.

    The 90th percentile is by nearest rank: the shortest time within which nine of ten were.

    Example:
        >>> days_of({1: 2, 3: 1, 10: 1})
        Days(median=2.0, ninetieth=10, of=4)
    """
    total = sum(histogram.values())
    if not total:
        return None
    lower, upper = _ranked(histogram, (total + 1) // 2), _ranked(histogram, total // 2 + 1)
    return Days(median=(lower + upper) / 2, ninetieth=_ranked(histogram, -(-9 * total // 10)), of=total)


def _ranked(histogram: Histogram, rank: int) -> int:
    seen = 0
    for days in sorted(histogram):
        seen += histogram[days]
        if seen >= rank:
            return days
    raise ValueError("there are fewer than that")
