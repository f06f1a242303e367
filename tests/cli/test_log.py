from __future__ import annotations

import csv
import io
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from escalate.casework.desk import Desk
from escalate.casework.linking import link_cases
from escalate.core.events import LogGivenOut, PartyNamed
from escalate.store import readers
from escalate.store.verify import verify
from tests.builders import HEALTH, a_case, a_home, discussed, ended, entered, told
from tests.running import at_terminal, heavy_imports, run

TODAY = "2026-04-15"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cases of the first quarter and one of April: open, resolved, with the health service, later."""
    home = a_home(tmp_path_factory.mktemp("home"))
    a_case(
        home,
        told("2026-01-12"),
        decision_received_on=date(2026, 1, 12),
        concern="Rowan was seen with bruises. The Testcase family was told by Alex Practitioner.",
    )
    a_case(
        home,
        told("2026-02-02"),
        ended("1", "unresolved", "2026-02-04"),
        entered("2", "2026-02-04", left="1"),
        ended("2", "resolved", "2026-02-09"),
        number=2,
        child="Łukasz [redacted] Invented",
        decision_received_on=date(2026, 2, 2),
        nature='=HYPERLINK("http://invented.example")',
    )
    a_case(
        home,
        number=3,
        child="Ana Otherchild",
        receiving_agencies=(HEALTH,),
        themes=("communication",),
        decision_received_on=date(2026, 3, 31),
    )
    a_case(home, number=4, child="Fourth Testchild", decision_received_on=date(2026, 4, 1))
    return home


def log(home: Path, *words: str) -> list[dict[str, object]]:
    ran = run(home, "log", "--json", *words, today=TODAY)
    assert (ran.code, ran.err) == (0, "")
    return list(ran.data["escalations"])


def found(home: Path, *words: str) -> list[str]:
    return [str(line["reference"])[5:14] for line in log(home, *words)]


def test_the_last_full_quarter_is_logged_in_the_order_raised(home: Path) -> None:
    ran = run(home, "log", "--json", today=TODAY)

    assert (ran.code, ran.err) == (0, "")
    data = ran.data
    assert data["period"] == {"first": "2026-01-01", "last": "2026-03-31", "called": "January to March 2026"}
    assert (data["total"], data["with_names"], data["chosen_by"]) == (3, False, "raised")
    assert data["escalations"][1] == {
        "reference": "KSCP-2026-0002-XHGR",
        "also": [],
        "child": "Name: Ł.I.\nAge: 6",
        "concern": "Attendance fell to 61 %, and two disclosures were made at school.",
        "need": "",
        "difference": '=HYPERLINK("http://invented.example")',
        "raised_on": "2026-02-02",
        "progress": "02/02/2026, stage 1: raised with Exampleshire Children's Social Care (telephone)\n"
        "04/02/2026, stage 1: stage 1 ended with Exampleshire Children's Social Care: unresolved\n"
        "04/02/2026, stage 2: taken up to Stage 2: line manager to line manager\n"
        "09/02/2026, stage 2: resolved with Exampleshire Children's Social Care",
        "outcome": "09/02/2026, stage 2: resolved with Exampleshire Children's Social Care",
        "policy": "Knowsley Safeguarding Children Partnership (knowsley-2020-11)",
        "raised_by": "Invented Primary School",
        "raised_with": "Exampleshire Children's Social Care",
        "themes": "Level of need or threshold",
        "stage": "Stage 2: line manager to line manager",
        "state": "ended",
        "ended_on": "2026-02-09",
        "days": 5,
    }


def test_initials_stand_for_a_child_in_peoples_words_and_for_others_named_in_full(home: Path) -> None:
    line = log(home)[0]

    assert line["child"] == "Name: R.T.\nAge: 6"
    assert line["concern"] == "R.T. was seen with bruises. The T. family was told by A.P."


def test_a_child_of_another_case_stands_by_initials_too_and_an_adult_never_by_the_childs(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, number=2, child="Kit Otherchild", decision_received_on=date(2026, 1, 5))
    a_case(
        home,
        told("2026-01-12"),
        decision_received_on=date(2026, 1, 12),
        concern="Kit  Otherchild saw Rowan. Jo Testcase, her aunt, and Rowan Invented came; kit was left at home.",
    )

    line = log(home)[1]

    assert line["concern"] == "K.O. saw R.T. Jo T., her aunt, and R. Invented came; kit was left at home."


def test_a_name_of_another_case_is_known_without_its_accents_and_no_initials_stand_beside_a_part(
    tmp_path: Path,
) -> None:
    home = a_home(tmp_path)
    a_case(home, number=2, child="Zoë Ångström", decision_received_on=date(2026, 1, 5))
    a_case(home, number=3, child="Lee Ash", decision_received_on=date(2026, 1, 6))
    a_case(
        home,
        child="Ash Lee",
        decision_received_on=date(2026, 1, 12),
        concern="Zoe Angstrom’s friend saw Lee Ash – it was naïve. Here Kim Ash met Ash.",
    )

    line = log(home)[2]

    assert line["concern"] == "Z.Å.’s friend saw L.A. – it was naïve. Here Kim A. met A.L."


def test_an_agency_spelt_in_two_ways_has_the_name_of_the_case_that_named_it_first(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    spelt = (("agency-a", "Invented  health Visiting service"), ("agency-b", "Invented Health Visiting Service"))
    for number, (party, name) in enumerate(spelt, 1):
        named = PartyNamed(party=party, sort="agency", name=name)
        day = date(2026, 3, 3 - number)
        a_case(home, number=number, names=[named], receiving_agencies=(party,), decision_received_on=day)

    lines = log(home)

    assert [line["raised_with"] for line in lines] == ["Invented Health Visiting Service"] * 2
    assert "Invented  health" not in run(home, "report", "--quarter", "2026-Q1", today=TODAY).out


def test_what_nobody_was_told_of_yet_has_no_day_on_which_it_was_raised(home: Path) -> None:
    assert [line["raised_on"] for line in log(home)] == ["2026-01-12", "2026-02-02", None]
    assert "not told yet" in run(home, "log", today=TODAY).out


@pytest.mark.parametrize(
    ("words", "references"),
    [
        (("--quarter", "2026-Q2"), ["2026-0004"]),
        (("--year", "2026"), ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]),
        (("--since", "2026-02-02", "--until", "2026-02-02"), ["2026-0002"]),
        (("--since", "2026-02-03"), ["2026-0003", "2026-0004"]),
        (("--since", "2026-02-09", "--until", "2026-02-28", "--open-in"), ["2026-0001", "2026-0002"]),
        (("--since", "2026-02-10", "--until", "2026-02-28", "--open-in"), ["2026-0001"]),
        (("--policy", "knowsley"), ["2026-0001", "2026-0002", "2026-0003"]),
        (("--policy", "knowsley-2020-11"), ["2026-0001", "2026-0002", "2026-0003"]),
        (("--stage", "2"), ["2026-0002"]),
        (("--stage", "1"), ["2026-0001", "2026-0002", "2026-0003"]),
        (("--agency", "health  VISITING"), ["2026-0003"]),
        (("--agency", "Primary School"), ["2026-0001", "2026-0002", "2026-0003"]),
        (("--theme", "communication"), ["2026-0003"]),
        (("--theme", "communication between agencies"), ["2026-0003"]),
        (("--theme", "Between agencies"), ["2026-0003"]),
    ],
)
def test_a_log_is_of_what_is_asked_for(home: Path, words: tuple[str, ...], references: list[str]) -> None:
    assert found(home, *words) == references


@pytest.mark.parametrize(
    ("words", "said", "known"),
    [
        (
            ("--policy", "knows"),
            '"knows" is no policy that a case here was raised under',
            "--policy is one of: knowsley-2020-11",
        ),
        (
            ("--agency", "%"),
            "no case here names this agency",
            "those named are: Exampleshire Children's Social Care, Invented Health Visiting Service, "
            "Invented Primary School",
        ),
        (("--stage", "9"), '"9" is no stage of the policies here', "known are: 1, 2, 3, 4"),
        (("--theme", "gardening"), "the policies here have no such theme", "known are: communication"),
    ],
)
def test_cannot_log_what_nothing_here_could_match(home: Path, words: tuple[str, ...], said: str, known: str) -> None:
    ran = run(home, "log", *words, today=TODAY)

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (4, "", f"error: {said}")
    assert known in " ".join(ran.err.split()) or known.startswith("known are")


def test_cannot_name_anybody_of_the_record_in_why_names_are_asked_for(own_home: Path) -> None:
    ran = run(own_home, "log", "--names", "--because", "Rowan's solicitor asked", today=TODAY)

    assert (ran.code, ran.out, "Rowan" in ran.err) == (3, "", False)
    assert ran.err.startswith("error: why the names are asked for seems to name somebody of a case")
    assert given(own_home) == []


def test_on_paper_a_line_says_between_whom_it_is_and_how_it_stands(home: Path, tmp_path: Path) -> None:
    for kind in ("xlsx", "docx"):
        assert run(home, "log", "--out", str(tmp_path / f"log.{kind}"), today=TODAY).code == 0

    sheet = openpyxl.load_workbook(tmp_path / "log.xlsx")["Log"]
    assert sheet["A2"].value == (
        "KSCP-2026-0001-RQXZ\nInvented Primary School → Exampleshire Children's Social Care\nStage 1, open"
    )
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.scale) == (8, "landscape", 70)
    assert (sheet.print_area, sheet.print_title_cols) == ("'Log'!$A$1:$P$4", "$A:$A")
    assert [one.id for one in sheet.col_breaks.brk] == [8]
    assert sheet.oddHeader.center.text == "RESTRICTED: initials and agencies may tell of a child"
    with zipfile.ZipFile(tmp_path / "log.docx") as archive:
        document, footer = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footer1"))
    assert "RESTRICTED: initials" in document
    assert "RESTRICTED: initials" in footer
    assert "Stage 1, open" in document
    assert document.count("<w:cantSplit/>") == 1
    assert document.count("3 escalations.") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--quarter", "2026-Q5"), '"2026-Q5" is not a quarter; write 2026-Q1 for January to March 2026'),
        (("--year", "26"), '"26" is not a year; write 2026, or any days as their first and their last'),
        (("--since", "1/4/2026"), '"1/4/2026" is not a day; write year, month, day: 2026-04-01'),
        (("--until", "2026-04-01"), "the last day is given, and not the first"),
        (
            ("--quarter", "2026-Q1", "--year", "2026"),
            "a quarter, a year and two days are three ways to name one period",
        ),
        (
            ("--since", "2026-04-01", "--until", "2026-03-31"),
            "the period would end on 31 March 2026, before it begins on 1 April 2026",
        ),
    ],
)
def test_cannot_log_days_that_are_not_a_period(home: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(home, "log", *words, today=TODAY)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"error: escalate log: {said}"


def test_linked_cases_are_one_line_that_of_the_one_raised_first(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    later = a_case(home, decision_received_on=date(2026, 3, 2))
    first = a_case(home, number=2, decision_received_on=date(2026, 2, 2))
    with Desk(home) as desk:
        link_cases(desk, later.reference, first.reference, "They are one.")

    (line,) = log(home, "--year", "2026")

    assert (line["reference"], line["also"]) == (first.reference, [later.reference])
    assert found(home, "--since", "2026-03-01", "--until", "2026-03-31") == []


def test_linked_cases_are_open_while_one_is_and_told_with_the_agencies_and_the_progress_of_all(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    ended_first = a_case(
        home, told("2026-02-03"), ended("1", "resolved", "2026-02-05"), decision_received_on=date(2026, 2, 2)
    )
    still_open = a_case(
        home,
        told("2026-02-04", HEALTH),
        entered("2", "2026-04-02", left="1"),
        number=2,
        decision_received_on=date(2026, 2, 3),
        receiving_agencies=(HEALTH,),
        themes=("threshold",),
    )
    with Desk(home) as desk:
        link_cases(desk, still_open.reference, ended_first.reference, "They are one.")

    (line,) = log(home, "--open-in", "--since", "2026-03-01", "--until", "2026-04-15")

    assert (line["reference"], line["also"]) == (ended_first.reference, [still_open.reference])
    assert (line["state"], line["ended_on"], line["days"]) == ("open", None, None)
    assert line["stage"].startswith("Stage 2")
    assert line["raised_with"] == "Exampleshire Children's Social Care; Invented Health Visiting Service"
    assert [words[:10] for words in line["progress"].splitlines()] == [
        "03/02/2026",
        "04/02/2026",
        "05/02/2026",
        "02/04/2026",
    ]
    assert log(home, "--year", "2026", "--agency", "Invented Health") == [line]
    assert log(home, "--year", "2026", "--stage", "2") == [line]
    assert log(home, "--year", "2026", "--theme", "threshold") == [line]


def test_linked_cases_that_ended_both_ended_on_the_later_day(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    later = a_case(home, ended("1", "resolved", "2026-04-09"), decision_received_on=date(2026, 4, 2))
    first = a_case(home, ended("1", "resolved", "2026-04-02"), number=2, decision_received_on=date(2026, 4, 1))
    with Desk(home) as desk:
        link_cases(desk, later.reference, first.reference, "They are one.")

    (line,) = log(home, "--year", "2026")

    # From the concern on Wednesday 1 April: Thursday, then Tuesday to Thursday of the week after Easter.
    assert (line["reference"], line["ended_on"], line["days"]) == (first.reference, "2026-04-09", 4)


def test_the_day_raised_is_that_on_which_the_other_side_was_first_told(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    a_case(home, told("2026-04-13"), decision_received_on=date(2026, 2, 3))

    (line,) = log(home, "--year", "2026")

    assert line["raised_on"] == "2026-04-13"


def test_what_was_corrected_or_redacted_is_logged_as_it_stands_now(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    case = a_case(
        home,
        discussed("2026-02-03", decision="A neighbour was named."),
        discussed("2026-02-04", decision="A visit each week."),
        decision_received_on=date(2026, 2, 2),
    )
    spoke = [event.sequence for event in case.events() if event.kind == "discussion recorded"]
    case.redact(spoke[0], "2026-02-05")
    case.correct(spoke[1], "2026-02-05", to="2026-02-05", decision="A visit each month.")

    (line,) = log(home)

    assert line["progress"] == (
        "05/02/2026, stage 1: discussed with Exampleshire Children's Social Care; decided: A visit each month;"
        " said: Both sides spoke."
    )


def test_through_a_pipe_each_line_is_one_with_every_column(home: Path) -> None:
    ran = run(home, "log", "--stage", "2", today=TODAY)

    head, line = ran.out.splitlines()
    assert head.split("\t")[:8] == [
        "Escalation Ref Number",
        "Child Details",
        "Concern",
        "Level of Need",
        "Summary of Professional Difference",
        "Date initial escalation raised",
        "Action taken / Progress updates",
        "Outcome / Summary of Resolution",
    ]
    assert line.split("\t")[:2] == ["KSCP-2026-0002-XHGR", "Name: Ł.I.⏎Age: 6"]
    assert line.split("\t")[-2:] == ["2026-02-09", "5"]


def test_plain_speaks_a_line_at_a_time(home: Path) -> None:
    ran = run(home, "log", "--plain", "--agency", "health", today=TODAY)

    assert ran.out == (
        "Log of escalations raised: January to March 2026. 1 escalation.\n\n"
        "Escalation Ref Number: KSCP-2026-0003-E3GY.\n"
        "  Child Details: Name: A.O.; Age: 7.\n"
        "  Concern: Attendance fell to 61 %, and two disclosures were made at school.\n"
        "  Summary of Professional Difference: The case was closed after one visit.\n"
        "  Date initial escalation raised: not told yet.\n"
        "  Policy: Knowsley Safeguarding Children Partnership (knowsley-2020-11).\n"
        "  Raised by: Invented Primary School.\n"
        "  Raised with: Invented Health Visiting Service.\n"
        "  Themes: Communication between agencies.\n"
        "  Stage: Stage 1: practitioner to practitioner.\n"
        "  State: open.\n\n"
        "RESTRICTED: initials and agencies may tell of a child\n"
        "Made on 15 April 2026. Initials stand for recorded names: of the children of a\n"
        "case in its line, whole or in part; of everybody else in this record, where the\n"
        "name stands whole. A name that nobody recorded stands as it was written.\n"
        "What people wrote stands as they wrote it otherwise: it may hold telephone\nnumbers and e-mail addresses.\n"
        "Only: agency health.\n"
        "One line for each escalation; linked cases count once. Ages are those on the day\nit was raised.\n"
        "Whole, as a file: escalate log --format xlsx   (or csv, docx)\n"
    )


def test_no_line_of_a_terminal_is_wider_than_it(home: Path) -> None:
    for columns in (60, 120):
        ran = at_terminal(home, "log", "--limit", "2", columns=columns, today=TODAY, NO_COLOR="1", TERM="xterm")

        assert ran.code == 0
        assert "1 more: --limit 3, or a file" in ran.out
        assert "KSCP-2026-0002-XHGR" in ran.out
        assert "KSCP-2026-0003" not in ran.out


def test_nothing_found_says_which_other_days_there_are(home: Path) -> None:
    assert run(home, "log", "--year", "2024", "--plain", today=TODAY).out.splitlines()[-2:] == [
        "Other days: --quarter 2026-Q1, --year 2026, --since and --until; --open-in for",
        "all that were open",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--since", "2024-01-01", "--until", "2024-02-01"),
            "Log of escalations raised: 1 January 2024 to 1 February 2024. No escalation is found.\n",
        ),
        (
            ("--quarter", "2027-Q1"),
            "Log of escalations raised: January to March 2027. No escalation is found. These days have not begun: they"
            " begin on Friday 1 January 2027.\n",
        ),
    ],
)
def test_an_empty_log_through_a_pipe_says_so_beside_it(home: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(home, "log", *words, today=TODAY)

    assert (ran.code, len(ran.out.splitlines()), ran.err) == (0, 1, said)


def test_a_spreadsheet_has_days_numbers_filters_and_headings_that_stay(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"

    ran = run(home, "log", "--out", str(path), today=TODAY)

    assert ran == (0, f"3 escalations in {path}\nescalate has sent nothing and told nobody.\n", "")
    sheet = openpyxl.load_workbook(path)["Log"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.max_row) == ("B2", "A1:P4", 4)
    assert sheet.column_dimensions["C"].width == 40
    raised, over, days = sheet["F3"], sheet["O3"], sheet["P3"]
    assert (raised.value.date(), raised.number_format) == (date(2026, 2, 2), "dd/mm/yyyy")
    assert (over.value.date(), days.value, days.data_type) == (date(2026, 2, 9), 5, "n")
    assert (sheet["E3"].value, sheet["E3"].data_type, sheet["E3"].quotePrefix) == (
        '=HYPERLINK("http://invented.example")',
        "s",
        True,
    )
    assert sheet["O2"].value is None


def test_the_same_log_is_the_same_file_with_nobodys_name_in_its_properties(home: Path, tmp_path: Path) -> None:
    for kind in ("xlsx", "csv", "docx"):
        files = [tmp_path / f"{number}.{kind}" for number in (1, 2)]
        for path in files:
            assert run(home, "log", "--out", str(path), today=TODAY).code == 0

        assert files[0].read_bytes() == files[1].read_bytes()
    for name in ("1.xlsx", "1.docx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            told_of_itself = b"".join(archive.read(part) for part in archive.namelist() if part.startswith("docProps"))
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"<dc:creator>escalate</dc:creator>" in told_of_itself
        assert b"openpyxl" not in told_of_itself
        assert b"Practitioner" not in told_of_itself


def test_comma_separated_values_say_they_are_utf_8_and_hold_no_formula(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    run(home, "log", "--out", str(path), today=TODAY)

    content = path.read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[2][4:6] == ['\'=HYPERLINK("http://invented.example")', "2026-02-02"]
    assert lines[2][1] == "Name: Ł.I.\nAge: 6"
    assert lines[0][16] == "RESTRICTED: initials and agencies may tell of a child"
    assert {len(line) for line in lines} == {17}


def test_a_log_never_overwrites_another(home: Path, tmp_path: Path) -> None:
    first = run(home, "log", "--format", "csv", "--out", str(tmp_path), "--json", today=TODAY)
    second = run(home, "log", "--format", "csv", "--out", str(tmp_path), "--json", today=TODAY)

    assert [Path(ran.data["path"]).name for ran in (first, second)] == [
        "log-2026-01-01-to-2026-03-31.csv",
        "log-2026-01-01-to-2026-03-31-2.csv",
    ]
    there = tmp_path / "log-2026-01-01-to-2026-03-31.csv"
    assert run(home, "log", "--out", str(there), today=TODAY) == (
        8,
        "",
        f"error: {there}: a file is there already\n    name another with --out, or a folder\nNothing was recorded.\n",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "pdf"), 'escalate log: "pdf" is not a format'),
        (("--out", "somewhere"), "escalate log: what kind of file is not said"),
        (
            ("--format", "csv", "--out", "a.xlsx"),
            "escalate log: --format csv and a file ending in .xlsx do not go together",
        ),
    ],
)
def test_cannot_write_a_kind_of_file_that_is_not_known(home: Path, words: tuple[str, ...], said: str) -> None:
    ran = run(home, "log", *words, today=TODAY)

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"error: {said}")


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    home = a_home(tmp_path / "home")
    a_case(home, told("2026-01-12"), decision_received_on=date(2026, 1, 12), concern="Rowan was seen.")
    return home


def given(home: Path) -> list[LogGivenOut]:
    with closing(readers.open_for_reading(home / "escalate.db")) as con:
        return [event.fact for event in readers.chronology(con, "logs") if isinstance(event.fact, LogGivenOut)]


def test_names_in_full_are_recorded_with_why_and_how_many(own_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "full.csv"

    ran = run(
        own_home, "log", "--names", "--because", "An inspection.", "--agency", "school", "--out", str(path), today=TODAY
    )

    assert ran == (
        0,
        f"1 escalation in {path}\n"
        "It holds names in full. Recorded: who asked, when and why. escalate log --given shows it.\n"
        "escalate has sent nothing and told nobody.\n",
        "",
    )
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert lines[1][1:3] == ["Name: Rowan Testcase\nDOB: 3 March 2019\nAge: 6\nUnique identifier:", "Rowan was seen."]
    (fact,) = given(own_home)
    assert (fact.first_on, fact.last_on, fact.agency, fact.cases, fact.given_as, fact.reason) == (
        date(2026, 1, 1),
        date(2026, 3, 31),
        "school",
        1,
        "csv",
        "An inspection.",
    )
    assert len(fact.digest) == 64
    assert verify(own_home / "escalate.db").is_sound
    shown = run(own_home, "log", "--given", "--json", today=TODAY).data
    assert (shown[0]["by"], shown[0]["reason"], shown[0]["cases"]) == ("Alex Practitioner", "An inspection.", 1)


def test_names_shown_on_the_screen_are_recorded_too(own_home: Path) -> None:
    ran = run(own_home, "log", "--names", "--because", "A panel.", today=TODAY)

    assert "Name: Rowan Testcase" in ran.out
    assert [(fact.given_as, fact.digest) for fact in given(own_home)] == [("screen", "")]


def test_cannot_have_names_without_saying_why(own_home: Path) -> None:
    assert run(own_home, "log", "--names", today=TODAY) == (
        2,
        "",
        "error: names in full: it is recorded who asked for them and why\n"
        '    say why: --because "an inspection asked for them", without anybody\'s name\n'
        "Nothing was recorded.\n",
    )
    assert given(own_home) == []


def test_cannot_have_a_file_with_names_where_nothing_could_be_recorded(own_home: Path, tmp_path: Path) -> None:
    there = tmp_path / "full.csv"
    there.write_text("mine", encoding="utf-8")

    ran = run(own_home, "log", "--names", "--because", "A panel.", "--out", str(there), today=TODAY)

    assert (ran.code, there.read_text(encoding="utf-8")) == (8, "mine")
    assert given(own_home) == []
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["full.csv"]


def test_a_log_on_the_screen_neither_writes_nor_makes_files(home: Path) -> None:
    assert heavy_imports(home, "log", "--quarter", "2026-Q1") == []
