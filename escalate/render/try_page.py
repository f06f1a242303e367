"""`policy try`: the calendar of an invented case, to be read aloud: each date, who must do what, and why that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from escalate.core.owed import OtherReading, Owed
from escalate.core.policy import Duty, Obliging, Policy, follow
from escalate.core.trying import StageTried, Supposed, Trial
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.owed_words import say_force
from escalate.render.policy_words import capital, say_clause, say_terms, say_time

RISK_WORDS = {
    None: "nobody has been asked about immediate risk",
    "no": "no child is thought to be at immediate risk",
    "yes": "a child is thought to be at immediate risk",
    "not sure": "nobody is sure whether a child is at immediate risk",
}

_DONE = {"recommends": "recommended what to do", "decides": "decided", "mediates": "mediated"}


def show_trial(screen: Screen, policy: Policy, supposed: Supposed, trial: Trial, *, is_brief: bool = False) -> None:
    """Write the whole calendar: what is supposed first, then each stage, then what never came up.

    Args:
        is_brief: only what is supposed, and by when each stage is to be resolved.
    """
    head = policy.policy
    followed = follow(policy)
    screen.say((f"{head.partnership}: {head.title}", "heading"), f", edition {head.edition} ({policy.name}).", hang=2)
    for line in assumptions(policy, supposed):
        screen.say(line, hang=2)
    if supposed.risk in ("yes", "not sure"):
        screen.heading("If a child is at immediate risk")
        screen.say(("In danger now: telephone 999.", "past"), indent=2)
        for effect in followed.immediate_risk if supposed.risk == "yes" else ():
            screen.say(f"{effect.says} {say_clause(effect.clause, effect.rules)}", indent=2, hang=2)
    screen.heading("In short")
    for tried in trial.stages:
        screen.say(in_short(tried, followed), indent=2, hang=2)
    if is_brief:
        return
    for tried in trial.stages:
        _stage(screen, followed, tried)
    if trial.not_arising:
        screen.heading("Only where something else happens")
    for item in trial.not_arising:
        screen.say(f"{capital(item.who)} ", (say_force(item.force), "strong"), f" {item.act}.", indent=2, hang=2)
        _quietly(screen, when_it_arises(item, followed), say_clause(item.clause, item.rules, item.id))


def assumptions(policy: Policy, supposed: Supposed) -> tuple[str, str]:
    """Return what is supposed of the case, and how it goes on, as two lines."""
    head = policy.policy
    day = format_day(supposed.concern_on)
    if supposed.told_on is None:
        told = "and the counterpart is not told"
    else:
        same = supposed.told_on == supposed.concern_on
        told = f"the counterpart is told by telephone {'that day' if same else f'on {format_day(supposed.told_on)}'}"
    title = next((band.title for band in policy.band if band.id == supposed.band), "")
    urgency = f"; it was judged: {title}" if title else ""
    return (
        f"Supposed: the concern is of {day}, {told}; {RISK_WORDS[supposed.risk]}{urgency}; one agency is challenged.",
        f"Each {head.called} is left unresolved on the last day of its own time; what a time counts from is done on its"
        f" own last day; nothing else happens. Working days are {head.nation}'s. No case: nothing was recorded.",
    )


def _stage(screen: Screen, policy: Policy, tried: StageTried) -> None:
    stage = tried.stage
    screen.heading(heading_of(tried, policy))
    here, there = stage.between
    below = policy.stage_of(tried.way[-1]) if tried.way else None
    if below and below.choose and len(policy.after(below.id)) > 1:
        screen.say(f"Which of them: {below.choose.rstrip('.')}.", indent=2, hang=2)
    screen.say(f"Between {here}, and {there}. {say_clause(stage.clause, stage.rules)}", indent=2, hang=2)
    if stage.stand_in:
        screen.say(f"Stand-in: {stage.stand_in}.", indent=2, hang=2)
    screen.say(how_long(tried, policy), indent=2, hang=2)
    for one in in_order(tried.owed):
        _owed(screen, policy, one)
    for said, found in afterwards(tried, policy):
        screen.say((said, "strong"), indent=2)
        for one in in_order(found):
            _owed(screen, policy, one, deeper=2)


def heading_of(tried: StageTried, policy: Policy) -> str:
    """Return a stage's title, and of a branch by which way it is reached."""
    informal = " (informal)" if tried.stage.informal else ""
    if not tried.way:
        return f"{tried.stage.title}{informal}"
    below = policy.stage_of(tried.way[-1])
    assert below is not None
    arms = policy.after(below.id)
    if len(arms) > 1:
        others = " or ".join(policy.say_stage(arm) for arm in arms if arm != tried.stage.id)
        return f"{tried.stage.title}{informal} (after {policy.say_stage(below.id)} this, or {others})"
    is_reached_by_several = sum(tried.stage.id in policy.after(one.id) for one in policy.stage) > 1
    return f"{tried.stage.title}{informal}{f' (after {policy.say_stage(below.id)})' if is_reached_by_several else ''}"


def in_short(tried: StageTried, policy: Policy) -> str:
    """Return by when a stage is to be resolved, in one line."""
    clock = next((one for one in policy.clock if one.id == tried.left_by), None)
    if clock is None:
        return f"{heading_of(tried, policy)}: no date, because {tried.no_date}."
    is_guide = not clock.binding or any(one.is_guide for one in tried.owed if one.item == clock.id)
    guide = ", as a guide" if is_guide else ""
    return f"{heading_of(tried, policy)}: by {format_day(tried.left_on)}{guide}."


def how_long(tried: StageTried, policy: Policy) -> str:
    """Return from when to when the case is at a stage, and by which clock."""
    entered = f"Entered on {format_day(tried.entered_on)}"
    is_last = not policy.after(tried.stage.id)
    if not tried.left_by:
        here = "" if is_last else " Here it is left unresolved the same day."
        return f"{entered}. To resolve it there is no date, because {tried.no_date}.{here}"
    clock = next(one for one in policy.clock if one.id == tried.left_by)
    shared = [one for one in clock.stages if one != tried.stage.id]
    beside = f", a time it shares with {policy.say_stage(*shared)}" if shared else ""
    day = format_day(tried.left_on)
    if is_last:
        return f"{entered}; the last day of {tried.left_by} is {day}{beside}."
    return f"{entered}; left unresolved on {day}, the last day of {tried.left_by}{beside}."


def afterwards(tried: StageTried, policy: Policy) -> Iterator[tuple[str, Sequence[Owed]]]:
    """Yield what each way for the stage to end brings, in words and as what is owed; no way that brings nothing."""
    day = format_day(tried.left_on)
    if tried.if_unresolved:
        yield f"When it is left unresolved on {day}:", tried.if_unresolved
    if tried.if_resolved:
        yield f"If it is resolved on {day} instead:", tried.if_resolved
    ending = policy.ending_at(tried.stage.id)
    if tried.if_ended and ending:
        yield f"If it is {_DONE[ending.does]} by {ending.who} on {day}:", tried.if_ended


def in_order(found: Sequence[Owed]) -> list[Owed]:
    """Return what is owed by date, what has none last; on one day in the order of the policy's file."""
    return sorted(found, key=lambda one: (one.due_on or date.max, one.due_time))


def _owed(screen: Screen, policy: Policy, one: Owed, deeper: int = 0) -> None:
    to = f", to {one.to}" if one.to and one.to.casefold() not in one.act.casefold() else ""
    condition = f"if this is so ({one.condition}), " if one.condition else ""
    who = one.who if condition else capital(one.who)
    screen.say(
        (f"{by_when(one)}: ", "strong"),
        f"{condition}{who} {say_force(one.force)} {one.act}{to}.",
        indent=2 + deeper,
        hang=2,
    )
    item = next((item for item in (*policy.clock, *policy.duty) if item.id == one.item), None)
    clause = say_clause(one.clause, tuple(one.rule.split()), one.key)
    _quietly(screen, capital("; ".join(_working(one, item, policy))) + ".", clause, deeper)
    for reading in one.working.readings:
        for other in reading.others:
            if other.gives == one.due_on:
                continue  # `policy check` lists every reading; here are those that would give another day
            screen.say(f"Not followed: {other.says} [{other.clause}]: {_would_give(other)}.", indent=6 + deeper, hang=2)


def _quietly(screen: Screen, said: str, clause: str, deeper: int = 0) -> None:
    screen.say(f"{said} ", (clause, "quiet"), indent=6 + deeper, hang=2)


def by_when(one: Owed) -> str:
    """Return by when something is owed: a day, "now", or "no date, because …"; a guide is marked."""
    if one.due_on is None:
        return f"No date, because {one.no_date}"
    if one.says == "now":
        said = f"Now, {format_day(one.due_on)}"
    else:
        said = f"By {format_day(one.due_on)}{f', {one.due_time}' if one.due_time else ''}"
    return f"{said} (a guide)" if one.is_guide else said


def _working(one: Owed, item: Obliging | None, policy: Policy) -> Iterator[str]:
    working = one.working
    if working.timescale and working.start_on:
        first = ", which counts as day 1" if working.first_day else ""
        yield f"{say_time(working.timescale)}, counted from {format_day(working.start_on)}{first}: {working.started_by}"
        if one.shows_from:
            yield "only if that day passes unmet"
        later = dict.fromkeys((said, day) for said, day in working.also if day != working.start_on)
        yield from (f"not from {format_day(day)}, which is not sooner: {said}" for said, day in later)
    elif working.start_on:
        yield f"since {format_day(working.start_on)}: {working.started_by}"
    elif item is not None:
        yield say_terms(item, policy.policy.called).rstrip(".")
    if one.own_due_on and one.own_due_on != one.due_on:
        yield f"counted from entering this {policy.policy.called} it would be {format_day(one.own_due_on)}"
    yield from working.notes


def _would_give(other: OtherReading) -> str:
    return f"it would give {format_day(other.gives)}" if other.gives else "it would give no date"


def when_it_arises(item: Obliging, policy: Policy) -> str:
    """Return when something would be owed that this case never brought, and in what time."""
    if isinstance(item, Duty):
        return say_terms(item, policy.policy.called)
    titles = " or ".join(policy.say_stage(stage) for stage in getattr(item, "stages", ()))
    return f"At {titles}: {say_terms(item, policy.policy.called)}"
