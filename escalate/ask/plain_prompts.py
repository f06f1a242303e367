"""The plain adapter: every question in lines that are printed once, every answer read by `input`.

It works with screen readers, on narrow and dumb terminals, and through any pseudo-terminal.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date

from escalate.ask.conversation import Conversation, LeftOff, Save, Show
from escalate.ask.question import Script
from escalate.core.answers import Answers
from escalate.errors import AnswersMissing


def run(script: Script, *, answers: Answers, save: Save, show: Show, today: date) -> Answers:
    """Return all answers of an interview held at this terminal in plain lines, beginning with the draft `answers`.

    `save` is given the draft after every answer; `show` prints one block of plain text.

    Raises:
        AnswersMissing: standard input is not a terminal: nothing is asked.
        Interrupted: the person left; the draft is saved.
        RouteOut: another route applies; an empty draft was saved.
    """
    must_be_a_terminal()
    return Conversation(script, PlainKeyboard(show), show, save, today).hold(answers)


def must_be_a_terminal() -> None:
    """Refuse to ask where nobody can answer: a newline in a pipe must never pick an answer."""
    if not sys.stdin.isatty():
        raise AnswersMissing(
            "standard input is not a terminal, so nothing can be asked",
            remedy="give the answers in a file: --from answers.toml",
            recorded="",
        )


class PlainKeyboard:
    """Lines read by `input`. Long words end at two empty lines, so that a pasted text keeps its paragraphs."""

    how_to_finish = "finish with two empty lines"
    edits = False

    def __init__(self, show: Show) -> None:
        self._show = show
        # Without it a terminal cuts a pasted line at 4,095 bytes and says nothing. Not on every platform.
        with suppress(ImportError):
            import readline

            readline.parse_and_bind("tab: self-insert")
            if hasattr(readline, "set_auto_history"):
                readline.set_auto_history(False)

    def line(self) -> str:
        while True:
            try:
                return input("> ")
            except UnicodeDecodeError:
                self._show("That held a character this terminal cannot send. Please type it again.")
            except (KeyboardInterrupt, EOFError):
                self._show("")
                raise LeftOff(_half_typed()) from None

    def words(self, current: str) -> str:
        return self.line() or current

    def paragraphs(self, current: str) -> str:
        lines: list[str] = []
        try:
            while lines[-2:] != ["", ""]:
                lines.append(self.line())
                if len(lines) == 1 and lines[0].strip() in ("", "<", "?"):
                    return lines[0] or current
        except LeftOff as left:
            raise LeftOff("\n".join([*lines, left.typed])) from None
        return "\n".join(lines[:-2])


def _half_typed() -> str:
    """Return what stood in the line when the person left, where the platform still knows it."""
    with suppress(ImportError):
        import readline

        return readline.get_line_buffer()
    return ""
