"""What is not said yet of a case, as a reminder: what it is, and the command that says it."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.core.case import Case
from escalate.core.unsaid import Unsaid, unsaid
from escalate.render.console import Screen


def say_unsaid(screen: Screen, case: Case) -> None:
    """Write what is not said yet under a heading of its own; nothing where all is said."""
    left = unsaid(case)
    if not left:
        return
    screen.heading("Not said yet")
    for one in left:
        screen.say(f"- {one.what}", indent=2, hang=2)
    screen.say(say_commands(left, case), indent=2, hang=2)


def say_commands(left: Sequence[Unsaid], case: Case) -> str:
    """Return by which commands it is said: "To say it: escalate record REF"."""
    verbs = dict.fromkeys(one.verb for one in left)
    return f"To say it: {', '.join(_command(verb, case) for verb in verbs)}"


def unsaid_as_plain(case: Case) -> list[dict[str, str]]:
    """Return what is not said yet as `--json` gives it: what it is, of which child or agency, and the command."""
    return [_as_plain(one, case) for one in unsaid(case)]


def _as_plain(one: Unsaid, case: Case) -> dict[str, str]:
    return {"id": one.id, "what": one.what, "about": one.about, "command": _command(one.verb, case)}


def _command(verb: str, case: Case) -> str:
    return f"escalate {verb} {case.reference}"
