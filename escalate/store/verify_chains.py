"""The two passes of `verify` over what was recorded: each stream's chain with its words, then the spine over all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from escalate.errors import Problem
from escalate.store.chain import NO_LINK, Entry, Link, event_hash, link_hash, payload_digest
from escalate.store.findings import Findings, Place

_WIDTH = len(Entry._fields)
_EVENTS = f"""SELECT {", ".join(Entry._fields)}, hash, salt, body, event_id IS NOT NULL
    FROM ledger LEFT JOIN payload ON event_id = id ORDER BY stream, chain, sequence"""
_LINKS = f"""SELECT {", ".join("spine." + name for name in Link._fields)}, spine.hash, ledger.hash, ledger.kind
    FROM spine LEFT JOIN ledger USING (stream, chain, sequence) ORDER BY position"""


def check_chains(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every event is as it was recorded, follows the one before, and has its words or a redaction.

    After an event that is wrong the chain goes on from what stands there, so that one change is one finding.
    """
    stream, last, prev = ("", ""), 0, NO_LINK
    erased: dict[int, Entry] = {}
    redacted: set[int] = set()
    for row in _plain(con, _EVENTS):
        entry = Entry._make(row[:_WIDTH])
        own_hash, salt, body, has_payload = row[_WIDTH:]
        if entry[:2] != stream:
            _report_unexplained(found, erased, redacted)
            stream, last, prev, erased, redacted = entry[:2], 0, NO_LINK, {}, set()
        found.events += 1
        if entry.sequence != last + 1:
            found.add_event(_place(entry), f"should be entry {last + 1}: what was before it is missing")
        elif entry.prev != prev:
            found.add_event(_place(entry), "does not follow the entry before it")
        if own_hash != event_hash(entry):
            found.add_event(_place(entry), "was changed after it was recorded")
        if not has_payload:
            found.add_event(_place(entry), "its words are missing")
        elif salt is None or body is None:
            found.blanked += 1
            erased[entry.sequence] = entry
        elif payload_digest(salt, body) != entry.digest:
            found.add_event(_place(entry), "its words were changed after they were recorded")
        if entry.kind == "redacted" and entry.target is not None:
            redacted.add(entry.target)
        last, prev = entry.sequence, own_hash
    _report_unexplained(found, erased, redacted)


def _report_unexplained(found: Findings, erased: dict[int, Entry], redacted: set[int]) -> None:
    for sequence, entry in erased.items():
        if sequence not in redacted:
            found.add_event(_place(entry), "its words were erased without a redaction")


def _place(entry: Entry) -> Place:
    return Place(entry.stream, entry.chain, entry.sequence, entry.kind)


def check_spine(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether every link of the spine is as it was, follows the one before, and holds the event that is there."""
    last, prev = 0, NO_LINK
    for *linked, own_hash, kept_hash, kind in _plain(con, _LINKS):
        link = Link._make(linked)
        if link.position != last + 1:
            found.add_event(_spot(link, kind), f"the spine: should be position {last + 1}, is {link.position}")
        elif link.prev != prev:
            found.add_event(_spot(link, kind), "the spine: does not follow the link before it")
        if own_hash != link_hash(link):
            found.add_event(_spot(link, kind), "the spine: was changed after it was recorded")
        if kept_hash is None:
            found.add_event(_spot(link, kind), "is missing from the ledger")
        elif kept_hash != link.event_hash:
            found.add_event(_spot(link, kind), "is another entry than the one that arrived")
        last, prev = link.position, own_hash
    links = con.execute("SELECT count(*) FROM spine").fetchone()[0]
    if links < found.events:
        found.add(Problem("spine", f"has {links} links for {found.events} events"))


def _spot(link: Link, kind: str | None) -> Place:
    return Place(link.stream, link.chain, link.sequence, kind or "", link.position)


def _plain(con: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    cursor = con.cursor()
    cursor.row_factory = None
    yield from cursor.execute(sql)
