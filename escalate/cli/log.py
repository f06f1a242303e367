"""`escalate log`: one line a case, in the columns of a summary log; on the screen, or as a file."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from escalate.casework.case_log import lines_of
from escalate.casework.choosing import refuse_unknown
from escalate.cli.boundary import Mistyped
from escalate.cli.older_rows import make_older_rows_again
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.cli.period_typed import Quarter, Since, Until, Year, period_of
from escalate.cli.progress import progress
from escalate.clock import today
from escalate.core.reports.log import Asked, CaseLog
from escalate.core.reports.periods import PeriodTyped
from escalate.core.text import clean
from escalate.errors import AnswersMissing, CannotDecide
from escalate.files.places import database
from escalate.render.console import NOTICE, Screen
from escalate.render.json_out import print_json
from escalate.render.log_page import given_as_plain, log_as_plain, nothing_logged, show_given, show_log
from escalate.store import readers
from escalate.store.log_rows import cases_asked_for, given_out
from escalate.store.people_known import is_somebody_named

FORMATS = ("xlsx", "csv", "docx")
ON_A_TERMINAL = 50
_SOON = 300
"""So many lines are made well within a second: no bar is shown for them."""


def command(
    quarter: Quarter = "",
    year: Year = "",
    since: Since = "",
    until: Until = "",
    open_in: Annotated[
        bool, typer.Option("--open-in", help="All that were open on any of these days, and not only those raised.")
    ] = False,
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help="Only under this policy, or this edition of it.")
    ] = "",
    stage: Annotated[str, typer.Option("--stage", metavar="STAGE", help="Only those that reached this stage.")] = "",
    agency: Annotated[
        str, typer.Option("--agency", metavar="NAME", help="Only those it raised or is challenged in; part of it does.")
    ] = "",
    theme: Annotated[
        str, typer.Option("--theme", metavar="THEME", help="Only of this theme: its id, or part of its title.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Names in full in place of initials; this is recorded, with --because.")
    ] = False,
    because: Annotated[
        str, typer.Option("--because", metavar="WHY", help="Why the names are asked for, and by whom; nobody's name.")
    ] = "",
    given: Annotated[
        bool, typer.Option("--given", help="Show which logs were given out with names, and do nothing else.")
    ] = False,
    as_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=f"A file: one of {', '.join(FORMATS)}.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="The file, or its folder; here where not said.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="So many on a terminal; 50 where not said.")
    ] = None,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """The log of escalations: one line each, those raised in the last full quarter where no days are named.

    A quarter is one of the calendar year. Initials stand for recorded names: of the children of a case in its line,
    whole or in part; of everybody else in this record, where the name stands whole. Linked cases count once, as the one
    raised first. --format writes a spreadsheet or a Word document, which never overwrites another.
    """
    screen = Screen.here(plain=plain)
    make_older_rows_again()
    if given:
        _show_given(screen, as_json=as_json)
        return
    asked = Asked(
        period=period_of("log", PeriodTyped(quarter, year, since, until)),
        chosen_by="open" if open_in else "raised",
        policy=policy,
        stage=stage,
        agency=agency,
        theme=theme,
    )
    _refuse_unknown(asked)
    kind = _format(as_format, out)
    because = _reason(because) if names else ""
    most = None if kind or as_json or screen.kind == "piped" else limit or ON_A_TERMINAL
    log, total = _read(asked, most, with_names=names)
    if kind:
        _as_file(screen, log, (kind, out), because, as_json=as_json)
        return
    if names:
        _record(log, because, "json" if as_json else "screen")
    if as_json:
        print_json("log", log_as_plain(log, total))
    else:
        show_log(screen, log, total)
        if screen.kind == "piped" and not total:
            typer.echo(nothing_logged(log), err=True)


def _reason(because: str) -> str:
    """Return why names are asked for: as said, or asked at a terminal."""
    if not because.strip() and sys.stdin.isatty():
        print("Why are the names asked for, and by whom? It is recorded. ", end="", file=sys.stderr, flush=True)
        because = sys.stdin.readline()
    if not because.strip():
        raise AnswersMissing(
            "names in full: it is recorded who asked for them and why",
            remedy='say why: --because "an inspection asked for them", without anybody\'s name',
            recorded="",
        )
    because = clean(because).text.strip()
    with closing(readers.open_for_reading(database())) as con:
        if is_somebody_named(con, [because]):
            raise CannotDecide(
                "why the names are asked for seems to name somebody of a case; it is recorded and shown to others",
                remedy='say it without anybody\'s name, by a post: "the review panel asked for them"',
                recorded="",
            )
    return because


def _refuse_unknown(asked: Asked) -> None:
    with closing(readers.open_for_reading(database())) as con:
        refuse_unknown(con, policy=asked.policy, agency=asked.agency, stage=asked.stage, theme=asked.theme)


def _format(as_format: str, out: Path | None) -> str:
    """Return the kind of file that is wanted, "" for none: as said, or as the file's own ending says."""
    ending = out.suffix.removeprefix(".").lower() if out else ""
    wanted = as_format.lower() or (ending if ending in FORMATS else "")
    if as_format and wanted not in FORMATS:
        raise Mistyped(f'escalate log: "{as_format}" is not a format', remedy=f"one of: {', '.join(FORMATS)}")
    if out and not wanted:
        raise Mistyped(
            "escalate log: what kind of file is not said", remedy=f"say --format, one of: {', '.join(FORMATS)}"
        )
    if ending in FORMATS and ending != wanted:
        raise Mistyped(f"escalate log: --format {wanted} and a file ending in .{ending} do not go together")
    return wanted


def _read(asked: Asked, most: int | None, *, with_names: bool) -> tuple[CaseLog, int]:
    """Return the log with as many lines as are to be shown, and how many it has."""
    with closing(readers.open_for_reading(database())) as con:
        found = cases_asked_for(con, asked)
        with progress("Reading cases", len(found[:most]), least=_SOON) as tick:
            lines = lines_of(con, found[:most], tick, with_names=with_names)
    return CaseLog(asked=asked, lines=lines, made_on=today(), with_names=with_names), len(found)


def _as_file(screen: Screen, log: CaseLog, wanted: tuple[str, Path | None], because: str, *, as_json: bool) -> None:
    from escalate.casework.log_giving import LogFile, file_log, free_path, give_with_names
    from escalate.cli.sitting import open_desk

    kind, out = wanted
    path = out if out and out.suffix.lower() == f".{kind}" else free_path(out or Path(), log, kind)
    file = LogFile(path, kind, _content(log, kind))
    if log.with_names:
        with open_desk() as desk:
            give_with_names(desk, log, because, file)
    else:
        file_log(file)
    if as_json:
        print_json("log file", {"path": path, "escalations": len(log.lines), "with_names": log.with_names})
        return
    screen.say(f"{len(log.lines)} escalation{'' if len(log.lines) == 1 else 's'} in {path}", hang=2)
    if log.with_names:
        screen.say("It holds names in full. Recorded: who asked, when and why. escalate log --given shows it.", hang=2)
    screen.say((NOTICE, "strong"))


def _content(log: CaseLog, kind: str) -> bytes:
    if kind == "xlsx":
        from escalate.render.log_sheet import log_as_xlsx

        return log_as_xlsx(log)
    if kind == "csv":
        from escalate.render.log_csv import log_as_csv

        return log_as_csv(log)
    from escalate.render.log_word import log_as_docx

    return log_as_docx(log)


def _record(log: CaseLog, because: str, shown: str) -> None:
    from escalate.casework.log_giving import give_with_names
    from escalate.cli.sitting import open_desk

    with open_desk() as desk:
        give_with_names(desk, log, because, shown)


def _show_given(screen: Screen, *, as_json: bool) -> None:
    with closing(readers.open_for_reading(database())) as con:
        given = given_out(con)
        names = {row.party: row.name for row in readers.parties_of(con, "setup")}
    if as_json:
        print_json("logs given out", given_as_plain(given, names))
    else:
        show_given(screen, given, names)
