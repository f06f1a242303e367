"""Herefordshire's two blanks, as its protocol prints them, filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.forms.returned.blank import Pen, cell, document, printed, row, table

_HEADINGS = (
    ("Escalation Ref Number",),
    ("Child Details ", "Name: ", "DOB: ", "Age: ", "Unique identifier:"),
    ("Concern ",),
    ("Level of Need", "(if the level of need is part of the challenge, indicate current and proposed level)"),
    ("Summary of Professional Difference",),
    ("Date initial escalation raised",),
    ("Action taken / Progress updates",),
    ("Outcome  / Summary of Resolution",),
)
APPENDIX_1_STYLES = ("in the rows", "with rows added")
APPENDIX_2_STYLES = ("in the next cell", "under the label", "on the same line")
# In place of the instructions that the blanks print, which are the partnership's own words; as long as those.
STAND_INS = (
    "An invented line: the log may be kept by whoever wants a summary of what was taken up.",
    "An invented paragraph: where the finished form goes, at forms@invented.example, and to whom at Stage 2 / in which "
    "post (as the policy says).",
    "An invented paragraph: who goes on being responsible once it has been sent, what the team’s part in it is, what "
    "it is not, unless a meeting is to be arranged at Stage 4.",
)
_NEED = "(Right help right time, also state any legal orders, CIN / CP Plan, etc.)"
_A, _B, _C = "Section A: Escalation Information", "Section B: Progress Updates", "Section C: Resolution Summary"
# Labels by row; a row without an answer is a bar over both columns.
_SECTION_A: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("Multi-Agency Resolution: Escalation Template – (required from Stage 2)",), False),
    ((_A,), False),
    (
        (
            "1. Child’s information",
            "If the escalation is not about a specific child, complete Section 2: Practice Issue / Themed Escalation",
        ),
        False,
    ),
    (("1.1 Name of child/young person:",), True),
    (("1.2 D.O.B:",), True),
    (("1.3 Child’s Address: ",), True),
    (("1.4 Unique child reference number ", "(e.g. Mosaic I.D)"), True),
    (("2. Concerns",), False),
    (
        (
            "2.1 Brief details of professional difference:",
            "Please describe the issue, concerns, and desired outcome.",
        ),
        True,
    ),
    (
        (
            "2.2 What are the key themes or practice issues in this matter?",
            "Please note if this is a recurring issue. If so, it is helpful to reference previous escalations.",
        ),
        True,
    ),
    (("3. Professionals’ Information",), False),
    (
        ("3.1 Name of Professional, role, agency and email contact details of the person escalating a concern:",),
        True,
    ),
    (("3.2 Name(s) of other professionals involved, roles and agency:",), True),
    (("4. Level of Need and Action Taken",), False),
    ((f"4.1 Current level of need {_NEED}",), True),
    ((f"4.2 Perceived level of need {_NEED}",), True),
    (("4.3 Date of initial concern:",), True),
    (("4.4 Action taken:",), True),
)
_PROGRESS = "Progress update (include meetings, agreed actions, timeframes and if escalation moves to higher stages)"
_LEARNT = (
    "Please indicate lessons learned, themes, recommendations for the HSCP to consider, and any feedback from the "
    "resolution process:"
)


def appendix_1(rows: Sequence[Mapping[str, str]], pen: Pen) -> bytes:
    """Return Appendix 1 with these rows, each by column in the form's order; it has seven rows, or more."""
    heading = row(*(cell("".join(pen.label(line) for line in lines)) for lines in _HEADINGS))
    filled = [row(*(cell(pen.lines(answer)) for answer in one.values())) for one in rows]
    filled += [row(*(cell("") for _ in _HEADINGS))] * (7 - len(filled))
    above = printed(
        "Appendix 1: Agency escalation Summary Log",
        STAND_INS[0],
        "",
        "AGENCY ESCALATION SUMMARY LOG",
        "(For completion by Line Manager/Safeguarding Lead as appropriate)",
    )
    return document(above + table(8, heading + "".join(filled)) + printed(""), landscape=True)


def appendix_2(answers: Mapping[str, str], pen: Pen) -> bytes:
    """Return Appendix 2 with these answers, by the definition's ids in the form's order."""
    rest = iter(answers.values())
    bar = lambda *lines: row(cell("".join(pen.label(line) for line in lines), 2))  # noqa: E731
    first = ""
    for lines, has_answer in _SECTION_A:
        if not has_answer:
            first += bar(*lines)
        elif lines[0].startswith("2.1"):
            # Over both columns, with the answer in the row below.
            first += bar(*lines) + row(cell(pen.lines(next(rest)), 2))
        else:
            first += _answered(lines, next(rest), pen)
    second = bar(_B) + _answered((_PROGRESS,), next(rest), pen)
    third = bar(_C) + _answered(("Methodology used to resolve disagreement:",), next(rest), pen)
    third += _where_and_when(next(rest), next(rest), pen)
    for label in (_LEARNT, "Form completed by: ", "Date: "):
        third += _answered((label,), next(rest), pen)
    fourth = bar("Section 4: HSCP Partnership Manager")
    for label in ("Date received by HSCP Partnership Manager: ", "Actions taken by HSCP"):
        fourth += _answered((label,), next(rest), pen)
    body = printed(
        "Appendix 2: Report to HSCP – Multi-Agency Resolution template ",
        "Professional Differences Policy ",
        *STAND_INS[1:],
    )
    body += table(2, first) + printed("", "As the escalation progresses, please update Section B:")
    body += table(2, second) + printed("", "After the escalation is resolved, please complete Section C:")
    body += table(2, third) + printed("", "To be completed by HSCP Partnership Manager:")
    return document(body + table(2, fourth) + printed(""))


def _answered(lines: Sequence[str], answer: str, pen: Pen) -> str:
    labels = "".join(pen.label(line) for line in lines)
    if pen.style == "under the label":
        return row(cell(labels + pen.lines(answer)), cell(""))
    if pen.style == "on the same line" and len(lines) == 1:
        return row(cell(pen.on_the_label_s_line(lines[0], answer)), cell(""))
    return row(cell(labels), cell(pen.lines(answer) + pen.empty(1)))


def _where_and_when(stage: str, on: str, pen: Pen) -> str:
    """Return the row that asks for two things in one cell."""
    head = pen.label("Difference resolved at:")
    if pen.style == "on the same line":
        both = pen.on_the_label_s_line("Escalation Stage:", stage) + pen.on_the_label_s_line("Date:", on)
        return row(cell(head + both), cell(""))
    if pen.style == "under the label":
        both = pen.label("Escalation Stage:") + pen.lines(stage) + pen.label("Date:") + pen.lines(on)
        return row(cell(head + both), cell(""))
    # Beside the two labels, in two lines of the next cell, the first empty as the first label's line is.
    labels = head + pen.label("Escalation Stage:") + pen.label("Date:")
    return row(cell(labels), cell(f"<w:p/>{pen.lines(stage)}{pen.lines(on)}"))
