"""`policy show`: a page that a practitioner can read aloud. Each sentence with its clause; what is in doubt, last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from escalate.core.moments import parse_moment
from escalate.core.policy import Doubt, Duty, FormUse, Obliging, Policy, Stage, StraightUp, follow
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.owed_words import say_force
from escalate.render.policy_lists import say_contact, show_lists
from escalate.render.policy_words import capital, say_bound, say_clause, say_constraint, say_terms

ANY_STAGE = ""


def show_policy(screen: Screen, policy: Policy) -> None:
    """Write the whole policy, as its followed readings have it."""
    followed = follow(policy)
    _head(screen, followed)
    _immediate_risk(screen, followed)
    for stage in followed.stage:
        _stage(screen, followed, stage)
    title = f"At any {followed.policy.called}"
    _duties(screen, followed, title, [duty for duty in followed.duty if stage_of_duty(duty, followed) == ANY_STAGE])
    _ways_up(screen, followed)
    show_lists(screen, followed)
    show_doubts(screen, policy)


def show_doubts(screen: Screen, policy: Policy) -> None:
    """Write every contradiction and ambiguity of the source: both readings, the one followed, and why."""
    for title, doubts in (
        ("Where the source contradicts itself", policy.contradiction),
        ("What the source leaves open", policy.ambiguity),
    ):
        if doubts:
            screen.heading(f"{title}: {len(doubts)}")
        for doubt in doubts:
            screen.say(
                (doubt.id, "strong"),
                f", about {', '.join(doubt.items)} {say_clause(doubt.clause, doubt.rules)}",
                indent=2,
                hang=2,
            )
            for word, reading in _readings(doubt):
                screen.say(f"{word}: {reading}", indent=4, hang=2)
            screen.say(f"Because {doubt.because.rstrip('.')}.", indent=4, hang=2)


def stage_of_duty(duty: Duty, policy: Policy) -> str:
    """Return the id of the one stage a duty belongs to by what it waits for, or "" where it may fall at any."""
    clocks = {clock.id: clock.stage for clock in policy.clock}
    if duty.by:
        return clocks.get(duty.by, ANY_STAGE)
    stages = {_stage_of_moment(written, policy, clocks) for written in duty.when}
    return stages.pop() if len(stages) == 1 else ANY_STAGE


def _stage_of_moment(written: str, policy: Policy, clocks: Mapping[str, str]) -> str:
    moment = parse_moment(written)
    if moment.refers_to == "stage":
        return moment.arg
    if moment.refers_to == "clock":
        return clocks.get(moment.arg, ANY_STAGE)
    if moment.refers_to == "duty":
        before = next((one for one in policy.duty if one.id == moment.arg and written not in one.when), None)
        return stage_of_duty(before, policy) if before else ANY_STAGE
    if moment.kind in ("raised", "the counterpart told", "the counterpart told verbally"):
        return policy.first_stage
    return policy.stage[-1].id if moment.kind in ("the recommendation", "the agency's response") else ANY_STAGE


def _head(screen: Screen, policy: Policy) -> None:
    head = policy.policy
    screen.say((f"{head.partnership}: {head.title}", "heading"), hang=2)
    since = _day_or_print(
        "in force from", head.in_force_from, head.in_force_as_printed, "in force from a day that is not given"
    )
    until = f", superseded on {format_day(head.superseded_on)}" if head.superseded_on else ""
    review = _day_or_print("review due", head.review_due, head.review_as_printed, "no review date is given")
    screen.say(
        f"Edition {head.edition} ({policy.name}), {since}{until}; {review}. {say_clause(head.clause, head.rules)}",
        hang=2,
    )
    published = f", {format_day(head.source.published_on)}" if head.source.published_on else ""
    screen.say(f"Read from: {head.source.document}{published}.", hang=2)
    if head.source.history:
        screen.say(f"{capital(head.source.history.rstrip('.'))}.", hang=2)
    screen.say(f"Days are the working days of {head.nation}.", hang=2)
    if head.aim:
        screen.say(head.aim, hang=2)


def _day_or_print(what: str, day: date | None, as_printed: str, none: str) -> str:
    """Return a day of the header, or what the source prints where that is less than a day, or that none is given."""
    printed = as_printed.rstrip(".")
    if day is None:
        return f"{what} (as printed: {printed})" if printed else none
    return f"{what} {format_day(day)}{f' (as printed: {printed})' if printed else ''}"


def _immediate_risk(screen: Screen, policy: Policy) -> None:
    screen.heading("If a child is at immediate risk")
    screen.say(("In danger now: telephone 999.", "past"), indent=2)
    for effect in policy.immediate_risk:
        screen.say(f"{effect.says} {say_clause(effect.clause, effect.rules)}", indent=2, hang=2)
    for duty in policy.duty:
        if duty.is_of_risk:
            _item(screen, policy, duty)
    for way in policy.straight_up:
        if way.ground == "immediate risk":
            _way_up(screen, policy, way)


def _stage(screen: Screen, policy: Policy, stage: Stage) -> None:
    screen.heading(f"{stage.title}{' (informal)' if stage.informal else ''}")
    here, there = stage.between
    screen.say(f"Between {here}, and {there}. {say_clause(stage.clause, stage.rules)}", indent=2, hang=2)
    if (following := policy.after(stage.id)) and stage.then is not None:
        screen.say(f"Then {policy.say_stage(following[0])}{_or_others(following)}. {stage.choose}", indent=2, hang=2)
    for words in (stage.how, f"stand-in: {stage.stand_in}" if stage.stand_in else ""):
        if words:
            screen.say(f"{capital(words)}.", indent=2, hang=2)
    for clock in policy.clock:
        if stage.id in clock.stages:
            _item(screen, policy, clock)
    for duty in policy.duty:
        if stage_of_duty(duty, policy) == stage.id and not duty.is_of_risk:
            _item(screen, policy, duty)
    for form in policy.form:
        if words := _form_here(form, stage.id):
            screen.say(f"{form.title}: {words} at this {policy.policy.called}.", indent=2, hang=2)
    for constraint in policy.constraint:
        if constraint.stage == stage.id:
            clause = say_clause(constraint.clause, constraint.rules, constraint.id)
            screen.say(f"{say_constraint(constraint)} {clause}", indent=2, hang=2)
    for gap in policy.to_fill_in:
        if gap.stage == stage.id:
            screen.say(f"{gap.asks} {gap.answer or 'For the partnership to fill in.'}", indent=2, hang=2)
    for prompt in policy.prompt:
        if stage.id in prompt.at:
            screen.say(f"Keep in mind: {prompt.says} {say_clause(prompt.clause, prompt.rules)}", indent=2, hang=2)
    for ending in policy.ending:
        if ending.stage == stage.id:
            said = f"{capital(ending.who)} {ending.does} ({say_bound(ending)}). {ending.says}"
            screen.say(f"{said} {say_clause(ending.clause, ending.rules)}", indent=2, hang=2)


def _or_others(following: Sequence[str]) -> str:
    return "".join(f" or {stage}" for stage in following[1:])


def _duties(screen: Screen, policy: Policy, title: str, duties: Sequence[Duty]) -> None:
    shown = [duty for duty in duties if not duty.is_of_risk]
    if shown:
        screen.heading(title)
    for duty in shown:
        _item(screen, policy, duty)


def _item(screen: Screen, policy: Policy, item: Obliging) -> None:
    """One clock or duty: who must do what, by when, counted from what, under which clause."""
    screen.say(f"{capital(item.who)} ", (say_force(item.force), "strong"), f" {item.act}.", indent=2, hang=2)
    asks = {fact.id: fact.ask for fact in policy.fact}
    clause = say_clause(item.clause, item.rules, item.id)
    screen.say(say_terms(item, policy.policy.called, asks), " ", (clause, "quiet"), indent=6, hang=2)
    if isinstance(item, Duty) and (contact := policy.contact_of(item.contact)):
        screen.say(say_contact(contact, policy.policy.source), indent=6, hang=2)


def _way_up(screen: Screen, policy: Policy, way: StraightUp) -> None:
    called = policy.policy.called
    ground = f"{capital(way.ground)}: s" if way.ground != "immediate risk" else "S"
    said = f"{ground}traight from {called} {' or '.join(way.from_)} to {called} {way.to}. {way.says}"
    screen.say(f"{said} {say_clause(way.clause, way.rules)}", indent=2, hang=2)


def _ways_up(screen: Screen, policy: Policy) -> None:
    ways = [way for way in policy.straight_up if way.ground != "immediate risk"]
    if ways:
        screen.heading("Straight up")
    for way in ways:
        _way_up(screen, policy, way)


def _form_here(form: FormUse, stage: str) -> str:
    if stage in form.owed_at:
        return "owed"
    return "offered" if stage in form.offered_at else ""


def _readings(doubt: Doubt) -> Iterator[tuple[str, str]]:
    for name in sorted(doubt.readings, key=lambda name: name != doubt.followed):
        word = "Followed" if name == doubt.followed else "Not followed"
        reading = doubt.readings[name]
        yield word, f"{reading.says} [{reading.clause}]"
