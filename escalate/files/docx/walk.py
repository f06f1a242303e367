"""Walks through a Word document and gives its lines as a person sees them, each character with whose answer it may be.

python-docx does not see content controls, tick boxes or tracked changes, so the walk over the XML is our own: tracked
insertions and moved text are in, deletions are out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from escalate.errors import FormRefused
from escalate.files.docx.lines import Cell, Line, Segment
from escalate.files.docx.marks import (
    COMPATIBILITY,
    DRAWING,
    TEXT,
    box_and_words,
    is_answer,
    old_field,
    parts_of,
    shown_alternative,
    symbol,
    whole,
)
from escalate.files.docx.opener import W14, W

_LINES_LIMIT = 20_000
_OPEN_LIMIT = 64
_PRINTED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_UNSEEN = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr")
)


def lines_of(element: Any, bookmark_prefix: str = "") -> list[Line]:
    """Return the lines printed inside an element in document order, those of text boxes last.

    The owners of a segment are "tag:NAME" for a tagged control and "bookmark:NAME" for a bookmark whose name begins
    with `bookmark_prefix` (left off); a second one of the same name is "tag:NAME#2", and so on.

    Raises:
        FormRefused: it has far more lines than a form.
    """
    ended = (
        {mark.get(f"{W}id", ""): _cell_of(mark) for mark in element.iter(f"{W}bookmarkEnd")} if bookmark_prefix else {}
    )
    walk = _Walk(bookmark_prefix, ended)
    walk.children(element)
    walk.end_line(ends_paragraph=True)
    while walk.boxes:
        box = walk.boxes.pop(0)
        walk.is_boxed = True
        walk.children(box)
        walk.end_line(ends_paragraph=True)
    return walk.lines


class _Walk:
    """One walk through a part: what is open where it stands, and the line being gathered."""

    def __init__(self, bookmark_prefix: str, ended: dict[str, Any]) -> None:
        self.lines: list[Line] = []
        self.boxes: list[Any] = []
        self.is_boxed = False
        self._prefix = bookmark_prefix
        self._to_end = ended
        self._bookmarks: dict[str, str] = {}
        self._open: list[str] = []
        self._owners: frozenset[str] = frozenset()
        self._seen: dict[str, int] = {}
        self._controls = 0
        self._cells: list[Cell] = []
        self._counted = {"table": 0, "row": 0, "cell": 0, "paragraph": 0}
        self._last_first = -1
        self._is_bold = False
        self._style = ""
        self._begins_inside: bool | None = None
        self._begin_line(after_break=False)
        self._has_paragraph = False

    def children(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag in _UNSEEN:
                # LibreOffice lets a bookmark end in what was moved away or struck out.
                for mark in child.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                    self._mark(mark)
                continue
            if tag in TEXT:
                self._add(child.text or "")
            elif tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}p" or tag == f"{DRAWING}p":
                self._paragraph(child)
            elif tag in _BREAKS:
                self.end_line(ends_paragraph=False)
            elif tag in _PRINTED:
                self._add(_PRINTED[tag])
            elif tag == f"{W}tbl":
                self._table(child)
            elif tag == f"{W}sdt":
                self._control(child)
            elif tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._mark(child)
            elif tag == f"{W}sym":
                self._add(symbol(child))
            elif tag == f"{W}ffData":
                self._add(old_field(child))
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag == f"{COMPATIBILITY}AlternateContent":
                self.children(shown_alternative(child))
            else:
                self.children(child)

    def _mark(self, mark: Any) -> None:
        if mark.tag == f"{W}bookmarkStart":
            self._start_bookmark(mark)
        elif (name := self._bookmarks.pop(mark.get(f"{W}id", ""), "")) and name in self._open:
            self._close(name)

    def _run(self, run: Any) -> None:
        bold = run.find(f"{W}rPr/{W}b")
        self._is_bold = bold is not None and bold.get(f"{W}val", "1") not in ("0", "false", "off")
        self.children(run)
        self._is_bold = False

    def _paragraph(self, paragraph: Any) -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        self._style = "" if style is None else style.get(f"{W}val", "")
        self._has_paragraph = True
        self.children(paragraph)
        # A deleted paragraph mark joins the paragraph to the one after it.
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
            self.end_line(ends_paragraph=True)

    def _table(self, table: Any) -> None:
        self.end_line(ends_paragraph=True)
        self._counted["table"] += 1
        number = self._counted["table"]
        for row, _ in parts_of(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            self._counted["row"] += 1
            column = whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell, controls in parts_of(row, f"{W}tc"):
                self._counted["cell"] += 1
                span = max(1, whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                continues = merged is not None and merged.get(f"{W}val", "continue") == "continue"
                place = Cell(self._counted["cell"], number, self._counted["row"], column, span, continues)
                self._cell(cell, place, controls)
                column += span

    def _cell(self, cell: Any, place: Cell, controls: Sequence[Any]) -> None:
        """Walk a cell; `controls` are those round the whole cell."""
        self._cells.append(place)
        names = [name for control in controls if (name := self._open_control(control))]
        self._controls += len(controls)
        self.children(cell)
        self.end_line(ends_paragraph=True)
        self._controls -= len(controls)
        for name in names:
            self._close(name)
        self._cells.pop()

    def _control(self, control: Any) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        may_be_answer = is_answer(control)
        name = self._open_control(control)
        self._controls += may_be_answer
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is None:
            self.children(content)
        else:
            self._add(box_and_words(box, "".join(line.text for line in lines_of(content))))
        self._controls -= may_be_answer
        if name:
            self._close(name)

    def _open_control(self, control: Any) -> str:
        tag = control.find(f"{W}sdtPr/{W}tag")
        return "" if tag is None else self._start(f"tag:{tag.get(f'{W}val', '')}")

    def _start_bookmark(self, mark: Any) -> None:
        name = mark.get(f"{W}name", "")
        identity = mark.get(f"{W}id", "")
        if not self._prefix or not name.startswith(self._prefix):
            return
        # One that never ends, or ends in another cell, where LibreOffice may put it, would own all that follows.
        if identity not in self._to_end or self._to_end[identity] is not _cell_of(mark):
            return
        if started := self._start(f"bookmark:{name.removeprefix(self._prefix)}"):
            self._bookmarks[identity] = started
            del self._to_end[identity]

    def _start(self, name: str) -> str:
        if len(self._open) >= _OPEN_LIMIT:
            return ""
        self._seen[name] = self._seen.get(name, 0) + 1
        started = name if self._seen[name] == 1 else f"{name}#{self._seen[name]}"
        self._open.append(started)
        self._owners = frozenset(self._open)
        self._present.add(started)
        return started

    def _close(self, name: str) -> None:
        self._open.remove(name)
        self._owners = frozenset(self._open)
        # What ends where a paragraph begins has nothing of that paragraph.
        if name in self._inherited and not self._text:
            self._present.discard(name)

    def _add(self, text: str) -> None:
        if not text:
            return
        self._segments.append(Segment(self._length, text, self._owners, self._controls > 0, self._is_bold))
        self._length += len(text)
        self._text.append(text)
        if text.strip() and self._begins_inside is None:
            self._begins_inside = self._controls > 0 or any(one.startswith("bookmark:") for one in self._owners)

    def _begin_line(self, *, after_break: bool) -> None:
        self._text: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0
        self._present: set[str] = set(self._open)
        self._inherited: frozenset[str] = frozenset() if after_break else frozenset(self._open)
        self._is_after_break = after_break
        self._begins_inside = None

    def end_line(self, *, ends_paragraph: bool) -> None:
        if ends_paragraph and not (self._has_paragraph or self._text or self._is_after_break):
            self._begin_line(after_break=False)
            return
        if len(self.lines) >= _LINES_LIMIT:
            raise FormRefused("the document has far more lines than a form")
        cell = self._cells[-1].number if self._cells else 0
        inside = self._begins_inside
        self.lines.append(
            Line(
                text="".join(self._text),
                segments=tuple(self._segments),
                paragraph=self._counted["paragraph"],
                cells=tuple(self._cells),
                style=self._style,
                present=frozenset(self._present),
                is_first_in_cell=cell != self._last_first,
                is_answer=bool(self._present) or self._controls > 0 if inside is None else inside,
                is_boxed=self.is_boxed,
            )
        )
        self._last_first = cell
        if ends_paragraph:
            self._counted["paragraph"] += 1
            self._has_paragraph = False
            self._style = ""
        self._begin_line(after_break=not ends_paragraph)


def _cell_of(element: Any) -> Any:
    return next(element.iterancestors(f"{W}tc"), None)
