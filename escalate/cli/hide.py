"""`escalate hide`: clear the screen and what can be scrolled back to, for a visitor at the desk."""

from __future__ import annotations

import sys

from escalate.ask.clearing import STILL_THERE, clear_window
from escalate.render.console import Screen


def command() -> None:
    """Clear this window and what can be scrolled back to in it, at once and without a question.

    It cannot clear what is kept elsewhere: a window that writes a log of its own, another window or tab, a program that
    shares or films the screen, what was printed or copied. GNU screen, and some terminals, keep their scrollback: close
    the window. What is recorded stays recorded; drafts stay too.
    """
    if not sys.stdout.isatty():
        print("There is no screen here to clear: this is not a terminal.", file=sys.stderr)
        return
    if clear_window():
        print("Ready.")
    else:
        Screen.here().say(STILL_THERE)
