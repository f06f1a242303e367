"""What an interview shows before each prompt, read from the screen alone, as whoever sits there reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["choice", "yes-no", "text", "long", "date", "time", "check", "more", "stop", "draft", "again", "right"]

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>]|\][^\x07]*\x07)|\x08|\x07")
_OPTION = re.compile(r"  (\d+)  (.*)")
_NOTES = re.compile(r"  \((.*)\)")
_MAY_BE_LEFT = ("Enter: ", "Enter keeps", "change it, or type <")


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what it asks for; `question` is its text, "" where none is asked.

    `kind` is what can be typed; "again" is what is said of an answer that was not understood. `options` are labels by
    number. `may_be_left` says that Enter alone answers.
    """

    text: str
    kind: Kind
    question: str = ""
    options: dict[str, str] = field(default_factory=dict)
    notes: str = ""

    @property
    def is_question(self) -> bool:
        return self.kind in ("choice", "yes-no", "text", "long", "date", "time")

    @property
    def may_be_left(self) -> bool:
        return any(sign in self.notes for sign in _MAY_BE_LEFT)


def plain_text(raw: str) -> str:
    """Return what was written to a terminal as lines, without what moves its cursor."""
    return _ESCAPES.sub("", raw).replace("\r", "")


def read_page(raw: str) -> Page:
    """Return the page that stands before a prompt. `raw` is everything written since the last key, up to it."""
    text = plain_text(raw).rstrip("\n")
    last = text.rpartition("\n")[2]
    for sign, kind in _PAGES:
        if sign in last or (kind == "draft" and sign in text):
            return Page(text, kind, options=_listed(text) if kind in ("check", "more") else {})
    if "(type yes, or another" in text:
        return Page(text, "right")
    return _question(text)


_PAGES: tuple[tuple[str, Kind], ...] = (
    ("Enter records them.", "check"),
    ("Type a number, or Enter to return to your answers.", "more"),
    ("Nothing is kept. Press Enter to end here", "stop"),
    ("  forget it and begin again", "draft"),
)


def _listed(text: str) -> dict[str, str]:
    """Return the numbered lines of the page on which all answers stand, or of what else can be said."""
    return dict(re.findall(r"^ {1,3}(\d+)  (.*)$", text, re.MULTILINE))


def _question(text: str) -> Page:
    lines = text.split("\n")
    notes, options = "", {}
    while lines and (lines[-1].startswith("  ") or not lines[-1]):
        line = lines.pop()
        if found := _NOTES.fullmatch(line):
            notes = found[1]
        elif found := _OPTION.fullmatch(line):
            options[found[1]] = found[2]
    if not lines or not any(not line for line in lines):
        return Page(text, "again")  # a question stands under an empty line; what is said of an answer does not
    options = dict(reversed(options.items()))
    return Page(text, _kind(notes, has_options=bool(options)), lines[-1], options, notes)


def _kind(notes: str, *, has_options: bool) -> Kind:
    if "finish with" in notes:
        return "long"
    if "yes or no" in notes:
        return "yes-no"
    if "write day, month" in notes:
        return "date"
    if "16:40" in notes:
        return "time"
    if has_options and "or write a name" not in notes:
        return "choice"
    return "text"
