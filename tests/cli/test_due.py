from __future__ import annotations

import re
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import HEALTH, SOCIAL_CARE, Built, a_case, a_home, discussed, on, told
from tests.cli.came_in import came_in
from tests.running import at_terminal, heavy_imports, run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Raised on Wednesday 1 April 2026, told the same day: to be resolved by Friday 10 April."""
    return a_case(a_home(tmp_path_factory.mktemp("home")), told("2026-04-01"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases, the second with the health service and with an action agreed for Thursday 16 April."""
    home = a_home(tmp_path_factory.mktemp("home"))
    a_case(home, told("2026-04-01"))
    action = e.Action(id="action-1", what="Send the [attendance] log", owner="Jo", by_on=on("2026-04-16"))
    a_case(home, discussed("2026-04-08", actions=(action,)), number=2, receiving_agencies=(HEALTH,))
    return home


def parts(out: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in out.splitlines()[1:]]
    return [(row[0], row[7]) for row in rows]


def test_a_pipe_gets_everything_in_five_parts(case: Built) -> None:
    ran = run(case.home, "due")

    assert (ran.code, ran.err) == (0, "")
    assert parts(ran.out) == [
        ("overdue", "2026-04-07"),
        ("overdue", "2026-04-08"),
        ("overdue", "2026-04-08"),
        ("overdue", "2026-04-08"),
        ("today", "2026-04-10"),
        ("no date", ""),
        ("no date", ""),
    ]


def test_on_its_last_day_a_stage_says_agree_or_escalate_today(case: Built) -> None:
    today = [line.split("\t")[9] for line in run(case.home, "due").out.splitlines() if line.startswith("today")]

    assert today == ["today, Fri 10 Apr; agree or escalate today"]


def test_other_clocks_on_their_last_day_do_not_say_so(case: Built) -> None:
    out = run(case.home, "due", today="2026-04-08").out

    assert "agree or escalate" not in out
    assert [part for part, _ in parts(out)].count("today") == 3


def test_mine_leaves_out_what_others_owe(case: Built) -> None:
    rows = [line.split("\t") for line in run(case.home, "due", "--mine").out.splitlines()[1:]]

    assert {row[5] for row in rows} == {"ours", "both sides"}
    assert [row[0] for row in rows] == ["overdue", "overdue", "today", "no date", "no date"]


def test_agency_keeps_what_an_agency_named_so_owes(two: Path) -> None:
    """What both sides owe is owed by each of them; what we owe to the health service is not theirs."""
    items = run(two, "due", "--agency", "HEALTH", "--json").data["items"]

    assert {item["reference"] for item in items} == {"KSCP-2026-0002-XHGR"}
    assert [item["key"] for item in items if item["side"] == "ours" and not item["both_sides"]] == []
    assert sorted((item["key"], item["side"]) for item in items) == [
        ("place-on-file#8", "ours"),
        ("stage-1-reply", "theirs"),
        ("stage-1-resolve", "ours"),
        ("state-the-disagreement", "ours"),
    ]


def test_agency_keeps_what_our_own_agency_owes(two: Path) -> None:
    ours = run(two, "due", "--mine").out

    assert run(two, "due", "--agency", "primary school").out == ours


def test_agency_keeps_what_either_agency_owes_in_a_partnerships_record(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    came_in(home)

    def keys(agency: str) -> set[str]:
        return {item["key"] for item in run(home, "due", "--agency", agency, "--json").data["items"]}

    assert keys("high school") - keys("social care") == {"copy-to-business-manager"}
    assert "stage-3-resolve" in keys("social care")
    assert run(home, "due", "--agency", "primary school").code == 4


def test_policy_keeps_the_cases_of_that_edition(case: Built) -> None:
    everything = run(case.home, "due").out

    assert run(case.home, "due", "--policy", "knowsley-2020-11").out == everything
    assert run(case.home, "due", "--policy", "Knowsley").out == everything


@pytest.mark.parametrize("verb", ["due", "list", "learning", "log"])
def test_cannot_look_under_a_policy_that_no_case_here_was_raised_under(case: Built, verb: str) -> None:
    ran = run(case.home, verb, "--policy", "knows")

    assert (ran.code, ran.out, ran.err.splitlines()[:2]) == (
        4,
        "",
        ['error: "knows" is no policy that a case here was raised under', "    --policy is one of: knowsley-2020-11"],
    )


@pytest.mark.parametrize("words", [("due",), ("due", "--by-person"), ("due", "--ics", "-"), ("remind",), ("log",)])
def test_cannot_look_for_an_agency_that_no_case_here_names(case: Built, words: tuple[str, ...]) -> None:
    ran = run(case.home, *words, "--agency", "Polce")

    assert (ran.code, ran.out) == (4, "")
    assert " ".join(ran.err.split()).startswith(
        "error: no case here names this agency those named are: Exampleshire Children's Social Care, Invented Primary"
        " School"
    )


def test_an_agency_is_found_whatever_its_capitals_and_spaces(case: Built) -> None:
    found = run(case.home, "due", "--agency", "Children's Social Care").out

    assert parts(found) != []
    assert run(case.home, "due", "--agency", " children's  SOCIAL care").out == found


@pytest.mark.parametrize(("days", "is_there"), [("3", False), ("4", True)])
def test_within_counts_working_days_both_sides_of_the_boundary(two: Path, days: str, is_there: bool) -> None:
    out = run(two, "due", "--within", days).out

    assert (("later", "2026-04-16") in parts(out)) == is_there
    assert ("overdue", "2026-04-07") in parts(out)
    assert ("no date", "") in parts(out)


def test_within_skips_the_bank_holidays_stored_here(two: Path) -> None:
    """Thursday 2 April: one working day on is Tuesday 7 April, past Good Friday and Easter Monday."""
    out = run(two, "due", "--within", "1", today="2026-04-02").out

    assert ("later", "2026-04-07") in parts(out)
    assert ("later", "2026-04-08") not in parts(out)


def test_limit_is_for_each_part(case: Built) -> None:
    assert [part for part, _ in parts(run(case.home, "due", "--limit", "1").out)] == ["overdue", "today", "no date"]


def test_json_holds_every_item_with_its_working(case: Built) -> None:
    data = run(case.home, "due", "--json").data

    assert data["today"] == "2026-04-10"
    assert data["counts"] == {"overdue": 4, "today": 1, "no_date": 2, "this_week": 0, "later": 0}
    today = next(item for item in data["items"] if item["part"] == "today")
    assert (today["reference"], today["key"], today["due_on"]) == (case.reference, "stage-1-resolve", "2026-04-10")
    assert today["days_since_concern"] == 9
    assert today["is_open"] is True
    assert today["working"]["timescale"] == "5 working days, or less if the child needs it"
    assert today["says_when"] == "today, Friday 10 April 2026; agree or escalate today"


@pytest.mark.parametrize(("today", "code"), [("2026-04-02", 0), ("2026-04-07", 20), ("2026-04-08", 21)])
def test_the_exit_code_tells_overdue_from_due_today_where_it_is_asked_for(case: Built, today: str, code: int) -> None:
    assert run(case.home, "due", "--exit-code", today=today).code == code
    assert run(case.home, "due", today=today).code == 0


def test_where_nothing_is_recorded_it_says_what_to_do_first(tmp_path: Path) -> None:
    ran = run(tmp_path, "due")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.endswith("nothing is recorded here yet\n    run `escalate setup`, then `escalate raise`\n")


def test_nothing_due_says_no_more_than_was_asked(tmp_path: Path) -> None:
    home = a_home(tmp_path)

    assert run(home, "due", "--plain").out == "Friday 10 April 2026. Nothing is due.\n"
    assert run(home, "due", "--plain", "--mine", "--within", "2").out == (
        "Friday 10 April 2026. Nothing is due among what you asked for: --mine --within\n2.\n"
        "Until Tuesday 14 April 2026; what is overdue or has no date is always shown.\n"
        "\nEverything: escalate due\n"
    )
    assert run(home, "due").err == "Nothing is due.\n"


def test_within_without_a_calendar_is_refused(tmp_path: Path) -> None:
    from escalate.store.ledger import Ledger
    from tests.builders import database_in

    with Ledger(database_in(tmp_path)) as ledger, ledger.writing():
        pass

    ran = run(tmp_path, "due", "--within", "3")

    assert (ran.code, ran.out) == (4, "")
    assert "no calendar is stored here" in ran.err


def test_a_terminal_shows_twenty_rows_a_part_and_how_many_more(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    for number in range(1, 13):
        a_case(home, told("2026-04-01"), number=number)

    out = at_terminal(home, "due", "--mine", columns=100).out

    assert "4 more: escalate due --mine --limit 24" in re.sub("\x1b\\[[0-9;]*m", "", out)
    assert len(run(home, "due", "--mine").out.splitlines()) == 1 + 12 * 5


def test_a_terminal_is_coloured_unless_no_color_says_not(case: Built) -> None:
    coloured, plain = at_terminal(case.home, "due"), at_terminal(case.home, "due", NO_COLOR="1")

    assert "\x1b[1;31m" in coloured.out
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", plain.out)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured.out) == re.sub("\x1b\\[[0-9;]*m", "", plain.out)


@pytest.mark.parametrize("words", [("due", "--plain"), ("due",)])
def test_plain_or_a_simple_terminal_gets_no_escapes_at_all(case: Built, words: tuple[str, ...]) -> None:
    ran = at_terminal(case.home, *words, TERM="dumb")

    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert ran.out.removeprefix("Pretending it is 2026-04-10 (ESCALATE_TODAY)\n").startswith(
        "Friday 10 April 2026. 4 overdue, 1 due today, 2 without a date.\n"
    )


def test_no_line_is_wider_than_sixty_columns(case: Built) -> None:
    out = re.sub("\x1b\\[[0-9;]*m", "", at_terminal(case.home, "due", columns=60).out)

    assert max(len(line) for line in out.splitlines()) <= 60


def test_initials_are_shown_and_never_a_name(case: Built) -> None:
    out = run(case.home, "due").out + run(case.home, "due", "--json").out

    assert "R.T." in out
    assert "Rowan" not in out


@pytest.mark.parametrize("words", [("due",), ("due", "--json"), ("due", "--by-person")])
def test_due_imports_no_heavy_library(case: Built, words: tuple[str, ...]) -> None:
    assert heavy_imports(case.home, *words) == []


def test_by_person_is_ours_first_then_each_who_owes_it(two: Path) -> None:
    groups = run(two, "due", "--by-person", "--json").data["by_person"]

    assert [(one["side"], one["person"], one["agency"]) for one in groups] == [
        ("ours", "Alex Practitioner", "Invented Primary School"),
        ("theirs", "Sam Counterpart", "Exampleshire Children's Social Care"),
        ("theirs", "", "Invented Health Visiting Service"),
        ("not known", "", ""),
    ]
    assert groups[3]["items"] == [{"reference": "KSCP-2026-0002-XHGR", "key": "action-1"}]
    assert {"reference": "KSCP-2026-0001-RQXZ", "key": "stage-1-resolve"} in groups[0]["items"]
    assert {"reference": "KSCP-2026-0001-RQXZ", "key": "stage-1-resolve"} in groups[1]["items"]


def test_by_person_says_who_under_the_heading_of_each(two: Path) -> None:
    out = run(two, "due", "--by-person", "--plain", "--limit", "1").out

    assert [line for line in out.splitlines() if line.startswith(("Ours:", "Theirs:", "Whose"))] == [
        "Ours: Alex Practitioner, Invented Primary School: 11",
        "Theirs: Sam Counterpart, Social Worker, Exampleshire Children's Social Care: 4",
        "Theirs: Invented Health Visiting Service (nobody there is named): 4",
        "Whose is not known: 1",
    ]
    assert "10 more: escalate due --by-person --limit 11" in out


def test_by_person_through_a_pipe_has_a_column_more(case: Built) -> None:
    head, *rows = run(case.home, "due", "--by-person").out.splitlines()

    assert head.split("\t")[-1] == "owed by"
    assert {row.split("\t")[-1] for row in rows} == {
        "ours: Alex Practitioner, Invented Primary School",
        "theirs: Sam Counterpart, Social Worker, Exampleshire Children's Social Care",
    }


def test_every_row_says_about_which_agency(two: Path) -> None:
    assert f'"agency": "{SOCIAL_CARE}"' in run(two, "due", "--json").out
