"""A policy's flowchart as boxes and arrows, in words: what Mermaid and SVG then write each in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from escalate.core.moments import parse_moment
from escalate.core.policy import Ending, Obliging, Policy, RiskEffect, Stage, StraightUp, follow
from escalate.core.timescale import OR_LESS, parse_timescale
from escalate.render.days import format_day
from escalate.render.owed_words import say_force
from escalate.render.policy_words import capital, say_bound, say_terms

BoxKind = Literal["concern", "risk", "away", "stage", "informal", "resolved", "ending", "way"]
ArrowKind = Literal["up", "resolved", "ended", "straight up", "risk", "away"]

RISK, AWAY, CONCERN = "risk", "away", "concern"
_SINCE = {
    "the concern": " of the concern",
    "the disagreement": " of the disagreement",
    "receipt of the decision": " of the decision",
    "raised": " of raising it",
    "the counterpart told": " of telling the counterpart",
    "the stage entered": "",
    "the previous stage's resolving deadline": "",
}
"""What a stage's time counts from, said in an arrow; another start is told in the box alone."""


_KINDS_AWAY = {
    "allegation": "an allegation against staff",
    "whistleblowing": "whistleblowing",
    "complaint": "a complaint",
    "own agency": "a dispute inside one agency",
    "conference": "a conference's outcome",
    "serious incident": "a serious incident",
    "other": "another matter named there",
}
_DONE = {"recommends": "Recommended", "decides": "Decided", "mediates": "Mediated"}


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a title, and lines below it. `id` is unique in its chart, and no one's words."""

    id: str
    kind: BoxKind
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow from box to box, with what is said beside it."""

    start: str
    end: str
    kind: ArrowKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way straight up, past stages: told once however many stages it begins at."""

    starts: tuple[str, ...]
    end: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A flowchart. `ladder` names the boxes of stages and endings in file order; `ways` are not among the arrows.

    `elsewhere`: for what another way must be taken, in a few words each; the box of that name tells them in full.
    """

    title: str
    edition: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    ways: tuple[Way, ...]
    ladder: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    def box(self, name: str) -> Box:
        """Return the box of this id."""
        return next(box for box in self.boxes if box.id == name)


def draw(policy: Policy) -> Chart:
    """Return the flowchart of a policy as its followed readings have it: immediate risk first, the endings last."""
    read = follow(policy)
    names = {stage.id: f"stage{place}" for place, stage in enumerate(read.stage, 1)}
    stages = [_stage(read, stage, names[stage.id]) for stage in read.stage]
    resolved = [
        Box(f"resolved{names[s.id]}", "resolved", "Resolved", tuple(_on_resolving(read, s))) for s in read.stage
    ]
    endings = [(names[one.stage], _ending(one, f"end{names[one.stage]}")) for one in read.ending if one.stage in names]
    ladder = [box for stage in stages for box in (stage, *(end for name, end in endings if name == stage.id))]
    boxes = [Box(CONCERN, "concern", "A concern about a child", ("Professionals of different agencies disagree.",))]
    boxes += [*_beside(read), *ladder, *resolved]
    arrows = [*_from_the_concern(read, names), *_up(read, names)]
    arrows += [Arrow(names[s.id], f"resolved{names[s.id]}", "resolved", "resolved") for s in read.stage]
    arrows += [Arrow(name, end.id, "ended", _time_of_the_last(read, name, names)) for name, end in endings]
    ways = tuple(_way(read, way, names) for way in read.straight_up if way.ground != "immediate risk")
    head = read.policy
    return Chart(
        title=f"{head.partnership}: {head.title}",
        edition=_edition(read),
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        ways=ways,
        ladder=tuple(box.id for box in ladder),
        elsewhere=tuple(dict.fromkeys(_KINDS_AWAY[route.kind] for route in read.route_out)),
    )


def _edition(policy: Policy) -> str:
    head = policy.policy
    since = f", in force from {format_day(head.in_force_from)}" if head.in_force_from else ""
    until = f", superseded on {format_day(head.superseded_on)}" if head.superseded_on else ""
    return f"Edition {head.edition}{since}{until}. Drawn from {policy.name or 'its file'}: the policy itself governs."


def _beside(policy: Policy) -> Iterator[Box]:
    at_risk = [duty for duty in policy.duty if "immediate risk" in duty.when]
    lines = ["In danger now: telephone 999.", *(_of_risk(effect, policy) for effect in policy.immediate_risk)]
    lines += [f"{_act(duty)}." for duty in at_risk]
    # Only "yes" has the policy's effects; whoever is not sure owes what the file says of that.
    unsure = any("risk not sure" in duty.when for duty in policy.duty)
    lines += [way.says for way in policy.straight_up if way.ground == "immediate risk"]
    yield Box(
        RISK,
        "risk",
        f"If a child is at immediate risk{', or nobody is sure' if unsure else ''}",
        tuple(dict.fromkeys(lines)),
    )
    if policy.route_out:
        away = tuple(f"{capital(route.what)}: {route.go_to}." for route in policy.route_out)
        yield Box(AWAY, "away", "Where another way must be taken", away)


def _stage(policy: Policy, stage: Stage, name: str) -> Box:
    here, there = stage.between
    lines = [f"Between {here}, and {there}", *_times(policy, stage)]
    if stage.choose and len(policy.after(stage.id)) > 1:
        lines.append(f"Where next: {stage.choose.rstrip('.')}")
    title = f"{stage.title} (informal)" if stage.informal else stage.title
    return Box(name, "informal" if stage.informal else "stage", title, tuple(f"{line}." for line in lines))


def _times(policy: Policy, stage: Stage) -> Iterator[str]:
    resolving = policy.resolving(stage.id)
    for clock in resolving:
        shared = f" (one time for {policy.say_stage(*clock.stages)})" if clock.over else ""
        yield f"To resolve it: {_small(_terms(clock, policy.policy.called))}{shared}"
    for cap in (clock for clock in policy.clock if clock.caps and clock not in resolving):
        if cap.stage == stage.id:
            yield f"Over {policy.say_stage(*cap.stages)}, at the latest: {_small(_terms(cap, policy.policy.called))}"
    if not resolving:
        yield "To resolve it: no time is stated"


def _terms(item: Obliging, called: str) -> str:
    """Return an item's time in words; counted from entering its stage, as most are, without saying from when."""
    if item.within and set(item.from_) <= {"the stage entered", "the previous stage's resolving deadline"}:
        return f"within {item.within}" if parse_timescale(item.within).amount else item.within
    said = (
        say_terms(item, called)
        .removesuffix(".")
        .partition("; this is ")[0]
        .removesuffix("; no other time goes beyond it")
    )
    for moment in item.from_:
        name = parse_moment(moment).arg
        said = said.replace(name, name.replace("-", " ")) if name else said
    return said


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _of_risk(effect: RiskEffect, policy: Policy) -> str:
    """Return what the policy says of immediate risk, and where a case begins then; that holds of a "yes" alone."""
    return f"{effect.says} On a yes, the case begins at {policy.say_stage(effect.to)}." if effect.to else effect.says


def _act(item: Obliging) -> str:
    return f"{capital(item.who)} {say_force(item.force)} {item.act}"


def _on_resolving(policy: Policy, stage: Stage) -> Iterator[str]:
    """Yield what a resolution at this stage makes somebody owe, by the policy's clocks and duties for it alone."""
    for clock in policy.clock:
        if stage.id in clock.stages and "the resolution" in clock.from_:
            yield f"{_act(clock)}: {_small(_terms(clock, policy.policy.called))}."
    for duty in policy.duty:
        if f"stage {stage.id} resolved" in duty.when:
            yield f"{_act(duty)}."


def _ending(ending: Ending, name: str) -> Box:
    return Box(name, "ending", f"{_DONE[ending.does]} by {ending.who} ({say_bound(ending)})", (ending.says,))


def _from_the_concern(policy: Policy, names: dict[str, str]) -> Iterator[Arrow]:
    yield Arrow(CONCERN, RISK, "risk", "immediate risk")
    if policy.route_out:
        yield Arrow(CONCERN, AWAY, "away", "not for this policy")
    yield Arrow(CONCERN, names[policy.first_stage], "up", "")
    higher = [way.to for way in policy.straight_up if way.ground == "immediate risk"]
    higher += [effect.to for effect in policy.immediate_risk if effect.effect == "start higher" and effect.to]
    for stage in dict.fromkeys(higher):
        if stage in names:
            yield Arrow(RISK, names[stage], "straight up", "at once")


def _up(policy: Policy, names: dict[str, str]) -> Iterator[Arrow]:
    for stage in policy.stage:
        for following in policy.after(stage.id):
            yield Arrow(names[stage.id], names[following], "up", _unresolved(policy, stage.id))


def _unresolved(policy: Policy, stage: str) -> str:
    for clock in policy.resolving(stage):
        if clock.within and parse_timescale(clock.within).amount:
            since = {_SINCE.get(moment) for moment in clock.from_} or {""}
            if None not in since:
                return f"unresolved within {clock.within.removesuffix(OR_LESS)}{max(str(one) for one in since)}"
            return "unresolved in that time"
    return "unresolved"


def _time_of_the_last(policy: Policy, name: str, names: dict[str, str]) -> str:
    stage = next(one for one, its_name in names.items() if its_name == name)
    said = _unresolved(policy, stage)
    return said.removeprefix("unresolved ") if "within" in said and not policy.after(stage) else ""


def _way(policy: Policy, way: StraightUp, names: dict[str, str]) -> Way:
    starts = tuple(names[stage] for stage in way.from_ if stage in names)
    said = f"From {policy.say_stage(*way.from_)} to {policy.say_stage(way.to)}."
    return Way(starts, names.get(way.to, ""), f"Straight up: {way.ground}", (said, way.says))
