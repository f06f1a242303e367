"""What was said of a concern after it was raised: it stands beside what was said first, and replaces none of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from escalate.core.events import ConcernRaised, MoreSaid


def with_more_said(raised: ConcernRaised, said: Iterable[MoreSaid]) -> ConcernRaised:
    """Return the concern with what was said of it later: words under those said first, on lines of their own.

    Example:
        >>> from datetime import date
        >>> first = ConcernRaised(
        ...     reference="R", policy="p", policy_digest="", calendar_version="c", our_side="raising",
        ...     raising_agency="a", raised_by="b", receiving_agencies=("d",), decision="Closed.",
        ...     decision_received_on=date(2026, 4, 1), concern="Hungry.", outcome_wanted="A visit.",
        ...     evidence="The register.")
        >>> with_more_said(first, [MoreSaid(evidence="A gut feeling.", nature="The threshold.")]).evidence
        'The register.\\nA gut feeling.'
    """
    for more in said:
        changes: dict[str, object] = {}
        for field in fields(more):
            new, old = getattr(more, field.name), getattr(raised, field.name)
            if isinstance(new, str) and new:
                changes[field.name] = f"{old}\n{new}" if old else new
            elif new:
                changes[field.name] = tuple(dict.fromkeys((*old, *new)))
        raised = replace(raised, **changes)  # type: ignore[arg-type]  # the fields are those of the concern
    return raised
