"""Builds the Word templates of the shipped forms from their definitions: `python scripts/build_templates.py`.

The .docx files it writes are kept beside the definitions and may be edited in Word; this script is for beginning
again. Each answer is a run-level rich content control inside a bookmark, which survives Word, LibreOffice and hands.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from template_blocks import blocks, control  # noqa: E402
from template_looks import LOOKS, Look  # noqa: E402
from template_xml import FULL_WIDTH, SHADE, Sheet, cell, computed, package, page, paragraph, part, row, run, table  # noqa: E402

from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition  # noqa: E402
from escalate.files.forms.loading import read_definition  # noqa: E402
from escalate.render.word.package import to_bytes  # noqa: E402


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
    widths = (look.label_width, FULL_WIDTH - look.label_width)

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
    sheet = Sheet(wide=look.wide, more=bool(look.blocks))
    body = "".join(paragraph("FormNote", run(line)) for line in look.above)
    if definition.standing == "reconstructed":
        body = paragraph("FormNote", run(NOT_OFFICIAL, bold=True)) + body
    body += paragraph("Heading1", run(look.heading))
    if definition.updates:
        body += paragraph("FormNote", run("{{ issue.changes }}"))
    body += "".join(paragraph("FormNote", run(line)) for line in look.notes)
    body += "".join(paragraph("FormPoint", run(line)) for line in look.points)
    if look.blocks:
        body += blocks(definition, look, sheet)
    else:
        body += stacked(definition, look) if look.cells else side_by_side(definition, look)
    identity = run("Ref: {{ issue.reference }} · issue {{ issue.issue }} · {{ issue.anchor }}")
    numbers = run("Page ") + computed("PAGE") + run(" of ") + computed("NUMPAGES")
    footer = paragraph("Footer", f"{identity}<w:r><w:tab/></w:r>{numbers}")
    if definition.return_to:
        footer += paragraph("Footer", run("Return: {{ issue.return_to }}"))
    document = part("document", f"<w:body>{body}{page(sheet)}</w:body>")
    return to_bytes(package(definition.title, document, part("ftr", footer), sheet))


def main() -> None:
    """Write every template beside its definition."""
    for name in LOOKS:
        definition = read_definition(ROOT / "templates" / f"{name}.toml")
        (ROOT / "templates" / definition.template).write_bytes(build(definition))
        print(f"built templates/{definition.template}")


if __name__ == "__main__":
    main()
