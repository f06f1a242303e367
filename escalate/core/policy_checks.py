"""What can be wrong with a policy beyond its shape: each check is a small function, all are in `CHECKS`.

A check yields (path in the file, what is wrong, what to do); it never stops at the first problem.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from typing import get_args, get_type_hints

from escalate.core.moments import parse_moment
from escalate.core.policy import FORCES, Clock, Doubt, Duty, Obliging, Policy, Reading, RiskEffect, follow
from escalate.core.timescale import parse_timescale

Path = tuple[str | int, ...]
Found = tuple[Path, str, str]
Check = Callable[[Policy], Iterator[Found]]

EFFECTS: tuple[str, ...] = get_args(get_type_hints(RiskEffect)["effect"])
_TABLES_WITH_IDS = ("stage", "clock", "duty", "fact", "theme", "contact", "contradiction", "ambiguity")


def check_policy(policy: Policy) -> list[Found]:
    """Return every problem of a policy whose shape is right, as (path, what, remedy)."""
    return [found for check in CHECKS for found in check(policy)]


def _obliging(policy: Policy) -> Iterator[tuple[Path, Obliging]]:
    for table in ("clock", "duty"):
        for place, item in enumerate(getattr(policy, table)):
            yield (table, place), item


def _doubts(policy: Policy) -> Iterator[tuple[Path, Doubt]]:
    for table in ("contradiction", "ambiguity"):
        for place, doubt in enumerate(getattr(policy, table)):
            yield (table, place), doubt


def _ids_are_used_once(policy: Policy) -> Iterator[Found]:
    for table in _TABLES_WITH_IDS:
        counts = Counter(item.id for item in getattr(policy, table))
        for place, item in enumerate(getattr(policy, table)):
            if counts[item.id] > 1:
                yield (table, place, "id"), f'{table} "{item.id}" is written more than once', "give each its own id"
    clocks = {clock.id for clock in policy.clock}
    for place, duty in enumerate(policy.duty):
        if duty.id in clocks:
            yield ("duty", place, "id"), f'duty "{duty.id}" has the id of a clock', "give each its own id"
    forms = Counter(use.form for use in policy.form)
    for place, use in enumerate(policy.form):
        if forms[use.form] > 1:
            yield ("form", place, "form"), f'form "{use.form}" is written more than once', "write it once"


def _each_act_has_one_force(policy: Policy) -> Iterator[Found]:
    for path, item in _obliging(policy):
        used = [force for force in FORCES if getattr(item, force)]
        if len(used) != 1:
            said = " and ".join(used) or "none"
            yield path, f'{path[0]} "{item.id}" has {said} of {", ".join(FORCES)}', "write exactly one, with the act"


def _timescales_can_be_counted(policy: Policy) -> Iterator[Found]:
    written = [((*path, "within"), item.within) for path, item in _obliging(policy) if item.within]
    for path, doubt in _doubts(policy):
        for name, reading in doubt.readings.items():
            if reading.within:
                written.append(((*path, "readings", name, "within"), reading.within))
    for path, text in written:
        try:
            parse_timescale(text)
        except ValueError as problem:
            yield path, str(problem), "write a whole number and a unit, or one of the phrases above"


def _moments_are_known(policy: Policy) -> Iterator[Found]:
    stages, clocks, duties = ({item.id for item in items} for items in (policy.stage, policy.clock, policy.duty))
    known = {"stage": stages, "clock": clocks, "duty": duties}
    for path, text in _written_moments(policy):
        try:
            moment = parse_moment(text)
        except ValueError as problem:
            yield path, str(problem), ""
            continue
        if moment.refers_to and moment.arg not in known[moment.refers_to]:
            allowed = ", ".join(sorted(known[moment.refers_to]))
            yield path, f'"{text}" names no {moment.refers_to} of this file', f"the file has: {allowed}"


def _written_moments(policy: Policy) -> Iterator[tuple[Path, str]]:
    for path, item in _obliging(policy):
        for key in ("from", "until", "when"):
            attribute = "from_" if key == "from" else key
            for text in getattr(item, attribute, ()):
                yield (*path, key), text
    for place, use in enumerate(policy.form):
        for text in use.owed_when:
            yield ("form", place, "owed_when"), text
    for path, doubt in _doubts(policy):
        for name, reading in doubt.readings.items():
            for text in reading.from_:
                yield (*path, "readings", name, "from"), text
            for text in reading.when:
                yield (*path, "readings", name, "when"), text


def _stages_exist(policy: Policy) -> Iterator[Found]:
    stages = [stage.id for stage in policy.stage]
    named: list[tuple[Path, str]] = [(("clock", n, "stage"), clock.stage) for n, clock in enumerate(policy.clock)]
    for n, way in enumerate(policy.straight_up):
        named += [(("straight_up", n, "from"), stage) for stage in way.from_]
        named.append((("straight_up", n, "to"), way.to))
    for n, use in enumerate(policy.form):
        named += [(("form", n, "offered_at"), stage) for stage in use.offered_at]
        named += [(("form", n, "owed_at"), stage) for stage in use.owed_at]
    for path, doubt in _doubts(policy):
        for name, reading in doubt.readings.items():
            named += [((*path, "readings", name, "offered_at"), stage) for stage in reading.offered_at]
            named += [((*path, "readings", name, "owed_at"), stage) for stage in reading.owed_at]
    named += [(("ending", n, "stage"), ending.stage) for n, ending in enumerate(policy.ending)]
    for n, prompt in enumerate(policy.prompt):
        named += [(("prompt", n, "at"), at) for at in prompt.at if at not in ("raise", "record", "always")]
    for path, stage in named:
        if stage not in stages:
            yield path, f'"{stage}" is not a stage of this file', f"the file has: {', '.join(stages)}"


def _stages_can_be_climbed(policy: Policy) -> Iterator[Found]:
    if not policy.stage:
        yield (), "the policy has no stage", "write at least one [[stage]]"
    for place, stage in enumerate(policy.stage):
        if stage.id in policy.last_stages and policy.ending_at(stage.id) is None:
            what = f'stage "{stage.id}" is the last, and nothing says how it ends'
            yield ("stage", place), what, "write an [[ending]] for it: who decides or recommends, and whether it binds"


def _doubts_are_about_something(policy: Policy) -> Iterator[Found]:
    about = {item.id for items in (policy.stage, policy.clock, policy.duty) for item in items}
    about |= {use.form for use in policy.form} | {"immediate risk"}
    for path, doubt in _doubts(policy):
        for item in doubt.items:
            if item not in about:
                yield (*path, "about"), f'"{item}" is not an item of this file', f"the file has: {_listed(about)}"
        if len(doubt.readings) < 2:
            yield path, f'{path[0]} "{doubt.id}" has fewer than two readings', "write each reading with its clause"
        if doubt.followed not in doubt.readings:
            what = f'"{doubt.followed}" is followed and is not one of the readings'
            yield (*path, "followed"), what, f"the readings are: {_listed(doubt.readings)}"


def _readings_fit_what_they_are_about(policy: Policy) -> Iterator[Found]:
    items: dict[str, object] = {item.id: item for items in (policy.stage, policy.clock, policy.duty) for item in items}
    items |= {use.form: use for use in policy.form}
    if policy.immediate_risk:
        items["immediate risk"] = policy.immediate_risk[0]
    for path, doubt in _doubts(policy):
        found = [items[one] for one in doubt.items if one in items]
        held = {f.name for item in found for f in dataclasses.fields(item)}  # type: ignore[arg-type]
        held |= {"force"} if any(isinstance(item, Obliging) for item in found) else set()
        for name, reading in doubt.readings.items():
            for key in reading.changes if found else ():
                if key not in held:
                    word = key.rstrip("_")
                    what = f'"{word}" is nothing that "{_listed(doubt.items)}" has, so the reading would change nothing'
                    yield (*path, "readings", name, word), what, f"it has: {_listed(_keys_of_a_reading(held))}"
            if reading.effect and reading.effect not in EFFECTS:
                what = f'"{reading.effect}" is not an effect of immediate risk'
                yield (*path, "readings", name, "effect"), what, f"write one of: {', '.join(EFFECTS)}"


def _keys_of_a_reading(held: set[str]) -> set[str]:
    return {f.name.rstrip("_") for f in dataclasses.fields(Reading) if f.name in held and f.name != "clause"}


def _references_lead_somewhere(policy: Policy) -> Iterator[Found]:
    clocks = {clock.id for clock in policy.clock}
    facts = {fact.id for fact in policy.fact}
    contacts = {contact.id for contact in policy.contact}
    forms = {use.form for use in policy.form}
    for place, duty in enumerate(policy.duty):
        named = [("by", duty.by, clocks), ("contact", duty.contact, contacts), ("form", duty.form, forms)]
        named += [("if", fact, facts) for fact in duty.if_]
        for key, value, known in named:
            if value and value not in known:
                yield ("duty", place, key), f'"{value}" is not in this file', f"the file has: {_listed(known)}"
    for place, use in enumerate(policy.form):
        if use.contact and use.contact not in contacts:
            what = f'"{use.contact}" is not a contact of this file'
            yield ("form", place, "contact"), what, f"the file has: {_listed(contacts)}"


def _clocks_have_a_timescale(policy: Policy) -> Iterator[Found]:
    if any(doubt.followed not in doubt.readings for doubt in policy.doubts):
        return
    for place, clock in enumerate(follow(policy).clock):
        if not clock.within and not clock.by_band:
            what = f'clock "{clock.id}" has no timescale, of its own or by a reading'
            yield ("clock", place), what, 'write within = "5 working days", or "not stated"'


def _clocks_do_not_wait_for_each_other(policy: Policy) -> Iterator[Found]:
    waits: dict[str, set[str]] = {}
    for clock in policy.clock:
        texts = [
            *clock.from_,
            *(t for d in policy.doubts_about(clock.id) for r in d.readings.values() for t in r.from_),
        ]
        waits[clock.id] = {found for text in texts if (found := _missed_clock(text))}
    for place, clock in enumerate(policy.clock):
        seen, ahead = set[str](), set(waits[clock.id])
        while ahead:
            one = ahead.pop()
            seen.add(one)
            ahead |= waits.get(one, set()) - seen
        if clock.id in seen:
            yield (
                ("clock", place, "from"),
                f'clock "{clock.id}" waits for itself',
                "count it from something that happens",
            )


def _missed_clock(text: str) -> str:
    try:
        moment = parse_moment(text)
    except ValueError:
        return ""
    return moment.arg if moment.kind == "clock [id] missed" else ""


def _duties_have_a_trigger_and_an_owner(policy: Policy) -> Iterator[Found]:
    for path, item in _obliging(policy):
        if isinstance(item, Duty) and not item.when:
            yield (*path, "when"), f'duty "{item.id}" is never created', "write when = [...]"
        if isinstance(item, Clock) and not item.until:
            yield (*path, "until"), f'clock "{item.id}" is never met', "write until = [...]"
        if not item.who.strip():
            yield (*path, "who"), f'{path[0]} "{item.id}" does not say who', "write who it falls to"


def _listed(names: object) -> str:
    return ", ".join(sorted(str(name) for name in names)) or "none"  # type: ignore[attr-defined]


CHECKS: tuple[Check, ...] = (
    _ids_are_used_once,
    _each_act_has_one_force,
    _timescales_can_be_counted,
    _moments_are_known,
    _stages_exist,
    _stages_can_be_climbed,
    _doubts_are_about_something,
    _readings_fit_what_they_are_about,
    _references_lead_somewhere,
    _clocks_have_a_timescale,
    _clocks_do_not_wait_for_each_other,
    _duties_have_a_trigger_and_an_owner,
)
