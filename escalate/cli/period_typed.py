"""The days that the verbs over many cases are asked about: a quarter, a year, or from one day to another."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.clock import today
from escalate.core.reports.periods import PeriodTyped, parse_period
from escalate.core.reports.report import Period

Quarter = Annotated[str, typer.Option("--quarter", metavar="YEAR-Q", help="Such as 2026-Q1.")]
Year = Annotated[str, typer.Option("--year", metavar="YEAR", help="January to December.")]
Since = Annotated[str, typer.Option("--since", metavar="DAY", help="From this day, such as 2026-04-01.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Until this day; today where not said.")]


def period_of(verb: str, typed: PeriodTyped) -> Period:
    """Return the period that was typed after a verb, the last full quarter where none was.

    Raises:
        Mistyped: it is none.
    """
    try:
        return parse_period(typed, today())
    except ValueError as problem:
        raise Mistyped(f"escalate {verb}: {problem}", remedy=f"see: escalate {verb} --help", recorded="") from None
