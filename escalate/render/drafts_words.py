"""Drafts in words: which verb of which case, when it was left, how far it had come. Never a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from escalate.render.days import format_count, format_day, format_short_day


class Left(Protocol):
    """What a draft says of itself."""

    @property
    def verb(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def stage_title(self) -> str: ...
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


_SAYS = {
    "raise": "a new concern",
    "record": "a discussion or a fact",
    "agree": "a date proposed or agreed",
    "do": "something done, or not applicable",
    "advance": "how a stage ended",
    "resolve": "how it was resolved",
    "withdraw": "a withdrawal",
    "reopen": "opening it again",
    "correct": "a correction",
    "receive": "a form that came in",
    "setup": "who you are",
    "learning": "something learned",
    "calendar": "days that are not worked",
    "policy": "a policy",
    "link": "one escalation with another case",
    "unlink": "two escalations after all",
}


def say_draft(left: Left, today: date, *, in_full: bool = False) -> str:
    """Return one draft as a line: its command, what and whom it is about, when it was left, how many answers it has.

    One without a moment is one that escalate did not write as it stands.

    Args:
        in_full: days in full, to be read aloud.
    """
    if not left.updated_at:
        return "a draft that cannot be read; it can only be forgotten"
    moment = datetime.fromisoformat(left.updated_at)
    on = moment.date()
    day = "today" if on == today else f"on {format_day(on)}" if in_full else format_short_day(on, today)
    what = _SAYS.get(left.verb.partition(" ")[0], "an interview")
    about = f", about {left.about}" if left.about else ""
    stage = f", at {left.stage_title.partition(':')[0]}" if left.stage_title else ""
    answers = format_count(left.answers, "answer")
    return f"{draft_command(left)}: {what}{about}{stage}, left {day} at {moment:%H:%M}, with {answers}"
