"""Croydon's blank, as its policy prints it, filled in by hand: its lists and dates are content controls of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.forms.returned.blank import Pen, cell, control, document, printed, row, table
from tests.forms.returned.boxes import BOXES, box

STYLES = ("in the controls", "typed over the controls", *(f"with {sort} ticked" for sort in BOXES))
_CONCERNS = (
    "Brief description of your concerns (incl. key dates, evidence of need, key procedural issue/disagreement, "
    "summary of interventions to date)"
)
_BARS = {
    "3": "An invented instruction, as long as the blank's own: fill it in once stage 3 is there, however it ended.",
    "4": "An invented instruction, as long as the blank's own: fill it in once stage 4 is there, however it ended.",
    "5": "An invented instruction: fill this part in only where nothing before was resolved.",
}
_DATE = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/></w:date>'
_OPTIONS = "".join(f'<w:listItem w:displayText="{option}" w:value="{option}"/>' for option in ("Yes", "No"))
_LIST = f"<w:dropDownList>{_OPTIONS}</w:dropDownList>"
_ABOVE = (
    "Appendix - Escalation Notification Form",
    "",
    "An invented paragraph in place of the blank's own: what the form is for, who looks at it, and that what comes of "
    "it is told once a year – as long as such paragraphs are, with a dash and a space at its end. ",
    "",
    "When to complete this form:",
    "An invented line: use it from stage 3 on, and again at ",
    "Stages 4 and 5",
    "An invented line: keep a copy, and put what matters on the child’s record",
    "An invented line: initials, no names",
    "An invented line: send it securely to forms@invented.example  ",
    "If printing this form, expand all fields before printing. ",
    "",
)

# In place of the instructions that the blank prints, which are the partnership's own words.
STAND_INS = (*_BARS.values(), *(line.strip() for line in _ABOVE if line.startswith("An invented")))


def notification(answers: Mapping[str, str], pen: Pen) -> bytes:
    """Return the notification form with these answers, by the definition's ids in the form's order."""
    rest = iter(answers.values())
    rows = row(cell(pen.label("Details of person completing notification  "), 10))
    for label in ("Name", "Role", "Agency", "Email"):
        rows += _pair(label, pen.lines(next(rest)), pen)
    rows += _pair("Date", pen.lines(next(rest)), pen)
    rows += row(cell(pen.label("Details of child/young person   "), 10))
    rows += _pair("Full name", pen.lines(next(rest)), pen)
    born = (cell(pen.label("Date of birth")), cell(_chosen(next(rest), "Click or tap to enter a date.", _DATE, pen)))
    lists: list[str] = []
    for label in ("Gender ", "Ethnicity", "SEND"):
        lists += [cell(pen.label(label)), cell(_chosen(next(rest), "Choose an item.", _LIST, pen))]
    rows += row(*born, *lists, cell(""), cell(""))
    rows += _stage("3", "Yes", rest, pen) + row(cell(printed("", ""), 10)) + _stage("4", "No", rest, pen)
    rows += row(cell(printed("", ""), 10)) + _last_stage(rest, pen)
    below = printed("", "Submit the completed form via secure email to the CSCP Manager at CSCP@Croydon.gov.uk", "")
    return document(printed(*_ABOVE) + table(10, rows) + below)


def _pair(label: str, answer: str, pen: Pen) -> str:
    return row(cell(pen.label(label), 2), cell(answer, 8))


def _stage(number: str, preset: str, rest: Iterator[str], pen: Pen) -> str:
    concerns, resolved, decision, learning, on = (next(rest) for _ in range(5))
    question = pen.label("Is the matter resolved?") + printed("(please select from the drop down menu)")
    guidance = printed(
        "If yes, please provide details of the outcome below.", "", f"If no, please move to section {int(number) + 1} "
    )
    return (
        row(cell(pen.label(f"Stage {number}"), 2), cell(printed(_BARS[number]), 8))
        + row(cell(pen.label(_CONCERNS), 10))
        + row(cell(pen.lines(concerns) + pen.empty(1), 10))
        + row(cell(question, 2), cell(_resolved(resolved or preset, pen), 2), cell(guidance, 6))
        + _pair("Decision / Outcome", pen.lines(decision), pen)
        + _pair("Summary of key learning", pen.lines(learning), pen)
        + _pair("Date", pen.lines(on), pen)
    )


def _last_stage(rest: Iterator[str], pen: Pen) -> str:
    concerns, decision, learning, on = (next(rest) for _ in range(4))
    asked = pen.label("Outline concerns along with supporting evidence.")
    return (
        row(cell(pen.label("Stage 5"), 2), cell(printed(_BARS["5"]), 8))
        + row(cell(asked + printed("Conclude with a request for the Executive Group to consider."), 10))
        + row(cell(pen.lines(concerns), 10))
        + row(
            cell(pen.label("Partnership Executive") + pen.label("Decision / Outcome"), 2), cell(pen.lines(decision), 8)
        )
        + _pair("Summary of key learning", pen.lines(learning), pen)
        + _pair("Date", pen.lines(on), pen)
    )


def _chosen(answer: str, shows: str, kind: str, pen: Pen) -> str:
    if answer and pen.style == "typed over the controls":
        return pen.lines(answer)
    return f"<w:p>{control(answer or shows, kind, is_empty=not answer)}</w:p>"


def _resolved(answer: str, pen: Pen) -> str:
    sort = pen.style.removeprefix("with ").removesuffix(" ticked")
    if sort in BOXES:
        return f"<w:p>{''.join(box(option, option == answer, sort) for option in ('Yes', 'No'))}</w:p>"
    if pen.style == "typed over the controls":
        return pen.lines(answer)
    return f"<w:p>{control(answer, _LIST, is_empty=False)}</w:p>"
