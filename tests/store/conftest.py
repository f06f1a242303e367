"""One ledger in a folder of its own, and builders with good defaults: a test names only what it is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.core.events import ConcernRaised, Event, Fact, NewEvent, PartyNamed
from escalate.core.views import CaseRow, CaseRows, DueItem, PartyRow
from escalate.store.ledger import Ledger, Scribe

POLICY = '[policy]\nedition = "2025-09"\n'
SCRIBE = Scribe("person-1", "agency-1", "2026-04-01T16:40:00+01:00")


class Make:
    """Facts, rows and cases about nobody."""

    policy = POLICY
    scribe = SCRIBE

    def concern(self, **changes: Any) -> ConcernRaised:
        return ConcernRaised(
            **{
                "reference": "ESCP-2026-0001-Q4TX",
                "policy": "exampleshire-2025-09",
                "policy_digest": "7e3c",
                "calendar_version": "ENG-1",
                "our_side": "raising",
                "raising_agency": "agency-1",
                "raised_by": "person-1",
                "receiving_agencies": ("agency-2",),
                "children": ("child-1",),
                "decision": "no further action",
                "decision_received_on": date(2026, 4, 1),
                "concern": "Invented words about Rowan Testcase",
                "outcome_wanted": "a strategy discussion",
                **changes,
            }
        )

    def new(
        self,
        fact: Fact | None = None,
        *,
        id: str = "event-1",  # noqa: A002
        on: date = date(2026, 4, 1),
        **more: Any,
    ) -> NewEvent:
        return NewEvent(id=id, fact=fact or self.concern(), occurred_on=on, **more)

    def case(self, **changes: Any) -> CaseRow:
        return CaseRow(
            **{
                "reference": "ESCP-2026-0001-Q4TX",
                "policy": "exampleshire-2025-09",
                "policy_name": "Exampleshire 2025-09",
                "policy_digest": "",
                "calendar_version": "ENG-1",
                "our_side": "raising",
                "raising_agency": "Invented Primary School",
                "receiving_agencies": "Exampleshire children's social care",
                "subject": "R T",
                "stage": "1",
                "stage_title": "Stage 1: practitioners",
                "concern_on": date(2026, 4, 1),
                "opened_on": date(2026, 4, 1),
                "stage_entered_on": date(2026, 4, 1),
                "last_sequence": 1,
                **changes,
            }
        )

    def item(self, key: str = "stage-1-resolve", **changes: Any) -> DueItem:
        return DueItem(
            **{"key": key, "sort": "clock", "item": key, "act": "agree a resolution", "side": "ours", **changes}
        )

    def party(self, party: str = "child-1", **changes: Any) -> PartyRow:
        return PartyRow(**{"party": party, "sort": "child", "name": "Rowan Testcase", **changes})

    def naming(self, party: PartyRow) -> PartyNamed:
        return PartyNamed(**{field.name: getattr(party, field.name) for field in fields(party)})

    def raised(
        self,
        ledger: Ledger,
        stream: str = "case-1",
        *,
        reference: str = "ESCP-2026-0001-Q4TX",
        items: tuple[DueItem, ...] = (),
        parties: tuple[PartyRow, ...] = (),
        **case: Any,
    ) -> Event:
        """Return the event that raises a case, after the names of its parties, with its rows and its policy."""
        with ledger.writing() as book:
            digest = book.keep_policy("exampleshire-2025-09", POLICY)
            fact = self.concern(reference=reference, policy_digest=digest)
            named = [self.new(self.naming(party), id=f"name-{stream}-{party.party}") for party in parties]
            event = book.append(stream, [*named, self.new(fact, id=f"raise-{stream}")], SCRIBE)[-1]
            given = {"reference": reference, "policy_digest": digest, "last_sequence": event.sequence, **case}
            row = self.case(**given)
            book.replace_view(stream, CaseRows(case=row, items=items, parties=parties))
        return event

    def outside(self, path: Path) -> closing[sqlite3.Connection]:
        """Return another program's connection to the database: no pragmas, commits by itself."""
        return closing(sqlite3.connect(path, isolation_level=None))


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records" / "escalate.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(path) as opened:
        yield opened
