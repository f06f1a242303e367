"""Time `escalate` against starting Python: `python -m benchmarks.run`, or `make bench`.

Machines drift by a third while they are measured, so the commands take turns, each time is divided by that of
`python -c pass` in the same turn, and the table shows the median of those ratios. Whole processes are timed, with their
output piped. Making 100 000 cases takes some minutes; `--keep FOLDER` keeps them for the next time.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.made_up import ANSWERS, environment, make_home

PACKAGE = Path(__file__).resolve().parent.parent / "escalate"
ESCALATE = Path(sys.executable).parent / ("escalate.exe" if os.name == "nt" else "escalate")
IN_THE_MIDDLE = "in-the-middle.txt"
_WIDTH = 26

# What people wait for, and how many times bare Python it may take; None where it prints more the more cases there are.
MUST: dict[str, int | None] = {
    "--help": 10,
    "due": None,
    "due --limit 50": 7,
    "list --limit 50": 13,
    "show REF": 13,
    "why REF": 13,
    "raise --from FILE": 50,
    "report --quarter 2026-Q1": 15,
    "log --quarter 2026-Q1": None,
    "remind": None,
    "learning": None,
    "due --ics CALENDAR": None,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 1 where something takes longer than it may."""
    options = _options(argv)
    compileall.compile_dir(PACKAGE, quiet=2)
    measured: dict[int, dict[str, float]] = {}
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="escalate-bench-")))
        for cases in options.cases:
            home = folder / str(cases)
            measured[cases] = measure(home, _home(home, cases), turns=options.turns)
    print(format_table(measured))
    return int(any(is_too_slow(typed, ratio) for ratios in measured.values() for typed, ratio in ratios.items()))


def is_too_slow(typed: str, ratio: float) -> bool:
    """Return whether a command takes more times bare Python than it may."""
    must = MUST[typed]
    return must is not None and ratio > must


def measure(home: Path, reference: str, *, turns: int) -> dict[str, float]:
    """Return how many times bare Python each command takes in this home: the median over `turns`."""
    ratios: dict[str, list[float]] = {typed: [] for typed in MUST}
    words = {"REF": reference, "FILE": str(ANSWERS / "raise.toml"), "CALENDAR": str(home / "due.ics")}
    started = environment(home)
    for turn in range(turns + 1):
        bare = _seconds((sys.executable, "-c", "pass"), started)
        for typed, found in ratios.items():
            command = (str(ESCALATE), *(words.get(word, word) for word in typed.split()))
            ratio = _seconds(command, started) / bare
            # The first turn only warms the disk's cache.
            if turn:
                found.append(ratio)
    return {typed: statistics.median(found) for typed, found in ratios.items()}


def format_table(measured: dict[int, dict[str, float]]) -> str:
    """Return the ratios as a table: a row a command, a column a number of cases, then the growth and the limit."""
    sizes = list(measured)
    heads = [*(f"{size:,} cases".replace(",", " ") for size in sizes), "growth", "may take"]
    lines = ["times bare Python".ljust(_WIDTH) + "".join(head.rjust(16) for head in heads)]
    for typed, must in MUST.items():
        found = [measured[size][typed] for size in sizes]
        growth = f"{found[-1] / found[0]:.2f}"
        cells = [*(f"{ratio:.1f}" for ratio in found), growth, "every row" if must is None else f"{must}"]
        mark = "  too slow" if is_too_slow(typed, max(found)) else ""
        lines.append(typed.ljust(_WIDTH) + "".join(cell.rjust(16) for cell in cells) + mark)
    return "\n".join(lines)


def _home(home: Path, cases: int) -> str:
    """Make the home where it is not kept from before; return the reference of a case in its middle."""
    kept = home / IN_THE_MIDDLE
    if not kept.exists():
        home.mkdir(parents=True)
        print(f"making {cases} cases", file=sys.stderr)
        kept.write_text(make_home(home, cases=cases), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _seconds(command: Sequence[str], started: dict[str, str]) -> float:
    before = time.perf_counter()
    subprocess.run(command, env=started, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - before


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description="Time escalate against starting Python.")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 100_000], help="how many, in each home")
    parser.add_argument("--turns", type=int, default=15, help="how often each command is timed")
    parser.add_argument("--keep", type=Path, help="a folder to keep the homes in, and to find them again")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
