"""A window that is closed, a computer that shuts down: the interview is left as by Ctrl-C, and its draft kept."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from escalate.ask.keyboard import HungUp

_NAMES = ("SIGHUP", "SIGTERM", "SIGBREAK")
_CONSOLE_CLOSES, _LOGGED_OFF, _SHUTS_DOWN = 2, 5, 6


@contextmanager
def leaving_when_hung_up(last_moment: Callable[[], None]) -> Iterator[None]:
    """Raise HungUp inside, in the main thread, where the window is closed or the system asks the program to end.

    Args:
        last_moment: called from another thread where the system leaves no time for more (a Windows console closes).
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.getsignal(number) for number in numbers}
    # Under nohup a closed window is no reason to leave.
    listened = [number for number in numbers if before[number] is not signal.SIG_IGN]

    heard: list[int] = []
    writes_to_terminal = sys.stdout.isatty() and sys.stderr.isatty()

    def hang_up(number: int, _frame: FrameType | None) -> None:
        for one in listened:
            signal.signal(one, signal.SIG_IGN)  # a second signal must not break into the keeping of the draft
        if number == getattr(signal, "SIGHUP", None) and writes_to_terminal:
            _go_silent()
        heard.append(number)
        raise HungUp

    for number in listened:
        signal.signal(number, hang_up)
    try:
        with _console_watched(last_moment):
            yield
    finally:
        for number in listened:
            signal.signal(number, before[number] or signal.SIG_DFL)
        for number in heard:
            # Whoever holds several interviews in one run, as practice does, is to end too.
            if callable(outer := before[number]):
                outer(number, None)


def _go_silent() -> None:
    """Write nothing more to the terminal, which is gone: writing to it would end in a fault."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, number)
    os.close(nowhere)


@contextmanager
def _console_watched(last_moment: Callable[[], None]) -> Iterator[None]:
    """On Windows, call `last_moment` when the console closes: the program ends as soon as that returns."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32

        def closes(kind: int) -> bool:
            if kind in (_CONSOLE_CLOSES, _LOGGED_OFF, _SHUTS_DOWN):
                last_moment()
            return False  # whoever listens besides, Python among them, hears of it too

        heard = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(closes)
        kernel.SetConsoleCtrlHandler(heard, 1)
        try:
            yield
        finally:
            kernel.SetConsoleCtrlHandler(heard, 0)
    else:
        yield
