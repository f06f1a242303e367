"""`escalate setup`: who I am, for which agency, under which policy, whose bank holidays."""

from __future__ import annotations

import getpass
import sys

from escalate.ask.conversation import Beside, Occasion, Save
from escalate.ask.question import Option, Script
from escalate.ask.scripts.known import Known, known
from escalate.ask.scripts.setting_up import EDITED, PLAIN, is_edited, setup_script
from escalate.casework.desk import Desk
from escalate.casework.setting_up import Asks, names_recorded, set_up
from escalate.cli.interviewing import Interviewer, show
from escalate.cli.options import AsJson, Plain, Source
from escalate.cli.plain_once import is_told_plain, settle_as
from escalate.cli.sitting import open_desk
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.errors import NotFound
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


class _Interviewer(Interviewer):
    """The way to the answers of `setup`: asked in plain lines until its first answer says how to ask."""

    def _held(self, script: Script, started: Answers, save: Save, beside: Beside) -> Answers:
        if self.plain:
            return super()._held(script, started, save, beside)
        from escalate.ask.as_answered import run

        occasion = Occasion(show, save, self.desk.today)
        return run(script, occasion, answers=started, beside=beside, is_edited=is_edited)


def hold_setup(desk: Desk, source: str | None, *, plain: bool) -> e.SetupRecorded:
    """Ask or read who uses this database, record it, and return it.

    At a terminal the first question is how to ask, in plain lines whatever the answer will be; the rest is asked so.
    """
    before = _known(desk)
    asks: Asks = before.setup.asks if before.setup else ""
    interviewer = _Interviewer(desk, "setup", source, plain=plain)
    interviewer.plain = is_told_plain(plain=plain)  # what was set up before is asked again here
    proposed = "" if source is not None or not sys.stdin.isatty() else asks or (PLAIN if interviewer.plain else EDITED)
    names = names_recorded(desk) if _is_set_up(desk) else ("", "", "")
    answers, draft = interviewer.answers(setup_script(before, policy_options(), names, proposed))
    fact = set_up(desk, answers, _account(), draft, asks)
    settle_as(plain=fact.asks == PLAIN)
    return fact


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
