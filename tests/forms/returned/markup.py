"""What Word and LibreOffice do to a document's markup when it is saved, and what leaves no word changed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.forms.returned.hand import Hand, NotHere
from tests.forms.returned.paper import cell_of, element, elements, paragraph_of, replace_with, typed, w
from tests.forms.returned.words import day


def runs_split(hand: Hand) -> None:
    """Each run of the text cut at random places, with Word's marks of sittings, spelling and pages between."""
    for run in list(hand.paper.body.iter(w("r"))):
        text = run.find(w("t"))
        if [child.tag for child in run if child.tag != w("rPr")] != [w("t")] or text.text is None or len(text.text) < 2:
            continue
        pieces, rest = [], text.text
        while rest:
            cut = hand.chance.randint(1, max(1, len(rest)))
            pieces.append(rest[:cut])
            rest = rest[cut:]
        replace_with(run, [one for piece in pieces for one in _split_off(hand, run, piece)])


def _split_off(hand: Hand, run: Any, piece: str) -> list[Any]:
    new = deepcopy(run)
    new.find(w("t")).text = piece
    new.find(w("t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    new.set(w("rsidR"), f"00{hand.chance.randrange(16**6):06X}")
    if hand.chance.random() < 0.1:
        new.find(w("t")).addprevious(element("<w:lastRenderedPageBreak/>"))
    around = [new]
    if hand.chance.random() < 0.2:
        around = [element('<w:proofErr w:type="spellStart"/>'), new, element('<w:proofErr w:type="spellEnd"/>')]
    return around


def marks_of_the_cursor(hand: Hand) -> None:
    """Word's own bookmark where somebody stopped, inside an answer, and a permission round another."""
    one = hand.pick_filled()
    inside = hand.inside(one)
    inside.insert(0, element('<w:bookmarkStart w:id="990" w:name="_GoBack"/>'))
    inside.insert(1, element('<w:bookmarkEnd w:id="990"/>'))
    line = paragraph_of(hand.control(hand.pick()))
    line.append(element('<w:permStart w:id="5" w:edGrp="everyone"/>'))
    line.append(element('<w:permEnd w:id="5"/>'))


def wrapped(hand: Hand) -> None:
    """An answer's runs inside a link, a smart tag, or another control."""
    one = hand.pick_filled()
    inside = hand.inside(one)
    wrap = hand.chance.choice(
        (
            '<w:hyperlink w:history="1"/>',
            '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="PersonName"/>',
            '<w:customXml w:element="x"/>',
            '<w:bdo w:val="ltr"/>',
        )
    )
    outer = element(wrap)
    outer.extend(list(inside))
    inside.append(outer)


def computed_field(hand: Hand) -> None:
    """Today's date put in by Word: the instruction is no answer, its result is."""
    one = hand.pick(lambda field: field.kind == "date")
    says = day(hand.chance)
    if hand.chance.random() < 0.5:
        xml = f'<w:fldSimple w:instr=" DATE ">{typed(says)}</w:fldSimple>'
    else:
        begin, middle, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
        )
        instruction = '<w:r><w:instrText xml:space="preserve"> DATE </w:instrText></w:r>'
        xml = f"{begin}{instruction}{middle}{typed(says)}{end}"
    hand.put(one, xml, says)


def control_round_the_cell(hand: Hand) -> None:
    """The answer's control stands round its whole cell, or round the cell's paragraphs."""
    one = hand.pick()
    control = hand.control(one)
    cell = cell_of(control)
    alone = [child for child in paragraph_of(control) if child.tag in (w("r"), w("sdt"))] == [control]
    if cell is None or not alone or len(cell.findall(w("p"))) != 1 or cell.findall(w("sdt")):
        raise NotHere
    outer = element("<w:sdt><w:sdtContent/></w:sdt>")
    outer.insert(0, control.find(w("sdtPr")))
    line = paragraph_of(control)
    replace_with(control, list(control.find(w("sdtContent"))))
    if hand.chance.random() < 0.5:
        replace_with(line, [outer])
        outer.find(w("sdtContent")).append(line)
        cell.append(element("<w:p/>"))
    else:
        replace_with(cell, [outer])
        outer.find(w("sdtContent")).append(cell)


def table_wrapped(hand: Hand) -> None:
    """A table inside a control or an element of somebody's schema, and a row inside another."""
    table = hand.a_table()
    row = hand.chance.choice(table.findall(w("tr")))
    block = element("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
    replace_with(row, [block])
    block[1].append(row)
    outer = element(hand.chance.choice(("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>", '<w:customXml w:element="x"/>')))
    replace_with(table, [outer])
    (outer if outer.tag == w("customXml") else outer[1]).append(table)


def spaced_out(hand: Hand) -> None:
    """Empty paragraphs above and below every answer, and the cells' last paragraphs empty."""
    for field in hand.fields():
        line = paragraph_of(hand.control(field))
        for _ in range(hand.chance.randint(0, 2)):
            line.addprevious(element("<w:p/>"))
        for _ in range(hand.chance.randint(0, 3)):
            line.addnext(element("<w:p/>"))


def breaks_of_pages(hand: Hand) -> None:
    """A page break and a section break between and before the tables."""
    table = hand.a_table()
    for one in elements('<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr></w:p>'):
        table.addprevious(one)


def building_blocks_kept(hand: Hand) -> None:
    """Word keeps what empty controls show in a document of its own inside the file."""
    shown = "<w:p><w:r><w:t>Click or tap here to enter text.</w:t></w:r></w:p>"
    block = f"<w:docPart><w:docPartPr/><w:docPartBody>{shown}</w:docPartBody></w:docPart>"
    hand.paper.add_part(
        "glossary/document.xml", "glossaryDocument", f"<w:docParts>{block}</w:docParts>", "document.glossary"
    )


WAYS = {
    "runs split": runs_split,
    "marks of the cursor": marks_of_the_cursor,
    "wrapped": wrapped,
    "computed field": computed_field,
    "control round the cell": control_round_the_cell,
    "table wrapped": table_wrapped,
    "spaced out": spaced_out,
    "breaks of pages": breaks_of_pages,
    "building blocks kept": building_blocks_kept,
}
