"""A case handed over or taken in: who has it now, what is due, and what both records say of one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from escalate.core import events as e
from escalate.core.both_sides import Differing
from escalate.core.views import DueItem
from escalate.render.case_page import CaseFile, write_owed
from escalate.render.chronology import entries_of
from escalate.render.console import Screen
from escalate.render.days import format_count
from escalate.render.due_table import item_as_plain
from escalate.render.entry_said import Said
from escalate.render.owed_words import to_do, when_of

_NEXT = 3


def pressing(file: CaseFile) -> list[DueItem]:
    """Return what is due today, or past its date."""
    return [item for item in file.open_items if when_of(item, file.today) in ("overdue", "today")]


def coming(file: CaseFile) -> list[DueItem]:
    """Return what is due next, soonest first: a few of it."""
    dated = [item for item in file.open_items if item.due_on and item.due_on > file.today]
    return sorted(dated, key=lambda item: (item.due_on, item.key))[:_NEXT]


def say_what_is_due(screen: Screen, file: CaseFile) -> None:
    """Write what is due today, and what is due next."""
    screen.heading("Due today, or past its date")
    write_owed(screen, file, pressing(file))
    after = coming(file)
    if after:
        screen.heading("Next")
        write_owed(screen, file, after)


def due_as_plain(file: CaseFile) -> dict[str, Any]:
    """Return what is due today and next as `--json` gives it."""
    return {
        name: [item_as_plain(item) | {"to_do": to_do(item)} for item in items]
        for name, items in (("due_now", pressing(file)), ("due_next", coming(file)))
    }


def say_both_sides(screen: Screen, file: CaseFile, pairs: Sequence[Differing]) -> None:
    """Write each question that was answered in both records, with both answers; neither is taken for right."""
    if not pairs:
        return
    said = _said_of(file)
    screen.heading(f"Recorded here and there, and not alike: {format_count(len(pairs), 'question')}")
    for pair in pairs:
        screen.gap()
        _say_one(screen, "Here", pair.ours.sequence, said)
        _say_one(screen, "There", pair.theirs.sequence, said)
        if pair.later:
            screen.say(f"The later one counts, in both records: entry {pair.later.sequence}.", indent=2, hang=2)
    screen.gap()
    if all(pair.later for pair in pairs):
        counts = ""
    elif any(pair.later for pair in pairs):
        counts = " Where no other is named, what arrived last counts here."
    else:
        counts = " What arrived last counts here."
    screen.say(f"Both are kept.{counts} Speak to each other, and record what holds.", hang=2)


def _said_of(file: CaseFile) -> dict[int, Said]:
    """Return what each entry says, as the chronology has it: of an amendment, what it is about and what it changed."""
    return {one.event.sequence: one.said for one in entries_of(file.events, file.names, file.own_chain)}


def _say_one(screen: Screen, side: str, sequence: int, said_of: Mapping[int, Said]) -> None:
    said = said_of[sequence]
    screen.say((f"{side}, entry {sequence}: ", "strong"), f"{said.sentence}.", indent=2, hang=2)
    for label, words in said.details:
        if "\n" in words or len(words) > 60:
            screen.say((f"{label}:", "quiet"), indent=4)
            screen.user(words, indent=6)
        elif words:
            screen.say((f"{label}: ", "quiet"), words, indent=4, hang=2)


def both_sides_as_plain(file: CaseFile, pairs: Sequence[Differing]) -> list[dict[str, Any]]:
    """Return the pairs as `--json` gives them; `counts` is the entry that counts in both records, where one does."""
    said = _said_of(file)
    return [
        {
            "here": _one_as_plain(pair.ours, said),
            "there": _one_as_plain(pair.theirs, said),
            "counts": pair.later.sequence if pair.later else None,
        }
        for pair in pairs
    ]


def _one_as_plain(event: e.Event, said_of: Mapping[int, Said]) -> dict[str, Any]:
    said = said_of[event.sequence]
    return {
        "sequence": event.sequence,
        "kind": event.kind,
        "occurred_on": event.occurred_on,
        "says": said.sentence,
        "details": [{"label": label, "words": words} for label, words in said.details if words],
    }
