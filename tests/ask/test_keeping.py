"""Answers kept while they are given; and a disk that is full, locked or read-only, which costs nobody their answers."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from escalate.ask.keeping import Keeper, keep_nothing
from escalate.ask.keyboard import HungUp
from escalate.ask.leaving import leaving_when_hung_up, typed_line
from escalate.ask.question import Option, Question, Script, Stop, answered
from escalate.core.answers import Answers
from escalate.errors import Interrupted, LedgerRefused, RouteOut
from escalate.store.draft_held import HeldDraft
from escalate.store.drafts import Draft
from escalate.store.ledger import Ledger
from tests.ask.at_a_keyboard import Sitting

SCRIPT: Script = (
    Question(
        id="route",
        text="What is it about?",
        kind="choice",
        required=True,
        options=(Option("decision", "A decision"), Option("staff", "Staff")),
    ),
    Stop(id="lado", text="Another route applies.", remedy="Ring the officer.", when=answered("route", "staff")),
    Question(id="concern", text="What worries you?", kind="long", required=True, label="Concern"),
    Question(id="wanted", text="What do you want?", kind="text", required=True, label="Wanted"),
)
ALL = Answers({"route": "decision", "concern": "Missed meals", "wanted": "An assessment"})
FULL = "escalate.db: the disk is full"


class Disk:
    """A disk that takes only so many drafts before it is full; `has_room` again when it is told."""

    def __init__(self, takes: int) -> None:
        self.takes = takes

    def __call__(self) -> None:
        self.takes -= 1
        if self.takes < 0:
            raise LedgerRefused(FULL, recorded="")

    def has_room(self, typed: str) -> str:
        self.takes = 99
        return typed


def on(disk: Disk, draft: Answers | None = None) -> Sitting:
    return Sitting(SCRIPT, draft=draft or Answers(), refuses=disk)


def test_a_full_disk_is_said_once_and_the_interview_goes_on() -> None:
    sitting = on(Disk(takes=1))

    answers = sitting.held("1", "Missed meals", "An assessment", "", "", "r")

    assert answers == ALL
    assert sitting.kept == [Answers({"route": "decision"})]
    assert sitting.screen.count("cannot be kept on disk just now") == 1
    assert f"Your answers cannot be kept on disk just now: {FULL}." in sitting.screen
    assert (
        f"Your answers are still NOT kept on disk: {FULL}. Make room, then press Enter here. Do not leave: nothing of "
        "this is on disk. p prints them all here, to copy. r records them all the same: refused, they would be lost."
    ) in " ".join(sitting.screen.split())


def test_cannot_lose_answers_that_are_not_on_disk_by_recording_them_before_there_is_room() -> None:
    disk = Disk(takes=0)
    sitting = on(disk)

    answers = sitting.held("1", "Missed meals", "An assessment", "", "", lambda: disk.has_room(""))

    assert answers == ALL
    assert sitting.kept == [ALL]  # there was room: only then does it come to recording
    assert sitting.screen.count("Make room, then press Enter here.") == 2


def test_a_disk_that_has_room_again_is_said_and_has_every_answer() -> None:
    disk = Disk(takes=1)
    sitting = on(disk)

    answers = sitting.held("1", "Missed meals", lambda: disk.has_room("An assessment"), "")

    assert answers == ALL
    assert sitting.kept == [Answers({"route": "decision"}), ALL, ALL]  # and once more as they are recorded
    assert "Your answers are kept on disk again." in sitting.screen


def test_answers_that_are_not_on_disk_are_printed_whole_for_whoever_leaves() -> None:
    sitting = on(Disk(takes=0))

    with pytest.raises(Interrupted) as left:
        sitting.held("1", "Missed\nmeals", KeyboardInterrupt(), "p", "x", "", "q")

    assert "Type p, Enter or q.\nStill NOT kept" in sitting.screen.replace("\n\n", "\n")
    assert left.value.what == f"left before the end; the answers so far could not be kept: {FULL}"
    assert "      A decision\n" in sitting.screen
    assert "   2  Concern\n      Missed\n      meals" in sitting.screen


def test_answers_that_are_not_on_disk_are_printed_before_they_are_recorded() -> None:
    sitting = on(Disk(takes=0))

    assert sitting.held("1", "Missed meals", "An assessment", "", "p", "r") == ALL
    assert sitting.screen.count("   2  Concern\n      Missed meals") == 2


def test_whoever_leaves_makes_room_and_has_a_draft_after_all() -> None:
    disk = Disk(takes=0)
    sitting = on(disk)

    with pytest.raises(Interrupted) as left:
        sitting.held("1", KeyboardInterrupt(), lambda: disk.has_room(""))

    assert left.value.what == "left before the end; the answers so far are kept as a draft"
    assert sitting.kept == [Answers({"route": "decision"})]


def test_nobody_is_asked_where_the_window_is_gone() -> None:
    with pytest.raises(Interrupted):
        on(Disk(takes=0)).held("1", HungUp(), "p")


def test_a_route_out_that_cannot_remove_what_was_kept_says_so() -> None:
    disk = Disk(takes=1)

    with pytest.raises(RouteOut) as out:
        on(disk).held("1", "<", "2", "")

    assert out.value.remedy == f"Ring the officer.\nWhat was kept before could not be removed: {FULL}."


def test_a_route_out_removes_what_was_kept_once_there_is_room_again() -> None:
    disk = Disk(takes=1)
    sitting = on(disk)

    with pytest.raises(RouteOut) as out:
        sitting.held("1", "<", "2", lambda: disk.has_room(""))

    assert out.value.remedy == "Ring the officer."
    assert sitting.kept[-1] == Answers()


def test_words_being_typed_are_kept_by_themselves_and_only_the_last() -> None:
    kept: list[Answers] = []
    written = threading.Event()

    def save(answers: Answers) -> None:
        kept.append(answers)
        written.set()

    with closing(Keeper(save, within=0.05)) as keeper:
        for words in ("Mis", "Missed", "Missed meals"):
            keeper.soon(lambda words=words: Answers({"~concern": words}))  # type: ignore[misc]
        assert written.wait(10)

    assert kept == [Answers({"~concern": "Missed meals"})]


def test_what_waited_is_not_written_over_an_answer_nor_after_the_end() -> None:
    kept: list[Answers] = []
    keeper = Keeper(kept.append, within=60)
    keeper.soon(lambda: Answers({"~concern": "Missed me"}))
    keeper.now(Answers({"concern": "Missed meals"}))
    keeper.what_waits()
    keeper.soon(lambda: Answers({"~wanted": "An ass"}))
    keeper.close()
    keeper.what_waits()
    keeper.soon(lambda: Answers({"~wanted": "An assess"}))

    assert kept == [Answers({"concern": "Missed meals"})]


def test_what_must_leave_no_draft_is_not_followed() -> None:
    before = set(threading.enumerate())
    keeper = Keeper(keep_nothing)
    keeper.soon(lambda: Answers({"~words": "Half"}))

    assert not keeper.keeps
    assert set(threading.enumerate()) <= before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGHUP", "SIGTERM"])
def test_a_closed_window_is_left_like_any_interview_and_a_second_signal_breaks_into_nothing(number: str) -> None:
    which = getattr(signal, number)
    before = signal.signal(which, signal.SIG_DFL)  # under nohup it is not listened to
    try:
        with leaving_when_hung_up(lambda: None):
            with pytest.raises(HungUp):
                signal.raise_signal(which)
            signal.raise_signal(signal.SIGTERM)

        assert signal.getsignal(which) == signal.SIG_DFL
    finally:
        signal.signal(which, before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_a_signal_that_comes_just_before_a_line_is_waited_for_is_told_again(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def hears_the_second(number: int, _frame: object) -> None:
        told.append(number)
        if len(told) == 2:
            raise HungUp

    def waits(_prompt: str) -> str:
        signal.raise_signal(getattr(signal, number))
        time.sleep(20)
        return "It was never told again."

    monkeypatch.setattr("builtins.input", waits)
    before = signal.signal(getattr(signal, number), hears_the_second)
    try:
        with pytest.raises(HungUp):
            typed_line("> ")
    finally:
        signal.signal(getattr(signal, number), before)

    assert signal.set_wakeup_fd(-1) == -1


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of escalate's, with nothing in it."""
    path = tmp_path / "escalate.db"
    with Ledger(path):
        return path


NOW = "2026-04-10T09:00:00+01:00"
NEW = Draft(id="draft-1", verb="raise", event_id="event-1", answers={}, updated_at="")
SAID = {"concern": "Łukasz"}


def drafts_in(path: Path) -> list[Draft]:
    with Ledger(path) as ledger:
        return ledger.drafts()


def test_a_draft_is_kept_from_any_thread_and_forgotten(database: Path) -> None:
    held = HeldDraft(database, NEW)
    thread = threading.Thread(target=held.keep, args=(SAID, NOW))
    thread.start()
    thread.join()
    assert drafts_in(database) == [replace(NEW, answers=SAID, updated_at=NOW)]

    held.forget()
    assert drafts_in(database) == []


def test_cannot_keep_a_draft_while_another_program_writes_and_it_is_not_waited_for_long(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerRefused) as refused:
            HeldDraft(database, NEW, wait=0.01).keep(SAID, NOW)

    assert refused.value.what == f"{database}: another program is writing"


def test_cannot_keep_a_draft_in_a_database_that_is_gone(database: Path) -> None:
    database.unlink()

    with pytest.raises(LedgerRefused):
        HeldDraft(database, NEW).keep(SAID, NOW)

    assert not database.exists()
