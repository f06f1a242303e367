"""What the interviews ask, in order, and how many answers they take: for `docs/interview.md`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from escalate.ask.interview import Done, next_question, waiting
from escalate.ask.question import Option, Question, Script
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.raising import Aids, raise_script
from escalate.casework.raising import policy_named
from escalate.casework.raising_aids import needed_by
from escalate.core.answers import Answers, Value
from escalate.files.places import shipped

TODAY = date(2026, 4, 10)
NOWHERE = Path("no-home-is-needed-for-what-is-shipped")

_HEAD = """# What the interviews ask

How many answers each interview takes of somebody at a terminal who has words for everything, and the questions in
order. It is made by `make docs` of the interviews themselves. Most may be left as "not known yet"; what waits is asked
of nobody, and can be added at the end with `+`, or given in a file.
"""


class Asked(NamedTuple):
    """The questions somebody was asked, in order, and those that waited until the end."""

    questions: tuple[Question, ...]
    waiting: tuple[Question, ...]


def policies() -> list[str]:
    """Return the names of the shipped editions."""
    return sorted(path.stem for path in shipped("policies").glob("*.toml"))


def raising(policy: str, *, received: bool = False) -> Script:
    """Return the interview of `raise` where this policy is the only one."""
    aids = Aids(needed=lambda one, stage: needed_by(one, stage, NOWHERE))
    return raise_script(Known(today=TODAY), [Option(policy)], policy_named, received=received, aids=aids)


def answered_in_full(script: Script, **chosen: Value) -> Asked:
    """Return what somebody is asked who has words for everything; `chosen` are answers by the question's id."""
    answers, questions = Answers(), []
    while not isinstance(question := next_question(script, answers), Done):
        assert isinstance(question, Question)
        answers = answers.having(question.key, chosen.get(question.id, _answer_to(question)))
        questions.append(question)
    return Asked(tuple(questions), waiting(script, answers))


def _answer_to(question: Question) -> Value:
    if question.kind == "choice":
        values = [option.value for option in question.options]
        return next((one for one in ("no", "this policy", "more") if one in values), values[0])
    if question.kind == "date":
        return TODAY
    return "yes" if question.kind == "yes-no" else "In words."


def interview_page() -> str:
    """Return the page: counts by policy, then the questions of each interview."""
    from tests.ask.test_counts_advance import ENDINGS, asked_of, at_each_stage

    six = len(answered_in_full(raising(policies()[0]), more="enough").questions)
    lines = [
        _HEAD,
        "## How many",
        "",
        "| policy | `raise` | `raise --received` | `advance`, at most |",
        "|---|---|---|---|",
    ]
    for name in policies():
        counts = [len(answered_in_full(raising(name, received=received)).questions) for received in (False, True)]
        most = max(len(asked_of(case, ending)) for case in at_each_stage(name).values() for ending in ENDINGS)
        lines.append(f"| {name} | {counts[0]} | {counts[1]} | {most} |")
    lines += [
        "",
        "A case is opened by six answers. With risk and route before them, and the question whether to say more behind,"
        f" it is {six}.",
        "",
    ]
    for verb, received in (("raise", False), ("raise --received", True)):
        asked = answered_in_full(raising("knowsley-2020-11", received=received))
        lines += [f"## `{verb}`, under Knowsley's policy", ""]
        lines += [f"{number}. {_said(question)}" for number, question in enumerate(asked.questions, 1)]
        lines += ["", "Waits until the end:", ""]
        lines += [f"- {_said(question)}" for question in asked.waiting]
        lines.append("")
    return "\n".join(lines)


def _said(question: Question) -> str:
    return f"{question.text} (`{question.key}`)"
