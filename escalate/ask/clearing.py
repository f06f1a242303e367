"""A window cleared for a visitor at the desk: the screen, and what can be scrolled back to where a window obeys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

FORGET_SCROLLBACK = "\x1b[3J"
STILL_THERE = "What was scrolled off may still be there: this window cannot forget it. Close the window."
"""What is said where a window shows empty lines only."""

_HOME, _SCREEN = "\x1b[H", "\x1b[2J"
_OBEYS_NOTHING = ("", "dumb", "unknown")
_FEWEST_LINES = 50
_OUTPUT, _OBEYS_SEQUENCES = -11, 0x0004


def clear_window() -> bool:
    """Clear this window; return whether what was scrolled off is cleared too, as far as this program can do it.

    A window that obeys no escape sequences is given none: empty lines carry away what it shows.
    """
    forgets = True
    screen = sys.stdout if sys.stdout.isatty() else sys.stderr  # what a program reads is left alone
    if sys.platform == "win32" and not _windows_obeys():
        with suppress(OSError):
            subprocess.run(["cmd", "/c", "cls"], check=False)
    elif sys.platform != "win32" and os.environ.get("TERM", "") in _OBEYS_NOTHING:
        forgets = False
        screen.write("\n" * max(shutil.get_terminal_size().lines, _FEWEST_LINES))
    else:
        # The scrollback last: some terminals keep there what they have just cleared.
        screen.write(_HOME + _SCREEN + FORGET_SCROLLBACK)
    screen.flush()
    clear_tmux()
    return forgets


def clear_tmux() -> None:
    """Have tmux forget the history of this pane, where the window is tmux's."""
    tmux = shutil.which("tmux") if os.environ.get("TMUX") else None
    if tmux is None:
        return
    pane = os.environ.get("TMUX_PANE", "")
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            [tmux, "clear-history", *(["-t", pane] if pane else [])],
            check=False,
            timeout=5,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def _windows_obeys() -> bool:
    """Have the Windows console obey escape sequences; return whether it does. Elsewhere it is never asked."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.windll.kernel32
        console, mode = kernel.GetStdHandle(_OUTPUT), wintypes.DWORD()
        if kernel.GetConsoleMode(console, ctypes.byref(mode)):
            return bool(kernel.SetConsoleMode(console, mode.value | _OBEYS_SEQUENCES))
    return False
