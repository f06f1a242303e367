"""Checks of what items name outside the ladder: facts, clocks, contacts and forms."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from escalate.core.checks.found import Found, Path, doubts, listed, nearest
from escalate.core.policy import Policy


def references_lead_somewhere(policy: Policy) -> Iterator[Found]:
    """Yield every fact, clock, contact and form that an item names and the file has not."""
    known = {
        "clock": {clock.id for clock in policy.clock},
        "fact": {fact.id for fact in policy.fact},
        "contact": {contact.id for contact in policy.contact},
        "form": {use.form for use in policy.form},
    }
    for path, kind, name in _named(policy):
        if name not in known[kind]:
            remedy = f"{nearest(name, known[kind])}the file has: {listed(known[kind])}"
            yield path, f'"{name}" is not a {kind} of this file', remedy


def _named(policy: Policy) -> Iterator[tuple[Path, str, str]]:
    for place, duty in enumerate(policy.duty):
        for key, kind, name in (("by", "clock", duty.by), ("contact", "contact", duty.contact)):
            if name:
                yield ("duty", place, key), kind, name
        if duty.form:
            yield ("duty", place, "form"), "form", duty.form
        for key, facts in (("if", duty.if_), ("if_all", duty.if_all)):
            for fact in facts:
                yield ("duty", place, key), "fact", fact
    for place, use in enumerate(policy.form):
        if use.contact:
            yield ("form", place, "contact"), "contact", use.contact
    for path, doubt in doubts(policy):
        for name, reading in doubt.readings.items():
            for fact in reading.if_:
                yield (*path, "readings", name, "if"), "fact", fact


def forms_can_be_had(policy: Policy, definitions: Collection[str]) -> Iterator[Found]:
    """Yield every form that escalate cannot fill and of which nothing says where to get it.

    Args:
        definitions: the names of the forms that can be filled here, shipped and the user's own.
    """
    for place, use in enumerate(policy.form):
        if use.form not in definitions and not use.obtained_from.strip():
            what = f'form "{use.form}" is not among the forms here, and nothing says where to get it'
            remedy = (
                f'{nearest(use.form, definitions)}write obtained_from = "where to get it", or add its definition to'
            )
            yield ("form", place, "form"), what, f'{remedy} the folder "templates"'
