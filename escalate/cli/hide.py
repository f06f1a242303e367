"""`escalate hide`: clear the screen and what can be scrolled back to, for a visitor at the desk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

_HOME, _SCREEN, _SCROLLBACK = "\x1b[H", "\x1b[2J", "\x1b[3J"
_OUTPUT, _OBEYS_SEQUENCES = -11, 0x0004


def command() -> None:
    """Clear this window and what can be scrolled back to in it, at once and without a question.

    It cannot clear what is kept elsewhere: a window that writes a log of its own, another window or tab, a program that
    shares or films the screen, what was printed or copied. GNU screen, and some terminals, keep their scrollback: close
    the window. What is recorded stays recorded; drafts stay too.
    """
    if not sys.stdout.isatty():
        print("There is no screen here to clear: this is not a terminal.", file=sys.stderr)
        return
    if sys.platform != "win32" or _windows_obeys():
        # The scrollback last: some terminals keep there what they have just cleared.
        sys.stdout.write(_HOME + _SCREEN + _SCROLLBACK)
        sys.stdout.flush()
    else:
        with suppress(OSError):
            subprocess.run(["cmd", "/c", "cls"], check=False)
    _clear_tmux()
    print("Ready.")


def _clear_tmux() -> None:
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
