"""`escalate who`: whom a role goes to, the posts and contacts a policy names, who speaks to whom; or of one case."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Annotated

import typer

from escalate.cli.boundary import Mistyped
from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.case import read_case
from escalate.core.policy import follow
from escalate.core.whom import Wanted, whom_it_names
from escalate.errors import NotFound
from escalate.files.places import database
from escalate.files.policies.kept_policy import policy_kept
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.render.who_in_case import show_who_in_case, who_in_case_as_plain
from escalate.render.who_page import show_who, who_as_plain
from escalate.store import readers
from escalate.store.case_list import case_row


def command(
    reference: Annotated[
        str, typer.Argument(metavar="[REF]", help="A case: its people, and whom its policy names at its stage now.")
    ] = "",
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

    Posts and agencies only: who holds a post today is for that agency to say. With REF, who speaks in that case at its
    stage now, and everybody who was named in it, first.
    """
    wanted = Wanted(role=role, stage=stage, agency=agency)
    if reference:
        _of_case(reference, policy, wanted, plain=plain, as_json=as_json)
        return
    from escalate.files.policies.loading import load_policy

    read, _ = load_policy(policy or _usual(), today())
    found = whom_it_names(follow(read), wanted)
    if as_json:
        print_json("who", who_as_plain(found))
        return
    show_who(Screen.here(plain=plain), found)


def _of_case(reference: str, policy: str, wanted: Wanted, *, plain: bool, as_json: bool) -> None:
    """Show the people of a case, and of the policy it was raised under, at its stage where no other is asked for."""
    if policy:
        raise Mistyped(
            "escalate who: a case has its own policy, the one it was raised under",
            remedy="give its reference, or --policy, not both",
        )
    with closing(readers.open_for_reading(database())) as con:
        row = case_row(con, reference)
        case = read_case(readers.chronology(con, row["stream"]))
        kept = follow(policy_kept(readers.policy_text(con, row["policy_digest"]), case.raised.policy))
    found = whom_it_names(kept, replace(wanted, stage=wanted.stage or case.stage))
    if as_json:
        print_json("who", who_as_plain(found) | {"case": who_in_case_as_plain(case, kept)})
        return
    screen = Screen.here(plain=plain)
    if not found.is_of_role:
        show_who_in_case(screen, case, kept, today())
    show_who(screen, found)


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
