"""A Word document in the hands of somebody who edits it: its parts, its text's XML, and the pieces Word writes.

Written against the file format, and not with the reader's own code: it is what the reader is tried with.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = {
    "w": WORD,
    "r": RELATIONSHIPS,
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
WHO = 'w:author="Invented Person" w:date="2026-04-14T09:30:00Z"'


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def elements(xml: str) -> list[Any]:
    """Return the elements that this piece of Word's XML holds."""
    return list(etree.fromstring(f"<x {_DECLARED}>{xml}</x>".encode()))


def element(xml: str) -> Any:
    (one,) = elements(xml)
    return one


def typed(text: str, look: str = "", of: str = "w:t") -> str:
    """Return text as one run of Word's: its line ends are breaks and its tabs tabs. `of` may be "w:delText"."""
    inside = ""
    for number, line in enumerate(text.split("\n")):
        inside += "<w:br/>" if number else ""
        for place, piece in enumerate(line.split("\t")):
            inside += "<w:tab/>" if place else ""
            inside += f'<{of} xml:space="preserve">{escape(piece)}</{of}>' if piece else ""
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inside}</w:r>"


def paragraph(text: str, look: str = "") -> str:
    return f"<w:p>{typed(text, look) if text else ''}</w:p>"


class Paper:
    """A .docx taken apart: `parts` by name, and its text as a tree."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])

    @property
    def body(self) -> Any:
        return self.document.find(w("body"))

    def control(self, field_id: str) -> Any:
        """Return the first content control that is tagged with this id, or None."""
        for control in self.body.iter(w("sdt")):
            tag = control.find(f"{w('sdtPr')}/{w('tag')}")
            if tag is not None and tag.get(w("val")) == field_id:
                return control
        return None

    def tables(self) -> list[Any]:
        return [table for table in self.body.iter(w("tbl")) if next(table.iterancestors(w("tbl")), None) is None]

    def add_part(self, name: str, root: str, content: str, kind: str) -> str:
        """Add a part of Word's own, such as "comments", to the package; return its relationship's id."""
        self.parts[f"word/{name}"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_DECLARED}>{content}</w:{root}>'.encode()
        )
        types = self.parts["[Content_Types].xml"].decode()
        override = (
            f'<Override PartName="/word/{name}" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
        self.parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>").encode()
        return self.relate(kind, name)

    def relate(self, kind: str, target: str, more: str = "") -> str:
        name = "word/_rels/document.xml.rels"
        identity = f"rIdNew{len(self.parts)}{target.count('/')}{kind[:3]}"
        made = f'<Relationship Id="{identity}" Type="{RELATIONSHIPS}/{kind}" Target="{escape(target)}"{more}/>'
        empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
        rels = self.parts.get(name, empty.encode()).decode()
        self.parts[name] = rels.replace("</Relationships>", f"{made}</Relationships>").encode()
        return identity

    def save(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.document, xml_declaration=True, encoding="UTF-8")
        return zipped(self.parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, (2026, 4, 14, 9, 30, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, parts[name])
    return buffer.getvalue()


def cell_of(one: Any) -> Any:
    """Return the table cell that an element stands in, or None."""
    return next(one.iterancestors(w("tc")), None)


def row_of(one: Any) -> Any:
    return next(one.iterancestors(w("tr")), None)


def paragraph_of(one: Any) -> Any:
    return next(one.iterancestors(w("p")), None)


def unwrap(one: Any, inside: Any) -> None:
    """Put what is in `inside` where `one` stands."""
    parent = one.getparent()
    place = parent.index(one)
    for child in reversed(list(inside)):
        parent.insert(place, child)
    parent.remove(one)


def replace_with(one: Any, others: list[Any]) -> None:
    parent = one.getparent()
    place = parent.index(one)
    parent.remove(one)
    for number, other in enumerate(others):
        parent.insert(place + number, other)
