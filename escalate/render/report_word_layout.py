"""How a report's paper is laid out in Word: page, fonts, header and footer, and what python-docx has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_FONT = "Arial"
_SHADE = "E7EDF3"
_SHORT = 12  # lines, with the headings


def set_page(document: Any) -> None:
    """Make it A4 with margins of 2.2 cm."""
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)


def set_styles(document: Any) -> None:
    """Set one font for everything, dark headings that keep to what follows, and the styles that a report needs."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = document.styles
    sizes = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Caption": 10, "List Bullet": 10.5, "Header": 9, "Footer": 9}
    for name, size in (("Marking", 12), ("Picture", 10.5), ("Table text", 9), ("Table note", 9)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        sizes[name] = size
    for name, size in sizes.items():
        style = styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        _one_font(style)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Marking"].font.bold = True
    styles["Caption"].font.bold, styles["Caption"].font.italic = True, False
    styles["Caption"].paragraph_format.space_before = Pt(8)
    for name in ("Caption", "Picture", "Heading 1"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Table text", "Table note"):
        styles[name].paragraph_format.space_before = styles[name].paragraph_format.space_after = Pt(2)
    styles["Title"].paragraph_format.space_after = Pt(10)


def stand_on_every_page(document: Any, *, above: str, below: str) -> None:
    """Put the marking above and the issue, with the page's number, below every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(above).bold = True
    foot = section.footer.paragraphs[0]
    # Word's own footer style stops in the middle first.
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{below}\tPage ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field that Word works out anew, with what it shows until then."""
    field = _new("w:fldSimple", **{"w:instr": instruction})
    run, text = _new("w:r"), _new("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def boxed(paragraph: Any) -> None:
    """Draw a line round a paragraph."""
    borders = _new("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_new(f"w:{side}", **{"w:val": "single", "w:sz": "12", "w:space": "4", "w:color": "1A1A1A"}))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def shade(cell: Any) -> None:
    """Give a heading's cell a light ground, on which dark words stand out as 12 to 1 and more."""
    cell._tc.get_or_add_tcPr().append(_new("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": _SHADE}))


def describe_table(table: Any, title: str, words: str) -> None:
    """Give a table the title and words that a screen reader says."""
    properties = table._tbl.tblPr
    properties.append(_new("w:tblCaption", **{"w:val": title}))
    properties.append(_new("w:tblDescription", **{"w:val": words}))


def describe_picture(shape: Any, place: int, title: str, words: str) -> None:
    """Give a picture its alternative text, and names that say nothing of where it was made."""
    properties = shape._inline.docPr
    properties.set("id", str(100 + place))
    properties.set("name", f"Figure {place}")
    properties.set("title", title)
    properties.set("descr", words)
    inner = shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr
    inner.set("name", f"figure-{place}.png")
    inner.set("descr", words)


def widths_of(table: Any, widths: Sequence[float], *, has_head: bool = False, has_notes: bool = False) -> None:
    """Set the widths of a table's columns, in centimetres; repeat its first row on each page; break no row in two.

    Neither its first line stands alone at the foot of a page, nor its last one, or its notes, at the head of another.
    """
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(_new("w:cantSplit"))
        if has_head and not place:
            properties.append(_new("w:tblHeader"))
        below = len(table.rows) - 1 - place
        # A short table stays on one page, with its caption.
        if (below and (place < 2 or below < 2 or len(table.rows) <= _SHORT)) or (has_notes and not below):
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _one_font(style: Any) -> None:
    """Take the theme's fonts away, which would stand before the one that is named, and set the language."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    properties.append(_new("w:lang", **{"w:val": "en-GB", "w:eastAsia": "en-GB"}))


def _new(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
