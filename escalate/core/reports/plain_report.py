"""A report as plain values, as it is kept when it is issued, and the very same report back from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from escalate.core.plain import to_plain
from escalate.core.reports.report import Days, Figure, Period, Report, Row, Share, Table, Untold


def plain_report(report: Report) -> dict[str, Any]:
    """Return a report in dicts, lists, text and numbers; a figure that is neither says by its keys what it is."""
    plain: dict[str, Any] = to_plain(report)
    return plain


def report_from_plain(plain: Mapping[str, Any]) -> Report:
    """Return the report that `plain_report` made these values from.

    Raises:
        KeyError, TypeError, ValueError: they are not of that shape.
    """
    told = dict(plain)
    return Report(
        **{
            **told,
            "period": _period(told["period"]),
            "as_of": date.fromisoformat(told["as_of"]),
            "tables": tuple(map(_table, told["tables"])),
            "unknown": tuple(told["unknown"]),
            "distribution": tuple(told["distribution"]),
        }
    )


def _period(plain: Mapping[str, Any]) -> Period:
    return Period(date.fromisoformat(plain["first"]), date.fromisoformat(plain["last"]), plain["called"])


def _table(plain: Mapping[str, Any]) -> Table:
    rows = (Row(row["label"], tuple(map(_figure, row["figures"])), row["is_total"]) for row in plain["rows"])
    lists = {name: tuple(plain[name]) for name in ("columns", "units", "notes")}
    return Table(**{**plain, **lists, "rows": tuple(rows)})


def _figure(plain: Any) -> Figure:
    if isinstance(plain, (int, str)):
        return plain
    kind: type[Share] | type[Days] | type[Untold] = Share if "met" in plain else Days if "median" in plain else Untold
    return kind(**plain)
