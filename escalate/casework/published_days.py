"""Which days a published report may cover: the year that ends with a quarter, and each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from escalate.core.reports.periods import ends_with_a_quarter, is_year, year_ending_with
from escalate.core.reports.report import Period
from escalate.errors import CannotDecide

if TYPE_CHECKING:
    from escalate.core.events import ReportIssued


def refuse_days_not_to_be_published(period: Period, as_of: date) -> None:
    """Refuse what could be set beside the year of another quarter: days by which two differ tell of single cases.

    Raises:
        CannotDecide: they do not end with a calendar quarter that was over, or are more than a year.
    """
    rolled = year_ending_with(period)
    if not ends_with_a_quarter(period) or not is_year(rolled):
        raise CannotDecide(
            "a published report covers the year that ends with a calendar quarter, and no other days: what two reports"
            " differ by could tell of a single case",
            remedy="name the quarter that it ends with, such as --quarter 2026-Q1, or make it restricted",
            recorded="",
        )
    if as_of <= period.last:
        raise CannotDecide(
            "a published report is of days that are over, and its quarter was not",
            remedy="name a quarter before it, or make it restricted",
            recorded="",
        )


def refuse_published_twice(before: Sequence[ReportIssued], period: Period) -> None:
    """Refuse a second published report on the same days: what was recorded between the two could be worked out.

    Raises:
        CannotDecide: one of those published before, for the same policy and group, has this period.
    """
    for one in before:
        if (one.first_on, one.last_on) == (period.first, period.last):
            raise CannotDecide(
                f"a published report on these days is issued already as {one.number}, and there is one only",
                remedy=f"escalate report --again {one.number}",
                recorded="",
            )
