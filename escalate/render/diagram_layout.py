"""Where the boxes and arrows of a flowchart stand on a page: the ladder in the middle, row under row.

To the left, immediate risk and the ways straight up, each in a lane of its own; to the right, other routes and what a
resolution brings. Pure numbers, in pixels from the top left corner.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from escalate.render.console import visible
from escalate.render.diagram import AWAY, CONCERN, RISK, Arrow, Box, Chart, Way
from escalate.render.diagram_text import wrapped

TITLE, WORDS = 15, 14
LINE, SPACE, PAD, MARGIN, GAP = 18, 4, 12, 20, 30
LEFT, RIGHT, TO_RIGHT = 215, 215, 44
ALONE, BESIDE, LANE = 360, 260, 16

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on the page, its words broken into lines: `title` first, then `lines`, each with how far down it stands."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    lines: tuple[tuple[float, str], ...]

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line through these points, with an arrow's head at its end where `has_head`."""

    points: tuple[Point, ...]
    look: Literal["solid", "dashed", "thick", "dotted"] = "solid"
    has_head: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """One line of words beside an arrow, from this point on."""

    at: Point
    words: str


@dataclass
class Page:
    """A flowchart laid out. `top` is where the drawing begins, below the heading."""

    width: float
    height: float = 0
    boxes: dict[str, Placed] = field(default_factory=dict)
    lines: list[Drawn] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def placed(box: Box, x: float, y: float, width: float) -> Placed:
    """Return the box with its words broken into lines, as high as they need."""
    title = tuple(wrapped(visible(box.title), width - 2 * PAD, TITLE, bold=True))
    down = float(PAD + LINE * len(title))
    lines: list[tuple[float, str]] = []
    for words in box.lines:
        down += SPACE
        for line in wrapped(visible(words), width - 2 * PAD, WORDS):
            lines.append((down, line))
            down += LINE
    return Placed(box, x, y, width, down + PAD - SPACE, title, tuple(lines))


def rows_of(chart: Chart) -> list[list[str]]:
    """Return the ladder's boxes row by row: each below everything that leads to it."""
    steps = [arrow for arrow in chart.arrows if arrow.kind in ("up", "ended") and arrow.start != CONCERN]
    depth = dict.fromkeys(chart.ladder, 0)
    for _ in chart.ladder:  # as often as the longest way can be; a ladder that turned in a circle would end too
        for arrow in steps:
            depth[arrow.end] = max(depth[arrow.end], min(depth[arrow.start] + 1, len(chart.ladder)))
    rows: list[list[str]] = [
        [name for name in chart.ladder if depth[name] == one] for one in sorted(set(depth.values()))
    ]
    return [_ordered(row, above, steps) for row, above in zip(rows, [[], *rows], strict=False)]


def _ordered(row: list[str], above: Sequence[str], steps: Sequence[Arrow]) -> list[str]:
    def place(name: str) -> float:
        over = [above.index(arrow.start) for arrow in steps if arrow.end == name and arrow.start in above]
        return sum(over) / len(over) if over else 0

    return sorted(row, key=place)


def lay_out(chart: Chart, top: float) -> Page:
    """Return where everything of a flowchart stands, the drawing beginning at `top`."""
    return _Layout(chart, top).page


class _Layout:
    """One laying out: first the rows in the middle, then what stands beside them, then the lines."""

    def __init__(self, chart: Chart, top: float) -> None:
        self.chart = chart
        self.rows = rows_of(chart)
        widest = max(len(row) for row in self.rows)
        self.middle_width = max(ALONE, widest * BESIDE + (widest - 1) * GAP)
        self.at_once = [arrow for arrow in chart.arrows if arrow.start == RISK]
        self.skipping = list(self._skipping())
        self.lanes = len(self.at_once) + len(chart.ways) + len(self.skipping)
        self.middle_x = MARGIN + LEFT + GAP + LANE * (self.lanes + 1)
        self.right_x = self.middle_x + self.middle_width + TO_RIGHT
        self.page = Page(self.right_x + RIGHT + MARGIN)
        self.boxes = self.page.boxes
        self.lane = 0
        y = self._place_top(top)
        self._place_rows(y)
        self._draw_steps()
        cursor = self.boxes[RISK].bottom + GAP
        for arrow in self.at_once:
            self._draw_at_once(arrow)
        for way in (*chart.ways, *self.skipping):
            cursor = self._draw_way(way, cursor, is_step=way not in chart.ways)
        foot = max(box.bottom for box in self.boxes.values()) + GAP
        if chart.elsewhere:
            self.boxes[AWAY] = placed(chart.box(AWAY), MARGIN, foot, self.page.width - 2 * MARGIN)
            foot = self.boxes[AWAY].bottom + GAP
        self.page.height = foot - GAP + MARGIN

    def _skipping(self) -> Iterator[Way]:
        """Yield the steps that pass a row over: drawn in a lane, for their line would cross a box."""
        row_of = {name: place for place, row in enumerate(self.rows) for name in row}
        for arrow in self.chart.arrows:
            if arrow.kind in ("up", "ended") and arrow.start in row_of and row_of[arrow.end] > row_of[arrow.start] + 1:
                titles = (self.chart.box(arrow.start).title, self.chart.box(arrow.end).title)
                yield Way((arrow.start,), arrow.end, "Next", (f"From {titles[0]} to {titles[1]}: {arrow.words}.",))

    def _place_top(self, top: float) -> float:
        centre = self.middle_x + self.middle_width / 2
        concern = placed(self.chart.box(CONCERN), centre - ALONE / 2, top, ALONE)
        risk = placed(self.chart.box(RISK), MARGIN, top, LEFT)
        self.boxes |= {CONCERN: concern, RISK: risk}
        self._line([(concern.x, concern.middle[1]), (risk.right, concern.middle[1])], "thick")
        bottom = concern.bottom
        if self.chart.elsewhere:
            said = f"For {', '.join(self.chart.elsewhere)}: see the foot."
            away = placed(Box("elsewhere", "away", "Not by this policy", (said,)), self.right_x, top, RIGHT)
            self.boxes["elsewhere"] = away
            self._line([(concern.right, concern.middle[1]), (away.x, concern.middle[1])], "dotted")
            bottom = max(bottom, away.bottom)
        return bottom + GAP

    def _place_rows(self, y: float) -> None:
        for row in self.rows:
            width = ALONE if len(row) == 1 else (self.middle_width - GAP * (len(row) - 1)) / len(row)
            x = self._row_begins(row, width)
            here = [placed(self.chart.box(name), x + n * (width + GAP), y, width) for n, name in enumerate(row)]
            resolved = self._resolved(row, y)
            height = max(box.height for box in (*here, *resolved))
            level = max(box.height for box in here)  # boxes side by side are as high as each other
            here = [dataclasses.replace(box, height=level) for box in here]
            for box in (*here, *resolved):
                self.boxes[box.box.id] = dataclasses.replace(box, y=box.y + (height - box.height) / 2)
            if resolved:
                self._draw_resolved(row, self.boxes[resolved[0].box.id])
            y += height + self._room_below(row, width)

    def _row_begins(self, row: Sequence[str], width: float) -> float:
        """Return the left end of a row: in the middle, or one box alone below what leads to it."""
        centres = [
            self.boxes[arrow.start].middle[0]
            for arrow in self.chart.arrows
            if arrow.end == row[0] and arrow.start in self.boxes
        ]
        spare = self.middle_width - width * len(row) - GAP * (len(row) - 1)
        if len(row) > 1 or not centres or self.rows[0] == row:
            return self.middle_x + spare / 2
        return min(max(sum(centres) / len(centres) - width / 2, self.middle_x), self.middle_x + spare)

    def _room_below(self, row: Sequence[str], width: float) -> float:
        lines = [len(self._words(arrow, width)) for arrow in self._steps_from(row)]
        return LINE * max(lines, default=0) + 2 * GAP

    def _steps_from(self, row: Sequence[str]) -> list[Arrow]:
        passing = {(way.starts[0], way.end) for way in self.skipping}
        steps = [arrow for arrow in self.chart.arrows if arrow.kind in ("up", "ended") and arrow.start in row]
        return [arrow for arrow in steps if (arrow.start, arrow.end) not in passing]

    def _words(self, arrow: Arrow, width: float) -> list[str]:
        return wrapped(visible(arrow.words), width / 2 - 16, WORDS) if arrow.words else []

    def _resolved(self, row: Sequence[str], y: float) -> list[Placed]:
        """Return the box of what a resolution brings at this row's stages: none where the row has only endings."""
        found = [
            self.chart.box(f"resolved{name}") for name in row if self.chart.box(name).kind in ("stage", "informal")
        ]
        if not found:
            return []
        many = len(found) > 1
        titles = {f"resolved{name}": self.chart.box(name).title for name in row}
        said = tuple(f"{titles[box.id]}: {line}" if many else line for box in found for line in box.lines)
        return [placed(Box(found[0].id, "resolved", "Resolved", said), self.right_x, y, RIGHT)]

    def _draw_resolved(self, row: Sequence[str], resolved: Placed) -> None:
        here = [self.boxes[name] for name in row]
        turn, level = self.right_x - TO_RIGHT / 2, resolved.middle[1]
        for box in (one for one in here if one.box.kind in ("stage", "informal")):
            if box is here[-1]:
                self._line([(box.right, level), (resolved.x, level)])
                continue
            x, below = box.right - PAD, box.bottom + LANE / 2
            self._line([(x, box.bottom), (x, below), (turn, below), (turn, level), (resolved.x, level)])

    def _draw_steps(self) -> None:
        first = self.boxes[self.rows[0][0]]
        concern = self.boxes[CONCERN]
        self._line(_elbow((concern.middle[0], concern.bottom), (first.middle[0], first.y)))
        for row in self.rows:
            for arrow in self._steps_from(row):
                start, end = self.boxes[arrow.start], self.boxes[arrow.end]
                self._line(_elbow((start.middle[0], start.bottom), (end.middle[0], end.y)))
                for place, words in enumerate(dict.fromkeys(self._words(arrow, start.width)), 1):
                    said = Said((start.middle[0] + 8, start.bottom + LANE + place * LINE - 4), words)
                    if said not in self.page.said:
                        self.page.said.append(said)

    def _next_lane(self) -> float:
        self.lane += 1
        return self.middle_x - LANE * self.lane

    def _draw_at_once(self, arrow: Arrow) -> None:
        x, risk, end = self._next_lane(), self.boxes[RISK], self.boxes[arrow.end]
        level = max(risk.bottom - PAD, self.boxes[CONCERN].bottom + LANE / 2 * self.lane)
        self._line([(risk.right, level), (x, level), (x, self._side(end)), (end.x, self._side(end))], "dashed")

    def _draw_way(self, way: Way, cursor: float, *, is_step: bool) -> float:
        if way.end not in self.boxes or not way.starts:
            return cursor
        x, end, starts = self._next_lane(), self.boxes[way.end], [self.boxes[name] for name in way.starts]
        look: Literal["solid", "dashed"] = "solid" if is_step else "dashed"
        note = placed(Box("note", "way", way.title, way.lines), MARGIN, max(cursor, starts[0].y), LEFT)
        self.boxes[f"way{self.lane}"] = note
        level, arrives = note.middle[1], self._side(end)
        sides = [self._side(start) for start in starts]
        first = max(range(len(starts)), key=lambda one: abs(sides[one] - arrives))
        for place, start in enumerate(starts):
            onward = [(x, arrives), (end.x, arrives)] if place == first else []  # one line from all, drawn once
            self._line([(start.x, sides[place]), (x, sides[place]), *onward], look, has_head=place == first)
        low, high = min(*sides, arrives), max(*sides, arrives)
        turn = min(max(level, low), high)
        self._line([(note.right, level), (x, level), *([(x, turn)] if turn != level else [])], look, has_head=False)
        return note.bottom + GAP / 2

    def _side(self, box: Placed) -> float:
        """Return at which height of a box's left side the present lane's line meets it: each lane at its own."""
        return box.y + box.height * self.lane / (self.lanes + 1)

    def _line(
        self,
        points: Sequence[Point],
        look: Literal["solid", "dashed", "thick", "dotted"] = "solid",
        *,
        has_head: bool = True,
    ) -> None:
        self.page.lines.append(Drawn(tuple(points), look, has_head))


def _elbow(start: Point, end: Point) -> list[Point]:
    """Return a way down that turns shortly above its end, or none where it need not turn."""
    if abs(start[0] - end[0]) < 1:
        return [start, (start[0], end[1])]
    turn = end[1] - GAP / 2
    return [start, (start[0], turn), (end[0], turn), end]
