"""`escalate hide`, for a visitor at the desk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import ROOT, at_terminal, run


def test_the_screen_is_cleared_and_then_what_can_be_scrolled_back_to(tmp_path: Path) -> None:
    done = at_terminal(tmp_path, "hide")

    assert done.code == 0
    assert done.out.endswith("\x1b[H\x1b[2J\x1b[3JReady.\n")


def test_a_window_that_obeys_nothing_gets_empty_lines_and_is_said_to_be_closed(tmp_path: Path) -> None:
    done = at_terminal(tmp_path, "hide", columns=40, TERM="dumb")

    assert done.code == 0
    assert done.out.endswith(
        "\n" * 50 + "What was scrolled off may still be\nthere: this window cannot forget it.\nClose the window.\n"
    )
    assert "\x1b" not in done.out


def test_without_a_screen_there_is_nothing_to_clear(tmp_path: Path) -> None:
    assert run(tmp_path, "hide") == (0, "", "There is no screen here to clear: this is not a terminal.\n")


def test_its_help_says_what_it_cannot_clear(tmp_path: Path) -> None:
    said = " ".join(run(tmp_path, "hide", "--help").out.split())

    assert "It cannot clear what is kept elsewhere: a window that writes a log of its own" in said


@pytest.mark.skipif(shutil.which("tmux") is None or os.name == "nt", reason="tmux is needed")
def test_tmux_forgets_what_could_be_scrolled_back_to(tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", os.devnull]
    typed = f"seq 500; PYTHONPATH={ROOT} {sys.executable} -m escalate hide; echo over; exec cat"
    environment = os.environ | {"ESCALATE_HOME": str(tmp_path), "TERM": "xterm"}
    environment.pop("TMUX", None)
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", typed], env=environment, check=True)
    try:
        seen = ""
        until = time.monotonic() + 30
        while "over" not in seen and time.monotonic() < until:
            kept = [*tmux, "capture-pane", "-p", "-S", "-"]
            seen = subprocess.run(kept, capture_output=True, encoding="utf-8", check=True).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)

    assert seen.split() == ["Ready.", "over"]
