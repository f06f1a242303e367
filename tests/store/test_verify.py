"""Each quiet change somebody could try with the guards off, and what `verify` says about it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from escalate.core.events import CalendarStored, Redacted, StageEntered
from escalate.core.plain import to_plain
from escalate.core.views import CaseRows
from escalate.errors import AnswersMissing
from escalate.store.chain import Entry, Link, event_hash, link_hash, text_digest
from escalate.store.guards import GUARDS
from escalate.store.ledger import Ledger
from escalate.store.verify import verify

REFERENCE = "ESCP-2026-0001-Q4TX"


@pytest.fixture
def recorded(path: Path, make: Any) -> Path:
    """Four entries of a case (the second's words redacted by the fourth), and a calendar before them."""
    days = CalendarStored(
        version="ENG-1", nation="ENG", source="", first_year=2026, last_year=2026, days={"2026-04-03": "Good Friday"}
    )
    with Ledger(path) as ledger:
        with ledger.writing() as book:
            book.append("calendar", [make.new(days, id="calendar")], make.scribe)
            book.keep_calendar(days)
        make.raised(ledger)
        with ledger.writing() as book:
            for number in (2, 3):
                stage = StageEntered(stage=str(number), ground="unresolved")
                book.append("case-1", [make.new(stage, id=f"stage-{number}")], make.scribe)
            book.append("case-1", [make.new(Redacted(reason="", restated={}), id="r", target=2)], make.scribe)
            book.blank("case-1", [2])
            digest = book.keep_policy("exampleshire-2025-09", make.policy)
            book.replace_view("case-1", CaseRows(case=make.case(policy_digest=digest, last_sequence=4)))
    return path


def tamper(path: Path, *statements: str) -> None:
    """Run SQL with the guards taken off and put back as they were."""
    con = sqlite3.connect(path, isolation_level=None)
    for guard in GUARDS:
        con.execute(f"DROP TRIGGER {guard.name}")
    con.create_function("event_hash", -1, lambda *fields: event_hash(Entry._make(fields)))
    con.create_function("link_hash", -1, lambda *fields: link_hash(Link._make(fields)))
    for statement in statements:
        con.execute(statement)
    for guard in GUARDS:
        con.execute(guard.text)
    con.close()


def found(path: Path, **how: Any) -> list[str]:
    return [str(problem) for problem in verify(path, **how).problems]


def test_a_record_nobody_touched_is_sound(recorded: Path) -> None:
    report = verify(recorded)

    assert (report.events, report.cases, report.blanked, report.first_bad) == (5, 1, 1, "")
    assert report.problems == ()
    assert report.is_sound
    assert report.anchor.startswith("L5-")


def test_an_empty_record_is_sound(path: Path) -> None:
    Ledger(path)

    report = verify(path)

    assert (report.events, report.is_sound, report.anchor) == (0, True, "L0-004f-064e-c830-e98b")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE ledger SET occurred_on = '2026-03-01' WHERE id = 'stage-3'", "was changed after it was recorded"),
        ("UPDATE ledger SET recorded_by = 'person-2' WHERE id = 'stage-3'", "was changed after it was recorded"),
        ("UPDATE ledger SET prev = digest WHERE id = 'stage-3'", "does not follow the entry before it"),
        (
            "UPDATE payload SET body = '{}' WHERE event_id = 'stage-3'",
            "its words were changed after they were recorded",
        ),
        ("UPDATE payload SET salt = zeroblob(16) WHERE event_id = 'stage-3'", "its words were changed"),
        ("UPDATE payload SET salt = NULL, body = NULL WHERE event_id = 'stage-3'", "were erased without a redaction"),
        ("DELETE FROM payload WHERE event_id = 'stage-3'", "its words are missing"),
        ("UPDATE spine SET event_hash = prev WHERE position = 4", "is another entry than the one that arrived"),
        ("UPDATE spine SET hash = event_hash WHERE position = 4", "the spine: was changed after it was recorded"),
    ],
)
def test_one_changed_entry_is_named_first(recorded: Path, statement: str, problem: str) -> None:
    tamper(recorded, statement)

    report = verify(recorded)

    assert report.first_bad == f'{REFERENCE}, entry 3 ("stage entered")'
    assert any(str(said).startswith(report.first_bad) and problem in str(said) for said in report.problems)


def test_an_entry_taken_out_of_the_middle_is_missed(recorded: Path) -> None:
    tamper(
        recorded,
        "DELETE FROM payload WHERE event_id = 'stage-3'",
        "DELETE FROM ledger WHERE id = 'stage-3'",
    )

    report = verify(recorded)

    assert report.first_bad == f"{REFERENCE}, entry 3"
    assert f"{REFERENCE}, entry 3: is missing from the ledger" in found(recorded)
    assert f'{REFERENCE}, entry 4 ("redacted"): should be entry 3: what was before it is missing' in found(recorded)


def test_an_entry_rewritten_with_its_own_hash_does_not_fit_the_next(recorded: Path) -> None:
    fields = ", ".join(Entry._fields)
    tamper(
        recorded,
        "UPDATE ledger SET occurred_on = '2026-03-01' WHERE id = 'stage-3'",
        f"UPDATE ledger SET hash = event_hash({fields}) WHERE id = 'stage-3'",
    )

    assert found(recorded) == [
        f'{REFERENCE}, entry 4 ("redacted"): does not follow the entry before it',
        f'{REFERENCE}, entry 3 ("stage entered"): is another entry than the one that arrived',
    ]
    assert verify(recorded).first_bad == f'{REFERENCE}, entry 3 ("stage entered")'


def test_two_entries_that_changed_places_in_the_spine_are_seen(recorded: Path) -> None:
    tamper(
        recorded,
        "UPDATE spine SET position = 99 WHERE position = 3",
        "UPDATE spine SET position = 3 WHERE position = 4",
        "UPDATE spine SET position = 4 WHERE position = 99",
    )

    assert verify(recorded).first_bad == f'{REFERENCE}, entry 3 ("stage entered")'


CUT = (
    "DELETE FROM spine WHERE position = 5",
    "DELETE FROM payload WHERE event_id = 'r'",
    "DELETE FROM ledger WHERE id = 'r'",
)


def test_a_tail_cut_off_the_ledger_alone_is_seen_by_the_list_of_cases_and_by_what_was_erased(recorded: Path) -> None:
    tamper(recorded, *CUT)

    assert found(recorded) == [
        f'{REFERENCE}, entry 2 ("stage entered"): its words were erased without a redaction',
        f"{REFERENCE}: shows entry 4 as its last, the ledger has 3",
    ]


def test_only_an_anchor_sees_a_tail_cut_off_with_everything_that_belongs_to_it(path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        make.raised(ledger)
        with ledger.writing() as book:
            book.append("case-1", [make.new(StageEntered(stage="2", ground="raised"), id="r")], make.scribe)
            anchor = book.anchor()
    tamper(path, CUT[0].replace("5", "2"), *CUT[1:])

    assert found(path) == []
    assert found(path, anchor=anchor) == [f"{anchor}: the ledger ends at position 1: the last 1 entries were cut off"]


def test_an_anchor_sees_a_record_that_was_rewritten_as_a_whole(tmp_path: Path, make: Any) -> None:
    anchors = []
    for name, concern in (("first.db", "as it was"), ("second.db", "as somebody wishes it had been")):
        with Ledger(tmp_path / name) as ledger, ledger.writing() as book:
            book.append("setup", [make.new(make.concern(concern=concern))], make.scribe)
            anchors.append(book.anchor())

    theirs = [what for what in found(tmp_path / "second.db", anchor=anchors[0]) if what.startswith("L1")]
    assert theirs == [f"{anchors[0]}: position 1 is another entry now: the record was rewritten"]
    assert not [what for what in found(tmp_path / "second.db", anchor=anchors[1]) if what.startswith("L1")]


def test_an_old_anchor_still_holds_when_the_record_has_grown(recorded: Path, make: Any) -> None:
    old = verify(recorded).anchor
    with Ledger(recorded) as ledger, ledger.writing() as book:
        book.append("setup", [make.new(id="later")], make.scribe)

    assert not [what for what in found(recorded, anchor=f" {old.upper()} ") if what.startswith("L5")]


def test_cannot_check_what_is_not_an_anchor(recorded: Path) -> None:
    with pytest.raises(AnswersMissing) as refused:
        verify(recorded, anchor="L17")

    assert str(refused.value) == "this is not an anchor"
    assert refused.value.remedy == 'copy it as it is printed on a form, such as "L17-c38e-1b5c-ab80-28dc"'


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE policy_text SET text = text || ' '", "was changed after a case was raised under it"),
        ("UPDATE calendar_day SET day = '2026-04-04'", "calendar_day: calendar ENG-1: its days are not those recorded"),
        ("DELETE FROM calendar_day", "calendar_day: calendar ENG-1: its days are not those recorded"),
        ("UPDATE calendar_version SET nation = 'SCT'", "calendar_version: calendar ENG-1: is not as it was recorded"),
        ("UPDATE calendar_version SET position = 2", "calendar_version: calendar ENG-1: is not as it was recorded"),
        ("DELETE FROM calendar_version", "calendar_day: calendar ENG-1: its days are not those recorded"),
        (
            "INSERT INTO calendar_version VALUES ('X', '', '', '', 1, 1, 9)",
            "calendar_day: calendar X: its days are not",
        ),
        ("UPDATE case_view SET last_sequence = 2", f"{REFERENCE}: shows entry 2 as its last, the ledger has 4"),
        ("DELETE FROM case_view", "case case-1: is in the ledger and in no list"),
        ("DROP TABLE due_item", "due_item: the table is missing"),
    ],
)
def test_a_read_model_that_says_something_else_is_seen(recorded: Path, statement: str, problem: str) -> None:
    tamper(recorded, statement)

    assert any(problem in said for said in found(recorded))


def test_a_case_taken_out_of_every_list_is_found_though_names_are_its_first_entries(path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        assert make.raised(ledger, items=(make.item(),), parties=(make.party(),)).sequence == 2
    assert found(path) == []

    tamper(path, "DELETE FROM due_item", "DELETE FROM party_view", "DELETE FROM case_view")

    assert found(path) == ["case case-1: is in the ledger and in no list"]


def test_rows_of_a_case_that_is_in_no_list_are_found(recorded: Path) -> None:
    tamper(recorded, "INSERT INTO party_view VALUES ('case-9', 'child-9', 'child', 'x', '', '', '', '', NULL, '')")

    assert found(recorded) == ["party_view: has rows of case-9, which is in no list"]


OTHER_POLICY = '[policy]\nedition = "2019-01"\n'


def test_another_policy_put_in_place_of_the_one_a_case_was_raised_under_is_seen(recorded: Path) -> None:
    digest = text_digest(OTHER_POLICY)
    put_in = f"INSERT INTO policy_text VALUES ('{digest}', 'exampleshire-2025-09', '{OTHER_POLICY}')"
    shown = f"UPDATE case_view SET policy_digest = '{digest}'"

    tamper(recorded, put_in, shown)
    beside = found(recorded)
    tamper(recorded, f"DELETE FROM policy_text WHERE digest <> '{digest}'")

    assert beside == [f"{REFERENCE}: is shown under another policy text than it was raised under"]
    assert found(recorded) == [f"{REFERENCE}: the text of the policy it was raised under is not kept", *beside]


def test_the_policy_of_a_concern_whose_words_were_redacted_is_the_one_restated(path: Path, make: Any) -> None:
    with Ledger(path) as ledger:
        raised = make.raised(ledger)
        with ledger.writing() as book:
            redaction = Redacted(reason="", restated=to_plain(raised.fact))
            book.append("case-1", [make.new(redaction, id="r", target=1)], make.scribe)
            book.blank("case-1", [1])
            case = make.case(policy_digest=text_digest(make.policy), last_sequence=2)
            book.replace_view("case-1", CaseRows(case=case))
    assert found(path) == []

    tamper(path, "DELETE FROM policy_text")

    assert f"{REFERENCE}: the text of the policy it was raised under is not kept" in found(path)


def test_a_guard_that_was_dropped_is_named(recorded: Path, make: Any) -> None:
    with make.outside(recorded) as con:
        con.execute("DROP TRIGGER ledger_no_update")

    assert found(recorded) == [
        'ledger: the guard "ledger_no_update" is missing\n    somebody changed the database from outside:'
        " keep this file as it is, and restore the last good backup"
    ]


def test_a_page_of_zeros_is_found_and_does_not_stop_the_report(recorded: Path) -> None:
    size = recorded.stat().st_size
    with recorded.open("rb+") as file:
        for at in range(4096 * 3, size, 4096 * 5):
            file.seek(at)
            file.write(b"\0" * 4096)

    assert found(recorded) != []


def test_no_words_are_in_what_verify_says(recorded: Path) -> None:
    tamper(recorded, "UPDATE payload SET body = replace(body, 'Rowan', 'Robin')", "UPDATE ledger SET recorded_by = 'x'")

    said = "\n".join(found(recorded))

    assert "Testcase" not in said
    assert "Invented words" not in said


def test_past_a_thousand_problems_are_only_counted(path: Path, make: Any) -> None:
    with Ledger(path) as ledger, ledger.writing() as book:
        stage = StageEntered(stage="2", ground="raised")
        book.append("setup", [make.new(stage, id=f"event-{number}") for number in range(1005)], make.scribe)
    tamper(path, "UPDATE ledger SET shape = 2")

    said = found(path)

    assert len(said) == 1001
    assert said[-1] == "and 5 more problems"
