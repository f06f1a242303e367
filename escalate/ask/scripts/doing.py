"""Agreeing dates, and saying what became of duties and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from escalate.ask.question import Option, Question, Script, answered
from escalate.ask.scripts.known import Known
from escalate.ask.scripts.recording import on_question
from escalate.ask.scripts.safety import risk_questions
from escalate.core.answers import Answers
from escalate.core.case import Case
from escalate.core.owed import Owed

HOW_DONE = ("telephone", "face to face", "meeting", "e-mail", "letter", "form", "record")


def agree_script(case: Case, owed: Sequence[Owed], known: Known) -> Script:
    """Return the interview of `agree`: a date proposed or agreed for one thing owed."""
    dated = {one.key: one for one in owed if one.is_open and one.sort in ("clock", "duty")}

    def is_later(answers: Answers) -> bool:
        one, day = dated.get(answers.text("item")), answers.day("by_on")
        policy_on = one.policy_due_on if one else None
        return bool(day and policy_on and day > policy_on) and answers.says("kind", "agreed")

    def later_too(question: Question) -> Question:
        return replace(question, when=lambda answers: is_later(answers) and question.when(answers))

    return (
        Question(
            id="item",
            text="Which date?",
            kind="choice",
            options=tuple(Option(key, _shown(one)) for key, one in dated.items()),
            required=True,
            label="What for",
        ),
        Question(
            id="kind",
            text="Was it agreed, or only proposed?",
            kind="choice",
            options=(Option("agreed"), Option("proposed")),
            required=True,
            label="Agreed or proposed",
        ),
        Question(id="by_on", text="By which day?", kind="date", required=True, label="By"),
        on_question(known, case, lambda _: True, "On which day was that said?"),
        Question(id="with", text="With whom, or by whom?", kind="text", required=True, label="With"),
        Question(id="reason", text="Why that day?", kind="long", label="Reason"),
        *(later_too(question) for question in risk_questions(known, again=True)),
        Question(
            id="safe_until_then",
            text="It is later than the policy's own date. What keeps the child safe until then?",
            kind="long",
            required=True,
            when=is_later,
            label="What keeps the child safe until then",
        ),
        Question(
            id="safe_confirmed_by",
            text="Who confirmed that?",
            kind="text",
            required=True,
            when=is_later,
            label="Confirmed by",
        ),
    )


def do_script(case: Case, owed: Sequence[Owed], known: Known) -> Script:
    """Return the interview of `do`: a duty or an action, done or not applicable."""
    open_ones = [one for one in owed if one.is_open and one.sort in ("duty", "action", "proposal")]
    proposals = tuple(one.key for one in open_ones if one.sort == "proposal")
    actions = tuple(one.key for one in open_ones if one.sort == "action")
    options = tuple(Option(one.key, _shown(one)) for one in open_ones)

    def is_duty_done(answers: Answers) -> bool:
        return answers.says("what", "done") and not answers.says("item", *actions)

    return (
        Question(id="item", text="Which duty or action?", kind="choice", options=options, required=True, label="What"),
        Question(
            id="what",
            text="What became of it?",
            kind="choice",
            options=(
                Option("done", "done"),
                Option("in part", "done in part (an action)"),
                Option("not done", "checked, and not done (an action)"),
                Option("not applicable", "it does not apply here"),
            ),
            required=True,
            check=lambda value, answers: _fault(str(value), answers, actions, proposals),
            label="What became of it",
        ),
        on_question(known, case, lambda _: True),
        Question(id="to", text="To whom?", kind="text", required=True, when=is_duty_done, label="To whom"),
        Question(
            id="how",
            text="How?",
            kind="choice",
            options=tuple(map(Option, HOW_DONE)),
            required=True,
            when=is_duty_done,
            label="How",
        ),
        Question(
            id="reason",
            text="Why does it not apply?",
            kind="long",
            required=True,
            when=answered("what", "not applicable"),
            label="Reason",
        ),
        Question(
            id="note",
            text="Anything to add?",
            kind="long",
            when=answered("what", "done", "in part", "not done"),
            label="Note",
        ),
    )


def _fault(became: str, answers: Answers, actions: tuple[str, ...], proposals: tuple[str, ...]) -> str | None:
    if became in ("in part", "not done") and not answers.says("item", *actions):
        return "only an agreed action is done in part or checked as not done"
    if became == "done" and answers.says("item", *proposals):
        return "a proposed date is agreed by escalate agree; here it can only be refused, as not applicable"
    return None


def _shown(one: Owed) -> str:
    date = f"by {one.due_on:%d/%m/%Y}" if one.due_on else "no date"
    return f"{one.who} {one.force} {one.act} ({date})".strip() if one.sort != "action" else f"{one.act} ({date})"
