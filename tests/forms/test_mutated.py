"""A thousand broken forms, received one after the other: each is read or refused, soon, and none of them writes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PROOF = Path(__file__).resolve().parents[1] / "proofs" / "mutated_forms.py"


def test_a_thousand_broken_forms_are_read_or_refused_and_nothing_is_written() -> None:
    # In a process of its own, whose memory is bounded.
    ran = subprocess.run(
        [sys.executable, str(PROOF), "1000"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout + ran.stderr
    counted = re.match(r"1000 broken forms: (\d+) refused, (\d+) read, 0 otherwise; ", ran.stdout)
    assert counted is not None
    refused, read = (int(count) for count in counted.groups())
    assert refused + read == 1000
    assert read > 200
