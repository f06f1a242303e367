"""How a verb that records begins and ends: the desk, then what was recorded, the notice and the next command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from escalate.ask.scripts.known import Known, known
from escalate.casework.desk import Desk, OpenCase, Recorded
from escalate.casework.projection import rows_of
from escalate.core import events as e
from escalate.core.learning import BECAME
from escalate.core.letter_names import INITIALS_STAND
from escalate.errors import EscalateError
from escalate.files.places import home
from escalate.render.console import NOTICE, PROSE_WIDTH, Screen
from escalate.render.json_out import print_json
from escalate.render.next_steps import next_in_case
from escalate.render.recorded import recorded_data, say_recorded

if TYPE_CHECKING:
    from escalate.render.messages import Message

INITIALS_SAID = "Names in your words stand as initials in it."


def open_desk() -> Desk:
    """Return the desk of this person's home."""
    return Desk(home())


def known_at(desk: Desk) -> Known:
    """Return what the interviews of a set-up desk may offer.

    Raises:
        NotFound: setup has not been run.
    """

    # A question is looked at many times over, and the names of a whole record are many.
    @cache
    def named(words: tuple[str, ...]) -> bool:
        from escalate.store.people_known import is_somebody_named

        with desk.reading() as con:
            return is_somebody_named(con, words, only_children=True)

    offered = known(desk.today, desk.setup(), desk.known_parties())
    return replace(offered, elsewhere=lambda words: named(tuple(words)))


def finish(
    desk: Desk,
    recorded: Recorded,
    *,
    plain: bool,
    as_json: bool,
    next_commands: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
) -> None:
    """Show what a verb recorded, in words or as JSON, then the notice and the next command; `more` is for JSON."""
    rows = rows_of(recorded.after.case, recorded.after.policy, recorded.after.owed)
    before = recorded.before
    items = rows_of(before.case, before.policy, before.owed).items if before else ()
    if as_json:
        data = recorded_data(rows.case, recorded.events, items, rows.items)
        print_json("recorded", {**data, **(more or {}), "notice": NOTICE})
        return
    screen = Screen.here(plain=plain)
    at_risk = any(isinstance(x.fact, e.RiskConsidered) and x.fact.answer != "no" for x in recorded.events)
    if at_risk and before:  # a case just opened has said so at its head
        say_emergency(screen, desk)
    say_recorded(screen, recorded.events, items, rows, desk.today)
    # What became of a learning point presses nobody in the case.
    is_of_case = not recorded.events or not all(isinstance(x.fact, BECAME) for x in recorded.events)
    end(screen, recorded.after, next_in(desk, recorded.after, next_commands) if is_of_case else next_commands)


def next_in(desk: Desk, opened: OpenCase, commands: Sequence[str] = ()) -> list[str]:
    """Return what to type next in a case: a verb's own commands that record, what presses, then those that only look.

    In a logged case what presses is the agencies' own, whom nobody here goes up for.

    Args:
        commands: of the verb that has just recorded; to look at the case, where it has none.
    """
    reference = opened.case.reference
    own = list(commands) or [f"escalate show {reference}"]
    looks = [command for command in own if command.split()[1] in ("show", "due", "learning")]
    rows = rows_of(opened.case, opened.policy, opened.owed)
    is_ours = rows.case.our_side != "partnership"
    pressing = next_in_case(reference, rows.items, desk.today) if is_ours else []
    return list(dict.fromkeys([*(command for command in own if command not in looks), *pressing, *looks]))


def say_emergency(screen: Screen, desk: Desk) -> None:
    """Show whom to telephone now."""
    from escalate.ask.scripts.safety import emergency_lines

    screen.heading("Telephone now")
    for line in emergency_lines(known_at(desk)).split("\n"):
        screen.say(line, indent=2, hang=2)


def say_message(screen: Screen, kind: Message, words: Mapping[str, str], home: Path) -> None:
    """Show a message to copy. The case is recorded by now: a template that cannot be filled is said, not raised."""
    from escalate.render.messages import draft_message

    screen.heading("A message to copy")
    try:
        screen.user(draft_message(kind, words, home))
        if screen.kind == "spoken":  # aloud, nothing else tells where the words to copy end
            screen.say("End of the message.", indent=2)
        if words.get(INITIALS_STAND):
            screen.say(INITIALS_SAID, indent=2, hang=2)
    except EscalateError as problem:
        screen.say(f"It could not be drafted: {problem.what}; {problem.remedy}", indent=2, hang=2)


def end(screen: Screen, opened: OpenCase, next_commands: Sequence[str] = ()) -> None:
    """Say what escalate has not done, and what to type next."""
    screen.gap()
    screen.say((NOTICE, "strong"))
    commands = list(next_commands) or [f"escalate show {opened.case.reference}"]
    line = f"Next: {', or '.join(commands)}"
    if screen.kind == "piped" or len(line) <= min(screen.width, PROSE_WIDTH):
        screen.say(line)
        return
    # A command is there to be copied: one that were broken over two lines could not be.
    screen.say("Next:")
    screen.lines([f"{'or ' if place else ''}{command}" for place, command in enumerate(commands)], indent=2)
