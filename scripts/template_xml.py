"""The Word XML that the shipped templates are made of: paragraphs, cells, tables, styles and the package round them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

FULL_WIDTH = 9638  # twentieths of a point: A4 less two margins of 2 cm
LANDSCAPE_WIDTH = 14570
INK, SHADE, BAR, RULE = "1F1F1F", "EFEFEF", "D9D9D9", "7F7F7F"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Sheet:
    """How a form lies on its page; `wide` forms lie across it, in smaller letters. `more` styles than the first two."""

    wide: bool = False
    more: bool = False

    @property
    def width(self) -> int:
        return LANDSCAPE_WIDTH if self.wide else FULL_WIDTH


def part(root: str, content: str) -> str:
    """Return a whole part with this root element, such as "document"."""
    return f"{_DECLARATION}<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def paragraph(style: str, content: str, *, stays: bool = False) -> str:
    """Return a paragraph in a named style; one that `stays` is on the page of what follows it."""
    keep = "<w:keepNext/>" if stays else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{content}</w:p>'


def run(text: str, *, bold: bool = False) -> str:
    """Return text as a run."""
    look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def computed(field: str) -> str:
    """Return a field that Word computes, such as PAGE."""
    return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def cell(content: str, width: int, fill: str = "", columns: int = 1) -> str:
    """Return a table cell over so many columns; `fill` is its background."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{content}</w:tc>'


def row(cells: str, height: int = 0, *, heads: bool = False) -> str:
    """Return a table row: at least this high and free to run over the page, or, where 0, whole on one page.

    Args:
        heads: it holds the headings of the columns, and stands again at the top of each page.
    """
    look = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "<w:cantSplit/>"
    look += "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr>{look}</w:trPr>{cells}</w:tr>"


def table(title: str, description: str, widths: Sequence[int], rows: str) -> str:
    """Return a table with a title and a description for those who hear it.

    Of two columns the first holds headings; where a row of headings stands above, that row does.
    """
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    headed = int("<w:tblHeader/>" in rows)
    look, first = ("0680", 1) if len(widths) == 2 and not headed else ("0620" if headed else "0600", 0)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="115" w:type="dxa"/>'
        '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="115" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="{look}" w:firstRow="{headed}" w:lastRow="0" w:firstColumn="{first}" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(title)}/>'
        f"<w:tblDescription w:val={quoteattr(description)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def page(sheet: Sheet) -> str:
    """Return the page: A4, margins of 2 cm, the footer."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if sheet.wide else 'w:w="11906" w:h="16838"'
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr>'
    )


def _letters(half_points: int, *, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return f'{weight}<w:color w:val="{INK}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spaced(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _style(identity: str, name: str, paragraph_look: str, run_look: str) -> str:
    default = ' w:default="1"' if identity == "Normal" else ""
    base = "" if identity == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph_look}</w:pPr><w:rPr>{run_look}</w:rPr></w:style>"
    )


def styles(sheet: Sheet) -> str:
    """Return the styles: one typeface, dark letters on white, headings that are headings."""
    typeface = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    heading = '{}<w:outlineLvl w:val="{}"/>'
    # No style keeps with the next paragraph: in a table that would keep whole rows together, and tear the page.
    to_the_right = f'<w:tabs><w:tab w:val="right" w:pos="{sheet.width}"/></w:tabs>'
    indented = '<w:ind w:left="284"/>'
    more = (
        _style("FormPoint", "Form Point", _spaced(0, 20) + indented, _letters(19))
        + _style("FormCell", "Form Cell", _spaced(0, 20), _letters(18))
        if sheet.more
        else ""
    )
    return part(
        "styles",
        f"<w:docDefaults><w:rPrDefault><w:rPr>{typeface}{_letters(21)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spaced(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
        + _style("Normal", "Normal", _spaced(0, 0), _letters(21))
        + _style("Heading1", "heading 1", heading.format(_spaced(80, 180), 0), _letters(34, bold=True))
        + _style("Heading2", "heading 2", heading.format(_spaced(20, 100), 1), _letters(24, bold=True))
        + _style("FormLabel", "Form Label", _spaced(20, 20), _letters(19, bold=True))
        + _style("FormAnswer", "Form Answer", _spaced(20, 80), _letters(21))
        + _style("FormNote", "Form Note", _spaced(60, 60), _letters(19))
        + more
        # The first line of a footer stands clear of a table that goes on over the page; the others stand close to it.
        + _style("Footer", "footer", f"{to_the_right}{_spaced(120, 20)}<w:contextualSpacing/>", _letters(15))
        + '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:rPr><w:color w:val="595959"/></w:rPr></w:style>',
    )


def settings() -> str:
    """Return the document's settings: as Word has worked since 2013, in British English."""
    return part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


def package(title: str, document: str, footer: str, sheet: Sheet) -> Mapping[str, bytes]:
    """Return all the parts of a .docx with this text and footer."""
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml")), start=1
        )
    )
    parts = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE_TYPE}.core-properties+xml"/></Types>',
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}'
        "</Relationships>",
        "docProps/core.xml": f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>",
        "word/document.xml": document,
        "word/footer1.xml": footer,
        "word/styles.xml": styles(sheet),
        "word/settings.xml": settings(),
    }
    return {name: text.encode() for name, text in parts.items()}
