"""`escalate correct` and `escalate redact`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import SCHOOL, Built, a_case, at_risk, discussed, told
from tests.cli.issued import at_stage
from tests.cli.kept import drafts, entries, every_byte, facts, is_sound, kinds, the_fact
from tests.cli.typist import Typist
from tests.running import run

MARKER = "Zebedee"
CONCERN = 6
TOLD_LATER = 'entry = "8"\nreason = "A slip."\n[[changes]]\nfield = "occurred_on"\nvalue = "07/04/2026"\n'
MOVED = (
    f'entry = "{CONCERN}"\nreason = "It was written down wrongly."\n'
    '[[changes]]\nfield = "decision_received_on"\nvalue = "02/04/2026"\n'
)


@pytest.fixture
def case(home: Path) -> Built:
    """A case about Rowan Testcase: the concern is of Wednesday 1 April 2026, written down on the Thursday."""
    return a_case(home, opened_on="2026-04-02")


def test_the_concern_is_the_entry_these_tests_correct(case: Built) -> None:
    assert case.event(CONCERN).kind == "concern raised"


def test_a_correction_keeps_both_and_counts_every_date_again(home: Path, case: Built) -> None:
    done = run(home, "correct", case.reference, "--json", typed=MOVED)

    owed = {item["key"]: item["due_on"] for item in done.data["owed"]}
    assert (done.code, done.err) == (0, "")
    # Day 0 is now Thursday 2 April: two working days are Wednesday 8, as Good Friday and Easter Monday are none.
    assert owed["stage-1-raise"] == "2026-04-08"
    assert the_fact(home, case.reference, "concern raised").decision_received_on == date(2026, 4, 1)
    corrected = the_fact(home, case.reference, "corrected")
    assert (corrected.reason, corrected.restated["decision_received_on"]) == (
        "It was written down wrongly.",
        "2026-04-02",
    )
    assert case.event(8).target == CONCERN
    assert (done.data["issued_before"], done.data["backups"]) == ([], [])
    shown = run(home, "show", case.reference).out
    assert "Wednesday 1 April 2026" in shown
    assert "[corrected by entry 8]" in shown


def test_a_second_correction_builds_on_the_first(home: Path, case: Built) -> None:
    run(home, "correct", case.reference, typed=MOVED)
    text = MOVED.replace("decision_received_on", "concern").replace("02/04/2026", "Attendance fell to 16 %.")

    assert run(home, "correct", case.reference, typed=text).code == 0
    assert facts(home, case.reference, "corrected")[-1].restated["decision_received_on"] == "2026-04-02"
    assert facts(home, case.reference, "corrected")[-1].restated["concern"] == "Attendance fell to 16 %."
    assert "[corrected by entries 8 and 9; entry 9 counts]" in run(home, "show", case.reference).out


def test_the_day_something_happened_is_corrected(home: Path) -> None:
    case = a_case(home, told("2026-04-08"))
    text = 'entry = "8"\nreason = "It was the day before."\n[[changes]]\nfield = "occurred_on"\nvalue = "2026-04-07"\n'

    done = run(home, "correct", case.reference, typed=text)

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "corrected").occurred_on == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("value", "code", "what"),
    [
        ("soon", 2, "this is not a date: write day, month, year: 30/04/2026, 30 April, yesterday, Fri"),
        ("31/04/2026", 2, '"31/04/2026" is not a date: April has 30 days'),
        ("-", 2, '"-" is not a date: write day, month, year: 30/04/2026, 30 April, yesterday, Fri'),
        ("11/04/2026", 3, "Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026"),
    ],
)
def test_cannot_correct_to_what_cannot_be(home: Path, case: Built, value: str, code: int, what: str) -> None:
    before = entries(home)

    done = run(home, "correct", case.reference, typed=MOVED.replace("02/04/2026", value))

    assert (done.code, done.out) == (code, "")
    assert done.err.splitlines()[1] == f'standard input:5: "value" in [[changes]] 1: {what}'
    assert done.err.splitlines()[-1] == "Nothing was recorded."
    assert entries(home) == before


@pytest.mark.parametrize("written", ['"2026-04-02"', '"02/04/2026"', '"2 April 2026"', "2026-04-02"])
def test_a_day_stands_in_a_file_as_any_other_day(home: Path, case: Built, written: str) -> None:
    done = run(home, "correct", case.reference, typed=MOVED.replace('"02/04/2026"', written))

    assert (done.code, done.err) == (0, "")
    assert the_fact(home, case.reference, "corrected").restated["decision_received_on"] == "2026-04-02"


def test_cannot_have_learned_of_it_after_the_other_side_was_told(home: Path) -> None:
    case = a_case(home, told("2026-04-02"), opened_on="2026-04-08")
    before = entries(home)

    done = run(home, "correct", case.reference, typed=MOVED.replace("02/04/2026", "03/04/2026"))

    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines()[1:] == [
        'standard input:5: "value" in [[changes]] 1: entry 6: the concern would then begin on 03/04/2026, and entry 8'
        " (02/04/2026) cannot lie before it; if 03/04/2026 is right, correct the day of entry 8 first",
        "    a date in full: 2026-04-30, 30/04/2026 or 30 April 2026",
        "Nothing was recorded.",
    ]
    assert entries(home) == before
    assert run(home, "correct", case.reference, typed=TOLD_LATER).code == 0
    assert run(home, "correct", case.reference, typed=MOVED.replace("02/04/2026", "03/04/2026")).code == 0


def test_the_day_it_was_raised_and_the_day_it_was_learned_of_are_corrected_together(home: Path) -> None:
    case = a_case(home, opened_on="2026-04-01")
    stage = 'entry = "7"\nreason = "A slip."\n[[changes]]\nfield = "occurred_on"\nvalue = "2026-04-02"\n'
    assert run(home, "correct", case.reference, typed=stage).code == 0
    raised = '[[changes]]\nfield = "occurred_on"\nvalue = "2026-04-02"\n'

    done = run(home, "correct", case.reference, typed=MOVED.replace("[[changes]]", f"{raised}[[changes]]"))

    assert (done.code, done.err) == (0, "")
    corrected = facts(home, case.reference, "corrected")[-1]
    assert (corrected.occurred_on, corrected.restated["decision_received_on"]) == (date(2026, 4, 2), "2026-04-02")


def test_what_cannot_be_corrected_is_asked_back_at_once_and_what_follows_stands_on_the_page_to_check(
    home: Path, case: Built
) -> None:
    typist = Typist(home).types("correct", case.reference)
    typist.answer("Which entry?", f"entry {CONCERN}:")
    typist.answer("Learned of it on (now 01/04/2026)", "learned")
    typist.answer("Which day should it say?", "11/04/2026")
    typist.answer("Sat 11 Apr 2026 is too late: the latest possible is Fri 10 Apr 2026.", "2 April")
    typist.expect("Thu 2 Apr 2026")
    typist.answer("Change something else in this entry?", "")
    typist.answer_at_length("Why was it wrong?", "It was written down wrongly.")
    typist.asked("Enter records them.")
    page = typist.screen.rpartition("Check your answers")[2]
    typist.child.send("\r")

    assert typist.ends() == 0
    moved = [line.partition(": ")[0] for line in page.partition("Dates that move:")[2].splitlines() if "should" in line]
    assert moved == [
        "  Past since Wednesday 8 April 2026; 2 days ago; before a correction it was Tuesday 7 April 2026",
        "  Monday 13 April 2026; before a correction it was Friday 10 April 2026",
        "  Monday 13 April 2026; before a correction it was Friday 10 April 2026",
    ]


def test_a_correction_that_moves_nothing_says_so_on_the_page_to_check(home: Path, case: Built) -> None:
    typist = Typist(home).types("correct", case.reference)
    typist.answer("Which entry?", f"entry {CONCERN}:")
    typist.answer("What should change?", "concern")
    typist.answer_at_length("What should it say?", "Attendance fell to 16 %.")
    typist.answer("Change something else in this entry?", "")
    typist.answer_at_length("Why was it wrong?", "A slip.")
    typist.expect("What will follow: no date moves, and no duty comes or goes.")
    typist.press("Enter records them.", "\x03")

    assert typist.ends() == 130
    assert kinds(home, case.reference).count("corrected") == 0


def test_cannot_correct_an_entry_that_is_not_there_nor_for_no_reason(home: Path, case: Built) -> None:
    missing = run(home, "correct", case.reference, typed=MOVED.replace('entry = "6"', 'entry = "99"'))
    unreasoned = run(
        home, "correct", case.reference, typed=MOVED.replace('reason = "It was written down wrongly."\n', "")
    )

    assert (missing.code, missing.err.splitlines()[1]) == (
        2,
        'standard input:1: "entry": that is not one of the answers to choose from',
    )
    assert (unreasoned.code, unreasoned.err.splitlines()[1]) == (
        2,
        'standard input: "reason" is missing: Why was it wrong?',
    )


def test_an_issued_form_that_says_it_the_old_way_is_listed(home: Path) -> None:
    case = a_case(home, told("2026-04-02"), opened_on="2026-04-02")
    run(home, "advance", case.reference, typed='risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n')
    (issued,) = run(home, "export", case.reference, "--form", "appendix-2", "--json").data

    done = run(home, "correct", case.reference, typed=MOVED)

    assert done.out.startswith(
        "\nThese still say it the old way; write to whoever holds them\n"
        f"  {Path(issued['file']).name} (knowsley-appendix-2, stage 2, issue {issued['issue']})\n"
    )


@pytest.fixture
def marked(home: Path) -> Built:
    """A case whose words hold the marker everywhere that words can be, and a draft about it."""
    action = e.Action(id="action-1", what=f"{MARKER} visits", owner=MARKER)
    case = a_case(
        home,
        told("2026-04-02", said=f"About {MARKER}."),
        at_risk("2026-04-02", "not sure", keeps_safe=f"{MARKER} watches.", confirmed_by=MARKER),
        discussed(
            "2026-04-02", said=f"{MARKER.upper()} was there.", options=MARKER, decision=MARKER, actions=(action,)
        ),
        concern=f"A sibling, {MARKER}, was seen.",
        evidence=f"{MARKER} said so.",
        outcome_wanted="A visit.",
    )
    unresolved = 'risk = "no"\non = 2026-04-02\noutcome = "unresolved"\n'
    assert run(home, "advance", case.reference, typed=unresolved).code == 0
    run(
        home,
        "correct",
        case.reference,
        typed=MOVED.replace("decision_received_on", "nature").replace("02/04/2026", MARKER),
    )
    return case


REDACT = f'words = ["{MARKER}"]\nreason = "Another family: {MARKER}."\n'


def test_redacted_words_are_gone_from_every_byte_and_the_record_still_verifies(home: Path, marked: Built) -> None:
    typist = Typist(home).types("record", marked.reference)
    typist.answer("Is a child at immediate risk now?", "2")
    typist.answer("What do you want to record?", "1")
    typist.press("On which day?", "\x03")
    assert typist.ends() == 130
    assert len(drafts(home)) == 1
    assert MARKER.encode() in every_byte(home)

    done = run(home, "redact", marked.reference, typed=REDACT)

    assert (done.code, done.err) == (0, "")
    assert MARKER.casefold() not in every_byte(home).decode("utf-8", "replace").casefold()
    assert MARKER.casefold().encode("utf-16-le") not in every_byte(home).lower()
    assert drafts(home) == []
    assert is_sound(home)
    for words in (("show",), ("show", "--json"), ("why",), ("export", "--record"), ("export", "--follow-up")):
        shown = run(home, words[0], marked.reference, *words[1:])
        assert (shown.code, MARKER.casefold() in shown.out.casefold()) == (0, False), words
    for words in (("due",), ("list",), ("list", "--json"), ("due", "--json"), ("verify",)):
        assert MARKER.casefold() not in run(home, *words).out.casefold()
    assert "[removed]" in run(home, "show", marked.reference).out


def test_each_redacted_entry_says_why_and_the_reason_does_not_repeat_the_words(home: Path, marked: Built) -> None:
    run(home, "redact", marked.reference, typed=REDACT)

    reasons = {fact.reason for fact in facts(home, marked.reference, "redacted")}
    assert reasons == {"Another family: [removed]."}


def test_the_case_counts_on_after_a_redaction(home: Path, marked: Built) -> None:
    run(home, "redact", marked.reference, typed=REDACT)

    done = run(home, "record", marked.reference, "--json", typed='risk = "no"\nwhat = "nothing more"\n')

    assert (done.code, done.data["stage"]) == (0, "2")


def test_a_childs_name_that_was_redacted_is_gone_from_the_people_list_too(home: Path, case: Built) -> None:
    done = run(home, "redact", case.reference, typed='words = ["Rowan Testcase"]\nreason = "Wrong child."\n')

    assert done.code == 0
    assert b"Rowan" not in every_byte(home)
    assert is_sound(home)


def test_issued_forms_and_backups_that_still_hold_the_words_are_listed(home: Path) -> None:
    case = a_case(home, concern=f"A sibling, {MARKER}, was seen.")
    run(home, "advance", case.reference, typed='risk = "no"\non = 2026-04-10\noutcome = "unresolved"\n')
    (issued,) = run(home, "export", case.reference, "--form", "appendix-2", "--json").data
    (home / "escalate.db.20260401.bak").write_bytes(b"an earlier copy")

    done = run(home, "redact", case.reference, "--json", typed=REDACT)

    assert (done.data["issued_before"], done.data["backups"]) == (
        [Path(issued["file"]).name],
        ["escalate.db.20260401.bak"],
    )
    assert MARKER.encode() not in (home / "escalate.db").read_bytes()


def test_cannot_redact_when_any_of_the_words_stand_nowhere(home: Path, marked: Built) -> None:
    before = entries(home)

    assert run(home, "redact", marked.reference, typed=f'words = ["{MARKER}", "Nobody"]\nreason = "Wrong."\n') == (
        2,
        "",
        "error: standard input: 1 answer is missing or cannot be used\n"
        'standard input:1: "words" in [[words]] 2: these words stand nowhere in this case; write them exactly as they'
        " were recorded\n    in words\nNothing was recorded.\n",
    )
    assert entries(home) == before


def test_words_that_stand_nowhere_are_said_at_the_terminal_before_anything_else_is_asked(
    typist: Typist, marked: Built
) -> None:
    typist.types("redact", marked.reference)
    typist.answer_at_length("Which words must go?", f"{MARKER}s")
    typist.press("hese words stand nowhere in this case; write them exactly as they were recorded", "\x03")

    assert typist.ends() == 130


def test_cannot_redact_a_single_letter(home: Path, case: Built) -> None:
    ran = run(home, "redact", case.reference, typed='words = ["a"]\nreason = "x"\n')

    assert (ran.code, ran.out) == (2, "")
    assert "these words" not in ran.err
    assert '"words" in [[words]] 1: the words to remove are missing, or a single letter\n' in ran.err


def test_redacting_an_everyday_word_leaves_answers_and_ids_as_they_are(home: Path) -> None:
    case = a_case(home, told("2026-04-02", said="Ask yes or no."), at_risk("2026-04-02", "yes"), opened_on="2026-04-02")
    run(
        home,
        "record",
        case.reference,
        typed='risk = "no"\nwhat = "situation"\non = 2026-04-02\nfact = "child protection plan"\nanswer = "yes"\n',
    )
    run(home, "correct", case.reference, typed=MOVED)

    done = run(home, "redact", case.reference, typed='words = ["yes"]\nreason = "Wrong."\n')

    assert done.code == 0
    assert the_fact(home, case.reference, "situation recorded").facts == {"child protection plan": "yes"}
    assert the_fact(home, case.reference, "corrected").restated["raising_agency"] == SCHOOL
    assert run(home, "show", case.reference).code == 0


def test_an_entry_is_corrected_and_words_are_redacted_at_a_terminal(typist: Typist, case: Built) -> None:
    typist.types("correct", case.reference)
    typist.answer("Which entry?", "6")
    typist.answer("What should change?", "concern")
    typist.answer_at_length("What should it say?", "Attendance fell to 16 %.")
    typist.answer("Change something else in this entry?", "")
    typist.answer_at_length("Why was it wrong?", "Figures turned round.")
    typist.confirm()
    assert typist.ends() == 0
    assert the_fact(typist.home, case.reference, "corrected").restated["concern"] == "Attendance fell to 16 %."

    typist.types("redact", case.reference)
    typist.answer_at_length("Which words must go?", "61 %")
    typist.answer("Are there other words to remove?", "")
    typist.answer_at_length("Why must they not be kept?", "They are wrong.")
    typist.confirm()

    assert typist.ends() == 0
    assert kinds(typist.home, case.reference)[-1] == "redacted"
    assert b"61 %" not in every_byte(typist.home)


def test_a_draft_of_a_case_not_yet_raised_is_forgotten_where_it_holds_the_words(home: Path, marked: Built) -> None:
    typist = Typist(home).types("raise")
    typist.answer("Is a child at immediate risk of significant harm?", "2")
    typist.answer("What is this about?", "2")
    typist.answer("Which practice or recurring issue?", f"Visits by {MARKER}")
    typist.press("With which agency do you disagree?", "\x03")
    assert typist.ends() == 130
    assert len(drafts(home)) == 1

    done = run(home, "redact", marked.reference, typed=REDACT)

    assert (done.code, drafts(home)) == (0, [])
    assert "1 draft that held the words: forgotten.\n" in done.out
    assert MARKER.casefold() not in every_byte(home).decode("utf-8", "replace").casefold()


def test_the_words_to_remove_are_in_no_draft_even_where_the_person_leaves(typist: Typist, marked: Built) -> None:
    before = every_byte(typist.home).count(MARKER.encode())
    typist.types("redact", marked.reference)
    typist.answer_at_length("Ctrl-C leaves, and keeps nothing.", MARKER)
    typist.press("Are there other words to remove?", "\x03")
    typist.expect(
        "left before the end; no draft is kept of the answers so far\r\n"
        "    run the same command again to begin again\r\n"
        "Nothing was recorded.\r\n"
    )

    assert typist.ends() == 130
    assert drafts(typist.home) == []
    assert every_byte(typist.home).count(MARKER.encode()) == before


def test_the_folder_of_an_issued_form_whose_name_holds_the_words_is_listed_and_left(home: Path) -> None:
    case = at_stage(home, "3", concern=f"A sibling, {MARKER}, was seen.")
    folder = home / f"for {MARKER}"
    run(home, "export", case.reference, "--out", str(folder))

    done = run(home, "redact", case.reference, typed=REDACT)

    assert done.code == 0
    assert done.out.startswith(f"\nThe names of these folders hold the words; escalate renames no folder\n  {folder}\n")
    assert run(home, "verify").code == 0


def test_a_withheld_address_is_told_by_no_amendment_either(home: Path) -> None:
    child = e.PartyNamed(
        party="child-1", sort="child", name="Rowan Testcase", address="7 Invented Street", address_withheld=True
    )
    case = a_case(home, names=[child])
    (entry,) = [event.sequence for event in case.events() if event.fact == child]
    renamed = f'entry = "{entry}"\nreason = "Misspelt."\n[[changes]]\nfield = "name"\nvalue = "Rowan Testcases"\n'
    assert run(home, "correct", case.reference, typed=renamed).code == 0
    assert run(home, "redact", case.reference, typed='words = ["Testcases"]\nreason = "Wrong."\n').code == 0

    shown = run(home, "show", case.reference, "--json")

    restated = [entry["fact"]["restated"] for entry in shown.data["chronology"] if entry["kind"] == "redacted"]
    assert restated[-1]["restated"]["address"] == "withheld"
    assert "Invented Street" not in shown.out
    assert run(home, "verify").code == 0
