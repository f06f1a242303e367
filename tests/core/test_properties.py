"""Properties of any case under any policy here, shipped or invented: it replays, and nothing moves a deadline later.

A chronology is drawn as people make one: days in order, stages upwards, and everything else in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core.deadlines import what_is_owed
from escalate.core.deciding import Decided
from escalate.core.owed import Owed
from escalate.core.plain import to_plain
from escalate.core.policy import Policy
from escalate.files.places import shipped
from tests.builders import DAY_0, HEALTH, SCHOOL, SOCIAL_CARE
from tests.policies.walk import INVENTED
from tests.rules.scenario import ENGLAND, Scenario, policy_of, scenario

FILES = sorted(shipped("policies").glob("*.toml")) + sorted(INVENTED.glob("*.toml"))
BOTH = (SOCIAL_CARE, HEALTH)
OUTCOMES: tuple[e.Outcome, ...] = ("resolved", "unresolved", "no response", "out of time")
HOW = ("telephone", "meeting", "e-mail")
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Drawing:
    """A chronology being drawn: what happened so far, the day it is, and the stage it has come to."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    policy: Policy
    day: date
    stage: str
    happened: list[Decided] = field(default_factory=list)
    opening: int = 0

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def happens(self, fact: e.Fact, target: int | None = None) -> None:
        time = self.one_of("", "09:30") if not isinstance(fact, e.Corrected) else ""
        self.happened.append(Decided(fact=fact, on=self.day, time=time, target=target))

    @property
    def keys(self) -> tuple[str, ...]:
        """What may be owed, what the stage itself asks for three times as often."""
        here = [clock.id for clock in self.policy.clock if self.stage in clock.stages] * 3
        items = [*here, *(item.id for item in (*self.policy.clock, *self.policy.duty))]
        return (*items, *(f"{item}@2" for item in items))


def _told(now: Drawing) -> e.Fact:
    return e.CounterpartTold(agency=now.one_of(*BOTH), how=now.one_of("telephone", "letter"))


def _discussed(now: Drawing) -> e.Fact:
    actions = (e.Action(id=f"action-{len(now.happened)}", what="Visit.", by_on=now.day),)
    return e.DiscussionRecorded(
        agencies=now.one_of(BOTH, (HEALTH,)), how=now.one_of(*HOW), said="Both spoke.", actions=now.one_of((), actions)
    )


def _agreed(now: Drawing) -> e.Fact:
    return e.TimescaleAgreed(item=now.one_of(*now.keys), by_on=now.day + timedelta(days=now.draw(st.integers(0, 90))))


def _proposed(now: Drawing) -> e.Fact:
    return e.TimescaleProposed(item=now.one_of(*now.keys), by_on=now.day + timedelta(days=7))


def _went_up(now: Drawing) -> e.Fact:
    above = now.policy.above(now.stage)
    if not above:
        return _recommended(now)
    left, now.stage = now.stage, now.one_of(*above)
    return e.StageEntered(stage=now.stage, ground="unresolved", left=left)


def _ended(now: Drawing) -> e.Fact:
    return e.OutcomeRecorded(agency=now.one_of(*BOTH), stage=now.stage, outcome=now.one_of(*OUTCOMES))


def _recommended(now: Drawing) -> e.Fact:
    return e.RecommendationMade(by="the Chair", recommendation="Visit.", stage=now.stage, binds=now.one_of(True, False))


def _situation(now: Drawing) -> e.Fact:
    facts = [fact.id for fact in now.policy.fact] or ["looked after"]
    subject = now.one_of("", "child-1", SCHOOL, HEALTH)
    return e.SituationRecorded(subject=subject, facts={now.one_of(*facts): now.one_of("yes", "no", "not known")})


MOVES_NO_DATE: tuple[Callable[[Drawing], e.Fact], ...] = (
    _told,
    _discussed,
    _agreed,
    _proposed,
    _went_up,
    _went_up,
    _ended,
    _ended,
    _recommended,
    _situation,
    lambda now: e.DutyDone(item=now.one_of(*now.keys)),
    lambda now: e.DutyNotApplicable(item=now.one_of(*now.keys), reason="There is no such post."),
    lambda now: e.OutcomeConfirmed(agency=now.one_of(*BOTH), stage=now.stage),
    lambda now: e.AgencyResponded(agency=now.one_of(*BOTH), response=now.one_of("accepted", "not accepted")),
    lambda now: e.LearningIdentified(stage=now.stage, learning="Letters came late."),
    lambda now: e.RiskConsidered(answer=now.one_of("yes", "no", "not sure")),
    lambda now: e.Withdrawn(wanted_by="Alex Practitioner", reason="It was begun."),
)
"""What happens in a case without changing what a time counts from, how long it is or by which calendar."""
EVERYTHING = (
    *MOVES_NO_DATE,
    lambda now: e.Reopened(reason="It was not done."),
    lambda now: e.UrgencyJudged(band=now.one_of(*(band.id for band in now.policy.band), "no band of it")),
    lambda now: e.CalendarAdopted(version="another"),
    lambda now: e.DepartureRecorded(what="The chair came from an agency involved."),
    lambda now: e.OversightRecorded(manager="Jo Manager", note="Go on."),
)


@st.composite
def chronologies(draw: Any, kinds: tuple[Callable[[Drawing], e.Fact], ...], *, amended: bool) -> Scenario:
    """Draw a case under one of the policies; `amended` puts corrections and redactions in it."""
    policy = policy_of(str(draw(st.sampled_from(FILES))))
    concern: dict[str, Any] = {"receiving_agencies": draw(st.sampled_from([BOTH, BOTH[:1]]))}
    concern["decision_received_on"] = DAY_0 + timedelta(days=draw(st.integers(-7, 280)))
    concern["disagreed_on"] = draw(st.sampled_from([None, concern["decision_received_on"] - timedelta(days=3)]))
    case = scenario(policy=policy, **concern)
    now = Drawing(draw, policy, case.events[-1].occurred_on, policy.first_stage, opening=len(case.events))
    for _ in range(draw(st.integers(1, 9))):
        now.day += timedelta(days=draw(st.integers(0, 9)))
        now.happens(draw(st.sampled_from(kinds))(now))
        if amended and draw(st.integers(0, 3)) == 0:
            _amend(now)
    return case.then(*now.happened)


def _amend(now: Drawing) -> None:
    place = now.draw(st.integers(0, len(now.happened) - 1))
    target, sequence = now.happened[place], now.opening + place + 1
    if isinstance(target.fact, (e.StageEntered, e.Corrected, e.Redacted)):
        return  # a stage's entering is corrected in tests of its own: without it there is no case at a stage
    restated = to_plain(target.fact)
    if now.one_of(True, False):
        now.happens(e.Redacted(reason="It named another family.", restated={}), sequence)
        return
    earlier = target.on - timedelta(days=now.draw(st.integers(0, 5)))
    now.happens(e.Corrected(reason="Written down wrongly.", occurred_on=earlier, restated=restated), sequence)


def prefixes(case: Scenario) -> Iterator[Scenario]:
    """Yield the case after its opening, which is one transaction, and after each further entry."""
    opening = next(n for n, event in enumerate(case.events, 1) if isinstance(event.fact, e.StageEntered))
    for length in range(opening, len(case.events) + 1):
        yield Scenario(case.events[:length], policy=case.policy)


@few
@given(case=chronologies(EVERYTHING, amended=True))
def test_every_prefix_of_every_chronology_replays_and_owes_each_thing_once(case: Scenario) -> None:
    for one in prefixes(case):
        assert one.case.last_sequence == len(one.events)
        assert one.case.state in ("open", "to check", "ended", "withdrawn")
        assert set(one.owed) == {owed.key for owed in what_is_owed(one.case, one.policy, ENGLAND)}


@few
@given(case=chronologies(EVERYTHING, amended=True))
def test_no_date_is_later_than_the_policys_own_and_what_has_none_says_why(case: Scenario) -> None:
    for owed in case.owed.values():
        if owed.due_on and owed.policy_due_on:
            assert owed.due_on <= owed.policy_due_on
        assert owed.due_on is not None or owed.no_date


@few
@given(case=chronologies(MOVES_NO_DATE, amended=False))
def test_nothing_that_happens_later_makes_a_date_later(case: Scenario) -> None:
    soonest: dict[str, date] = {}
    for one in prefixes(case):
        for key, owed in one.owed.items():
            if _is_certain(owed):
                assert owed.due_on <= soonest.get(key, owed.due_on), (key, one.policy.name)  # type: ignore[operator]
                soonest[key] = cast(date, owed.due_on)


@few
@given(case=chronologies(EVERYTHING, amended=False), data=st.data())
def test_no_date_agreed_later_makes_any_date_later(case: Scenario, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(case.owed)))
    by_on = case.events[-1].occurred_on + timedelta(days=data.draw(st.integers(0, 120)))
    before = {one.key: one.due_on for one in case.owed.values() if one.due_on}

    after = case.then((e.TimescaleAgreed(item=key, by_on=by_on), case.events[-1].occurred_on)).owed

    later = {
        one: after[one].due_on
        for one, due_on in before.items()
        if one in after and (after[one].due_on or due_on) > due_on
    }
    assert later == {}


def _is_certain(owed: Owed) -> bool:
    """Return whether it has a date that no longer waits for what only time brings, such as a day being missed."""
    return owed.due_on is not None and owed.shows_from is None
