"""A disk that takes no more: what was not recorded is said to be so, even where nothing can be read either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from escalate.store.ledger import Ledger
from escalate.store.verify import verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a limit on the size of files is needed")

FILLING = """
import resource, sys
from datetime import date
from pathlib import Path
from escalate.core.events import NewEvent, StageEntered
from escalate.errors import LedgerRefused
from escalate.store.ledger import Ledger, Scribe
with Ledger(Path(sys.argv[1])) as ledger:
    # The file itself is longer than this: not even what was half written can be put back.
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        with ledger.writing() as book:
            stage = StageEntered(stage="2", ground="unresolved", left="1", reason="Invented words. " * 500)
            new = NewEvent(id="full", fact=stage, occurred_on=date(2026, 4, 1))
            book.append("case-39", [new], Scribe("person-1", "agency-1", "2026-04-01T16:40:00+01:00"))
    except LedgerRefused as refused:
        print(refused.what.rpartition(": ")[2], repr(refused.recorded), sep="|")
"""


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_full_disk_costs_the_new_entry_only_and_says_that_nothing_was_recorded(
    path: Path, make: Any, share: float
) -> None:
    with Ledger(path) as ledger:
        for number in range(40):
            make.raised(ledger, f"case-{number:02}", reference=f"ESCP-2026-{number:04}", items=(make.item(),))
    before = verify(path)
    limit = int(path.stat().st_size * share)

    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(path), str(limit)], capture_output=True, encoding="utf-8", check=False
    )

    assert (done.stdout, done.stderr) == ("the disk did not take it|''\n", "")
    assert verify(path) == before
