"""`escalate export` cut short, and issued files as `escalate verify` finds them later."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.issued import SECOND, at_stage
from tests.cli.kept import facts, the_fact
from tests.running import ROOT, run

BREAKING = """
import os, pathlib, sys
place, fails_at = sys.argv[1], int(sys.argv[2])
holder, error = (pathlib.Path, SystemExit(1)) if place == "replace" else (os, OSError(28, "No space left on device"))
real, count = getattr(holder, place), 0
def breaks(*given):
    global count
    count += 1
    if count == fails_at:
        raise error
    return real(*given)
setattr(holder, place, breaks)
from escalate.cli import main
sys.exit(main(sys.argv[3:]))
"""


def broken(place: str, fails_at: int, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb that dies where it would give a file its name ("replace"), or finds the disk full ("fsync")."""
    return subprocess.run(
        [sys.executable, "-c", BREAKING, place, str(fails_at), *words],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_what_was_issued_before_another_failed_is_said(home: Path) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))

    # The first file and its folder are written to the disk, and then it is full.
    done = broken("fsync", 3, home, "export", case.reference)

    (first,) = facts(home, case.reference, "form issued")
    assert (done.returncode, done.stdout) == (8, "")
    assert done.stderr == (
        f"error: {home / 'issued'}: the form cannot be written there: No space left on device\n"
        "    choose another folder with --out\n"
        f"Issued and recorded before that: {first.file_name}.\n"
    )
    assert [path.name for path in (home / "issued").iterdir()] == [first.file_name]


def test_an_issue_that_died_before_its_file_had_its_name_is_finished_by_verify(home: Path) -> None:
    case = at_stage(home, "3")

    assert broken("replace", 1, home, "export", case.reference).returncode == 1
    fact = the_fact(home, case.reference, "form issued")
    path = home / "issued" / fact.file_name
    assert not path.exists()
    done = run(home, "verify")

    assert done.code == 0
    assert path.name in done.out
    assert hashlib.sha256(path.read_bytes()).hexdigest() == fact.digest
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_an_issued_file_that_was_changed_since_is_told_by_verify(home: Path) -> None:
    case = at_stage(home, "3")
    (issued,) = run(home, "export", case.reference, "--json").data
    Path(issued["file"]).write_bytes(b"something else")

    done = run(home, "verify")

    assert done.code == 0
    assert f"(it was edited since, or damaged): {Path(issued['file']).name}\n" in done.out


def test_an_issued_file_that_was_sent_and_deleted_is_no_problem(home: Path) -> None:
    case = at_stage(home, "3")
    (issued,) = run(home, "export", case.reference, "--json").data
    Path(issued["file"]).unlink()

    assert run(home, "verify").code == 0
