"""Builds the Word templates of the shipped forms from their definitions: `python scripts/build_templates.py`.

The .docx files it writes are kept beside the definitions and may be edited in Word; this script is for beginning
again. Each answer is a run-level rich content control inside a bookmark, which survives Word, LibreOffice and hands.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from template_xml import FULL_WIDTH, SHADE, cell, computed, package, page, paragraph, part, row, run, table  # noqa: E402

from escalate.core.form_definition import FormDefinition, FormField  # noqa: E402
from escalate.files.form_files import read_definition  # noqa: E402
from escalate.render.word_package import to_bytes  # noqa: E402

LABEL_WIDTH = 2950


@dataclass(frozen=True)
class Look:
    """What a form's page says above its table, and how its fields lie in it.

    `cells` are the fields that share each cell of a single column; empty for labels on the left, answers on the right.
    """

    above: tuple[str, ...]
    heading: str
    about: str
    cells: tuple[tuple[str, ...], ...] = ()


LOOKS = {
    "knowsley-appendix-2": Look(
        above=("Appendix 2",),
        heading="KSCP Escalation Template",
        about="Fourteen cells one under another; each holds the label of a field and, under it, the answer.",
        cells=(
            ("escalated_on", "stage"),
            ("child_name",),
            ("child_born_on",),
            ("child_address",),
            ("parental_responsibility",),
            ("raising_agency",),
            ("receiving_agency",),
            ("key_issues",),
            ("options_considered",),
            ("by_whom", "discussed_on", "decision", "actions", "recommendations", "learning"),
            ("oversight", "manager_and_date"),
            ("completed_by",),
            ("completed_on",),
            ("signed",),
        ),
    ),
    "knowsley-appendix-3": Look(
        above=("Knowsley Safeguarding Children’s Partnership", "Escalation Policy", "Appendix 3"),
        heading="Governance Process",
        about="Two columns: the label of a field on the left, the answer on the right.",
    ),
}


def control(field: FormField, number: int) -> str:
    """Return the field's content control inside its bookmark; both must be the only ones of their name."""
    holds = ""
    if field.kind == "choice":
        items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in field.options)
        holds = f"<w:dropDownList>{items}</w:dropDownList>"
    elif field.kind == "date":
        holds = (
            '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
    identity = zlib.crc32(field.id.encode()) & 0x7FFFFFFF
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{field.bookmark}"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(field.label)}/><w:tag w:val="{field.id}"/>'
        f'<w:id w:val="{identity}"/>{holds}</w:sdtPr>'
        f"<w:sdtContent>{run('{{ ' + field.id + ' }}')}</w:sdtContent></w:sdt>"
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def stacked(definition: FormDefinition, look: Look) -> str:
    """Return one column: the label, and the answer under it, in one cell; where to send it below the table."""
    fields = list(definition.fields)
    rows = ""
    for ids in look.cells:
        content = ""
        for field in map(definition.field, ids):
            number = fields.index(field) + 1
            if number == 1:
                content += "".join(paragraph("Heading2", run(fixed)) for fixed in field.fixed_before)
            content += paragraph("FormLabel", run(field.label))
            content += paragraph("FormAnswer", control(field, number))
            # "And" closes the cell of the agency before it, as in the policy.
            if number < len(fields):
                content += "".join(paragraph("FormLabel", run(fixed)) for fixed in fields[number].fixed_before)
        may_be_long = any(definition.field(one).kind in ("long", "list") for one in ids)
        rows += row(cell(content, FULL_WIDTH), 900 if may_be_long else 0)
    ending = paragraph("FormNote", run(f"{definition.fixed_after[0]}: {{{{ issue.return_to }}}}"))
    return table(definition.title, look.about, (FULL_WIDTH,), rows) + ending


def side_by_side(definition: FormDefinition, look: Look) -> str:
    """Return two columns: the label on the left, the answer on the right; where to send it in the last row."""
    widths = (LABEL_WIDTH, FULL_WIDTH - LABEL_WIDTH)

    def pair(label: str, content: str, height: int = 0) -> str:
        left = cell(paragraph("FormLabel", run(label)), widths[0], SHADE)
        return row(left + cell(paragraph("FormAnswer", content), widths[1]), height)

    rows = "".join(
        pair(field.label, control(field, number), 1500 if field.kind in ("long", "list") else 0)
        for number, field in enumerate(definition.fields, start=1)
    )
    rows += pair(definition.fixed_after[0], run("This template should be returned: {{ issue.return_to }}"))
    return table(definition.title, look.about, widths, rows) + paragraph("FormNote", "")


def build(definition: FormDefinition) -> bytes:
    """Return the form's template as a .docx."""
    look = LOOKS[definition.id]
    body = "".join(paragraph("FormNote", run(line)) for line in look.above)
    body += paragraph("Heading1", run(look.heading))
    body += stacked(definition, look) if look.cells else side_by_side(definition, look)
    identity = run("Ref: {{ issue.reference }} · issue {{ issue.issue }} · {{ issue.anchor }}")
    numbers = run("Page ") + computed("PAGE") + run(" of ") + computed("NUMPAGES")
    footer = paragraph("Footer", f"{identity}<w:r><w:tab/></w:r>{numbers}")
    footer += paragraph("Footer", run("Return: {{ issue.return_to }}"))
    document = part("document", f"<w:body>{body}{page()}</w:body>")
    return to_bytes(package(definition.title, document, part("ftr", footer)))


def main() -> None:
    """Write every template beside its definition."""
    for name in LOOKS:
        definition = read_definition(ROOT / "templates" / f"{name}.toml")
        (ROOT / "templates" / definition.template).write_bytes(build(definition))
        print(f"built templates/{definition.template}")


if __name__ == "__main__":
    main()
