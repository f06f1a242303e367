"""Issuing a report: who is given it, its figures frozen, its files written; and writing the files of one again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from escalate.casework.report_wanted import Wanted
from escalate.casework.reporting import issue_report
from escalate.cli.progress import waiting
from escalate.cli.sitting import open_desk
from escalate.core.reports.publishing import published
from escalate.core.reports.report import Report
from escalate.core.text import clean
from escalate.errors import AnswersMissing, EscalateError, FormRefused, NotFound
from escalate.render.console import NOTICE, Screen
from escalate.render.json_out import print_json
from escalate.render.report_words import base_name, marking
from escalate.store.issued_files import put_unless_there


def issue_and_write(
    wanted: Wanted, kinds: Sequence[str], folder: Path, given_to: str, screen: Screen, *, as_json: bool
) -> None:
    """Issue a report, write its files and say so.

    Raises:
        AnswersMissing: a restricted one is to be issued, and nobody can be asked who is given it.
        FormRefused: there can be no files there; nothing was recorded. Or, later, one could not be written: then the
            report is issued all the same, and can be written again.
    """
    _refuse_no_folder(folder)
    if wanted.edition == "restricted":
        wanted = replace(wanted, distribution=_distribution(given_to))
    with open_desk() as desk, waiting("Counting"):
        report = issue_report(desk, wanted, published)
    paths = _written(report, kinds, folder)
    if as_json:
        print_json("report issued", _as_plain(report, paths))
        return
    screen.say(("Issued and recorded: ", "strong"), f"report {report.number}, {marking(report)}.", hang=2)
    _say_paths(screen, paths)
    if report.edition == "restricted":
        screen.say(f"To be given to: {'; '.join(report.distribution)}", hang=2)
    screen.gap()
    screen.say((NOTICE, "strong"))
    screen.say(f"Next: look at it, then send it. The same again: escalate report --again {report.number}", hang=2)


def write_again(report: Report, kinds: Sequence[str], folder: Path, screen: Screen, *, as_json: bool) -> None:
    """Write the files of a report that was issued, as it was issued. Nothing is recorded."""
    paths = _written(report, kinds, folder)
    if as_json:
        print_json("report issued", _as_plain(report, paths))
        return
    screen.say(f"Report {report.number} as it was issued:")
    _say_paths(screen, paths)
    screen.say((NOTICE, "strong"))


def content(report: Report, kind: str) -> bytes:
    """Return a report as a file of this kind; only what makes that kind is imported."""
    if kind == "docx":
        from escalate.render.report_word import paper

        return paper(report)
    if kind == "xlsx":
        from escalate.render.report_sheet import workbook

        return workbook(report)
    if kind == "html":
        from escalate.render.report_page import page

        return page(report).encode("utf-8")
    from escalate.core.reports.plain_report import plain_report
    from escalate.render.json_out import format_json

    return (format_json("report", plain_report(report)) + "\n").encode("utf-8")


def _written(report: Report, kinds: Sequence[str], folder: Path) -> list[Path]:
    paths: list[Path] = []
    try:
        for kind in kinds:
            with waiting(f"Making the .{kind}"):
                made = content(report, kind)
            paths.append(put_unless_there(made, folder, (base_name(report), f".{kind}"), "the report"))
    except EscalateError as error:
        error.recorded = f"Report {report.number} is issued and recorded."
        error.remedy += f"\nthen write it again: escalate report --again {report.number} --format {','.join(kinds)}"
        raise
    return paths


def _refuse_no_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormRefused(
            f"{folder}: the report cannot be written there: {error.strerror}",
            remedy="choose another folder with --out",
            recorded="",
        ) from None


def _distribution(source: str) -> tuple[str, ...]:
    """Return who is given a restricted report: from a file, from standard input, or asked at a terminal."""
    if source and source != "-":
        try:
            text = Path(source).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise NotFound(
                f"{source}: the distribution list cannot be read",
                remedy="a text file in UTF-8, one person or group a line",
                recorded="",
            ) from None
    elif source or sys.stdin.isatty():
        text = _typed()
    else:
        text = ""
    lines = tuple(said for line in clean(text).text.splitlines() if (said := line.strip()))
    if not lines:
        raise AnswersMissing(
            "a restricted report says who is given it",
            remedy="write them into a file, one a line: --distribution FILE",
            recorded="",
        )
    return lines


def _typed() -> str:
    if sys.stdin.isatty():
        print("Who is given this report? One person or group a line; an empty line ends the list.", file=sys.stderr)
        return "\n".join(iter(lambda: sys.stdin.readline().strip(), ""))
    return sys.stdin.read()


def _say_paths(screen: Screen, paths: Sequence[Path]) -> None:
    for path in paths:
        screen.say(str(path), indent=2, hang=2)


def _as_plain(report: Report, paths: Sequence[Path]) -> dict[str, object]:
    return {
        "number": report.number,
        "anchor": report.anchor,
        "edition": report.edition,
        "files": [str(path) for path in paths],
        "notice": NOTICE,
    }
