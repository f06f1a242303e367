"""The two passes of `verify` over what was recorded: each stream's chain with its words, then the spine over all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from escalate.core.events import AnothersEntryRedacted
from escalate.errors import EscalateError, Problem
from escalate.store.chain import NO_LINK, Entry, Link, event_hash, link_hash, payload_digest
from escalate.store.findings import Findings, Place
from escalate.store.readers import chronology

_EVENT_WIDTH, _LINK_WIDTH = len(Entry._fields), len(Link._fields)
_EVENTS = f"""SELECT {", ".join(Entry._fields)}, hash, salt, body, event_id IS NOT NULL
    FROM ledger LEFT JOIN payload ON event_id = id ORDER BY stream, chain, sequence"""
_LINKS = f"""SELECT {", ".join(f"spine.{name}" for name in Link._fields)}, spine.hash, ledger.hash, ledger.kind
    FROM spine LEFT JOIN ledger USING (stream, chain, sequence) ORDER BY position"""


def check_chains(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every event is as it was recorded, follows the one before, and has its words or a redaction.

    After an event that is wrong the chain goes on from what stands there, so that one change is one finding.
    """
    of: tuple[str, str] = ("", "")
    last, last_hash = 0, NO_LINK
    words = _Words()
    for row in _plain(con, _EVENTS):
        entry = Entry._make(row[:_EVENT_WIDTH])
        own_hash, salt, body, has_payload = row[_EVENT_WIDTH:]
        if entry[:2] != of:
            if entry.stream != of[0]:
                words.report(con, of[0], found)
                words = _Words()
            of, last, last_hash = entry[:2], 0, NO_LINK
        found.events += 1
        said = []
        if entry.sequence != last + 1:
            said.append(f"should be entry {last + 1}: what was before it is missing")
        elif entry.prev != last_hash:
            said.append("does not follow the entry before it")
        if own_hash != event_hash(entry):
            said.append("was changed after it was recorded")
        if not has_payload:
            said.append("its words are missing")
        elif salt is None or body is None:
            found.blanked += 1
            words.erased[entry.chain, entry.sequence] = _place(entry)
        elif payload_digest(salt, body) != entry.digest:
            said.append("its words were changed after they were recorded")
        for what in said:
            found.add_event(_place(entry), what)
        if entry.kind == "redacted" and entry.target is not None:
            words.redacted.add((entry.chain, entry.target))
        words.redacts_anothers |= entry.kind == AnothersEntryRedacted.kind
        last, last_hash = entry.sequence, own_hash
    words.report(con, of[0], found)


class _Words:
    """Which entries of one stream are without words, and which of all its chains a redaction names."""

    def __init__(self) -> None:
        self.erased: dict[tuple[str, int], Place] = {}
        self.redacted: set[tuple[str, int]] = set()
        self.redacts_anothers = False

    def report(self, con: sqlite3.Connection, stream: str, found: Findings) -> None:
        """Add each entry whose words are gone although no redaction names it."""
        redacted = self.redacted | (_redacted_elsewhere(con, stream) if self.redacts_anothers else set())
        for entry, place in self.erased.items():
            if entry not in redacted:
                found.add_event(place, "its words were erased without a redaction")


def _redacted_elsewhere(con: sqlite3.Connection, stream: str) -> set[tuple[str, int]]:
    """Return the entries, by chain and number, whose words another installation than their own removed."""
    try:
        events = chronology(con, stream)
    except EscalateError:
        return set()  # what cannot be read explains nothing
    by_place = {event.sequence: event for event in events}
    named = (by_place.get(event.target or 0) for event in events if event.kind == AnothersEntryRedacted.kind)
    return {(event.chain, event.number) for event in named if event}


def _place(entry: Entry) -> Place:
    return Place(entry.stream, entry.chain, entry.sequence, entry.kind)


def check_spine(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every link of the spine is as it was, follows the one before, and holds the event that is there."""
    last, last_hash = 0, NO_LINK
    for row in _plain(con, _LINKS):
        link = Link._make(row[:_LINK_WIDTH])
        own_hash, kept_hash, kind = row[_LINK_WIDTH:]
        said = []
        if link.position != last + 1:
            said.append(f"the spine: should be position {last + 1}, is {link.position}")
        elif link.prev != last_hash:
            said.append("the spine: does not follow the link before it")
        if own_hash != link_hash(link):
            said.append("the spine: was changed after it was recorded")
        if kept_hash is None:
            said.append("is missing from the ledger")
        elif kept_hash != link.event_hash:
            said.append("is another entry than the one that arrived")
        for what in said:
            found.add_event(Place(link.stream, link.chain, link.sequence, kind or "", link.position), what)
        last, last_hash = link.position, own_hash
    links = con.execute("SELECT count(*) FROM spine").fetchone()[0]
    if links < found.events:
        found.add(Problem("spine", f"has {links} links for {found.events} events"))


def _plain(con: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    cursor = con.cursor()
    cursor.row_factory = None
    yield from cursor.execute(sql)
