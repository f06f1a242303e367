"""How to ask, who I am, for which agency, under which policy, and the numbers to telephone."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.ask.question import Option, Question, Script, always
from escalate.ask.scripts.known import Known
from escalate.core.answers import Answers
from escalate.core.policy_items import NATIONS

_KEPT_OUT = (
    "What stays out of this record: intelligence, legal advice, opinions of colleagues, other families.\n"
    "Names and words are typed here or read from a file, never given as options: shells remember options."
)
ASKING, PLAIN, EDITED = "asking", "plain", "edited"


def _is_number(value: object, _answers: Answers) -> str | None:
    return None if sum(letter.isdigit() for letter in str(value)) >= 3 else "a telephone number has digits"


def _is_email(value: object, _answers: Answers) -> str | None:
    return None if "@" in str(value) else "an e-mail address has an @"


def is_edited(answers: Answers) -> bool:
    """Return whether these answers say that lines can be edited; until they do, lines are plain."""
    return answers.says(ASKING, EDITED)


def _how_to_ask(proposed: str) -> Question:
    """Return the question that comes before all others: how to ask and speak."""
    return Question(
        id=ASKING,
        text="How should escalate ask and speak?",
        kind="choice",
        options=(
            Option(PLAIN, "in lines that never redraw: for screen readers and simple terminals"),
            Option(EDITED, "in lines that can be edited, with colour"),
        ),
        required=bool(proposed),
        default=proposed,
        label="How to ask",
        help="It holds for every verb from now on. Run escalate setup again to change it; --plain asks for plain lines "
        "once, and ESCALATE_PLAIN=1 or =0 says it for one window.",
    )


def setup_script(known: Known, policies: Sequence[Option], names: tuple[str, str, str], proposed: str = "") -> Script:
    """Return the interview of `setup`.

    Args:
        policies: the editions that can be used.
        names: name, post and agency as recorded before, or empty.
        proposed: how to ask, as Enter alone answers it at a terminal; "" for a file, which need not say it.
    """
    before = known.setup
    return (
        _how_to_ask(proposed),
        *_about_me(names),
        Question(
            id="policy",
            text="Under which partnership's policy do you usually work?",
            kind="choice",
            options=tuple(policies),
            required=True,
            default=before.policy if before else "",
            label="Policy",
            help="The partnership is that of the area you mostly work in. Each case confirms it again, because the "
            "policy that counts is that of the child's area. If yours is not here, take the nearest one for now: "
            "escalate policy new begins your own.",
        ),
        Question(
            id="nation",
            text="Whose bank holidays count?",
            kind="choice",
            options=tuple(map(Option, NATIONS)),
            required=True,
            default=before.nation if before else "England",
            label="Bank holidays of",
            help="Working days are Monday to Friday without these days. Your agency's own holidays never move a date.",
        ),
        Question(
            id="emergency_day",
            text="The number for children's social care in the daytime? (ring it once to be sure)",
            kind="text",
            default=before.emergency_day if before else "",
            check=_is_number,
            label="Social care, day",
            help="It is shown at the beginning of every case, before any question. Give the number of the front door, "
            "and only one you have telephoned or looked up yourself.",
        ),
        Question(
            id="emergency_out_of_hours",
            text="And out of hours?",
            kind="text",
            default=before.emergency_out_of_hours if before else "",
            check=_is_number,
            label="Social care, out of hours",
            help="The emergency duty team: evenings, nights, weekends and bank holidays.",
        ),
    )


def _about_me(names: tuple[str, str, str]) -> tuple[Question, ...]:
    name, role, agency = names
    return (
        Question(
            id="name",
            text="What is your name?",
            kind="text",
            required=True,
            default=name,
            asks="a name",
            label="Name",
            notice=_KEPT_OUT,
            help="As it stands on forms and messages, and beside everything you record. It is a claim: nothing checks "
            "who sits at this computer.",
        ),
        Question(
            id="role",
            text="What is your post?",
            kind="text",
            default=role,
            label="Post",
            example="Designated Safeguarding Lead",
            help="Your post as other agencies know it. Forms and messages print it behind your name.",
        ),
        Question(
            id="agency",
            text="For which agency do you work?",
            kind="text",
            required=True,
            default=agency,
            asks="a name",
            label="Agency",
            example="Invented Primary School",
            help="The school, trust, service or force in whose name you raise a concern or answer one.",
        ),
        Question(
            id="email",
            text="Your work e-mail, for forms that ask for it?",
            kind="text",
            waits=always,
            check=_is_email,
            label="E-mail",
            help="Only for forms: escalate sends nothing.",
        ),
        Question(
            id="telephone",
            text="Your work telephone?",
            kind="text",
            waits=always,
            check=_is_number,
            label="Telephone",
            help="Only for forms and messages, so that the other side can ring back.",
        ),
    )
