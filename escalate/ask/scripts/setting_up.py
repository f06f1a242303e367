"""Who I am, for which agency, under which policy, and the numbers to telephone."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.known import Known
from escalate.core.answers import Answers
from escalate.core.policy_items import NATIONS

_KEPT_OUT = (
    "What stays out of this record: intelligence, legal advice, opinions of colleagues, other families.\n"
    "Names and words are typed here or read from a file, never given as options: shells remember options."
)


def _is_number(value: object, _answers: Answers) -> str | None:
    return None if sum(letter.isdigit() for letter in str(value)) >= 3 else "a telephone number has digits"


def _is_email(value: object, _answers: Answers) -> str | None:
    return None if "@" in str(value) else "an e-mail address has an @"


def setup_script(known: Known, policies: Sequence[Option], names: tuple[str, str, str]) -> Script:
    """Return the interview of `setup`.

    Args:
        policies: the editions that can be used.
        names: name, post and agency as recorded before, or empty.
    """
    name, role, agency = names
    before = known.setup
    return (
        Question(
            id="name",
            text="What is your name?",
            kind="text",
            required=True,
            default=name,
            label="Name",
            notice=_KEPT_OUT,
        ),
        Question(
            id="role",
            text="What is your post?",
            kind="text",
            default=role,
            label="Post",
            example="Designated Safeguarding Lead",
        ),
        Question(
            id="agency",
            text="For which agency do you work?",
            kind="text",
            required=True,
            default=agency,
            label="Agency",
            example="Invented Primary School",
        ),
        Question(
            id="email",
            text="Your work e-mail, for forms that ask for it?",
            kind="text",
            check=_is_email,
            label="E-mail",
        ),
        Question(id="telephone", text="Your work telephone?", kind="text", check=_is_number, label="Telephone"),
        Question(
            id="policy",
            text="Under which partnership's policy do you usually work?",
            kind="choice",
            options=tuple(policies),
            required=True,
            default=before.policy if before else "",
            label="Policy",
            help="Each case confirms it again: the policy is that of the child's area.",
        ),
        Question(
            id="nation",
            text="Whose bank holidays count?",
            kind="choice",
            options=tuple(map(Option, NATIONS)),
            default=before.nation if before else "England",
            label="Bank holidays of",
        ),
        Question(
            id="emergency_day",
            text="Children's social care, the number you have confirmed for the day?",
            kind="text",
            default=before.emergency_day if before else "",
            check=_is_number,
            label="Social care, day",
        ),
        Question(
            id="emergency_out_of_hours",
            text="And out of hours?",
            kind="text",
            default=before.emergency_out_of_hours if before else "",
            check=_is_number,
            label="Social care, out of hours",
        ),
    )
