"""Finds a form's labels in a blank Word document: each on its paragraph, in the order of the list.

A label that is printed several times is settled by the order; where the order leaves two places, or a label is not
there at all, nothing is guessed: the places it might be are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from escalate.core.forms.labels import LabelAsked
from escalate.errors import Problem
from escalate.files.docx.opener import W
from escalate.files.docx.places import Places
from escalate.files.docx.text import text_of

_MOST_NAMED = 3
_LONGEST_BLANK = 2000
_NEAR = 0.65
_BLANK = re.compile(
    r"(?:[\s_.…·:☐\xad-]|\bd?d[/. -]m?m[/. -](?:yy)?yy\b|\byes\s*/\s*no\b|\by\s*/\s*n\b|please (?:select|tick)\w*"
    r"|(?:click|tap)[\w ]* (?:enter|insert|type) (?:a |the )?(?:text|date)|choose an item|choose a date)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph of the body with its text; `cell` is the table cell it stands in, or None."""

    element: Any
    text: str
    cell: Any


@dataclass(frozen=True, slots=True, eq=False)
class FoundLabel:
    """A label where it is printed: which paragraph (counted from 0), where the label ends in it."""

    asked: LabelAsked
    place: int
    end: int


def paragraphs_of(body: Any) -> list[Paragraph]:
    """Return every paragraph of the body and its tables, in order; those of text boxes are not there."""
    return [
        Paragraph(element, text_of(element), next(element.iterancestors(f"{W}tc"), None))
        for element in body.iter(f"{W}p")
        if next(element.iterancestors(f"{W}txbxContent"), None) is None
    ]


def is_blank(text: str) -> bool:
    """Whether a text is only a place to write: spaces, rules, boxes, "dd/mm/yyyy", "Click to enter text"."""
    return len(text) < _LONGEST_BLANK and _BLANK.fullmatch(text) is not None


def find_labels(body: Any, asked: Sequence[LabelAsked], where: str) -> tuple[list[FoundLabel], tuple[Problem, ...]]:
    """Return each label's place, or the problems: labels that are not there, there twice, or out of order.

    Args:
        where: what problems call the list of labels; each names its line.
    """
    paragraphs = paragraphs_of(body)
    places = Places(body, "text")
    found = [_places_of(one.label, paragraphs) for one in asked]
    problems = [
        _not_found(one, where, paragraphs, places) for one, spots in zip(asked, found, strict=True) if not spots
    ]
    if problems:
        return [], tuple(problems)
    first, last = _in_order(found), _in_reverse(found)
    if first is None or last is None:
        return [], (_out_of_order(asked, found, where, paragraphs, places),)
    settled: list[FoundLabel] = []
    for number, one in enumerate(asked):
        if first[number] == last[number]:
            place = first[number]
            settled.append(FoundLabel(one, place, found[number][place]))
            continue
        between = [place for place in sorted(found[number]) if first[number] <= place <= last[number]]
        spots = "; ".join(places.of(paragraphs[place].element) for place in between[:_MOST_NAMED])
        what = f'the label "{one.label}" is printed more than once, and the list does not say which: {spots}'
        remedy = "list every label in order, or a line beside it as: LINE | printed"
        problems.append(Problem(f"{where}:{one.line}", what, remedy))
    return settled, tuple(problems)


def _places_of(label: str, paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Return the paragraphs a label may be, each with where it ends there: those it fills alone before others."""
    pattern = re.compile(_as_pattern(label), re.IGNORECASE)
    whole: dict[int, int] = {}
    begins: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        head = pattern.match(paragraph.text)
        if head is None:
            continue
        rest = paragraph.text[head.end() :]
        if is_blank(rest):
            whole[number] = head.end()
        elif re.match(r"\s*[(\n]", rest) or head[0].rstrip()[-1:] in ":?":
            begins[number] = head.end()
    return whole or begins


def _as_pattern(label: str) -> str:
    words = [re.sub("['‘’]", "['‘’]", re.escape(word)) for word in label.rstrip(" :").split()]
    closing = r"(?:\s*:)?" if words and words[-1][-1:].isalnum() else r"\s*:?"
    return r"\s*" + r"\s+".join(words) + r"(?!\w)" * (words[-1][-1:].isalnum() if words else 0) + closing


def _in_order(found: Sequence[dict[int, int]]) -> list[int] | None:
    """Return the first place of each label that comes after the label before it, or None where there is no such way."""
    chosen: list[int] = []
    for spots in found:
        after = [place for place in spots if not chosen or place > chosen[-1]]
        if not after:
            return None
        chosen.append(min(after))
    return chosen


def _in_reverse(found: Sequence[dict[int, int]]) -> list[int] | None:
    chosen: list[int] = []
    for spots in reversed(found):
        before = [place for place in spots if not chosen or place < chosen[-1]]
        if not before:
            return None
        chosen.append(max(before))
    return chosen[::-1]


def _not_found(one: LabelAsked, where: str, paragraphs: Sequence[Paragraph], places: Places) -> Problem:
    wanted = one.label.casefold()
    scored = [
        (SequenceMatcher(None, wanted, " ".join(x.text[:200].split()).casefold(), autojunk=False).ratio(), x)
        for x in paragraphs[:2000]
        if not is_blank(x.text)
    ]
    near = [x for score, x in sorted(scored, key=lambda pair: -pair[0])[:_MOST_NAMED] if score >= _NEAR]
    said = "; ".join(f'"{" ".join(x.text.split())[:60]}" ({places.of(x.element)})' for x in near)
    remedy = f"near it are: {said}" if near else "write it as it is printed in the body of the form"
    return Problem(f"{where}:{one.line}", f'the label "{one.label}" is not in the blank form', remedy)


def _out_of_order(
    asked: Sequence[LabelAsked],
    found: Sequence[dict[int, int]],
    where: str,
    paragraphs: Sequence[Paragraph],
    places: Places,
) -> Problem:
    """Return which label stands only before the label that the list has above it."""
    last = -1
    for number, spots in enumerate(found):
        after = [place for place in spots if place > last]
        if not after:
            one, spot = asked[number], places.of(paragraphs[max(spots)].element)
            what = f'the label "{one.label}" stands before the one above it in the list, or is that one: {spot}'
            return Problem(f"{where}:{one.line}", what, "list the labels in the order in which the form prints them")
        last = min(after)
    raise AssertionError("in order after all")
