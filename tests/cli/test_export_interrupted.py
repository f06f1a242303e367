"""`escalate export` cut short, and issued files as `escalate verify` finds them later."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.issued import SECOND, at_stage
from tests.cli.kept import facts, the_fact
from tests.running import ROOT, pretended, run

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


DYING = """
import os, sys
real, count = os.fsync, 0
def dies(file):
    global count
    count += 1
    real(file)
    if count == 1:
        os._exit(9)
os.fsync = dies
from escalate.cli import main
sys.exit(main(sys.argv[1:]))
"""


def killed(home: Path, *words: str) -> None:
    """Run a verb that is killed as soon as the first form lies on the disk: nothing of the program runs any more."""
    done = subprocess.run(
        [sys.executable, "-c", DYING, *words],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 9


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
        f"{pretended()}error: {home / 'issued'}: the form cannot be written there: No space left on device\n"
        "    choose another folder with --out\n"
        f"Issued and recorded before that: {first.file_name}.\n"
    )
    assert [path.name for path in (home / "issued").iterdir()] == [first.file_name]


def test_what_a_full_disk_kept_from_one_child_is_owed_still_and_for_that_child_alone(home: Path) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))
    broken("fsync", 3, home, "export", case.reference)

    again = run(home, "export", case.reference)
    third = run(home, "export", case.reference)

    assert again.code == 0
    assert [fact.child for fact in facts(home, case.reference, "form issued")] == ["child-1", "child-2"]
    assert again.out.count("Issued: ") == 1
    assert third.out.startswith(f"No form is owed in {case.reference}")


def test_what_a_full_disk_kept_from_one_child_is_owed_to_every_case_at_once_as_well(home: Path) -> None:
    case = at_stage(home, "3", names=[SECOND], children=("child-1", "child-2"))
    broken("fsync", 3, home, "export", "--all")

    run(home, "export", "--all")

    assert [fact.child for fact in facts(home, case.reference, "form issued")] == ["child-1", "child-2"]


def test_a_form_whose_issue_was_never_recorded_is_removed_by_verify(home: Path) -> None:
    case = at_stage(home, "3")
    killed(home, "export", case.reference)
    (part,) = (home / "issued").iterdir()
    assert (part.name[0], part.suffix) == (".", ".part")

    done = run(home, "verify")

    assert done.code == 0
    assert f"was recorded is removed: {part.name[1:].removesuffix('.part')}\n" in done.out
    assert list((home / "issued").iterdir()) == []


def test_a_form_whose_issue_was_never_recorded_is_removed_by_the_next_that_goes_there(
    home: Path, tmp_path: Path
) -> None:
    case, out = at_stage(home, "3"), tmp_path / "out"
    killed(home, "export", case.reference, "--out", str(out))
    (part,) = out.iterdir()
    strange = [out / part.name.replace(case.reference, "ABCD-2026-0001-TEST"), out / ".notes.docx.part"]
    for path in strange:
        path.write_bytes(b"somebody else's")

    run(home, "export", case.reference, "--out", str(out))

    issued = out / facts(home, case.reference, "form issued")[0].file_name
    assert sorted(out.iterdir()) == sorted([*strange, issued])


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
