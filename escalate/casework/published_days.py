"""What stands between two published reports: which days one may cover, each once, and what was published before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from escalate.core.policy import Policy
from escalate.core.policy_items import Report as ReportAsked
from escalate.core.reports.groups import cases_of, of_each
from escalate.core.reports.periods import ends_with_a_quarter, is_year, year_ending_with
from escalate.core.reports.plain_report import report_from_plain
from escalate.core.reports.report import Period, Report
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


def published_before(
    issued: Sequence[tuple[date, ReportIssued]], policy: Policy, asked: ReportAsked | None
) -> tuple[Report, ...]:
    """Return what was published before under a policy, for whichever group.

    What a group with the very same cases was told goes by the name of the group that is asked for: it tells the same.
    """
    own, each = cases_of(policy, asked), of_each(policy)
    found = []
    for _, fact in issued:
        if fact.edition == "published" and fact.policy == policy.name:
            report = report_from_plain(fact.report)
            is_alike = each.get(report.group) == own
            found.append(replace(report, group=asked.group if asked else "") if is_alike else report)
    return tuple(found)


def refuse_published_twice(before: Sequence[Report], group: str, period: Period) -> None:
    """Refuse a second published report on the same days: what was recorded between the two could be worked out.

    Raises:
        CannotDecide: one of those published before, on the cases of this group, has this period.
    """
    for one in before:
        if one.group == group and (one.period.first, one.period.last) == (period.first, period.last):
            raise CannotDecide(
                f"a published report on these days is issued already as {one.number}, and there is one only",
                remedy=f"escalate report --again {one.number}",
                recorded="",
            )
