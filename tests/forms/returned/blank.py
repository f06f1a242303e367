"""The partnerships' own blank forms, laid out after their policies' text and filled in by hand: what they share.

Nothing of our templates is in them: no tag, no bookmark, no property, no style of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tests.forms.returned.paper import NAMESPACES, PACKAGE, RELATIONSHIPS, typed, zipped

_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BOLD = "<w:b/>"


class Pen:
    """How somebody fills a blank: where the answer goes, how lines end, what the form's own labels look like."""

    def __init__(self, chance: Random, style: str) -> None:
        self.chance = chance
        self.style = style
        self.label_look = chance.choice(("", BOLD, "<w:b/><w:sz w:val='20'/>"))
        self.breaks = chance.random() < 0.3

    def label(self, text: str) -> str:
        return f"<w:p>{typed(text, self.label_look)}</w:p>"

    def lines(self, text: str) -> str:
        """Return an answer in paragraphs of its own: one a line, or one with breaks."""
        if not text:
            return "<w:p/>"
        parts = [text] if self.breaks else text.split("\n")
        return "".join(f"<w:p>{typed(part) if part else ''}</w:p>" for part in parts)

    def on_the_label_s_line(self, label: str, text: str, between: str = " ") -> str:
        """Return label and answer in one paragraph; further lines in paragraphs of their own."""
        if not text:
            return self.label(label)
        first, _, rest = (text, "", "") if self.breaks else text.partition("\n")
        own = f"<w:p>{typed(label, self.label_look)}{typed(between + first)}</w:p>"
        return own + (self.lines(rest) if rest else "")

    def empty(self, most: int = 3) -> str:
        return "<w:p/>" * self.chance.randint(0, most)


def cell(content: str, span: int = 1) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{across}</w:tcPr>{content or "<w:p/>"}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(columns: int, rows: str) -> str:
    grid = "<w:gridCol/>" * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def control(shows: str, kind: str, *, is_empty: bool, tag: str = "") -> str:
    """Return one of the blank's own content controls, which no field of ours is named by."""
    flag = "<w:showingPlcHdr/>" if is_empty else ""
    look = '<w:rStyle w:val="PlaceholderText"/>' if is_empty else ""
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    return f"<w:sdt><w:sdtPr>{named}{flag}{kind}</w:sdtPr><w:sdtContent>{typed(shows, look)}</w:sdtContent></w:sdt>"


def printed(*texts: str) -> str:
    return "".join(f"<w:p>{typed(text) if text else ''}</w:p>" for text in texts)


def document(body: str, *, landscape: bool = False, header: Sequence[str] = ()) -> bytes:
    """Return a .docx with this text, as plain as one can be; `header` are the lines of its header."""
    width, height = ("16838", "11906") if landscape else ("11906", "16838")
    above = '<w:headerReference w:type="default" r:id="rId2"/>' if header else ""
    section = f'<w:sectPr>{above}<w:pgSz w:w="{width}" w:h="{height}"/></w:sectPr>'
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/></w:style>'
    )
    kinds = {"document": "document.main", "styles": "styles"} | ({"header1": "header"} if header else {})
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            [("styles", "styles"), ("header", "header1")][: len(kinds) - 1], start=1
        )
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {_DECLARED}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_DECLARED}>{styles}</w:styles>",
    }
    if header:
        parts["word/header1.xml"] = f"<w:hdr {_DECLARED}>{printed(*header)}</w:hdr>"
    return zipped({name: text.encode() for name, text in parts.items()})
