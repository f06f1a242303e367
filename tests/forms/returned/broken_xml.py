"""Forms whose XML is another than Word writes: elements, attributes, depth, entities, encodings, namespaces."""

from __future__ import annotations

import re
from copy import deepcopy
from random import Random

from lxml import etree

from tests.forms.returned.broken import DECLARED, Mutation, into_the_body, with_text, xml_parts
from tests.forms.returned.paper import NAMESPACES, Paper, w, zipped


def _elements_dropped(content: bytes, chance: Random) -> bytes:
    paper = Paper(content)
    for _ in range(chance.choice((1, 3, 30))):
        every = list(paper.document.iter(etree.Element))[1:]
        if every:
            one = chance.choice(every)
            one.getparent().remove(one)
    return paper.save()


def _elements_doubled(content: bytes, chance: Random) -> bytes:
    paper = Paper(content)
    for _ in range(chance.choice((1, 3, 30))):
        one = chance.choice(list(paper.document.iter(etree.Element))[1:])
        one.addnext(deepcopy(one))
    return paper.save()


def _elements_moved(content: bytes, chance: Random) -> bytes:
    paper = Paper(content)
    for _ in range(chance.choice((1, 3, 30))):
        every = list(paper.document.iter(etree.Element))[1:]
        one, other = chance.choice(every), chance.choice(every)
        if one is not other and other not in list(one.iterancestors()):
            one.append(other)
    return paper.save()


def _elements_renamed(content: bytes, chance: Random) -> bytes:
    paper = Paper(content)
    every = list(paper.document.iter(etree.Element))
    for one in chance.sample(every, min(len(every), chance.choice((1, 5, 40)))):
        one.tag = chance.choice((chance.choice(every).tag, w("nothing"), "bare", "{urn:x}t"))
    return paper.save()


_VALUES = (
    "",
    "0",
    "-1",
    "abc",
    "ZZZZ",
    "99999999999999999999",
    "1.5",
    "\u0661",
    " 3 ",
    "None",
    "é" * 300,
    "A" * 200_000,
)


def _attributes_changed(content: bytes, chance: Random) -> bytes:
    paper = Paper(content)
    every = [one for one in paper.document.iter(etree.Element) if one.attrib]
    for one in chance.sample(every, min(len(every), chance.choice((1, 5, 40)))):
        name = chance.choice(list(one.attrib))
        if chance.random() < 0.2:
            del one.attrib[name]
        else:
            one.set(name, chance.choice(_VALUES))
    return paper.save()


def _attributes_swapped(content: bytes, chance: Random) -> bytes:
    """Ids, names and tags that others bear."""
    paper = Paper(content)
    kinds = [w(name) for name in ("bookmarkStart", "bookmarkEnd", "tag", "id", "pStyle", "alias")]
    every = [one for one in paper.document.iter(*kinds) if one.attrib]
    for _ in range(chance.choice((1, 5, 40))):
        one, other = chance.choice(every), chance.choice(every)
        for name in set(one.attrib) & set(other.attrib):
            one.attrib[name], other.attrib[name] = other.attrib[name], one.attrib[name]
    return paper.save()


def _odd_elements(content: bytes, chance: Random) -> bytes:
    odd = (
        '<w:sym w:char="ZZZ"/>',
        '<w:sym w:char="FFFFFFFFFF"/>',
        '<w:sym w:char="D800"/>',
        "<w:sym/>",
        "<w:sdt/>",
        "<w:sdt><w:sdtContent/><w:sdtContent/></w:sdt>",
        "<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent/></w:sdt>",
        "<w:bookmarkStart/>",
        "<w:bookmarkEnd/>",
        '<w:bookmarkStart w:id="1" w:name="esc_"/>',
        '<w:bookmarkEnd w:id="0"/>',
        "<w:tbl/>",
        "<w:tc/>",
        "<w:tr/>",
        '<w:tc><w:tcPr><w:gridSpan w:val="64"/><w:vMerge/></w:tcPr></w:tc>',
        '<w:tcPr><w:gridSpan w:val="-3"/></w:tcPr>',
        '<w:tcPr><w:gridSpan/><w:vMerge w:val="nonsense"/></w:tcPr>',
        "<w:body/>",
        "<w14:checkbox/>",
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked/></w14:checkbox></w:sdtPr></w:sdt>",
        "<w:sdt><w:sdtPr><w:dropDownList><w:listItem/></w:dropDownList></w:sdtPr><w:sdtContent/></w:sdt>",
        "<!-- a remark --><?target said?>",
        "<w:t>words without a run</w:t>",
        "<w:fldChar/><w:instrText>x</w:instrText>",
        "<mc:AlternateContent/>",
        "<w:txbxContent/>",
        "<w:ins><w:del><w:ins><w:r><w:t>deep</w:t></w:r></w:ins></w:del></w:ins>",
    )
    paper = Paper(content)
    for _ in range(chance.choice((1, 3, 10))):
        one = chance.choice(list(paper.document.iter(etree.Element))[1:])
        for new in reversed(list(etree.fromstring(f"<x {DECLARED}>{chance.choice(odd)}</x>"))):
            one.addnext(new) if one.tag != w("body") else one.append(new)
    return paper.save()


def _nested(content: bytes, chance: Random) -> bytes:
    depth = chance.choice((20, 100, 250, 1000, 5000, 100_000))
    outer, inner = chance.choice(
        (
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:ins>", "</w:ins>"),
            ("<w:p>", "</w:p>"),
            ("<w:sdt><w:sdtPr><w:tag w:val='lessons'/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:r><w:pict><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:pict></w:r>"),
        )
    )
    return into_the_body(content, f"{outer * depth}<w:p><w:r><w:t>deep</w:t></w:r></w:p>{inner * depth}")


def _not_well_formed(content: bytes, chance: Random) -> bytes:
    def change(text: str) -> str:
        at = chance.randrange(len(text))
        return (
            text[:at]
            + chance.choice(("<", ">", "&", "\x00", "</w:p>", "<w:p>", "]]>", "<![CDATA[", "&x;", "\x0b"))
            + text[at:]
        )

    return with_text(content, change, chance.choice(xml_parts(content)))


def _entities(content: bytes, chance: Random) -> bytes:
    doctype = chance.choice(
        (
            '<!DOCTYPE x [<!ENTITY a "ha">]>',
            '<!DOCTYPE x SYSTEM "http://invented.example/x.dtd">',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
            "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(20)) + "]>",
        )
    )
    part = chance.choice(xml_parts(content))
    encoding = chance.choice(("utf-8", "utf-16", "utf-16-be"))
    parts = Paper(content).parts
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[part].decode())
    parts[part] = (doctype + text).encode(encoding)
    return zipped(parts)


def _encoded_otherwise(content: bytes, chance: Random) -> bytes:
    part = chance.choice(xml_parts(content))
    parts = Paper(content).parts
    text = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[part].decode())
    said, real = chance.choice(
        (
            ("utf-16", "utf-16"),
            ("utf-8", "utf-16"),
            ("klingon", "utf-8"),
            ("ascii", "utf-8"),
            ("utf-7", "utf-7"),
            ("cp037", "cp037"),
        )
    )
    parts[part] = f'<?xml version="1.0" encoding="{said}"?>{text}'.encode(real, "replace")
    return zipped(parts)


def _another_namespace(content: bytes, chance: Random) -> bytes:
    """As "strict" documents have it, or as nobody has."""
    strict = chance.choice(("http://purl.oclc.org/ooxml/wordprocessingml/main", "urn:nobody", ""))
    return with_text(content, lambda text: text.replace(NAMESPACES["w"], strict or "x"))


KINDS: dict[str, Mutation] = {
    "elements dropped": _elements_dropped,
    "elements doubled": _elements_doubled,
    "elements moved": _elements_moved,
    "elements renamed": _elements_renamed,
    "attributes changed": _attributes_changed,
    "attributes swapped": _attributes_swapped,
    "odd elements": _odd_elements,
    "nested deep": _nested,
    "not well formed": _not_well_formed,
    "entities": _entities,
    "encoded otherwise": _encoded_otherwise,
    "another namespace": _another_namespace,
}
