"""Ctrl-L in plain lines, for a visitor at the desk: the window is cleared, and what was being typed stands there."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from escalate.ask.clearing import STILL_THERE
from escalate.ask.plain_prompts import PlainKeyboard
from tests.running import ROOT, sit_down

AT_A_TERMINAL = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is needed")
SAMPLE = Path(__file__).with_name("sample_interview.py")
CLEARED = "\x1b[H\x1b[2J\x1b[3J"


def cleared_twice(folder: Path, term: str) -> tuple[str, dict[str, object]]:
    """Press Ctrl-L at an empty line, and in the middle of a name; return what was written, and the draft."""
    draft = folder / "draft.json"
    child = sit_down(
        [sys.executable, str(SAMPLE), "plain", str(draft), str(folder / "result.json")],
        {**os.environ, "TERM": term, "PYTHONPATH": str(ROOT)},
        columns=40,
    )
    child.logfile_read = written = io.StringIO()
    for question, typed in (("risk of harm?", "\x0c"), ("again.", "2\r"), ("about?", "1\r"), ("decided?", "1\r")):
        child.expect_exact(question)
        child.expect("> ")
        child.send(typed)
    child.expect_exact("counterpart there?")
    child.expect("> ")
    child.send("Robin In")
    child.expect_exact("Robin In")
    child.send("\x0c")
    child.expect_exact("> Robin In")
    child.send("vented\r")
    child.expect_exact("Have you told them?")
    child.expect("> ")
    child.close(force=True)
    return written.getvalue(), dict(json.loads(draft.read_text("utf-8")))


@AT_A_TERMINAL
def test_ctrl_l_clears_screen_and_scrollback_and_the_words_typed_so_far_stand_there_again(tmp_path: Path) -> None:
    written, draft = cleared_twice(tmp_path, "xterm")

    said = "Cleared. ? on an empty line shows the\r\nquestion again.\r\n> "
    assert written.count(CLEARED + said) == 2
    assert "needed before anything can be recorded" not in written
    assert draft["receiving.0.counterpart"] == "Robin Invented"


@AT_A_TERMINAL
def test_a_window_that_obeys_nothing_gets_empty_lines_and_is_said_to_be_closed(tmp_path: Path) -> None:
    written, draft = cleared_twice(tmp_path, "dumb")

    assert "\x1b" not in written
    assert written.count("\r\n" * 50) == 2
    assert " ".join(written.split()).count(STILL_THERE) == 2
    assert draft["receiving.0.counterpart"] == "Robin Invented"


def test_where_the_line_is_not_known_ctrl_l_alone_clears_with_enter_after_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["\x0c", "a\x0cvisit"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    monkeypatch.setenv("TERM", "xterm")
    shown: list[str] = []

    assert PlainKeyboard(shown.append, after_clearing="? helps.").line() == "a\x0cvisit"
    assert shown == ["Cleared. ? helps."]
    assert capsys.readouterr().out == ""  # what a program reads is left alone
