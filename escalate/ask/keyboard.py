"""What an interview needs of whoever types: a keyboard, its signs, and how somebody leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Typing = Callable[[str], None]
BACK, HELP, HELP_AND_POLICY, EDITOR, ANEW = "<", "?", "??", "!", "-"
MORE, LEAVE, PRINT, RECORD = "+", "q", "p", "r"
SIGNS_IN_WORDS = (BACK, HELP, HELP_AND_POLICY, EDITOR)
"""What means something on a line of its own, below words too."""


class HungUp(KeyboardInterrupt):
    """The window was closed, or the system asked the program to end: nobody is there to be asked anything more."""


class LeftOff(Exception):
    """The person pressed Ctrl-C or Ctrl-D; `typed` is what stood in the unfinished answer, as far as is known.

    `is_gone` says that nobody is at the terminal any more.
    """

    def __init__(self, typed: str = "", *, is_gone: bool = False) -> None:
        super().__init__()
        self.typed = typed
        self.is_gone = is_gone


class Keyboard(Protocol):
    """Where answers come from. Every method raises LeftOff where the person leaves.

    Where it `edits`, words so far stand in the line, and come back with what was typed; elsewhere only what was typed.
    """

    @property
    def how_to_finish(self) -> str:
        """How words of several lines are ended, as it is said under a question."""

    @property
    def edits(self) -> bool:
        """Whether words so far stand in the line."""

    typing: Typing
    """Called with the words typed so far, whenever they change while words are being read; must return at once."""

    def forget_typed_ahead(self) -> None:
        """Forget the keys that were pressed and not read yet: what comes next has not been seen."""

    def hang_up(self) -> bool:
        """Have the reading that is under way, if any, end as left for good; return whether it will.

        Called in the middle of anything, where the window is closed or the system asks the program to end.
        """

    def line(self) -> str:
        """Return one line as typed, without its end."""

    def words(self, current: str) -> str:
        """Return one line; `current` stands in it where the keyboard `edits`."""

    def paragraphs(self, current: str) -> str:
        """Return words that may run over several lines; the same of `current`.

        They end with one of `SIGNS_IN_WORDS` where it was typed on a line of its own, and are ANEW alone where that
        was the first line and there are words so far.
        """


def let_it_pass(_typed: str) -> None:
    """The `typing` of a keyboard whose words nobody follows."""
