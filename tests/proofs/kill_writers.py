"""Kill a writer without warning, again and again: what it said was recorded is recorded, and no case is there twice.

    python tests/proofs/kill_writers.py [how many times]

Each writer first finishes the drafts that the one before it left, then raises cases until it is killed. After every
kill the record is verified and every acknowledged entry looked for. Ends with 1 where anything was lost.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
from contextlib import closing
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from escalate.core.events import ConcernRaised, NewEvent, RiskConsidered
from escalate.core.views import CaseRow, CaseRows
from escalate.store import readers
from escalate.store.draft_held import HeldDraft
from escalate.store.ledger import AlreadyRecorded, Draft, Ledger, Scribe
from escalate.store.verify import verify

TIMES = {"full": 200, "part": 40}
SCRIBE = Scribe("person-1", "agency-1", "2026-04-01T16:40:00+01:00")
DAY = date(2026, 4, 1)
Acknowledged = dict[str, str]


def write(path: Path, acknowledged: Connection) -> None:
    """Raise cases for ever, saying of each when it is recorded."""
    with Ledger(path) as ledger:
        for draft in ledger.drafts("raise"):
            record(ledger, draft, acknowledged)
        number = 0
        while True:
            number += 1
            draft = Draft(
                id=f"draft-{os.getpid()}-{number}",
                verb="raise",
                event_id=f"event-{os.getpid()}-{number}",
                answers={"concern": f"Invented words {os.getpid()}-{number} " * 40},
                updated_at="",
            )
            HeldDraft(path, draft).keep(draft.answers, "2026-04-01T16:40:00+01:00")
            record(ledger, draft, acknowledged)


def record(ledger: Ledger, draft: Draft, acknowledged: Connection) -> None:
    # Each attempt has a stream of its own: only the event's id keeps a draft from becoming two cases.
    stream = f"case-{draft.id}-by-{os.getpid()}"
    try:
        with ledger.writing() as book:
            digest = book.keep_policy("exampleshire-2025-09", "edition")
            reference = f"ESCP-2026-{book.next_number('ESCP', 2026):04d}-AAAA"
            events = [
                NewEvent(id=draft.event_id, fact=concern(draft, reference, digest), occurred_on=DAY),
                NewEvent(id=f"{draft.event_id}-risk", fact=RiskConsidered(answer="not sure"), occurred_on=DAY),
            ]
            written = book.append(stream, events, SCRIBE)
            book.replace_view(stream, CaseRows(case=case(reference, digest)))
    except AlreadyRecorded:
        ledger.drop_draft(draft.id)
        return
    acknowledged.send({event.id: event.hash for event in written})
    # Not in the transaction above, as it could be: so that a kill can fall between the two.
    ledger.drop_draft(draft.id)


def concern(draft: Draft, reference: str, digest: str) -> ConcernRaised:
    return ConcernRaised(
        reference=reference,
        policy="exampleshire-2025-09",
        policy_digest=digest,
        calendar_version="ENG-1",
        our_side="raising",
        raising_agency="agency-1",
        raised_by="person-1",
        receiving_agencies=("agency-2",),
        about_theme="neglect",
        decision="no further action",
        decision_received_on=DAY,
        concern=draft.answers["concern"],
        outcome_wanted="a strategy discussion",
    )


def case(reference: str, digest: str) -> CaseRow:
    return CaseRow(
        reference=reference,
        policy="exampleshire-2025-09",
        policy_name="Exampleshire 2025-09",
        policy_digest=digest,
        calendar_version="ENG-1",
        our_side="raising",
        raising_agency="Invented Primary School",
        receiving_agencies="Exampleshire children's social care",
        subject="neglect",
        concern_on=DAY,
        opened_on=DAY,
        stage_entered_on=DAY,
        last_sequence=2,
    )


def killed_once(path: Path, chance: random.Random) -> Acknowledged:
    """Return what one writer said was recorded before it was killed at a random moment."""
    # Forked from a process that has the imports done and no thread: a writer begins to write at once.
    posix = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if posix else "spawn")
    if posix:
        context.set_forkserver_preload(["escalate.store.ledger", "escalate.store.migrate"])
    ours, theirs = context.Pipe(duplex=False)
    writer = context.Process(target=write, args=(path, theirs))
    writer.start()
    theirs.close()
    acknowledged: Acknowledged = {}
    wanted = chance.randrange(0, 40)
    try:
        while len(acknowledged) < wanted:
            acknowledged |= ours.recv()
        writer.join(chance.uniform(0, 0.02))
        writer.kill()
        while True:
            acknowledged |= ours.recv()
    except (EOFError, OSError):
        writer.kill()
    writer.join()
    return acknowledged


def problems_after(path: Path, acknowledged: Acknowledged) -> list[str]:
    report = verify(path)
    found = [str(problem) for problem in report.problems]
    with closing(readers.open_for_reading(path)) as con:
        kept = {row["id"]: row["hash"] for row in con.execute("SELECT id, hash FROM ledger")}
        found += [f"lost: {event}" for event, said in acknowledged.items() if kept.get(event) != said]
        for row in con.execute(
            "SELECT json_extract(body, '$.concern') AS concern, count(*) AS times FROM payload"
            " WHERE body LIKE '%outcome_wanted%' GROUP BY concern HAVING times > 1"
        ):
            found.append(f"{row['times']} times: {row['concern'][:40]}")
    return found


def main(times: int) -> int:
    chance = random.Random(times)
    acknowledged: Acknowledged = {}
    half_written = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "escalate.db"
        Ledger(path)
        for kill in range(1, times + 1):
            acknowledged |= killed_once(path, chance)
            half_written += path.with_name("escalate.db-journal").exists()
            found = problems_after(path, acknowledged)
            if found:
                print(f"after kill {kill}:", *found[:20], sep="\n    ")
                return 1
    print(
        f"{times} kills: {len(acknowledged)} entries acknowledged, 0 lost, no case twice, the record sound each time;"
        f" {half_written} half-written journals undone"
    )
    return 0


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES[os.environ.get("PROOFS", "full")]
    sys.exit(main(asked))
