"""The cases that copies are made of: recorded through the ledger and the read models, each on days of its own.

The first case of the database, raised through the front door, happens again and again, a week or more earlier each
time: with a theme and an agency of its own, resolved at stage 1 or 2, withdrawn or still open, and with nothing owed
that has ended. Its dates, clocks and what reports count it by are worked out as those of any other case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from escalate.casework.desk import open_case, owed_under
from escalate.casework.projection import kept_rows_of
from escalate.core import events as e
from escalate.core.plain import fact_from_plain, to_plain
from escalate.store import readers
from escalate.store.ledger import Book, Ledger, Scribe

OPEN_WEEKS, ENDED_WEEKS = 10, 260
_THEMES = ("threshold", "agency-response", "roles", "communication", "step-up-step-down", "practice", "accountability")
_AGENCIES = 12
_ROUNDS = 2
"""What is done can bring another duty, and that one no more."""
_DAYS_OF_THE_FIRST = re.compile(r"\b2026-\d\d-\d\d\b")
_Happened = tuple[e.Fact, date]


@dataclass(frozen=True, slots=True)
class Originals:
    """The streams of what is to be copied: cases that are open, and cases that have ended. None has both."""

    is_open: tuple[str, ...]
    has_ended: tuple[str, ...]


def reference_of(first: str, number: int) -> str:
    """Return the reference of case `number` after the first: numbered on from its reference, with the same code."""
    found = re.fullmatch(r"(.+-\d{4}-)(\d+)(.*)", first)
    if found is None:
        raise ValueError("the first case has a reference of another shape")
    return f"{found[1]}{int(found[2]) + number:04d}{found[3]}"


def record_originals(database: Path, *, most: int) -> Originals:
    """Record up to so many cases beside the only one in `database`, on days spread over five years."""
    with closing(readers.open_for_reading(database)) as con:
        (first,) = [row["stream"] for row in readers.rows(con, "SELECT stream FROM case_view")]
        events = readers.chronology(con, first)
    is_open, has_ended = [first], []
    with Ledger(database) as ledger, ledger.writing() as book:
        opened = min(OPEN_WEEKS, most // 5)
        for number in range(1, most + 1):
            if number < opened:
                is_open.append(_Again(book, events, number, weeks=number).leave_open())
            else:
                # Four weeks are enough for a case to end in, and for what it owes then to be done.
                weeks = 4 + (number - opened) * ENDED_WEEKS // max(1, most - opened)
                has_ended.append(_Again(book, events, number, weeks=weeks).end())
    return Originals(tuple(is_open), tuple(has_ended))


class _Again:
    """The first case once more, so many weeks earlier, as it is recorded."""

    def __init__(self, book: Book, first: list[e.Event], number: int, *, weeks: int) -> None:
        self._book, self._number, self._earlier = book, number, timedelta(weeks=weeks)
        self._stream, self._entries = f"case-original-{number:04d}", 0
        opening = next(event for event in first if isinstance(event.fact, e.ConcernRaised))
        raised = opening.fact
        assert isinstance(raised, e.ConcernRaised)
        self._agency = f"agency-made-up-{number % _AGENCIES}"
        self._ids = {
            raised.receiving_agencies[0]: self._agency,
            **{one: f"person-made-up-{number % _AGENCIES}-{at}" for at, one in enumerate(raised.counterparts)},
            **{child: f"child-original-{number:04d}-{at}" for at, child in enumerate(raised.children)},
            raised.reference: reference_of(raised.reference, number),
        }
        self._by, self._for = opening.recorded_by, opening.for_agency
        self._on = opening.occurred_on - self._earlier
        self._record([(self._restated(event.fact), event.occurred_on - self._earlier) for event in first if event.fact])

    def leave_open(self) -> str:
        """Leave it at its first stage, or at the second, and return its stream."""
        if self._number % 2:
            self._record(self._goes_up())
        self._keep()
        return self._stream

    def end(self) -> str:
        """End it in one of the ways in which cases end, do what is owed then, and return its stream."""
        after = self._on + timedelta(days=self._number % 9)
        if self._number % 20 == 19:
            self._record([(e.Withdrawn(wanted_by="the school", reason="The plan was changed."), after)])
        else:
            stage = "2" if self._number % 4 == 2 else "1"
            self._record(self._goes_up() if stage == "2" else [])
            changed = "The children were seen at home within the week."
            resolved = e.OutcomeRecorded(
                agency=self._agency, stage=stage, outcome="resolved", changed_for_child=changed
            )
            self._record([(resolved, max(after, self._last))])
            confirmed = e.OutcomeConfirmed(agency=self._agency, stage=stage, by="the manager", how="e-mail")
            self._record([(confirmed, self._last + timedelta(days=self._number % 4))])
            if self._number % 10 == 3:
                point = e.LearningIdentified(stage=stage, learning="Say who looks at the register, and when.")
                self._record([(point, self._last)])
        for _ in range(_ROUNDS):
            owed = owed_under(self._book.events(self._stream), self._book.reading, {})
            done = [e.DutyDone(item=one.key, to=one.to, how="e-mail") for one in owed if one.is_open]
            self._record([(fact, self._last) for fact in done])
        self._keep()
        return self._stream

    def _goes_up(self) -> Iterator[_Happened]:
        on = self._on + timedelta(days=3)
        yield e.OutcomeRecorded(agency=self._agency, stage="1", outcome="unresolved"), on
        yield e.StageEntered(stage="2", ground="unresolved", left="1"), on
        yield e.CounterpartTold(agency=self._agency, how="e-mail"), on + timedelta(days=1)

    def _restated(self, fact: e.Fact) -> e.Fact:
        text = _DAYS_OF_THE_FIRST.sub(self._moved, json.dumps(to_plain(fact)))
        for known, own in self._ids.items():
            text = text.replace(known, own)
        body = json.loads(text)
        if isinstance(fact, e.ConcernRaised):
            body["themes"] = [_THEMES[self._number % len(_THEMES)]]
        if isinstance(fact, e.PartyNamed) and body["party"] == self._agency:
            body["name"] += f" {self._number % _AGENCIES}"
        return fact_from_plain(fact.kind, body)

    def _moved(self, day: re.Match[str]) -> str:
        return (date.fromisoformat(day[0]) - self._earlier).isoformat()

    def _record(self, happened: list[_Happened] | Iterator[_Happened]) -> None:
        new = [
            e.NewEvent(id=f"event-original-{self._number:04d}-{self._entries + at:04d}", fact=fact, occurred_on=on)
            for at, (fact, on) in enumerate(happened, 1)
        ]
        if new:
            self._last = max(event.occurred_on for event in new)
            scribe = Scribe(self._by, self._for, f"{self._last.isoformat()}T16:40:00+00:00")
            self._book.append(self._stream, new, scribe)
            self._entries += len(new)

    def _keep(self) -> None:
        case = open_case(self._book.events(self._stream), self._book.reading)
        self._book.replace_view(self._stream, kept_rows_of(case.case, case.policy, case.calendars, case.owed))
