"""`escalate link`: two cases are one escalation, and count once."""

from __future__ import annotations

from typing import Annotated

import typer

from escalate.ask.scripts.linking import link_script, unlink_script
from escalate.casework.desk import Desk
from escalate.casework.linking import LinkRecorded, link_cases, refuse_through_others, two_cases, unlink_cases
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

    In the log and in reports it stands under the one raised first, and is open while one of them is.
    Both cases keep their own entries, dates and forms; each says which the other is. Links join: where a second is
    linked with a third, all three are one.
    """
    with open_desk() as desk:
        done = ask_and_record(desk, (reference, other), source, plain=plain, are_one=True)
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


def ask_and_record(
    desk: Desk, named: tuple[str, str], source: str | None, *, plain: bool, are_one: bool
) -> LinkRecorded:
    """Ask why two cases are one escalation, or two after all, and record it; neither where they stand so already.

    Raises:
        NotFound, CannotDecide: as for `link_cases` and `unlink_cases`.
    """
    with desk.reading() as con:
        two = two_cases(con, *named)
        if not are_one:
            refuse_through_others(con, two)
    verb, script, record = ("link", link_script, link_cases) if are_one else ("unlink", unlink_script, unlink_cases)
    if two.are_linked == are_one:
        return record(desk, *named, "")
    answers, draft = Interviewer(desk, f"{verb} {two.references[1]}", source, plain=plain).answers(
        script(), two.streams[0]
    )
    return record(desk, *named, answers.text("reason"), draft)


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
