"""Files made to break whoever opens them, each with what is said of it: those beside the plain ones of `receive`."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from pathlib import Path

MAIN, TYPES, CORE = "word/document.xml", "[Content_Types].xml", "docProps/core.xml"
_DOCTYPE = "holds a document type declaration, which no Word document has"
_OUTSIDE = "has a part whose name points outside the document"
_LARGE = "would unpack to far more than a form holds"
_DAMAGED = "the file is damaged and cannot be read"
_LAUGHS = "<!DOCTYPE x [<!ENTITY e0 'ha'>" + "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(20)) + "]>"
_SECRET = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def hostile_files(path: Path) -> dict[str, tuple[bytes, str]]:
    """Return files by what they are, made from the sound form at `path`, each with the sentence that refuses it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts[MAIN].decode()
    # Each row another, or it would be refused for how well it packs.
    rows = "".join(f'<w:tr w:rsidR="{n * 2654435761 % 2**32:08X}"><w:tc><w:p/></w:tc></w:tr>' for n in range(45_000))

    def instead(name: str, content: str | bytes) -> bytes:
        return zipped({**parts, name: content if isinstance(content, bytes) else content.encode()})

    def in_the_body(xml: str) -> bytes:
        return instead(MAIN, body.replace("</w:body>", f"{xml}</w:body>", 1))

    def declared(name: str, doctype: str, encoding: str = "utf-8") -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[name].decode())
        return instead(name, (doctype + text).encode(encoding))

    with_macros = parts[TYPES].replace(
        b"officedocument.wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    leads_out = parts["_rels/.rels"].replace(b"word/document.xml", b"../../../etc/secret.txt")
    return {
        "billion laughs": (declared(MAIN, _LAUGHS), _DOCTYPE),
        "an external entity in the content types": (declared(TYPES, _SECRET), _DOCTYPE),
        "an external entity in the properties": (declared(CORE, _SECRET), _DOCTYPE),
        "a document type declaration in UTF-16": (declared(MAIN, _SECRET, "utf-16"), _DOCTYPE),
        "a gigabyte of zeros in a part that nothing names": (_with_zeros(parts, "word/zeros.bin", 1024), _LARGE),
        "a gigabyte of spaces in its text": (_with_zeros(parts, MAIN, 1024), _LARGE),
        "more cells than a form has": (
            in_the_body(f"<w:tbl>{rows}</w:tbl>"),
            "has more cells and paragraphs than a form holds",
        ),
        "tables in tables, 300 deep": (
            in_the_body("<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300),
            _DAMAGED,
        ),
        "an absolute name": (instead("/etc/outside.xml", "<a/>"), _OUTSIDE),
        "a name with a backslash": (instead("word\\outside.xml", "<a/>"), _OUTSIDE),
        "a relationship that leads outside": (
            instead("_rels/.rels", leads_out),
            "refers to a file outside the document",
        ),
        "its text twice": (_twice(parts), "holds the same part twice, so that programs could read different texts"),
        "called encrypted": (_flagged(zipped(parts)), "is locked with a password"),
        "sizes that lie": (_lying(zipped(parts)), _DAMAGED),
        "60,000 parts": (zipped({**parts, **{f"x/{n}": b"" for n in range(60_000)}}), "has more than 1,000 parts"),
        "a document with macros, renamed": (
            instead(TYPES, with_macros),
            "is a Word template or a document with macros, not an ordinary document",
        ),
        "an object embedded": (
            instead("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
            "holds a macro or an embedded program",
        ),
    }


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # `writestr` by name would set a backslash right on Windows.
            member = zipfile.ZipInfo("x")
            member.filename = name
            archive.writestr(member, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _with_zeros(parts: dict[str, bytes], name: str, megabytes: int) -> bytes:
    """Written piece by piece, as nobody has so much memory to spare."""
    stream = io.BytesIO()
    piece = (b" " if name == MAIN else b"\0") * 1024 * 1024
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, part in parts.items():
            if other != name:
                archive.writestr(other, part)
        with archive.open(name, "w", force_zip64=True) as large:
            for _ in range(megabytes):
                large.write(piece)
    return stream.getvalue()


def _twice(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, part in [*parts.items(), (MAIN, parts[MAIN])]:
            archive.writestr(name, part)
    return stream.getvalue()


def _flagged(content: bytes) -> bytes:
    changed = bytearray(content)
    for found in re.finditer(rb"PK\x01\x02", content):
        changed[found.start() + 8] |= 0x01
    return bytes(changed)


def _lying(content: bytes) -> bytes:
    """The list of members says of each that it unpacks to ten bytes."""
    changed = bytearray(content)
    for found in re.finditer(rb"PK\x01\x02", content):
        changed[found.start() + 24 : found.start() + 28] = struct.pack("<I", 10)
    return bytes(changed)
