"""A window that is closed, a computer that shuts down: the interview is left as by Ctrl-C, and its draft kept."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from escalate.ask.keyboard import HungUp

_NAMES = ("SIGHUP", "SIGTERM", "SIGBREAK")
_AGAIN_AFTER_SECONDS = 0.2
_CONSOLE_CLOSES, _LOGGED_OFF, _SHUTS_DOWN = 2, 5, 6


@contextmanager
def leaving_when_hung_up(
    last_moment: Callable[[], None], is_told: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Raise HungUp inside, in the main thread, where the window is closed or the system asks the program to end.

    Args:
        is_told: called at that moment; returns whether somebody there ends what is under way, so that nothing is raised
            in the middle of it.
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
        if not is_told():
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


def typed_line(prompt: str) -> str:
    """Return what `input` reads, and leave in time: a signal that comes just before it waits for keys is told again.

    Python looks for signals between its own steps; one that comes after the last of these, and before the system
    waits, would be heard at the next key only, which nobody presses at a window that was closed.
    """
    if not hasattr(signal, "pthread_kill") or threading.current_thread() is not threading.main_thread():
        return input(prompt)
    is_read = threading.Event()
    told, hears = socket.socketpair()
    with told, hears:
        told.settimeout(0)
        before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        again = threading.Thread(target=_told_again, args=(hears, is_read), name="told again", daemon=True)
        again.start()
        try:
            return input(prompt)
        finally:
            is_read.set()
            signal.set_wakeup_fd(before)
            told.shutdown(socket.SHUT_RDWR)
            again.join()


def _told_again(hears: socket.socket, is_read: threading.Event) -> None:
    """Send the main thread each signal to leave that it was sent, until it has come to listen."""
    to_leave = [getattr(signal, name) for name in ("SIGINT", *_NAMES) if hasattr(signal, name)]
    while numbers := hears.recv(16):
        for number in (one for one in numbers if one in to_leave):
            while not is_read.wait(_AGAIN_AFTER_SECONDS):
                signal.pthread_kill(threading.main_thread().ident or 0, number)


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
