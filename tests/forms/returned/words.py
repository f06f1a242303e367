"""What people write in forms: dates, names, sentences, lists, and what trips a program over."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from escalate.core.forms.definition import FormDefinition, FormField

_SAID = (
    "the case was closed after one visit and no letter came we asked again on Tuesday by telephone and were told that "
    "the threshold is not met although school sees bruises which nobody explained and the strategy discussion never "
    "took place because health could not attend so we want a review within five working days please"
)
_WORDS = tuple(_SAID.split())
_NAMES = (
    "Rowan Testcase",
    "Alder Testcase",
    "Alex Practitioner",
    "Łukasz Żółć-Testcase",
    "Siân Ŵyn Testcase",
    "D’Arcy O'Invented",
)
_POSTS = ("head teacher", "team manager", "named nurse", "designated safeguarding lead", "Detective Sergeant")
_AGENCIES = (
    "Invented Primary School",
    "Exampleshire Children’s Social Care",
    "Invented NHS Trust & Partners",
    "Example Police",
)
_TRIPPING = (
    'A&E twice, aged <5 weeks & "5>4"',
    "{{ 7*7 }} {% raw %} ${x} %s",
    "[redacted] [/b] :warning: =1+1",
    "C:\\new\\table | `id` ; --",
    "two  spaces   and\ta tab",
    "e-mail: alex@invented.example; tel. 01632 960123",
    "“quoted” ‘so’ – and — then … 50% £3.20 §4",
    "👧🏽 and 汉字 and עברית",
    "non\u00a0breaking\u00a0space and a soft\u00adhyphen",
    "No. Yes, but no: n/a",
    "1. first; 2) second; (a) third",
    "</w:t></w:r> &amp; &lt;b&gt;",
)
_LABEL_LIKE = (
    "Date",
    "Signed",
    "Stage 4",
    "Actions taken by the school",
    "Agency",
    "Name",
    "Decision",
    "Address",
    "Date:",
    "Role",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_EMPTY = 0.2  # how often a field is left


def token(chance: Random) -> str:
    """Return a word that stands in no form and that is nobody else's: what becomes of it can be followed."""
    return "".join(chance.choice("bcdfghjklmnpqrstvwxz") + chance.choice("aeiou") for _ in range(4))


def sentence(chance: Random, *, odd: float = 0.3) -> str:
    said = f"{token(chance)} " + " ".join(chance.choice(_WORDS) for _ in range(chance.randint(2, 14)))
    if chance.random() < odd:
        said = f"{said} {chance.choice(_TRIPPING)}"
    return said[:1].upper() + said[1:] + chance.choice(("", ".", ".", "?"))


def day(chance: Random) -> str:
    return f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(2009, 2027)}"


def lines(chance: Random, most: int = 5, like: Sequence[str] = ()) -> str:
    """Return some lines; empty ones may stand between, none at either end. Some are one of `like`."""
    said: list[str] = []
    for _ in range(chance.randint(1, most)):
        if said and chance.random() < 0.15:
            said.append("")
        said.append(sentence(chance))
        if like and chance.random() < 0.3:
            said.append(chance.choice(like))
    return "\n".join(said)


def like_labels_of(definition: FormDefinition) -> tuple[str, ...]:
    """Return lines that an answer may hold and that read like a form's labels: some are this form's own."""
    return (*_LABEL_LIKE, *(field.label for field in definition.fields if len(field.label) < 40))


def answer_to(field: FormField, chance: Random, like: Sequence[str] = ()) -> str:
    """Return what somebody might answer in a field of this kind; never empty. Some lines are one of `like`."""
    if field.options and field.kind == "choice":
        return chance.choice(field.options)
    if field.kind == "date":
        return day(chance)
    if field.kind == "choice or words":
        return chance.choice((*field.options, f"Other {token(chance)}"))
    if field.kind == "person":
        return f"{chance.choice(_NAMES)} {token(chance)}, {chance.choice(_POSTS)}"
    if field.kind in ("long", "list"):
        return lines(chance, like=like)
    if field.kind == "sign":
        return chance.choice(_NAMES)
    if chance.random() < 0.3:
        return f"{chance.choice(_AGENCIES)} {token(chance)}"
    return sentence(chance)


def answers_to(definition: FormDefinition, chance: Random, like: Sequence[str] = ()) -> dict[str, str]:
    """Return answers as somebody fills a form in: some fields empty, some rows in its tables."""
    filled: dict[str, str] = {}
    for field in definition.fields:
        ours = field.filled_by == "us" and field.kind != "sign"
        if ours and chance.random() >= _EMPTY:
            filled[field.id] = answer_to(field, chance, like)
    for table in definition.tables:
        for number in range(1, chance.randint(0, 4) + 1):
            for column in table.columns:
                if chance.random() >= _EMPTY / 2:
                    cell = table.cell(number, column)
                    filled[cell.id] = answer_to(cell, chance, like)
    return filled
