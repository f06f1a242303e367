"""Checks of what somebody owes: one act under one force, by whom, since when, to whom or with what to show for it."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.core.checks.found import Found, as_followed, obliging
from escalate.core.policy import FORCES, Clock, Duty, Policy


def each_act_has_one_force(policy: Policy) -> Iterator[Found]:
    """Yield every clock and duty whose act stands under no force, or under several."""
    for path, item in obliging(policy):
        used = [force for force in FORCES if getattr(item, force)]
        if len(used) != 1:
            said = " and ".join(used) or "none"
            yield path, f'{path[0]} "{item.id}" has {said} of {", ".join(FORCES)}', "write exactly one, with the act"


def each_act_falls_to_somebody(policy: Policy) -> Iterator[Found]:
    """Yield every clock and duty that does not say who."""
    for path, item in obliging(policy):
        if not item.who.strip():
            yield (*path, "who"), f'{path[0]} "{item.id}" does not say who', "write who it falls to"


def each_act_begins_and_ends(policy: Policy) -> Iterator[Found]:
    """Yield every duty that nothing creates and every clock that nothing closes."""
    for path, item in obliging(policy):
        if isinstance(item, Duty) and not item.when:
            yield (*path, "when"), f'duty "{item.id}" is never created', "write when = [...]"
        if isinstance(item, Clock) and not item.until:
            yield (*path, "until"), f'clock "{item.id}" is never met', "write until = [...]"


def duties_are_owed_to_somebody_or_leave_something(policy: Policy) -> Iterator[Found]:
    """Yield every duty that says neither to whom it is owed nor what shows that it was done."""
    for place, duty in enumerate(as_followed(policy).duty):
        if not any((duty.to, duty.contact, duty.evidence, duty.form, duty.recorded, duty.until, duty.by)):
            what = f'duty "{duty.id}" says neither to whom it is owed nor what shows that it was done'
            remedy = 'write to = "the Independent Reviewing Officer", or evidence = "the note on the child\'s file"'
            yield ("duty", place), what, remedy


def workers_go_to_somebody(policy: Policy) -> Iterator[Found]:
    """Yield every line of the role table that names nobody to go to."""
    for place, role in enumerate(policy.role):
        if not any(one.strip() for one in role.goes_to):
            what = f'the line for "{role.role}" names nobody to go to'
            yield ("role", place, "goes_to"), what, 'write goes_to = ["the named nurse"]'
