"""Scenarios of one case under one policy: what happened goes in, what is owed comes out. Nothing is stored.

    case = scenario(told("2026-04-01"), discussed("2026-04-08"))
    assert case["stage-1-reply"].due_on == date(2026, 4, 8)

What a test does not name is as in `tests.builders`: the school of Rowan Testcase disagrees with social care, from
Wednesday 1 April 2026.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from escalate.core import events as e
from escalate.core.case import Case, read_case
from escalate.core.deadlines import what_is_owed
from escalate.core.deciding import Decided
from escalate.core.owed import Owed
from escalate.core.plain import to_plain
from escalate.core.policy import Policy
from escalate.core.working_days import WorkingCalendar
from escalate.files.policies.loading import load_policy
from tests.builders import CALENDAR, NAMES, PERSON, POLICY, SCHOOL, SOCIAL_CARE, Happened, a_concern, on

ENGLAND = WorkingCalendar(CALENDAR.version, {date.fromisoformat(day): name for day, name in CALENDAR.days.items()})
CHILD = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase", born_on=date(2019, 3, 3))
REFERENCE = "KSCP-2026-0001-TEST"


@cache
def policy_of(name: str) -> Policy:
    """Return a policy as its file says it, by its name or by the path of a file."""
    policy, _ = load_policy(name)
    return policy


def knowsley() -> Policy:
    """Return Knowsley's policy as its file says it."""
    return policy_of(POLICY)


@dataclass(frozen=True)
class Scenario:
    """One case: its events, and what is owed in it by key."""

    events: tuple[e.Event, ...]
    policy: Policy = field(default_factory=knowsley)
    calendar: WorkingCalendar = ENGLAND

    @cached_property
    def case(self) -> Case:
        return read_case(self.events)

    @cached_property
    def owed(self) -> dict[str, Owed]:
        first = read_case(self.events, with_corrections=False) if self.case.of(e.Corrected) else None
        every = what_is_owed(self.case, self.policy, self.calendar, before_corrections=first)
        keyed = {one.key: one for one in every}
        assert len(keyed) == len(every), "two things owed have one key"
        return keyed

    def __getitem__(self, key: str) -> Owed:
        return self.owed[key]

    def __contains__(self, key: str) -> bool:
        return key in self.owed

    def keys(self, item: str) -> list[str]:
        """Return the keys under which this clock or duty is owed: one for each agency or occurrence."""
        return [key for key, one in self.owed.items() if one.item == item]

    def then(self, *happened: Happened | Decided) -> Scenario:
        """Return the case with more happened in it."""
        return dataclasses.replace(self, events=tuple(_numbered((*self.events, *happened))))

    def corrected(self, kind: type[e.Fact], *, to: str | None = None, **changes: Any) -> Scenario:
        """Return the case with its first entry of this kind corrected: fields to `changes`, its day to `to`."""
        target = next(event for event in self.case.events if isinstance(event.fact, kind))
        assert target.fact is not None
        restated = to_plain(dataclasses.replace(target.fact, **changes))
        occurred_on = on(to) if to else target.occurred_on
        fact = e.Corrected(reason="It was written down wrongly.", occurred_on=occurred_on, restated=restated)
        return self.then(Decided(fact=fact, on=self.events[-1].occurred_on, target=target.sequence))

    def following(self, **readings: str) -> Scenario:
        """Return the case under another reading: doubt id, its hyphens as underscores, to the reading's name."""
        chosen = {doubt.replace("_", "-"): name for doubt, name in readings.items()}
        return dataclasses.replace(self, policy=reading_differently(self.policy, chosen))


def reading_differently(policy: Policy, chosen: Mapping[str, str]) -> Policy:
    """Return the policy as a partnership would have it that follows other readings."""
    unknown = set(chosen) - {doubt.id for doubt in policy.doubts}
    assert not unknown, unknown
    tables = {
        table: tuple(
            dataclasses.replace(doubt, followed=chosen.get(doubt.id, doubt.followed))
            for doubt in getattr(policy, table)
        )
        for table in ("contradiction", "ambiguity")
    }
    return dataclasses.replace(policy, **tables)  # type: ignore[arg-type]


def scenario(*happened: Happened | Decided, opened: str = "", policy: Policy | None = None, **concern: Any) -> Scenario:
    """Return a case in which this happened, in this order, opened at the policy's first stage.

    Args:
        policy: whose policy it goes by, Knowsley's where none is named.
        opened: the day it was written down, where it is not the day the decision was learned of.
        concern: fields of `ConcernRaised`; `decision_received_on` and `disagreed_on` may be ISO text.
    """
    for name in ("decision_received_on", "disagreed_on"):
        if isinstance(concern.get(name), str):
            concern[name] = on(concern[name])
    raised = a_concern(**{"reference": REFERENCE, **concern})
    day = on(opened) if opened else raised.decision_received_on
    named = [NAMES[SCHOOL], NAMES[PERSON], *(NAMES[one] for one in (*raised.receiving_agencies, *raised.counterparts))]
    first: list[Happened] = [(name, day) for name in (*named, CHILD)]
    governing = policy or knowsley()
    first += [(raised, day), (e.StageEntered(stage=governing.first_stage, ground="raised"), day)]
    return Scenario(tuple(_numbered((*first, *happened))), policy=governing)


def _numbered(happened: Iterable[e.Event | Happened | Decided]) -> Iterable[e.Event]:
    for sequence, one in enumerate(happened, 1):
        if isinstance(one, e.Event):
            yield one
            continue
        decided = one if isinstance(one, Decided) else Decided(fact=one[0], on=one[1])
        yield e.Event(
            stream="case-0001",
            chain="chain-0001",
            sequence=sequence,
            id=f"event-{sequence:04d}",
            fact=decided.fact,
            kind=decided.fact.kind,
            occurred_on=decided.on,
            occurred_time=decided.time,
            recorded_at=f"{decided.on.isoformat()}T16:40:00+01:00",
            recorded_by=PERSON,
            for_agency=SCHOOL,
            target=decided.target,
        )


def confirmed(stage: str, day: str, agency: str = SOCIAL_CARE) -> Happened:
    """The outcome of a stage was confirmed in writing."""
    return e.OutcomeConfirmed(agency=agency, stage=stage, how="letter"), on(day)


def done(item: str, day: str, **more: Any) -> Happened:
    """Something owed was done: to whom, how."""
    return e.DutyDone(item=item, **{"to": "the duty manager", "how": "telephone", **more}), on(day)


def agreed(item: str, by_on: str, day: str, **more: Any) -> Happened:
    """A date was agreed for something owed."""
    return e.TimescaleAgreed(item=item, by_on=on(by_on), agreed_with="Sam Counterpart", **more), on(day)


def recommended(day: str) -> Happened:
    """The Chair recommended something."""
    words = "The agencies hold a strategy discussion."
    return e.RecommendationMade(by="the Chair", recommendation=words, stage="4"), on(day)


def responded(day: str, response: Any = "accepted", agency: str = SOCIAL_CARE) -> Happened:
    """An agency answered the recommendation."""
    return e.AgencyResponded(agency=agency, response=response), on(day)


def situation(day: str, subject: str = "", **facts: e.Answer) -> Happened:
    """What is known of a child's or an agency's situation, a fact's spaces as underscores."""
    known = {fact.replace("_", " "): answer for fact, answer in facts.items()}
    return e.SituationRecorded(subject=subject, facts=known), on(day)


def learned(day: str, stage: str = "1") -> Happened:
    """Something the partnership could learn from was identified."""
    return e.LearningIdentified(stage=stage, learning="Closing letters came after the closure."), on(day)


def reopened(day: str) -> Happened:
    """The case was opened again."""
    return e.Reopened(reason="What was agreed was not done."), on(day)


def withdrawn(day: str) -> Happened:
    """The escalation was withdrawn."""
    return e.Withdrawn(wanted_by="Alex Practitioner", reason="The assessment was begun."), on(day)
