"""Checks of the moments a policy names: in the vocabulary, of a thing that is there, and with a stage to happen at."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.core.checks.found import Found, Path, doubts, moment_in, nearest, obliging
from escalate.core.moments import WRITTEN
from escalate.core.policy import Policy

AT_ITS_OWN_STAGE = {
    "the stage entered": '"stage [id] entered", or "each stage entered"',
    "the outcome": '"stage [id] resolved" and "stage [id] unresolved"',
    "the resolution": '"stage [id] resolved", or "resolved"',
    "the meeting": '"each discussion"',
    "the previous stage's resolving deadline": '"clock [id] missed"',
}
"""Moments of a clock's own stage, and what a duty or a form, which belong to none, can name instead."""


def moments_are_known(policy: Policy) -> Iterator[Found]:
    """Yield every moment that is not in the vocabulary."""
    for path, text in _written(policy):
        if moment_in(text) is None:
            allowed = ", ".join(f'"{known}"' for known in WRITTEN)
            yield path, f'"{text}" is not a moment of a case', f"{nearest(text, WRITTEN)}write one of: {allowed}"


def moments_are_of_something(policy: Policy) -> Iterator[Found]:
    """Yield every moment of a stage, clock or duty that the file has not."""
    stages, clocks, duties = ({item.id for item in items} for items in (policy.stage, policy.clock, policy.duty))
    known = {"stage": stages, "clock": clocks, "duty": duties}
    for path, text in _written(policy):
        moment = moment_in(text)
        if moment and moment.refers_to and moment.arg not in known[moment.refers_to]:
            there = known[moment.refers_to]
            allowed = ", ".join(sorted(there)) or "none"
            remedy = f"{nearest(moment.arg, there)}the file has: {allowed}"
            yield path, f'"{text}" names no {moment.refers_to} of this file', remedy


def _written(policy: Policy) -> Iterator[tuple[Path, str]]:
    for path, item in obliging(policy):
        for key in ("from", "until", "when"):
            attribute = "from_" if key == "from" else key
            for text in getattr(item, attribute, ()):
                yield (*path, key), text
    for place, use in enumerate(policy.form):
        for text in use.owed_when:
            yield ("form", place, "owed_when"), text
    for path, doubt in doubts(policy):
        for name, reading in doubt.readings.items():
            for text in reading.from_:
                yield (*path, "readings", name, "from"), text
            for text in reading.when:
                yield (*path, "readings", name, "when"), text


def only_clocks_have_a_stage_of_their_own(policy: Policy) -> Iterator[Found]:
    """Yield every moment of "the stage" that a duty or a form waits for: it has none, and would wait for ever."""
    clocks = {item.id for item in policy.clock}
    for path, text in _written(policy):
        about: tuple[str, ...] = ()
        if "readings" in path:
            about = getattr(policy, str(path[0]))[path[1]].items
        belongs = path[0] == "clock" or any(one in clocks for one in about)
        if text in AT_ITS_OWN_STAGE and not belongs:
            kind = path[0] if path[0] in ("duty", "form") else "duty"
            what = f'"{text}" is said of a clock\'s own stage, and a {kind} has none'
            yield path, what, f"write {AT_ITS_OWN_STAGE[text]}"


def clocks_do_not_wait_for_each_other(policy: Policy) -> Iterator[Found]:
    """Yield every clock that counts, itself or by others or by a reading, from its own deadline missed."""
    circle = waiting_for_themselves(policy)
    for place, clock in enumerate(policy.clock):
        if clock.id in circle:
            what = f'clock "{clock.id}" waits for itself'
            yield ("clock", place, "from"), what, "count it from something that happens"


def waiting_for_themselves(policy: Policy) -> set[str]:
    """Return the ids of the clocks that would count from their own deadline, by whatever reading."""
    waits: dict[str, set[str]] = {}
    for clock in policy.clock:
        readings = [reading for doubt in policy.doubts_about(clock.id) for reading in doubt.readings.values()]
        texts = [*clock.from_, *(text for reading in readings for text in reading.from_)]
        waits[clock.id] = {missed for text in texts if (missed := _missed_clock(text))}
    circle = set()
    for one, others in waits.items():
        seen, ahead = set[str](), set(others)
        while ahead:
            other = ahead.pop()
            seen.add(other)
            ahead |= waits.get(other, set()) - seen
        if one in seen:
            circle.add(one)
    return circle


def _missed_clock(text: str) -> str:
    moment = moment_in(text)
    return moment.arg if moment and moment.kind == "clock [id] missed" else ""
