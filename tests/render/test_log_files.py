from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from escalate.core.reports.log import Asked, CaseLog, LogLine
from escalate.core.reports.periods import quarter
from escalate.render.log_cells import is_like_a_formula
from escalate.render.log_csv import log_as_csv
from escalate.render.log_sheet import log_as_xlsx
from escalate.render.log_word import log_as_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    '=HYPERLINK("http://invented.example";"click")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "\u200b=1+1",
    "\u00a0\u00ad\u2060=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "%0A=1",
    "|calc",
)


def a_line(**more: object) -> LogLine:
    given: dict[str, object] = {
        "reference": "KSCP-2026-0001-RQXZ",
        "child": "Name: R.T.\nAge: 6",
        "concern": "Attendance fell to 61 %.",
        "need": "",
        "difference": "The case was closed.",
        "raised_on": date(2026, 1, 12),
        "progress": "",
        "outcome": "",
        "policy": "Knowsley",
        "raised_by": "Invented Primary School",
        "raised_with": "Exampleshire Children's Social Care",
        "themes": "",
        "stage": "Stage 1",
        "state": "open",
        "ended_on": None,
        "days": None,
    }
    return LogLine(**{**given, **more})  # type: ignore[arg-type]


def a_log(*lines: LogLine) -> CaseLog:
    return CaseLog(asked=Asked(period=quarter(2026, 1)), lines=lines, made_on=date(2026, 4, 15))


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_a_spreadsheet_could_run_are_known(words: str) -> None:
    assert is_like_a_formula(words)


@pytest.mark.parametrize("words", ["", "1 = one", "Rowan’s day", "(see +1)", "“=”"])
def test_other_words_are_left_alone(words: str) -> None:
    assert not is_like_a_formula(words)


def test_hostile_words_are_words_in_a_spreadsheet() -> None:
    log = a_log(*(a_line(concern=words) for words in HOSTILE))

    sheet = openpyxl.load_workbook(io.BytesIO(log_as_xlsx(log)))["Log"]

    cells = [sheet.cell(row=row, column=3) for row in range(2, len(HOSTILE) + 2)]
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_hostile_words_begin_with_an_apostrophe_where_values_are_separated_by_commas() -> None:
    log = a_log(*(a_line(concern=words) for words in HOSTILE))

    lines = list(csv.reader(io.StringIO(log_as_csv(log).decode("utf-8-sig"), newline="")))

    assert [line[2] for line in lines[1:]] == [f"'{words}" for words in HOSTILE]


def test_what_no_file_may_hold_is_shown_as_a_box_and_brackets_stay() -> None:
    log = a_log(a_line(concern="a\x00b\x1b[31m\ud800 <b>&amp; [redacted]"))

    sheet = openpyxl.load_workbook(io.BytesIO(log_as_xlsx(log)))["Log"]

    assert sheet["C2"].value == "a\ufffdb\ufffd[31m\ufffd <b>&amp; [redacted]"
    assert "a\ufffdb\ufffd[31m\ufffd <b>&amp; [redacted]" in _cells(log_as_docx(log))[1]


def test_words_written_like_a_code_stay_as_they_are_and_too_many_say_so() -> None:
    log = a_log(a_line(concern="_x0041_", difference="w" * 40_000))

    sheet = openpyxl.load_workbook(io.BytesIO(log_as_xlsx(log)))["Log"]

    assert sheet["C2"].value == "_x005F_x0041_"
    assert len(sheet["E2"].value) == 32_767
    assert sheet["E2"].value.endswith(" … (a cell holds no more: see escalate show)")


def _cells(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    return [
        [
            "\n".join("".join(text.text or "" for text in one.iter(f"{W}t")) for one in cell.iter(f"{W}p"))
            for cell in row.iter(f"{W}tc")
        ]
        for row in root.iter(f"{W}tr")
    ]


def test_a_word_document_has_the_columns_of_a_summary_log_and_repeats_their_heads() -> None:
    content = log_as_docx(a_log(a_line(also=("KSCP-2026-0002-XHGR",)), a_line(raised_on=date(2026, 3, 31))))

    rows = _cells(content)

    assert rows[0] == [
        "Escalation Ref Number",
        "Child Details",
        "Concern",
        "Level of Need",
        "Summary of Professional Difference",
        "Date initial escalation raised",
        "Action taken / Progress updates",
        "Outcome / Summary of Resolution",
    ]
    assert rows[1] == [
        "KSCP-2026-0001-RQXZ\nalso KSCP-2026-0002-XHGR\n"
        "Invented Primary School → Exampleshire Children's Social Care\nStage 1, open",
        "Name: R.T.\nAge: 6",
        "Attendance fell to 61 %.",
        "",
        "The case was closed.",
        "12 January 2026",
        "",
        "",
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
        footer = archive.read("word/footer1.xml").decode()
    assert document.count("<w:tblHeader/>") == 1
    assert 'w:orient="landscape"' in document
    assert '<w:fldSimple w:instr=" PAGE ">' in footer
    assert "Log of escalations raised: January to March 2026" in footer


def test_libreoffice_reads_the_same_words_days_and_numbers_in_a_spreadsheet(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is needed")
    (tmp_path / "log.xlsx").write_bytes(log_as_xlsx(a_log(a_line(concern="=1+1", ended_on=date(2026, 2, 9), days=5))))
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0", "--outdir", str(tmp_path)]

    subprocess.run([*command, str(tmp_path / "log.xlsx")], check=True, capture_output=True, timeout=300)

    if not (tmp_path / "log.csv").is_file():
        pytest.skip("LibreOffice is here without its spreadsheets")
    head, line = csv.reader(io.StringIO((tmp_path / "log.csv").read_text(encoding="utf-8-sig"), newline=""))
    assert (head[2], line[2], line[5], line[14:]) == ("Concern", "=1+1", "12/01/2026", ["09/02/2026", "5"])
