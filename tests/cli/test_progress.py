"""How far something has got: a bar at a terminal where there is much to do, and nothing anywhere else."""

from __future__ import annotations

import io
import sys

import pytest

from escalate.cli.progress import watched


class Terminal(io.StringIO):
    """A screen that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "least", "is_shown"),
    [(Terminal(), 3, True), (Terminal(), 4, False), (io.StringIO(), 3, False)],
    ids=["many at a terminal", "few at a terminal", "through a pipe"],
)
def test_a_bar_is_shown_of_many_things_at_a_terminal_only(
    stream: io.StringIO, least: int, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stderr", stream)

    done = list(watched("Drafting", ["a", "b", "c"], least=least))

    assert done == ["a", "b", "c"]
    assert ("Drafting" in stream.getvalue()) is is_shown
