from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import Built, a_case, a_home, database_in, entered, told
from tests.running import Ran, run


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


def tamper(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(database_in(home))) as con, con:
        con.execute(statement)


def problems(ran: Ran) -> list[str]:
    """Return the lines of an error that name what is wrong."""
    return [line for line in ran.err.splitlines()[1:] if not line.startswith("    ")]


REFERENCE = "KSCP-2026-0001-RQXZ"
SHOWN = f"{REFERENCE}: what is shown of it is not what its entries make"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE case_view SET owner = 'Mallory'", f"{SHOWN}: its line in the list (owner)"),
        (
            "UPDATE case_view SET state = 'ended', ended_on = '2026-04-02'",
            f"{SHOWN}: its line in the list (state, ended_on)",
        ),
        ("UPDATE due_item SET due_on = '2026-05-29' WHERE key = 'stage-1-raise'", f"{SHOWN}: due_item stage-1-raise"),
        ("DELETE FROM due_item WHERE key = 'stage-1-raise'", f"{SHOWN}: due_item stage-1-raise"),
        ("UPDATE due_item SET closed_how = 'x' WHERE key = 'stage-1-raise'", f"{SHOWN}: due_item stage-1-raise"),
        (
            "INSERT INTO due_item SELECT stream, 'a-new-one', sort, item, stage, agency, agency_name, side, who, act,"
            " force, to_whom, rule, clause, due_on, due_time, says, is_guide, shows_from, since_on, policy_due_on,"
            " agreed_on, own_due_on, before_correction_on, closed_on, closed_how, no_date, is_open, working"
            " FROM due_item WHERE key = 'stage-1-raise'",
            f"{SHOWN}: due_item a-new-one",
        ),
        ("UPDATE party_view SET name = 'Mallory' WHERE party = 'child-1'", f"{SHOWN}: party_view child-1"),
        (
            "UPDATE party_view SET telephone = '01632 960999' WHERE stream = 'setup' AND sort = 'person'",
            "setup: what is shown of it is not what its entries make: party_view person-practitioner",
        ),
        (
            "UPDATE known_party SET telephone = '01632 960999' WHERE party = 'person-practitioner'",
            "known_party: person-practitioner is not as it was entered last",
        ),
        (
            "UPDATE known_party SET folded = 'mallory' WHERE party = 'person-practitioner'",
            "known_party: person-practitioner is not as it was entered last",
        ),
        ("DELETE FROM known_party WHERE party = 'agency-school'", "known_party: agency-school is missing"),
        (
            "INSERT INTO known_party VALUES ('person-9', 'person', 'Mallory', 'mallory', '', '', '', '', 1)",
            "known_party: person-9 is not as it was entered last",
        ),
        (
            "INSERT INTO issued_file VALUES ('issue-9', 'case-0001', 'knowsley-appendix-2', '/tmp/x.docx', 'd')",
            f"{SHOWN}: issued_file issue-9",
        ),
    ],
)
def test_what_is_shown_and_is_not_what_the_entries_make_is_named(case: Built, statement: str, problem: str) -> None:
    tamper(case.home, statement)

    ran = run(case.home, "verify")

    assert (ran.code, ran.out, problems(ran)) == (10, "", [problem])
    assert "Mallory" not in ran.err
    assert run(case.home, "verify", "--quick").code == 0


def test_a_quick_look_says_what_it_left_out(case: Built) -> None:
    ran = run(case.home, "verify", "--quick")

    assert "Whether the lists and dates shown are what it makes was not looked at: --quick.\n" in ran.out
    looked = [run(case.home, "verify", "--json", *more).data["lists_made_again"] for more in ((), ("--quick",))]
    assert looked == [True, False]


def test_every_kind_of_honest_change_leaves_what_is_shown_as_the_entries_make_it(case: Built) -> None:
    case.correct(6, "2026-04-02", concern="Attendance fell to 16 %.")
    case.redact(8, "2026-04-02")
    case.add(entered("2", "2026-04-10"))
    other = a_case(case.home, number=2, child="Ash Testcase")
    case.add(told("2026-04-10"))
    other.add(told("2026-04-11"))

    ran = run(case.home, "verify")

    assert (ran.code, ran.err) == (0, "")


def test_a_form_edited_after_it_was_issued_is_told_whatever_the_list_of_files_says(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path / "home"), told("2026-04-02"), entered("3", "2026-04-10"))
    (issued,) = run(case.home, "export", case.reference, "--json").data
    path = Path(issued["file"])
    path.write_bytes(b"edited")
    tamper(case.home, f"UPDATE issued_file SET digest = '{hashlib.sha256(b'edited').hexdigest()}'")

    quick, full = run(case.home, "verify", "--quick"), run(case.home, "verify")

    assert quick.code == 0
    assert f"An issued form is not as it was issued (it was edited since, or damaged): {path.name}\n" in quick.out
    assert (full.code, problems(full)) == (10, [f"{SHOWN}: issued_file {issued['issue']}"])
