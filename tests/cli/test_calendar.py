"""`escalate calendar`: what counts, what a change would move and does move, and what a check finds."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from escalate.casework import declaring
from escalate.casework.calendar_changes import make_change
from escalate.casework.desk import Desk
from escalate.core import events as e
from escalate.core.answers import Answers
from escalate.errors import SomeoneWasFirst
from escalate.files.policies.loading import read_policy_text
from escalate.store import readers
from escalate.store.calendar_rows import stored_calendars, version_for
from tests.builders import Built, a_case, a_home, database_in, discussed, entered, on, told
from tests.cli.kept import entries, events, facts, is_sound
from tests.cli.raised import MINIMAL
from tests.cli.typist import Typist
from tests.running import Ran, run

CLOSED = ("--because", "Partnership closed", "--source", "Bulletin 12")


def add(home: Path, *words: str, today: str = "2026-04-08") -> Ran:
    return run(home, "calendar", "add", *words, *CLOSED, today=today)


def due(home: Path, today: str = "2026-04-08") -> dict[tuple[str, str], str | None]:
    """Return the date of everything open, by case and item."""
    items = run(home, "due", "--json", today=today).data["items"]
    return {(item["reference"], item["key"]): item["due_on"] for item in items}


def resolving(home: Path, case: Built, today: str = "2026-04-08") -> str | None:
    return due(home, today)[case.reference, "stage-1-resolve"]


def counts_by(home: Path, case: Built) -> str:
    with closing(readers.open_for_reading(database_in(home))) as con:
        row = readers.rows(con, "SELECT calendar_version FROM case_view WHERE reference = ?", (case.reference,))
    return str(row[0]["calendar_version"])


def another_partnership(home: Path) -> str:
    """Write an invented partnership's policy into the home, with Knowsley's rules and the prefix ESCP."""
    text = read_policy_text("knowsley-2020-11").text.replace('"KSCP"', '"ESCP"')
    (home / "policies").mkdir(exist_ok=True)
    (home / "policies" / "exampleshire-2026-01.toml").write_text(text, encoding="utf-8")
    return "exampleshire-2026-01"


def test_a_closure_is_shown_with_what_it_would_move_and_not_recorded_unless_it_is_said_so(case: Built) -> None:
    before = entries(case.home)

    shown = add(case.home, "2026-04-09")

    assert shown == (
        2,
        "",
        "error: calendar: 1 open deadline would move, and 1 case would count by it; what is past does not move\n"
        f"{case.reference}: stage-1-resolve: Fri 10 Apr 2026 → Mon 13 Apr 2026\n"
        "    to record it, say so: --yes\n"
        "Nothing was recorded.\n",
    )
    assert entries(case.home) == before


def test_a_closure_that_is_recorded_moves_what_was_shown_with_an_entry_in_the_case(case: Built) -> None:
    done = add(case.home, "2026-04-09", "--yes")

    (version,) = [fact.version for fact in facts(case.home, case.reference, "calendar adopted")]
    assert done == (
        0,
        "1 open deadline would move:\n"
        "case\twhat\tfrom\tto\n"
        f"{case.reference}\tstage-1-resolve\tFri 10 Apr 2026\tMon 13 Apr 2026\n"
        "What is past does not move. From today 1 open case would count by it.\n"
        "\n"
        f"Recorded: calendar {version}. From now on 1 case counts by it, and every new one.\n"
        "Next: escalate calendar show, or escalate due\n",
        "",
    )
    assert resolving(case.home, case) == "2026-04-13"
    assert version.startswith("ENG-KSCP-2026-")
    assert "Thu 9 Apr 2026   not counted: Partnership closed" in run(case.home, "why", case.reference, "--all").out
    assert run(case.home, "verify").code == 0


@pytest.mark.parametrize(("today", "moved_to"), [("2026-04-10", "2026-04-13"), ("2026-04-11", "2026-04-10")])
def test_a_deadline_moves_on_its_last_day_and_not_once_it_is_past(case: Built, today: str, moved_to: str) -> None:
    add(case.home, "2026-04-09", "--yes", today=today)

    assert resolving(case.home, case, today) == moved_to
    assert is_sound(case.home)


def test_what_is_past_stays_and_only_what_is_open_moves(home: Path) -> None:
    case = a_case(home, told("2026-04-01"), entered("2", "2026-04-13"))
    before = due(home, "2026-04-14")

    moves = run(home, "calendar", "add", "2026-04-15", *CLOSED, "--yes", "--json", today="2026-04-14").data["moves"]

    after = due(home, "2026-04-14")
    past = {key: day for key, day in before.items() if day and day < "2026-04-14"}
    assert past
    assert {key: after[key] for key in past} == past
    assert {(one["reference"], one["item"]) for one in moves} == {key for key in before if before[key] != after[key]}
    assert case.reference in {one["reference"] for one in moves}


def test_removing_it_brings_the_deadline_back(case: Built) -> None:
    add(case.home, "2026-04-09", "--yes")

    shown = run(case.home, "calendar", "remove", "2026-04-09", today="2026-04-09")
    done = run(case.home, "calendar", "remove", "2026-04-09", "--because", "Cancelled", "--yes", today="2026-04-09")

    assert (shown.code, done.code) == (2, 0)
    assert f"{case.reference}: stage-1-resolve: Mon 13 Apr 2026 → Fri 10 Apr 2026" in shown.err
    assert resolving(case.home, case, "2026-04-09") == "2026-04-10"
    assert is_sound(case.home)


def test_a_deadline_brought_forward_never_comes_before_the_day_it_was(case: Built) -> None:
    add(case.home, "2026-04-09", "--yes")

    run(case.home, "calendar", "remove", "2026-04-09", "--yes", today="2026-04-12")

    assert resolving(case.home, case, "2026-04-12") == "2026-04-12"
    out = run(case.home, "why", case.reference, "stage-1-resolve", today="2026-04-12").out
    assert "this one was adopted on 12/04/2026, and brings nothing forward to before that day." in out
    assert "Met through the end of Sunday 12 April 2026; missed from Monday 13 April 2026." in out


def test_a_case_raised_afterwards_counts_by_the_closure_from_its_first_day(home: Path) -> None:
    add(home, "2026-04-09", "--yes", today="2026-04-02")

    raised = run(home, "raise", "--json", typed=MINIMAL, today="2026-04-08").data

    assert next(one["due_on"] for one in raised["owed"] if one["key"] == "stage-1-resolve") == "2026-04-13"
    assert facts(home, raised["reference"], "calendar adopted") == []


def test_a_case_opened_again_counts_by_what_was_declared_meanwhile(home: Path) -> None:
    case = a_case(home, (e.Withdrawn(wanted_by="Alex", reason="It was begun."), on("2026-04-02")))
    assert run(home, "calendar", "add", "2026-04-09", *CLOSED, "--json", "--yes", today="2026-04-02").code == 0

    assert run(home, "reopen", case.reference, typed='reason = "It was not."\n', today="2026-04-08").code == 0

    assert resolving(home, case) == "2026-04-13"
    assert is_sound(home)


def test_two_partnerships_in_one_record_leave_each_other_alone_and_share_a_holiday(home: Path) -> None:
    ours = a_case(home)
    policy = another_partnership(home)
    raised = run(home, "raise", "--json", typed=f'policy = "{policy}"\n{MINIMAL}', today="2026-04-02").data
    theirs = raised["reference"]

    add(home, "2026-04-09", "--yes", "--partnership", "escp")

    assert theirs.startswith("ESCP-")
    assert due(home)[theirs, "stage-1-resolve"] == "2026-04-13"
    assert resolving(home, ours) == "2026-04-10"
    assert (len(facts(home, theirs, "calendar adopted")), facts(home, ours.reference, "calendar adopted")) == (1, [])

    done = add(home, "2026-04-08", "--yes", "--kind", "holiday", "--json")

    assert {(one["reference"], one["item"], one["to_on"]) for one in done.data["moves"]} >= {
        (ours.reference, "stage-1-resolve", "2026-04-13"),
        (theirs, "stage-1-resolve", "2026-04-14"),
    }
    assert [version[:8] for version in done.data["versions"]] == ["ENG-2026", "ENG-ESCP"]
    assert is_sound(home)


def test_what_was_shown_is_what_happens(tmp_path: Path) -> None:
    """Twelve closures and removals on days chosen by chance: every date in the record, before, shown and after."""
    made = a_home(tmp_path / "made")
    a_case(made, told("2026-04-01"))
    a_case(made, told("2026-04-02"), entered("2", "2026-04-13"), discussed("2026-04-14"), number=2)
    a_case(made, entered("3", "2026-04-16", ground="significant policy issue"), number=3)
    chance = random.Random(20260401)
    for number in range(12):
        home = shutil.copytree(made, tmp_path / str(number))
        day = (date(2026, 4, 1) + timedelta(days=chance.randint(0, 30))).isoformat()
        today = (date(2026, 4, 16) + timedelta(days=chance.randint(0, 8))).isoformat()
        kind = chance.choice(["closure", "holiday"])
        for verb, more in (("add", CLOSED), ("remove", ())):
            before = due(home, today)
            done = run(home, "calendar", verb, day, "--kind", kind, *more, "--yes", "--json", today=today)
            assert done.code == 0, done.err
            after = due(home, today)
            shown = {(one["reference"], one["item"]): one["to_on"] for one in done.data["moves"]}
            assert {key: after[key] for key in after if after[key] != before.get(key)} == shown
            assert all(to >= today for to in shown.values())
            today = (date.fromisoformat(today) + timedelta(days=chance.randint(0, 3))).isoformat()
        assert run(home, "verify").code == 0


def test_whoever_confirms_what_changed_meanwhile_is_told_and_nothing_is_recorded(case: Built, home: Path) -> None:
    answers = Answers({"kind": "closure", "day": on("2026-04-09"), "because": "Partnership closed"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESCALATE_TODAY", "2026-04-08")
        with Desk(home) as desk:
            shown = declaring.propose(desk, answers)
            case.add(told("2026-04-08"))
            before = entries(home)
            with pytest.raises(SomeoneWasFirst) as refused:
                make_change(desk, shown)
            again = declaring.propose(desk, answers)
            make_change(desk, again)
            with pytest.raises(SomeoneWasFirst, match=r"^the calendar was changed while you were looking"):
                make_change(desk, again)

    assert refused.value.what == f"a case changed ({case.reference}) while you were looking at what would move"
    assert (refused.value.exit_code, refused.value.recorded) == (5, "")
    assert entries(home) == before + 2


def test_a_case_raised_between_showing_and_recording_is_not_passed_over(case: Built, home: Path) -> None:
    answers = Answers({"kind": "closure", "day": on("2026-04-09"), "because": "Partnership closed"})
    with Desk(home) as desk:
        shown = declaring.propose(desk, answers)
        second = a_case(home, number=2)
        with pytest.raises(SomeoneWasFirst, match=second.reference):
            make_change(desk, shown)


def test_a_file_says_it_and_yes_is_still_needed(case: Built) -> None:
    file = 'kind = "holiday"\nday = 2026-04-09\nbecause = "Coronation"\nsource = "Proclamation"\n'

    refused = run(case.home, "calendar", "add", typed=file, today="2026-04-08")
    done = run(case.home, "calendar", "add", "--yes", typed=file, today="2026-04-08")

    assert (refused.code, done.code) == (2, 0)
    with closing(readers.open_for_reading(database_in(case.home))) as con:
        stored = stored_calendars(con)[-1]
        assert version_for(con, "England", "KSCP") == stored.version
    assert stored.declared == (
        e.DeclaredDay(day=date(2026, 4, 9), name="Coronation", kind="holiday", source="Proclamation"),
    )
    assert (stored.partnership, stored.reason) == ("", "Coronation")


def test_several_days_are_those_from_monday_to_friday(home: Path) -> None:
    add(home, "2026-12-24", "--to", "2027-01-01", "--yes", today="2026-04-08")

    days = run(home, "calendar", "show", "--json").data["days"]

    assert [one["day"] for one in days if one["kind"] == "closure"] == [
        "2026-12-24",
        "2026-12-29",
        "2026-12-30",
        "2026-12-31",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2026-04-09", "--to", "2026-04-08", *CLOSED), 2, "--until: the last day is before the first"),
        (("2026-04-09",), 2, "--because: is missing: What is it called?"),
        (("31/04/2026", *CLOSED), 2, 'DAY: "31/04/2026" is not a date: April has 30 days'),
        (("2026-04-09", "--kind", "feast", *CLOSED), 2, "--kind: that is not one of the answers to choose from"),
        (("2026-04-09", "--kind", "holiday", "--partnership", "KSCP", *CLOSED), 2, "--partnership: does not go with"),
        (("2026-04-09", "--partnership", "NSCP", *CLOSED), 4, 'no policy here has the prefix "NSCP"'),
        (("2026-04-01", "--to", "2026-09-01", *CLOSED), 3, "01/04/2026 to 01/09/2026: that is 110 days off for every"),
        (("2028-04-12", *CLOSED), 3, "12/04/2028: the calendar knows 2025 to 2027"),
        (CLOSED, 2, "calendar add: the day is missing"),
    ],
)
def test_cannot_add_what_is_not_understood(home: Path, words: tuple[str, ...], code: int, said: str) -> None:
    before = entries(home)

    ran = run(home, "calendar", "add", *words, "--yes", today="2026-04-08")

    assert (ran.code, ran.out) == (code, "")
    assert said.replace("--until", "--to") in ran.err
    assert ran.err.endswith("Nothing was recorded.\n")
    assert entries(home) == before


def test_cannot_add_the_same_day_twice(home: Path) -> None:
    add(home, "2026-04-09", "--yes")

    assert add(home, "2026-04-09", "--yes") == (
        3,
        "",
        "error: KSCP: 09/04/2026: declared already\n    to see it: escalate calendar show\nNothing was recorded.\n",
    )


@pytest.mark.parametrize(
    ("day", "code", "said"),
    [
        ("2026-04-03", 3, "03/04/2026: is a bank holiday of England, which nobody declared here"),
        ("2026-04-09", 4, "KSCP: no closure is declared on 09/04/2026"),
    ],
)
def test_cannot_remove_what_nobody_added(home: Path, day: str, code: int, said: str) -> None:
    ran = run(home, "calendar", "remove", day, "--yes")

    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"error: {said}\n")


def test_a_holiday_taken_back_leaves_a_closure_of_the_same_day(case: Built) -> None:
    add(case.home, "2026-04-09", "--yes")
    add(case.home, "2026-04-09", "--yes", "--kind", "holiday")

    run(case.home, "calendar", "remove", "2026-04-09", "--kind", "holiday", "--yes", today="2026-04-08")

    assert resolving(case.home, case) == "2026-04-13"


def test_a_closure_on_a_bank_holiday_or_at_a_weekend_says_that_it_moves_nothing(case: Built) -> None:
    bank_holiday = add(case.home, "2026-04-06", "--yes")
    saturday = add(case.home, "2026-04-11", "--yes")

    assert bank_holiday.out.startswith(
        "Note: 06/04/2026 is a bank holiday already: it moves nothing.\nNo open deadline"
    )
    assert saturday.out.startswith("Note: 11/04/2026 is at a weekend: it moves nothing.\nNo open deadline would move.")


def test_show_marks_what_was_declared_and_lists_agencies_apart(home: Path) -> None:
    add(home, "2026-04-09", "--yes")
    run(home, "calendar", "add", "2026-03-30", "--to", "2026-04-10", "--agency", "invented primary school",
        "--because", "Easter holidays")  # fmt: skip

    out = run(home, "calendar", "show", "--year", "2026").out

    assert out.startswith(
        "Working days of England, as new cases of Knowsley Safeguarding Children Partnership (KSCP) count by it\n"
    )
    assert "with closures of KSCP: bank holidays from 2025 to 2027.\n" in out
    assert "\nThu 9 Apr 2026\tPartnership closed\tpartnership closed\tBulletin 12\n" in out
    assert "\nFri 3 Apr 2026\tGood Friday\tbank holiday\t\n" in out
    assert (
        "\nAgencies' own closures: shown beside a deadline, never moving it\n"
        "  Invented Primary School: 30 Mar to 10 Apr 2026 (Easter holidays) [no source]\n" in out
    )
    assert "2027" not in out.partition("2026\n")[2]


def test_show_of_the_nation_alone_has_no_partnerships_closure(home: Path) -> None:
    add(home, "2026-04-09", "--yes")

    shown = run(home, "calendar", "show", "--nation", "England", "--json").data

    assert (shown["version"], shown["partnership"]) == ("ENG-2026-invented", "")
    assert len(shown["days"]) == 24


def test_show_says_where_nothing_is_known_of_a_year(home: Path) -> None:
    assert "Nothing is known of 2031: its days are counted as if it had no bank holiday." in (
        run(home, "calendar", "show", "--year", "2031").out
    )
    assert run(home, "calendar", "show", "--nation", "Wales").code == 4


def test_an_agencys_closure_moves_nothing_and_stands_beside_what_that_agency_owes(case: Built) -> None:
    before = due(case.home)
    words = ("--to", "2026-04-10", "--agency", "Exampleshire Children's Social Care", "--because", "Easter holidays")

    added = run(case.home, "calendar", "add", "2026-03-30", *words, today="2026-04-08")

    said = "Exampleshire Children's Social Care is closed 30 Mar to 10 Apr (Easter holidays): who covers?"
    assert added.code == 0
    assert due(case.home) == before
    items = run(case.home, "due", "--json", today="2026-04-08").data["items"]
    beside = {(item["side"], bool(item["closures"]), bool(item["working"].get("both"))) for item in items}
    assert beside == {("theirs", True, False), ("ours", True, True), ("ours", False, False)}
    assert said in run(case.home, "due", today="2026-04-08").out
    assert f" {said}" in run(case.home, "due", "--plain", today="2026-04-08").out.replace("\n  ", " ")
    assert said in run(case.home, "show", case.reference, today="2026-04-08").out
    assert (
        f"{said} It moves nothing." in run(case.home, "why", case.reference, "stage-1-resolve", today="2026-04-08").out
    )
    assert said not in run(case.home, "due", today="2026-04-11").out
    assert is_sound(case.home)


def test_our_own_closure_stands_beside_what_we_owe(case: Built) -> None:
    run(case.home, "calendar", "add", "2026-04-08", "--agency", "Invented Primary School", "--because", "Training",
        today="2026-04-08")  # fmt: skip

    items = run(case.home, "due", "--json", today="2026-04-08").data["items"]

    assert {item["side"] for item in items if item["closures"]} == {"ours"}
    assert items[0]["closures"] == [
        {
            "agency": "Invented Primary School",
            "first_on": "2026-04-08",
            "last_on": "2026-04-08",
            "because": "Training",
            "source": "",
        }
    ]


def test_an_agencys_closure_can_be_taken_back(case: Built) -> None:
    school = ("--agency", "Invented Primary School")
    run(case.home, "calendar", "add", "2026-04-08", *school, "--because", "Training")

    missed = run(case.home, "calendar", "remove", "2026-04-09", *school)
    done = run(case.home, "calendar", "remove", "2026-04-08", *school, "--because", "Postponed")

    assert (missed.code, done.code) == (4, 0)
    assert done.out == "Recorded: not closed after all: Invented Primary School: 8 Apr 2026 (Training) [no source]\n"
    assert all(not item["closures"] for item in run(case.home, "due", "--json", today="2026-04-08").data["items"])
    assert is_sound(case.home)


def test_a_date_past_the_years_that_are_known_warns_in_why_show_and_json(home: Path) -> None:
    case = a_case(home, decision_received_on=on("2027-12-29"))
    warning = "the calendar knows bank holidays from 2025 to 2027 only"

    assert warning in run(home, "show", case.reference, today="2027-12-29").out
    assert warning.capitalize() in run(home, "why", case.reference, "--all", today="2027-12-29").out
    item = next(
        one for one in run(home, "due", "--json", today="2027-12-29").data["items"] if one["key"] == "stage-1-resolve"
    )
    assert item["working"]["notes"][-1].startswith(warning)


def test_check_finds_what_the_library_knows_otherwise_and_adopts_it_with_what_was_declared(home: Path) -> None:
    case = a_case(home, decision_received_on=on("2027-12-22"))
    add(home, "2027-12-23", "--yes", today="2027-12-22")
    add(home, "2027-12-25", "--yes", today="2027-12-22")

    found = run(home, "calendar", "check", "--json", today="2027-12-22").data["calendars"][0]

    assert {"day": "2026-12-26", "was": "", "now": "Boxing Day"} in found["others"]
    assert [(one["declared"]["day"], one["why"]) for one in found["in_vain"]] == [("2027-12-25", "it is at a weekend")]
    assert found["beyond"] == [
        {"day": "2028-01-03", "what": "the last open deadline"},
        {"day": "2028-12-22", "what": "a year from today"},
    ]
    assert found["can_adopt"] is True

    shown = run(home, "calendar", "check", "--adopt", today="2027-12-22")
    done = run(home, "calendar", "check", "--adopt", "--yes", "--json", today="2027-12-22")

    assert shown.code == 2
    assert [tuple(one.values()) for one in done.data["moves"]] == [
        (case.reference, "stage-1-resolve", "2028-01-03", "2028-01-04"),
    ]
    kept = run(home, "calendar", "show", "--json", today="2027-12-22").data
    assert (kept["first_year"], kept["last_year"]) == (2025, 2042)
    assert [day["day"] for day in kept["days"] if day["kind"] == "closure"] == ["2027-12-23"]
    again = run(home, "calendar", "check", "--json", today="2027-12-22").data["calendars"][0]
    assert (again["others"], again["beyond"], again["behind"], again["can_adopt"]) == ([], [], [], False)
    assert counts_by(home, case) == kept["version"]
    assert is_sound(home)


def test_check_names_closures_without_a_source_and_those_that_overlap(home: Path) -> None:
    run(home, "calendar", "add", "2026-04-09", "--because", "Partnership closed", "--yes", today="2026-04-08")
    for day in ("2026-04-08", "2026-04-10"):
        run(home, "calendar", "add", day, "--to", "2026-04-12", "--agency", "Invented Police", "--because", "Move",
            "--source", "Letter", today="2026-04-08")  # fmt: skip

    out = run(home, "calendar", "check", today="2026-04-08").out

    assert 'The closure "Partnership closed" on Thu 9 Apr 2026 has no source: who declared it' in out
    assert (
        "Invented Police: 8 Apr to 12 Apr 2026 (Move) and Invented Police: 10 Apr to 12 Apr 2026 (Move) overlap." in out
    )


def test_check_has_nothing_to_adopt_where_all_is_as_the_library_has_it(tmp_path: Path) -> None:
    from tests.cli.test_setup import ME

    run(tmp_path, "setup", typed=ME)

    assert "Every day is as holidays " in run(tmp_path, "calendar", "check").out
    adopted = run(tmp_path, "calendar", "check", "--adopt", "--yes")
    assert adopted == (0, "No open deadline would move. From today 0 open cases would count by it.\n", "")


def test_setup_again_keeps_what_was_declared(tmp_path: Path) -> None:
    from tests.cli.test_setup import ME

    run(tmp_path, "setup", typed=ME)
    add(tmp_path, "2026-04-09", "--yes", "--kind", "holiday")

    run(tmp_path, "setup", typed=ME.replace("England", "Scotland"))
    run(tmp_path, "setup", typed=ME)

    days = run(tmp_path, "calendar", "show", "--json").data["days"]
    assert [day["day"] for day in days if day["kind"] == "holiday"] == ["2026-04-09"]
    with closing(readers.open_for_reading(database_in(tmp_path))) as con:
        assert str(readers.latest_calendar_version(con)).startswith("ENG-2026-")
    assert is_sound(tmp_path)


def test_at_a_terminal_the_days_are_asked_for_shown_and_confirmed(case: Built, typist: Typist) -> None:
    typist.today = "2026-04-08"
    typist.types("calendar", "add")
    typist.answer("What kind of day off is it?", "1")
    typist.answer("Which partnership's cases", "")
    typist.answer("On which day, or from which?", "9 April")
    typist.answer("Until which day", "")
    typist.answer("What is it called?", "Partnership closed")
    typist.answer("Where is that published", "Bulletin 12")
    typist.confirm()
    typist.expect("1 open deadline would move:")
    typist.expect("2  leave the calendar as it is")
    typist.child.send("1\r")
    typist.expect("From now on 1 case counts by it")
    assert typist.ends() == 0

    assert resolving(case.home, case) == "2026-04-13"
    assert events(case.home, case.reference)[-1].kind == "calendar adopted"


def test_at_a_terminal_the_calendar_can_be_left_as_it_is(case: Built, plain_typist: Typist) -> None:
    plain_typist.today = "2026-04-08"
    before = entries(case.home)
    plain_typist.types("calendar", "add", "2026-04-09", *("--because", "Closed", "--source", "Bulletin"))
    plain_typist.expect("2  leave the calendar as it is")
    plain_typist.child.send("2\r")
    plain_typist.expect("Nothing was recorded.")

    assert plain_typist.ends() == 0
    assert entries(case.home) == before
