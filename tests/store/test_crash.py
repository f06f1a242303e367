"""What dies, fills up or is crowded costs nothing that was said to be recorded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from escalate.store.verify import verify

ROOT = Path(__file__).parents[2]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed_twenty_times() -> None:
    done = run(str(ROOT / "tests" / "proofs" / "kill_writers.py"), "20")

    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(r"20 kills: \d+ entries acknowledged, 0 lost, no case twice, the record sound", done.stdout)


def test_eight_writers_at_once_are_none_refused_and_fork_nothing() -> None:
    done = run(str(ROOT / "tests" / "proofs" / "many_writers.py"), "8", "50")

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "8 writers x 50: 800 entries, none refused, no fork, the record sound\n",
        "",
    )


FILL = """
import resource, sys
from datetime import date
from pathlib import Path
from escalate.core.events import LearningIdentified, NewEvent
from escalate.errors import LedgerRefused
from escalate.store.ledger import Ledger, Scribe
scribe = Scribe("person-1", "agency-1", "2026-04-01T16:40:00+01:00")
with Ledger(Path(sys.argv[1])) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, resource.RLIM_INFINITY))
    try:
        for number in range(10_000):
            fact = LearningIdentified(stage="1", learning="Invented words " * 200)
            with ledger.writing() as book:
                book.append("setup", [NewEvent(id=str(number), fact=fact, occurred_on=date(2026, 4, 1))], scribe)
            print("recorded", number)
    except LedgerRefused as refused:
        print(refused, "|", refused.remedy, "|", repr(refused.recorded))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with ledger.writing() as book:
        print("kept", len(book.events("setup")))
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can pretend that the disk is full")
def test_a_full_disk_costs_the_new_entry_only_and_says_so(path: Path) -> None:
    done = run("-c", FILL, str(path))

    *recorded, said, kept = done.stdout.splitlines()
    assert recorded == [f"recorded {number}" for number in range(len(recorded))]
    assert len(recorded) > 20
    assert said in (
        f"{path}: the disk is full | make room on the disk, then run the command again | ''",
        f"{path}: the disk did not take it | look whether the disk is full or failing, then run `escalate verify` | ''",
    )
    assert kept == f"kept {len(recorded)}"
    assert verify(path).problems == ()
