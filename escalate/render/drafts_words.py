"""Drafts in words: which verb of which case, when it was left, how far it had come. Never a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from escalate.render.days import format_count, format_short_day


class Left(Protocol):
    """What a draft says of itself."""

    @property
    def verb(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def answers(self) -> int: ...
    @property
    def updated_at(self) -> str: ...


def draft_command(left: Left) -> str:
    """Return what is typed to begin that interview: "escalate record KSCP-2026-0007-Q4TX"."""
    return " ".join(("escalate", *draft_words(left)))


def draft_words(left: Left) -> list[str]:
    """Return the words after `escalate`, the case behind the verb; a verb's further words behind the case."""
    verb, *more = left.verb.split() or ["resume"]
    if verb == "receive":
        return [verb, "FILE"]
    return [verb, left.reference, *more] if left.reference else [verb, *more]


def say_draft(left: Left, today: date) -> str:
    """Return one draft as a line: its command, whom it is about, when it was left, how many answers it has.

    One without a moment is one that escalate did not write as it stands.
    """
    if not left.updated_at:
        return "a draft that cannot be read; it can only be forgotten"
    moment = datetime.fromisoformat(left.updated_at)
    day = "today" if moment.date() == today else format_short_day(moment.date(), today)
    about = f"{left.about}, " if left.about else ""
    return f"{draft_command(left)}: {about}left {day} at {moment:%H:%M}, with {format_count(left.answers, 'answer')}"
