"""Somebody at a real pseudo-terminal who types a verb and answers what it asks."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.running import sit_down

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
if os.name == "nt":
    pytest.skip("a pseudo-terminal is needed", allow_module_level=True)

# prompt_toolkit writes the space of its prompt by moving the cursor.
PROMPT = r"> |>\x08"
# What stands under a question that Enter alone answers.
MAY_BE_LEFT = r"\([^()]*(?:Enter:|Enter\s+keeps|change\s+it,\s+or)[^()]*\)\r?\n"


@dataclass
class Typist:
    """`types` a verb; then `answer` one question after the other; `ends` returns the exit code.

    `adapter` is "plain" or "editing": how the verb asks.
    """

    home: Path
    adapter: str = "plain"
    today: str = "2026-04-10"
    child: Any = None
    seen: io.StringIO = field(default_factory=io.StringIO)

    def types(self, *words: str) -> Typist:
        """Begin a verb, at a terminal so wide that nothing is wrapped."""
        return self._begin([sys.executable, "-m", "escalate", *words, *self._how])

    def types_in_shell(self, words: str) -> Typist:
        """Begin a verb as a shell would, its output led elsewhere."""
        return self._begin(["/bin/sh", "-c", f'exec "$0" -m escalate {words} {" ".join(self._how)}', sys.executable])

    @property
    def _how(self) -> list[str]:
        return ["--plain"] if self.adapter == "plain" else []

    def _begin(self, command: list[str]) -> Typist:
        environment = {
            **os.environ,
            "ESCALATE_HOME": str(self.home),
            "ESCALATE_TODAY": self.today,
            "TERM": "xterm",
            "NO_COLOR": "1",
        }
        self.seen = io.StringIO()
        self.child = sit_down(command, environment, columns=400)
        self.child.logfile_read = self.seen
        return self

    def answer(self, question: str, *typed: str) -> None:
        """Wait for the question and its prompt; type each line, with Enter after it."""
        self.asked(question)
        for line in typed:
            self.child.send(line + "\r")

    def answer_at_length(self, question: str, text: str) -> None:
        """Give words of several lines, and finish them."""
        self.asked(question)
        if self.adapter == "plain":
            first, *rest = [*text.split("\n"), "", ""]
            self.child.send(first + "\r")
            for line in rest:
                self.child.expect(PROMPT)
                self.child.send(line + "\r")
        else:
            self.child.send(f"\x1b[200~{text}\x1b[201~\x1b\r")

    def press(self, question: str, key: str) -> None:
        self.asked(question)
        self.child.send(key)

    def enter_until(self, words: str) -> None:
        """Press Enter at every question until these words come."""
        enter = "\r" if self.adapter == "plain" else "\x1b\r"
        while self.child.expect([re.escape(words), MAY_BE_LEFT]):
            self.child.expect(PROMPT)
            self.child.send(enter)

    def confirm(self) -> None:
        """Leave open whatever is still asked, look at all answers, and have them recorded."""
        self.enter_until("Enter records them.")
        self.child.expect(PROMPT)
        self.child.send("\r")

    def asked(self, question: str) -> None:
        self.expect(question)
        self.child.expect(PROMPT)

    def expect(self, words: str) -> None:
        self.child.expect_exact(words)

    def is_killed(self) -> None:
        """The computer stops: nothing of the program runs any more."""
        self.child.kill(signal.SIGKILL)
        self.child.expect(pexpect.EOF)
        self.child.close()

    def ends_by(self, number: signal.Signals) -> int:
        """Tell the program to end, as the system does; return its exit code."""
        self.child.kill(number)
        return self.ends()

    def ends(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)

    @property
    def screen(self) -> str:
        """Everything that was shown, as plain lines."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.seen.getvalue()).replace("\r", "")
