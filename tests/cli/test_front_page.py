"""`escalate` alone: what presses today, what was left, what to type next."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.store.drafts import Draft
from tests.builders import a_case, a_home, told
from tests.cli.kept import entries
from tests.running import ROOT, at_terminal, run
from tests.unfinished import leave_unfinished

DANGER = "A child in immediate danger: telephone 999. No record comes before that.\n"
TO_BEGIN = (
    "escalate runs your partnership's policy for disagreements about a child.\n"
    "It sends nothing and tells nobody.\n"
    "\n"
    "  escalate setup: say who you are, and your policy; once\n"
    "  escalate practice: try it on an invented case; nothing is kept\n"
    "  escalate raise: open a case; most answers can wait\n"
    "\n"
    f"{DANGER}"
    "Everything there is: escalate --help\n"
)
NEXT = (
    "  escalate raise: a new concern\n  escalate due: everything that is owed\n  escalate --help: everything there is\n"
)


def test_before_setup_it_says_how_to_begin_and_makes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path / "home")

    assert done == (0, TO_BEGIN, "")
    assert not (tmp_path / "home").exists()


def test_a_record_in_which_nobody_has_been_named_yet_is_before_setup_too(tmp_path: Path) -> None:
    with Desk(tmp_path):
        pass

    assert run(tmp_path) == (0, TO_BEGIN, "")


def test_a_day_on_which_nothing_presses_says_so(tmp_path: Path) -> None:
    done = run(a_home(tmp_path))

    assert done == (
        0,
        f"Friday 10 April 2026. Nothing is due.\n\nNext\n{NEXT}\n{DANGER}",
        "",
    )


def test_what_presses_is_said_as_due_says_it_and_the_last_day_of_a_stage_leads_up(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    reference = a_case(home, told("2026-04-01")).reference
    as_due_says_it = run(home, "due", "--plain").out

    done = run(home)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Friday 10 April 2026. 4 overdue, 1 due today, 2 without a date.\n\nOverdue: 4\n")
    assert "\nDue today: 1\n" in done.out
    said = " ".join(as_due_says_it.split())
    shown = done.out.partition("Overdue: 4\n")[2].partition("\n\nOne case:")[0].replace("\nDue today: 1\n", "\n")
    assert [item for item in shown.replace("\n  ", " ").splitlines() if item and item not in said] == []
    assert done.out.endswith(
        f"\nNext\n  escalate do {reference}: say that it is done, or why it need not be\n"
        f"  escalate advance {reference}: say how this stage ended, and go up unless it is resolved\n{NEXT}\n{DANGER}"
    )


def test_it_shows_a_handful_and_counts_the_rest_and_today_keeps_its_place(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    for number in range(1, 5):
        a_case(home, told("2026-04-01"), number=number)

    out = run(home).out

    assert out.count(" days since the concern.") == 5
    assert "13 more: escalate due --limit 16" in out
    assert "2 more: escalate due --limit 4" in out
    assert out.count("agree or escalate today") == 2


def test_drafts_are_told_by_verb_case_time_and_number_of_answers(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(home)
    with Desk(home) as desk:
        for verb, stream, at in (
            ("raise", "", "2026-04-09T16:40:00+01:00"),
            ("record", case.stream, "2026-04-10T08:05:00+01:00"),
        ):
            answers = {"risk": "no", "concern": "Rowan Testcase is hungry.", "~said": "Half"}
            draft = Draft(id=verb, verb=verb, stream=stream, event_id=verb, answers=answers, updated_at=at)
            leave_unfinished(desk.ledger.path, draft)

    out = run(home).out

    assert (
        " Not finished: 2"
        f" escalate record {case.reference}: a discussion or a fact, about R.T., at Stage 1, left today at 08:05,"
        " with 3 answers escalate raise: a new concern, left on Thursday 9 April 2026 at 16:40, with 3 answers"
        " To go on with one, or forget it: escalate resume "
    ) in " ".join(out.split())
    assert "hungry" not in out


def test_it_fits_sixty_columns_and_records_nothing(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-01"))
    before = entries(home)

    done = at_terminal(home, columns=60, NO_COLOR="1", TERM="dumb")

    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 60
    assert entries(home) == before


@pytest.mark.parametrize("words", [(), ("due",)])
def test_a_record_of_a_newer_escalate_is_refused_as_by_due(tmp_path: Path, words: tuple[str, ...]) -> None:
    home = a_home(tmp_path)
    with closing(sqlite3.connect(home / "escalate.db")) as con:
        con.execute("PRAGMA user_version = 99")

    done = run(home, *words)

    assert (done.code, done.out) == (9, "")
    assert "was written by a newer escalate (its version 99" in done.err


def test_it_needs_neither_typer_nor_the_libraries_that_write(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-01"))
    program = (
        "import sys; from escalate.cli import main; main([]); found = set(sys.modules)"
        "; print(sorted(found & {'typer', 'rich', 'pydantic', 'sqlmodel', 'questionary', 'holidays'}))"
    )
    environment = {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program]

    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)

    assert ran.stdout.splitlines()[-1] == "[]"
