"""`escalate link`: two cases are one escalation, and count once."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.ask.scripts.linking import link_script
from escalate.casework.linking import LinkRecorded, link_cases, two_cases
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import open_desk
from escalate.render.console import Screen
from escalate.render.json_out import print_json

Other = Annotated[str, typer.Argument(metavar="REF", help="The other case.")]


def command(
    reference: Reference, other: Other, source: Source = None, plain: Plain = False, as_json: AsJson = False
) -> None:
    """Say that two cases are one escalation: two records of the same disagreement. They count once from then on.

    Both cases keep their own entries, dates and forms; each says which the other is. Links join: where a second is
    linked with a third, all three are one.
    """
    with open_desk() as desk:
        with desk.reading() as con:
            two = two_cases(con, reference, other)
        answers, draft = None, None
        if not two.are_linked:
            interviewer = Interviewer(desk, f"link {two.references[1]}", source, plain=plain)
            answers, draft = interviewer.answers(link_script(), two.streams[0])
        done = link_cases(desk, reference, other, answers.text("reason") if answers else "", draft)
        if as_json:
            print_json("linked", link_data(done))
            return
        screen = Screen.here(plain=plain)
        first, second = done.references
        if not done.events:
            screen.say(f"{first} and {second} are linked already. Nothing was recorded.")
        else:
            screen.say((f"{first} and {second} are one escalation", "strong"), ", and count once.")
        say_together(screen, done)


def link_data(done: LinkRecorded) -> dict[str, object]:
    """Return what was recorded as plain data, for --json."""
    return {
        "references": list(done.references),
        "recorded": bool(done.events),
        "one_escalation": list(done.together),
        "entries": [
            {"reference": reference, "sequence": event.sequence, "kind": event.kind}
            for reference, events in zip(done.references, done.events, strict=False)
            for event in events
        ],
    }


def say_together(screen: Screen, done: LinkRecorded) -> None:
    """Say which cases the first one's escalation has, where they are more than two, and what to type next."""
    if len(done.together) > 2:
        screen.say(f"One escalation now: {', '.join(done.together)}.", hang=2)
    screen.say(f"Next: escalate show {done.references[0]}, or escalate list")
