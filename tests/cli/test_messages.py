"""The messages to copy: nobody of the family is named in them, and what they say holds on the day they are written."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Built, a_case, a_home, entered, told
from tests.cli.raised import COMPLETE, MINIMAL
from tests.running import run

STAND = "Names in your words stand as initials in it.\n"


def named_in_words(home: Path) -> Built:
    """A case whose words name the child, whole and in part."""
    concern = "Rowan is hungry; Rowan Testcase and Casey Testcase hide it."
    return a_case(
        home,
        told("2026-04-01", said="I said that Rowan is hungry."),
        concern=concern,
    )


def test_a_child_named_in_peoples_words_stands_by_initials_in_the_message_and_it_is_said(home: Path) -> None:
    text = MINIMAL.replace("Attendance fell to 61 %.", "Rowan hides; ROWAN TESTCASE told us.")

    done = run(home, "raise", typed=text, today="2026-04-02")

    assert "    What worries me: R.T. hides; R.T. told us.\n" in done.out
    assert "rowan" not in done.out.casefold()
    assert f"\n  {STAND}" in done.out


def test_whoever_has_parental_responsibility_stands_by_initials_too(home: Path) -> None:
    text = COMPLETE.replace("Attendance fell to 61 %.", "Casey Testcase says that Casey cannot cope.")

    done = run(home, "raise", typed=text, today="2026-04-10")

    assert "    What worries me: C.T. says that C.T. cannot cope.\n" in done.out


def test_nothing_is_said_of_initials_where_nobody_is_named(home: Path) -> None:
    assert STAND not in run(home, "raise", typed=MINIMAL, today="2026-04-02").out


def test_the_follow_up_names_no_child_and_the_record_for_the_childs_file_does(home: Path) -> None:
    case = named_in_words(home)

    letter = run(home, "export", case.reference, "--follow-up", today="2026-04-02")
    record = run(home, "export", case.reference, "--record", today="2026-04-02")

    assert letter.err == STAND
    assert "Rowan" not in letter.out
    assert "What was said: I said that R.T. is hungry.\n" in letter.out
    assert record.err == ""
    assert "Rowan is hungry; Rowan Testcase and Casey Testcase hide it." in record.out


def test_the_follow_up_of_a_case_gone_up_is_of_the_telling_and_says_that_it_has_gone_up(home: Path) -> None:
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-10"))

    letter = run(home, "export", case.reference, "--follow-up").out

    assert "with you on Wed 1 Apr 2026 (telephone) under" in letter
    assert ", at: Stage 1: practitioner to practitioner.\n" in letter
    assert "\nSince then this has gone up on Fri 10 Apr 2026, to: Stage 2: line manager to line manager.\n" in letter
    assert "next stage" not in letter
    assert "17 Apr" not in letter


def test_the_follow_up_of_a_telling_at_a_higher_stage_has_that_stage_and_its_date(home: Path) -> None:
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-10"), told("2026-04-13"))

    letter = run(home, "export", case.reference, "--follow-up", today="2026-04-13").out

    assert "with you on Mon 13 Apr 2026 (telephone) under" in letter
    assert (
        "\nUnder the policy we are to resolve this by Fri 17 Apr 2026."
        " If we cannot, I will take it to the next stage.\n"
    ) in letter
    assert ", at: Stage 2: line manager to line manager.\n" in letter


def test_a_message_on_the_last_day_says_today_and_one_after_it_says_was(home: Path) -> None:
    on_the_day = run(home, "raise", typed=MINIMAL, today="2026-04-10").out
    after = run(home, "raise", typed=MINIMAL, today="2026-04-13").out

    assert (
        "Under the policy this is to be resolved between us by today, Fri 10 Apr 2026. Please tell me when we can speak"
        " today, or as soon as you can."
    ) in on_the_day
    assert "Under the policy this was to be resolved between us by Fri 10 Apr 2026, which has passed." in after


def test_a_follow_up_that_was_due_before_the_call_keeps_its_date_and_says_so(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-10"))

    assert (
        "past since Tue 7 Apr; 3 days ago; it began only on Fri 10 Apr, when that date had already passed"
        in run(case.home, "why", case.reference).out
    )


def test_what_is_told_by_telephone_makes_a_letter_the_next_thing(home: Path, case: Built) -> None:
    file = 'risk = "no"\nwhat = "told"\non = 2026-04-02\nhow = "telephone"\nperson = "Sam Counterpart"\n'

    done = run(home, "record", case.reference, typed=file, today="2026-04-02")

    assert done.out.endswith(f"Next: escalate export {case.reference} --follow-up, or escalate show {case.reference}\n")


def test_the_person_told_is_the_counterpart_and_not_missing_any_more(home: Path) -> None:
    run(home, "raise", typed=MINIMAL, today="2026-04-02")
    (row,) = run(home, "list", "--json").data["cases"]
    before = run(home, "show", row["reference"]).out
    file = 'risk = "no"\nwhat = "told"\non = 2026-04-02\nhow = "telephone"\nperson = "Sam Counterpart"\n'

    run(home, "record", row["reference"], typed=file, today="2026-04-02")

    assert "- who the counterpart is" in before
    assert "- who the counterpart is" not in run(home, "show", row["reference"]).out


def test_an_offered_form_just_issued_is_not_offered_in_the_same_breath(home: Path) -> None:
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-10"))

    done = run(home, "export", case.reference, "--form", "appendix-2")

    assert done.code == 0
    assert "Offered: Escalation Template" not in done.out


def test_show_says_that_it_was_learned_of_before_it_was_raised(home: Path) -> None:
    run(home, "raise", typed=MINIMAL, today="2026-04-02")
    (row,) = run(home, "list", "--json").data["cases"]

    assert (
        "\nLearned of it on Wednesday 1 April 2026, raised on Thursday 2 April 2026: 9 calendar days since\n"
        in run(home, "show", row["reference"]).out
    )
