"""Checks of contradictions and ambiguities: about something, with several readings, each of which can be followed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import get_args, get_type_hints

from escalate.core.checks.found import Found, doubts, listed
from escalate.core.policy import IMMEDIATE_RISK, FormUse, Obliging, Policy, Reading, RiskEffect

_EFFECTS: tuple[str, ...] = get_args(get_type_hints(RiskEffect)["effect"])
_NAMES: tuple[str, ...] = tuple(name for name in get_args(get_type_hints(FormUse)["names"]) if name)


def doubts_are_about_something(policy: Policy) -> Iterator[Found]:
    """Yield every doubt about an item that the file has not."""
    about = {item.id for items in (policy.stage, policy.clock, policy.duty) for item in items}
    about |= {use.form for use in policy.form}
    about |= {IMMEDIATE_RISK} if policy.immediate_risk else set()
    for path, doubt in doubts(policy):
        for item in doubt.items:
            if item == IMMEDIATE_RISK and item not in about:
                yield (*path, "about"), "the file does not say what immediate risk does", "write an [[immediate_risk]]"
            elif item not in about:
                yield (*path, "about"), f'"{item}" is not an item of this file', f"the file has: {listed(about)}"
        if not doubt.items:
            yield (*path, "about"), f'{path[0]} "{doubt.id}" is about nothing', f"the file has: {listed(about)}"


def doubts_have_readings(policy: Policy) -> Iterator[Found]:
    """Yield every doubt with fewer than two readings, that follows none of them, or where it is all one which."""
    for path, doubt in doubts(policy):
        if len(doubt.readings) < 2:
            yield path, f'{path[0]} "{doubt.id}" has fewer than two readings', "write each reading with its clause"
        if doubt.followed not in doubt.readings:
            what = f'"{doubt.followed}" is followed and is not one of the readings'
            yield (*path, "followed"), what, f"the readings are: {listed(doubt.readings)}"
        first, *others = [reading.changes for reading in doubt.readings.values()] or [{}]
        if first and others and all(other == first for other in others):
            what = f'all readings of {path[0]} "{doubt.id}" say the same, but for their words'
            yield path, what, "write in each reading what would differ, and in the item what would not"


def readings_fit_what_they_are_about(policy: Policy) -> Iterator[Found]:
    """Yield whatever a reading would change that none of the items it is about has."""
    items: dict[str, object] = {item.id: item for items in (policy.stage, policy.clock, policy.duty) for item in items}
    items |= {use.form: use for use in policy.form}
    if policy.immediate_risk:
        items[IMMEDIATE_RISK] = policy.immediate_risk[0]
    for path, doubt in doubts(policy):
        found = [items[one] for one in doubt.items if one in items]
        held = {f.name for item in found for f in dataclasses.fields(item)}  # type: ignore[arg-type]
        held |= {"force"} if any(isinstance(item, Obliging) for item in found) else set()
        for name, reading in doubt.readings.items():
            for key in reading.changes if found else ():
                if key not in held:
                    word = key.rstrip("_")
                    what = f'"{word}" is nothing that "{listed(doubt.items)}" has, so the reading would change nothing'
                    yield (*path, "readings", name, word), what, f"it has: {listed(_keys_of_a_reading(held))}"


def _keys_of_a_reading(held: set[str]) -> set[str]:
    return {f.name.rstrip("_") for f in dataclasses.fields(Reading) if f.name in held} - {"clause"}


def readings_say_what_can_be(policy: Policy) -> Iterator[Found]:
    """Yield every effect of immediate risk and every way to name a child, in a reading, that there is not."""
    for path, doubt in doubts(policy):
        for name, reading in doubt.readings.items():
            if reading.effect and reading.effect not in _EFFECTS:
                what = f'"{reading.effect}" is not an effect of immediate risk'
                yield (*path, "readings", name, "effect"), what, f"write one of: {', '.join(_EFFECTS)}"
            if reading.names and reading.names not in _NAMES:
                what = f'"{reading.names}" is not a way to name a child on a form'
                yield (*path, "readings", name, "names"), what, f"write one of: {', '.join(_NAMES)}"
