"""The adapter with an editable line: answers already given stand in it, pasted paragraphs stay whole.

Choices are the same numbered lines as in the plain adapter. prompt_toolkit is loaded when an interview begins.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from escalate.ask.conversation import BACK, HELP, Conversation, LeftOff, Save, Show
from escalate.ask.plain_prompts import must_be_a_terminal
from escalate.ask.question import Script
from escalate.core.answers import Answers

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyPressEvent


def run(script: Script, *, answers: Answers, save: Save, show: Show, today: date) -> Answers:
    """Return all answers of an interview held at this terminal, beginning with the draft `answers`.

    `save` is given the draft after every answer; `show` prints one block of plain text.

    Raises:
        AnswersMissing: standard input is not a terminal: nothing is asked.
        Interrupted: the person left; the draft is saved.
        RouteOut: another route applies; an empty draft was saved.
    """
    must_be_a_terminal()
    return Conversation(script, EditingKeyboard(), show, save, today).hold(answers)


class EditingKeyboard:
    """Lines read by prompt_toolkit: each prompt has a session of its own, so that no history shows other answers."""

    how_to_finish = "finish with Esc, then Enter"
    edits = True

    def line(self) -> str:
        return self._read("", multiline=False)

    def words(self, current: str) -> str:
        return self._read(current, multiline=False)

    def paragraphs(self, current: str) -> str:
        return self._read(current, multiline=True)

    def _read(self, current: str, *, multiline: bool) -> str:
        session = _session(multiline=multiline)
        try:
            return session.prompt("> ", default=current, multiline=multiline)
        except (KeyboardInterrupt, EOFError):
            raise LeftOff(session.default_buffer.text) from None


def _session(*, multiline: bool) -> PromptSession[str]:
    # Where a terminal does not say where its cursor is, prompt_toolkit would print a warning into the interview.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys
    from prompt_toolkit.output import create_output

    keys = KeyBindings()

    @keys.add(Keys.Vt100MouseEvent)
    def _(_event: object) -> None:
        """Ignore what looks like a mouse: a colour typed as an escape sequence does, and would end in a traceback."""

    def _enter(event: KeyPressEvent) -> None:
        """Begin a new line, unless there is nothing yet, or only the sign to go back or for help."""
        if event.current_buffer.text.strip() in ("", BACK, HELP):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    if multiline:
        keys.add(Keys.ControlM)(_enter)

    return PromptSession(
        prompt_continuation="  ",
        reserve_space_for_menu=0,
        key_bindings=keys,
        output=create_output(always_prefer_tty=True),
    )
