from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Built, a_case, a_home, database_in, told
from tests.running import run


@pytest.fixture
def case(tmp_path: Path) -> Built:
    return a_case(a_home(tmp_path), told("2026-04-01"))


def test_a_sound_record_says_so_and_gives_an_anchor_to_keep(case: Built) -> None:
    ran = run(case.home, "verify")

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "The record is as it was written: 12 entries, 1 case."
    anchor = lines[1].removeprefix("Anchor of the head now: ")
    assert anchor.startswith("L12-")
    assert lines[-1] == f"  escalate verify --anchor {anchor}"
    assert run(case.home, "verify", "--anchor", anchor).out.splitlines()[1] == (
        "The anchor fits: nothing up to it was changed or cut off."
    )


def test_a_redaction_is_told(case: Built) -> None:
    case.redact(8, "2026-04-02")

    assert (
        "The words of 1 entry were removed by a redaction, and the chain still holds.\n" in run(case.home, "verify").out
    )


def test_a_changed_entry_is_named_without_a_word_of_it(case: Built) -> None:
    with closing(sqlite3.connect(database_in(case.home))) as con:
        triggers = con.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'payload'"
        ).fetchall()
        for (name,) in triggers:
            con.execute(f'DROP TRIGGER "{name}"')
        con.execute("UPDATE payload SET body = replace(body, 'Attendance', 'Nothing') WHERE body LIKE '%Attendance%'")
        con.commit()

    ran = run(case.home, "verify")

    assert (ran.code, ran.out) == (10, "")
    assert ran.err.startswith(
        'error: the record is not as it was written; first: KSCP-2026-0001-RQXZ, entry 6 ("concern raised")\n'
    )
    assert "Attendance" not in ran.err
    data = run(case.home, "verify", "--json")
    assert (data.code, data.data["is_sound"]) == (10, False)


def test_an_anchor_beyond_the_end_shows_that_the_end_was_cut_off(case: Built) -> None:
    ran = run(case.home, "verify", "--anchor", "L99-c38e-1b5c-ab80-28dc")

    assert ran.code == 10
    assert "the ledger ends at position 12: the last 87 entries were cut off" in ran.err


def test_cannot_verify_against_what_is_no_anchor(case: Built) -> None:
    ran = run(case.home, "verify", "--anchor", "17")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: this is not an anchor\n")


def test_json_says_that_it_is_sound(case: Built) -> None:
    data = run(case.home, "verify", "--json").data

    assert (data["is_sound"], data["events"], data["cases"], data["problems"]) == (True, 12, 1, [])
