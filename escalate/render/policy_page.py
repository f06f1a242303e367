"""`policy show`: a page that a practitioner can read aloud. Each sentence with its clause; what is in doubt, last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from escalate.core.moments import parse_moment
from escalate.core.policy import Contact, Doubt, Duty, FormUse, Obliging, Policy, Stage, StraightUp, follow
from escalate.render.console import Screen
from escalate.render.days import format_day
from escalate.render.policy_words import capital, say_clause, say_moment, say_terms

ANY_STAGE = ""


def show_policy(screen: Screen, policy: Policy) -> None:
    """Write the whole policy, as its followed readings have it."""
    followed = follow(policy)
    _head(screen, followed)
    _immediate_risk(screen, followed)
    for stage in followed.stage:
        _stage(screen, followed, stage)
    _duties(screen, "At any stage", [duty for duty in followed.duty if stage_of_duty(duty, followed) == ANY_STAGE])
    _rest(screen, followed)
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
    since = f"in force from {format_day(head.in_force_from)}" if head.in_force_from else "undated"
    until = f", superseded on {format_day(head.superseded_on)}" if head.superseded_on else ""
    review = f"review due {format_day(head.review_due)}" if head.review_due else "no review date is given"
    screen.say(f"Edition {head.edition} ({policy.name}), {since}{until}; {review}.", hang=2)
    published = f", {format_day(head.source.published_on)}" if head.source.published_on else ""
    screen.say(f"Read from: {head.source.document}{published}.", hang=2)
    if head.source.history:
        screen.say(f"{capital(head.source.history)}.", hang=2)
    screen.say(f"Days are the working days of {head.nation}.", hang=2)
    if head.aim:
        screen.say(head.aim, hang=2)


def _immediate_risk(screen: Screen, policy: Policy) -> None:
    screen.heading("If a child is at immediate risk")
    screen.say(("In danger now: telephone 999.", "past"), indent=2)
    for effect in policy.immediate_risk:
        screen.say(f"{effect.says} {say_clause(effect.clause, effect.rules)}", indent=2, hang=2)
    for duty in policy.duty:
        if {"immediate risk", "risk not sure"} & set(duty.when):
            _item(screen, duty)
    for way in policy.straight_up:
        if way.ground == "immediate risk":
            _way_up(screen, way)


def _stage(screen: Screen, policy: Policy, stage: Stage) -> None:
    screen.heading(f"{stage.title}{' (informal)' if stage.informal else ''}")
    here, there = stage.between
    screen.say(f"Between {here}, and {there}. {say_clause(stage.clause, stage.rules)}", indent=2, hang=2)
    for words in (stage.how, f"stand-in: {stage.stand_in}" if stage.stand_in else ""):
        if words:
            screen.say(f"{capital(words)}.", indent=2, hang=2)
    for clock in policy.clock:
        if clock.stage == stage.id:
            _item(screen, clock)
    for duty in policy.duty:
        is_of_risk = {"immediate risk", "risk not sure"} & set(duty.when)
        if stage_of_duty(duty, policy) == stage.id and not is_of_risk:
            _item(screen, duty)
    for form in policy.form:
        if words := _form_here(form, stage.id):
            screen.say(f"{form.title}: {words}.", indent=2, hang=2)
    for prompt in policy.prompt:
        if stage.id in prompt.at:
            screen.say(f"Keep in mind: {prompt.says} {say_clause(prompt.clause, prompt.rules)}", indent=2, hang=2)
    for ending in policy.ending:
        if ending.stage == stage.id:
            bound = "binding" if ending.binding else "not binding"
            said = f"{capital(ending.who)} {ending.does} ({bound}). {ending.says}"
            screen.say(f"{said} {say_clause(ending.clause, ending.rules)}", indent=2, hang=2)


def _duties(screen: Screen, title: str, duties: Sequence[Duty]) -> None:
    shown = [duty for duty in duties if not {"immediate risk", "risk not sure"} & set(duty.when)]
    if shown:
        screen.heading(title)
    for duty in shown:
        _item(screen, duty)


def _item(screen: Screen, item: Obliging) -> None:
    """One clock or duty: who must do what, by when, counted from what, under which clause."""
    force = "should consider" if item.force == "consider" else item.force
    screen.say(f"{capital(item.who)} ", (force, "strong"), f" {item.act}.", indent=2, hang=2)
    screen.say(say_terms(item), " ", (say_clause(item.clause, item.rules, item.id), "quiet"), indent=6, hang=2)


def _way_up(screen: Screen, way: StraightUp) -> None:
    said = f"Straight from stage {' or '.join(way.from_)} to stage {way.to}: {way.says}"
    screen.say(f"{said} {say_clause(way.clause, way.rules)}", indent=2, hang=2)


def _rest(screen: Screen, policy: Policy) -> None:
    ways = [way for way in policy.straight_up if way.ground != "immediate risk"]
    if ways:
        screen.heading("Straight up")
    for way in ways:
        _way_up(screen, way)
    _lines(
        screen,
        "Where this policy does not apply",
        ((f"{capital(x.what)}: {x.go_to}.", x.clause, x.rules) for x in policy.route_out),
    )
    _lines(
        screen, "Asked, because duties depend on it", ((f"{capital(x.ask)}", x.clause, x.rules) for x in policy.fact)
    )
    _lines(screen, "Forms", ((_form(x), x.clause, x.rules) for x in policy.form))
    _lines(screen, "What disagreements are about", ((f"{x.title}.", x.clause, x.rules) for x in policy.theme))
    always = [x for x in policy.prompt if not set(x.at) & {stage.id for stage in policy.stage}]
    _lines(screen, "Keep in mind", ((x.says, x.clause, x.rules) for x in always))
    printed = policy.policy.source
    _lines(
        screen,
        "Whom to ask",
        ((_contact(x, printed.document, printed.published_on), x.clause, x.rules) for x in policy.contact),
    )
    _lines(
        screen,
        "What is reported",
        ((f"{capital(x.group)}: {x.says} (how often: {x.cadence}).", x.clause, x.rules) for x in policy.report),
    )


def _lines(screen: Screen, title: str, lines: Iterable[tuple[str, str, tuple[str, ...]]]) -> None:
    shown = list(lines)
    if shown:
        screen.heading(title)
    for words, clause, rules in shown:
        screen.say(f"{words} {say_clause(clause, rules)}", indent=2, hang=2)


def _form_here(form: FormUse, stage: str) -> str:
    if stage in form.owed_at:
        return "owed at this stage"
    return "offered at this stage" if stage in form.offered_at else ""


def _form(form: FormUse) -> str:
    when = [
        f"offered at stage {' and '.join(form.offered_at)}" if form.offered_at else "",
        f"owed at stage {' and '.join(form.owed_at)}" if form.owed_at else "",
        f"owed when {' or '.join(say_moment(written) for written in form.owed_when)}" if form.owed_when else "",
    ]
    return f"{form.title} ({form.form}), to {form.to}; {'; '.join(words for words in when if words) or 'any time'}."


def _contact(contact: Contact, document: str, published_on: date | None) -> str:
    reach = ", ".join(words for words in (contact.telephone, contact.email) if words) or "no number is printed"
    called = f" (also called {', '.join(contact.also_called)})" if contact.also_called else ""
    if contact.confirmed_on:
        sure = f"confirmed on {format_day(contact.confirmed_on)}"
    else:
        printed = f" of {format_day(published_on)}" if published_on else ""
        sure = f"as printed in {document}{printed}; nobody has confirmed it here"
    return f"{contact.title}{called}: {reach} ({sure})."


def _readings(doubt: Doubt) -> Iterator[tuple[str, str]]:
    for name in sorted(doubt.readings, key=lambda name: name != doubt.followed):
        word = "Followed" if name == doubt.followed else "Not followed"
        reading = doubt.readings[name]
        yield word, f"{reading.says} [{reading.clause}]"
