"""Reminders as `remind --json` gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from escalate.render.reminders import Before, Drafted, Found, is_address


def drafted_as_plain(drafted: Drafted) -> dict[str, Any]:
    """Return a drafted message as `--json` gives it."""
    return {
        "agency": drafted.to.agency,
        "person": drafted.to.person,
        "role": drafted.to.role,
        "email": drafted.to.email.strip() if is_address(drafted.to.email) else "",
        "was_earlier": drafted.to.was_earlier,
        "references": list(drafted.references),
        "items": [item.key for item in drafted.items],
        "subject": drafted.subject,
        "body": drafted.body,
        "file": drafted.file,
    }


def reminders_as_plain(today: date, drafted: Sequence[Drafted], found: Found, before: Before | None) -> dict[str, Any]:
    """Return all of them as `--json` gives it."""
    return {
        "today": today,
        "reminders": [drafted_as_plain(one) for one in drafted],
        "left_out": found.left_out,
        "ours": found.ours,
        "ours_of_both_sides": found.of_both,
        "not_told": list(found.untold),
        "answer_first": list(found.answer_first),
        "edited": list(before.edited) if before else [],
        "no_longer_hold": list(before.stale) if before else [],
    }
