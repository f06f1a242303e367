"""No error, fault or file name holds a name or anybody's words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.builders import a_case
from tests.running import ROOT, run

MARKER = "Zebedee"


def test_an_error_names_neither_the_child_nor_any_word(home: Path) -> None:
    case = a_case(home, child=f"{MARKER} Testcase", concern=f"{MARKER} was seen.", decision=f"{MARKER} closed.")
    run(
        home,
        "advance",
        case.reference,
        typed=f'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\nlearning = "{MARKER}"\nnames_stand = "yes"\n',
    )
    wrong = (
        ("record", f'risk = "{MARKER}"\nwhat = "told"\nsaid = "{MARKER}"\n'),
        (
            "record",
            f'risk = "no"\nwhat = "discussion"\non = "31 June 2026 {MARKER} was seen there"\nsaid = "{MARKER}"\n',
        ),
        ("record", f'risk = "no"\nwhat = "oversight"\non = 2026-03-01\nmanager = "{MARKER}"\nnote = "{MARKER}"\n'),
        ("advance", f'risk = "no"\non = 2026-04-10\noutcome = "{MARKER}"\nsaid = {MARKER}\n'),
        ("advance", f'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\nto = "{MARKER}"\n'),
        ("withdraw", f'risk = "no"\non = 2026-04-01\nreason = "{MARKER}"\n[[{"x"}]]\ny = "{MARKER}"\n'),
        (
            "correct",
            f'entry = "6"\nreason = "{MARKER}"\n[[changes]]\nfield = "decision_received_on"\nvalue = "{MARKER}"\n',
        ),
        ("redact", f'words = ["{MARKER} was nowhere"]\nreason = "{MARKER}"\n'),
        ("export", ""),
    )

    for verb, text in wrong:
        done = run(home, verb, case.reference, typed=text)
        assert done.code in (2, 3, 4, 8), (verb, done)
        assert MARKER.casefold() not in done.err.casefold(), (verb, done.err)
        assert done.out == ""
    assert not [path for path in home.rglob("*") if MARKER.casefold() in path.name.casefold()]


def test_a_fault_in_escalate_itself_prints_no_word_of_the_case(home: Path) -> None:
    case = a_case(home, child=f"{MARKER} Testcase", concern=f"{MARKER} was seen.")
    program = (
        "import sys, escalate.core.deciding as deciding\n"
        "def breaks(case, *given):\n    raise ValueError(case.raised.concern)\n"
        "deciding.record = breaks\n"
        "from escalate.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, "record", case.reference],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        input=f'risk = "no"\nwhat = "learning"\non = 2026-04-10\nlearning = "{MARKER}"\nnames_stand = "yes"\n',
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stdout) == (70, "")
    assert MARKER not in done.stderr
    assert done.stderr.endswith("escalate list shows what was recorded, escalate verify whether it is whole.\n")
