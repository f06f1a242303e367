"""Reads a form's answers by its labels and their order, when tags and bookmarks are gone.

The labels are laid along the paragraphs of the document's tables so that their order is kept and they fit best: a
label that stands several times ("Date") is told apart by its place, and an answer that reads like a label is not
taken for one while the real label is there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from escalate.core.form_definition import FormDefinition
from escalate.files.docx_text import Line

LABEL_STYLE = "FormLabel"
_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line the form prints: a field's label, or a fixed line (`field` empty)."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a printed line fits a paragraph, and what of the paragraph is left over as answer."""

    score: float
    rest: str = ""


def read_by_label(definition: FormDefinition, lines: Sequence[Line]) -> dict[str, str]:
    """Return the answers found by label, by field id; a field whose label was not found is left out.

    An answer runs to the next label or fixed line; empty paragraphs round it are not part of it.
    """
    printed = _printed_lines(definition)
    places = _align(printed, lines)
    found: dict[str, str] = {}
    starts = sorted(places)
    for position, start in enumerate(starts):
        index, fit = places[start]
        field = printed[index].field
        end = starts[position + 1] if position + 1 < len(starts) else _end_of_cell(lines, start)
        if field:
            found[field] = _without_blank_ends([fit.rest, *(line.text for line in lines[start + 1 : end])])
    return found


def _end_of_cell(lines: Sequence[Line], start: int) -> int:
    """Return where the last label's answer ends: with its own cell, or the next where its own holds nothing more."""
    cell = lines[start].cell
    alone = not any(line.cell == cell and line.text.strip() for line in lines[start + 1 :])
    last = cell + 1 if alone else cell
    return next((place for place in range(start + 1, len(lines)) if lines[place].cell > last), len(lines))


def _printed_lines(definition: FormDefinition) -> list[_Printed]:
    printed: list[_Printed] = []
    for field in definition.fields:
        printed += [_Printed(_plain(text), "") for text in field.fixed_before]
        printed.append(_Printed(_plain(field.label), field.id))
    return printed + [_Printed(_plain(text), "") for text in definition.fixed_after]


def _without_blank_ends(texts: list[str]) -> str:
    while texts and not texts[0].strip():
        texts = texts[1:]
    while texts and not texts[-1].strip():
        texts = texts[:-1]
    return "\n".join(texts)


def _align(printed: Sequence[_Printed], lines: Sequence[Line]) -> dict[int, tuple[int, _Fit]]:
    """Return for each paragraph that is a printed line which one it is, keeping the order, with the best total."""
    fits = [[_fit(one.text, line) for line in lines] for one in printed]
    best = [[0.0] * (len(lines) + 1) for _ in range(len(printed) + 1)]
    for i in range(len(printed) - 1, -1, -1):
        for j in range(len(lines) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            fit = fits[i][j]
            if fit is not None:
                best[i][j] = max(best[i][j], fit.score + best[i + 1][j + 1])
    places: dict[int, tuple[int, _Fit]] = {}
    i = j = 0
    while i < len(printed) and j < len(lines):
        fit = fits[i][j]
        if fit is not None and best[i][j] == fit.score + best[i + 1][j + 1]:
            places[j] = (i, fit)
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return places


def _fit(label: str, line: Line) -> _Fit | None:
    """Return how the printed line `label` (plain) fits the paragraph, or None where it does not."""
    if line.is_answer or not line.text.strip():
        return None
    extra = (1.0 if line.is_first_in_cell else 0.0) + (3.0 if line.style == LABEL_STYLE else 0.0)
    whole = _plain(line.text)
    if whole == label:
        return _Fit(5 + extra)
    if len(whole) <= len(label) + 12 and _is_alike(whole, label):
        return _Fit(3.5 + extra)
    head = re.match(_as_pattern(label), line.text, re.IGNORECASE)
    if head is None:
        return None
    rest = line.text[head.end() :]
    return _Fit((4 if ":" in head[0][-3:] else 2) + extra, rest.lstrip(" \t\n"))


def _is_alike(found: str, label: str) -> bool:
    without_brackets = re.sub(r"\s*\([^)]*\)", "", found)
    if without_brackets == label:
        return True
    # "label: value" is close to the label when the value is short: what follows must not be an answer.
    if found.startswith(label):
        return False
    return difflib.SequenceMatcher(None, found, label, autojunk=False).ratio() >= _ALIKE


def _as_pattern(label: str) -> str:
    words = [re.escape(word).replace("'", "['\u2018\u2019]") for word in label.split()]
    return r"\s*" + r"\s+".join(words) + r"(?:\s*:|(?=\s))[ \t]*"


def _plain(text: str) -> str:
    """Return the text as labels are compared: one case, one kind of space and apostrophe, no closing colon."""
    words = text.replace("\u2019", "'").replace("\u2018", "'").split()
    return " ".join(words).casefold().rstrip(" :")
