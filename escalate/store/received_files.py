"""Files that came in, kept as they came: found again by what they hold, given out unchanged."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass

from escalate.errors import NotFound, Problem
from escalate.store import readers
from escalate.store.findings import Findings


@dataclass(frozen=True, slots=True)
class ReceivedBefore:
    """The entry that a file was received by: in which case, as which entry of it."""

    stream: str
    reference: str
    entry: int


def received_before(con: sqlite3.Connection, digest: str) -> ReceivedBefore | None:
    """Return the first entry that received a file of this SHA-256, or None."""
    found = readers.rows(
        con,
        "SELECT event_id, stream, reference FROM received_file JOIN ledger ON id = event_id"
        " LEFT JOIN case_view USING (stream) WHERE received_file.digest = ? ORDER BY recorded_at LIMIT 1",
        (digest,),
    )
    if not found:
        return None
    row = found[0]
    return ReceivedBefore(row["stream"], row["reference"] or "", readers.place_of(con, row["event_id"]))


def received_content(con: sqlite3.Connection, event_id: str, where: str) -> bytes:
    """Return the file that an entry received, as it came.

    Args:
        where: what errors call the entry.
    Raises:
        NotFound: the entry received none, or it went with the entry's words.
    """
    found = readers.rows(con, "SELECT content FROM received_file WHERE event_id = ?", (event_id,))
    if not found:
        raise NotFound(f"{where}: no file is kept with it", recorded="")
    return bytes(found[0]["content"])


def check_received(con: sqlite3.Connection, found: Findings) -> None:
    """Look whether each file that came in is as it came, and none that an entry received is missing."""
    from escalate.core.events import FormReceived

    kept = {}
    for row in con.execute("SELECT event_id, digest, content FROM received_file"):
        kept[row["event_id"]] = hashlib.sha256(row["content"]).hexdigest(), row["digest"]
    streams = [row["stream"] for row in readers.rows(con, _STREAMS)]
    for event in (event for stream in streams for event in readers.chronology(con, stream)):
        if event.kind != FormReceived.kind:
            continue
        where = f"entry {event.sequence} of case {event.stream}"
        is_kept, digests = event.id in kept, kept.pop(event.id, ("", ""))
        if isinstance(event.fact, FormReceived) and not is_kept:
            found.add(Problem(where, "the file it received is missing"))
        elif is_kept and (not isinstance(event.fact, FormReceived) or set(digests) != {event.fact.digest}):
            found.add(Problem(where, "the file it received is not as it came"))
    for event_id in sorted(kept):
        found.add(Problem("received_file", f"{event_id}: no entry received it"))


_STREAMS = "SELECT DISTINCT stream FROM ledger WHERE kind = 'form received'"
