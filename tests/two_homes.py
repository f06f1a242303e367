"""Two people with a record each, and a case that goes from one to the other: as files, without anybody typing.

alex, bea = a_home(tmp_path / "alex"), another_home(tmp_path / "bea")
case = a_case(alex)
hand(alex, bea, case.stream)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from escalate.casework.desk import Desk
from escalate.casework.handing_over import TakenIn, keep_case
from escalate.casework.projection import party_row
from escalate.casework.recheck import rebuilt_views
from escalate.core import events as e
from escalate.core.deciding import Decided
from escalate.errors import Problem
from escalate.store import readers
from escalate.store.ledger import Scribe
from escalate.store.portable import Portable, from_bytes, portable, to_bytes
from escalate.store.verify import verify
from tests.builders import DAY_0, POLICY, Happened, database_in

BEA = e.PartyNamed(
    party="person-manager-b", sort="person", name="Bea Manager", role="Team Manager", agency="agency-health-b"
)
HEALTH_B = e.PartyNamed(party="agency-health-b", sort="agency", name="Invented Health Trust")


def another_home(folder: Path, person: e.PartyNamed = BEA, agency: e.PartyNamed = HEALTH_B) -> Path:
    """Record in `folder` that somebody else uses it, without any calendar; return the folder."""
    setup = e.SetupRecorded(
        person=person.party, agency=agency.party, account="another-account", policy=POLICY, nation="England"
    )
    with Desk(folder) as desk, desk.ledger.writing() as book:
        decided = [Decided(fact=fact, on=DAY_0) for fact in (agency, person, setup)]
        scribe = Scribe(person.party, agency.party, f"{DAY_0}T09:00:00+01:00")
        book.append("setup", desk.new_events(decided), scribe)
        book.keep_parties("setup", [party_row(agency), party_row(person)])
    return folder


def record(home: Path, stream: str, *happened: Happened) -> tuple[e.Event, ...]:
    """Record what happened in a case, as whoever uses this home."""
    with Desk(home) as desk:
        return desk.decide(stream, lambda _: [Decided(fact=fact, on=day) for fact, day in happened]).events


def packed(home: Path, stream: str, to: str = "Bea Manager", package: str = "") -> Portable:
    """Record that the case is handed over, and return it as it travels."""
    handed = e.HandedOver(to=to, package=package or f"package-{len(entries(home, stream))}-{home.name}")
    with Desk(home) as desk, desk.ledger.writing() as book:
        book.append(stream, desk.new_events([Decided(fact=handed, on=desk.today)]), desk.scribe())
        opened = desk.keep(book, stream)
        return from_bytes(to_bytes(portable(book.reading, opened.case, handed.package)))


def taken_in(home: Path, travelling: Portable) -> TakenIn:
    """Take a case in."""
    with Desk(home) as desk:
        return keep_case(desk, travelling)


def hand(one: Path, other: Path, stream: str) -> TakenIn:
    """Hand a case over from one home to another."""
    return taken_in(other, packed(one, stream))


def entries(home: Path, stream: str) -> list[e.Event]:
    """Return a case's entries as they are recorded here."""
    with closing(readers.open_for_reading(database_in(home))) as con:
        return readers.chronology(con, stream)


def hashes(home: Path, stream: str) -> set[str]:
    """Return the hashes of a case's entries here."""
    return {event.hash for event in entries(home, stream)}


def problems_in(*homes: Path) -> list[Problem]:
    """Return everything that `verify` finds in these homes."""
    found: list[Problem] = []
    for home in homes:
        found += [*verify(database_in(home)).problems, *rebuilt_views(database_in(home))]
    return found


def everything_in(home: Path) -> list[tuple[object, ...]]:
    """Return every row of every table, to see that nothing was written."""
    with closing(sqlite3.connect(database_in(home))) as con:
        tables = [row[0] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [(table, *row) for table in tables for row in con.execute(f"SELECT * FROM {table}").fetchall()]


def kinds(events: Sequence[e.Event]) -> list[str]:
    """Return what the entries are, in order."""
    return [event.kind for event in events]
