"""Running a verb in a home, as somebody types it: through a pipe in this process, or at a pseudo-terminal."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
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
    """Run `escalate` with its output piped and `typed` on standard input."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        say_nothing_in_the_environment(patch)
        patch.setenv("ESCALATE_HOME", str(home))
        patch.setenv("ESCALATE_TODAY", today)
        patch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(words)
    return Ran(code, out.getvalue(), err.getvalue())


def at_terminal(home: Path, *words: str, columns: int = 80, today: str = "2026-04-10", **more: str) -> Ran:
    """Run `escalate` at a real pseudo-terminal so wide; `more` is added to the environment."""
    pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
    if os.name == "nt":
        pytest.skip("a pseudo-terminal is needed")
    unwanted = ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": today, "TERM": "xterm-256color", **more}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "escalate", *words],
        encoding="utf-8",
        timeout=60,
        dimensions=(50, columns),
        cwd=str(ROOT),
        env=environment,
    )
    child.expect(pexpect.EOF)
    child.close()
    return Ran(int(child.exitstatus), str(child.before).replace("\r\n", "\n"), "")


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
