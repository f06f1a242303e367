"""The keys of the editable line: how words of several lines are finished, and what never finishes them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from escalate.ask.keyboard import HungUp, LeftOff
from escalate.ask.leaving import leaving_when_hung_up
from escalate.ask.prompts import EditingKeyboard

ESC_LONG_AGO_SECONDS = 1.7
MOMENTS = 60


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What is sent here is typed; nothing is drawn."""
    monkeypatch.setattr("prompt_toolkit.output.create_output", lambda **_: DummyOutput())
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def typed_at_length(keys: Any, *sent: str, current: str = "", pause: float = 0.0) -> str:
    keys.send_text(sent[0])
    if len(sent) > 1:
        threading.Timer(pause, keys.send_text, [sent[1]]).start()
    return EditingKeyboard().paragraphs(current)


def test_two_empty_lines_finish(keys: Any) -> None:
    assert typed_at_length(keys, "Unsafe.\r\rHungry.\r\r\r").rstrip() == "Unsafe.\n\nHungry."


def test_esc_and_then_enter_finish_however_long_after(keys: Any) -> None:
    assert typed_at_length(keys, "Unsafe.\x1b", "\r", pause=ESC_LONG_AGO_SECONDS) == "Unsafe."


def test_words_that_stand_already_are_finished_by_two_empty_lines_too(keys: Any) -> None:
    assert typed_at_length(keys, "\r\r\r", current="Unsafe.").rstrip() == "Unsafe."


def test_a_pasted_text_with_empty_lines_stays_whole(keys: Any) -> None:
    pasted = "One.\n\n\n\nTwo.\n\n\n"

    assert typed_at_length(keys, f"\x1b[200~{pasted}\x1b[201~\rThree.\x1b\r") == f"{pasted}\nThree."


def test_a_text_whose_keys_come_all_at_once_stays_whole(keys: Any) -> None:
    assert typed_at_length(keys, "One.\r\r\r\rTwo.\x1b\r") == "One.\n\n\n\nTwo."


SPECIAL = {
    "End": "\x1b[F",
    "Up": "\x1b[A",
    "Ctrl-Right": "\x1b[1;5C",
    "Delete": "\x1b[3~",
    "Insert": "\x1b[2~",
    "Page Down": "\x1b[6~",
    "Tab": "\t",
    "Ctrl-K": "\x0b",
    "Ctrl-L": "\x0c",
    "Ctrl-O": "\x0f",
    "Ctrl-R": "\x12",
    "Ctrl-S": "\x13",
    "Ctrl-Z": "\x1a",
    "F2": "\x1bOQ",
    "Alt-#": "\x1b#",
    "a mouse": "\x1b[<0;10;10M",
    "an empty paste": "\x1b[200~\x1b[201~",
}


@pytest.mark.parametrize("key", SPECIAL)
def test_no_special_key_takes_letters_away_or_ends_the_words(keys: Any, key: str) -> None:
    keys.send_text(f"Unsafe{SPECIAL[key]}.\r")
    assert EditingKeyboard().words("") == "Unsafe."

    assert typed_at_length(keys, f"Unsafe{SPECIAL[key]}.\x1b\r") == "Unsafe."


@pytest.mark.parametrize(
    ("pasted", "stands"),
    [
        ("One\ttwo", "One\ttwo"),
        ("One\r\ntwo\r\n\r\nthree", "One\ntwo\n\nthree"),
        ("One\x01\x07\x1b[31mtwo\x7f", "One\x01\x07\x1b[31mtwo\x7f"),
        ("0123456789 " * 1818, "0123456789 " * 1818),
    ],
    ids=["tabs", "line ends of Windows", "control characters", "20 000 characters"],
)
def test_what_is_pasted_stands_there_whole(keys: Any, pasted: str, stands: str) -> None:
    keys.send_text(f"\x1b[200~{pasted}\x1b[201~.\r")
    assert EditingKeyboard().words("") == f"{stands}."

    assert typed_at_length(keys, f"\x1b[200~{pasted}\x1b[201~.\x1b\r") == f"{stands}."


@pytest.mark.parametrize("sign", ["<", "?", "??", "!"])
def test_a_sign_on_a_line_of_its_own_ends_the_words(keys: Any, sign: str) -> None:
    assert typed_at_length(keys, f"Unsafe.\r{sign}\r") == f"Unsafe.\n{sign}"


def calls_while(reads: Callable[[], None], at: int, acts: Callable[[], None]) -> int:
    """Run `reads`, with `acts` done at its call of a function of this number; return how many calls there were."""
    calls = 0

    def counts(_frame: object, event: str, _what: object) -> None:
        nonlocal calls
        if event == "call":
            calls += 1
            if calls == at:
                acts()

    sys.setprofile(counts)
    try:
        reads()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_at_whatever_moment_it_is_told_to_end_the_line_is_left(keys: Any) -> None:
    keyboard = EditingKeyboard()

    told: list[int] = []

    def reads() -> None:
        keys.send_text("Unsafe.\r")
        keyboard.words("")

    def tells() -> None:
        told.append(moment)
        signal.raise_signal(signal.SIGTERM)

    reads()
    calls = calls_while(reads, at=0, acts=lambda: None)
    heard: list[int] = []
    for moment in range(1, calls, calls // MOMENTS):
        try:
            with leaving_when_hung_up(lambda: None, keyboard.hang_up):
                calls_while(reads, moment, tells)
        except (HungUp, LeftOff) as left:
            if isinstance(left, HungUp) or left.is_gone:
                heard.append(moment)
        keyboard = EditingKeyboard()

    assert heard == told
    assert len(told) > MOMENTS / 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_what_was_typed_when_it_was_told_to_end_is_known(keys: Any) -> None:
    keyboard = EditingKeyboard()

    def told_to_end(typed: str) -> None:
        if typed == "Unsafe":
            signal.raise_signal(signal.SIGTERM)

    keyboard.typing = told_to_end
    keys.send_text("Unsafe")

    with leaving_when_hung_up(lambda: None, keyboard.hang_up), pytest.raises(LeftOff) as left:
        keyboard.words("")

    assert (left.value.typed, left.value.is_gone) == ("Unsafe", True)
