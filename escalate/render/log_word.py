"""The log as a Word document: the summary log's own columns on wide pages, its headings on each, pages numbered.

It is written part by part and not through a library: ten thousand lines then take a second and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from escalate.core.forms.dates import format_form_date
from escalate.core.reports.log import HEADINGS, CaseLog, LogLine
from escalate.render.log_cells import about, harmless, marking, on_paper, title_of
from escalate.render.word.package import Properties, set_properties, to_bytes

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'

# Twentieths of a point; together the width between the margins of a wide A4 page.
_WIDTHS = {
    "reference": 1750,
    "child": 1500,
    "concern": 2500,
    "need": 1350,
    "difference": 2400,
    "raised_on": 1150,
    "progress": 3050,
    "outcome": 1998,
}
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="720" w:right="570" w:bottom="720" w:left="570" w:header="400" w:footer="400" w:gutter="0"/>'
    "</w:sectPr>"
)


def log_as_docx(log: CaseLog) -> bytes:
    """Return the log as a .docx file; the same log gives the same bytes, with nobody's name in its properties."""
    title = title_of(log)
    parts = {name: (_DECLARATION + text).encode() for name, text in _fixed_parts().items()}
    parts["word/document.xml"] = (_DECLARATION + "".join(_document(log, title))).encode()
    parts["word/footer1.xml"] = (_DECLARATION + _footer(title, marking(log))).encode()
    set_properties(parts, Properties(title=title, issued_on=log.made_on, issue="", custom={}, by="escalate"))
    return to_bytes(parts)


def _document(log: CaseLog, title: str) -> Iterator[str]:
    yield f"<w:document {_SPACE}><w:body>{_paragraph(title, 'Heading1')}{_paragraph(marking(log), 'Head')}"
    count = f"{len(log.lines)} escalation{'' if len(log.lines) == 1 else 's'}."
    yield from (_paragraph(line, "Note") for line in (count, *about(log)))
    yield (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="15698" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val="{_said(title)}"/>'
        "</w:tblPr><w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS.values()) + "</w:tblGrid>"
    )
    heads = "".join(_cell(heading, _WIDTHS[name], "Head") for name, heading in HEADINGS.items())
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    yield from (_row(line) for line in log.lines)
    if not log.lines:
        yield f"<w:tr>{''.join(_cell('', width, 'Cell') for width in _WIDTHS.values())}</w:tr>"
    yield f"</w:tbl>{_paragraph(count, 'Note')}{_PAGE}</w:body></w:document>"


def _row(line: LogLine) -> str:
    cells = "".join(_cell(_words(line, name), width, "Cell") for name, width in _WIDTHS.items())
    return f"<w:tr>{cells}</w:tr>"  # one that is long goes on overleaf: kept whole it would leave half a page empty


def _words(line: LogLine, name: str) -> str:
    value = on_paper(line, name)
    return format_form_date(value) if isinstance(value, date) else str(value or "")


def _cell(words: str, width: int, style: str) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if style == "Head" else ""
    paragraphs = "".join(_paragraph(one, style) for one in words.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(words: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{_said(words)}</w:t></w:r>' if words else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _said(words: str) -> str:
    return escape(harmless(words), {'"': "&quot;"})


def _footer(title: str, marked: str) -> str:
    def computed(field: str) -> str:
        return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    between = '<w:r><w:t xml:space="preserve"> of </w:t></w:r>'
    begun = f'<w:r><w:t xml:space="preserve">{_said(title)} · page </w:t></w:r>'
    numbers = f"{begun}{computed('PAGE')}{between}{computed('NUMPAGES')}"
    page = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{numbers}</w:p>'
    return f"<w:ftr {_SPACE}>{_paragraph(marked, 'Head')}{page}</w:ftr>"


def _fixed_parts() -> dict[str, str]:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    beside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (("styles", "styles"), ("settings", "settings"), ("footer", "footer1")), start=1
        )
    )
    rels = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{rels}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f"{rels}{beside}</Relationships>",
        "word/settings.xml": f'<w:settings {_SPACE}><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/styles.xml": _styles(),
    }


def _styles() -> str:
    def paragraph(name: str, called: str, look: str, size: int) -> str:
        outline = '<w:outlineLvl w:val="0"/>' if name == "Heading1" else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:spacing w:before="20" w:after="20"/>{outline}'
            f'</w:pPr><w:rPr>{look}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:styles {_SPACE}><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:sz w:val="18"/><w:lang w:val="en-GB"/>'
        '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style>'
        + paragraph("Heading1", "heading 1", "<w:b/>", 30)
        + paragraph("Note", "Note", "", 18)
        + paragraph("Head", "Head", "<w:b/>", 17)
        + paragraph("Cell", "Cell", "", 16)
        + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        f'{lines}</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )
