"""How far something has got, shown where somebody is looking: on standard error, so that no output is disturbed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

Tick = Callable[[], None]
"""Tells that one more is done."""


@contextmanager
def progress(what: str, total: int, *, least: int) -> Iterator[Tick]:
    """Show a bar while so many things are done, where there are `least` at least; it is gone when it is done."""
    if total < least or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def watched(what: str, things: Sequence[T], *, least: int) -> Iterator[T]:
    """Yield these things one by one, with the bar of `progress`."""
    with progress(what, len(things), least=least) as tick:
        for one in things:
            yield one
            tick()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say what is being done; it is gone when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …"):
        yield
