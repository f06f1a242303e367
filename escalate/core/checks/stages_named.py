"""Checks of the stages that other items name: they exist, and lie where the item says."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.core.checks.found import Found, Path, as_followed, doubts, moment_in
from escalate.core.policy import IMMEDIATE_RISK, Policy

_OCCASIONS = ("raise", "record", "resolve", "always")
"""What a prompt may name beside the stages."""
_ONE_STAGE = ("role", "post", "constraint", "to_fill_in")


def stages_exist(policy: Policy) -> Iterator[Found]:
    """Yield every name of a stage that the file does not have."""
    stages = [stage.id for stage in policy.stage]
    for path, stage in _named(policy):
        if stage not in stages:
            beside = f"; or: {', '.join(_OCCASIONS)}" if path[0] == "prompt" else ""
            remedy = f"the file has: {', '.join(stages) or 'none'}{beside}"
            yield path, f'"{stage}" is not a stage of this file', remedy


def _named(policy: Policy) -> Iterator[tuple[Path, str]]:
    for n, stage in enumerate(policy.stage):
        yield from _each(("stage", n, "then"), stage.then or ())
    for n, clock in enumerate(policy.clock):
        yield from _each(("clock", n, "stage"), (clock.stage,))
        yield from _each(("clock", n, "over"), clock.over)
    for n, duty in enumerate(policy.duty):
        yield from _each(("duty", n, "before"), (duty.before,) if duty.before else ())
    for n, effect in enumerate(policy.immediate_risk):
        yield from _each(("immediate_risk", n, "to"), (effect.to,) if effect.to else ())
    for n, way in enumerate(policy.straight_up):
        yield from _each(("straight_up", n, "from"), way.from_)
        yield from _each(("straight_up", n, "to"), (way.to,))
    for n, use in enumerate(policy.form):
        yield from _each(("form", n, "offered_at"), use.offered_at)
        yield from _each(("form", n, "owed_at"), use.owed_at)
    for path, doubt in doubts(policy):
        for name, reading in doubt.readings.items():
            yield from _each((*path, "readings", name, "offered_at"), reading.offered_at)
            yield from _each((*path, "readings", name, "owed_at"), reading.owed_at)
            if IMMEDIATE_RISK in doubt.items:
                yield from _each((*path, "readings", name, "to"), (reading.to,) if reading.to else ())
    for n, ending in enumerate(policy.ending):
        yield from _each(("ending", n, "stage"), (ending.stage,))
    for n, report in enumerate(policy.report):
        yield from _each(("report", n, "stages"), report.stages)
    for n, prompt in enumerate(policy.prompt):
        yield from _each(("prompt", n, "at"), tuple(at for at in prompt.at if at not in _OCCASIONS))
    for table in _ONE_STAGE:
        for n, item in enumerate(getattr(policy, table)):
            yield from _each((table, n, "stage"), (item.stage,) if item.stage else ())


def _each(path: Path, stages: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for stage in stages:
        yield path, stage


def a_shared_time_runs_on_upwards(policy: Policy) -> Iterator[Found]:
    """Yield every stage that shares a clock's time and does not follow upon the clock's own, one after another."""
    known = {stage.id for stage in policy.stage}
    for place, clock in enumerate(policy.clock):
        shared = [clock.stage]
        for stage in clock.over if set(clock.stages) <= known else ():
            path = ("clock", place, "over")
            if not policy.is_above(stage, clock.stage):
                what = f'clock "{clock.id}" of stage "{clock.stage}" runs over stage "{stage}", which is not above it'
                yield path, what, f"{_say_above(policy, clock.stage)}; let the clock's own stage be the lowest"
            elif not any(stage in policy.after(one) for one in shared):
                what = f'clock "{clock.id}" runs over stage "{stage}" and leaves out a stage between'
                between = policy.after(shared[-1])[:1]
                yield path, what, f"name it too: over = {_as_list((*shared[1:], *between, stage))}"
            shared.append(stage)


def a_cap_holds_something(policy: Policy) -> Iterator[Found]:
    """Yield every cap under which no resolving clock runs."""
    for place, clock in enumerate(policy.clock):
        held = [one for one in policy.clock if one.resolves and not one.caps and one.stage in clock.stages]
        if clock.caps and not held:
            what = (
                f'clock "{clock.id}" caps the resolving clocks of {policy.say_stage(*clock.stages)}, and there is none'
            )
            yield ("clock", place, "caps"), what, 'name the stages it caps: over = ["2", "3"]'


def what_is_due_before_a_stage_comes_before_it(policy: Policy) -> Iterator[Found]:
    """Yield every duty due before a stage that nothing creates until that stage, or a higher one, was entered."""
    known = {stage.id for stage in policy.stage}
    for place, duty in enumerate(as_followed(policy).duty):
        at = [_stage_of(text) for text in duty.when]
        too_late = [stage for stage in at if stage in known and stage in (duty.before, *_above(policy, duty.before))]
        if at and len(too_late) == len(at):
            what = f'duty "{duty.id}" is due before stage "{duty.before}" and created at stage "{too_late[0]}"'
            yield ("duty", place, "before"), what, "create it at a lower stage, or name a higher one"


def _stage_of(moment: str) -> str:
    """Return the id of the stage at which this moment happens, or nothing where it happens at any."""
    found = moment_in(moment)
    return found.arg if found and found.refers_to == "stage" else ""


def _above(policy: Policy, stage: str) -> tuple[str, ...]:
    return policy.above(stage) if policy.stage_of(stage) else ()


def risk_starts_higher_somewhere(policy: Policy) -> Iterator[Found]:
    """Yield an immediate risk that starts higher without saying where, or where every case starts."""
    readings = [one for _, doubt in doubts(policy) if IMMEDIATE_RISK in doubt.items for one in doubt.readings.values()]
    may_start_higher = any(reading.effect == "start higher" for reading in readings)
    for place, effect in enumerate(as_followed(policy).immediate_risk):
        path = ("immediate_risk", place, "to")
        if effect.effect == "start higher" and not effect.to:
            what = "immediate risk starts a case at a higher stage, and nothing says at which"
            yield path, what, 'write the stage: to = "2"'
        elif effect.to and effect.effect != "start higher" and not may_start_higher:
            what = f'"to" is the stage of the effect "start higher", and this effect is "{effect.effect}"'
            yield path, what, "leave it out"
        elif effect.to and policy.stage and effect.to == policy.first_stage:
            what = f'immediate risk starts a case at stage "{effect.to}", where every case starts'
            yield path, what, "name a higher stage"


def straight_up_is_up(policy: Policy) -> Iterator[Found]:
    """Yield every way straight up that begins nowhere or leads to a stage that is not above where it begins."""
    known = {stage.id for stage in policy.stage}
    for place, way in enumerate(policy.straight_up):
        if not way.from_:
            what = f'the way straight up on "{way.ground}" begins at no stage'
            yield ("straight_up", place, "from"), what, 'name the stages: from = ["1", "2"]'
        for stage in way.from_ if {way.to, *way.from_} <= known else ():
            if not policy.is_above(way.to, stage):
                what = f'"{way.ground}" leads straight up from stage "{stage}" to "{way.to}", which is not above it'
                yield ("straight_up", place, "from"), what, _say_above(policy, stage)


def _say_above(policy: Policy, stage: str) -> str:
    return f'above stage "{stage}" is: {", ".join(policy.above(stage)) or "none"}'


def _as_list(stages: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{stage}"' for stage in stages) + "]"
