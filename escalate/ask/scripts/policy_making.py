"""The few questions from which a partnership's policy file is begun: whose it is, its stages, its times, its end."""

from __future__ import annotations

import re
from collections.abc import Callable

from escalate.ask.question import Option, Question, Script, Step
from escalate.ask.scripts.policy_ladder import (
    clause_question,
    ending_questions,
    known_answers,
    ladder_questions,
    risk_effect_questions,
)
from escalate.core.answers import Answers, Value
from escalate.core.policy_items import NATIONS

_PREFIX = re.compile(r"[A-Z]{2,8}")
_EDITION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_policy_script(names: Callable[[str, str], str | None]) -> Script:
    """Return the interview of `policy new`.

    Args:
        names: gets the partnership and the edition, and returns what is wrong with a file of that name, or None.
    """

    def script(answers: Answers) -> tuple[Step, ...]:
        ladder = (*ladder_questions(), *risk_effect_questions(), *ending_questions())
        return (*_whose(names), *ladder, *_people(), *_form(answers))

    return script


def overlay_script(names: Callable[[str, str], str | None], partnership: str) -> Script:
    """Return the interview of `policy new --extends`: only what the new edition itself says of its days."""
    return (
        _edition(lambda _, value: names(partnership, value)),
        Question(
            id="in_force_from",
            text="From which day is it in force?",
            kind="date",
            near=False,
            label="In force from",
            help="As the document says. Leave it open where it does not.",
        ),
        Question(
            id="review_due",
            text="When is it to be reviewed?",
            kind="date",
            near=False,
            label="Review due",
            help="As the document says. From that day on, whoever raises a case is asked whether it still governs.",
        ),
        Question(
            id="because",
            text="Why does your partnership have a copy of its own?",
            kind="long",
            label="Why",
            help="It is written at the head of the file, for whoever reads it next.",
        ),
    )


def _whose(names: Callable[[str, str], str | None]) -> tuple[Step, ...]:
    return (
        Question(
            id="partnership",
            text="What is the partnership called?",
            kind="text",
            required=True,
            label="Partnership",
            example="Exampleshire Safeguarding Children Partnership",
            help="Its name in full, as it stands on the document.",
        ),
        Question(
            id="prefix",
            text="Which capital letters begin its references?",
            kind="text",
            required=True,
            check=_is_prefix,
            label="Prefix",
            example="ESCP",
            help="They stand before the year in every reference: ESCP-2026-0001.",
        ),
        Question(
            id="title",
            text="What is the policy's title?",
            kind="text",
            required=True,
            label="Title",
            example="Resolving Professional Differences",
            help="As it stands on the document's first page.",
        ),
        Question(
            id="published_on",
            text="Which day does the document bear?",
            kind="date",
            near=False,
            label="Published on",
            help="The date printed on the document: it tells this text from another one.",
        ),
        _edition(lambda answers, value: names(answers.text("partnership"), value)),
        Question(
            id="in_force_from",
            text="From which day is it in force?",
            kind="date",
            near=False,
            label="In force from",
            help="As the document says. Leave it open where it does not.",
        ),
        Question(
            id="review_due",
            text="When is it to be reviewed?",
            kind="date",
            near=False,
            label="Review due",
            help="As the document says. From that day on, whoever raises a case is asked whether it still governs.",
        ),
        Question(
            id="nation",
            text="Whose bank holidays count?",
            kind="choice",
            options=tuple(map(Option, NATIONS)),
            required=True,
            default="England",
            label="Nation",
            help="Working days are counted without that nation's bank holidays.",
        ),
        Question(
            id="called",
            text="What does it call the rungs of its ladder?",
            kind="choice",
            options=tuple(map(Option, ("stage", "step", "level", "tier"))),
            required=True,
            default="stage",
            label="Rungs are called",
            help="The document's own word: every page and message of escalate then uses it.",
        ),
    )


def _edition(taken: Callable[[Answers, str], str | None]) -> Question:
    def check(value: Value, answers: Answers) -> str | None:
        if not _EDITION.fullmatch(str(value)):
            return "an edition is written in small letters, digits and hyphens"
        return taken(answers, str(value))

    return Question(
        id="edition",
        text="Which edition is it? Year and month do best.",
        kind="text",
        required=True,
        check=check,
        label="Edition",
        example="2026-09",
        help="It stands in the file's name, and in every case raised under it.",
    )


def _people() -> tuple[Step, ...]:
    return (
        Question(
            id="manager_title",
            text="Which post answers questions about the policy?",
            kind="text",
            required=True,
            label="Post to ask",
            example="Business Manager",
            help="Mostly the partnership's business manager. People are not named in a policy file, only posts.",
        ),
        Question(
            id="manager_telephone",
            text="Its telephone?",
            kind="text",
            label="Telephone",
            help="The number printed in the document, or on the partnership's website.",
        ),
        Question(
            id="manager_email",
            text="Its e-mail?",
            kind="text",
            label="E-mail",
            help="The address printed in the document, or on the partnership's website.",
        ),
        Question(
            id="themes",
            text="What are disagreements mostly about, by the policy? Separate them with semicolons.",
            kind="text",
            label="Areas of disagreement",
            example="thresholds; roles and responsibilities; sharing information",
            help="The partnership counts by them. Leave it open where the document lists none.",
        ),
    )


def _form(answers: Answers) -> tuple[Step, ...]:
    rungs = tuple(Option(str(n), one.text("title")) for n, one in enumerate(answers.entries("stages"), 1))
    has_form = known_answers("form_title")
    return (
        Question(
            id="form_title",
            text="Is there a form to be sent to the partnership? Its title?",
            kind="text",
            label="Form",
            example="Escalation Record",
            help="As it stands at the head of the form. Leave it open where the document asks for none.",
        ),
        Question(
            id="form_from",
            text="From which of them on is it owed?",
            kind="choice",
            options=rungs,
            required=True,
            when=has_form,
            label="Owed from",
            help="From that rung on it is owed, and chased until it was sent.",
        ),
        Question(
            id="form_where",
            text="Where is it to be had?",
            kind="text",
            when=has_form,
            label="To be had from",
            example="the partnership's website, under Escalation",
            help="It is said wherever the form is owed, for whoever has no copy.",
        ),
        clause_question("form_clause", "Where does the policy ask for it?", when=("form_title",)),
    )


def _is_prefix(value: Value, _answers: Answers) -> str | None:
    return None if _PREFIX.fullmatch(str(value)) else "a prefix is two to eight capital letters, A to Z"
