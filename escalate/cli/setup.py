"""`escalate setup`: who I am, for which agency, under which policy, whose bank holidays."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import redirect_stdout
from typing import cast

from escalate.ask.conversation import LeftOff
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.ask.question import Option, Question
from escalate.ask.scripts.known import Known, known
from escalate.ask.scripts.setting_up import EDITED, PLAIN, how_to_ask, setup_script
from escalate.casework.desk import Desk
from escalate.casework.setting_up import Asks, names_recorded, set_up
from escalate.cli.interviewing import Interviewer
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.plain_once import PLAIN as PLAIN_VARIABLE
from escalate.cli.plain_once import settle_as
from escalate.cli.sitting import open_desk
from escalate.core import events as e
from escalate.errors import Interrupted, NotFound
from escalate.files.policies.editions import editions
from escalate.files.policies.loading import load_policy, policy_standing
from escalate.render.console import NOTICE, Screen
from escalate.render.days import format_count
from escalate.render.json_out import print_json


def command(source: Source = None, plain: Plain = False, as_json: AsJson = False) -> None:
    """Say who you are, for which agency, under which policy, and whose bank holidays count.

    It makes the database where there is none, and stores the nation's working calendar. Run it again to change
    anything: what was recorded before stays in the record.
    """
    with open_desk() as desk:
        fact = hold_setup(desk, source, plain=plain)
        if as_json:
            print_json("setup", {"policy": fact.policy, "nation": fact.nation, "database": desk.ledger.path})
            return
        screen = Screen.here(plain=plain)
        screen.say(("Recorded: ", "strong"), f"who you are, and the bank holidays of {fact.nation}.")
        screen.say(f"The record is kept in {desk.ledger.path}.")
        screen.say("It is not encrypted: whoever can open your account or your disk can read it.")
        missing = [
            words
            for number, words in ((fact.emergency_day, "the day"), (fact.emergency_out_of_hours, "out of hours"))
            if not number
        ]
        if missing:
            screen.say(f"No confirmed telephone number of children's social care for {' and '.join(missing)} yet.")
        gaps = [gap for gap in load_policy(fact.policy)[0].to_fill_in if not gap.answer]
        if gaps:
            left = format_count(len(gaps), "thing")
            screen.say(f"This policy leaves {left} for the partnership to fill in: escalate policy check {fact.policy}")
        screen.say((NOTICE, "strong"))
        screen.say("Next: escalate raise, or to try it on an invented case first: escalate practice")


def hold_setup(desk: Desk, source: str | None, *, plain: bool) -> e.SetupRecorded:
    """Ask or read who uses this database, record it, and return it.

    At a terminal the first question is how to ask, in plain lines whatever the answer will be; the rest is asked so.
    """
    before = _known(desk)
    asks: Asks = before.setup.asks if before.setup else ""
    if source is None and sys.stdin.isatty():
        # As with every question: what a program reads from standard output holds none.
        with redirect_stdout(sys.stdout if sys.stdout.isatty() else sys.stderr):
            asks = _asked_how(how_to_ask(before), asks, plain=plain)
        settle_as(plain=asks == PLAIN)
    script = setup_script(before, policy_options(), names_recorded(desk) if _is_set_up(desk) else ("", "", ""))
    answers, draft = Interviewer(desk, "setup", source, plain=plain).answers(script)
    fact = set_up(desk, answers, _account(), draft, asks)
    settle_as(plain=fact.asks == PLAIN)
    return fact


def _asked_how(question: Question, before: Asks, *, plain: bool) -> Asks:
    """Ask how to ask; Enter alone takes what was said before, else what this run was begun with.

    Raises:
        Interrupted: the person left; there is nothing to keep yet.
    """
    simple = plain or os.environ.get(PLAIN_VARIABLE) or os.environ.get("TERM") == "dumb"
    proposed = before or (PLAIN if simple else EDITED)
    values = [option.value for option in question.options]
    shown = [f"  {number}  {option.shown}" for number, option in enumerate(question.options, 1)]
    lines = ["", question.text, *shown, f"  (Enter: {values.index(proposed) + 1}; ? for help)"]
    keyboard = PlainKeyboard(print)
    print("\n".join(lines))
    try:
        while typed := keyboard.line().strip().casefold():
            if typed in ("1", "2", *values):
                return cast(Asks, typed if typed in values else values[int(typed) - 1])
            print(question.help if typed == "?" else "Type 1 or 2.")
    except (LeftOff, KeyboardInterrupt):
        raise Interrupted("left before anything was asked", remedy="run: escalate setup", recorded="") from None
    return cast(Asks, proposed)


def _account() -> str:
    """Return the name of this person's account, "" where the system has none for them."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""


def policy_options() -> tuple[Option, ...]:
    """Return the editions that can be used, each with its partnership, by their headers alone.

    One whose file has problems is among them: choosing it says what they are, and the others can be used meanwhile.
    """
    options = []
    for edition in editions():
        standing = policy_standing(edition.name)
        own = "" if standing == "shipped" else f" ({standing})"
        options.append(Option(edition.name, f"{edition.partnership}, {edition.name}{own}"))
    return tuple(options)


def _is_set_up(desk: Desk) -> bool:
    try:
        desk.setup()
    except NotFound:
        return False
    return True


def _known(desk: Desk) -> Known:
    return known(desk.today, desk.setup() if _is_set_up(desk) else None, desk.known_parties())
