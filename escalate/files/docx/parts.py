"""The parts of a Word document in which words stand: its text, headers and footers, notes, comments, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from escalate.errors import FormRefused
from escalate.files.docx.lines import Line
from escalate.files.docx.opener import MAIN_PART, OpenedDocx, W, parse_part
from escalate.files.docx.walk import lines_of

_KINDS = {
    "header": "header",
    "footer": "footer",
    "footnotes": "notes",
    "endnotes": "notes",
    "comments": "comments",
    "diagramData": "drawing",
    "chart": "drawing",
    "chartEx": "drawing",
}
_NAMED = re.compile(r"word/(?:(header|footer|footnotes|endnotes|comments)\d*|(?:diagrams/data|charts/chart)\d*)\.xml")
_ALL_LINES_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class DocxPart:
    """One part and its lines. `kind` is "text", "header", "footer", "notes", "comments" or "drawing"."""

    kind: str
    lines: list[Line]

    @property
    def is_body(self) -> bool:
        return self.kind == "text"

    @property
    def is_aside(self) -> bool:
        """Whether it is a header or a footer, which stand on every page."""
        return self.kind in ("header", "footer")


def part_lines(opened: OpenedDocx, where: str, bookmark_prefix: str = "") -> list[DocxPart]:
    """Return every part with words, the text first, then by name.

    Raises:
        FormRefused: the document has no text, or far more lines than a form.
    """
    body = parse_part(opened.parts[MAIN_PART]).find(f"{W}body")
    if body is None:
        raise FormRefused(f"{where}: its text is in a form that cannot be read", remedy="save it as .docx in Word")
    parts = [DocxPart("text", lines_of(body, bookmark_prefix))]
    for name, kind in sorted(_with_words(opened)):
        root = parse_part(opened.parts[name])
        parts.append(DocxPart(kind, lines_of(root)))
        if sum(len(part.lines) for part in parts) > _ALL_LINES_LIMIT:
            raise FormRefused(f"{where}: the document has far more lines than a form")
    return parts


def _with_words(opened: OpenedDocx) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    relationships = opened.parts.get("word/_rels/document.xml.rels")
    for one in parse_part(relationships) if relationships is not None else ():
        kind = _KINDS.get(one.get("Type", "").rpartition("/")[2])
        target = one.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else f"word/{target.removeprefix('./')}"
        if kind and one.get("TargetMode") != "External" and name in opened.parts and name not in seen:
            seen.add(name)
            yield name, kind
    for name in opened.parts:
        if name not in seen and (found := _NAMED.fullmatch(name)):
            yield name, _KINDS.get(found[1] or "chart", "drawing")
