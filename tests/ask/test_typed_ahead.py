"""What was typed before anything was asked is no answer."""

from __future__ import annotations

import io
import os
import sys

import pytest

from escalate.ask.plain_prompts import forget_typed_ahead

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is needed")


def test_what_was_typed_before_the_first_question_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        os.write(master, b"1\ny\n")
        forget_typed_ahead()
        os.write(master, b"Rowan\n")

        assert terminal.readline() == "Rowan\n"
    os.close(master)


def test_where_nobody_can_type_there_is_nothing_to_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    with io.StringIO("Rowan\n") as file:
        monkeypatch.setattr(sys, "stdin", file)
        forget_typed_ahead()

        assert file.readline() == "Rowan\n"  # what a file holds is an answer, whenever it was written
