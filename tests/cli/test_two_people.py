"""Two people, or many, at one record at the same time: one wins, the others are told, nobody's words are lost."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import sys
from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from escalate.core import events as e
from escalate.core.answers import Answers
from tests.builders import Built, a_case
from tests.cli.kept import drafts, entries, events, is_sound, kinds, references
from tests.cli.typist import Typist
from tests.running import pretended, run

ROUNDS = 10
# Fifty each take a minute on two cores: `PROOFS=full` asks for them.
TIMES = 50 if os.environ.get("PROOFS") == "full" else 10
UNRESOLVED = 'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n'
_meeting: dict[str, Any] = {}


def _begin(barrier: Any) -> None:
    _meeting["place"] = barrier
    os.environ["ESCALATE_TODAY"] = "2026-04-10"
    for name in ("sqlmodel", "pydantic", "escalate.casework.climbing", "escalate.casework.recording"):
        __import__(name)


def advance_by_command(home: Path, reference: str) -> tuple[int, str]:
    """Run `escalate advance --at 1` when the other process is ready too; return its exit code and its error."""
    from escalate.cli import main

    os.environ["ESCALATE_HOME"] = str(home)
    sys.stdin = io.StringIO(UNRESOLVED)
    out, err = io.StringIO(), io.StringIO()
    _meeting["place"].wait(60)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["advance", reference, "--at", "1"])
    return code, err.getvalue().removeprefix(pretended())


def advance_having_read(home: Path, reference: str) -> str:
    """Read the case, wait until the other has read it too, then go up; return what was said against it."""
    from datetime import date

    from escalate.casework import climbing
    from escalate.casework.desk import Desk
    from escalate.errors import SomeoneWasFirst

    with Desk(home) as desk:
        stream, opened = desk.find(reference)
        _meeting["place"].wait(60)
        given = Answers({"risk": "no", "on": date(2026, 4, 10), "outcome": "unresolved"})
        try:
            climbing.advance(desk, stream, given, opened.case.last_sequence)
        except SomeoneWasFirst as refused:
            return f"{refused.exit_code} {refused.what}"
    return ""


def record_many(home: Path, reference: str, writer: int, times: int) -> int:
    """Record so much oversight in one case, as fast as it goes; return how much was recorded."""
    from datetime import date

    from escalate.casework.desk import Desk
    from escalate.casework.recording import record

    _meeting["place"].wait(60)
    with Desk(home) as desk:
        stream, _ = desk.find(reference)
        for number in range(times):
            given = {
                "risk": "no",
                "what": "oversight",
                "on": date(2026, 4, 10),
                "manager": "Jo",
                "note": f"{writer} {number}",
            }
            record(desk, stream, Answers(given))
    return times


@contextlib.contextmanager
def people(count: int) -> Iterator[Pool]:
    """So many processes of their own, that begin together."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    with context.Manager() as manager, context.Pool(count, _begin, (manager.Barrier(count),)) as pool:
        yield pool


def test_of_two_processes_that_advance_one_case_exactly_one_wins_every_time(home: Path) -> None:
    cases = [a_case(home, number=number) for number in range(1, ROUNDS + 1)]

    with people(2) as pool:
        ended = [pool.starmap(advance_by_command, [(home, case.reference)] * 2, chunksize=1) for case in cases]

    for case, both in zip(cases, ended, strict=True):
        (won, nothing), (lost, said) = sorted(both)
        assert (won, nothing, lost) == (0, "", 5)
        # Told before it read anything, or after it had decided: either way what the other did.
        assert said.startswith(
            (
                f"error: case {case.reference} is at stage 2, not at stage 1\n    to see what happened: escalate show",
                f'error: {case.reference}: changed while you were answering: entry 8, "risk considered", at 2026',
            )
        )
        assert said.endswith("\nNothing was recorded.\n")
        assert kinds(home, case.reference)[-3:] == ["risk considered", "outcome recorded", "stage entered"]
        assert len(events(home, case.reference)) == 10
    assert is_sound(home)


def test_of_two_that_had_read_the_same_case_the_second_is_told_what_the_first_recorded(home: Path) -> None:
    cases = [a_case(home, number=number) for number in range(1, ROUNDS + 1)]

    with people(2) as pool:
        ended = [pool.starmap(advance_having_read, [(home, case.reference)] * 2, chunksize=1) for case in cases]

    for case, both in zip(cases, ended, strict=True):
        nothing, said = sorted(both)
        assert nothing == ""
        assert said.startswith(f'5 {case.reference}: changed while you were answering: entry 8, "risk considered", at ')
        assert '; entry 10, "stage entered", at ' in said
        assert len(events(home, case.reference)) == 10
    assert is_sound(home)


def test_eight_who_record_at_once_are_none_refused_and_no_chain_forks(home: Path) -> None:
    # Two to a case: what one of them records, the other finds there.
    cases = [a_case(home, number=number) for number in range(1, 5)]
    before = entries(home)

    with people(8) as pool:
        given = [(home, cases[writer % 4].reference, writer, TIMES) for writer in range(8)]
        done = pool.starmap(record_many, given, chunksize=1)

    assert done == [TIMES] * 8
    assert entries(home) == before + 16 * TIMES
    for place, case in enumerate(cases):
        recorded = events(home, case.reference)
        notes = [event.fact.note for event in recorded if isinstance(event.fact, e.OversightRecorded)]
        assert [event.sequence for event in recorded] == list(range(1, 8 + 4 * TIMES))
        for writer in (place, place + 4):
            assert [note for note in notes if note.startswith(f"{writer} ")] == [f"{writer} {n}" for n in range(TIMES)]
    assert is_sound(home)


def test_whoever_answers_at_a_terminal_while_another_records_is_told_and_keeps_the_answers(
    plain_typist: Typist, case: Built
) -> None:
    home = plain_typist.home
    plain_typist.types("advance", case.reference)
    plain_typist.answer("Is a child at immediate risk now?", "2")
    plain_typist.answer("On which day did this stage end?", "")
    plain_typist.answer("How did this stage end?", "2")
    plain_typist.asked("What was said?")
    assert run(home, "advance", case.reference, typed=UNRESOLVED).code == 0
    plain_typist.child.send("They said no.\r\r\r")
    plain_typist.confirm()
    plain_typist.expect(
        f'error: {case.reference}: changed while you were answering: entry 8, "risk considered", at 2026'
    )
    plain_typist.expect(f"    run `escalate show {case.reference}`, then decide again\r\nNothing was recorded.\r\n")

    assert plain_typist.ends() == 5
    assert len(events(home, case.reference)) == 10
    (kept,) = drafts(home)
    assert kept["said"] == "They said no."


def test_two_who_raise_at_once_have_two_references(home: Path) -> None:
    with people(2) as pool:
        both = pool.starmap(raise_by_command, [(home,)] * 2, chunksize=1)

    assert both == [0, 0]
    assert [reference[:14] for reference in references(home)] == ["KSCP-2026-0001", "KSCP-2026-0002"]


def raise_by_command(home: Path) -> int:
    from escalate.cli import main

    os.environ["ESCALATE_HOME"] = str(home)
    sys.stdin = io.StringIO(
        'risk = "no"\nroute = "this policy"\ntheme = "Schools left out"\nreceiving = ["Invented Police"]\n'
        'decision = "None."\nlearned_on = 2026-04-09\nconcern = "c"\noutcome_wanted = "o"\n'
    )
    _meeting["place"].wait(60)
    with contextlib.redirect_stdout(io.StringIO()):
        return main(["raise"])
