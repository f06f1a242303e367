"""`escalate who`: whom a role goes to, the posts and contacts a policy names, and who speaks to whom at each stage."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.policy import follow
from escalate.core.whom import Wanted, whom_it_names
from escalate.errors import NotFound
from escalate.files.places import database
from escalate.files.policies.loading import load_policy
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.render.who_page import show_who, who_as_plain
from escalate.store import readers


def command(
    policy: Annotated[
        str, typer.Option(metavar="NAME", help="A policy's name, as policy list shows it; else the one of setup.")
    ] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help="Your role or a part of it: whom it goes to.")] = "",
    stage: Annotated[str, typer.Option(metavar="ID", help="Only what holds at this stage.")] = "",
    agency: Annotated[str, typer.Option(metavar="AGENCY", help="Only roles and posts of this agency.")] = "",
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """Whom a role goes to by the policy; without --role everybody it names, and how to reach them.

    Posts and agencies only: who holds a post today is for that agency to say.
    """
    read, _ = load_policy(policy or _usual(), today())
    found = whom_it_names(follow(read), Wanted(role=role, stage=stage, agency=agency))
    if as_json:
        print_json("who", who_as_plain(found))
        return
    show_who(Screen.here(plain=plain), found)


def _usual() -> str:
    """Return the policy that setup recorded.

    Raises:
        NotFound: there is no setup.
    """
    if database().is_file():
        with closing(readers.open_for_reading(database())) as con:
            setup = readers.setup(con)
        if setup:
            return setup.policy
    raise NotFound(
        "whose policy is not known: nobody has said here under which one they work",
        remedy="say it each time: escalate who --policy NAME; or once: escalate setup",
    )
