"""Takes the answers that stand by a form's labels: behind one, under it, in the cells beside it, or in the row below.

Text outside tables is never the answer of a label inside one, and what stands further off than these places is left
for a person to place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from escalate.files.docx.label_fit import Printed, Range
from escalate.files.docx.labels import DATE_LIKE, Match
from escalate.files.docx.lines import Line
from escalate.files.docx.spans import Span, is_blank, without_blank_ends

# A line that two answers, or an answer and something printed, stand on together is no longer than this.
_SHARED_LINE = 2000
# Between a stage and its date people write a comma, a dash, "on".
_WORDS_BESIDE_DATE = re.compile(r"[\s,;/–-]*(?P<said>.*?)(?:[\s,;/–-]+(?:on|of|dated))?[\s,;/–-]*", re.DOTALL)


@dataclass(slots=True)
class ByLabels:
    """What labels tell: the answer of each field whose label was found, what is printed, and the row of each label."""

    answers: dict[str, list[Span]] = field(default_factory=dict)
    printed: list[Span] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Answer:
    """The answer of one label: what is in the label's own cell, and what is beside or below it."""

    match: Match
    own: list[Span]
    away: list[Span]


def answers_by_label(printed: Sequence[Printed], matches: Sequence[Match], lines: Sequence[Line]) -> ByLabels:
    """Return the answers beside the labels that were found, without guidance and without blank ends."""
    found = ByLabels()
    laid = {match.item for match in matches}
    beside = {match.line: match.fit.rest for match in matches if printed[match.item].kind == "guidance"}
    ends = [match for match in matches if printed[match.item].kind != "guidance"]
    for match in matches:
        found.printed += [(match.line, start, end) for start, end in match.fit.label]
        found.texts.append(printed[match.item].plain)
    answers: list[_Answer] = []
    for place, match in enumerate(ends):
        if printed[match.item].kind != "label":
            continue
        stop = ends[place + 1].line if place + 1 < len(ends) else len(lines)
        answer = _answer(match, lines, stop, beside)
        answers.append(answer)
        last = ends[place + 1].item if place + 1 < len(ends) else len(printed)
        lacking = [printed[item] for item in range(match.item + 1, last) if item not in laid]
        _cut_printed(lacking, answer, lines, found)
        cell = lines[match.line].cell
        found.rows[printed[match.item].field] = cell.row if cell else 0
    for group in _groups(answers, lines):
        found.printed += _share_out(group, printed, lines)
    for answer in answers:
        found.answers[printed[answer.match.item].field] = [*answer.own, *answer.away]
    found.answers = {name: without_blank_ends(lines, spans) for name, spans in found.answers.items()}
    return found


def _answer(match: Match, lines: Sequence[Line], stop: int, guidance: Mapping[int, tuple[Range, ...]]) -> _Answer:
    """Return the lines before `stop` that can be the answer of a label, of `guidance` only what it leaves."""
    label = lines[match.line]
    own = [(match.line, start, end) for start, end in match.fit.rest]
    if label.cell is None:
        below = [span for span in _lines_below(match.line, lines, stop) if span[0] not in guidance]
        return _Answer(match, own or below, [])
    depth, cell = len(label.cells) - 1, label.cell
    away: list[Span] = []
    rows_beside = {cell.row}
    row_below = 0
    for number in range(match.line + 1, stop):
        line = lines[number]
        if line.is_boxed or len(line.cells) <= depth or line.cells[depth].table != cell.table:
            break
        other = line.cells[depth]
        spans = [(number, start, end) for start, end in guidance.get(number, ((0, len(line.text)),))]
        if other.number == cell.number:
            own += spans
        elif other.continues and other.start == cell.start:
            # The label's cell is merged with the one below: what is beside that one is beside the label.
            rows_beside.add(other.row)
        elif other.row in rows_beside:
            away += spans
        elif not (away or row_below) and is_blank(lines, own):
            row_below = other.row
            away += spans
        elif other.row == row_below:
            away += spans
        else:
            break
    return _Answer(match, own, away)


def _lines_below(label: int, lines: Sequence[Line], stop: int) -> list[Span]:
    """Return the lines under a label outside tables, to the first blank one after words."""
    spans: list[Span] = []
    for number in range(label + 1, stop):
        line = lines[number]
        if line.cells or line.is_boxed or (not line.text.strip() and not is_blank(lines, spans)):
            break
        spans.append((number, 0, len(line.text)))
    return spans


def _cut_printed(between: Sequence[Printed], answer: _Answer, lines: Sequence[Line], found: ByLabels) -> None:
    """Cut out printed lines that share a line with an answer: guidance before it, "And" after it, another label."""
    for one in between:
        for spans in (answer.own, answer.away):
            for place, (number, start, end) in enumerate(spans):
                text = lines[number].text[start:end]
                cut = _place_of(one, text) if len(text) <= _SHARED_LINE else None
                if cut is None:
                    continue
                found.printed.append((number, start + cut[0], start + cut[1]))
                found.texts.append(one.plain)
                if one.kind == "label":
                    found.answers[one.field] = [(number, start + cut[1], end), *spans[place + 1 :]]
                    found.rows[one.field] = found.rows.get(one.field, 0)
                    spans[place:] = [(number, start, start + cut[0])]
                else:
                    pieces = [(number, start, start + cut[0]), (number, start + cut[1], end)]
                    spans[place : place + 1] = [(i, a, b) for i, a, b in pieces if a < b] or [(number, end, end)]
                break


def _place_of(one: Printed, text: str) -> tuple[int, int] | None:
    """Return where in a line of an answer another printed line stands, or None."""
    if one.kind == "guidance":
        head = one.pattern.match(text)
        return head.span() if head else None
    if one.kind == "fixed":
        tail = re.search(rf"(?:^|(?<=\S)\s+){re.escape(one.text.strip())}\s*:?\s*$", text)
        return tail.span() if tail else None
    stem = re.escape(one.text.rstrip(" :"))
    if one.is_bracket:
        middle = re.search(rf"\s{stem}\s*:?\s*", text, re.IGNORECASE)
    else:
        middle = re.search(rf"(?:(?<=\s)|(?<=[,;])){stem}\s*:\s*", text, re.IGNORECASE)
    return middle.span() if middle else None


def _groups(answers: Sequence[_Answer], lines: Sequence[Line]) -> Iterator[list[_Answer]]:
    """Yield labels that stand together in one cell and have their answers together in the cell beside it."""
    by_cell: dict[int, list[_Answer]] = {}
    for answer in answers:
        if cell := lines[answer.match.line].cell:
            by_cell.setdefault(cell.number, []).append(answer)
    for group in by_cell.values():
        if len(group) > 1 and all(is_blank(lines, one.own) for one in group) and group[-1].away:
            yield group


def _share_out(group: Sequence[_Answer], printed: Sequence[Printed], lines: Sequence[Line]) -> list[Span]:
    """Give each label of a group its part of the answers: by control, line by line, or a date to the label of a date.

    Returns what stood between two answers of one line, such as a comma.
    """
    between: list[Span] = []
    pool, names = group[-1].away, [printed[one.match.item].field for one in group]
    shares: dict[str, list[Span]] = {name: [] for name in names}
    dates = [printed[one.match.item].field for one in group if printed[one.match.item].is_date]
    filled = [span for span in pool if not is_blank(lines, [span])]
    if any(_owner(lines[span[0]], names) for span in pool):
        holder = names[0]
        for span in pool:
            holder = _owner(lines[span[0]], names) or holder
            shares[holder].append(span)
    elif len(filled) == len(names):
        for name, span in zip(names, filled, strict=True):
            shares[name] = [span]
    elif len(names) == 2 and len(dates) == 1:
        other = next(name for name in names if name not in dates)
        for number, start, end in filled:
            date = DATE_LIKE.search(lines[number].text[start:end]) if end - start <= _SHARED_LINE else None
            if date is None or shares[dates[0]]:
                shares[other].append((number, start, end))
                continue
            shares[dates[0]] = [(number, start + date.start(), start + date.end())]
            for piece in ((number, start, start + date.start()), (number, start + date.end(), end)):
                words = _WORDS_BESIDE_DATE.fullmatch(lines[number].text[piece[1] : piece[2]])
                if words and words["said"]:
                    begin, finish = words.span("said")
                    shares[other].append((number, piece[1] + begin, piece[1] + finish))
                between.append(piece)
    else:
        shares[names[0]] = filled
    for one, name in zip(group, names, strict=True):
        one.away = shares[name]
    return between


def _owner(line: Line, names: Sequence[str]) -> str:
    """Return whose control or bookmark a line is in, of these fields; "" where in none's."""
    return next((name for name in names if f"tag:{name}" in line.present or f"bookmark:{name}" in line.present), "")
