"""`escalate learning`: the learning points of all cases, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.period_typed import period_of
from escalate.clock import today
from escalate.core.reports.periods import PeriodTyped
from escalate.files.places import database
from escalate.render.console import Screen
from escalate.render.learning_page import LearningPage, no_points, points_as_plain, show_points
from escalate.store import readers
from escalate.store.case_links import others_of_each
from escalate.store.learning_list import LearningAsked, learning_rows

ON_A_TERMINAL = 50
Point = Annotated[
    str,
    typer.Argument(
        metavar="REF:N", help="A case and the number of its point, to say what became of it; REF asks which."
    ),
]
Number = Annotated[int | None, typer.Argument(metavar="N", min=1, help="The number, where only REF was given.")]


def command(
    point: Point = "",
    number: Number = None,
    is_open: Annotated[bool, typer.Option("--open", help="Only what is open.")] = False,
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help="Only under this policy, or this edition of it.")
    ] = "",
    theme: Annotated[
        str, typer.Option("--theme", metavar="TEXT", help="Only of this theme: its id, or part of its title.")
    ] = "",
    quarter: Annotated[
        str, typer.Option("--quarter", metavar="YEAR-Q", help="Only identified in this quarter, such as 2026-Q1.")
    ] = "",
    year: Annotated[
        str, typer.Option("--year", metavar="YEAR", help="Only identified in January to December of it.")
    ] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Only identified on this day or later.")] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="With --since: on this day or earlier; else until today.")
    ] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="So many; 50 on a terminal, else all.")
    ] = None,
    source: Source = None,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """The learning points of all cases, open ones first; or what became of one: whose it is, what was decided, changed.

    Points come from what was recorded at the end of a stage or case, and from forms that came in. With REF:N it asks
    what became of that point: it was given to somebody, taken to a group, closed, dropped, or opened again. Learning
    is about practice and names no child.
    """
    typed = PeriodTyped(quarter=quarter, year=year, since=since, until=until)
    period = None if typed.is_empty else period_of("learning", typed)  # none: all of the record
    asked = LearningAsked(policy=policy, theme=theme, period=period, is_open=is_open)
    if point:
        if asked != LearningAsked():
            raise Mistyped(
                "escalate learning: --open, --policy, --theme and a period choose what is listed",
                remedy="leave them out to say what became of one point",
                recorded="",
            )
        _follow_up(*_named(point, number), source, plain=plain, as_json=as_json)
        return
    if source is not None:
        raise Mistyped(
            "escalate learning: --from answers what became of one point",
            remedy="say which: escalate learning REF:N --from FILE",
            recorded="",
        )
    screen = Screen.here(plain=plain)
    most = limit or (None if as_json or screen.kind == "piped" else ON_A_TERMINAL)
    _list(asked, typed, screen, most, as_json=as_json)


def _named(point: str, number: int | None) -> tuple[str, int]:
    """Return the reference and the number, 0 where it is to be asked.

    Raises:
        Mistyped: there is no number behind the colon, or two numbers.
    """
    reference, colon, behind = point.rpartition(":")
    if not colon:
        return point, number or 0
    if number or not reference or not (behind.isascii() and behind.isdigit() and int(behind)):
        raise Mistyped(
            "escalate learning: a point is written REF:N",
            remedy="such as KSCP-2026-0007-Q4TX:2; escalate learning numbers them",
            recorded="",
        )
    return reference, int(behind)


def _list(asked: LearningAsked, typed: PeriodTyped, screen: Screen, limit: int | None, *, as_json: bool) -> None:
    with closing(readers.open_for_reading(database())) as con:
        if asked.policy or asked.theme:
            from escalate.casework.choosing import refuse_unknown

            refuse_unknown(con, policy=asked.policy, theme=asked.theme)
        page = LearningPage(
            today=today(),
            points=learning_rows(con, asked),
            limit=limit,
            filters=_filters(asked, typed),
            others=others_of_each(con),
        )
    if as_json:
        from escalate.render.json_out import print_json

        print_json("learning", points_as_plain(page))
        return
    show_points(screen, page)
    if screen.kind == "piped" and not page.points:
        typer.echo(no_points(page), err=True)


def _filters(asked: LearningAsked, typed: PeriodTyped) -> tuple[str, ...]:
    """Return what was asked for as it was typed; a period without its last day with the day it goes to."""
    said = (
        "--open" if asked.is_open else "",
        f'--policy "{asked.policy}"' if asked.policy else "",
        f'--theme "{asked.theme}"' if asked.theme else "",
        f"--quarter {typed.quarter}" if typed.quarter else "",
        f"--year {typed.year}" if typed.year else "",
        f"--since {asked.period.first} --until {asked.period.last}"
        if asked.period and not (typed.quarter or typed.year)
        else "",
    )
    return tuple(one for one in said if one)


def _follow_up(reference: str, number: int, source: str | None, *, plain: bool, as_json: bool) -> None:
    from escalate.ask.scripts.following_up import PointsOf, follow_up_script
    from escalate.casework.desk import Desk, Recorded
    from escalate.casework.learning import follow_up
    from escalate.cli.interviewing import Interviewer
    from escalate.cli.looking_ahead import beside
    from escalate.cli.sitting import finish, open_desk
    from escalate.core.answers import Answers
    from escalate.core.learning import learning_points, point_numbered
    from escalate.core.policy import follow
    from escalate.errors import NotFound
    from escalate.store.people_known import is_somebody_named

    def elsewhere(words: Sequence[str]) -> bool:
        with closing(readers.open_for_reading(database())) as con:
            return is_somebody_named(con, words, only_children=True)

    def of_point(answers: Answers) -> Answers:
        return answers.having("point", str(number)) if number else answers

    with open_desk() as desk:
        stream, opened = desk.find(reference)
        points = learning_points(opened.case)
        if number:
            point_numbered(opened.case, number)
        elif not points:
            raise NotFound(
                f"case {opened.case.reference}: no learning is recorded",
                remedy=f"record it: escalate record {opened.case.reference}",
                recorded="",
            )
        elif not (points := tuple(one for one in points if one.state == "open")):
            raise NotFound(
                f"case {opened.case.reference}: no learning point is open",
                remedy=f"to open one again, name it: escalate learning {opened.case.reference}:1",
                recorded="",
            )
        groups = tuple(dict.fromkeys(report.group for report in follow(opened.policy).report))
        script = follow_up_script(
            PointsOf(opened.case, points), desk.today, number=number, groups=groups, elsewhere=elsewhere
        )

        def tried(trial: Desk, given: Answers) -> Recorded:
            return follow_up(trial, stream, of_point(given))

        verb = f"learning {number}" if number else "learning"
        asked = Interviewer(desk, verb, source, plain=plain)
        answers, draft = asked.answers(script, stream, beside=beside(desk, opened, tried))
        recorded = follow_up(desk, stream, of_point(answers), draft)
        finish(
            desk,
            recorded,
            plain=plain,
            as_json=as_json,
            next_commands=(f"escalate show {opened.case.reference}", "escalate learning --open"),
        )
