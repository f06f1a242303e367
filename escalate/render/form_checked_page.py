"""What a check of a form found, as a page: the gravest first, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from escalate.core.forms.trials import Finding
from escalate.render.console import Screen
from escalate.render.days import format_count

_HEADINGS = {
    "unsafe": "Unsafe: nothing of it was filled",
    "lost": "Lost: what is entered does not come out whole",
    "wrong": "To be put right before it can be used",
    "to look at": "To look at",
}


def show_findings(screen: Screen, name: str, found: Sequence[Finding], *, was_tried: bool) -> None:
    """Write every finding under what it means, then what that comes to.

    Args:
        was_tried: whether the form was filled and read back.
    """
    for weight, group in groupby(found, key=lambda one: one.weight):
        screen.heading(_HEADINGS[weight])
        for one in group:
            screen.say((f"{one.where}: ", "strong"), one.what, indent=2, hang=2)
            if one.remedy:
                screen.say(one.remedy, indent=6, hang=2)
    if found:
        screen.gap()
    problems = sum(one.weight != "to look at" for one in found)
    if problems:
        screen.say(f"{name}: {format_count(problems, 'problem')}; no form is issued from it.")
    elif was_tried:
        screen.say(
            f"{name}: no problems. It was filled with hostile words, long texts and nothing, and read back whole."
        )
    else:
        screen.say(f"{name}: no problems found, but it was not tried.")
