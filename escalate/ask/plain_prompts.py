"""The plain adapter: every question in lines that are printed once, every answer read by `input`.

It works with screen readers, on narrow and dumb terminals, and through any pseudo-terminal.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from escalate.ask.answering import columns
from escalate.ask.clearing import STILL_THERE, clear_window
from escalate.ask.conversation import Beside, Conversation, LeftOff, Occasion, Show
from escalate.ask.keyboard import ANEW, SIGNS_IN_WORDS, HungUp, Typing, let_it_pass
from escalate.ask.leaving import typed_line
from escalate.ask.pages import wrapped
from escalate.ask.question import Script
from escalate.core.answers import Answers
from escalate.errors import AnswersMissing

SHOWS_AGAIN = "? on an empty line shows the question again."
_LOOKS_EVERY_SECONDS = 0.2
# Ctrl-L puts this into the line and ends it: readline binds no key to what is not its own, and its own way of clearing
# keeps what was scrolled off. Nobody types it, and no record keeps it.
_CLEAR = "\x1e"
_CTRL_L = "\x0c"
_BINDINGS = ("tab: self-insert", r'"\C-^": self-insert', r'"\C-l": "\C-^\C-m"')


def run(script: Script, occasion: Occasion, *, answers: Answers, beside: Beside | None = None) -> Answers:
    """Return all answers of an interview held at this terminal in plain lines, beginning with the draft `answers`.

    Raises:
        AnswersMissing: standard input is not a terminal: nothing is asked.
        Interrupted: the person left; the draft is saved.
        RouteOut: another route applies; an empty draft was saved.
    """
    must_be_a_terminal()
    forget_typed_ahead()
    return Conversation(
        script, PlainKeyboard(occasion.show, after_clearing=SHOWS_AGAIN), occasion, beside or Beside()
    ).hold(answers)


def must_be_a_terminal() -> None:
    """Refuse to ask where nobody can answer: a newline in a pipe must never pick an answer."""
    if not sys.stdin.isatty():
        raise AnswersMissing(
            "standard input is not a terminal, so nothing can be asked",
            remedy="give the answers in a file: --from answers.toml",
            recorded="",
        )


def forget_typed_ahead() -> None:
    """Forget what was typed before anything was asked: it would be taken for an answer."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error, OSError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


class PlainKeyboard:
    """Lines read by `input`. Long words end at two empty lines, so that a pasted text keeps its paragraphs.

    Ctrl-L clears the window for a visitor at the desk, and leaves what stands in the line; where the platform does not
    know the line, it does so when it is typed alone, with Enter after it.

    Args:
        prompt: what stands before each line.
        after_clearing: what is said where the window was cleared: how to see again what is asked.
    """

    how_to_finish = "finish with two empty lines"
    edits = False

    def __init__(self, show: Show, *, prompt: str = "> ", after_clearing: str = "") -> None:
        self._show = show
        self._prompt, self._after_clearing = prompt, after_clearing
        self.typing: Typing = let_it_pass
        self._was_told_how_to_finish = False
        # Without it a terminal cuts a pasted line at 4,095 bytes and says nothing. Not on every platform.
        with suppress(ImportError):
            import readline

            for binding in _BINDINGS:
                readline.parse_and_bind(binding)
            if hasattr(readline, "set_auto_history"):
                readline.set_auto_history(False)

    def forget_typed_ahead(self) -> None:
        forget_typed_ahead()

    def hang_up(self) -> bool:
        return False  # what is raised leaves `input` at once

    def line(self) -> str:
        try:
            return self._line()
        except HungUp:  # from wherever inside it came: a closed window ends the input and sends a signal at once
            raise LeftOff(_half_typed(), is_gone=True) from None

    def _line(self) -> str:
        words = ""
        while True:
            try:
                with _put_back(words):
                    typed = typed_line(self._prompt)
                if _CLEAR not in typed and typed != _CTRL_L:
                    return typed
                words = typed.replace(_CLEAR, "").replace(_CTRL_L, "")
                self._clear()
            except UnicodeDecodeError:
                words = ""
                self._say("That held a character this terminal cannot send. Please type it again.")
            except HungUp:
                raise
            except (KeyboardInterrupt, EOFError):
                typed = _half_typed()
                try:
                    self._show("")
                except OSError:  # there is no terminal any more
                    raise LeftOff(typed, is_gone=True) from None
                raise LeftOff(typed) from None

    def _clear(self) -> None:
        said = "Cleared." if clear_window() else STILL_THERE
        self._say(f"{said} {self._after_clearing}".rstrip())

    def _say(self, line: str) -> None:
        self._show(wrapped(line, columns()))

    def words(self, current: str) -> str:
        with _followed(lambda: self.typing(_half_typed())):
            return self.line() or current

    def paragraphs(self, current: str) -> str:
        lines: list[str] = []
        try:
            while lines[-2:] != ["", ""]:
                with _followed(lambda: self.typing("\n".join([*lines, _half_typed()]))):
                    lines.append(self.line())
                is_alone = len(lines) == 1 and (not lines[0].strip() or (lines[0].strip() == ANEW and bool(current)))
                if is_alone or lines[-1].strip() in SIGNS_IN_WORDS:
                    return "\n".join(lines)
                if not lines[-1] and lines[-2:] != ["", ""] and not self._was_told_how_to_finish:
                    self._show("One more empty line finishes.")
                    self._was_told_how_to_finish = True
                self.typing("\n".join(lines))
        except LeftOff as left:
            raise LeftOff("\n".join([*lines, left.typed]), is_gone=left.is_gone) from None
        return "\n".join(lines[:-2])


@contextmanager
def _followed(look: Callable[[], None]) -> Iterator[None]:
    """Look again and again at the line being typed, while it is read: it may be long, and never be finished."""
    is_read = threading.Event()

    def follow() -> None:
        last = ""
        while not is_read.wait(_LOOKS_EVERY_SECONDS):
            if (line := _half_typed()) != last:
                last = line
                look()

    if "readline" in sys.modules:
        threading.Thread(target=follow, name="line", daemon=True).start()
    try:
        yield
    finally:
        is_read.set()


@contextmanager
def _put_back(words: str) -> Iterator[None]:
    """Have words stand in the line that is read next."""
    if not words or "readline" not in sys.modules:
        yield
        return
    import readline

    readline.set_startup_hook(lambda: readline.insert_text(words))
    try:
        yield
    finally:
        readline.set_startup_hook()


def _half_typed() -> str:
    """Return what stands in the line, where the platform knows it."""
    with suppress(ImportError, UnicodeDecodeError):
        import readline

        return readline.get_line_buffer().replace(_CLEAR, "")
    return ""
