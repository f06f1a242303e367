"""Entries about learning, in words."""

from __future__ import annotations

from escalate.core import events as e
from escalate.render.entry_said import Said, entry_said
from escalate.render.names_in_case import Names


@entry_said.register
def _(fact: e.LearningIdentified, names: Names) -> Said:
    said = f"Something to learn from was identified at {names.rung(fact.stage)}"
    return Said(said, (("In these words", fact.learning),))


@entry_said.register
def _(fact: e.LearningGiven, names: Names) -> Said:
    return Said(f"{_of(fact.point, names)} was given to {names.of(fact.owner)}", (("Note", fact.note),))


@entry_said.register
def _(fact: e.LearningTaken, names: Names) -> Said:
    said = f"{_of(fact.point, names)} was taken to {fact.group}"
    return Said(said, (("What was decided", fact.decided),))


@entry_said.register
def _(fact: e.LearningClosed, names: Names) -> Said:
    return Said(f"{_of(fact.point, names)} was closed", (("What changed", fact.changed),))


@entry_said.register
def _(fact: e.LearningDropped, names: Names) -> Said:
    return Said(f"{_of(fact.point, names)} was dropped", (("Why", fact.reason),))


@entry_said.register
def _(fact: e.LearningReopened, names: Names) -> Said:
    return Said(f"{_of(fact.point, names)} was opened again", (("Why", fact.reason),))


def _of(point: str, names: Names) -> str:
    said = names.point(point)
    return f"{said[:1].upper()}{said[1:]}"
