"""Correcting an earlier entry, and removing what must not be kept."""

from __future__ import annotations

from collections.abc import Sequence

from escalate.ask.question import Group, Option, Question, Script, Step
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.mending import correctable_fields
from escalate.core.restating import AMENDMENTS

_NOT_CORRECTED = (*AMENDMENTS, e.FormIssued)


def correctable(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries that can be corrected: those whose words are there, corrections and issues aside."""
    return [event for event in events if event.fact is not None and not isinstance(event.fact, _NOT_CORRECTED)]


def correct_script(events: Sequence[e.Event]) -> Script:
    """Return the interview of `correct`: which entry, which of its answers, what they should be, and why."""
    entries = {str(event.sequence): event for event in correctable(events)}
    options = tuple(
        Option(number, f"entry {number}: {event.kind}, {event.occurred_on:%d/%m/%Y}")
        for number, event in entries.items()
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        which = Question(id="entry", text="Which entry?", kind="choice", options=options, required=True, label="Entry")
        event = entries.get(answers.text("entry"))
        fact = event.fact if event else None
        names = correctable_fields(type(fact)) if fact else []
        changes = Group(
            id="changes",
            title="Change",
            another="Change something else in this entry?",
            at_least=1,
            questions=(
                Question(
                    id="field",
                    text="What should change?",
                    kind="choice",
                    options=(Option("occurred_on", "the day it happened"), *(_field(name) for name in names)),
                    required=True,
                    label="What",
                ),
                Question(
                    id="value",
                    text="What should it say? (a date as 30/04/2026; a single dash for nothing)",
                    kind="long",
                    required=True,
                    label="Should say",
                ),
            ),
        )
        why = Question(id="reason", text="Why was it wrong?", kind="long", required=True, label="Reason")
        return (which, changes, why) if event else (which,)

    return script


def _field(name: str) -> Option:
    return Option(name, name.replace("_", " "))


def redact_script() -> Script:
    """Return the interview of `redact`: the very words to remove, wherever they stand in the case, and why."""
    return (
        Group(
            id="words",
            title="Words",
            another="Are there other words to remove?",
            at_least=1,
            questions=(
                Question(
                    id="words",
                    text="Which words must go? Exactly as they were recorded; they are removed wherever they stand.",
                    kind="long",
                    required=True,
                    label="Words",
                ),
            ),
        ),
        Question(
            id="reason",
            text="Why must they not be kept? (without repeating them)",
            kind="long",
            required=True,
            label="Reason",
        ),
    )
