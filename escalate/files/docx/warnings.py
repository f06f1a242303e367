"""What people should be told of a document besides its words: tracked changes, struck-out text, comments, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from escalate.files.docx.opener import MAIN_PART, OpenedDocx, W, parse_part
from escalate.files.docx.parts import DocxPart

_TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_SHAPES = tuple(f"{W}{name}" for name in ("drawing", "pict"))
_INSIDE = tuple(f"{W}{name}" for name in ("altChunk", "subDoc", "object", "control"))
_ASIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")


def content_warnings(opened: OpenedDocx, parts: Sequence[DocxPart]) -> Iterator[str]:
    """Yield what a document holds that its words alone do not tell."""
    roots = [parse_part(opened.parts[name]) for name in opened.parts if name == MAIN_PART or _ASIDE.fullmatch(name)]
    if _has(roots, _TRACKED):
        yield "it has tracked changes: insertions were read, deletions were not"
    if _has_marked(roots, ("strike", "dstrike")):
        yield "it has words that are struck out, which were read as if they stood"
    if _has_marked(roots, ("vanish",)):
        yield "it has hidden words, which were read as if they showed"
    if any(line.text.strip() for part in parts if part.kind == "comments" for line in part.lines):
        yield "it has comments: what they say is among the words that belong to no field"
    if any(line.is_boxed and line.text.strip() for part in parts for line in part.lines):
        yield "it has text boxes: what they say is among the words that belong to no field"
    pictures = (shape for root in roots for shape in root.iter(*_SHAPES))
    if any(next(shape.iter(f"{W}txbxContent"), None) is None for shape in pictures):
        yield "it has a picture, which was not read"
    if _has(roots, _INSIDE):
        yield "it holds another document or program inside it, which was not read"


def _has(roots: Sequence[Any], tags: Sequence[str]) -> bool:
    return any(next(root.iter(*tags), None) is not None for root in roots)


def _has_marked(roots: Sequence[Any], marks: Sequence[str]) -> bool:
    """Return whether a run with words in it carries one of these marks, and not switched off."""
    for root in roots:
        for mark in root.iter(*(f"{W}{name}" for name in marks)):
            run = mark.getparent().getparent()
            is_on = mark.get(f"{W}val", "1") not in ("0", "false", "off")
            if is_on and run is not None and run.tag == f"{W}r" and next(run.iter(f"{W}t"), None) is not None:
                return True
    return False
