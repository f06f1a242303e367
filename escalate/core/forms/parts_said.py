"""The words of a challenge that a form puts together in one field, taken apart by the labels it gives them."""

from __future__ import annotations

from escalate.core.text import folded

_PARTS = {
    "decision": "decision",
    "issue": "decision",
    "concern": "concern",
    "risk to the child": "risk_to_child",
    "evidence": "evidence",
    "disagreement": "nature",
    "difference": "nature",
    "outcome wanted": "outcome_wanted",
    "the other side wants": "they_want",
}
"""The labels under which forms put the parts of a challenge together, each with the question that asks for it."""


def parts_said(words: str) -> dict[str, str]:
    """Return the parts of a challenge that stand one under the other, each after its label, by question.

    Lines before any label are the part "".

    Example:
        >>> parts_said("Issue: It was closed.\\nAfter one visit.\\nInvented Primary School wants: A visit.")
        {'decision': 'It was closed.\\nAfter one visit.', 'outcome_wanted': 'A visit.'}
    """
    found: dict[str, list[str]] = {}
    into = ""
    for line in words.splitlines():
        label, colon, rest = line.partition(":")
        part = _part(label) if colon else ""
        into = part or into
        found.setdefault(into, []).append(rest.strip() if part else line)
    told = {part: "\n".join(lines).strip() for part, lines in found.items()}
    return {part: said for part, said in told.items() if said}


def _part(label: str) -> str:
    called = folded(label)
    # What the raising agency wants stands under its name.
    return _PARTS.get(called, "outcome_wanted" if called.endswith(" wants") else "")
