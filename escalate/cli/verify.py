"""`escalate verify`: whether the record is as it was written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from escalate.cli.options import ShownAsJson
from escalate.core.plain import to_plain
from escalate.errors import LedgerDamaged, Problem
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json
from escalate.store.handed_files import finish_handed, handed_folder
from escalate.store.issued_files import clear_all_parts, finish_issues
from escalate.store.verify import VerifyReport
from escalate.store.verify import verify as look_through

_MANY = 100


def command(
    anchor: Annotated[
        str | None, typer.Option("--anchor", metavar="L…", help="One printed earlier, on a form or by verify.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out making every list and date again from the entries.")
    ] = False,
    as_json: ShownAsJson = False,
    plain: Annotated[bool, typer.Option("--plain", help="As sentences, without colour.")] = False,
) -> None:
    """Whether every entry is as it was recorded: words, order, links, guards, policies, calendars.

    Then every case is made again from its entries, and compared with what the other commands show of it.
    It repairs no entry; a form or a handover recorded just before a crash gets its file. An anchor that is kept
    elsewhere also shows whether the end of the record was cut off: every form issued carries one. Exits with 10 where
    something is not as it was.
    """
    report = look_through(database(), anchor=anchor)
    if report.is_sound and not quick:
        report = _made_again(report)
    finished, edited = finish_issues(database()) if report.is_sound else ([], [])
    removed = clear_all_parts(database()) if report.is_sound else []
    handed = finish_handed(database(), handed_folder(database().parent)) if report.is_sound else []
    if as_json:
        files = {
            "forms_finished": finished,
            "forms_edited": [problem.where for problem in edited],
            "forms_removed": removed,
            "handovers_finished": handed,
        }
        print_json("verify", to_plain(report) | _asked(report, anchor, quick=quick) | files)
        if not report.is_sound:
            raise typer.Exit(LedgerDamaged.exit_code)
        return
    if not report.is_sound:
        raise LedgerDamaged(
            f"the record is not as it was written; first: {report.first_bad or report.problems[0].where or 'the file'}",
            problems=report.problems,
            remedy="change nothing; keep a copy of the file; compare with the forms and backups that others hold",
        )
    screen = Screen.here(plain=plain)
    _say(screen, report, anchor, quick=quick)
    _say_forms(screen, finished, edited)
    for name in handed:
        screen.say(f"A handover that a crash had interrupted is in its place now: {name}", hang=2)
    for name in removed:
        screen.say(f"A form whose issue a crash had ended before it was recorded is removed: {name}", hang=2)


def _made_again(report: VerifyReport) -> VerifyReport:
    # It brings what writing needs: only once the record has shown itself sound.
    from escalate.casework.recheck import rebuilt_views

    if report.cases > _MANY and sys.stderr.isatty():
        print(f"Making {report.cases} cases again from their entries; --quick leaves this out.", file=sys.stderr)
    return replace(report, problems=tuple(rebuilt_views(database())))


def _asked(report: VerifyReport, anchor: str | None, *, quick: bool) -> dict[str, object]:
    return {"is_sound": report.is_sound, "anchor_asked": anchor, "lists_made_again": report.is_sound and not quick}


def _say(screen: Screen, report: VerifyReport, anchor: str | None, *, quick: bool) -> None:
    entries = format_count(report.events, "entry", "entries")
    screen.say(("The record is as it was written", "strong"), f": {entries}, {format_count(report.cases, 'case')}.")
    if quick:
        screen.say("Whether the lists and dates shown are what it makes was not looked at: --quick.")
    if report.blanked:
        blanked = format_count(report.blanked, "entry", "entries")
        screen.say(f"The words of {blanked} were removed by a redaction, and the chain still holds.")
    if anchor:
        screen.say("The anchor fits: nothing up to it was changed or cut off.")
    screen.say(f"Anchor of the head now: {report.anchor}")
    screen.say("Kept elsewhere, on paper or by somebody else, it later shows whether anything was cut off:", hang=2)
    screen.say(f"escalate verify --anchor {report.anchor}", indent=2)


def _say_forms(screen: Screen, finished: Sequence[str], edited: Sequence[Problem]) -> None:
    for name in finished:
        screen.say(f"A form whose issue a crash had interrupted is in its place now: {name}", hang=2)
    for problem in edited:
        screen.say(f"An issued form {problem.what} ({problem.remedy}): {problem.where}", hang=2)
