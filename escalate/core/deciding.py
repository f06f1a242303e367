"""Decisions: from a case and what somebody wants to record, the events that follow, or a refusal.

Going up is never refused. Only the impossible is: a stage that does not exist, a date before the concern or after
today, an end of something already ended. What happened otherwise than the policy says becomes a departure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from escalate.core import events as e
from escalate.core import ladder
from escalate.core.case import Case
from escalate.core.policy import Policy, follow
from escalate.errors import CannotDecide

REMEDY_DATE = "write day, month, year: 30/04/2026, 30 April, yesterday, Fri"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A fact to be recorded, with its day; `target` is the entry that a correction or redaction is about."""

    fact: e.Fact
    on: date
    time: str = ""
    target: int | None = None


def raise_concern(
    raised: e.ConcernRaised, policy: Policy, today: date, beside: Sequence[Decided] = (), *, people: str = ""
) -> tuple[Decided, ...]:
    """Return the events that open a case, as of the day they were told: the concern, what is beside it, its stage.

    Args:
        beside: names, the answer about risk, who was told already, what is known of the situation.
        people: who acts for each side at the first stage, where the policy leaves it open.
    Raises:
        CannotDecide: a date after today, or a telling before the concern.
    """
    days = [day for day in (raised.decision_received_on, raised.disagreed_on) if day is not None]
    if any(day > today for day in days):
        raise CannotDecide("the day the decision was learned of is after today", remedy=REMEDY_DATE, recorded="")
    for one in beside:
        if isinstance(one.fact, e.CounterpartTold) and one.on < raised.concern_on:
            raise CannotDecide(
                "the counterpart cannot have been told before the concern arose", remedy=REMEDY_DATE, recorded=""
            )
        if one.on > today:
            raise CannotDecide("a day given is after today", remedy=REMEDY_DATE, recorded="")
    first = _first_stage(policy, beside, people)
    named = [one for one in beside if isinstance(one.fact, e.PartyNamed)]
    others = [one for one in beside if not isinstance(one.fact, e.PartyNamed)]
    on = min([today, *(one.on for one in beside if isinstance(one.fact, e.CounterpartTold))])
    return (*named, Decided(fact=raised, on=on), *others, Decided(fact=first, on=on))


def _first_stage(policy: Policy, beside: Sequence[Decided], people: str) -> e.StageEntered:
    at_risk = any(isinstance(one.fact, e.RiskConsidered) and one.fact.answer == "yes" for one in beside)
    stage = follow(policy).opened_at(at_risk=at_risk)
    ground = "raised" if stage == policy.first_stage else "immediate risk"
    return e.StageEntered(stage=stage, ground=ground, people=people)


def record(case: Case, facts: Sequence[Decided], today: date) -> tuple[Decided, ...]:
    """Return facts to be recorded in a case as they are, once their days are possible.

    See `departures` for what a policy would have had otherwise.

    Raises:
        CannotDecide: a day before the concern or after today.
    """
    for one in facts:
        if not isinstance(one.fact, e.RiskConsidered):  # nothing stands in the way of saying that a child is at risk
            _possible(case, one.on, today)
    return tuple(facts)


def departures(case: Case, policy: Policy, facts: Sequence[Decided], reason: str = "") -> tuple[Decided, ...]:
    """Return a departure for each fact that the policy's constraints at this stage would have had otherwise."""
    found = []
    for one in facts:
        who, agency = _acted(one.fact)
        for constraint in policy.constraint:
            is_here = constraint.stage == case.stage and constraint.who == who
            if is_here and agency in _kept_out(case, constraint.not_from):
                what = f"{constraint.who} came from {constraint.not_from}"
                departure = e.DepartureRecorded(what=what, reason=reason, rule=" ".join(constraint.rules))
                found.append(Decided(fact=departure, on=one.on))
    return tuple(found)


def _acted(fact: e.Fact) -> tuple[str, str]:
    """Return in which part somebody acted that a constraint may speak of, and from which agency of the case."""
    if isinstance(fact, e.DiscussionRecorded):
        return "whoever chairs the meeting", fact.chair_agency
    return ("whoever decides", fact.agency) if isinstance(fact, e.RecommendationMade) else ("", "")


def _kept_out(case: Case, not_from: str) -> tuple[str, ...]:
    """Return the agencies of the case that a constraint keeps out."""
    raising, receiving = (case.raised.raising_agency,), case.raised.receiving_agencies
    return {"the agency raising the concern": raising, "the agency receiving it": receiving}.get(
        not_from, (*raising, *receiving)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingUp:
    """What somebody says of a stage's end: the outcome with each agency, and where it goes.

    `to` is empty for the next stage. `ground` is empty where the outcomes say it. `beside` is recorded first: the
    answer about risk, what was said, learning. `people`: who acts for each side there, where the policy leaves it open.
    """

    on: date
    outcomes: tuple[e.OutcomeRecorded, ...]
    to: str = ""
    ground: str = ""
    reason: str = ""
    people: str = ""
    beside: tuple[Decided, ...] = ()


def advance(case: Case, policy: Policy, going: GoingUp, today: date) -> tuple[Decided, ...]:
    """Return the outcomes of this stage and, unless every agency is resolved, the next stage's entering.

    Raises:
        CannotDecide: the case has ended; the day is impossible; the stage does not exist or is not higher; this
            is the last stage; several stages may follow and none was chosen.
    """
    must_be_open(case)
    _possible(case, going.on, today)
    _not_before_this_stage(case, going.on)
    outcomes = tuple(Decided(fact=outcome, on=going.on) for outcome in going.outcomes)
    resolved = {outcome.agency for outcome in going.outcomes if outcome.outcome == "resolved"}
    decided = (*record(case, going.beside, today), *outcomes)
    if set(case.unsettled) <= resolved:
        return decided
    return (*decided, *_up(case, policy, going))


def _up(case: Case, policy: Policy, going: GoingUp) -> tuple[Decided, ...]:
    above = policy.above(case.stage)
    if not above:
        raise CannotDecide(
            f"case {case.reference}: {policy.say_stage(case.stage)} is the last of this policy",
            remedy=f"record the decision, and each agency's answer: escalate record {case.reference}",
            recorded="",
        )
    following = policy.after(case.stage)
    if not going.to and len(following) > 1:
        raise CannotDecide(
            f"case {case.reference}: from {policy.say_stage(case.stage)} it goes to {' or to '.join(following)}",
            remedy='say to which: the answer is called "to"',
            recorded="",
        )
    to = going.to or following[0]
    if to not in above:
        raise CannotDecide(
            f'case {case.reference}: "{to}" is not a {policy.policy.called} above {policy.say_stage(case.stage)}',
            remedy=f"the {policy.policy.called}s above are: {', '.join(above)}",
            recorded="",
        )
    ground = going.ground or _ground(going.outcomes)
    passed_over = ladder.passed_over(policy.stage, case.stage, to)
    is_allowed = any(way.ground == ground and case.stage in way.from_ and way.to == to for way in policy.straight_up)
    departed: tuple[Decided, ...] = ()
    if passed_over and not is_allowed:
        stages = policy.say_stage(*passed_over)
        what = f"{stages} passed over, from {policy.say_stage(case.stage)} to {policy.say_stage(to)}"
        rule = " ".join(policy.stage_of(passed_over[0]).rules)  # type: ignore[union-attr]
        departed = (Decided(fact=e.DepartureRecorded(what=what, reason=going.reason, rule=rule), on=going.on),)
        ground = going.ground or "skipped"
    entered = e.StageEntered(stage=to, ground=ground, left=case.stage, reason=going.reason, people=going.people)
    return (*departed, Decided(fact=entered, on=going.on))


def _ground(outcomes: Sequence[e.OutcomeRecorded]) -> e.Ground:
    said = {outcome.outcome for outcome in outcomes}
    if "no response" in said:
        return "no response"
    return "out of time" if "out of time" in said and "unresolved" not in said else "unresolved"


def resolve(
    case: Case, outcomes: Sequence[e.OutcomeRecorded], beside: Sequence[Decided], on: date, today: date
) -> tuple[Decided, ...]:
    """Return the outcomes that resolve a case with the agencies named.

    Raises:
        CannotDecide: the case has ended already, or the day is impossible.
    """
    must_be_open(case)
    _possible(case, on, today)
    _not_before_this_stage(case, on)
    return (*record(case, beside, today), *(Decided(fact=outcome, on=on) for outcome in outcomes))


def withdraw(case: Case, fact: e.Withdrawn, beside: Sequence[Decided], on: date, today: date) -> tuple[Decided, ...]:
    """Return the withdrawal of an open case.

    Raises:
        CannotDecide: the case has ended already, or the day is impossible.
    """
    must_be_open(case)
    _possible(case, on, today)
    _not_before_this_stage(case, on)
    return (*record(case, beside, today), Decided(fact=fact, on=on))


def reopen(case: Case, fact: e.Reopened, today: date) -> tuple[Decided, ...]:
    """Return the reopening of a case at the stage it was at; the concern keeps its first date.

    Raises:
        CannotDecide: the case is open.
    """
    if case.state == "open":
        raise CannotDecide(
            f"case {case.reference} is open",
            remedy=f"to see what is owed: escalate show {case.reference}",
            recorded="",
        )
    return (Decided(fact=fact, on=today),)


def agree(
    case: Case,
    fact: e.TimescaleAgreed | e.TimescaleProposed,
    beside: Sequence[Decided],
    on: date,
    today: date,
) -> tuple[Decided, ...]:
    """Return a date proposed or agreed for one item of the case.

    Raises:
        CannotDecide: the day it was agreed on is impossible, or the date lies before the concern.
    """
    _possible(case, on, today)
    if fact.by_on < case.concern_on:
        raise CannotDecide(
            f"case {case.reference}: the date agreed lies before the concern", remedy=REMEDY_DATE, recorded=""
        )
    if fact.by_on < on:
        raise CannotDecide(
            f"case {case.reference}: {fact.by_on:%d/%m/%Y} had passed when it was said, {on:%d/%m/%Y}",
            remedy=REMEDY_DATE,
            recorded="",
        )
    return (*record(case, beside, today), Decided(fact=fact, on=on))


def next_action_ids(case: Case | None, count: int) -> tuple[str, ...]:
    """Return ids for `count` new agreed actions: "action-1" is the case's first.

    Once a case has changed hands, two installations may each agree one: their ids carry the record they are kept in.
    """
    already = len(case.actions) if case else 0
    handed = [x.chain for x in case.events if isinstance(x.fact, (e.HandedOver, e.TakenOver))] if case else []
    mark = f"-{handed[-1][-8:]}" if handed else ""
    return tuple(f"action-{already + place}{mark}" for place in range(1, count + 1))


def must_be_open(case: Case) -> None:
    """Refuse what only an open case allows.

    Raises:
        CannotDecide: the case has ended or was withdrawn.
    """
    if case.state != "open":
        how = "was withdrawn" if case.state == "withdrawn" else "is resolved with every agency"
        raise CannotDecide(
            f"case {case.reference} {how}",
            remedy=f"if it must go on: escalate reopen {case.reference}",
            recorded="",
        )


def _possible(case: Case, on: date, today: date) -> None:
    if on > today:
        raise CannotDecide(f"case {case.reference}: {on:%d/%m/%Y} is after today", remedy=REMEDY_DATE, recorded="")
    if on < case.concern_on:
        raise CannotDecide(
            f"case {case.reference}: {on:%d/%m/%Y} is before the concern, {case.concern_on:%d/%m/%Y}",
            remedy=f"{REMEDY_DATE}; if the concern's own date is wrong: escalate correct {case.reference}",
            recorded="",
        )


def _not_before_this_stage(case: Case, on: date) -> None:
    if (entered := ladder.gone_up_on(case)) and on < entered:
        raise CannotDecide(
            f"case {case.reference}: {on:%d/%m/%Y} is before {ladder.say_stages('stage', case.stage)} was entered,"
            f" {entered:%d/%m/%Y}",
            remedy=f"{REMEDY_DATE}; if that entry is wrong: escalate correct {case.reference}",
            recorded="",
        )
