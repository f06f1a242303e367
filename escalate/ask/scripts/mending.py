"""Correcting an earlier entry, and removing what must not be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from escalate.ask.pages import clipped
from escalate.ask.question import Group, Option, Question, Script, Step, answered
from escalate.core import events as e
from escalate.core.answers import Answers, Value
from escalate.core.mending import (
    NOTHING,
    OCCURRED_ON,
    STARTING_DAYS,
    choices_among,
    correctable_fields,
    days_among,
)
from escalate.core.restating import AMENDMENTS

_NOT_CORRECTED = (*AMENDMENTS, e.FormIssued)

Bars = Callable[[int, Mapping[str, str]], str | None]
"""Says why the fields of an entry cannot say that, None where they can: for an entry's number and field to words."""
Labels = Callable[[e.Fact, Sequence[str]], Mapping[str, str]]
"""Says what the fields of an entry are called, by their names."""


def correctable(events: Sequence[e.Event]) -> list[e.Event]:
    """Return the entries that can be corrected: those whose words are there, corrections and issues aside."""
    return [event for event in events if event.fact is not None and not isinstance(event.fact, _NOT_CORRECTED)]


def correct_script(
    says: Mapping[int, str], labels: Labels, events: Sequence[e.Event], today: date, bars: Bars
) -> Script:
    """Return the interview of `correct`: which entry, which of its answers, what they should be, and why.

    Args:
        says: what each entry that can be corrected says, by its number, as the chronology tells it.
        labels: says what each answer of an entry is called there.
        events: the case's entries as they stand, corrected.
        bars: is asked of each change as soon as it is answered, with those before it; recording refuses the same.
    """
    entries = {str(event.sequence): event for event in correctable(events)}
    options = tuple(
        Option(number, f"entry {number}: {event.occurred_on:%d/%m/%Y}, {clipped(says[event.sequence])}")
        for number, event in entries.items()
    )

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
    made: dict[str, tuple[Step, ...]] = {}

    def script(answers: Answers) -> tuple[Step, ...]:
        # One question is found by walking all before it: what was made for an entry once serves again.
        entry = answers.text("entry")
        if entry not in made:
            made[entry] = steps(entries.get(entry))
        return made[entry]

    def steps(event: e.Event | None) -> tuple[Step, ...]:
        if event is None or event.fact is None:
            return (which,)
        number = event.sequence

        def cannot_be(value: Value, before: Answers) -> str | None:
            changed = {one.text("field"): str(one["value"]) for one in before.entries("changes") if "value" in one}
            return bars(number, {**changed, before.text("field"): str(value)})

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
                    options=_fields(event, event.fact, labels),
                    required=True,
                    label="What",
                    help="Each with what it says now. Dates that would move are shown before anything is recorded.",
                ),
                *(replace(one, check=cannot_be) for one in _should_say(type(event.fact), today)),
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
        return (which, changes, why)

    return script


def _fields(event: e.Event, fact: e.Fact, labels: Labels) -> tuple[Option, ...]:
    """Return what can be changed in an entry, each with what it says now."""
    names = correctable_fields(type(fact))
    called = labels(fact, names)
    options = [Option(OCCURRED_ON, f"The day it happened (now {_now(event.occurred_on)})")]
    options += [Option(name, f"{called[name]} (now {_now(getattr(fact, name))})") for name in names]
    return tuple(options)


def _should_say(shape: type[e.Fact], today: date) -> tuple[Question, ...]:
    """Return the question what the chosen answer should be, once for each kind of answer and for each day."""
    said = Question(
        id="value",
        text="What should it say? (a single dash for nothing)",
        kind="long",
        required=True,
        label="Should say",
        help="The whole answer as it should stand, and not only the part that was wrong.",
    )
    days, choices = days_among(shape), choices_among(shape)
    words = [name for name in correctable_fields(shape) if name not in days and name not in choices]
    return (
        replace(said, when=answered("field", *words)),
        *(
            replace(said, kind="text", text=f"What should it say? ({_one_of(few)})", when=answered("field", name))
            for name, few in choices.items()
        ),
        replace(
            said,
            kind="date",
            text="On which day did it happen?",
            latest=today,
            help="The day itself, and not the day on which it was written down.",
            when=answered("field", OCCURRED_ON),
        ),
        *(
            replace(
                said,
                kind="date",
                text=f"Which day should it say?{' (a single dash for none)' if may_be_none else ''}",
                latest=today if name in STARTING_DAYS else None,
                nothing=NOTHING if may_be_none else "",
                asks="a birth" if name == "born_on" else "",
                help="The day as it should stand. What is counted from it is counted again.",
                when=answered("field", name),
            )
            for name, may_be_none in days.items()
        ),
    )


def _one_of(few: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(few[:-1]), few[-1])))


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
