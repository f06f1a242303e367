"""Tells what a form prints by itself from what somebody typed: headings, instructions, the footer, marks of the issue.

A printed line counts as such only as a whole, and as often as the form prints it: with one word more it is somebody's.
The same holds of a line that the definition has shortened to its first words and a mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from escalate.core import references
from escalate.core.forms.definition import NOT_OFFICIAL, FormDefinition
from escalate.core.forms.issue import NO_ADDRESS
from escalate.core.forms.shortened import mark_of, shortened
from escalate.files.docx.choices import PROMPTS
from escalate.files.docx.label_fit import marked, plain, plain_or_mark
from escalate.files.docx.lines import Line
from escalate.files.docx.parts import DocxPart
from escalate.files.docx.spans import Claims, Span

_ANCHOR = r"L\d+(?:-[0-9a-f]{4})+"
_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_PAGES = re.compile(r"(?<!\S)Page\s+\d+\s+of\s+\d+(?!\S)")
_RETURN = "Return:"
_REPLACES = re.compile(
    rf"\s*This replaces issue\s+[\w-]+\s+of\s+{_DAY}\.\s*(?:Nothing in it is new\.|New in it:\s*(?P<new>.*?)\.)?\s*"
)
_OF_A_STAGE = re.compile(r"\s*\([^()]{1,40}\)$")
_MARK_LENGTH = 4000
_ADDRESS_ENDS = re.compile(rf"(?:@[\w.-]+|\)|\d|{NO_ADDRESS})$")
_SINCE_WHEN = re.compile(r" \((?:as printed in the policy|confirmed \d\d/\d\d/\d{4})\)$")
_RETURN_TO = re.compile(r"\{\{\s*issue\.return_to\s*\}\}")
_PROMPTS_PLAIN = frozenset(plain(prompt) for prompt in PROMPTS)
_EXPRESSION = re.compile(r"\{[{%#].*?[}%#]\}")


@dataclass(frozen=True, slots=True)
class PrintedTexts:
    """The lines a form prints, compared as labels are (`docx_label_fit.plain`), with how often in the text itself.

    `anywhere` are those of headers and footers, which a program may repeat. `issue` is the issue the document's own
    properties name, `returning` are the whole lines that say where it goes. `marks` are those of shortened lines, each
    with the words it begins with.
    """

    in_text: Mapping[str, int]
    anywhere: frozenset[str]
    labels: frozenset[str]
    issue: str = ""
    returning: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)

    def known_as(self, text: str) -> str:
        """Return what a line, compared as labels are, stands as here: its mark where it is shortened, else itself."""
        return _known_as(text, self.marks)


def printed_texts(
    definition: FormDefinition, parts: Sequence[DocxPart], template: Sequence[DocxPart], known: Sequence[str]
) -> PrintedTexts:
    """Return what this form prints: by its definition and, where `template` has parts, by its Word template.

    Args:
        parts: the document's own.
        known: the issue that its properties name, then the addresses it may be returned to, where they are known.
    """
    entries = list(_own_texts(definition))
    own = Counter(plain_or_mark(text) for text in entries)
    marks = {one.mark: plain(one.words) for text in entries if (one := shortened(text)) is not None}
    laid: Counter[str] = Counter()
    aside: set[str] = set()
    for part in template:
        texts = [_known_as(plain(text), marks) for text in _static(part.lines)]
        if part.is_body:
            laid.update(texts)
        else:
            aside.update(texts)
    columns = (column for table in definition.tables for column in table.columns)
    labels = [field.label for field in (*definition.fields, *columns)]
    short = {plain(label) for label in labels} | {plain(label.partition(" (")[0]) for label in labels}
    returning = frozenset(_returning(parts, template, known[1:]))
    return PrintedTexts(own | laid, frozenset(aside - {""}), frozenset(short), known[0], returning, marks)


def _known_as(text: str, marks: Mapping[str, str]) -> str:
    if not text.startswith(tuple(marks.values())):
        return text
    mark = mark_of(text)
    return marked(mark) if mark in marks and text.startswith(marks[mark]) else text


def _returning(parts: Sequence[DocxPart], template: Sequence[DocxPart], known: Sequence[str]) -> Iterator[str]:
    """Yield the lines that say where the form goes, which nobody but the form can have said.

    An address that is known counts whole, whenever it was confirmed, and so does that none was known. Where no address
    is, one that stands in several places says the same in at least two of them; so what somebody wrote into one shows.
    A single one that ends as addresses do is then taken as printed.
    """
    texts = [line.text for part in template for line in part.lines if _RETURN_TO.search(line.text)]
    before = {_RETURN, *(_RETURN_TO.split(text)[0].strip() for text in texts)} - {""}
    patterns = [re.compile(rf"\s*{re.escape(words)}\s*(?P<to>.*?)\s*", re.DOTALL) for words in sorted(before)]
    found: dict[str, list[str]] = {}
    for part in parts:
        for line in part.lines:
            said = line.text if len(line.text) <= _MARK_LENGTH else ""
            match = next((one for pattern in patterns if (one := pattern.fullmatch(said))), None)
            if match and (part.is_aside or not match[0].lstrip().startswith(_RETURN)):
                found.setdefault(plain(match["to"]), []).append(line.text)
    addresses = {_SINCE_WHEN.sub("", plain(one)) for one in (*known, NO_ADDRESS)}
    for address, lines in found.items():
        is_known = _SINCE_WHEN.sub("", address) in addresses
        if is_known or (not known and (len(lines) > 1 or (len(found) == 1 and _ADDRESS_ENDS.search(address)))):
            yield from lines


def _own_texts(definition: FormDefinition) -> Iterator[str]:
    yield from (definition.title, definition.partnership, NOT_OFFICIAL)
    yield from (*definition.printed, *definition.fixed_after)
    for one in (*definition.fields, *(column for table in definition.tables for column in table.columns)):
        yield from (one.label, *one.fixed_before, *one.guidance)
    yield from (table.title for table in definition.tables)


def _static(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if not _EXPRESSION.search(line.text):
            yield line.text
        elif any(segment.in_control for segment in line.segments):
            # A label and its control in one paragraph.
            yield "".join(segment.text for segment in line.segments if not segment.in_control)
    by_paragraph: dict[int, list[str]] = {}
    for line in lines:
        by_paragraph.setdefault(line.paragraph, []).append(line.text)
    yield from (" ".join(texts) for texts in by_paragraph.values() if len(texts) > 1)


def take_printed(part: DocxPart, claims: Claims, printed: PrintedTexts, already: Counter[str]) -> None:
    """Claim in one part of a document what the form prints, of what nothing else has claimed.

    Args:
        already: how often each line was found as a label or heading; what is claimed here is added to it.
    """
    lines = part.lines
    paragraphs: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        claims.take(_marks_of_the_issue(number, line, printed))
        if claims.has_left(number):
            paragraphs.setdefault(line.paragraph, []).append(number)
    for numbers in paragraphs.values():
        whole = " ".join(lines[number].text for number in numbers) if len(numbers) < 20 else ""
        whole = printed.known_as(plain(whole))
        groups = [numbers] if _is_printed(whole, printed, already, part) else [[number] for number in numbers]
        for group in groups:
            text = printed.known_as(plain(" ".join(lines[number].text for number in group)))
            if text and _is_printed(text, printed, already, part):
                already[text] += 1
                claims.take((number, 0, len(lines[number].text)) for number in group)


def _is_printed(text: str, printed: PrintedTexts, already: Counter[str], part: DocxPart) -> bool:
    if text in _PROMPTS_PLAIN:
        return True
    if part.is_aside and (text in printed.anywhere or text in printed.in_text):
        return True
    return already[text] < printed.in_text.get(text, 0)


def _marks_of_the_issue(number: int, line: Line, printed: PrintedTexts) -> Iterator[Span]:
    """Yield what says which issue of which case this is, whose pages these are and where it goes."""
    text = line.text if len(line.text) <= _MARK_LENGTH else ""
    issue = re.escape(printed.issue) if printed.issue else r"[\w-]*"
    marks = rf"(?<!\S)Ref:\s*(?:{references.SHAPE}|blank)?\s*·\s*issue\s*{issue}\s*·\s*(?:{_ANCHOR})?(?!\S)"
    yield from ((number, *found.span()) for found in re.finditer(marks, text))
    yield from ((number, *found.span()) for found in _PAGES.finditer(text))
    if text in printed.returning and not line.is_answer:
        yield (number, 0, len(text))
    replaces = None if line.is_answer else _REPLACES.fullmatch(text)
    if replaces:
        new = [_OF_A_STAGE.sub("", one.strip()) for one in (replaces["new"] or "").split(";")]
        known = all(plain(one) in printed.labels for one in new if one)
        yield (number, 0, len(text) if known else replaces.start("new"))
