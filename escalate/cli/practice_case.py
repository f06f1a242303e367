"""What practice begins with: whose policy, who invented people are, and one case opened some working days ago."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from escalate.ask.answer_file import answers_from_file
from escalate.ask.plain_prompts import PlainKeyboard
from escalate.ask.scripts.raising import raise_script
from escalate.casework.desk import Desk
from escalate.casework.raising import policy_named, raise_concern
from escalate.casework.setting_up import Asks, set_up
from escalate.cli.setup import policy_options
from escalate.cli.sitting import known_at, open_desk
from escalate.core.answers import Answers
from escalate.errors import AnswersMissing, CannotDecide, EscalateError, LedgerRefused, NotFound
from escalate.files.places import database
from escalate.files.policies.editions import editions
from escalate.files.policies.loading import load_policy
from escalate.render.console import Screen
from escalate.store import readers
from escalate.store.case_list import list_cases

_WORKING_DAYS_AGO = 5
_SATURDAY = 5
_ME = {
    "name": "Robin Invented",
    "role": "Designated Safeguarding Lead",
    "agency": "Invented Primary School",
    "email": "robin@invented-primary.example",
}
_CASE = """\
risk = "no"
route = "this policy"
policy = "{policy}"
decision = "To close the referral without an assessment."
learned_on = {learned_on}
concern = "Hungry in school on nine of the last fifteen days, and asleep in lessons."
risk_to_child = "The neglect goes on unseen."
evidence = "The class teacher's notes and the lunchtime register."
outcome_wanted = "A child and family assessment, begun this week."
told_on = {told_on}
told_how = "telephone"

[[children]]
name = "Kit Example"

[[receiving]]
agency = "Invented Children's Social Care"
person = "Alex Specimen"
role = "Social worker"
"""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the person's own setup says that practice takes over: no name, and nothing of any case."""

    policy: str = ""
    nation: str = ""
    day: str = ""
    out_of_hours: str = ""
    asks: Asks = ""


def usual_policy() -> Mine:
    """Return what the person's own setup says, read and never written; nothing where nobody has run it."""
    try:
        with closing(readers.open_for_reading(database())) as con:
            setup = readers.setup(con)
    except (NotFound, LedgerRefused):  # practice is for those too whose record cannot be read today
        return Mine()
    if setup is None:
        return Mine()
    return Mine(setup.policy, setup.nation, setup.emergency_day, setup.emergency_out_of_hours, setup.asks)


def begin_case(screen: Screen, wanted: str, mine: Mine) -> str:
    """Set up the throw-away home and open its case; return the reference, "" where this policy's needs more answers.

    Args:
        wanted: the policy's name, or a partnership's; "" to ask.
    Raises:
        LeftOff: the person left where the policy is asked.
        NotFound, PolicyRefused: there is no such policy, or it has problems.
    """
    with open_desk() as desk:
        policy, written = load_policy(wanted or _asked_policy(screen), desk.today)
        nation = mine.nation or policy.policy.nation
        about = {**_ME, "policy": written.name, "nation": nation}
        about |= {"emergency_day": mine.day, "emergency_out_of_hours": mine.out_of_hours}
        set_up(desk, Answers(about), "practice", asks=mine.asks)
        screen.say(f"Practising with: {policy.policy.partnership}, {written.name}")
        try:
            return _opened(desk, written.name)
        except (AnswersMissing, CannotDecide):
            return ""


def _opened(desk: Desk, policy: str) -> str:
    """Open the case as it would have been opened some working days ago."""
    now = desk.today
    desk.today = _weekdays_before(now, _WORKING_DAYS_AGO - 1)
    days = {"learned_on": _weekdays_before(now, _WORKING_DAYS_AGO), "told_on": desk.today}
    text = _CASE.format(policy=policy, **days)
    script = raise_script(known_at(desk), policy_options(), cache(policy_named), received=False)
    answers, _ = answers_from_file(script, text, "the invented case", Answers({"about": "children"}))
    recorded = raise_concern(desk, answers, received=False)
    return recorded.after.case.reference


def _weekdays_before(day: date, days: int) -> date:
    """Return the weekday so many before `day`: near enough for what is invented, whatever the bank holidays."""
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def _asked_policy(screen: Screen) -> str:
    here = editions()
    screen.say("With which policy do you want to practise?")
    for number, edition in enumerate(here, 1):
        screen.say(f"{number}  {edition.partnership}, {edition.name}", indent=2, hang=3)
    keyboard = PlainKeyboard(print)
    while True:
        typed = keyboard.line().strip()
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= len(here):
            return here[int(typed) - 1].name
        screen.say(f"Type a number from 1 to {len(here)}; Ctrl-C leaves.")


def cases_here() -> list[str]:
    """Return the references of the first few cases there are."""
    try:
        with closing(readers.open_for_reading(database())) as con:
            return [str(row["reference"]) for row in list_cases(con, limit=2)]
    except EscalateError:
        return []
