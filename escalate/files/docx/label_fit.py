"""How well a printed line of a form fits a line of a document, and what of that line is left over as an answer.

People retype labels, add or drop a bracket, a number or a colon, and write their answer behind the label, under it, or
between "Between" and "(Agency)". Words that somebody put into a label are neither label nor answer: they are left over.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from escalate.core.forms.shortened import mark_of, shortened
from escalate.files.docx.lines import Line

LABEL_STYLE = "FormLabel"
PrintedKind = Literal["label", "fixed", "guidance"]
Range = tuple[int, int]
_ALIKE = 0.9
_ALIKE_SCORE = 3.5
_WORDS_ALIKE = 0.75
_QUOTES = str.maketrans("\u2018\u2019\u201a\u201b`\u00b4\u201c\u201d\u201e", "''''''\"\"\"")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_FOLD = _QUOTES | str.maketrans(dict.fromkeys(_DASHES, "-"))
_BRACKET = re.compile(r"\s*\([^()]*\)")
_END_BRACKET = re.compile(r"\s*(\([^()]*\))$")
_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]?\s+(?=\w)")
_ADDED_BRACKET = re.compile(r"(\s*)(\([^()]*\))\s*:[ \t]*")
# A line with a label, an answer and a bracket of the label's on it is no longer than this.
_LINE_LENGTH = 2000
# Comparing two texts letter by letter is dear: a hostile document may not ask for it without end.
_COMPARED_LIMIT = 4000


def plain(text: str) -> str:
    """Return the text as labels are compared: one case, one kind of space, quote and dash, no closing colon or dot."""
    return " ".join(text.translate(_FOLD).casefold().split()).rstrip(" :.")


def marked(mark: str) -> str:
    """Return what a shortened line is compared as: its mark, in a way that no text compared as labels are can read."""
    return f"\n#{mark}"


def plain_or_mark(entry: str) -> str:
    """Return what a printed line of a definition is compared as, whether it stands there whole or shortened."""
    found = shortened(entry)
    return marked(found.mark) if found else plain(entry)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a printed line fits: the ranges of the line's characters that it is, and those it leaves as answer."""

    score: float
    label: tuple[Range, ...]
    rest: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing a printed line, and its scores: as the whole line, before a colon, before a space."""

    plain: str
    pattern: re.Pattern[str]
    whole: float
    colon: float
    space: float


class Printed:
    """A line that the form prints: a field's label, guidance beside an answer, or a fixed line between fields."""

    def __init__(self, text: str, kind: PrintedKind, field: str = "", *, is_date: bool = False) -> None:
        self.text = text
        self.plain = plain_or_mark(text)
        self.kind = kind
        self.field = field
        self.is_date = is_date
        self.pattern = _pattern(text)
        # A line that the definition has shortened is found by its mark, and only whole.
        self._shortened = shortened(text)
        # Nothing but a bracket, which people also write behind their answer.
        self.is_bracket = self.plain.startswith("(") and self.plain.endswith(")")
        self._forms = tuple(_forms(text, kind))
        self._words = frozenset(self.plain.split())
        ends = _END_BRACKET.search(text.strip(" :"))
        self._around = _around(text, ends) if ends and kind == "label" else None

    def fit(self, line: Line, found: str, comparing: Comparing) -> Fit | None:
        """Return how this fits a line whose `plain` is `found`, or None where it does not."""
        fit = self._fit(line.text, found, comparing) if found and self.plain else None
        if fit is None:
            return None
        extra = 0.15 * min(8, len(self._words)) - (0.5 if self.kind == "guidance" else 0)
        extra += (1.0 if line.is_first_in_cell else 0) + (3.0 if line.style == LABEL_STYLE else 0)
        return Fit(fit.score + extra - (0 if line.cells else 2), fit.label, fit.rest)

    def _fit(self, text: str, found: str, comparing: Comparing) -> Fit | None:
        if self._shortened is not None:
            begins = found.startswith(plain(self._shortened.words))
            return Fit(5, ((0, len(text)),)) if begins and mark_of(found) == self._shortened.mark else None
        best: Fit | None = None
        for form in self._forms:
            fit = _fit_form(form, text, found)
            if fit is not None and (best is None or fit.score > best.score):
                best = fit
        if len(text) > _LINE_LENGTH:
            return best
        if (best is None or best.score < 2) and self._around is not None and (around := self._around.fullmatch(text)):
            answers = (around.span("between"), around.span("after"))
            return Fit(
                2, (around.span("head"), around.span("bracket")), tuple(one for one in answers if one[0] < one[1])
            )
        if best is None and self.is_bracket and found.endswith(self.plain):
            place = next((one for one in self.pattern.finditer(text)), None)
            return Fit(1.5, (place.span(),), ((0, place.start()), (place.end(), len(text)))) if place else None
        if (best is None or best.score <= _ALIKE_SCORE) and self._is_alike(found, comparing):
            return Fit(_ALIKE_SCORE, tuple(_familiar(text, self.plain.split())))
        return best

    def _is_alike(self, found: str, comparing: Comparing) -> bool:
        # "label: value" is close to the label when the value is short: what follows must not be an answer.
        if found[0] not in self.plain[:3] or len(found) > len(self.plain) + 40 or found.startswith(self.plain):
            return False
        if "(" in found and plain(_BRACKET.sub("", found)) == self.plain:
            return True
        # "Stage of Escalation: 3" is the label "Stage of Escalation: 2 or 3" with its answer, and no slip of the pen.
        if abs(len(found) - len(self.plain)) > (2 if ":" in self.plain else 12):
            return False
        shared = len(self._words & set(found.split()))
        if len(self._words) > 4 and 2 * shared < len(self._words) - 1:
            return False
        return comparing.is_alike(found.replace(" ", ""), self.plain.replace(" ", ""))


class Comparing:
    """Compares texts letter by letter, so often and no more."""

    def __init__(self) -> None:
        self._left = _COMPARED_LIMIT

    def is_alike(self, one: str, other: str) -> bool:
        self._left -= 1
        if self._left < 0:
            return False
        matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
        return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _fit_form(form: _Form, text: str, found: str) -> Fit | None:
    if found == form.plain:
        return Fit(form.whole, ((0, len(text)),))
    if not found.startswith(form.plain):
        return None
    head = form.pattern.match(text)
    if head is None:
        return None
    end = head.end()
    added = _ADDED_BRACKET.match(text, end)
    if added is not None and added.end(2) < len(text.rstrip()):
        return Fit(form.colon - 0.5, ((0, end),), ((added.end(), len(text)),))
    rest = text[end:]
    if _BRACKET.fullmatch(rest.rstrip(" :")) and form.whole >= 4:
        return Fit(3.5, ((0, end),))
    separated = ":" in head[0][-3:] or "\t" in rest[: len(rest) - len(rest.lstrip())]
    score = form.colon if separated else form.space
    if not separated and rest.lstrip()[:1].islower():
        score -= 1
    return Fit(score, ((0, end),), ((end + len(rest) - len(rest.lstrip()), len(text)),))


def _forms(text: str, kind: PrintedKind) -> Iterator[_Form]:
    yield _Form(plain(text), _pattern(text), 5, 4, 2)
    if kind != "label":
        return
    short = _END_BRACKET.sub("", text.strip(" :"))
    if short and plain(short) != plain(text):
        yield _Form(plain(short), _pattern(short), 4, 3, 1)
    unnumbered = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else ""
    if unnumbered:
        yield _Form(plain(unnumbered), _pattern(unnumbered), 4, 3, 1)
    stem, _, options = text.rstrip(" :").partition(":")
    if options.strip():
        yield _Form(plain(stem), _pattern(stem), 2.5, 2.5, 0.5)


def _pattern(text: str) -> re.Pattern[str]:
    """Return what matches a printed line at the start of a text, with the colon or dash after it."""
    return re.compile(rf"\s*{_words(text.rstrip(' :'))}(?:\s*:|\s+[{_DASHES}](?=\s)|(?=\s|$))[ \t]*", re.IGNORECASE)


def _words(text: str) -> str:
    words = []
    for word in text.split():
        escaped = re.escape(word.translate(_FOLD))
        escaped = escaped.replace("'", "['\u2018\u2019\u201a\u201b`\u00b4]").replace('"', '["\u201c\u201d\u201e]')
        words.append(escaped.replace("\\-", f"[{_DASHES}]"))
    return r"\s+".join(words)


def _around(text: str, ends: re.Match[str]) -> re.Pattern[str] | None:
    head = text.strip(" :")[: ends.start()]
    if not head.strip():
        return None
    return re.compile(
        rf"(?P<head>\s*{_words(head)}:?\s+)(?P<between>\S.*?)(?P<bracket>\s*{_words(ends[1])}\s*:?\s*)(?P<after>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def _familiar(text: str, words: Sequence[str]) -> Iterator[Range]:
    """Yield where the words of a retyped label are, two run together included; others are somebody's own."""
    known = {*words, *(one + other for one, other in itertools.pairwise(words))}
    for word in re.finditer(r"\S+", text):
        found = plain(word[0])
        if (
            not found
            or found in known
            or any(
                difflib.SequenceMatcher(None, found, one, autojunk=False).ratio() >= _WORDS_ALIKE
                for one in known
                if abs(len(one) - len(found)) < 4
            )
        ):
            yield word.span()
