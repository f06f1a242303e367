"""What an answer means as a person sees it: an empty control's prompt is no answer, a ticked box is its option.

What is left over beside the boxes, or beside a prompt, is somebody's words and is kept apart, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from escalate.core.forms.definition import FormField
from escalate.files.docx.label_fit import plain

# What an empty control shows: ours, Word's own in its editions, LibreOffice's.
EMPTY_SHOWS: Mapping[str, str] = {
    "text": "No entry. Click to type.",
    "choice": "No entry. Choose one.",
    "date": "No entry. Choose a date.",
    "sign": "Sign or type your name here.",
}
PROMPTS = (
    *EMPTY_SHOWS.values(),
    "Click or tap here to enter text.",
    "Click or tap to enter text.",
    "Click here to enter text.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
    "Choose an item.",
)
_LONG_PROMPTS = tuple(prompt for prompt in PROMPTS if len(prompt) > 20)
_SHOWN_EMPTY = frozenset(PROMPTS) | {"Choose an item", "Choose a date", "Click to insert text"}
_TICKS = "\u2611\u2612\u2713\u2714\u2705\u2717\u2718\U0001f5f8\U0001f5f9\U0001f5f7\u2327"
_BOX = re.compile(rf"[{_TICKS}\u2610\u25a1\u25a2\u2751\u2752\u25fb]|\[\s{{0,3}}[xX\u2713\u2714]?\s{{0,3}}\]")
_BETWEEN = " \t\n/|,;:-\u2013\ufe0f"


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer says, what stands beside it, and whether several boxes are ticked."""

    value: str
    beside: str = ""
    has_several: bool = False


def meaning(field: FormField, raw: str) -> Meant:
    """Return what the text in a field says.

    The flag that says "this is a prompt" survives real answers in LibreOffice, so only the words of a prompt count.
    """
    text = _without_prompt(field, raw)
    if field.kind not in ("choice", "choice or words") or not text.strip():
        return Meant(text)
    if _BOX.search(text):
        return _ticked(field, text) or Meant(text)
    same = [option for option in field.options if plain(option) == plain(text)]
    return Meant(same[0] if same else text)


def _without_prompt(field: FormField, text: str) -> str:
    if text.strip() in _SHOWN_EMPTY:
        return ""
    # A sentence of somebody's own may end in "choose an item."
    for prompt in PROMPTS if field.kind.startswith("choice") else _LONG_PROMPTS:
        words = text.strip()
        if words.startswith(prompt):
            return words.removeprefix(prompt).lstrip(" ")
        if words.endswith(prompt):
            return words.removesuffix(prompt).rstrip(" ")
    return text


def _ticked(field: FormField, text: str) -> Meant | None:
    """Return what boxes say, each with the words behind it, or before it where the first box comes behind words."""
    boxes = list(_BOX.finditer(text))
    before, after = text[: boxes[0].start()].strip(_BETWEEN), text[boxes[-1].end() :].strip(_BETWEEN)
    comes_first = not before or bool(after)
    starts = [box.end() for box in boxes] if comes_first else [0, *(box.end() for box in boxes[:-1])]
    ends = [*(box.start() for box in boxes[1:]), len(text)] if comes_first else [box.start() for box in boxes]
    ticked: list[str] = []
    beside = [before] if comes_first and before else [after] if not comes_first and after else []
    options = 0
    for box, start, end in zip(boxes, starts, ends, strict=True):
        option, left = _option(field, text[start:end].strip(_BETWEEN))
        options += bool(option)
        beside += [left] if left else []
        if box[0] in _TICKS or re.search(r"[xX\u2713\u2714]", box[0]):
            ticked.append(option)
    if not options and len(boxes) == 1 and "Yes" in field.options:
        return Meant("Yes" if ticked else "", "\n".join(beside))
    if not options:
        return None
    named = list(dict.fromkeys(option for option in ticked if option))
    return Meant(", ".join(named), "\n".join(beside), has_several=len(named) > 1)


def _option(field: FormField, words: str) -> tuple[str, str]:
    """Return which option the words by a box name and what is left of them; the words themselves where any will do."""
    for option in sorted(field.options, key=len, reverse=True):
        if found := re.match(rf"{re.escape(option)}(?!\w)", words, re.IGNORECASE):
            return option, words[found.end() :].strip(_BETWEEN)
    if field.kind == "choice or words" and not field.options:
        return words, ""
    return "", words
