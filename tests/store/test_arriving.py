"""A case taken in is taken in whole or not at all, whatever dies; and however it went to and fro."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.casework import mending
from escalate.casework.desk import Desk
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.core.case import read_case
from escalate.store.portable import to_bytes
from tests.builders import a_case, a_home, discussed, on
from tests.running import ROOT
from tests.two_homes import another_home, entries, everything_in, hand, hashes, packed, problems_in, record

TAKING_IN = """
import sys
from pathlib import Path
from escalate.casework.desk import Desk
from escalate.casework.handing_over import keep_case
from escalate.errors import LedgerRefused
from escalate.store.portable import from_bytes
travelling = from_bytes(Path(sys.argv[2]).read_bytes())
with Desk(Path(sys.argv[1])) as desk:
    if len(sys.argv) > 3:
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    print("ready", flush=True)
    try:
        keep_case(desk, travelling)
        print("taken in", flush=True)
    except LedgerRefused as refused:
        print(refused.what.rpartition(": ")[2], repr(refused.recorded), sep="|")
"""


def a_long_case(folder: Path) -> tuple[Path, Path, str, Path]:
    """Return two homes, and a case of the first that lies beside them as it travels to the second."""
    alex, bea = a_home(folder / "alex"), another_home(folder / "bea")
    case = a_case(alex, *(discussed("2026-04-09", said=f"Invented words {n}. " * 20) for n in range(160)))
    file = folder / "travelling"
    file.write_bytes(to_bytes(packed(alex, case.stream)))
    return alex, bea, case.stream, file


def environment() -> dict[str, str]:
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", "ESCALATE_TODAY": "2026-04-10"}


def test_whoever_is_killed_while_taking_a_case_in_has_all_of_it_or_nothing(tmp_path: Path) -> None:
    alex, bea, stream, file = a_long_case(tmp_path)
    command = [sys.executable, "-c", TAKING_IN, str(bea), str(file)]
    left = []
    for wait in (0.05, 0.15, 0.3, 0.5):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), encoding="utf-8") as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            with suppress(subprocess.TimeoutExpired):
                child.wait(wait)
            child.kill()
        left.append(len(entries(bea, stream)))
        assert problems_in(bea) == []

    done = subprocess.run(command, capture_output=True, env=environment(), encoding="utf-8", check=True)

    there = entries(alex, stream)
    assert set(left) <= {0, len(there) + 3}
    assert done.stdout == "ready\ntaken in\n"
    assert hashes(alex, stream) <= hashes(bea, stream)
    assert problems_in(alex, bea) == []


@pytest.mark.skipif(os.name != "posix", reason="only POSIX can pretend that the disk is full")
def test_a_full_disk_takes_in_nothing_of_a_case_and_says_so(tmp_path: Path) -> None:
    _, bea, _, file = a_long_case(tmp_path)
    before = everything_in(bea)
    size = (bea / "escalate.db").stat().st_size

    for limit in (size + 20_000, size + 60_000):
        done = subprocess.run(
            [sys.executable, "-c", TAKING_IN, str(bea), str(file), str(limit)],
            capture_output=True,
            env=environment(),
            encoding="utf-8",
            check=False,
        )
        assert done.stdout.splitlines()[1:] in (["the disk did not take it|''"], ["the disk is full|''"])
        assert everything_in(bea) == before
    assert problems_in(bea) == []


ALEX, BEA, CLEO = range(3)
WORDS = st.sampled_from(["Speak sooner.", "Zwetschgenbaum said so.", "Write it down."])
HOMES = st.sampled_from([ALEX, BEA, CLEO])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), HOMES, WORDS),
        st.tuples(st.just("hand"), HOMES, HOMES),
        st.tuples(st.just("redact"), HOMES, st.just("Zwetschgenbaum")),
        st.tuples(st.just("correct"), HOMES, st.integers(1, 30)),
    ),
    min_size=4,
    max_size=12,
)


@given(STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_however_a_case_goes_to_and_fro_every_record_verifies_and_has_what_it_was_given(
    steps: list[tuple[str, int, object]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALATE_TODAY", "2026-04-10")
        root = Path(folder)
        cleo = e.PartyNamed(party="person-c", sort="person", name="Cleo Third")
        homes = [a_home(root / "alex"), another_home(root / "bea"), another_home(root / "cleo", cleo)]
        stream = a_case(homes[ALEX]).stream
        for what, home, about in steps:
            if not entries(homes[home], stream):
                continue
            _do(what, homes[home], stream, homes[about] if what == "hand" and isinstance(about, int) else about)
        holders = [home for home in homes if entries(home, stream)]
        assert problems_in(*holders) == []

        for one in (*holders, *holders):
            for other in holders:
                if one != other:
                    hand(one, other, stream)

        assert problems_in(*holders) == []
        told = [{event.hash for event in entries(home, stream) if event.kind != "taken over"} for home in holders]
        handed = [{event.hash for event in entries(home, stream) if event.kind == "handed over"} for home in holders]
        assert len({frozenset(one - other) for one, other in zip(told, handed, strict=True)}) == 1
        assert len({frozenset(read_alike(home, stream)) for home in holders}) == 1
        for home in holders:
            removed = any("redacted" in event.kind for event in entries(home, stream))
            assert not removed or all(is_blank(home, event) for event in entries(home, stream))


def read_alike(home: Path, stream: str) -> list[tuple[str, int, e.Fact | None]]:
    """Return what was learned as the case reads it, corrected and redacted, with each entry's own number."""
    read = read_case(entries(home, stream)).events
    return [(one.chain, one.number, one.fact) for one in read if one.kind == e.LearningIdentified.kind]


def is_blank(home: Path, event: e.Event) -> bool:
    """Whether an entry that a redaction is about has no words here."""
    about = {one.target for one in entries(home, event.stream) if "redacted" in one.kind}
    return event.sequence not in about or event.fact is None


def _do(what: str, home: Path, stream: str, about: object) -> None:
    if what == "record":
        record(home, stream, (e.LearningIdentified(stage="1", learning=str(about)), on("2026-04-09")))
    elif what == "hand" and isinstance(about, Path) and about != home:
        hand(home, about, stream)
    elif what == "redact":
        holds = any(str(about) in str(event.fact) for event in entries(home, stream))
        if holds:
            with Desk(home) as desk:
                mending.redact(desk, stream, Answers({"words.0.words": str(about), "reason": "another family"}))
    elif what == "correct":
        learned = [one for one in entries(home, stream) if isinstance(one.fact, e.LearningIdentified)]
        if learned:
            event = learned[int(str(about)) % len(learned)]
            change = {"changes.0.field": "learning", "changes.0.value": f"Ask sooner, {home.name}."}
            with Desk(home) as desk:
                mending.correct(desk, stream, Answers({"entry": str(event.sequence), "reason": "a slip", **change}))
