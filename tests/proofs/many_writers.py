"""Eight people at once: nobody is refused, no chain forks, and nothing anyone was told is recorded is missing.

    python tests/proofs/many_writers.py [writers] [writes each]

All begin by making the same new database, then append to one shared stream and to one of their own. Ends with 1 where
anything was refused, forked or lost.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from escalate.core.events import LearningIdentified, NewEvent
from escalate.errors import EscalateError
from escalate.store import readers
from escalate.store.ledger import Ledger, Scribe
from escalate.store.verify import verify

TIMES = {"full": 250, "part": 50}
SCRIBE = Scribe("person-1", "agency-1", "2026-04-01T16:40:00+01:00")


def write(path: Path, writer: int, times: int) -> tuple[dict[str, str], list[str]]:
    """Return the hashes of the entries recorded, by id, and what was refused."""
    recorded: dict[str, str] = {}
    refused: list[str] = []
    with Ledger(path) as ledger:
        for number in range(times):
            try:
                with ledger.writing() as book:
                    for stream in ("shared", f"own-{writer}"):
                        fact = LearningIdentified(stage="1", learning=f"Invented words {writer} {number}")
                        new = NewEvent(id=f"{stream}-{writer}-{number}", fact=fact, occurred_on=date(2026, 4, 1))
                        (event,) = book.append(stream, [new], SCRIBE)
                        recorded[event.id] = event.hash
            except EscalateError as error:
                refused.append(str(error))
    return recorded, refused


def main(writers: int, times: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "escalate.db"
        posix = "forkserver" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if posix else "spawn")
        if posix:
            context.set_forkserver_preload(["escalate.store.ledger", "escalate.store.migrate"])
        with context.Pool(writers) as pool:
            done = pool.starmap(write, [(path, writer, times) for writer in range(writers)], chunksize=1)
        found = [str(problem) for problem in verify(path).problems]
        found += [refused for _, all_refused in done for refused in all_refused]
        with closing(readers.open_for_reading(path)) as con:
            kept = {row["id"]: row["hash"] for row in con.execute("SELECT id, hash FROM ledger")}
            shared = [event.sequence for event in readers.chronology(con, "shared")]
    said = {event: told for recorded, _ in done for event, told in recorded.items()}
    if said != kept or shared != list(range(1, writers * times + 1)):
        found.append("what was recorded is not what the writers were told")
    if found:
        print(*found[:20], sep="\n")
        return 1
    print(f"{writers} writers x {times}: {len(kept)} entries, none refused, no fork, the record sound")
    return 0


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*numbers) if numbers else main(8, TIMES[os.environ.get("PROOFS", "full")]))
