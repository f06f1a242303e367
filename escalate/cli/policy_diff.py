"""`escalate policy diff`: what changed from one edition to another, and what it would do to the open cases."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.cli.options import ShownAsJson, ShownPlain
from escalate.clock import today
from escalate.core.policy import Policy
from escalate.core.two_editions import CasesUnderBoth
from escalate.files.places import database
from escalate.files.policies.loading import PolicyText, load_policy
from escalate.render.console import Screen
from escalate.render.json_out import print_json
from escalate.render.policy_diff_page import cases_as_plain, differences_as_plain, show_cases, show_differences
from escalate.render.policy_differences import differences


def command(
    first: Annotated[str, typer.Argument(metavar="A", help="A policy's name, or a .toml file.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The one to compare it with.")],
    as_json: ShownAsJson = False,
    plain: ShownPlain = False,
) -> None:
    """What changed from A to B, item by item; then which open cases of A would have other dates under B.

    Cases stay under the edition they were raised in. Nothing is recorded.
    """
    (was, was_text), (now, now_text) = (load_policy(name, today()) for name in (first, second))
    found = differences(was, now)
    cases = _cases(was_text, now)
    if as_json:
        names = {"first": _named(was, was_text), "second": _named(now, now_text)}
        print_json("policy diff", {**names, "differences": differences_as_plain(found), "cases": cases_as_plain(cases)})
        return
    screen = Screen.here(plain=plain)
    screen.say((f"From {was_text.name} to {now_text.name}", "heading"))
    if found:
        show_differences(screen, found)
    else:
        screen.say("Nothing differs.")
    if cases:
        show_cases(screen, cases, was_text.name, now_text.name)


def _named(policy: Policy, written: PolicyText) -> dict[str, str]:
    return {"name": written.name, "digest": written.digest, "edition": policy.policy.edition}


def _cases(first: PolicyText, second: Policy) -> CasesUnderBoth | None:
    """Return the open cases under both editions, or None where nothing is recorded yet."""
    # Reading cases is slower than comparing files, and not wanted by the other verbs of this family.
    from escalate.casework.policy_differences import cases_under
    from escalate.store.reading import reading_if_any

    with reading_if_any(database()) as con:
        return cases_under(con, first, second) if con else None
