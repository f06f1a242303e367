"""However a case goes to and fro, and whatever the clocks say, every record reads its entries alike in the end."""

from __future__ import annotations

import dataclasses
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from escalate.core import events as e
from escalate.core.case import read_case

DAY = date(2026, 4, 9)
HOMES = ("db-a", "db-b", "db-c")
WORDS = ("Quitte", "Zwetschge", "Mirabelle")
About = tuple[str, int] | None
Record = list[tuple[e.Event, About]]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("correct", "correct", "redact", "redact all", "hand", "hand")),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 59),
    ),
    max_size=14,
)


def written(record: Record, chain: str, fact: e.Fact, minute: int, about: About = None) -> e.Event:
    """Write an entry of this chain at the end of a record; clocks need not agree."""
    number = sum(event.chain == chain for event, _ in record) + 1
    event = e.Event(
        stream="case-1",
        chain=chain,
        sequence=len(record) + 1,
        number=number,
        id=f"{chain}-{number}",
        fact=fact,
        kind=fact.kind,
        occurred_on=DAY,
        recorded_at=f"2026-04-09T09:{minute:02}:00+01:00",
    )
    record.append((event, about))
    return event


def as_read(record: Record) -> list[e.Event]:
    """Return a record's entries in their places there, each amendment with the place of what it is about."""
    places = {(event.chain, event.number): place for place, (event, _) in enumerate(record, 1)}
    return [
        dataclasses.replace(event, sequence=place, target=places[about] if about else None)
        for place, (event, about) in enumerate(record, 1)
    ]


def hand(one: Record, other: Record, chains: tuple[str, str], minute: int) -> None:
    package = f"{chains[0]}-{len(one)}"
    written(one, chains[0], e.HandedOver(to="Bea Manager", package=package), minute)
    known = {event.id for event, _ in other}
    other += [kept for kept in one if kept[0].id not in known]
    taken = e.TakenOver(by="person-b", agency="agency-b", package=package, from_chain=chains[0])
    written(other, chains[1], taken, minute)


def amend(record: Record, chain: str, what: str, chance: int, minute: int) -> None:
    if not record:
        return
    about = ("db-a", 1 + chance % 2)
    words = f"Said in {chain}, entry {len(record)}, with Quitte." if what == "correct" else "Quitte Zwetschge Mirabelle"
    restated = {"stage": "1", "learning": words.replace(WORDS[chance], "[removed]") if what == "redact" else words}
    if what == "redact all":
        restated = {}
    is_own = chain == about[0]
    fact: e.Fact
    if what == "correct" and is_own:
        fact = e.Corrected(reason="a slip", occurred_on=DAY, restated=restated)
    elif what == "correct":
        fact = e.AnothersEntryCorrected(
            of_chain="db-a", entry=about[1], reason="a slip", occurred_on=DAY, restated=restated
        )
    elif is_own:
        fact = e.Redacted(reason="another family", restated=restated)
    else:
        fact = e.AnothersEntryRedacted(of_chain="db-a", entry=about[1], reason="another family", restated=restated)
    written(record, chain, fact, minute, about)


@given(STEPS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_however_a_case_goes_to_and_fro_every_record_reads_alike(steps: list[tuple[str, int, int, int]]) -> None:
    records: dict[str, Record] = {chain: [] for chain in HOMES}
    for _ in range(2):
        learned = e.LearningIdentified(stage="1", learning="Quitte Zwetschge Mirabelle")
        written(records["db-a"], "db-a", learned, 0)
    for what, home, other, minute in steps:
        chain, to = HOMES[home], HOMES[other]
        if what != "hand":
            amend(records[chain], chain, what, other, minute)
        elif records[chain] and chain != to:
            hand(records[chain], records[to], (chain, to), minute)

    holders = [chain for chain in HOMES if records[chain]]
    for one in (*holders, *holders):
        for another in holders:
            if one != another:
                hand(records[one], records[another], (one, another), 0)

    read = [read_case(as_read(records[chain])).events[:2] for chain in holders]
    assert {tuple(event.fact for event in events) for events in read} == {tuple(event.fact for event in read[0])}
