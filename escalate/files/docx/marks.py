"""The marks of a Word document that print something without having text: tick boxes, symbols, lists of older Word.

And what wraps what: which rows and cells a table has under its content controls, which of two drawings is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from escalate.files.docx.opener import W14, W

BOX_TICKED, BOX_EMPTY = "\u2612", "\u2610"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
TEXT = frozenset({f"{W}t", f"{DRAWING}t", f"{_MATHS}t"})
# The boxes and ticks of Word's symbol typefaces, which have no characters of their own.
_SYMBOLS = {0x6F: BOX_EMPTY, 0xA8: BOX_EMPTY, 0x52: "\u2611", 0xFE: "\u2611", 0x53: BOX_TICKED, 0xFD: BOX_TICKED}
_SYMBOLS |= {0xFC: "\u2713", 0xFB: "\u2717", 0x50: "\u2713"}
_TICKED = "\u2611\u2612\u2713\u2717"
_BOXES = BOX_EMPTY + _TICKED


def parts_of(outer: Any, tag: str, controls: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the rows of a table or the cells of a row, each with the controls between it and `outer`."""
    for child in outer:
        if child.tag == tag:
            yield child, controls
        elif child.tag == f"{W}sdt":
            if (content := child.find(f"{W}sdtContent")) is not None:
                yield from parts_of(content, tag, (*controls, child))
        elif child.tag in (f"{W}ins", f"{W}customXml", f"{W}moveTo", f"{W}smartTag"):
            yield from parts_of(child, tag, controls)


def is_answer(control: Any) -> bool:
    """Whether a control can be the answer of one field: not one round several cells, a list of contents, a group."""
    if control.find(f"{W}sdtPr/{W}docPartObj") is not None or control.find(f"{W}sdtPr/{W}group") is not None:
        return False
    return next(islice(control.iter(f"{W}tc"), 1, None), None) is None


def box_and_words(box: Any, shown: str) -> str:
    """Return what a tick box prints: the tick that is seen, or the one its state tells of where none is known."""
    words = shown.strip(_BOXES + "\u00fe\u00a8 ")
    if any(one in shown for one in _TICKED):
        return BOX_TICKED + words
    checked = box.find(f"{W14}checked")
    is_ticked = checked is not None and checked.get(f"{W14}val", "1") in ("1", "true", "on")
    return (BOX_TICKED if is_ticked and BOX_EMPTY not in shown else BOX_EMPTY) + words


def symbol(mark: Any) -> str:
    """Return the character that stands for one of a symbol typeface: boxes and ticks, otherwise its own."""
    stated = mark.get(f"{W}char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", stated):
        return "\ufffd"
    code = int(stated, 16)
    is_symbols = 0xF000 <= code <= 0xF0FF or "wingdings" in mark.get(f"{W}font", "").casefold()
    return _SYMBOLS.get(code & 0xFF, chr(code)) if is_symbols else chr(code)


def old_field(data: Any) -> str:
    """Return what a form field of older Word prints that has no text of its own: a tick box, or a list's choice."""
    box = data.find(f"{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        state = box.find(f"{W}default") if state is None else state
        return BOX_TICKED if state is not None and state.get(f"{W}val", "1") in ("1", "true", "on") else BOX_EMPTY
    choices = data.find(f"{W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choices.iter(f"{W}listEntry")]
    chosen = whole(choices.find(f"{W}result"), 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def shown_alternative(alternatives: Any) -> Any:
    """Return the branch that programs show: the first choice, unless only the fallback has words."""
    choice, fallback = alternatives.find(f"{COMPATIBILITY}Choice"), alternatives.find(f"{COMPATIBILITY}Fallback")
    if choice is None or (fallback is not None and not _has_words(choice) and _has_words(fallback)):
        return () if fallback is None else fallback
    return choice


def _has_words(element: Any) -> bool:
    return next(element.iter(*TEXT), None) is not None


def whole(element: Any, default: int) -> int:
    """Return the whole number that is an element's value, `default` where it has none."""
    value = "" if element is None else element.get(f"{W}val", "")
    return int(value) if value.isdecimal() and len(value) < 6 else default
