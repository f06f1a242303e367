"""Left in the middle, killed, or with nobody to ask: nothing typed is lost, and nothing is recorded twice."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Built, a_case, database_in, ended
from tests.cli.kept import drafts, entries, is_sound, kinds, references, the_fact
from tests.cli.typist import Typist
from tests.running import ROOT, pretended, run

UNRESOLVED = 'risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n'
SO_FAR = {
    "risk": "no",
    "route": "practice",
    "theme": "Schools left out",
    "receiving.0.agency": "Invented Police",
    "decision": "No invitation.\nTwice.",
}


def answer_until_the_day_it_was_learned(typist: Typist) -> None:
    typist.types("raise")
    typist.answer("Is a child at immediate risk of significant harm?", "2")
    typist.answer("What is this about?", "2")
    typist.answer("Which practice or recurring issue?", "Schools left out")
    typist.answer("With which agency do you disagree?", "Invented Police")
    typist.answer_at_length("What was decided, or not done?", "No invitation.\nTwice.")


def answer_the_rest(typist: Typist) -> None:
    typist.answer("When did you learn of the decision?", "yesterday")
    typist.answer_at_length("What worries you?", "Nobody asked.")
    typist.answer_at_length("What do you want to happen?", "An invitation.")
    typist.answer("That is enough to open the case. Go on?", "1")


def finish(typist: Typist) -> None:
    answer_the_rest(typist)
    typist.confirm()


def go_on_with_the_draft(typist: Typist) -> None:
    typist.types("raise")
    typist.expect("A child in danger now: telephone 999.")
    typist.expect("A draft is left from 2026-04-10")
    typist.answer("forget it and begin again", "1")
    typist.expect("Going on with the answers already given.")


def test_ctrl_c_keeps_every_finished_answer_and_the_same_command_goes_on(typist: Typist) -> None:
    home = typist.home
    answer_until_the_day_it_was_learned(typist)
    typist.press("When did you learn of the decision?", "\x03")
    typist.expect(
        "left before the end; the answers so far are kept as a draft\r\n"
        "    run the same command again to go on from there\r\n"
        "Nothing was recorded.\r\n"
    )
    assert typist.ends() == 130
    assert (drafts(home), references(home)) == ([SO_FAR], [])

    go_on_with_the_draft(typist)
    finish(typist)

    assert typist.ends() == 0
    (reference,) = references(home)
    concern = the_fact(home, reference, "concern raised")
    assert (concern.about_theme, concern.decision, concern.concern) == (
        "Schools left out",
        "No invitation.\nTwice.",
        "Nobody asked.",
    )
    assert drafts(home) == []


def test_a_draft_of_another_day_asks_about_risk_anew(plain_typist: Typist) -> None:
    answer_until_the_day_it_was_learned(plain_typist)
    plain_typist.press("When did you learn of the decision?", "\x03")
    assert plain_typist.ends() == 130

    plain_typist.today = "2026-04-11"
    go_on_with_the_draft(plain_typist)
    plain_typist.answer("Is a child at immediate risk of significant harm?", "1")
    plain_typist.press("What keeps the child safe until that changes?", "\x03")

    assert plain_typist.ends() == 130
    assert drafts(plain_typist.home) == [{**SO_FAR, "risk": "yes"}]


def test_a_killed_interview_goes_on_from_its_last_finished_answer(plain_typist: Typist) -> None:
    home = plain_typist.home
    answer_until_the_day_it_was_learned(plain_typist)
    plain_typist.asked("When did you learn of the decision?")
    plain_typist.is_killed()
    assert drafts(home) == [SO_FAR]

    go_on_with_the_draft(plain_typist)
    finish(plain_typist)

    assert plain_typist.ends() == 0
    assert (len(references(home)), drafts(home), is_sound(home)) == (1, [], True)


def test_a_draft_that_was_recorded_before_a_crash_cannot_open_the_case_twice(plain_typist: Typist) -> None:
    home = plain_typist.home
    answer_until_the_day_it_was_learned(plain_typist)
    answer_the_rest(plain_typist)
    plain_typist.enter_until("Enter records them.")
    with closing(sqlite3.connect(database_in(home))) as con:
        (draft,) = con.execute("SELECT * FROM draft").fetchall()
    plain_typist.answer("", "")
    assert plain_typist.ends() == 0
    (reference,) = references(home)
    before = entries(home)
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute(f"INSERT INTO draft VALUES ({', '.join('?' * len(draft))})", draft)

    plain_typist.types("raise")
    plain_typist.expect(f"A draft left is already recorded as {reference}. To forget it: escalate resume")
    plain_typist.press("Is a child at immediate risk of significant harm?", "\x03")

    assert plain_typist.ends() == 130
    assert (references(home), entries(home)) == ([reference], before)


def test_a_draft_can_be_forgotten_and_leaving_that_question_keeps_it(plain_typist: Typist) -> None:
    home = plain_typist.home
    answer_until_the_day_it_was_learned(plain_typist)
    plain_typist.press("When did you learn of the decision?", "\x03")
    assert plain_typist.ends() == 130

    plain_typist.types("raise")
    plain_typist.press("forget it and begin again", "\x03")
    plain_typist.expect("left before anything was done")
    assert plain_typist.ends() == 130
    assert drafts(home) == [SO_FAR]

    plain_typist.types("raise")
    plain_typist.answer("forget it and begin again", "7", "3")
    plain_typist.press("Is a child at immediate risk of significant harm?", "\x03")
    assert plain_typist.ends() == 130
    assert drafts(home) == []


def test_a_draft_that_is_open_in_another_window_is_said_and_taken_over_from_it(plain_typist: Typist) -> None:
    home = plain_typist.home
    plain_typist.types("raise")
    plain_typist.answer("Is a child at immediate risk of significant harm?", "2")
    plain_typist.asked("What is this about?")
    second = Typist(home).types("raise")
    second.expect("is open in another window.")
    second.answer("2  leave it there, and begin another", "1")
    second.expect("Going on with the answers already given.")
    second.asked("What is this about?")

    plain_typist.child.send("1\n")
    plain_typist.press("This draft was taken over in another window", "\x03")
    plain_typist.answer("Enter leaves.", "")
    second.child.send("\x03")

    assert (plain_typist.ends(), second.ends()) == (130, 130)
    assert drafts(home) == [{"risk": "no"}]
    assert not (home / "being-written").exists()


def test_a_route_out_leaves_no_draft_even_where_the_window_is_closed_on_it(plain_typist: Typist) -> None:
    plain_typist.types("raise")
    plain_typist.answer("Is a child at immediate risk of significant harm?", "1")
    plain_typist.answer_at_length("What keeps the child safe until that changes?", "With an aunt.")
    plain_typist.answer("Who confirmed that, and when?", "The aunt")
    plain_typist.answer("What is this about?", "3")
    plain_typist.asked("Nothing is kept.")
    plain_typist.is_killed()

    assert (drafts(plain_typist.home), references(plain_typist.home)) == ([], [])


def test_going_back_from_a_route_out_keeps_the_answers_again(plain_typist: Typist) -> None:
    plain_typist.types("raise")
    plain_typist.answer("Is a child at immediate risk of significant harm?", "2")
    plain_typist.answer("What is this about?", "3")
    plain_typist.answer("Nothing is kept.", "<")
    plain_typist.press("What is this about?", "\x03")

    assert plain_typist.ends() == 130
    assert drafts(plain_typist.home) == [{"risk": "no", "~route": "allegation"}]


def test_a_draft_about_a_case_that_changed_since_is_offered_with_a_warning(plain_typist: Typist, case: Built) -> None:
    home = plain_typist.home
    plain_typist.types("advance", case.reference)
    plain_typist.answer("Is a child at immediate risk now?", "2")
    plain_typist.answer("On which day did this stage end?", "")
    plain_typist.press("How did this stage end?", "\x03")
    assert plain_typist.ends() == 130
    assert run(home, "advance", case.reference, typed=UNRESOLVED).code == 0

    plain_typist.types("advance", case.reference)
    plain_typist.expect("A draft is left from 2026-04-10")
    plain_typist.expect("The case has changed since then: look at it first, with escalate show.")
    plain_typist.press("forget it and begin again", "\x03")

    assert plain_typist.ends() == 130


VERBS = ("setup", "raise", "record", "agree", "do", "advance", "resolve", "withdraw", "correct", "redact")


@pytest.mark.parametrize("verb", VERBS)
def test_with_nobody_to_ask_a_verb_names_what_is_missing_and_writes_nothing(home: Path, case: Built, verb: str) -> None:
    before = (entries(home), drafts(home))
    reference = [] if verb in ("setup", "raise") else [case.reference]

    done = run(home, verb, *reference, typed="")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: standard input: ")
    assert " is missing: " in done.err
    assert done.err.endswith("\nNothing was recorded.\n")
    assert (entries(home), drafts(home)) == before


@pytest.mark.parametrize("standard_input", ["/dev/null", "an empty pipe"])
def test_a_newline_or_nothing_in_a_pipe_never_picks_an_answer(home: Path, case: Built, standard_input: str) -> None:
    before = entries(home)
    given = {"stdin": subprocess.DEVNULL} if standard_input == "/dev/null" else {"input": b"\n"}

    done = subprocess.run(
        [sys.executable, "-m", "escalate", "advance", case.reference],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        capture_output=True,
        check=False,
        **given,  # type: ignore[arg-type]
    )

    assert (done.returncode, done.stdout) == (2, b"")
    said = f"{pretended()}error: standard input: 3 answers are missing or cannot be used\n"
    assert done.stderr.startswith(said.encode())
    assert entries(home) == before


def test_standard_input_that_is_not_utf_8_is_refused_and_not_guessed_at(home: Path, case: Built) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "escalate", "advance", case.reference],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        input=f'{UNRESOLVED}said = "Zoë"\n'.encode("latin-1"),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        b"",
        pretended().encode() + b"error: standard input: is not UTF-8 text\n"
        b"    save it as UTF-8 in a plain text editor\n"
        b"Nothing was recorded.\n",
    )


FULL = """
import resource, sys
from escalate.cli import main
size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such limit")
@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_a_full_disk_is_a_plain_sentence_and_the_record_is_as_it_was(home: Path, case: Built, room: int) -> None:
    before = entries(home)
    long = UNRESOLVED + f'said = "{"word " * 20_000}"\n'
    size = database_in(home).stat().st_size + room if room == 20_000 else room

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(size), "advance", case.reference],
        env=os.environ | {"ESCALATE_HOME": str(home), "ESCALATE_TODAY": "2026-04-10"},
        cwd=ROOT,
        input=long,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr.splitlines()[1] in (
        f"error: {database_in(home)}: the disk is full",
        f"error: {database_in(home)}: the disk did not take it",
    )
    assert done.stderr.endswith("\nNothing was recorded.\n")
    assert (entries(home), is_sound(home)) == (before, True)
    assert run(home, "advance", case.reference, typed=long).code == 0


def test_reopen_with_nobody_to_ask_records_nothing(home: Path) -> None:
    case = a_case(home, ended("1", "resolved", "2026-04-09", decision="Visit."))

    assert run(home, "reopen", case.reference, typed="").code == 2
    assert "reopened" not in kinds(home, case.reference)
