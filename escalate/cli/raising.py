"""`escalate raise`: open a case; what to do now, whom to tell, by when."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from typing import Annotated

import typer

from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import raise_script
from escalate.ask.scripts.safety import emergency_lines
from escalate.casework.desk import Desk, Recorded
from escalate.casework.messaging import words_to_each
from escalate.casework.raising import policy_named, raise_concern
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.setup import hold_setup, policy_options
from escalate.cli.sitting import finish, known_at, open_desk, say_emergency, say_message
from escalate.core.answers import Answers
from escalate.errors import NotFound
from escalate.render.console import Screen
from escalate.render.policy_lists import say_contact

Received = Annotated[
    bool, typer.Option("--received", help="Our agency is the one challenged: another agency raised it with us.")
]


def command(source: Source = None, received: Received = False, plain: Plain = False, as_json: AsJson = False) -> None:
    """Open a case: is a child at immediate risk, is this the right route, then six answers.

    Whatever else you do not know yet can be left as "not known yet". It prints the reference, whom to tell and how,
    every deadline with its clause, and a message to copy. A file must answer: risk, route, children or theme,
    receiving (raising_agency with --received), decision, learned_on, concern, outcome_wanted.
    """
    with open_desk() as desk:
        _set_up_first(desk, source, plain=plain)
        script = raise_script(known_at(desk), policy_options(), cache(policy_named), received=received)
        verb = "raise --received" if received else "raise"
        answers, draft = Interviewer(desk, verb, source, plain=plain).answers(script, given=_implied)
        recorded = raise_concern(desk, answers, received=received, draft=draft)
        if not as_json:
            _what_to_do(Screen.here(plain=plain), desk, recorded)
        reference = recorded.after.case.reference
        told = "record what you said and to whom" if not answers.is_known("told_on") else "see the case"
        verb = "record" if told.startswith("record") else "show"
        finish(
            desk,
            recorded,
            plain=plain,
            as_json=as_json,
            next_commands=(f"escalate {verb} {reference}", "escalate due"),
        )


def _set_up_first(desk: Desk, source: str | None, *, plain: bool) -> None:
    """Hold the few questions of setup before the first case; the numbers to telephone come before them."""
    try:
        desk.setup()
    except NotFound:
        if source is not None or not sys.stdin.isatty():
            raise
        print(emergency_lines(Known(today=desk.today)))
        print("\nBefore the first case: a few questions about you, asked once.\n")
        hold_setup(desk, None, plain=plain)


def _implied(text: str) -> Answers:
    """Return what a file with children, or with a theme, is about, where it does not say so itself."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Answers()  # said at its line by whoever reads the answers
    if "about" in tables or ("children" in tables) == ("theme" in tables):
        return Answers()
    return Answers({"about": "children" if "children" in tables else "theme"})


def _what_to_do(screen: Screen, desk: Desk, recorded: Recorded) -> None:
    opened = recorded.after
    case, stage = opened.case, opened.policy.stage_of(opened.case.stage)
    screen.say(("Case opened: ", "heading"), (case.reference, "strong"))
    screen.say("Write this reference on everything about the case.")
    if case.risk != "no":
        say_emergency(screen, desk)
        for contact in opened.policy.contacts_at_risk:
            screen.say(say_contact(contact, opened.policy.policy.source), indent=2, hang=2)
        screen.say("Then tell your manager and safeguarding lead, now: nothing waits for a stage.", indent=2)
        ways = [way for way in opened.policy.straight_up if way.ground == "immediate risk" and case.stage in way.from_]
        if ways and case.raised.our_side == "raising":
            there = opened.policy.say_stage(ways[0].to)
            screen.say(f"To go to {there} at once, as the policy allows: escalate advance {case.reference}", indent=2)
    if stage:
        screen.heading("Whom to tell, and how")
        ours, theirs = stage.between if case.raised.our_side == "raising" else stage.between[::-1]
        how = f", {stage.how}" if stage.how else ""
        screen.say(f"{stage.title}: {ours} and {theirs}{how}.", indent=2)
        for prompt in opened.policy.prompt:
            if stage.id in prompt.at:  # what is always to be kept in mind was said before the first words
                screen.say(f"{prompt.says} ({prompt.clause})", indent=2, hang=2)
        for person in case.raised.counterparts:
            party = case.parties[person]
            reach = ", ".join(part for part in (party.role, party.telephone, party.email) if part)
            screen.say(f"Counterpart: {party.name}{f' ({reach})' if reach else ''}", indent=2)
    if case.raised.our_side == "raising":
        for words in words_to_each(desk, opened, case.raised.receiving_agencies):
            say_message(screen, "raise", words, desk.home)
    screen.gap()
