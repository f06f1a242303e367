"""Where something stands in a Word document, in words that lead a person there: part, table, row and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from escalate.files.docx.opener import W
from escalate.files.docx.text import text_of

_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SHOWN = 40


def text_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the name of every part that holds printed text, the body first, with what a person calls it."""
    for name in sorted(parts, key=lambda name: (name != "word/document.xml", name)):
        if found := _TEXT_PART.fullmatch(name):
            kind = found[1].rstrip("0123456789")
            yield name, {"document": "text"}.get(kind, kind)


class Places:
    """The places of one part. `called` is what a person calls the part: "text", "header", "footer"."""

    def __init__(self, root: Any, called: str) -> None:
        self._called = called
        self._tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), start=1)}

    def of(self, element: Any) -> str:
        """Return where an element stands: 'text, table 2 row 3 cell 1', or 'text, paragraph "Ref: …"'."""
        cell = next(element.iterancestors(f"{W}tc"), None) if element.tag != f"{W}tc" else element
        if cell is not None:
            row = next(cell.iterancestors(f"{W}tr"), None)
            table = next(cell.iterancestors(f"{W}tbl"), None)
            if row is not None and table is not None:
                return (
                    f"{self._called}, table {self._tables[table]} row {_place(row, table, 'tr')}"
                    f" cell {_place(cell, row, 'tc')}"
                )
        paragraph = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
        if paragraph is None:
            return self._called
        words = " ".join(text_of(paragraph).split())
        shown = f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
        return f'{self._called}, paragraph "{shown}"' if shown else self._called


def _place(inner: Any, outer: Any, kind: str) -> int:
    """Return which row of its table, or cell of its row, an element is; content controls round them do not count."""
    same = (one for one in outer.iter(f"{W}{kind}") if _nearest(one, outer.tag) is outer)
    return next(number for number, one in enumerate(same, start=1) if one is inner)


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)
