"""Plain once for all: what setup was told holds for every verb, unless the person says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from escalate.store.set_up import asks_plainly
from tests.builders import a_case, told
from tests.cli.test_setup import ME
from tests.running import at_terminal, run

COLOURED = "\x1b["


@pytest.fixture
def plain_home(tmp_path: Path) -> Path:
    assert run(tmp_path, "setup", typed=f'{ME}asking = "plain"\n').code == 0
    a_case(tmp_path, told("2026-04-01"))
    return tmp_path


def test_a_file_can_say_it_and_need_not(tmp_path: Path) -> None:
    run(tmp_path, "setup", typed=ME)
    assert not asks_plainly(tmp_path / "escalate.db")

    run(tmp_path, "setup", typed=f'{ME}asking = "plain"\n')
    assert asks_plainly(tmp_path / "escalate.db")

    run(tmp_path, "setup", typed=ME)
    with Desk(tmp_path) as desk:
        assert desk.setup().asks == "plain"

    run(tmp_path, "setup", typed=f'{ME}asking = "edited"\n')
    assert not asks_plainly(tmp_path / "escalate.db")


def test_cannot_be_asked_in_a_third_way(tmp_path: Path) -> None:
    refused = run(tmp_path, "setup", typed=f'{ME}asking = "sung"\n')

    assert (refused.code, refused.out) == (2, "")
    assert "one of: plain, edited" in refused.err


def test_a_screen_is_plain_from_then_on_and_the_variable_goes_before_it(plain_home: Path) -> None:
    assert COLOURED not in at_terminal(plain_home, "due").out
    assert COLOURED not in at_terminal(plain_home).out
    assert COLOURED in at_terminal(plain_home, "due", ESCALATE_PLAIN="0").out


def test_what_goes_through_a_pipe_is_as_before(plain_home: Path) -> None:
    assert run(plain_home, "due").out.startswith("part\treference\t")


def test_a_file_that_is_no_record_says_nothing_and_the_verb_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "escalate.db"
    assert not asks_plainly(path)
    path.write_bytes(b"not a database" * 100)
    assert not asks_plainly(path)

    done = at_terminal(tmp_path, "due")

    assert done.code == 9
    assert "is not a database of escalate's" in done.out


def test_a_verb_leaves_nothing_said_to_the_next_one_of_the_same_process(tmp_path: Path) -> None:
    run(tmp_path, "setup", typed=f'{ME}asking = "plain"\n')

    assert "ESCALATE_PLAIN" not in os.environ
