"""Knowsley's two blanks, as its policy prints them, filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tests.forms.returned.blank import Pen, cell, document, printed, row, table

_BETWEEN = "Between       (Agency)"
_RETURN = (
    "This template should be returned FAO the invented manager, Knowsley Safeguarding Children Business Manager. "
    "Email: business.manager@invented.example . "
)
# Fourteen cells one under another. A line that is no field's label is printed and nothing else.
_CELLS = (
    ("RECORD OF DISCUSSION re Escalation", "Date of Escalation:", "Stage of Escalation: 2 or 3:"),
    ("NAME OF CHILD",),
    ("Date of Birth: ",),
    ("Address",),
    ("Person with PR",),
    (_BETWEEN,),
    ("(Agency)",),
    ("Discussion: Key Issues:",),
    ("Options Considered: ",),
    ("By Whom", "Date", "Decision", "Actions", "Recommendations ", "Identified Learning for KSCP:"),
    ("Managerial Oversight: ", "Managers name & date discussed:"),
    ("Form completed by:",),
    ("Date Completed:",),
    ("Signed",),
)
APPENDIX_2_STYLES = ("on the same line", "on the next line", "after a break", "after a tab", "among empty lines")
_ROWS = (
    "Date",
    "Agency Raising Concern",
    "Reason for escalation",
    "Agencies Concerned",
    "Actions Taken & Outcomes",
    "Lessons Learnt",
)
APPENDIX_3_STYLES = ("in the next cell", "under the label", "among empty lines")


def appendix_2(answers: Mapping[str, str], pen: Pen) -> bytes:
    """Return Appendix 2 with these answers, by the definition's ids in the form's order."""
    rest = iter(answers.values())
    rows = ""
    for lines in _CELLS:
        content = ""
        for label in lines:
            content += printed(label) if label.startswith("RECORD") else _answered(label, next(rest), pen)
        rows += row(cell(content))
    body = printed(" Appendix 2", "", "KSCP Escalation Template", "") + table(1, rows) + printed("", _RETURN)
    return document(body)


def _answered(label: str, answer: str, pen: Pen) -> str:
    # "And" stands at the end of the line of the first agency; the second agency's cell follows.
    tail = " " * 40 + "And" + " " * 20 if label == _BETWEEN else ""
    if pen.style == "on the same line" and tail:
        return printed(f"{label} {answer}{tail}")
    if pen.style == "on the same line":
        return pen.on_the_label_s_line(label, answer) + pen.empty()
    if pen.style == "after a tab" and not tail:
        return pen.on_the_label_s_line(label, answer, "\t") + pen.empty()
    if pen.style == "after a break" and not tail:
        return pen.on_the_label_s_line(label, answer, "\n") + pen.empty()
    space = pen.empty() if pen.style == "among empty lines" else ""
    return pen.label(label + tail) + space + pen.lines(answer) + space


def appendix_3(answers: Mapping[str, str], pen: Pen) -> bytes:
    """Return Appendix 3 with these answers, by the definition's ids in the form's order."""
    rows = ""
    for label, answer in zip(_ROWS, answers.values(), strict=True):
        space = pen.empty(6) if pen.style == "among empty lines" else ""
        if pen.style == "under the label":
            rows += row(cell(f"<w:p/>{pen.label(label)}{pen.lines(answer)}<w:p/>"), cell("<w:p/>"))
        else:
            rows += row(cell(f"{space}{pen.label(label)}{space}"), cell(f"{space}{pen.lines(answer)}{space}"))
    rows += row(cell(pen.label("On completion:")), cell(printed(_RETURN)))
    above = printed(" Knowsley Safeguarding Children’s Partnership", "", "Escalation Policy ", "", "Appendix 3 ", "")
    return document(above + printed("Governance Process", "") + table(2, rows) + printed(""))
