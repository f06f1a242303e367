"""An invented partnership over five years: as many cases as asked for, with everything that can happen in one.

Every case has a history of its own, drawn by a generator that always draws the same. Some were logged from forms,
linked, corrected, withdrawn, reopened, raised with two agencies, or about a child of an earlier case. Nobody exists.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from escalate.casework.desk import open_case
from escalate.casework.projection import kept_rows_of
from escalate.core import events as e
from escalate.core.plain import to_plain
from escalate.core.references import make_reference
from escalate.files.policies.loading import load_policy
from escalate.store.case_links import keep_links
from escalate.store.ledger import Book, Ledger, Scribe
from tests.builders import CALENDAR, PERSON, POLICY, SCHOOL, a_home, database_in

FIRST, LAST = date(2021, 1, 4), date(2025, 12, 19)
RAISING = ("Invented Primary School", "Invented High School", "Invented Health Visiting Service", "Invented Nursery")
RECEIVING = ("Exampleshire Children's Social Care", "Exampleshire Police", "Invented Housing")
THEMES = ("threshold", "agency-response", "roles", "communication", "step-up-step-down", "practice", "accountability")
NEEDS = ("Level 3", "level 4, with a plan", "child in need", "CP", "not sure, ask the team")
OUTCOMES: tuple[e.Outcome, ...] = ("resolved", "unresolved", "no response", "out of time")
_AT_ONCE = 100


@dataclass
class Drawn:
    """One case as it is drawn: what happened, and which of its entries are corrected to another day."""

    number: int
    happened: list[tuple[e.Fact, date, date]] = field(default_factory=list)
    corrected: list[tuple[int, date, date]] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return f"case-{self.number:05d}"

    def add(self, fact: e.Fact, on: date, recorded_on: date | None = None) -> int:
        """Return the place of the entry."""
        self.happened.append((fact, on, max(recorded_on or on, self.happened[-1][2] if self.happened else on)))
        return len(self.happened)


def a_partnership(folder: Path, cases: int, seed: int = 6) -> Path:
    """Record so many cases of an invented partnership in `folder`, and return the folder."""
    home = a_home(folder)
    chance = random.Random(seed)
    _, text = load_policy(POLICY)
    with Ledger(database_in(home)) as ledger:
        for start in range(1, cases + 1, _AT_ONCE):
            with ledger.writing() as book:
                digest = book.keep_policy(text.name, text.text)
                for number in range(start, min(start + _AT_ONCE, cases + 1)):
                    _record(book, _drawn(number, chance, digest, cases))
    return home


def _record(book: Book, drawn: Drawn) -> None:
    amended = {place: (day, to) for place, day, to in drawn.corrected}
    entries = [(fact, on, recorded, None) for fact, on, recorded in drawn.happened]
    for place, (day, to) in amended.items():
        fact, _, _ = drawn.happened[place - 1]
        mended = e.Corrected(reason="It was another day.", occurred_on=to, restated=to_plain(fact))
        entries.append((mended, day, day, place))
    at = 0
    while at < len(entries):
        day = entries[at][2]
        some = [entry for entry in entries[at:] if entry[2] == day]
        some = entries[at : at + next((n for n, one in enumerate(entries[at:]) if one[2] != day), len(entries) - at)]
        new = [
            e.NewEvent(id=f"event-{drawn.stream}-{at + n:04d}", fact=fact, occurred_on=on, target=target)
            for n, (fact, on, _, target) in enumerate(some, 1)
        ]
        book.append(drawn.stream, new, Scribe(PERSON, SCHOOL, f"{day.isoformat()}T16:40:00+00:00"))
        at += len(some)
    opened = open_case(book.events(drawn.stream), book.reading)
    book.replace_view(drawn.stream, kept_rows_of(opened.case, opened.policy, opened.calendars, opened.owed))
    keep_links(book.reading, drawn.stream)


def _drawn(number: int, chance: random.Random, digest: str, cases: int) -> Drawn:
    drawn = Drawn(number)
    concern_on = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    is_logged = chance.random() < 0.4
    opened_on = concern_on + timedelta(days=chance.choice((0, 0, 1, 2)))
    recorded_on = opened_on + timedelta(days=chance.randrange(1, 20)) if is_logged else opened_on
    raising = chance.randrange(len(RAISING))
    receiving = chance.sample(range(len(RECEIVING)), 2 if chance.random() < 0.15 else 1)
    for agency, name in _parties(raising, receiving):
        drawn.add(e.PartyNamed(party=agency, sort="agency", name=name), opened_on, recorded_on)
    drawn.add(e.PartyNamed(party=PERSON, sort="person", name="Alex Practitioner"), opened_on, recorded_on)
    child, named = _child(number, chance)
    drawn.add(named, opened_on, recorded_on)
    own_sides: tuple[e.Side, ...] = ("raising", "raising", "receiving")
    agencies = tuple(f"agency-to-{one}" for one in receiving)
    raised = e.ConcernRaised(
        reference=make_reference("KSCP", concern_on.year, number, drawn.stream),
        policy=POLICY,
        policy_digest=digest,
        calendar_version=CALENDAR.version,
        our_side="partnership" if is_logged else chance.choice(own_sides),
        raising_agency=f"agency-of-{raising}",
        raised_by=PERSON,
        receiving_agencies=agencies,
        children=(child,),
        decision="It was closed.",
        decision_received_on=concern_on,
        disagreed_on=concern_on - timedelta(days=1) if chance.random() < 0.1 else None,
        concern="Something is worrying.",
        outcome_wanted="A meeting.",
        themes=tuple(chance.sample(THEMES, chance.choice((0, 1, 1, 1, 2)))),
    )
    drawn.add(raised, opened_on, recorded_on)
    first = "2" if is_logged and chance.random() < 0.5 else "1"
    drawn.add(e.StageEntered(stage=first, ground="logged" if is_logged else "raised"), opened_on, recorded_on)
    _known(drawn, chance, child, opened_on)
    for other in _linked_with(number, cases):
        linked = e.CasesLinked(other=f"case-{other:05d}", other_reference="KSCP-2025-0001-AAAA")
        drawn.add(linked, opened_on)
    _climb(drawn, chance, agencies, int(first), opened_on)
    return drawn


def _parties(raising: int, receiving: list[int]) -> Iterator[tuple[str, str]]:
    yield f"agency-of-{raising}", RAISING[raising]
    for one in receiving:
        yield f"agency-to-{one}", RECEIVING[one]


def _child(number: int, chance: random.Random) -> tuple[str, e.PartyNamed]:
    """Return a child of this case; one in ten is one of an earlier case, by its id or by initials and day of birth."""
    again = chance.randrange(1, number) if number > 1 and chance.random() < 0.1 else number
    child = f"child-{again}" if chance.random() < 0.5 else f"child-{number}-again-{again}"
    born = date(2010, 1, 1) + timedelta(days=again % 5000)
    name = f"{'ABCDEFGHIJ'[again % 10]}owan {'KLMNOPQRST'[again // 10 % 10]}estcase"
    return child, e.PartyNamed(party=child, sort="child", name=name, born_on=born if again % 3 else None)


def _linked_with(number: int, cases: int) -> Iterator[int]:
    """Yield the case that this one is one escalation with: of every fifty the first two."""
    if number % 50 == 1 and number < cases:
        yield number + 1
    if number % 50 == 2:
        yield number - 1


def _known(drawn: Drawn, chance: random.Random, child: str, on: date) -> None:
    if chance.random() < 0.05:
        drawn.add(e.RiskConsidered(answer="yes", keeps_safe="An adult stays."), on)
    if chance.random() < 0.3:
        facts: dict[str, e.Answer] = {"child protection plan": chance.choice(("yes", "no"))}
        drawn.add(e.SituationRecorded(subject=child, facts=facts), on)
    if chance.random() < 0.4:
        drawn.add(e.DetailsRecorded(child=child, details={"need.current": chance.choice(NEEDS)}), on)


def _climb(drawn: Drawn, chance: random.Random, agencies: tuple[str, ...], stage: int, on: date) -> None:
    """Draw how the case goes on, stage by stage, until it ends or is left open."""
    open_with = list(agencies)
    while True:
        for agency in open_with:
            if chance.random() < 0.9:
                drawn.add(e.CounterpartTold(agency=agency, how="e-mail"), on + timedelta(days=chance.randrange(4)))
        last = drawn.happened[-1][1]
        ends_on = max(on, last) + timedelta(days=chance.randrange(12))
        if chance.random() < 0.08:
            return
        if chance.random() < 0.04:
            drawn.add(e.Withdrawn(wanted_by="the school", reason="It was mended."), ends_on)
            return
        left, place = _outcomes(drawn, chance, open_with, stage, ends_on)
        if chance.random() < 0.1:
            drawn.add(e.LearningIdentified(stage=str(stage), learning="Say it sooner."), ends_on)
        if chance.random() < 0.03 and not left:
            # A correction found a year later: nothing else of the case depends on the day.
            drawn.corrected.append((place, ends_on + timedelta(days=365), ends_on + timedelta(days=1)))
            return
        if not left:
            _afterwards(drawn, chance, agencies, stage, ends_on)
            return
        if stage == 4:
            _recommended(drawn, chance, left, ends_on)
            return
        on, stage, open_with = ends_on + timedelta(days=chance.randrange(3)), stage + 1, left
        drawn.add(e.StageEntered(stage=str(stage), ground="unresolved", left=str(stage - 1)), on)


def _outcomes(drawn: Drawn, chance: random.Random, open_with: list[str], stage: int, on: date) -> tuple[list[str], int]:
    left, place = [], 0
    for agency in open_with:
        outcome = chance.choices(OUTCOMES, (50, 25, 15, 10))[0]
        place = drawn.add(e.OutcomeRecorded(agency=agency, stage=str(stage), outcome=outcome), on)
        if outcome == "resolved" and stage < 4 and chance.random() < 0.6:
            confirmed = e.OutcomeConfirmed(agency=agency, stage=str(stage), by="the manager")
            drawn.add(confirmed, on + timedelta(days=chance.randrange(6)))
        if outcome != "resolved":
            left.append(agency)
    return left, place


def _afterwards(drawn: Drawn, chance: random.Random, agencies: tuple[str, ...], stage: int, on: date) -> None:
    if chance.random() < 0.05:
        again = drawn.happened[-1][1] + timedelta(days=30)
        drawn.add(e.Reopened(reason="It was not done."), again)
        if chance.random() < 0.5:
            for agency in agencies:
                outcome = e.OutcomeRecorded(agency=agency, stage=str(stage), outcome="resolved")
                drawn.add(outcome, again + timedelta(days=10))


def _recommended(drawn: Drawn, chance: random.Random, left: list[str], on: date) -> None:
    made = e.RecommendationMade(by="the Chair", recommendation="Meet.", stage="4", does="recommends")
    drawn.add(made, on + timedelta(days=5))
    for agency in left:
        answers: tuple[Any, ...] = ("accepted", "accepted", "accepted in part", "not accepted")
        answered = e.AgencyResponded(agency=agency, response=chance.choice(answers))
        drawn.add(answered, on + timedelta(days=9))
