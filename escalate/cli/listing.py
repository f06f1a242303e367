"""`escalate list`: the cases, filtered and searched."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import closing
from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.errors import AnswersMissing
from escalate.files.places import database
from escalate.render.case_table import STATES, CasePage, cases_as_plain, no_cases, show_cases
from escalate.render.console import Screen
from escalate.store import readers
from escalate.store.case_links import count_escalations, has_links, others_of_each
from escalate.store.case_list import count_cases, list_cases, streams_of

ON_A_TERMINAL = 50
_SEARCHED = ("reference", "their_reference", "subject", "themes", "stage_title", "receiving_agencies")


def command(
    state: Annotated[str, typer.Option("--state", metavar="STATE", help=f"One of: {', '.join(STATES)}.")] = "",
    search: Annotated[
        str,
        typer.Option(
            "--search", metavar="TEXT", help="Part of a reference, initials, theme, stage or agency. No name."
        ),
    ] = "",
    by_name: Annotated[
        bool, typer.Option("--by-name", help="Ask for a name in the case: typed here, no shell keeps it.")
    ] = False,
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME", help="Only under this policy, or this edition of it.")
    ] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="So many; 50 on a terminal, else all.")
    ] = None,
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """The cases recorded here, the latest first.

    A case "to check" is resolved, and agreed actions are still to be looked at. A person's name is never given on the
    command line, which shells remember: --by-name asks for it, or reads it from standard input.
    """
    state = state.replace("-", " ")
    if state and state not in STATES:
        raise Mistyped(f'escalate list: "{state}" is not a state', remedy=f"one of: {', '.join(STATES)}")
    if by_name and search:
        raise Mistyped("escalate list: --search and --by-name are two ways to look", remedy="use one of them")
    screen = Screen.here(plain=plain)
    most = limit or (None if as_json or screen.kind == "piped" else ON_A_TERMINAL)
    with closing(readers.open_for_reading(database())) as con:
        if policy:
            from escalate.store.choices import refuse_unknown

            refuse_unknown(con, policy=policy)
        if search:
            # The list also searches names, which must not be typed as an option: what only a name matched is left out.
            rows = list_cases(con, state=state, search=search, policy=policy)
            found = [row for row in rows if _is_in(search, (row[name] for name in _SEARCHED))]
            cases, total = found[:most], len(found)
            streams = [row["stream"] for row in found]
        else:
            name = _ask_name() if by_name else ""
            cases = list_cases(con, state=state, search=name, policy=policy, limit=most)
            total = count_cases(con, state=state, search=name, policy=policy)
            streams = streams_of(con, state=state, search=name, policy=policy) if has_links(con) else []
        page = CasePage(
            today=today(),
            cases=cases,
            total=total,
            filters=_filters(state, search, policy, by_name=by_name),
            others=others_of_each(con),
            escalations=count_escalations(con, streams) if streams else total,
        )
    _show(screen, page, as_json=as_json)


def _show(screen: Screen, page: CasePage, *, as_json: bool) -> None:
    if as_json:
        from escalate.render.json_out import print_json

        print_json("cases", cases_as_plain(page))
        return
    show_cases(screen, page)
    if screen.kind == "piped" and not page.cases:
        typer.echo(no_cases(page), err=True)


def _is_in(search: str, values: Iterable[str]) -> bool:
    wanted = search.casefold()
    return any(wanted in value.casefold() for value in values)


def _ask_name() -> str:
    if sys.stdin.isatty():
        print("A name in the case, or part of it: ", end="", file=sys.stderr, flush=True)
    name = sys.stdin.readline().strip()
    if not name:
        raise AnswersMissing("no name was given", remedy="type it, or pass it on standard input")
    return name


def _filters(state: str, search: str, policy: str, *, by_name: bool) -> tuple[str, ...]:
    said = (
        f"--state {state.replace(' ', '-')}" if state else "",
        f'--search "{search}"' if search else "",
        "--by-name" if by_name else "",
        f'--policy "{policy}"' if policy else "",
    )
    return tuple(one for one in said if one)
