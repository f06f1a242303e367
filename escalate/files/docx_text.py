"""The text of a Word document as a person sees it: line breaks and tabs kept, insertions in, deletions out.

python-docx does not see content controls or tracked changes, so the walk over the XML is our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from escalate.files.docx_opener import W

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PRINTED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_UNSEEN = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "tcPr", "txbxContent")}
    | {f"{_COMPATIBILITY}Fallback"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A step of the walk: printed `text`, or a bookmark that starts (`opens` its id and name) or ends (`closes`).

    `ends_paragraph` tells the line feed after a paragraph from a line break that somebody typed.
    """

    text: str = ""
    ends_paragraph: bool = False
    opens: tuple[str, str] | None = None
    closes: str = ""


def pieces(element: Any) -> Iterator[Piece]:
    """Yield what is printed inside `element` and where bookmarks start and end, in document order.

    Each paragraph inside it ends with a line feed.
    """
    for child in element:
        if child.tag in _UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t":
            yield Piece(text=child.text or "")
        elif child.tag in _PRINTED:
            yield Piece(text=_PRINTED[child.tag])
        elif child.tag == f"{W}sym":
            yield Piece(text=chr(int(child.get(f"{W}char", "FFFD"), 16)))
        elif child.tag == f"{W}bookmarkStart":
            yield Piece(opens=(child.get(f"{W}id", ""), child.get(f"{W}name", "")))
        elif child.tag == f"{W}bookmarkEnd":
            yield Piece(closes=child.get(f"{W}id", ""))
        else:
            yield from pieces(child)
            if child.tag == f"{W}p":
                yield Piece(text="\n", ends_paragraph=True)


def text_of(element: Any) -> str:
    """Return the text printed inside `element`, its paragraphs apart by one line feed, with none after the last."""
    return _joined([piece for piece in pieces(element) if piece.text])


def _joined(printed: Sequence[Piece]) -> str:
    kept = printed[:-1] if printed and printed[-1].ends_paragraph else printed
    return "".join(piece.text for piece in kept)


def bookmarked(element: Any, prefix: str) -> dict[str, str]:
    """Return the text inside each bookmark whose name begins with `prefix`, by the name without it.

    A bookmark that never ends is left out; of two with one name the first counts.
    """
    open_ones: dict[str, str] = {}
    gathered: dict[str, list[Piece]] = {}
    found: dict[str, str] = {}
    for piece in pieces(element):
        if piece.opens and piece.opens[1].startswith(prefix):
            identity, name = piece.opens
            open_ones[identity] = name.removeprefix(prefix)
            gathered[identity] = []
        elif piece.closes in open_ones:
            found.setdefault(open_ones.pop(piece.closes), _joined(gathered[piece.closes]))
        elif piece.text:
            for identity in open_ones:
                gathered[identity].append(piece)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a table: its text, its cell (numbered through the document), its style, what of it is an answer.

    `is_answer` says it begins inside a content control or one of our bookmarks, so that it cannot be a label.
    """

    text: str
    cell: int
    is_first_in_cell: bool
    style: str
    is_answer: bool


def table_lines(body: Any, answer_prefix: str) -> list[Line]:
    """Return the paragraphs of all tables in document order."""
    lines: list[Line] = []
    inside: set[str] = set()
    for number, cell in enumerate(body.iter(f"{W}tc")):
        paragraphs = [paragraph for paragraph in cell.iter(f"{W}p") if _cell_of(paragraph) is cell]
        for place, paragraph in enumerate(paragraphs):
            begins_inside = bool(inside)
            before = ""
            for piece in pieces(paragraph):
                if piece.opens and piece.opens[1].startswith(answer_prefix):
                    inside.add(piece.opens[0])
                    begins_inside = begins_inside or not before.strip()
                inside.discard(piece.closes)
                before += piece.text
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            lines.append(
                Line(
                    text=text_of(paragraph),
                    cell=number,
                    is_first_in_cell=place == 0,
                    style="" if style is None else style.get(f"{W}val", ""),
                    is_answer=begins_inside or _is_all_control(paragraph),
                )
            )
    return lines


def _cell_of(paragraph: Any) -> Any:
    return next(paragraph.iterancestors(f"{W}tc"), None)


def _is_all_control(paragraph: Any) -> bool:
    if next(paragraph.iterancestors(f"{W}sdtContent"), None) is not None:
        return True
    printing: Sequence[Any] = [child for child in paragraph if child.tag in (f"{W}r", f"{W}sdt", f"{W}ins")]
    return bool(printing) and printing[0].tag == f"{W}sdt"
