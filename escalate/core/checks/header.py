"""Checks of what a policy is and where each item comes from: its prefix, its days, its source and clauses."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from escalate.core.checks.found import Found, Path, doubts
from escalate.core.policy import Policy

_PREFIX = re.compile(r"[A-Z][A-Z0-9]*")
_SILENT = "write where it stands in the source; where the source is silent, write that it is ours"


def references_can_begin_with_the_prefix(policy: Policy) -> Iterator[Found]:
    """Yield a prefix that no reference of a case could be read with."""
    prefix = policy.policy.prefix
    if not _PREFIX.fullmatch(prefix):
        what = f'prefix "{prefix}" is not of capital letters and digits, beginning with a letter'
        yield ("policy", "prefix"), what, 'a case\'s reference begins with it: write it like "ESCP"'


def days_of_the_edition_are_in_order(policy: Policy) -> Iterator[Found]:
    """Yield a day on which an edition ends or is reviewed that is no later than the day it begins."""
    head = policy.policy
    for key, day in (("superseded_on", head.superseded_on), ("review_due", head.review_due)):
        if head.in_force_from and day and day <= head.in_force_from:
            what = f"{key} is {day.isoformat()}, no later than in_force_from, {head.in_force_from.isoformat()}"
            yield ("policy", key), what, "look both days up in the source"


def a_source_is_named(policy: Policy) -> Iterator[Found]:
    """Yield an edition that does not say which document it was read from."""
    if not policy.policy.source.document.strip():
        what = "the policy does not say which document it was read from"
        yield ("policy", "source", "document"), what, 'write document = "its title and version, as printed"'


def every_item_has_a_clause(policy: Policy) -> Iterator[Found]:
    """Yield every item, and every reading of one, whose clause is blank."""
    items: list[tuple[Path, str]] = [(("policy",), policy.policy.clause)]
    for table in dataclasses.fields(policy):
        found = getattr(policy, table.name)
        if isinstance(found, tuple):
            items += [((table.name, place), item.clause) for place, item in enumerate(found)]
    for path, doubt in doubts(policy):
        items += [((*path, "readings", name), reading.clause) for name, reading in doubt.readings.items()]
    for path, clause in items:
        if not clause.strip():
            yield (*path, "clause"), '"clause" is empty', _SILENT
