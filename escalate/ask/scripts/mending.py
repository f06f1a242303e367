"""Correcting an earlier entry, and removing what must not be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from escalate.ask.pages import clipped
from escalate.ask.question import Group, Option, Question, Script, Step
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from escalate.core.mending import OCCURRED_ON, correctable_fields, is_in_words
from escalate.core.restating import AMENDMENTS

_NOT_CORRECTED = (*AMENDMENTS, e.FormIssued)

Bars = Callable[[int, Mapping[str, str]], str | None]
"""Says why the fields of an entry cannot say that, None where they can: for an entry's number and field to words."""


def correctable(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries that can be corrected: those whose words are there, corrections and issues aside."""
    return [event for event in events if event.fact is not None and not isinstance(event.fact, _NOT_CORRECTED)]


def correct_script(says: Mapping[int, str], events: Sequence[e.Event], bars: Bars) -> Script:
    """Return the interview of `correct`: which entry, which of its answers, what they should be, and why.

    Args:
        says: what each entry that can be corrected says, by its number, as the chronology tells it.
        events: the case's entries as they stand, corrected.
        bars: is asked of each change as soon as it is answered; recording refuses the same.
    """
    entries = {str(event.sequence): event for event in correctable(events)}
    options = tuple(
        Option(number, f"entry {number}: {event.occurred_on:%d/%m/%Y}, {clipped(says[event.sequence])}")
        for number, event in entries.items()
    )

    def script(answers: Answers) -> tuple[Step, ...]:
        def cannot_be(value: Value, before: Answers) -> str | None:
            return bars(event.sequence, {before.text("field"): str(value)}) if event else None

        which = Question(
            id="entry",
            text="Which entry?",
            kind="choice",
            options=options,
            required=True,
            label="Entry",
            help="The numbers are those of the chronology: escalate show. The entry stays, and what it "
            "should have said is kept beside it.",
        )
        event = entries.get(answers.text("entry"))
        fact = event.fact if event else None
        names = correctable_fields(type(fact)) if fact else []

        def are_words(before: Answers) -> bool:
            return fact is not None and before.text("field") in names and is_in_words(type(fact), before.text("field"))

        def is_the_day(before: Answers) -> bool:
            return before.text("field") == OCCURRED_ON

        should_say = Question(
            id="value",
            text="What should it say? (a date as 30/04/2026; a single dash for nothing)",
            kind="text",
            required=True,
            check=cannot_be,
            label="Should say",
            help="The whole answer as it should stand, and not only the part that was wrong.",
        )
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
                    options=_fields(event, names),
                    required=True,
                    label="What",
                    help="Each with what it says now. Dates that would move are shown before anything is recorded.",
                ),
                replace(should_say, kind="long", when=are_words),
                replace(
                    should_say,
                    kind="date",
                    text="On which day did it happen?",
                    help="The day itself, and not the day on which it was written down.",
                    when=is_the_day,
                ),
                replace(should_say, when=lambda before: not are_words(before) and not is_the_day(before)),
            ),
        )
        why = Question(
            id="reason",
            text="Why was it wrong?",
            kind="long",
            required=True,
            label="Reason",
            help="What shows that it was wrong. The entry, its correction and this reason stand together.",
        )
        return (which, changes, why) if event else (which,)

    return script


def _fields(event: e.Event | None, names: Sequence[str]) -> tuple[Option, ...]:
    """Return what can be changed in an entry, each with what it says now."""
    if event is None:
        return ()
    options = [Option(OCCURRED_ON, f"the day it happened (now {_now(event.occurred_on)})")]
    options += [Option(name, f"{name.replace('_', ' ')} (now {_now(getattr(event.fact, name))})") for name in names]
    return tuple(options)


def _now(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clipped(str(value)) if value else "nothing"


def redact_script(bars: Callable[[str], str | None]) -> Script:
    """Return the interview of `redact`: the very words to remove, wherever they stand in the case, and why.

    Args:
        bars: says why these words cannot be removed, None where they can; asked as soon as they are typed, for whoever
            mistypes a letter of them would otherwise learn of it only at the end, or take them for removed.
    """
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
                    check=lambda value, _before: bars(str(value)),
                    label="Words",
                    help="A part of a sentence will do, if it stands there so.",
                ),
            ),
        ),
        Question(
            id="reason",
            text="Why must they not be kept? (without repeating them)",
            kind="long",
            required=True,
            label="Reason",
            help="Such as: another family's, legal advice, an opinion of a colleague. The reason stays in the record.",
        ),
    )
