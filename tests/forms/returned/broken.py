"""What broken forms are made of: a form's parts with something else in them, and zips of any members."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.forms.returned.paper import NAMESPACES, Paper, zipped

Mutation = Callable[[bytes, Random], bytes]
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
MAIN = "word/document.xml"


def with_text(content: bytes, change: Callable[[str], str], part: str = MAIN) -> bytes:
    parts = Paper(content).parts
    parts[part] = change(parts[part].decode()).encode()
    return zipped(parts)


def into_the_body(content: bytes, xml: str, *, first: bool = False) -> bytes:
    def change(text: str) -> str:
        begins = re.search(r"<w:body[^>]*>", text)
        at = begins.end() if first and begins else text.index("</w:body>")
        return text[:at] + xml + text[at:]

    return with_text(content, change)


def xml_parts(content: bytes) -> Sequence[str]:
    return [name for name in Paper(content).parts if name.endswith((".xml", ".rels"))]


def zip_of(members: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, part in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 4, 14, 9, 30, 0)), part, method)
    return buffer.getvalue()
