"""`escalate report`: how often, about what, how long and with what result, for the group that the policy names."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import Publish, issued_report, issued_reports, report_for
from escalate.cli.boundary import Mistyped
from escalate.cli.older_rows import make_older_rows_again
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.cli.period_typed import Quarter, Since, Until, Year, period_of
from escalate.clock import today
from escalate.core.reports.periods import PeriodTyped
from escalate.core.reports.plain_report import plain_report
from escalate.core.reports.report import Edition, Report
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.render.report_list import issued_as_plain, show_issued
from escalate.render.report_screen import show_report

EDITIONS = ("restricted", "published")
FORMATS = ("docx", "xlsx", "html", "json")


def command(
    quarter: Quarter = "",
    year: Year = "",
    since: Since = "",
    until: Until = "",
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="Under which policy; by default yours.")] = "",
    group: Annotated[
        str,
        typer.Option("--group", metavar="NAME", help="For which group that the policy names; by default its first."),
    ] = "",
    agency: Annotated[
        str, typer.Option("--agency", metavar="NAME", help="Only what it raised or received; part of its name does.")
    ] = "",
    theme: Annotated[
        str, typer.Option("--theme", metavar="THEME", help="Only of this theme: its id, or part of its title.")
    ] = "",
    stage: Annotated[str, typer.Option("--stage", metavar="STAGE", help="Only what reached this stage.")] = "",
    edition: Annotated[
        str, typer.Option("--edition", metavar="EDITION", help=f"{' or '.join(EDITIONS)}; restricted where not said.")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="As it was recorded by the end of this day.")
    ] = "",
    issue: Annotated[bool, typer.Option("--issue", help="Issue it: freeze its figures and write its file.")] = False,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT", help=f"A file, and so issue it: {', '.join(FORMATS)} or all."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where its files go; here.")] = None,
    given_to: Annotated[
        str,
        typer.Option(
            "--distribution", metavar="FILE", help="Who is given a restricted one, a line each; - to type it."
        ),
    ] = "",
    with_learning: Annotated[
        bool, typer.Option("--with-learning", help="Learning in its own words; published, the lines you choose.")
    ] = False,
    lines: Annotated[
        str, typer.Option("--lines", metavar="FILE", help="Which a published one tells: REF:N a line; else asked.")
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Issue a published one unasked, though nearly all of it is hidden.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="The reports that were issued.")] = False,
    again: Annotated[str, typer.Option("--again", metavar="NUMBER", help="A report as it was issued.")] = "",
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """The report on the last full quarter, or other days: numbers, themes, timeliness, learning, and what is not known.

    It is shown, and nothing is recorded, unless it is issued: --issue, --format or --out freeze its figures under a
    number, and --again renders them as they were. A quarter is one of the calendar year; no financial year is assumed.
    The published edition covers the year that ends with a calendar quarter, each once, and tells no number so small
    that it could tell of a child. With learning, a restricted one tells every point with initials for names; of a
    published one each line is chosen, at the terminal or by --lines, and none that names somebody of its case, or
    somebody of another one in full.
    """
    screen = Screen.here(plain=plain)
    kinds = _kinds(formats, is_wanted=issue or out is not None)
    if list_:
        _list(screen, as_json=as_json)
        return
    if again:
        report = issued_report(database(), again)
        if formats or out:
            from escalate.cli.report_files import write_again

            write_again(report, kinds, out or Path(), screen, as_json=as_json)
            return
        _show(screen, report, as_json=as_json)
        return
    wanted = Wanted(
        period=period_of("report", PeriodTyped(quarter, year, since, until)),
        policy=policy,
        group=group,
        agency=agency,
        theme=theme,
        stage=stage,
        edition=_edition(edition),
        as_of=_day(as_of),
        with_learning=with_learning,
    )
    if lines and not (with_learning and kinds and wanted.edition == "published"):
        raise Mistyped(
            "escalate report: --lines chooses what a published report tells of learning in its own words",
            remedy="use it with --edition published --with-learning --issue",
            recorded="",
        )
    if kinds:
        from escalate.cli.report_files import issue_and_write

        if with_learning:
            from escalate.cli.report_lines import with_lines_chosen

            make_older_rows_again()
            wanted = with_lines_chosen(wanted, lines, screen, as_json=as_json)
        if _is_agreed(wanted, given_to, screen, yes=yes, as_json=as_json):
            issue_and_write(wanted, kinds, out or Path(), given_to, screen, as_json=as_json)
        return
    if given_to:
        raise Mistyped("escalate report: --distribution is for a report that is issued", remedy="add --issue")
    make_older_rows_again()
    _show(screen, report_for(database(), wanted, today(), _publish(wanted)), as_json=as_json)


def _is_agreed(wanted: Wanted, given_to: str, screen: Screen, *, yes: bool, as_json: bool) -> bool:
    """Return whether to issue it after all; a published one is for anybody, and says when it would hide nearly all."""
    if wanted.edition != "published":
        return True
    if given_to:
        raise Mistyped(
            "escalate report: --distribution is for a restricted report; a published one may be given to anybody",
            remedy="leave it out",
            recorded="",
        )
    from escalate.cli.report_hidden import is_agreed_though_hidden

    return is_agreed_though_hidden(wanted, screen, yes=yes, as_json=as_json)


def _publish(wanted: Wanted) -> Publish | None:
    """Return what makes a published edition; a restricted one does not wait for it."""
    if wanted.edition != "published":
        return None
    from escalate.core.reports.publishing import published

    return published


def _show(screen: Screen, report: Report, *, as_json: bool) -> None:
    if as_json:
        print_json("report", plain_report(report))
        return
    show_report(screen, report)
    if not report.number:
        screen.say("Nothing of it is issued. Next: escalate report --issue, with the same options")


def _list(screen: Screen, *, as_json: bool) -> None:
    issued = issued_reports(database())
    if as_json:
        print_json("reports", issued_as_plain(issued))
        return
    show_issued(screen, issued)


def _kinds(formats: list[str] | None, *, is_wanted: bool) -> tuple[str, ...]:
    """Return the formats to write, in our own order; a paper where a report is issued and no format is said."""
    said = {one.strip().lower() for typed in formats or () for one in typed.split(",")}
    unknown = sorted(said - {*FORMATS, "all"})
    if unknown:
        raise Mistyped(
            f'escalate report: "{unknown[0]}" is not a format', remedy=f"one of: {', '.join(FORMATS)}, all", recorded=""
        )
    if "all" in said:
        return FORMATS
    return tuple(one for one in FORMATS if one in said) or (("docx",) if is_wanted else ())


def _edition(typed: str) -> Edition:
    found = [one for one in EDITIONS if one.startswith(typed.strip().lower())]
    if typed and not found:
        raise Mistyped(
            f'escalate report: "{typed}" is not an edition', remedy=f"one of: {', '.join(EDITIONS)}", recorded=""
        )
    return cast(Edition, found[0])


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Mistyped(
            f'escalate report: "{typed}" is not a day', remedy="write it as 2026-04-30", recorded=""
        ) from None
