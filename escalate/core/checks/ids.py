"""Checks of ids: each used once, and written so that a moment can name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from escalate.core.checks.found import Found
from escalate.core.policy import Policy

_TABLES = (
    "stage",
    "clock",
    "duty",
    "fact",
    "theme",
    "contact",
    "constraint",
    "band",
    "to_fill_in",
    "contradiction",
    "ambiguity",
)
_IN_A_MOMENT = re.compile(r"[\w-]+")
_OWN = "give each its own id"


def ids_are_used_once(policy: Policy) -> Iterator[Found]:
    """Yield every item whose id another of its kind has, or, for what a doubt can be about, another of any kind."""
    for table in _TABLES:
        counts = Counter(item.id for item in getattr(policy, table))
        for place, item in enumerate(getattr(policy, table)):
            if counts[item.id] > 1:
                yield (table, place, "id"), f'{table} "{item.id}" is written more than once', _OWN
    forms = Counter(use.form for use in policy.form)
    for place, use in enumerate(policy.form):
        if forms[use.form] > 1:
            yield ("form", place, "form"), f'form "{use.form}" is written more than once', "write it once"
    of_kind = {stage.id: "stage" for stage in policy.stage}
    for table, key in (("clock", "id"), ("duty", "id"), ("form", "form")):
        for place, item in enumerate(getattr(policy, table)):
            name = getattr(item, key)
            if of_kind.get(name, table) != table:
                yield (table, place, key), f'{table} "{name}" has the id of a {of_kind[name]}', _OWN
            of_kind.setdefault(name, table)
    doubts = {doubt.id for doubt in policy.contradiction}
    for place, doubt in enumerate(policy.ambiguity):
        if doubt.id in doubts:
            yield ("ambiguity", place, "id"), f'ambiguity "{doubt.id}" has the id of a contradiction', _OWN


def ids_can_be_written(policy: Policy) -> Iterator[Found]:
    """Yield every id that is blank, or that no moment and no command could name."""
    for table in _TABLES:
        for place, item in enumerate(getattr(policy, table)):
            if not item.id.strip():
                yield (table, place, "id"), '"id" is empty', _OWN
            elif table in ("stage", "clock", "duty") and not _IN_A_MOMENT.fullmatch(item.id):
                what = f'{table} "{item.id}" has an id that no moment can name'
                yield (table, place, "id"), what, "write it with letters, digits and hyphens, without spaces"
