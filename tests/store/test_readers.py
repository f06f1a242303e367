"""What the reading commands ask, and that asking imports nothing heavy."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escalate.core.events import SetupRecorded
from escalate.errors import LedgerRefused, NotFound
from escalate.store import readers
from escalate.store.case_list import case_row, count_cases, list_cases
from escalate.store.due_list import PARTS, DueQuestion, Part, due_counts, due_items, items_query
from escalate.store.ledger import Ledger

# A Wednesday; its week ends on Sunday 12 April.
TODAY = date(2026, 4, 8)


@pytest.fixture
def con(path: Path, make: Any) -> Iterator[sqlite3.Connection]:
    def item(key: str, due: tuple[int, int] | None = None, **more: Any) -> Any:
        return make.item(key, due_on=due and date(2026, *due), **more)

    with Ledger(path) as ledger:
        make.raised(
            ledger,
            items=(
                item("late", (4, 7), agency_name="Invented Primary School"),
                item("last-day", (4, 8)),
                item("hour", (4, 8), due_time="12:00"),
                item("sunday", (4, 12)),
                item("monday", (4, 13), side="theirs", agency_name="Exampleshire 50% Health"),
                item("done", (4, 7), is_open=False, closed_on=date(2026, 4, 2)),
                item("not-yet", (4, 30), shows_from=date(2026, 4, 9)),
                item("shown", (4, 30), shows_from=date(2026, 4, 8)),
            ),
            parties=(make.party(), make.party("person-1", sort="person", name="Robin Example", role="teacher")),
        )
        make.raised(
            ledger,
            "case-2",
            reference="ESCP-2026-0002-AAAA",
            items=(
                item("waited-less", since_on=date(2026, 4, 2), no_date="nobody has been told"),
                item("waited-more", since_on=date(2026, 4, 1), no_date="nobody has been told", is_guide=True),
            ),
            parties=(make.party("person-1", sort="person", name="Robin Example", role="headteacher"),),
            opened_on=date(2026, 4, 3),
            policy="othershire-2024-01",
            subject="neglect",
            state="ended",
        )
    with closing(readers.open_for_reading(path)) as opened:
        yield opened


def keys(con: sqlite3.Connection, limit: int | None = None, **asked: Any) -> list[tuple[str, str]]:
    found = due_items(con, DueQuestion(today=TODAY, **asked), limit_per_part=limit)
    return [(row["part"], row["key"]) for row in found]


def test_due_gives_what_is_open_part_by_part_and_by_date(con: sqlite3.Connection) -> None:
    assert keys(con) == [
        ("overdue", "late"),
        ("today", "hour"),
        ("today", "last-day"),
        ("no date", "waited-more"),
        ("no date", "waited-less"),
        ("this week", "sunday"),
        ("later", "monday"),
        ("later", "shown"),
    ]
    assert due_counts(con, DueQuestion(today=TODAY)) == {
        "overdue": 1,
        "today": 2,
        "no date": 2,
        "this week": 1,
        "later": 2,
    }


def test_due_shows_at_most_so_many_of_each_part_and_still_counts_all(con: sqlite3.Connection) -> None:
    assert keys(con, limit=1) == [
        ("overdue", "late"),
        ("today", "hour"),
        ("no date", "waited-more"),
        ("this week", "sunday"),
        ("later", "monday"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ours_only": True, "until_on": date(2026, 4, 7)}, ["late", "waited-more", "waited-less"]),
        ({"until_on": date(2026, 4, 12), "policy": "exampleshire-2025-09"}, ["late", "hour", "last-day", "sunday"]),
        ({"policy": "othershire-2024-01"}, ["waited-more", "waited-less"]),
        ({"agency": "health"}, ["monday"]),
        ({"agency": "50% h"}, ["monday"]),
        ({"agency": "%"}, ["monday"]),
        ({"agency": "_"}, []),
    ],
)
def test_due_gives_only_what_is_asked_for(con: sqlite3.Connection, asked: dict[str, Any], found: list[str]) -> None:
    assert [key for _, key in keys(con, **asked)] == found
    assert sum(due_counts(con, DueQuestion(today=TODAY, **asked)).values()) == len(found)


def test_a_row_of_due_says_which_case_it_is_about(con: sqlite3.Connection) -> None:
    row = due_items(con, DueQuestion(today=TODAY))[0]

    assert {
        name: row[name] for name in ("stream", "reference", "subject", "stage_title", "concern_on", "our_side")
    } == {
        "stream": "case-1",
        "reference": "ESCP-2026-0001-Q4TX",
        "subject": "R T",
        "stage_title": "Stage 1: practitioners",
        "concern_on": "2026-04-01",
        "our_side": "raising",
    }


@pytest.mark.parametrize("part", PARTS)
def test_due_walks_an_index_of_open_items_and_sorts_nothing(con: sqlite3.Connection, part: Part) -> None:
    sql, values = items_query(part, DueQuestion(today=TODAY))
    plan = [row["detail"] for row in readers.rows(con, f"EXPLAIN QUERY PLAN {sql}", {**values, "limit": 20})]

    index = "due_item_undated" if part == "no date" else "due_item_open"
    assert plan[0].startswith(f"SEARCH due_item USING INDEX {index} (due_on")
    assert [step for step in plan if "SCAN" in step or "B-TREE" in step] == []


@pytest.mark.parametrize("said", ["ESCP-2026-0001-Q4TX", " escp-2026-0001-q4tx ", "ESCP-2026-0001", "q4tx", "0001"])
def test_a_case_is_found_by_its_reference_or_a_part_of_it(con: sqlite3.Connection, said: str) -> None:
    assert case_row(con, said)["stream"] == "case-1"


@pytest.mark.parametrize("said", ["", "ESCP-2027", "0003", "%"])
def test_cannot_find_a_case_that_is_not_there(con: sqlite3.Connection, said: str) -> None:
    with pytest.raises(NotFound, match="no case has this reference") as refused:
        case_row(con, said)

    assert refused.value.remedy == "run `escalate list` to see the references"


def test_cannot_choose_between_two_cases_that_begin_alike(con: sqlite3.Connection) -> None:
    with pytest.raises(NotFound, match="several cases have a reference like this") as refused:
        case_row(con, "escp-2026")

    assert [problem.what for problem in refused.value.problems] == ["ESCP-2026-0001-Q4TX", "ESCP-2026-0002-AAAA"]


@pytest.mark.parametrize(
    ("asked", "streams"),
    [
        ({}, ["case-2", "case-1"]),
        ({"limit": 1}, ["case-2"]),
        ({"state": "open"}, ["case-1"]),
        ({"policy": "othershire-2024-01"}, ["case-2"]),
        ({"search": "NEGLECT"}, ["case-2"]),
        ({"search": "rowan"}, ["case-1"]),
        ({"search": "0002"}, ["case-2"]),
        ({"search": "social care", "state": "ended"}, ["case-2"]),
        ({"search": "%"}, []),
    ],
)
def test_cases_are_listed_the_latest_first_and_only_those_asked_for(
    con: sqlite3.Connection, asked: dict[str, Any], streams: list[str]
) -> None:
    assert [row["stream"] for row in list_cases(con, **asked)] == streams
    if "limit" not in asked:
        assert count_cases(con, **asked) == len(streams)


def test_the_items_of_a_case_read_back_as_they_were_kept(con: sqlite3.Connection, make: Any) -> None:
    items = readers.items_of(con, "case-1")

    assert [item.key for item in items] == [
        "late", "hour", "last-day", "sunday", "monday", "not-yet", "shown", "done",
    ]  # fmt: skip
    assert items[-1] == make.item("done", due_on=date(2026, 4, 7), is_open=False, closed_on=date(2026, 4, 2))
    assert readers.items_of(con, "case-2")[0] == make.item(
        "waited-less", since_on=date(2026, 4, 2), no_date="nobody has been told"
    )


def test_people_once_entered_are_offered_again_as_entered_last_and_children_are_not(
    con: sqlite3.Connection, make: Any
) -> None:
    assert readers.known_parties(con) == [
        make.party("person-1", sort="person", name="Robin Example", role="headteacher")
    ]
    assert [party.party for party in readers.parties_of(con, "case-1")] == ["child-1", "person-1"]


def test_the_latest_setup_counts(path: Path, make: Any) -> None:
    first = SetupRecorded(
        person="person-1", agency="agency-1", account="dsl", policy="exampleshire-2025-09", nation="ENG"
    )
    second = SetupRecorded(
        person="person-1", agency="agency-2", account="dsl", policy="exampleshire-2025-09", nation="ENG"
    )
    with Ledger(path) as ledger, closing(readers.open_for_reading(path)) as con:
        assert readers.setup(con) is None
        with ledger.writing() as book:
            agency = make.party("agency-1", sort="agency", name="Invented Primary School")
            facts = (make.naming(agency), first, second)
            book.append("setup", [make.new(fact, id=str(number)) for number, fact in enumerate(facts)], make.scribe)
            book.keep_parties("setup", [agency])

        assert readers.setup(con) == second
        assert [party.name for party in readers.known_parties(con)] == ["Invented Primary School"]


@pytest.mark.parametrize("newer", ["kind = 'telepathy observed'", "shape = 99"])
def test_cannot_read_an_entry_of_a_kind_or_shape_not_known_yet(path: Path, make: Any, newer: str) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
    with make.outside(path) as outside:
        outside.execute("DROP TRIGGER ledger_no_update")
        outside.execute(f"UPDATE ledger SET {newer}")

    with closing(readers.open_for_reading(path)) as con, pytest.raises(LedgerRefused) as refused:
        readers.chronology(con, "case-1")

    assert str(refused.value).endswith("was written by a newer escalate")
    assert refused.value.remedy == "install the newer escalate"


def test_cannot_read_the_text_of_a_policy_that_is_not_kept(con: sqlite3.Connection) -> None:
    with pytest.raises(NotFound, match="policy text 5a5a5a5a5a5a…: is not kept here"):
        readers.policy_text(con, "5a" * 32)


def test_reading_and_verifying_import_nothing_heavy() -> None:
    code = (
        "import sys, escalate.store.due_list, escalate.store.case_list, escalate.store.readers, escalate.store.verify,"
        " escalate.store.drafts\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " & {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'holidays'}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")

    assert done.stdout == "[]\n"
