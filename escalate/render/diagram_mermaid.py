"""A flowchart as Mermaid text: every label in quotes, and whatever Mermaid would obey written by its number."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from escalate.render.console import visible
from escalate.render.diagram import Arrow, Box, BoxKind, Chart

WIDTH = 46
_OBEYED = re.compile(r"[^\w\s.,:'()?!/+=@£€§…‘’“”–—-]|_")
_LIST_MARK = re.compile(r"^(\d+)([.)])(?=\s)|^([-+*])(?=\s)")
_SHAPES: dict[BoxKind, tuple[str, str]] = {
    "concern": ("([", "])"),
    "risk": ("[", "]"),
    "away": ("[/", "/]"),
    "stage": ("[", "]"),
    "informal": ("(", ")"),
    "resolved": ("([", "])"),
    "ending": ("[[", "]]"),
}


def as_mermaid(chart: Chart) -> str:
    """Return the flowchart as Mermaid's `flowchart TD`, with a title and a description for screen readers."""
    return "\n".join(_lines(chart)) + "\n"


def _lines(chart: Chart) -> Iterator[str]:
    yield "flowchart TD"
    yield f"    accTitle: {_told(chart.title)}"
    yield f"    accDescr: {_told(chart.edition)}"
    for box in chart.boxes:
        left, right = _SHAPES[box.kind]
        yield f'    {box.id}{left}"{_label(box)}"{right}'
    for arrow in chart.arrows:
        yield f"    {_arrow(arrow)}"
    for way in chart.ways:
        for start in way.starts:
            yield f"    {_arrow(Arrow(start, way.end, 'straight up', way.title))}"
    yield "    classDef default fill:#ffffff,stroke:#000000,color:#000000"
    yield "    classDef risk stroke-width:4px"
    yield "    class risk risk"


def _arrow(arrow: Arrow) -> str:
    line = "-.->" if arrow.kind in ("straight up", "away") else "==>" if arrow.kind == "risk" else "-->"
    words = f'|"{safe(arrow.words)}"|' if arrow.words else ""
    return f"{arrow.start} {line}{words} {arrow.end}"


def _label(box: Box) -> str:
    wrapped = (line for words in (box.title, *box.lines) for line in textwrap.wrap(visible(words), WIDTH) or [""])
    return "<br/>".join(safe(line) for line in wrapped)


def safe(words: str) -> str:
    """Return words that Mermaid shows as they are: nothing of them ends a label, opens markup, or starts a list.

    Example:
        >>> safe('1. ask "who"; <b>')
        '1#46; ask #34;who#34;#59; #60;b#62;'
    """
    marked = _LIST_MARK.sub(lambda found: f"{found[1] or ''}\0{ord(found[2] or found[3])}\1", visible(words))
    written = _OBEYED.sub(lambda found: found[0] if found[0] in "\0\1" else f"#{ord(found[0])};", marked)
    return written.replace("\0", "#").replace("\1", ";")


def _told(words: str) -> str:
    """Return words for a line of their own, which ends at a line break and takes no numbers for signs."""
    return re.sub(r"[#;{}<>%\"`]", " ", visible(words))
