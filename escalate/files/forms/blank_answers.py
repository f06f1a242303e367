"""Says where in a blank form the answer to each label belongs, as people would write it there.

After the label on a rule or in a box to choose; in the empty cell to the right; under the label in its own cell; in the
row below; and where there is no room at all, in a line of its own under the label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from escalate.core.forms.labels import LabelAsked
from escalate.files.docx.opener import W
from escalate.files.forms.blank_labels import FoundLabel, Paragraph, is_blank, paragraphs_of
from escalate.files.forms.blank_plain import BOX, NOTHING, Was

RULE_TO_WRITE_ON = re.compile(
    r"[_…\xad]{3,}(?:[\s/_…\xad]*[_…\xad]{2,})*|\.{5,}|(?<!\w)d?d[/. -]m?m[/. -](?:yy)?yy(?!\w)", re.IGNORECASE
)
_EITHER = re.compile(r"[(\[]?\b(yes)\s*/\s*(no)(?:\s*/\s*(n/a|unknown|not known))?\b[)\]]?", re.IGNORECASE)
_BOXES = "☐☑☒□▢❏"
_ONE_BOX = re.compile(rf"\s*(?:[{_BOXES}]\s*([\w/' -]+?)|([\w/' -]+?)\s*[{_BOXES}])\s*(?=$|[{_BOXES}]|\s{{2,}}|\t)")
_TALL = 800  # twentieths of a point: two lines and more
_ROOMS = 3  # empty lines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnswerPlace:
    """Where one answer goes: into `paragraph`, in place of its characters `start` to `end`.

    `is_new` says it goes into a paragraph yet to be made after that one. `label` is the label as printed, whole;
    `guidance` the printed lines between it and the answer, `fixed_before` those between the answer before and it.
    `spare` are further rules to write on, which the one control makes needless.
    """

    asked: LabelAsked
    label: str
    paragraph: Any
    start: int = 0
    end: int = 0
    is_new: bool = False
    is_tall: bool = False
    options: tuple[str, ...] = ()
    was: Was = NOTHING
    guidance: tuple[str, ...] = ()
    fixed_before: tuple[str, ...] = ()
    spare: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place to write: a paragraph (by number), the characters to replace, the options offered there."""

    number: int
    start: int
    end: int
    options: tuple[str, ...] = ()
    is_new: bool = False


def answer_places(
    body: Any, labels: Sequence[FoundLabel], was: Mapping[Any, Was]
) -> tuple[tuple[AnswerPlace, ...], tuple[str, ...]]:
    """Return where each label's answer goes, in order, and the printed lines after the last one's.

    Args:
        labels: as found in this body, in order.
        was: what the rules in it were, by their run.
    """
    paragraphs = paragraphs_of(body)
    places: list[AnswerPlace] = []
    pending: list[str] = []
    taken: set[int] = set()
    first = labels[0].place if labels else 0
    pending += _printed(paragraphs, range(first))
    for number, found in enumerate(labels):
        end = labels[number + 1].place if number + 1 < len(labels) else len(paragraphs)
        if found.asked.is_printed:
            pending += _printed(paragraphs, range(found.place, end))
            continue
        region = _region(paragraphs, found, end)
        spot = _spot(paragraphs, found, region, end, taken)
        taken.add(spot.number)
        between = range(found.place + 1, end)
        # An answer under a heading comes after the next label: what stands between belongs to neither.
        last = spot.number if spot.number in (found.place, *region) else found.place
        held = () if spot.is_new else (spot.number,)
        guidance = _printed(paragraphs, [x for x in between if x <= last], held)
        after = _printed(paragraphs, [x for x in between if x > last], held)
        spare = [
            x
            for x in region
            if x > last and is_blank(paragraphs[x].text) and RULE_TO_WRITE_ON.search(paragraphs[x].text)
        ]
        places.append(
            AnswerPlace(
                asked=found.asked,
                label=_whole_label(paragraphs[found.place], found, spot),
                paragraph=paragraphs[spot.number].element,
                start=spot.start,
                end=spot.end,
                is_new=spot.is_new,
                is_tall=bool(spare) or _is_tall(paragraphs, spot, region),
                options=spot.options,
                was=_what_it_was(paragraphs[spot.number].element, was),
                guidance=tuple(guidance),
                fixed_before=tuple(pending),
                spare=tuple(paragraphs[x].element for x in spare),
            )
        )
        pending = after
    return tuple(places), tuple(pending)


def _region(paragraphs: Sequence[Paragraph], found: FoundLabel, end: int) -> list[int]:
    """Return the paragraphs between a label and the next: in tables where it is in one, outside where it is not."""
    in_table = paragraphs[found.place].cell is not None
    region: list[int] = []
    for number in range(found.place + 1, end):
        if (paragraphs[number].cell is not None) != in_table:
            break
        region.append(number)
    return region


def _spot(
    paragraphs: Sequence[Paragraph], found: FoundLabel, region: Sequence[int], end: int, taken: set[int]
) -> _Spot:
    own = paragraphs[found.place]
    if offered := _offered(found.place, own.text, found.end):
        return offered
    for number in region:
        if offered := _offered(number, paragraphs[number].text, 0):
            return offered
    blank = [x for x in region if is_blank(paragraphs[x].text)]
    if own.cell is None:
        if blank and blank[0] == found.place + 1:
            return _Spot(blank[0], 0, len(paragraphs[blank[0]].text))
        return _Spot(found.place, len(own.text), len(own.text))
    here = [x for x in blank if paragraphs[x].cell is own.cell]
    others = [x for x in blank if paragraphs[x].cell is not own.cell and is_empty(paragraphs, paragraphs[x].cell)]
    beside = [x for x in others if row_of(paragraphs[x].cell) is row_of(own.cell)]
    below = _below(paragraphs, own, taken) if _is_heading(paragraphs, found, end) else None
    under = [] if below is None else [below]
    for number in (*beside, *here, *under, *others):
        return _Spot(number, 0, len(paragraphs[number].text))
    last = max([found.place, *(x for x in region if paragraphs[x].cell is own.cell)])
    return _Spot(last, 0, 0, is_new=True)


def _offered(number: int, text: str, start: int) -> _Spot | None:
    """Return a rule, boxes to tick or "Yes / No" in a paragraph from `start` on, or None."""
    rest = text[start:]
    if rule := RULE_TO_WRITE_ON.search(rest):
        return _Spot(number, start + rule.start(), start + rule.end())
    if either := _EITHER.search(rest):
        options = tuple(word.capitalize() for word in either.groups() if word)
        return _Spot(number, start + either.start(), start + either.end(), options)
    if any(box in rest for box in _BOXES):
        named = [left or right for left, right in _ONE_BOX.findall(rest)]
        begin = start + len(rest) - len(rest.lstrip(" \t:"))
        if len(named) > 1 and all(named):
            return _Spot(number, begin, len(text.rstrip()), tuple(" ".join(one.split()) for one in named))
        if rest.strip(" \t:") in _BOXES:
            return _Spot(number, begin, len(text.rstrip()), ("Yes", "No"))
    return None


def is_empty(paragraphs: Sequence[Paragraph], cell: Any) -> bool:
    """Whether a cell is a place to write: no print and no picture in it."""
    texts = [x.text for x in paragraphs if x.cell is cell]
    return all(is_blank(text) for text in texts) and next(cell.iter(f"{W}drawing", f"{W}pict"), None) is None


def _is_heading(paragraphs: Sequence[Paragraph], found: FoundLabel, end: int) -> bool:
    """Whether a label heads a column: the one after it or before it stands in the same row."""
    row = row_of(paragraphs[found.place].cell)
    around = [paragraphs[x].cell for x in (end, found.place - 1) if 0 <= x < len(paragraphs)]
    return any(cell is not None and row_of(cell) is row for cell in around)


def _below(paragraphs: Sequence[Paragraph], own: Paragraph, taken: set[int]) -> int | None:
    """Return the first paragraph of the empty cell under a cell, or None."""
    row = row_of(own.cell)
    below = row.getnext() if row is not None else None
    while below is not None and below.tag != f"{W}tr":
        below = below.getnext()
    if below is None:
        return None
    at = column_of(row, own.cell)
    for cell in below.iter(f"{W}tc"):
        if column_of(below, cell) == at and is_empty(paragraphs, cell):
            return next((n for n, x in enumerate(paragraphs) if x.cell is cell and n not in taken), None)
    return None


def empty_cells(paragraphs: Sequence[Paragraph]) -> set[Any]:
    """Return every cell that is a place to write, as `is_empty` has it."""
    printed = {one.cell for one in paragraphs if not is_blank(one.text)}
    cells = {one.cell for one in paragraphs if one.cell is not None} - printed
    return {cell for cell in cells if next(cell.iter(f"{W}drawing", f"{W}pict"), None) is None}


def row_of(cell: Any) -> Any:
    """Return the row that a cell is in, or None."""
    return next(cell.iterancestors(f"{W}tr"), None)


def column_of(row: Any, cell: Any) -> int:
    """Return the grid column in which a cell of a row begins."""
    column = 0
    for one in row.iter(f"{W}tc"):
        if one is cell:
            break
        span = one.find(f"{W}tcPr/{W}gridSpan")
        column += int(span.get(f"{W}val", "1")) if span is not None else 1
    return column


def _is_tall(paragraphs: Sequence[Paragraph], spot: _Spot, region: Sequence[int]) -> bool:
    """Whether the blank has room for several lines there: a high row, or empty lines one after the other."""
    cell = paragraphs[spot.number].cell
    if cell is None:
        return False
    height = row_of(cell).find(f"{W}trPr/{W}trHeight")
    rooms = [x for x in region if paragraphs[x].cell is cell and is_blank(paragraphs[x].text)]
    tall = height is not None and height.get(f"{W}val", "0").isdecimal() and int(height.get(f"{W}val", "0")) >= _TALL
    return tall or len(rooms) >= _ROOMS


def _whole_label(own: Paragraph, found: FoundLabel, spot: _Spot) -> str:
    """Return a label with all that is printed with it in its paragraph, up to the place to write."""
    text = (
        own.text[: spot.start]
        if own.element is not None and spot.number == found.place and not spot.is_new
        else own.text
    )
    rest = text[found.end :]
    return " ".join((text[: found.end] if is_blank(rest) else text).replace(BOX, " ").split())


def _what_it_was(paragraph: Any, was: Mapping[Any, Was]) -> Was:
    return next((was[run] for run in paragraph.iter(f"{W}r") if run in was), NOTHING)


def _printed(paragraphs: Sequence[Paragraph], numbers: Sequence[int], held: Sequence[int] = ()) -> list[str]:
    """Return the lines printed in these paragraphs of tables that are no place to write; `held` are answers' own."""
    return [
        " ".join(paragraphs[x].text.split())
        for x in numbers
        if paragraphs[x].cell is not None and x not in held and not is_blank(paragraphs[x].text)
    ]
