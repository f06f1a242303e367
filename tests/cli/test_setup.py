"""`escalate setup`."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from escalate.casework.desk import Desk
from tests.cli.kept import entries
from tests.cli.typist import Typist
from tests.running import run

ME = """\
name = "Alex Practitioner"
role = "Designated Safeguarding Lead"
agency = "Invented Primary School"
policy = "knowsley-2020-11"
nation = "England"
emergency_day = "01632 960100"
"""


def test_a_file_says_who_i_am_and_the_calendar_is_stored(tmp_path: Path) -> None:
    done = run(tmp_path, "setup", typed=ME)

    assert done == (
        0,
        "Recorded: who you are, and the bank holidays of England.\n"
        f"The record is kept in {tmp_path / 'escalate.db'}.\n"
        "It is not encrypted: whoever can open your account or your disk can read it.\n"
        "No confirmed telephone number of children's social care for out of hours yet.\n"
        "escalate has sent nothing and told nobody.\n"
        "Next: escalate raise, or to try it on an invented case first: escalate practice\n",
        "",
    )
    with Desk(tmp_path) as desk:
        setup = desk.setup()
    assert (setup.policy, setup.nation, setup.account) == ("knowsley-2020-11", "England", getpass.getuser())
    assert (setup.emergency_day, setup.emergency_out_of_hours) == ("01632 960100", "")


def test_missing_answers_are_named_at_once_and_nothing_is_recorded(tmp_path: Path) -> None:
    done = run(tmp_path, "setup", typed='role = "Teacher"\n')

    assert done == (
        2,
        "",
        "error: standard input: 4 answers are missing or cannot be used\n"
        'standard input: "name" is missing: What is your name?\n'
        "    in words\n"
        'standard input: "agency" is missing: For which agency do you work?\n'
        "    for example: Invented Primary School\n"
        'standard input: "policy" is missing: Under which partnership\'s policy do you usually work?\n'
        "    one of: croydon-2024-05, herefordshire-undated, knowsley-2020-11, somerset-2016-12, wirral-2015-09\n"
        'standard input: "nation" is missing: Whose bank holidays count?\n'
        "    one of: England, Wales, Scotland, Northern Ireland\n"
        "Nothing was recorded.\n",
    )
    assert entries(tmp_path) == 0


def test_setup_again_keeps_what_was_recorded_before_and_the_person_stays_the_same(tmp_path: Path) -> None:
    run(tmp_path, "setup", typed=ME)
    before = entries(tmp_path)

    done = run(tmp_path, "setup", "--json", typed=ME.replace("Lead", "Deputy") + 'emergency_out_of_hours = "01632 9"\n')

    with Desk(tmp_path) as desk:
        (me,) = [row for row in desk.known_parties() if row.sort == "person"]
        assert desk.setup().emergency_out_of_hours == "01632 9"
    assert done.data == {
        "policy": "knowsley-2020-11",
        "nation": "England",
        "database": str(tmp_path / "escalate.db"),
    }
    assert (me.name, me.role) == ("Alex Practitioner", "Designated Safeguarding Deputy")
    # The calendar is stored already: the person, the agency and the setup are written again.
    assert entries(tmp_path) == before + 3


def test_an_account_that_the_system_cannot_name_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(getpass.os, "getuid", lambda: 987_654_321, raising=False)  # type: ignore[attr-defined]

    assert run(tmp_path, "setup", typed=ME).code == 0


@pytest.mark.parametrize(("adapter", "asked"), [("plain", "plain"), ("editing", "edited")])
def test_setup_is_answered_at_a_terminal_and_offers_what_it_knows_the_next_time(
    tmp_path: Path, adapter: str, asked: str
) -> None:
    typist = Typist(tmp_path, adapter).types("setup")
    typist.answer("How should escalate ask and speak?", "")
    typist.expect("Names and words are typed here or read from a file, never given as options")
    typist.answer("What is your name?", "Łukasz Practitioner")
    typist.answer("What is your post?", "Teacher")
    typist.answer("For which agency do you work?", "Invented Primary School")
    typist.answer("Under which partnership's policy", "1")
    typist.answer("Whose bank holidays count", "Scotland")
    typist.confirm()
    typist.expect("who you are, and the bank holidays of Scotland.")
    assert typist.ends() == 0

    typist.types("setup")
    typist.answer("How should escalate ask and speak?", "")
    typist.answer("(Enter: Łukasz Practitioner)", "")
    typist.confirm()
    assert typist.ends() == 0
    with Desk(tmp_path) as desk:
        setup = desk.setup()
        assert (setup.nation, [row.name for row in desk.known_parties() if row.sort == "person"]) == (
            "Scotland",
            ["Łukasz Practitioner"],
        )
    assert setup.asks == asked


def test_the_first_question_is_asked_in_plain_lines_and_the_answer_holds_at_once(tmp_path: Path) -> None:
    typist = Typist(tmp_path, "editing").types("setup")
    typist.answer("(Enter: in lines that can be edited, with colour)", "?")
    typist.expect("It holds for every verb from now on.")
    typist.answer("(type a number from 1 to 2;", "3")
    typist.answer("That number is not in the list", "1")
    before = len(typist.seen.getvalue())
    typist.answer("What is your name?", "Alex Practitioner")
    typist.answer("What is your post?", "")
    typist.press("For which agency do you work?", "\x03")

    assert typist.ends() == 130
    assert "\x1b" not in typist.seen.getvalue()[:before]
    assert "\x1b[" not in typist.seen.getvalue()


def test_the_first_answer_is_gone_back_to_and_changed_like_any_other(tmp_path: Path) -> None:
    typist = Typist(tmp_path, "editing").types("setup")
    typist.answer("How should escalate ask and speak?", "2")
    typist.answer("What is your name?", "<")
    before = len(typist.seen.getvalue())
    typist.answer("Enter keeps: in lines that can be edited", "1")
    typist.asked("What is your name?")
    assert "\x1b[?2004h" not in typist.seen.getvalue()[before:]
    typist.child.send("Alex Practitioner\r")
    typist.press("What is your post?", "\x03")
    assert typist.ends() == 130

    typist.types("setup")
    typist.answer("go on with it", "1")
    typist.answer("What is your post?", "")
    typist.answer("For which agency do you work?", "Invented Primary School")
    typist.answer("Under which partnership's policy", "1")
    typist.answer("Whose bank holidays count", "England")
    typist.answer("social care in the daytime?", "")
    typist.answer("And out of hours?", "")
    typist.expect("1  How to ask")
    typist.expect("in lines that never redraw")
    typist.answer("Enter records them.", "1")
    typist.answer("Enter keeps: in lines that never redraw", "edited")
    typist.answer("Enter records them.", "")
    assert typist.ends() == 0
    with Desk(tmp_path) as desk:
        assert desk.setup().asks == "edited"


def test_leaving_at_the_first_question_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    typist = Typist(tmp_path).types("setup")
    typist.press("How should escalate ask and speak?", "\x03")
    typist.expect("left before the end; nothing was answered yet")

    assert typist.ends() == 130
    assert entries(tmp_path) == 0
