"""What a case says of others that may be the same escalation: linked with, told apart from."""

from __future__ import annotations

from typing import cast

from escalate.core import events as e
from escalate.core.case import Case


def standing_links(case: Case) -> frozenset[str]:
    """Return the streams that this case says it is one escalation with: linked, and not unlinked since.

    A link stands where both cases say so.
    """
    said: dict[str, bool] = {}
    for event in case.events:
        if isinstance(event.fact, e.CasesLinked):
            said[event.fact.other] = True
        elif isinstance(event.fact, e.CasesUnlinked):
            said[event.fact.other] = False
    return frozenset(other for other, is_linked in said.items() if is_linked)


def told_apart(case: Case) -> frozenset[str]:
    """Return the streams of which somebody said last that they are another escalation."""
    told = {cast(e.CasesUnlinked, event.fact).other for event in case.of(e.CasesUnlinked)}
    return frozenset(told) - standing_links(case)
