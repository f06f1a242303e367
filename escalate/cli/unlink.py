"""`escalate unlink`: two cases are two escalations after all."""

from __future__ import annotations

from escalate.cli.link import Other, ask_and_record, link_data, say_together
from escalate.cli.options import AsJson, Plain, Reference, Source
from escalate.cli.sitting import open_desk
from escalate.render.console import Screen
from escalate.render.json_out import print_json


def command(
    reference: Reference, other: Other, source: Source = None, plain: Plain = False, as_json: AsJson = False
) -> None:
    """Say that two linked cases are two escalations after all. Both entries stay: the link and that it was taken back.

    Cases that are one escalation only through a third are parted by taking back a link with that one.
    """
    with open_desk() as desk:
        done = ask_and_record(desk, (reference, other), source, plain=plain, are_one=False)
        if as_json:
            print_json("unlinked", link_data(done))
            return
        screen = Screen.here(plain=plain)
        first, second = done.references
        if not done.events:
            screen.say(f"{first} and {second} are not linked. Nothing was recorded.")
        elif second in done.together:
            screen.say(f"{first} and {second} are no longer linked with each other, and still one through others.")
        else:
            screen.say((f"{first} and {second} are two escalations", "strong"), ", and count as two.")
        say_together(screen, done)
