from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from escalate.core import events as e
from tests.builders import SOCIAL_CARE, Built, a_case, a_home, at_risk, discussed, ended, entered, on, told
from tests.cli.returned import came_back, sent_out
from tests.running import at_terminal, heavy_imports, run
from tests.two_homes import record

HOSTILE = "A&E <5 weeks [redacted] [/] :warning: {{ 7*7 }} =1+1 Łukasz"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Told, discussed, corrected and redacted, unresolved at stage 1, at stage 2 since 10 April."""
    action = e.Action(id="action-1", what="Send the log", owner="Jo Manager", by_on=on("2026-04-14"))
    built = a_case(
        a_home(tmp_path_factory.mktemp("home")),
        told("2026-04-01", said="We disagree with closing."),
        discussed("2026-04-08", said="They spoke.\n\nTwice.", actions=(action,)),
        ended("1", "unresolved", "2026-04-10", decision="No agreement."),
        entered("2", "2026-04-10"),
        concern=HOSTILE,
    )
    built.correct(8, "2026-04-10", to="2026-04-02", said="We disagree with closing so soon.")
    return built.redact(9, "2026-04-10")


def shown(case: Built, *words: str) -> str:
    ran = run(case.home, "show", case.reference, *words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_the_head_says_whose_policy_which_stage_and_who_speaks(case: Built) -> None:
    assert shown(case).splitlines()[:7] == [
        "KSCP-2026-0001-RQXZ  R.T.",
        "Knowsley Safeguarding Children Partnership: Multi-Agency Escalation Policy, edition 2020-11",
        "Stage 2: line manager to line manager, entered Friday 10 April 2026; open",
        "Who speaks: the line manager of the professional with concerns, with the line manager of the practitioner"
        " or decision maker",
        "Raised by Invented Primary School (ours) with Exampleshire Children's Social Care",
        "Concern on Wednesday 1 April 2026: 9 calendar days since",
        "About: Level of need or threshold",
    ]


def test_a_correction_keeps_both_and_says_what_changed(case: Built) -> None:
    out = shown(case)

    assert (
        "  8  Wed 1 Apr 2026  Sam Counterpart, Exampleshire Children's Social Care, was told by telephone."
        " [corrected by entry 12]\n     What was said: We disagree with closing.\n"
    ) in out
    assert (
        " 12  Fri 10 Apr 2026  Entry 8 was corrected; both are kept.\n"
        "     Reason: It was written down wrongly.\n"
        "     It happened on: Thursday 2 April 2026, not Wednesday 1 April 2026\n"
        "     What was said: We disagree with closing so soon.\n"
    ) in out


def test_a_redacted_entry_keeps_its_place_and_none_of_its_words(case: Built) -> None:
    out = shown(case) + shown(case, "--json") + shown(case, "--brief")

    assert "  9  Wed 8 Apr 2026  The words of this entry were removed. [redacted by entry 13]\n" in out
    assert " 13  Fri 10 Apr 2026  Words of entry 9 were removed.\n     Reason: It named another family.\n" in out
    assert "Twice" not in out


def test_entries_say_who_recorded_them_and_when(case: Built) -> None:
    assert ("Recorded Friday 10 April 2026 at 16:40 by Alex Practitioner, for Invented Primary School:\n") in shown(
        case
    )


def test_people_s_words_are_shown_as_entered(case: Built) -> None:
    assert f"     Concern: {HOSTILE}\n" in shown(case) or f"       {HOSTILE}\n" in shown(case)


def test_what_is_owed_is_shown_with_the_name_that_why_and_do_take(case: Built) -> None:
    assert (
        "  Friday 17 April 2026: both line managers should achieve a resolution.\n"
        "    both sides owe it, we and Exampleshire Children's Social Care  (stage-2-resolve)\n"
    ) in shown(case)


def test_brief_is_asked_wanted_tried_and_by_when(case: Built) -> None:
    out = shown(case, "--brief")

    assert re.findall("^(Asked|Wanted|Tried|By when|Chronology)$", out, re.MULTILINE) == [
        "Asked",
        "Wanted",
        "Tried",
        "By when",
    ]
    tried = out[out.index("Tried\n") : out.index("By when")]
    assert tried == (
        "Tried\n"
        "  Wed 1 Apr 2026  Stage 1: practitioner to practitioner was entered.\n"
        "  Thu 2 Apr 2026  Sam Counterpart, Exampleshire Children's Social Care, was told by telephone.\n"
        "  Fri 10 Apr 2026  Stage 1 ended with Exampleshire Children's Social Care: unresolved.\n"
        "    No agreement.\n"
        "  Fri 10 Apr 2026  Stage 2: line manager to line manager was entered, because the stage before ended"
        " without agreement.\n"
    )


def test_json_holds_the_case_its_items_entries_and_names(case: Built) -> None:
    data = run(case.home, "show", case.reference, "--json").data

    assert data["case"]["reference"] == case.reference
    assert data["case"]["days_since_concern"] == 9
    assert [entry["sequence"] for entry in data["chronology"]] == list(range(1, 14))
    told_, spoke = data["chronology"][7], data["chronology"][8]
    assert (told_["kind"], told_["corrected_by"], told_["correction_that_counts"], told_["recorded_by"]) == (
        "counterpart told",
        [12],
        12,
        "Alex Practitioner",
    )
    assert told_["fact"]["said"] == "We disagree with closing."
    assert (spoke["fact"], spoke["redacted_by"]) == (None, [13])
    assert {party["name"] for party in data["parties"]} >= {"Rowan Testcase", "Alex Practitioner"}
    assert "stage-2-resolve" in {item["key"] for item in data["items"]}
    assert run(case.home, "show", case.reference, "--brief", "--json").data["wanted"] == {
        "by_us_or_the_raiser": "A strategy discussion this week.",
        "by_the_other_side": "",
    }


@pytest.mark.parametrize("words", ["KSCP-2026-0001-RQXZ", "kscp-2026-0001", "rqxz"])
def test_a_case_is_found_by_the_beginning_or_end_of_its_reference(case: Built, words: str) -> None:
    assert run(case.home, "show", words).out.startswith("KSCP-2026-0001-RQXZ  R.T.\n")


def test_cannot_show_a_case_that_is_not_there_and_the_error_repeats_nothing(case: Built) -> None:
    assert run(case.home, "show", "Rowan Testcase") == (
        4,
        "",
        "error: no case has this reference\n    run `escalate list` to see the references\n",
    )


def test_immediate_risk_is_said_first_with_whom_to_telephone(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), at_risk("2026-04-01"))

    assert shown(case).splitlines()[1:5] == [
        "A child was considered at immediate risk. In danger now: telephone 999.",
        "  By day: 01632 960100",
        "  Out of hours: 01632 960200",
        "  The matter goes to the line manager at once; from then on the timescales are only a guide. The stages stay"
        " open.",
    ]


def test_a_missing_emergency_number_is_named_as_missing(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path, emergency_day=""), at_risk("2026-04-01", "not sure"))

    assert shown(case).splitlines()[1:3] == [
        "A child may be at immediate risk. In danger now: telephone 999.",
        "  By day: number not recorded; escalate setup asks for it",
    ]


def test_a_resolved_case_says_so_and_what_is_left(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), told("2026-04-01"), ended("1", "resolved", "2026-04-09"))

    out = shown(case)

    assert "; ended Thu 9 Apr\n" in out
    assert "Concern on Wednesday 1 April 2026: 8 calendar days until it ended\n" in out
    assert "escalate advance" not in out


def test_the_other_side_of_a_case_is_shown_from_there(tmp_path: Path) -> None:
    case = a_case(a_home(tmp_path), our_side="receiving", receiving_agencies=(SOCIAL_CARE,))

    assert "Raised by Invented Primary School (theirs; ours was challenged) with" in shown(case)


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("words", [(), ("--brief",)])
def test_no_line_is_wider_than_the_terminal(case: Built, columns: int, words: tuple[str, ...]) -> None:
    ran = at_terminal(case.home, "show", case.reference, *words, columns=columns)
    out = re.sub("\x1b\\[[0-9;]*m", "", ran.out)

    assert ran.code == 0
    assert max(len(line) for line in out.splitlines()) <= columns
    assert "[redacted] [/] :warning:" in re.sub(r"\s+", " ", out)


@pytest.mark.parametrize("words", [(), ("--json",), ("--brief", "--plain")])
def test_show_imports_no_heavy_library(case: Built, words: tuple[str, ...]) -> None:
    assert heavy_imports(case.home, "show", case.reference, *words) == []


def test_read_aloud_a_form_says_what_is_news_and_no_check_sums(home: Path, tmp_path: Path) -> None:
    case, path = sent_out(home, "2")
    file = came_back(path, tmp_path / "back.docx", options_considered="A visit.")
    assert run(home, "receive", str(file), "--accept").code == 0

    seen, aloud = run(home, "show", case.reference).out, run(home, "show", case.reference, "--plain").out

    assert re.search("SHA-256 [0-9a-f]{64}", seen) is not None
    assert re.search("[0-9a-f]{12}(?![-0-9a-f]*[.]docx)", aloud) is None
    assert f"\nNot read here, issues and check sums: escalate show {case.reference} --json\n" in aloud
    said = [line.strip() for line in seen.splitlines() if line.strip().startswith(("It says (", "As it was sent"))]
    assert said[0].startswith("It says (Options Considered)")
    assert re.fullmatch(r"As it was sent: \d+ fields", said[-1]) is not None


def test_a_child_of_whom_more_is_said_is_not_named_a_second_time(home: Path) -> None:
    case = a_case(home)
    more = e.PartyNamed(party="child-1", sort="child", name="Rowan Testcase", born_on=date(2018, 5, 3))
    record(home, case.stream, (more, date(2026, 4, 9)))

    said = run(home, "show", case.reference).out

    assert said.count("Rowan Testcase was named: a child.") == 1
    assert "  More was said of Rowan Testcase.\n     Born: Thursday 3 May 2018\n" in said
