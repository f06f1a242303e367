"""The adapter with an editable line: answers already given stand in it, pasted paragraphs stay whole.

Choices are the same numbered lines as in the plain adapter. prompt_toolkit is loaded when an interview begins.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from escalate.ask.clearing import FORGET_SCROLLBACK, clear_tmux
from escalate.ask.conversation import Beside, Conversation, LeftOff, Occasion
from escalate.ask.keyboard import HELP, SIGNS_IN_WORDS, Typing, let_it_pass
from escalate.ask.plain_prompts import forget_typed_ahead, must_be_a_terminal
from escalate.ask.question import Script
from escalate.core.answers import Answers

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyPressEvent


def run(script: Script, occasion: Occasion, *, answers: Answers, beside: Beside | None = None) -> Answers:
    """Return all answers of an interview held at this terminal, beginning with the draft `answers`.

    Raises:
        AnswersMissing: standard input is not a terminal: nothing is asked.
        Interrupted: the person left; the draft is saved.
        RouteOut: another route applies; an empty draft was saved.
    """
    must_be_a_terminal()
    forget_typed_ahead()
    return Conversation(script, EditingKeyboard(), occasion, beside or Beside()).hold(answers)


class EditingKeyboard:
    """Lines read by prompt_toolkit: each prompt has a session of its own, so that no history shows other answers."""

    how_to_finish = "finish with two empty lines, or Esc and then Enter"
    edits = True

    def __init__(self) -> None:
        self.typing: Typing = let_it_pass
        self._reading: PromptSession[str] | None = None
        self._is_gone = False

    def forget_typed_ahead(self) -> None:
        from prompt_toolkit.application import get_app_session
        from prompt_toolkit.input.typeahead import clear_typeahead

        clear_typeahead(get_app_session().input)
        forget_typed_ahead()

    def hang_up(self) -> bool:
        # What is raised inside an event loop may be swallowed there, and the line be waited for without end.
        if self._reading is None:
            return False
        self._is_gone = True
        if (loop := self._reading.app.loop) is not None:
            with suppress(RuntimeError):  # the loop has just been closed: the line is read
                loop.call_soon_threadsafe(self._end_if_gone)
        return True

    def _end_if_gone(self) -> None:
        future = self._reading.app.future if self._reading is not None else None
        if self._is_gone and future is not None and not future.done():
            future.set_result("")

    def line(self) -> str:
        return self._read("", multiline=False)

    def words(self, current: str) -> str:
        return self._read(current, multiline=False)

    def paragraphs(self, current: str) -> str:
        return self._read(current, multiline=True)

    def _read(self, current: str, *, multiline: bool) -> str:
        session = _session(multiline=multiline)
        session.default_buffer.on_text_changed += lambda buffer: self.typing(buffer.text)
        self._reading = session
        try:
            typed = session.prompt("> ", default=current, multiline=multiline, pre_run=self._end_if_gone)
        except (KeyboardInterrupt, EOFError):
            raise LeftOff(session.default_buffer.text, is_gone=self._is_gone) from None
        except OSError:  # the terminal went away while something was being drawn
            raise LeftOff(session.default_buffer.text, is_gone=True) from None
        finally:
            self._reading = None
        if self._is_gone:
            raise LeftOff(session.default_buffer.text, is_gone=True)
        return typed


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

    @keys.add(Keys.ControlL)
    def _(event: KeyPressEvent) -> None:
        """Clear the screen and what was scrolled off it: somebody has come to the desk."""
        event.app.renderer.clear()
        event.app.output.write_raw(FORGET_SCROLLBACK)
        event.app.output.flush()
        clear_tmux()

    @keys.add(Keys.F1)
    def _(event: KeyPressEvent) -> None:
        """Show help, whatever stands in the line: it stands there again afterwards."""
        event.app.exit(result=HELP)

    # They would search in answers that are not there, and take the letters typed next; end the words half-way; or
    # stand among them as what no record keeps.
    for pressed in ((Keys.ControlR,), (Keys.ControlS,), (Keys.ControlO,), (Keys.Escape, "#"), (Keys.ControlZ,)):
        keys.add(*pressed)(_pass_over)

    if multiline:
        keys.add(Keys.ControlM)(_Enter())

    return PromptSession(
        prompt_continuation="  ",
        reserve_space_for_menu=0,
        key_bindings=keys,
        output=create_output(always_prefer_tty=True),
    )


def _pass_over(_event: KeyPressEvent) -> None:
    """Do nothing at this key."""


class _Enter:
    """The key Enter in words of several lines: it begins a new line, or ends the words.

    They end where nothing is there yet, at a sign on a line of its own, after Esc however long ago, and at the second
    empty line typed. Empty lines of a pasted text are no sign of anything: neither one that comes as one, nor one
    whose keys are still waiting.
    """

    def __init__(self) -> None:
        self._empty_lines = 0

    def __call__(self, event: KeyPressEvent) -> None:
        buffer, before = event.current_buffer, [press.key for press in event.previous_key_sequence]
        line = buffer.document.current_line.strip()
        self._empty_lines = (self._empty_lines if before == ["c-m"] else 0) + 1 if not line else 0
        is_last = buffer.document.is_cursor_at_the_end
        is_sign = line in SIGNS_IN_WORDS or not buffer.text.strip()
        ends_here = self._empty_lines > 1 and not event.key_processor.input_queue
        if before == ["escape"] or (is_last and (is_sign or ends_here)):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")
