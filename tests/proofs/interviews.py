"""Hold every interview at a real terminal: answer, go back, change; leave it at each question, and go on with it.

    python tests/proofs/interviews.py [words of the verbs to do]

Every verb that asks is gone through in both keyboards: each question answered, gone back to and changed, each answer to
choose from chosen, every line of the page of all answers changed, everything that waits said; then it is recorded.
`raise` and `advance`, with each ending, are left at every question by Ctrl-C, a hang-up and a kill, and in turn by
Ctrl-D, an interrupt, an end of the session and a closed window, and gone on with, by the same command or by `resume`:
what was finished and what was half typed is there, and in the end in the record, once. And `raise` is killed while it
records. Ends with 1 where anything was lost.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

IS_FULL = os.environ.get("PROOFS", "full") == "full"
KEYBOARDS = ("plain", "editing")


def walks(folder: Path, wanted: Sequence[str]) -> Iterator[str]:
    """Go through every verb; yield a line of figures for each."""
    from tests.cli.kept import drafts, is_sound
    from tests.cli.typist import Typist
    from tests.interviews.scenarios import SCENARIOS
    from tests.interviews.sitting import NotAsThought, Sitting
    from tests.interviews.walking import Walk

    scenarios = [one for one in SCENARIOS if IS_FULL or one.name in ("agree", "withdraw")]
    everything: set[str] = set()
    back = changed = 0
    for scenario in (one for one in scenarios if one.name in wanted or not wanted):
        for keyboard in KEYBOARDS if IS_FULL else KEYBOARDS[1:]:
            home, typed = scenario.at(folder / f"{scenario.name}, {keyboard}")
            walk = Walk(Sitting(Typist(home, keyboard, scenario.today), scenario.prefers))
            walk.sitting.begin(*typed)
            walk.whole()
            code = walk.sitting.confirms()
            if code or drafts(home) or not is_sound(home):
                raise NotAsThought(f"{scenario.name}, {keyboard}: ends with {code}: {walk.sitting.shown_now[-1500:]}")
            everything |= {f"{scenario.words[0]}: {question}" for question in walk.seen}
            back, changed = back + walk.back, changed + walk.changed
        yield f"{scenario.name}: {len(walk.seen)} questions answered, gone back to and changed"
    yield f"in all {len(everything)} questions, gone back {back} times, {changed} answers changed; every record sound"


def leavings(folder: Path, wanted: Sequence[str]) -> Iterator[str]:
    """Leave `raise` and `advance` at every question; yield a line of figures for each."""
    from tests.interviews.leaving import THE_THREE, Left
    from tests.interviews.scenarios import ADVANCING, RAISING

    at = None if IS_FULL else {3, 5}
    again = half = 0
    for number, scenario in enumerate((RAISING, *ADVANCING) if IS_FULL else (RAISING, ADVANCING[1])):
        if wanted and scenario.name not in wanted:
            continue
        for keyboard in KEYBOARDS if IS_FULL else KEYBOARDS[number % 2 :][:1]:
            more = ("Ctrl-D", "SIGINT", "SIGTERM", "window closed") if IS_FULL else ()
            left = Left(scenario, folder / f"left: {scenario.name}, {keyboard}", keyboard, THE_THREE, more)
            left.everywhere(at)
            again, half = again + left.again, half + left.half_typed
            yield f"{scenario.name}, {keyboard}: left {left.again} times at its {left.questions} questions"
    yield f"left and gone on with {again} times, {half} times in the middle of words: 0 answers lost, no case twice"


def killed_while_recording(folder: Path, times: int) -> str:
    """Kill `raise` at a random moment after its last Enter, again and again, until it has recorded."""
    from tests.cli.kept import drafts, is_sound, references
    from tests.cli.typist import Typist
    from tests.interviews.scenarios import RAISING
    from tests.interviews.sitting import NotAsThought, Sitting

    chance = random.Random(times)
    recorded = 0
    home, typed = RAISING.at(folder / "killed while recording")
    kills = 0
    while kills < times:
        sitting = Sitting(Typist(home), RAISING.prefers | {"That is enough": "2"})
        page = sitting.begin(*typed)
        if page is not None and page.kind == "draft":
            sitting.send("1")
        sitting.to_the_check()
        sitting.child.send("\r")
        time.sleep(chance.uniform(0, 0.6))
        sitting.leaves("SIGKILL")
        kills += 1
        now = len(references(home))
        if now not in (recorded, recorded + 1) or not is_sound(home) or (now == recorded and len(drafts(home)) != 1):
            raise NotAsThought(f"kill {kills}: {now} cases after {recorded}, {len(drafts(home))} drafts")
        if now > recorded and drafts(home):
            again = Sitting(Typist(home), RAISING.prefers)
            again.begin("resume", "1")
            code = again.confirms()
            if code != 5 or len(references(home)) != now:
                raise NotAsThought(f"recorded already, and recorded again: {code}, {again.shown_now[-800:]}")
        recorded = now
    return f"{kills} kills while it records: {recorded} cases, each once, and no draft lost that was not recorded"


def main(wanted: Sequence[str]) -> int:
    if os.name == "nt":
        print("a pseudo-terminal is needed: no interview was held")
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            for line in walks(Path(folder), wanted):
                print(line, flush=True)
            for line in leavings(Path(folder), wanted):
                print(line, flush=True)
            if not wanted:
                print(killed_while_recording(Path(folder), 20 if IS_FULL else 2), flush=True)
        except AssertionError as problem:
            print(problem)
            return 1
    print(f"in {time.monotonic() - began:.0f} seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
