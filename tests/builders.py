"""Invented cases in a real database: made through the ledger and the read models, as the verbs make them.

`a_home` records who uses it and the calendar; `a_case` raises a case there, with whatever else happened in it:

    home = a_home(tmp_path)
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-10", left="1"))
    case.add(told("2026-04-02"))

Nobody in it exists. Days and names that a test is not about have good defaults: Rowan Testcase, of Invented Primary
School, whose case Exampleshire Children's Social Care closed on Wednesday 1 April 2026.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from escalate.casework.desk import open_case
from escalate.casework.projection import kept_rows_of, party_row
from escalate.core import events as e
from escalate.core.plain import to_plain
from escalate.core.references import make_reference
from escalate.files.policies.loading import load_policy
from escalate.store import readers
from escalate.store.ledger import Book, Ledger, Scribe
from tests.made_once import home_made_once, recorded_once

PERSON, SCHOOL, SOCIAL_CARE, HEALTH = "person-practitioner", "agency-school", "agency-social-care", "agency-health"
COUNTERPART, MANAGER = "person-counterpart", "person-manager"
POLICY = "knowsley-2020-11"
DAY_0 = date(2026, 4, 1)

NAMES = {
    SCHOOL: e.PartyNamed(party=SCHOOL, sort="agency", name="Invented Primary School"),
    SOCIAL_CARE: e.PartyNamed(party=SOCIAL_CARE, sort="agency", name="Exampleshire Children's Social Care"),
    HEALTH: e.PartyNamed(party=HEALTH, sort="agency", name="Invented Health Visiting Service"),
    PERSON: e.PartyNamed(
        party=PERSON,
        sort="person",
        name="Alex Practitioner",
        role="Designated Safeguarding Lead",
        agency=SCHOOL,
        email="alex@invented-primary.example",
        telephone="01632 960001",
    ),
    COUNTERPART: e.PartyNamed(
        party=COUNTERPART, sort="person", name="Sam Counterpart", role="Social Worker", agency=SOCIAL_CARE
    ),
    MANAGER: e.PartyNamed(party=MANAGER, sort="person", name="Jo Manager", role="Team Manager", agency=SOCIAL_CARE),
}

# The bank holidays of England, as published.
CALENDAR = e.CalendarStored(
    version="ENG-2026-invented",
    nation="England",
    source="the builders of the tests",
    first_year=2025,
    last_year=2027,
    days={
        "2025-01-01": "New Year's Day",
        "2025-04-18": "Good Friday",
        "2025-04-21": "Easter Monday",
        "2025-05-05": "May Day",
        "2025-05-26": "Spring Bank Holiday",
        "2025-08-25": "Late Summer Bank Holiday",
        "2025-12-25": "Christmas Day",
        "2025-12-26": "Boxing Day",
        "2026-01-01": "New Year's Day",
        "2026-04-03": "Good Friday",
        "2026-04-06": "Easter Monday",
        "2026-05-04": "May Day",
        "2026-05-25": "Spring Bank Holiday",
        "2026-08-31": "Late Summer Bank Holiday",
        "2026-12-25": "Christmas Day",
        "2026-12-28": "Boxing Day (substitute day)",
        "2027-01-01": "New Year's Day",
        "2027-03-26": "Good Friday",
        "2027-03-29": "Easter Monday",
        "2027-05-03": "May Day",
        "2027-05-31": "Spring Bank Holiday",
        "2027-08-30": "Late Summer Bank Holiday",
        "2027-12-27": "Christmas Day (substitute day)",
        "2027-12-28": "Boxing Day (substitute day)",
    },
)

Happened = tuple[e.Fact, date]
"""A fact and the day it happened."""


def on(day: str | date) -> date:
    """Return the day, written year-month-day or given as it is."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def told(day: str | date, agency: str = SOCIAL_CARE, **more: Any) -> Happened:
    """The counterpart was told by telephone."""
    return e.CounterpartTold(agency=agency, **{"how": "telephone", "person": COUNTERPART, **more}), on(day)


def discussed(day: str | date, **more: Any) -> Happened:
    """The two sides spoke."""
    given = {"agencies": (SOCIAL_CARE,), "people": (COUNTERPART,), "how": "telephone", "said": "Both sides spoke."}
    return e.DiscussionRecorded(**{**given, **more}), on(day)


def entered(stage: str, day: str | date, **more: Any) -> Happened:
    """A stage was entered because the one below it ended without agreement."""
    left = str(int(stage) - 1) if stage.isdecimal() else ""
    return e.StageEntered(stage=stage, **{"ground": "unresolved", "left": left, **more}), on(day)


def ended(stage: str, outcome: e.Outcome, day: str | date, agency: str = SOCIAL_CARE, **more: Any) -> Happened:
    """A stage ended with an agency: "resolved", "unresolved", "no response" or "out of time"."""
    return e.OutcomeRecorded(agency=agency, stage=stage, outcome=outcome, **more), on(day)


def at_risk(day: str | date, answer: e.RiskAnswer = "yes", **more: Any) -> Happened:
    """Somebody considered whether a child is at immediate risk."""
    return e.RiskConsidered(answer=answer, **more), on(day)


def a_concern(**more: Any) -> e.ConcernRaised:
    """Return a concern of the school about one child, whose case social care closed on `DAY_0`."""
    given: dict[str, Any] = {
        "reference": "",
        "policy": POLICY,
        "policy_digest": "",
        "calendar_version": CALENDAR.version,
        "our_side": "raising",
        "raising_agency": SCHOOL,
        "raised_by": PERSON,
        "receiving_agencies": (SOCIAL_CARE,),
        "children": ("child-1",),
        "counterparts": (COUNTERPART,),
        "decision": "The case was closed after one visit.",
        "decision_received_on": DAY_0,
        "concern": "Attendance fell to 61 %, and two disclosures were made at school.",
        "outcome_wanted": "A strategy discussion this week.",
        "themes": ("threshold",),
    }
    return e.ConcernRaised(**{**given, **more})


@dataclass
class Built:
    """A case in a real database: `add` records more, each time in a transaction of its own."""

    home: Path
    stream: str
    reference: str

    def add(self, *happened: Happened, recorded_on: date | None = None) -> Built:
        """Record what happened, on the day of the last of it unless `recorded_on` is another."""
        with Ledger(database_in(self.home)) as ledger, ledger.writing() as book:
            _append(book, self.stream, happened, recorded_on or happened[-1][1])
            keep_views(book, self.stream)
        return self

    def correct(self, sequence: int, day: str | date, *, to: str | date | None = None, **changes: Any) -> Built:
        """Correct an entry: its fields to `changes`, its day to `to`."""
        target = self.event(sequence)
        assert target.fact is not None
        restated = to_plain(dataclasses.replace(target.fact, **changes))
        occurred_on = on(to) if to else target.occurred_on
        fact = e.Corrected(reason="It was written down wrongly.", occurred_on=occurred_on, restated=restated)
        return self._amend(fact, on(day), sequence, blank=False)

    def redact(self, sequence: int, day: str | date, restated: dict[str, Any] | None = None) -> Built:
        """Remove an entry's words; `restated` is what may stay."""
        fact = e.Redacted(reason="It named another family.", restated=restated or {})
        return self._amend(fact, on(day), sequence, blank=True)

    def event(self, sequence: int) -> e.Event:
        """Return one entry as it is recorded."""
        return next(event for event in self.events() if event.sequence == sequence)

    def events(self) -> list[e.Event]:
        """Return every entry as it is recorded."""
        with closing(readers.open_for_reading(database_in(self.home))) as con:
            return readers.chronology(con, self.stream)

    def _amend(self, fact: e.Fact, day: date, target: int, *, blank: bool) -> Built:
        with Ledger(database_in(self.home)) as ledger, ledger.writing() as book:
            _append(book, self.stream, [(fact, day)], day, target)
            if blank:
                book.blank(self.stream, [target])
            keep_views(book, self.stream)
        return self


def a_home(folder: Path, **more: Any) -> Path:
    """Record in `folder` who uses it (Alex Practitioner, for the school) and the calendar; return the folder."""
    setup = e.SetupRecorded(
        **{
            "person": PERSON,
            "agency": SCHOOL,
            "account": "invented-account",
            "policy": POLICY,
            "nation": "England",
            "emergency_day": "01632 960100",
            "emergency_out_of_hours": "01632 960200",
            **more,
        }
    )
    names = [NAMES[SCHOOL], NAMES[PERSON]]

    def make() -> None:
        with Ledger(database_in(folder)) as ledger, ledger.writing() as book:
            _append(book, "setup", [*((name, DAY_0) for name in names), (setup, DAY_0)], DAY_0)
            book.keep_parties("setup", [party_row(name) for name in names])
            _append(book, "calendar", [(CALENDAR, DAY_0)], DAY_0)
            book.keep_calendar(CALENDAR)

    home_made_once(repr(setup), database_in(folder), make)
    return folder


def a_case(
    home: Path,
    *happened: Happened,
    number: int = 1,
    names: Sequence[e.PartyNamed] = (),
    child: str = "Rowan Testcase",
    opened_on: str = "",
    **concern: Any,
) -> Built:
    """Raise a case in `home` and record what happened in it.

    Args:
        opened_on: the day it was written down, where it is not the day the decision was learned of.
        number: the case's own, part of its reference; two cases in one home need two.
        names: names in place of those of `NAMES`, or besides them.
        child: the name of the child, whose id is "child-1".
        concern: fields of `ConcernRaised` in place of those of `a_concern`; its `policy` may be other than Knowsley's.
    """
    stream = f"case-{number:04d}"
    reference = make_reference("KSCP", 2026, number, stream)
    known = {**NAMES, "child-1": e.PartyNamed(party="child-1", sort="child", name=child, born_on=date(2019, 3, 3))}
    known |= {name.party: name for name in names}
    governing, text = load_policy(concern.get("policy", POLICY))

    def make() -> None:
        with Ledger(database_in(home)) as ledger, ledger.writing() as book:
            digest = book.keep_policy(text.name, text.text)
            raised = a_concern(**{"reference": reference, "policy_digest": digest, **concern})
            used = [SCHOOL, PERSON, *raised.receiving_agencies, *raised.counterparts, *raised.children]
            used += [name.party for name in names if name.party not in used]
            day = on(opened_on) if opened_on else raised.decision_received_on
            opened: list[Happened] = [(known[party], day) for party in used]
            opened += [(raised, day), (e.StageEntered(stage=governing.first_stage, ground="raised"), day)]
            _append(book, stream, opened, day)
            if happened:
                _append(book, stream, happened, happened[-1][1])
            keep_views(book, stream)

    like = repr((stream, tuple(known.items()), happened, opened_on, sorted(concern.items()), text.text))
    recorded_once(like, database_in(home), make)
    return Built(home, stream, reference)


def keep_views(book: Book, stream: str) -> None:
    """Make the read models of a case again, as every verb that writes does."""
    opened = open_case(book.events(stream), book.reading)
    book.replace_view(stream, kept_rows_of(opened.case, opened.policy, opened.calendars, opened.owed))


def database_in(home: Path) -> Path:
    """Return where the record of this home lies."""
    return home / "escalate.db"


def _append(
    book: Book, stream: str, happened: Sequence[Happened], recorded_on: date, target: int | None = None
) -> None:
    already = len(book.events(stream))
    new = [
        e.NewEvent(id=f"event-{stream}-{already + place:04d}", fact=fact, occurred_on=day, target=target)
        for place, (fact, day) in enumerate(happened, 1)
    ]
    book.append(stream, new, Scribe(PERSON, SCHOOL, f"{recorded_on.isoformat()}T16:40:00+01:00"))
