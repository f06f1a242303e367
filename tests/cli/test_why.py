from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import Built, a_case, a_home, at_risk, discussed, ended, entered, on, told
from tests.policies.walk import Walk
from tests.running import at_terminal, heavy_imports, run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return a_case(a_home(tmp_path_factory.mktemp("home")), told("2026-04-01"))


def why(case: Built, *words: str, today: str = "2026-04-10") -> str:
    ran = run(case.home, "why", case.reference, *words, today=today)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_a_deadline_is_counted_out_loud_with_clause_readings_and_calendar(case: Built) -> None:
    assert why(case, "stage-1-resolve") == (
        "KSCP-2026-0001-RQXZ  R.T., Friday 10 April 2026\n"
        "\n"
        "stage-1-resolve: today, Friday 10 April 2026; agree or escalate today\n"
        "  The practitioners on both sides should reach an agreed way forward.\n"
        "  Clause: flowchart stage 1, rules K8 and K30.\n"
        "  Both sides owe it, we and Exampleshire Children's Social Care.\n"
        '  Time allowed, as written: "5 working days, or less if the child needs it".\n'
        "    The policy itself says: less where the child needs it. Do not wait for the day.\n"
        "  Counted from Wednesday 1 April 2026, which is day 0: the concern arose.\n"
        "  5 working days:\n"
        "    Thu 2 Apr 2026   day 1\n"
        "    Fri 3 Apr 2026   not counted: Good Friday\n"
        "    Sat 4 Apr 2026   not counted: Saturday\n"
        "    Sun 5 Apr 2026   not counted: Sunday\n"
        "    Mon 6 Apr 2026   not counted: Easter Monday\n"
        "    Tue 7 Apr 2026   day 2\n"
        "    Wed 8 Apr 2026   day 3\n"
        "    Thu 9 Apr 2026   day 4\n"
        "    Fri 10 Apr 2026  day 5\n"
        "  Met through the end of Friday 10 April 2026; missed from Saturday 11 April 2026.\n"
        "  Calendar: ENG-2026-invented.\n"
        "  The source leaves this open (stage-1-time).\n"
        "    Followed: within 5 working days of the concern (flowchart stage 1 (the start is ours)), because the text"
        " gives no date for resolving stage 1; the flowchart's five days, counted from the concern, protect the child"
        " soonest.\n"
        "    Not followed: within 5 working days of the day the counterpart was told (flowchart stage 1). It would"
        " give the same day, Friday 10 April 2026.\n"
    )


def test_without_an_item_every_open_date_has_a_line_and_how_to_have_it_counted(case: Built) -> None:
    out = why(case)

    assert out.startswith(
        "KSCP-2026-0001-RQXZ  R.T., Friday 10 April 2026\n"
        "\n"
        "By when\n"
        "  follow-up-in-writing: past since Tue 7 Apr; 3 days ago: the professional with concerns must follow up in"
        " writing what was raised verbally\n"
    )
    assert (
        "\nHow one was counted: escalate why KSCP-2026-0001-RQXZ follow-up-in-writing\n"
        "All of them: escalate why KSCP-2026-0001-RQXZ --all\n"
    ) in out
    assert "Good Friday" not in out


def test_all_dates_of_a_case_are_explained_soonest_first(case: Built) -> None:
    out = why(case, "--all")

    dates = [line.split(":")[0] for line in out.splitlines() if re.match("[a-z0-9-]+: ", line)]
    assert dates == [
        "follow-up-in-writing",
        "read-the-case-file",
        "stage-1-escalate",
        "stage-1-reply",
        "stage-1-resolve",
    ]
    assert "\nWithout a date\n  give-reasons: no date, because the policy states no time: " in out


def test_a_contradiction_says_what_the_other_reading_would_have_given(tmp_path: Path) -> None:
    case = a_case(
        a_home(tmp_path),
        told("2026-04-01"),
        entered("2", "2026-04-10"),
        entered("3", "2026-04-17"),
    )

    out = why(case, "stage-3-resolve", today="2026-04-17")

    assert "  Counted from Friday 17 April 2026, which is day 0: " in out
    assert (
        "  The source contradicts itself (stage-3-time).\n"
        "    Followed: a resolution within 2 working days (flowchart stage 3), because it protects the child sooner.\n"
        "    Not followed: a resolution within 5 working days (Stage 3 para 2). It would give Friday 24 April 2026,"
        " later.\n"
    ) in out


def test_a_stage_entered_late_is_told_both_ways(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), entered("2", "2026-04-24"))

    out = why(case, "stage-2-resolve", today="2026-04-24")

    assert "stage-2-resolve: past since Friday 17 April 2026; 7 days ago\n" in out
    assert "Counted from Friday 10 April 2026, which is day 0: the day by which stage 1 was to be resolved.\n" in out
    assert "    Not from Friday 24 April 2026, which is not sooner: stage 2 was entered.\n" in out
    assert (
        "The stage was entered on Friday 24 April 2026. Counted from then it would be Friday 1 May 2026:"
        " that gives nobody more time.\n"
    ) in out


def test_now_is_never_moved_by_a_holiday(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), at_risk("2026-04-03"), decision_received_on=date(2026, 4, 2))

    out = why(case, "tell-line-manager-of-risk", today="2026-04-03")

    assert re.search("^tell-line-manager-of-risk[^:]*: now\n", out, re.MULTILINE)
    assert "  Now: no weekend and no holiday moves it.\n" in out
    assert "Tuesday" not in out


def test_a_date_that_became_a_guide_says_so(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-01"), at_risk("2026-04-02"))

    out = why(case, "stage-1-resolve", today="2026-04-02")

    assert "stage-1-resolve: Friday 10 April 2026; this date is a guide\n" in out
    assert "  It is a guide: do not wait for it, and do not rely on it to keep a child safe.\n" in out


def test_no_date_says_because_and_how_long_it_would_be(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path))

    assert why(case, "stage-1-reply") == (
        "KSCP-2026-0001-RQXZ  R.T., Friday 10 April 2026\n"
        "\n"
        "stage-1-reply: no date, because the counterpart has not been told yet, as far as is recorded\n"
        "  The practitioner or decision maker who received the concern must speak to the professional with concerns"
        " and look for a way forward both agree.\n"
        "  Clause: Stage 1 para 2, rule K7.\n"
        "  Theirs, Exampleshire Children's Social Care.\n"
        '  Time allowed, as written: "3 working days".\n'
        "  The source leaves this open (stage-1-reply-start).\n"
        "    Followed: counted from the day the counterpart was told (Stage 1 para 2 (ours)), because nobody can answer"
        " what has not been raised; the source does not say from when the three days run.\n"
        "    Not followed: counted from the concern (Stage 1 para 2). It would give Wednesday 8 April 2026.\n"
    )


def test_a_sooner_date_that_was_agreed_governs_and_the_policy_s_counting_is_still_told(tmp_path: Path) -> None:
    agreed = e.TimescaleAgreed(item="stage-1-resolve", by_on=on("2026-04-08"), reason="Rowan is at home over Easter.")
    case = a_case(a_home(tmp_path), told("2026-04-01"), (agreed, on("2026-04-02")))

    out = why(case, "stage-1-resolve", today="2026-04-02")

    assert "stage-1-resolve: Wednesday 8 April 2026\n" in out
    assert "    Fri 10 Apr 2026  day 5\n" in out
    assert (
        "  Agreed on Thursday 2 April 2026: Wednesday 8 April 2026; it is sooner than the policy's,"
        " Friday 10 April 2026, and governs.\n    Reason: Rowan is at home over Easter.\n"
    ) in out


def test_a_later_date_that_was_agreed_changes_nothing(tmp_path: Path) -> None:
    agreed = e.TimescaleAgreed(item="stage-1-resolve", by_on=on("2026-04-29"), keeps_safe="A daily visit.")
    case = a_case(a_home(tmp_path), told("2026-04-01"), (agreed, on("2026-04-02")))

    out = why(case, "stage-1-resolve", today="2026-04-11")

    assert "stage-1-resolve: past since Friday 10 April 2026; 1 day ago\n" in out
    assert "Wednesday 29 April 2026; it is later than the date that governs, and changes nothing.\n" in out
    assert "    Keeps the child safe: A daily visit.\n" in out


def test_a_date_moved_by_a_correction_keeps_the_earlier_one_in_sight(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-01")).correct(8, "2026-04-09", to="2026-04-08")

    out = why(case, "stage-1-reply", today="2026-04-09")

    assert "Before an entry was corrected, this date was Wednesday 8 April 2026: that date stays in sight.\n" in out


def test_an_agreed_action_says_that_its_date_is_its_own(tmp_path: Path) -> None:
    action = e.Action(id="action-1", what="Send the [log]", by_on=on("2026-04-16"))
    case = a_case(a_home(tmp_path), discussed("2026-04-08", actions=(action,)))

    assert why(case, "action-1").splitlines()[2:] == [
        "action-1: Thursday 16 April 2026",
        "  Send the [log] (nobody is named).",
        "  Whose is not known.",
        "  Since Wednesday 8 April 2026: the action was agreed, with its own date.",
    ]


def test_what_is_closed_can_still_be_explained_by_its_name(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-01"), ended("1", "resolved", "2026-04-09"))

    out = why(case, "stage-1-resolve")

    assert "stage-1-resolve: by Friday 10 April 2026\n" in out
    assert "  No longer open since Thursday 9 April 2026: stage 1 ended: resolved.\n" in out


def test_an_item_of_the_policy_stands_for_every_agency(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), receiving_agencies=("agency-social-care", "agency-health"))

    def explained(name: str) -> list[str]:
        return re.findall("^(stage-1-raise.*?):", why(case, name), re.MULTILINE)

    assert explained("stage-1-raise") == ["stage-1-raise", "stage-1-raise@2"]
    assert explained("stage-1-raise@2") == ["stage-1-raise@2"]


def test_cannot_explain_what_is_not_owed_and_what_is_owed_is_listed(case: Built) -> None:
    ran = run(case.home, "why", case.reference, "stage-9")

    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith('error: case KSCP-2026-0001-RQXZ: nothing owed here is called "stage-9"\n')
    assert "\nstage-1-resolve\n" in ran.err


def test_the_beginning_of_what_is_owed_is_enough_where_no_other_begins_so(case: Built) -> None:
    assert why(case, "stage-1-res") == why(case, "stage-1-resolve")

    several = run(case.home, "why", case.reference, "stage-1")
    assert (several.code, several.out) == (4, "")
    assert 'nothing owed here is called "stage-1", and more than one begins so: write one whole\n' in several.err
    assert "\nstage-1-resolve\n" in several.err
    assert "case-record" not in several.err


def test_json_holds_the_counting_the_working_and_the_same_in_sentences(case: Built) -> None:
    data = run(case.home, "why", case.reference, "stage-1-resolve", "--json").data
    (item,) = data["items"]

    assert (data["reference"], data["today"], item["due_on"]) == (case.reference, "2026-04-10", "2026-04-10")
    assert item["counting"][:3] == [
        {"day": "2026-04-02", "number": 1, "why_not": ""},
        {"day": "2026-04-03", "number": None, "why_not": "Good Friday"},
        {"day": "2026-04-04", "number": None, "why_not": "Saturday"},
    ]
    assert item["working"]["readings"][0]["doubt"] == "stage-1-time"
    assert item["says"][0] == "stage-1-resolve: today, Friday 10 April 2026; agree or escalate today"


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(case: Built, columns: int) -> None:
    out = re.sub("\x1b\\[[0-9;]*m", "", at_terminal(case.home, "why", case.reference, "--all", columns=columns).out)

    assert max(len(line) for line in out.splitlines()) <= columns
    assert "Good Friday" in out


@pytest.mark.parametrize("words", [(), ("--all",), ("--json",), ("stage-1-resolve", "--plain")])
def test_why_imports_no_heavy_library(case: Built, words: tuple[str, ...]) -> None:
    assert heavy_imports(case.home, "why", case.reference, *words) == []


def test_a_first_day_that_counts_is_counted_aloud_as_day_1(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "home", "harrowdale-2026-01")
    walk.raised("2026-04-01")

    lines = walk.done("why", walk.reference, "speak-up").out.splitlines()

    counted = "Counted from Wednesday 1 April 2026, which is counted too, if it is a day that counts"
    assert f"  {counted}: the decision was received." in lines
    assert [line.split()[-2:] for line in lines if line.startswith("    Wed 1 Apr 2026")] == [["day", "1"]]
