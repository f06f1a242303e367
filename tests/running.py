"""Running a verb in a home, as somebody types it: through a pipe in this process, or at a pseudo-terminal."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from escalate.cli import main

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "alembic",
    "cryptography",
    "docx",
    "docxtpl",
    "holidays",
    "icalendar",
    "openpyxl",
    "matplotlib",
    "jinja2",
    "lxml",
    "pydantic",
    "questionary",
    "sqlalchemy",
    "sqlmodel",
)

_SAID_TO_ESCALATE = ("ESCALATE_HOME", "ESCALATE_TODAY", "ESCALATE_PLAIN", "ESCALATE_TRACEBACK")


class Ran(NamedTuple):
    """What a verb left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What `--json` holds inside its envelope."""
        return json.loads(self.out)["data"]


def say_nothing_in_the_environment(patch: pytest.MonkeyPatch) -> None:
    """Take away what `escalate` is told in the environment; what a verb of this process leaves there goes, too.

    A verb that learns from its record how somebody wants to be asked says so to itself there.
    """
    for name in _SAID_TO_ESCALATE:
        patch.setenv(name, "")  # whatever is set or removed from now on is put back as it was
        patch.delenv(name)


def run(home: Path, *words: str, today: str = "2026-04-10", typed: str = "") -> Ran:
    """Run `escalate` with its output piped and `typed` on standard input; that the day is pretended is left out."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        say_nothing_in_the_environment(patch)
        patch.setenv("ESCALATE_HOME", str(home))
        patch.setenv("ESCALATE_TODAY", today)
        patch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(words)
    return Ran(code, out.getvalue(), err.getvalue().removeprefix(pretended(today)))


def pretended(today: str = "2026-04-10") -> str:
    """Return the line that says first on standard error which day is pretended."""
    return f"Pretending it is {today} (ESCALATE_TODAY)\n"


def at_terminal(home: Path, *words: str, columns: int = 80, today: str = "2026-04-10", **more: str) -> Ran:
    """Run `escalate` at a real pseudo-terminal so wide; `more` is added to the environment."""
    unwanted = ("NO_COLOR", "FORCE_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": today, "TERM": "xterm-256color", **more}
    child = sit_down([sys.executable, "-m", "escalate", *words], environment, columns=columns, timeout=60)
    said = str(child.read())
    child.close()
    return Ran(int(child.exitstatus), said.replace("\r\n", "\n"), "")


def sit_down(
    command: Sequence[str], environment: Mapping[str, str], *, rows: int = 50, columns: int = 80, timeout: float = 30
) -> Any:
    """Return a program begun at a pseudo-terminal of its own: a `pexpect.spawn`. Its `timeout` is seconds."""
    pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
    if os.name == "nt":
        pytest.skip("a pseudo-terminal is needed")
    child = pexpect.spawn(
        command[0],
        list(command[1:]),
        encoding="utf-8",
        timeout=timeout,
        dimensions=(rows, columns),
        cwd=str(ROOT),
        # Whoever runs the tests may say how wide their own terminal is; pytest's workers do.
        env={name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")},
        preexec_fn=_hear_every_signal,
    )
    # Every prompt reads without an echo before it is shown: nobody need wait before typing, nor after leaving.
    child.delaybeforesend = None
    child.delayafterclose = child.ptyproc.delayafterclose = 0.01
    return child


def _hear_every_signal() -> None:
    """Hear what a window sends, even where the tests themselves run in the background, or under nohup."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def heavy_imports(home: Path, *words: str) -> list[str]:
    """Return which heavy libraries, and whether Rich, a verb imports whose output is piped."""
    program = (
        f"import sys; from escalate.cli import main; main({list(words)!r});"
        f" print(*sorted(set(sys.modules) & set({(*HEAVY, 'rich')!r})), file=sys.stderr)"
    )
    environment = os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stderr.splitlines()[-1].split()
