"""Calendars as they are kept: by nation and partnership, brought over from the first shape, and looked at by verify."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.core.events import AgencyClosureCancelled, AgencyClosureRecorded, CalendarStored, DeclaredDay
from escalate.store import migrate, readers
from escalate.store.book import Book
from escalate.store.calendar_rows import agency_closures, cases_counting, day_rows, version_for, working_calendar
from escalate.store.connection import _engine
from escalate.store.ledger import Ledger
from escalate.store.schema import APPLICATION_ID, CURRENT, Schema
from escalate.store.verify import verify

CLOSED = DeclaredDay(day=date(2026, 4, 9), name="Partnership closed", kind="closure", source="Bulletin 12")
EASTER = AgencyClosureRecorded(
    closure="closure-1",
    agency="agency-2",
    name="Invented Primary School",
    first_on=date(2026, 3, 30),
    last_on=date(2026, 4, 10),
    because="Easter holidays",
)


def calendar(version: str, partnership: str = "", nation: str = "England", **more: Any) -> CalendarStored:
    return CalendarStored(
        **{
            "version": version,
            "nation": nation,
            "partnership": partnership,
            "source": "holidays 0.80, ENG",
            "first_year": 2026,
            "last_year": 2027,
            "days": {"2026-04-03": "Good Friday"},
            **more,
        }
    )


def keep(ledger: Ledger, make: Any, *stored: CalendarStored) -> None:
    for number, one in enumerate(stored):
        with ledger.writing() as book:
            book.append("calendar", [make.new(one, id=f"calendar-{one.version}-{number}")], make.scribe)
            book.keep_calendar(one)


def test_a_new_case_counts_by_its_partnerships_calendar_else_by_its_nations(ledger: Ledger, make: Any) -> None:
    keep(
        ledger,
        make,
        calendar("ENG-1"),
        calendar("ENG-ESCP-1", "ESCP", declared=(CLOSED,)),
        calendar("WLS-1", nation="Wales"),
        calendar("ENG-2", last_year=2028),
    )

    with closing(readers.open_for_reading(ledger.path)) as con:
        assert version_for(con, "England", "ESCP") == "ENG-ESCP-1"
        assert version_for(con, "England", "OTHER") == "ENG-2"
        assert version_for(con, "Wales", "ESCP") == "WLS-1"
        assert version_for(con, "Scotland", "ESCP") is None
        assert readers.latest_calendar_version(con) == "ENG-2"
    assert verify(ledger.path).problems == ()


def test_each_day_says_what_it_is_and_where_it_comes_from(ledger: Ledger, make: Any) -> None:
    keep(ledger, make, calendar("ENG-ESCP-1", "ESCP", declared=(CLOSED,)))

    with closing(readers.open_for_reading(ledger.path)) as con:
        assert [tuple(row) for row in day_rows(con, "ENG-ESCP-1")] == [
            ("2026-04-03", "Good Friday", "bank holiday", "holidays 0.80, ENG"),
            ("2026-04-09", "Partnership closed", "closure", "Bulletin 12"),
        ]
        counting = working_calendar(con, "ENG-ESCP-1")
    assert (counting.first_year, counting.last_year) == (2026, 2027)
    assert counting.why_not(date(2026, 4, 9)) == "Partnership closed"


def test_the_cases_a_calendar_reaches_are_those_of_its_nation_and_partnership_that_owe_something(
    ledger: Ledger, make: Any
) -> None:
    keep(ledger, make, calendar("ENG-1"), calendar("WLS-1", nation="Wales"))
    given = [
        ("ESCP-2026-0001-AAAA", {}),
        ("ESCP-2026-0002-AAAA", {"state": "ended"}),
        ("ESCP-2026-0003-AAAA", {"state": "ended", "items": (make.item(),)}),
        ("ESCPX-2026-0004-AAAA", {}),
        ("ESCP-2026-0005-AAAA", {"calendar_version": "WLS-1"}),
    ]
    for number, (reference, more) in enumerate(given):
        make.raised(ledger, f"case-{number}", reference=reference, **more)

    with closing(readers.open_for_reading(ledger.path)) as con:
        ours = [one.reference[-9:] for one in cases_counting(con, "England", "ESCP")]
        everybodys = [(one.partnership, one.version) for one in cases_counting(con, "England")]

    assert ours == ["0001-AAAA", "0003-AAAA"]
    assert everybodys == [("ESCP", "ENG-1"), ("ESCP", "ENG-1"), ("ESCPX", "ENG-1")]


def test_an_agencys_closure_is_kept_until_it_is_cancelled(ledger: Ledger, make: Any) -> None:
    with ledger.writing() as book:
        book.append("calendar", [make.new(EASTER)], make.scribe)
        book.keep_closure(EASTER)

    with closing(readers.open_for_reading(ledger.path)) as con:
        assert [one.closure for one in agency_closures(con, date(2026, 4, 10))] == ["closure-1"]
        assert agency_closures(con, date(2026, 4, 11)) == []
    assert verify(ledger.path).problems == ()

    with ledger.writing() as book:
        cancelled = AgencyClosureCancelled(closure="closure-1")
        book.append("calendar", [make.new(cancelled, id="cancelled")], make.scribe)
        book.drop_closure(cancelled)

    with closing(readers.open_for_reading(ledger.path)) as con:
        assert agency_closures(con) == []
    assert verify(ledger.path).problems == ()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE agency_closure SET last_on = '2026-04-11'", "agency_closure: closure-1: is not as it was recorded"),
        ("DELETE FROM agency_closure", "agency_closure: closure-1: is missing"),
        (
            "INSERT INTO agency_closure VALUES ('closure-2', '', '', '', '2026-04-01', '2026-04-01', '', '')",
            "agency_closure: closure-2: is not as it was recorded",
        ),
        ("UPDATE calendar_day SET kind = 'holiday'", "calendar_day: calendar ENG-1: its days are not those recorded"),
        (
            "UPDATE calendar_version SET partnership = 'X'",
            "calendar_version: calendar ENG-1: is not as it was recorded",
        ),
    ],
)
def test_a_calendar_or_closure_changed_from_outside_is_seen(
    ledger: Ledger, make: Any, statement: str, problem: str
) -> None:
    keep(ledger, make, calendar("ENG-1"))
    with ledger.writing() as book:
        book.append("calendar", [make.new(EASTER, id="easter")], make.scribe)
        book.keep_closure(EASTER)

    with make.outside(ledger.path) as con:
        con.execute(statement)

    assert [str(found) for found in verify(ledger.path).problems] == [problem]


def test_cannot_keep_a_closure_that_ends_before_it_begins(ledger: Ledger, make: Any) -> None:
    with make.outside(ledger.path) as con, pytest.raises(sqlite3.IntegrityError, match="days"):
        con.execute("INSERT INTO agency_closure VALUES ('c', '', '', '', '2026-04-02', '2026-04-01', '', '')")


def test_the_calendars_of_the_first_shape_are_brought_over_and_still_verify(path: Path, make: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    engine = _engine(path)
    with engine.connect() as connection:
        connection.begin()
        migrate._upgrade(connection, Schema(1, CURRENT.scripts))  # its guards are no longer those of today
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA user_version = 1")
        book = Book(connection)
        book.append("calendar", [make.new(calendar("ENG-1"))], make.scribe)
        book.reading.execute(
            "INSERT INTO calendar_version VALUES ('ENG-1', 'England', 'holidays 0.80, ENG', 2026, 2027, 1)"
        )
        book.reading.execute("INSERT INTO calendar_day VALUES ('ENG-1', '2026-04-03', 'Good Friday')")
        connection.commit()
    engine.dispose()

    with Ledger(path) as ledger, ledger.writing() as book:
        assert version_for(book.reading, "England", "ESCP") == "ENG-1"
        assert [tuple(row) for row in day_rows(book.reading, "ENG-1")] == [
            ("2026-04-03", "Good Friday", "bank holiday", "holidays 0.80, ENG")
        ]

    assert verify(path).problems == ()
    with closing(sqlite3.connect(path.with_name(f"escalate.db.before-{CURRENT.revision}.bak"))) as con:
        assert con.execute("SELECT * FROM calendar_day").fetchall() == [("ENG-1", "2026-04-03", "Good Friday")]
