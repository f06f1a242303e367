"""Before a published report is issued of which hardly a figure would be shown: there is one of each period, once."""

from __future__ import annotations

import sys

from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import report_for
from escalate.cli.interviewing import typed_one_of
from escalate.cli.older_rows import make_older_rows_again
from escalate.clock import today
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Report, Untold
from escalate.errors import AnswersMissing
from escalate.files.places import database
from escalate.render.console import Screen

_ONE_IN = 10


def is_agreed_though_hidden(wanted: Wanted, screen: Screen, *, yes: bool, as_json: bool) -> bool:
    """Return whether to issue a report: asked at a terminal where it is published and nearly all of it is hidden.

    Raises:
        AnswersMissing: nobody can be asked, and `yes` was not said.
    """
    if wanted.edition != "published" or yes:
        return True
    make_older_rows_again()
    shown, every = _figures(report_for(database(), wanted, today(), published))
    if shown * _ONE_IN >= every:
        return True
    what = (
        f"of {every} figures {shown or 'none'} would be shown: there are too few cases to tell of without telling of"
        " somebody; a published report on these days is issued once"
    )
    if as_json or not sys.stdin.isatty():
        raise AnswersMissing(what, remedy="to issue it all the same, say so: --yes; or name more days", recorded="")
    screen.say(f"{what[0].upper()}{what[1:]}.", hang=2)
    screen.say("1  do not issue it", indent=2, hang=3)
    screen.say("2  issue it all the same", indent=2, hang=3)
    if typed_one_of("1", "2") == "2":
        return True
    screen.say("Nothing was recorded.")
    return False


def _figures(report: Report) -> tuple[int, int]:
    """Return how many figures are shown, and how many there are with those that are hidden."""
    figures = [
        figure
        for table in report.tables
        for row in table.rows
        for figure, unit in zip(row.figures, table.units, strict=True)
        if unit != "words"
    ]
    return sum(not isinstance(figure, Untold) for figure in figures), len(figures)
