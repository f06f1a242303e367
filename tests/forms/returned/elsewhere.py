"""Ways of returning a form with words where it has no field: between its tables, in comments, boxes, notes, margins."""

from __future__ import annotations

import re

from tests.forms.returned.hand import Hand, NotHere
from tests.forms.returned.paper import NAMESPACES, WHO, element, elements, paragraph, paragraph_of, typed, w
from tests.forms.returned.words import lines, sentence

_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def paragraph_outside_the_tables(hand: Hand) -> None:
    for _ in range(hand.chance.randint(1, 3)):
        text = lines(hand.chance, 2)
        blocks = [child for child in hand.paper.body if child.tag in (w("p"), w("tbl"))]
        beside = hand.chance.choice(blocks)
        for one in elements("".join(paragraph(line) for line in text.split("\n"))):
            beside.addprevious(one)
        hand.elsewhere.append(text)


def words_added_to_a_heading(hand: Hand) -> None:
    """At the end of a paragraph that the form prints above, between or below its tables."""
    printed = [child for child in hand.paper.body if child.tag == w("p") and "".join(child.itertext()).strip()]
    if not printed:
        raise NotHere
    text = sentence(hand.chance)
    hand.chance.choice(printed).append(element(typed(f" {text}")))
    hand.elsewhere.append(text)


def paragraph_above_a_label(hand: Hand) -> None:
    """In the label's cell."""
    row = hand.control(hand.pick()).iterancestors(w("tr"))
    cell = next(next(row).iter(w("tc")), None)
    text = sentence(hand.chance)
    cell.find(w("p")).addprevious(element(paragraph(text)))
    hand.elsewhere.append(text)


def comment_added(hand: Hand) -> None:
    one = hand.pick()
    text = sentence(hand.chance)
    line = paragraph_of(hand.control(one))
    hand.paper.add_part(
        "comments.xml",
        "comments",
        f'<w:comment w:id="1" w:initials="IP" {WHO}>{paragraph(text)}</w:comment>',
        "comments",
    )
    line.insert(1 if line.find(w("pPr")) is not None else 0, element('<w:commentRangeStart w:id="1"/>'))
    line.extend(elements('<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'))
    hand.elsewhere.append(text)


def note_added(hand: Hand) -> None:
    """A footnote or an endnote to an answer."""
    one = hand.pick_filled()
    text = sentence(hand.chance)
    kind = hand.chance.choice(("footnote", "endnote"))
    separators = (
        f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>'
    )
    said = f'<w:{kind} w:id="1"><w:p><w:r><w:{kind}Ref/></w:r>{typed(f" {text}")}</w:p></w:{kind}>'
    hand.paper.add_part(f"{kind}s.xml", f"{kind}s", separators + said, f"{kind}s")
    paragraph_of(hand.control(one)).append(element(f'<w:r><w:{kind}Reference w:id="1"/></w:r>'))
    hand.elsewhere.append(text)


def text_box_added(hand: Hand) -> None:
    """Word writes it twice: as a shape, and for older programs as a drawing of another kind."""
    text = sentence(hand.chance)
    box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    new = element(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData "
        "uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    if hand.chance.random() < 0.5:
        hand.a_table().addprevious(new)
    else:
        paragraph_of(hand.control(hand.pick())).append(new[0])
    hand.elsewhere.append(text)


def old_text_box_added(hand: Hand) -> None:
    """As Word 2007 wrote one: a picture with words, and nothing beside it."""
    text = sentence(hand.chance)
    hand.a_table().addprevious(
        element(
            f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox>"
            "</v:shape></w:pict></w:r></w:p>"
        )
    )
    hand.elsewhere.append(text)


def header_added(hand: Hand) -> None:
    text = sentence(hand.chance)
    identity = hand.paper.add_part("header9.xml", "hdr", paragraph(text), "header")
    section = next(hand.paper.body.iter(w("sectPr")))
    for old in section.findall(w("headerReference")):
        section.remove(old)
    section.insert(0, element(f'<w:headerReference w:type="default" r:id="{identity}"/>'))
    hand.elsewhere.append(text)


def footer_edited(hand: Hand) -> None:
    names = [name for name in hand.paper.parts if re.fullmatch(r"word/footer\d*\.xml", name)]
    if not names:
        raise NotHere
    text = sentence(hand.chance)
    xml = hand.paper.parts[names[0]].decode()
    new = paragraph(text).replace("<w:p>", f"<w:p {_DECLARED}>", 1)
    if hand.chance.random() < 0.5:
        xml = xml.replace("</w:ftr>", f"{new}</w:ftr>")
    else:
        place = xml.index("</w:p>")
        run = typed(f" {text}").replace("<w:r>", f"<w:r {_DECLARED}>", 1)
        xml = f"{xml[:place]}{run}{xml[place:]}"
    hand.paper.parts[names[0]] = xml.encode()
    hand.elsewhere.append(text)


def hidden_words(hand: Hand) -> None:
    """Hidden letters, in a paragraph of their own."""
    text = sentence(hand.chance)
    hand.a_table().addprevious(element(paragraph(text, "<w:vanish/>")))
    hand.elsewhere.append(text)


def equation(hand: Hand) -> None:
    """Words typed into what Word takes for a formula."""
    text = sentence(hand.chance, odd=0)
    inside = f"<m:oMathPara><m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath></m:oMathPara>"
    hand.a_table().addprevious(element(f"<w:p>{inside}</w:p>"))
    hand.elsewhere.append(text)


def control_of_their_own(hand: Hand) -> None:
    """A content control that the form does not have, beside its tables."""
    text = lines(hand.chance, 2)
    tag = '<w:tag w:val="somebody_elses"/>'
    inside = "".join(paragraph(line) for line in text.split("\n"))
    hand.a_table().addprevious(element(f"<w:sdt><w:sdtPr>{tag}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"))
    hand.elsewhere.append(text)


WAYS = {
    "paragraph outside the tables": paragraph_outside_the_tables,
    "words added to a heading": words_added_to_a_heading,
    "paragraph above a label": paragraph_above_a_label,
    "comment added": comment_added,
    "note added": note_added,
    "text box added": text_box_added,
    "old text box added": old_text_box_added,
    "header added": header_added,
    "footer edited": footer_edited,
    "hidden words": hidden_words,
    "equation": equation,
    "control of their own": control_of_their_own,
}
