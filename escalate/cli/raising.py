"""`escalate raise`: open a case; what to do now, whom to tell, by when."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Annotated, cast

import typer

from escalate.ask.question import Script
from escalate.ask.scripts.known import Known, children_known
from escalate.ask.scripts.raising import Aids, raise_script
from escalate.ask.scripts.safety import emergency_lines
from escalate.casework.desk import Desk, OpenCase, Recorded
from escalate.casework.messaging import words_to_each
from escalate.casework.raising import policy_named, raise_concern
from escalate.casework.raising_aids import RaisingAids
from escalate.casework.raising_alike import open_already
from escalate.cli.interviewing import Interviewer, say
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.raising_ahead import ahead_of_raising
from escalate.cli.setup import hold_setup, policy_options
from escalate.cli.sitting import finish, known_at, open_desk, say_emergency, say_message
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.policy import Policy
from escalate.errors import NotFound
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.late_words import say_late
from escalate.render.policy_lists import say_contact
from escalate.render.unsaid_words import say_unsaid
from escalate.store.children_before import children_before

_OFFERED = 5
"""Of how many children of earlier cases one can be chosen by number."""
Received = Annotated[
    bool, typer.Option("--received", help="Our agency is the one challenged: another agency raised it with us.")
]


def command(source: Source = None, received: Received = False, plain: Plain = False, as_json: AsJson = False) -> None:
    """Open a case: is a child at immediate risk, is this the right route, then six answers.

    Whoever wants says more at once; what is left becomes a reminder. It prints the reference, whom to tell and how,
    every deadline with its clause, and a message to copy. A file must answer: risk, route, children or theme,
    receiving (raising_agency with --received), decision, learned_on, concern, outcome_wanted.
    """
    with open_desk() as desk:
        _set_up_first(desk, source, plain=plain)
        aids = RaisingAids(desk)
        verb = "raise --received" if received else "raise"
        interviewer = Interviewer(desk, verb, source, plain=plain)
        beside = ahead_of_raising(desk, aids, received=received)
        script = script_of_raising(desk, aids, received=received, is_heard=source is None)
        answers, draft = interviewer.answers(script, given=_implied, beside=beside)
        recorded = raise_concern(desk, answers, received=received, draft=draft)
        next_verb = "show" if answers.is_known("told_on") else "record"
        next_commands = [f"escalate {next_verb} {recorded.after.case.reference}", "escalate due"]
        if draft and draft.stream:
            next_commands.insert(0, "escalate receive FILE (the form that it was opened from: it is then kept with it)")
        say_raised(desk, recorded, next_commands, plain=plain, as_json=as_json)


def script_of_raising(desk: Desk, aids: RaisingAids, *, received: bool, is_heard: bool = True) -> Script:
    """Return the interview of `raise` at this desk.

    Args:
        is_heard: somebody is there to be told in time that it comes late; how late it is takes a while to work out.
    """
    # Of what reached us, how late it came is theirs.
    says_late = is_heard and not received
    return raise_script(
        known_to_raise(desk),
        policy_options(),
        cache(policy_named),
        received=received,
        aids=Aids(needed=aids.needed, late=partial(_late, aids)) if says_late else Aids(needed=aids.needed),
    )


def say_raised(desk: Desk, recorded: Recorded, next_commands: Sequence[str], *, plain: bool, as_json: bool) -> None:
    """Show a case just opened: what to do now, whom to tell, by when; or the same as JSON."""
    opened = recorded.after
    if before := open_already(desk, opened.case):
        print(f"note: a case like it is open already: {before}", file=sys.stderr)
    if not as_json:
        screen = Screen.here(plain=plain)
        _what_to_do(screen, desk, recorded)
        is_ours = opened.case.raised.our_side == "raising"
        if is_ours and (late := RaisingAids(desk).late_in(opened)):
            screen.say(say_late(late.first_on, late.stage, late.next_on))
        say_unsaid(screen, opened.case)
        screen.gap()
    finish(desk, recorded, plain=plain, as_json=as_json, next_commands=next_commands)


def known_to_raise(desk: Desk) -> Known:
    """Return what `raise` may offer: people and agencies named before, and the children of the latest cases."""
    with desk.reading() as con:
        children = children_known(children_before(con, _OFFERED + 1))
    has_more = len(children) > _OFFERED
    return replace(known_at(desk), children=children[:_OFFERED], has_more_children=has_more)


def _late(aids: RaisingAids, policy: Policy, began_on: date) -> str:
    late = aids.late(policy, began_on)
    return say_late(late.first_on, late.stage, late.next_on) if late else ""


def _set_up_first(desk: Desk, source: str | None, *, plain: bool) -> None:
    """Hold the few questions of setup before the first case; the numbers to telephone come before them."""
    try:
        desk.setup()
    except NotFound:
        if source is not None or not sys.stdin.isatty():
            raise
        say(emergency_lines(Known(today=desk.today)))
        say("\nBefore the first case: a few questions about you, asked once.\n")
        hold_setup(desk, None, plain=plain)


def _implied(text: str) -> Answers:
    """Return what a file with children, or with a theme, is about, where it does not say so itself."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Answers()  # said at its line by whoever reads the answers
    if tables.get("route") == "practice" or "about" in tables or ("children" in tables) == ("theme" in tables):
        return Answers()
    return Answers({"about": "children" if "children" in tables else "theme"})


def _say_answer(screen: Screen, opened: OpenCase, today: date) -> None:
    """Say what the agency that was challenged does first, and by when; that it has no date where none runs yet."""
    case = opened.case
    owed = [one for one in opened.owed if one.is_open and one.due_on and not one.condition]
    ours = [one for one in owed if one.party in ("receiving", "both")]
    first = min(ours, key=lambda one: (one.due_on or date.max, one.party != "receiving"), default=None)
    if first and first.due_on:
        over = "" if first.due_on >= today else ", which has passed: now"
        by = f"by {format_day(first.due_on)}{over}"
        screen.say(("Now: ", "strong"), f"{first.who} {first.force} {first.act}, {by}.", hang=2)
    else:
        screen.say(("Now: ", "strong"), "answer whoever raised it, and agree a day: the policy gives none yet.", hang=2)
    screen.say(f"Then type: escalate record {case.reference}", hang=2)


def _say_now(screen: Screen, opened: OpenCase, today: date) -> None:
    """Say in three lines what cannot wait: whom to tell, how to reach them and by when, and what to type then."""
    case = opened.case
    told = {cast(e.CounterpartTold, event.fact).agency for event in case.of(e.CounterpartTold)}
    untold = [agency for agency in case.raised.receiving_agencies if agency not in told]
    if case.raised.our_side == "receiving":
        _say_answer(screen, opened, today)
    if case.raised.our_side != "raising" or not untold:
        return
    people = [case.parties[person] for person in case.raised.counterparts]
    whom = []
    for agency in untold:
        there = next((person for person in people if person.agency == agency), None)
        name = f"{there.name}, {case.name_of(agency)}" if there else case.name_of(agency)
        whom.append(f"{name} ({there.telephone})" if there and there.telephone else name)
    on_telling = {clock.id for clock in opened.policy.clock if "the counterpart told" in clock.until}
    first = min(
        (one.due_on for one in opened.owed if one.is_open and one.item in on_telling and one.due_on), default=None
    )
    by = f", by {format_day(first)}" if first else ""
    if first and first <= today:
        by = ", today" if first == today else f", at once: it was due by {format_day(first)}"
    screen.say(("Now: ", "strong"), f"tell {'; '.join(whom)}{by}.", hang=2)
    screen.say(f"Then type: escalate record {case.reference}", hang=2)


def _what_to_do(screen: Screen, desk: Desk, recorded: Recorded) -> None:
    opened = recorded.after
    case, stage = opened.case, opened.policy.stage_of(opened.case.stage)
    screen.say(("Case opened: ", "heading"), (case.reference, "strong"))
    _say_now(screen, opened, desk.today)
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
        screen.heading("Whom to tell, and how" if case.raised.our_side == "raising" else "Who speaks, and how")
        ours, theirs = stage.between if case.raised.our_side == "raising" else stage.between[::-1]
        how = f", {stage.how}" if stage.how else ""
        screen.say(f"{stage.title}: {ours} and {theirs}{how}.", indent=2, hang=2)
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
