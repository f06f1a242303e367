"""What every entry of a chronology is told with: a sentence, people's words beneath it, and words that kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from escalate.core import events as e
from escalate.render.days import format_day
from escalate.render.names_in_case import Names

Details = tuple[tuple[str, str], ...]

HOW = {
    "telephone": "by telephone",
    "face to face": "face to face",
    "meeting": "in a meeting",
    "e-mail": "by e-mail",
    "letter": "by letter",
    "form": "by a form",
    "not known": "in a way that is not known",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without its full stop, and labelled words to stand beneath it; those that are empty are left out."""

    sentence: str
    details: Details = ()


@singledispatch
def entry_said(fact: e.Fact, _names: Names) -> Said:
    """Return what an entry says; each kind of fact registers its own words."""
    return Said(f"{fact.kind[:1].upper()}{fact.kind[1:]}")


def say_actions(actions: Sequence[e.Action], names: Names) -> str:
    """Return agreed actions, one to a line."""
    return "\n".join(
        f"{action.what} ({names.of(action.owner) or 'nobody named'}, {say_by(action.by_on)})" for action in actions
    )


def say_by(day: date | None) -> str:
    """Return by when, in words."""
    return f"by {format_day(day)}" if day else "no date"
