"""Blank forms as partnerships lay them out, made with python-docx: invented, and named for their layout."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

TWO_COLUMNS = (
    ("Date", ""),
    ("Agency Raising Concern", ""),
    ("Reason for escalation", ""),
    ("Agencies Concerned", ""),
    ("Actions Taken & Outcomes", ""),
    ("Lessons Learnt", ""),
)
STACKED = (
    "RECORD OF DISCUSSION\nDate of Escalation:\n\nStage of Escalation: 2 or 3:\n",
    "NAME OF CHILD\n",
    "Date of Birth: ",
    "Address\n\n\n",
    "Person with PR",
    "Discussion: Key Issues:\n\n\n",
    "By Whom\n\nDate\n\nDecision\n\nActions\n\nRecommendations \n",
    "Form completed by:",
    "Date Completed:",
    "Signed",
)
STACKED_LABELS = """\
Date of Escalation:
Stage of Escalation: 2 or 3:
NAME OF CHILD
Date of Birth:
Address | long | child.address
Person with PR
Discussion: Key Issues:
By Whom
Date
Decision
Actions
Recommendations
Form completed by:
Date Completed:
Signed
"""
ROWS_BELOW = (
    "1.1 Name of child/young person:",
    None,
    "1.2 D.O.B:",
    None,
    "Section B: Concerns",
    "2.1 Brief details of professional difference:\nPlease describe the issue, concerns, and desired outcome.",
    None,
    "4.4 Action taken:",
    None,
)


def new_document() -> Any:
    document = docx.Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.core_properties.author = "Sam Invented"
    document.core_properties.last_modified_by = "Sam Invented"
    document.add_heading("Exampleshire Escalation Form", level=1)
    return document


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def two_columns(rows: Sequence[tuple[str, str]] = TWO_COLUMNS) -> bytes:
    document = new_document()
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            _write(cell, text)
    document.add_paragraph("Return this form to the Business Manager.")
    return saved(document)


def stacked(cells: Sequence[str] = STACKED) -> bytes:
    document = new_document()
    table = document.add_table(rows=len(cells), cols=1, style="Table Grid")
    for row, text in zip(table.rows, cells, strict=True):
        _write(row.cells[0], text)
    return saved(document)


def rows_below() -> bytes:
    document = new_document()
    table = document.add_table(rows=len(ROWS_BELOW), cols=1, style="Table Grid")
    for row, text in zip(table.rows, ROWS_BELOW, strict=True):
        _write(row.cells[0], text or "")
    return saved(document)


def under_headings() -> bytes:
    document = new_document()
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Concern", "Progress", "Outcome"), strict=True):
        _write(cell, text)
    return saved(document)


def with_rows(headings: Sequence[str] = ("Action", "Who", "By when"), empty: int = 3) -> bytes:
    """Lines, a table of headings over empty rows, and a line after it."""
    document = new_document()
    document.add_paragraph("Name of child: ______")
    document.add_paragraph("Decision:")
    table = document.add_table(rows=1 + empty, cols=len(headings), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        _write(cell, text)
    document.add_paragraph("Any other comments:")
    return saved(document)


def lines(*texts: str) -> bytes:
    """Labels outside any table, one paragraph each."""
    document = new_document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def with_xml(*cells: str) -> bytes:
    """Two columns, of which the right one is made of this XML; the left says "Label 1", "Label 2", …"""
    document = new_document()
    table = document.add_table(rows=len(cells), cols=2, style="Table Grid")
    for number, (row, xml) in enumerate(zip(table.rows, cells, strict=True), start=1):
        row.cells[0].paragraphs[0].add_run(f"Label {number}")
        cell = row.cells[1]._tc
        cell.remove(cell.p_lst[0])
        for element in parse_xml(f"<w:tc {NAMESPACES}>{xml}</w:tc>"):
            cell.append(element)
    return saved(document)


NAMESPACES = f'{nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def _write(cell: Any, text: str) -> None:
    first, *others = text.split("\n")
    cell.paragraphs[0].add_run(first).bold = True
    for line in others:
        cell.add_paragraph(line)


DROP_DOWN = (
    '<w:sdt><w:sdtPr><w:alias w:val="Gender"/><w:dropDownList><w:listItem w:displayText="Choose an item." w:value=""/>'
    '<w:listItem w:displayText="Girl" w:value="g"/><w:listItem w:displayText="Boy" w:value="b"/></w:dropDownList>'
    "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Choose an item.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)
CHOSEN = (
    '<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="Yes" w:value="Yes"/>'
    '<w:listItem w:displayText="No" w:value="No"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>Yes</w:t></w:r></w:sdtContent></w:sdt></w:p>"
)
DATE_PICKER = (
    "<w:p><w:sdt><w:sdtPr><w:date/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>"
    '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click or tap to enter a date.</w:t></w:r>'
    "</w:sdtContent></w:sdt></w:p>"
)
BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:text w:multiLine="1"/></w:sdtPr>'
    "<w:sdtContent><w:p><w:r><w:t>Click here to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)
LEGACY_TEXT = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:textInput/></w:ffData></w:fldChar>'
    '</w:r><w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>     </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
LEGACY_LIST = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="Stage 2"/>'
    '<w:listEntry w:val="Stage 3"/></w:ddList></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText xml:space="preserve"> FORMDROPDOWN </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
BOXES = "<w:p><w:r><w:t>☐ Yes   ☐ No   ☐ Not known</w:t></w:r></w:p>"
TRACKED = (
    '<w:p><w:ins w:id="9" w:author="Sam Invented"><w:r><w:t>____</w:t></w:r></w:ins>'
    '<w:del w:id="10" w:author="Sam Invented"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
)
EVERY_KIND = (DROP_DOWN, CHOSEN, DATE_PICKER, BOUND, LEGACY_TEXT, LEGACY_LIST, BOXES, TRACKED)
