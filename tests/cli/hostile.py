"""Answers full of what programs trip over, for every free question of raise, record and advance."""

from __future__ import annotations

import json
from typing import Any

LINE = "A&E aged <5 weeks [redacted] {{ 7*7 }} {% raw %} =1+1 Łukasz [/] [/b] :warning: 'q' \"q\" \\ %s ${x} | `id`"


LINES = f"{LINE}\n\n{LINE}\n  indented\n\tby a tab"


LONG = " ".join(f"word{number}" for number in range(3000))


def toml(answers: dict[str, Any]) -> str:
    """Return answers as TOML: JSON's strings, lists and true are TOML's too."""
    plain = {key: value for key, value in answers.items() if not isinstance(value, list)}
    written = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, tables in answers.items():
        for table in tables if isinstance(tables, list) else []:
            written += [
                f"[[{key}]]",
                *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items()),
            ]
    return "\n".join(written) + "\n"


def line(name: str) -> str:
    return f"{name}: {LINE}"


def lines(name: str) -> str:
    return f"{name}: {LINES}"


# No word of these stands in another answer: messages have initials there, and learning is asked back.
CHILD = "Kit&Żółć [Child] <Testcase>"
PARENT = "Jo&Ćma [Parent] <Carer>"


RAISED: dict[str, Any] = {
    "risk": "not sure",
    "keeps_safe": lines("keeps_safe"),
    "safety_confirmed_by": line("safety_confirmed_by"),
    "route": "this policy",
    "about": "children",
    "decision": lines("decision"),
    "learned_on": "1 April 2026",
    "concern": lines("concern"),
    "risk_to_child": lines("risk_to_child"),
    "evidence": lines("evidence"),
    "nature": lines("nature"),
    "outcome_wanted": lines("outcome_wanted"),
    "they_want": lines("they_want"),
    "told_on": "2 April 2026",
    "told_how": "telephone",
    "told_said": lines("told_said"),
    "children": [
        {
            "name": CHILD,
            "address": lines("address"),
            "parental_responsibility": PARENT,
            "reference": line("reference"),
        }
    ],
    "receiving": [
        {
            "agency": line("agency"),
            "person": line("person"),
            "role": line("role"),
            "telephone": line("telephone"),
            "email": line("email"),
        }
    ],
}


DISCUSSED: dict[str, Any] = {
    "risk": "no",
    "what": "discussion",
    "on": "2 April 2026",
    "people": line("took part"),
    "said": lines("said"),
    "options": lines("options"),
    "decision": lines("decision of the discussion"),
    "recommendations": lines("recommendations"),
    "actions": [{"what": line("action"), "owner": line("owner")}],
}


ADVANCED: dict[str, Any] = {
    "risk": "no",
    "on": "10 April 2026",
    "outcome": "unresolved",
    "said": lines("said at the end"),
    "options": lines("options at the end"),
    "decided": lines("decided"),
    "learning": lines("learning"),
    "names_stand": "yes",  # people of the case are called by such words
    "actions": [{"what": line("action at the end"), "owner": line("owner at the end")}],
}


RECORDED: dict[str, dict[str, Any]] = {
    "oversight": {"manager": line("manager"), "note": lines("note")},
    "learning": {"learning": lines("learning")},
    "recommendation": {"recommended_by": line("The Chair"), "recommendation": lines("recommendation")},
    "response": {"response": "accepted", "response_note": lines("response note")},
    "told": {"how": "telephone", "person": line("who was told")},
}


def words_in(answers: Any) -> list[str]:
    """Return every hostile text among answers."""
    if isinstance(answers, str):
        return [answers] if LINE in answers else []
    values = answers.values() if isinstance(answers, dict) else answers
    return [text for value in values for text in words_in(value)]
