"""A flowchart as one SVG file that needs nothing beside it: black on white, so that it prints anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from escalate.render.console import visible
from escalate.render.diagram import Arrow, Chart
from escalate.render.diagram_layout import LINE, MARGIN, PAD, TITLE, WORDS, Drawn, Page, Placed, Point, lay_out
from escalate.render.diagram_text import wrapped

HEADING, HEAD, BASE = 20, 9, 11
_LOOKS = {
    "solid": 'stroke-width="1.5"',
    "dashed": 'stroke-width="1.5" stroke-dasharray="7 4"',
    "thick": 'stroke-width="3"',
    "dotted": 'stroke-width="1.5" stroke-dasharray="2 4"',
}
_EDGES = {
    "concern": (1.5, 18, ""),
    "risk": (4, 0, ""),
    "away": (1, 0, ' stroke-dasharray="2 3"'),
    "stage": (2, 0, ""),
    "informal": (2, 16, ""),
    "resolved": (1, 16, ""),
    "ending": (2, 0, ""),
    "way": (1.5, 0, ' stroke-dasharray="7 4"'),
}
KEY = "Solid line: step by step. Dashed line: straight up. Dotted: not by this policy. Thick: immediate risk."


def as_svg(chart: Chart) -> str:
    """Return the flowchart as a standalone SVG: titled and described for screen readers, no script, font or image."""
    width = lay_out(chart, 0).width - 2 * MARGIN
    title = wrapped(visible(chart.title), width, HEADING, bold=True)
    edition = [*wrapped(visible(chart.edition), width, WORDS), *wrapped(KEY, width, WORDS)]
    top = MARGIN + len(title) * 26 + len(edition) * LINE + MARGIN
    return "\n".join(_document(chart, lay_out(chart, top), title, edition)) + "\n"


def _document(chart: Chart, page: Page, title: list[str], edition: list[str]) -> Iterator[str]:
    size = f'width="{page.width:.0f}" height="{page.height:.0f}" viewBox="0 0 {page.width:.0f} {page.height:.0f}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc"'
        f' font-family="Arial, Helvetica, \'Liberation Sans\', sans-serif" font-size="{WORDS}">'
    )
    yield f'<title id="title">{_text(f"Flowchart: {chart.title}")}</title>'
    yield f'<desc id="desc">{_text(" ".join(described(chart)))}</desc>'
    yield f'<rect width="{page.width:.0f}" height="{page.height:.0f}" fill="#ffffff"/>'
    y = float(MARGIN)
    for line in title:
        y += 26
        yield _words((MARGIN, y - 6), line, HEADING, bold=True)
    for line in edition:
        y += LINE
        yield _words((MARGIN, y), line)
    for drawn in page.lines:
        yield from _line(drawn)
    for box in page.boxes.values():
        yield from _box(box)
    for said in page.said:
        yield _words(said.at, said.words)
    yield "</svg>"


def _line(drawn: Drawn) -> Iterator[str]:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn.points)
    yield f'<polyline points="{points}" fill="none" stroke="#000000" {_LOOKS[drawn.look]}/>'
    if drawn.has_head:
        head = " ".join(f"{x:.1f},{y:.1f}" for x, y in _head(drawn.points[-2], drawn.points[-1]))
        yield f'<polygon points="{head}" fill="#000000"/>'


def _head(before: Point, end: Point) -> tuple[Point, Point, Point]:
    x, y = end
    if abs(before[0] - x) > abs(before[1] - y):
        back = x - HEAD if before[0] < x else x + HEAD
        return end, (back, y - HEAD / 2), (back, y + HEAD / 2)
    return end, (x - HEAD / 2, y - HEAD), (x + HEAD / 2, y - HEAD)


def _box(box: Placed) -> Iterator[str]:
    stroke, corner, dashes = _EDGES[box.box.kind]
    shape = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{corner}"'
    yield f'<rect {shape} fill="#ffffff" stroke="#000000" stroke-width="{stroke}"{dashes}/>'
    if box.box.kind == "ending":
        inner = f'x="{box.x + 4:.1f}" y="{box.y + 4:.1f}" width="{box.width - 8:.1f}" height="{box.height - 8:.1f}"'
        yield f'<rect {inner} fill="none" stroke="#000000" stroke-width="1"/>'
    for place, line in enumerate(box.title):
        yield _words((box.x + PAD, box.y + PAD + LINE * place + BASE), line, TITLE, bold=True)
    for down, line in box.lines:
        yield _words((box.x + PAD, box.y + down + BASE), line)


def _words(at: Point, words: str, size: int = WORDS, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size}"{weight} fill="#000000">{_text(words)}</text>'


def _text(words: str) -> str:
    return escape(visible(words), quote=True)


def described(chart: Chart) -> Iterator[str]:
    """Yield the flowchart in sentences, for whoever cannot see it: each box, then where it leads."""
    leads: dict[str, list[Arrow]] = {}
    for arrow in chart.arrows:
        leads.setdefault(arrow.start, []).append(arrow)
    for box in chart.boxes:
        said = " ".join((box.title.rstrip(".") + ".", *box.lines))
        onward = [f"{arrow.words or 'then'}, to: {chart.box(arrow.end).title}" for arrow in leads.get(box.id, ())]
        yield f"{said} {'; '.join(onward)}." if onward else said
    for way in chart.ways:
        yield f"{way.title}. {' '.join(way.lines)}"
