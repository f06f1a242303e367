"""Words half typed when the window closes, the program is ended, or the computer stops: they are there again."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ask.test_terminal import FINISHED, Terminal, answer_until_the_concern, pexpect

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is needed")


@pytest.fixture(params=["plain", "editing"])
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """Somebody half way through a long answer."""
    terminal = Terminal(request.param, tmp_path).open()
    answer_until_the_concern(terminal)
    terminal.expect("worried about?")
    terminal.expect_prompt()
    terminal.child.send("Unsafe at home.\rHe said")
    terminal.child.expect("He.*said")
    yield terminal
    terminal.child.close(force=True)


def waits_for_the_draft(terminal: Terminal, concern: str) -> None:
    """Wait until the draft holds these words: nothing but time brings them there."""
    while True:
        try:
            if terminal.kept("draft").get("~concern") == concern:
                return
        except (json.JSONDecodeError, FileNotFoundError):
            pass
        assert terminal.child.isalive()
        terminal.child.expect([pexpect.TIMEOUT, r"\Z."], timeout=0.1)


def test_words_half_typed_are_kept_when_the_computer_stops_and_stand_there_again(begun: Terminal) -> None:
    waits_for_the_draft(begun, "Unsafe at home.\nHe said")
    begun.child.kill(signal.SIGKILL)
    begun.child.expect(pexpect.EOF)
    begun.child.close()

    begun.open()
    begun.expect("worried about?")
    begun.child.expect("Unsafe.*at.*home.*He.*said")
    begun.child.send("\r" if begun.adapter == "plain" else " so.\x1b\r")
    begun.press("about a child?", "\x03")
    assert begun.ends() == 130
    said = "He said" if begun.adapter == "plain" else "He said so."
    assert begun.kept("draft") == {**FINISHED, "concern": f"Unsafe at home.\n{said}"}


def test_a_terminal_that_goes_away_leaves_the_draft_behind(begun: Terminal) -> None:
    if begun.adapter == "plain":  # readline forgets its line when the terminal goes: what was looked at before counts
        waits_for_the_draft(begun, "Unsafe at home.\nHe said")
    begun.child.ptyproc.fileobj.close()

    begun.child.wait()
    begun.child.closed = begun.child.ptyproc.closed = True
    assert begun.kept("draft") == {**FINISHED, "~concern": "Unsafe at home.\nHe said"}
