"""The charts of a report, drawn by matplotlib: the same bytes from the same figures, told apart without colour.

What is drawn is worked out first and plainly (`drawing_of`), so that the words beside a chart and the sheet behind it
say what the picture says. Only numbers are drawn: what is kept back or not known has its sign in place of a bar.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from escalate.core.reports.report import Days, Figure, Share, Table, Unit, Untold
from escalate.render.console import visible
from escalate.render.report_words import LEAST_FOR_MEDIAN, figure_words, number, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

MOST_SERIES, MOST_LINES = 4, 25
_WIDTH = 6.7  # inches: the text of an A4 page with margins of 2 cm
_LABEL = 30
# Dark on white first, then light with a dark edge; each with its own hatching, so that grey prints tell them apart.
_FILLS = (("#1f4e79", ""), ("#ffffff", "////"), ("#9dc3e6", ""), ("#ffffff", "...."))
_LINES = (("#1f4e79", "-", "o"), ("#8a3b12", "--", "s"), ("#2e6b34", ":", "^"), ("#4a4a4a", "-.", "D"))
_INK = "#1a1a1a"
# In points: the plot of a line chart between its axis and its top, and one number with the air above it.
_PLOT_HEIGHT, _LABEL_HEIGHT = 160, 11
_FONTS = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_AXES: dict[Unit, str] = {"cases": "cases", "share": "per cent", "working days": "working days, median", "days": "days"}


@dataclass(frozen=True, slots=True)
class Point:
    """One value as it is drawn, None where nothing is, and as it is written beside."""

    value: float | None
    written: str


@dataclass(frozen=True, slots=True)
class Series:
    """One column of a table as it is drawn."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart before it is drawn: the lines of a table, and the first columns of one unit."""

    id: str
    title: str
    sort: Literal["bars", "lines"]
    unit: Unit
    places: tuple[str, ...]
    series: tuple[Series, ...]
    left_out: int = 0

    @property
    def called(self) -> str:
        """Its title, and which part of the table it shows where that is not all of it."""
        many = len(self.places)
        return f"{self.title}: the first {many} of {many + self.left_out} lines" if self.left_out else self.title


def drawing_of(table: Table) -> Drawing | None:
    """Return what is drawn of a table, without its totals; None where it is not drawn or has no number to draw.

    What would not go on one page of paper is left out, and said so by what the chart is `called`.
    """
    every = [row for row in table.rows if not row.is_total]
    rows = every[:MOST_LINES]
    drawn = [place for place, unit in enumerate(table.units) if unit != "words"]
    if not table.chart or not rows or not drawn:
        return None
    unit = table.units[drawn[0]]
    columns = [place for place in drawn if table.units[place] == unit][:MOST_SERIES]
    series = tuple(Series(table.columns[place], tuple(_point(row.figures[place]) for row in rows)) for place in columns)
    if all(point.value is None for one in series for point in one.points):
        return None
    return Drawing(
        table.id, table.title, table.chart, unit, tuple(row.label for row in rows), series, len(every) - len(rows)
    )


def described(drawing: Drawing) -> str:
    """Return the chart in words, for whoever cannot see it: each line with its figures."""
    sort = "Bar chart" if drawing.sort == "bars" else "Line chart"
    said = []
    for place, label in enumerate(drawing.places):
        values = ", ".join(
            (f"{one.name} " if len(drawing.series) > 1 else "") + one.points[place].written for one in drawing.series
        )
        said.append(f"{label}: {values}")
    return visible(f"{sort} of {axis_of(drawing)}. {'; '.join(said)}.")


def as_svg(drawing: Drawing) -> str:
    """Return the chart as an SVG element to stand in a page: its words as words, titled, described, nothing fetched."""
    buffer = io.BytesIO()
    with _settings(drawing):
        _drawn(drawing).savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Type": None})
    return _for_a_page(buffer.getvalue().decode(), drawing)


def as_png(drawing: Drawing) -> bytes:
    """Return the chart as a picture for paper, 200 dots an inch, without a word of where or when it was made."""
    buffer = io.BytesIO()
    with _settings(drawing):
        _drawn(drawing).savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    return buffer.getvalue()


def _point(figure: Figure) -> Point:
    written = figure_words(figure)
    match figure:
        case Share(of=0) | Untold() | str():
            return Point(None, written)
        case Share() if not figure.is_near:
            return Point(None, written)
        case Days(of=of) if of < LEAST_FOR_MEDIAN:
            return Point(None, written)
        case Share(met=met, of=of):
            return Point(float(percent(met, of)), written)
        case Days(median=median):
            return Point(median, number(median))
    return Point(float(figure), written)


def axis_of(drawing: Drawing) -> str:
    """Return what the axis of the numbers says."""
    words = _AXES[drawing.unit]
    return words if len(drawing.series) > 1 else f"{drawing.series[0].name}, {words}"


def _settings(drawing: Drawing) -> Any:
    """Return matplotlib's settings for one chart: nothing taken from the machine, the font that matplotlib brings."""
    import matplotlib

    return matplotlib.rc_context(
        {
            **matplotlib.rcParamsDefault,
            "svg.hashsalt": drawing.id,
            "svg.fonttype": "none",
            "font.family": "DejaVu Sans",
            "font.size": 9,
            "text.color": _INK,
            "axes.labelcolor": _INK,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "hatch.linewidth": 0.8,
            "text.parse_math": False,
        }
    )


def _drawn(drawing: Drawing) -> Canvas:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    bars = len(drawing.places) * len(drawing.series)
    height = min(0.26 * bars, 6.5) + 1.1 if drawing.sort == "bars" else 3.2
    canvas = Canvas(figsize=(_WIDTH, height), layout="constrained")
    FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    (_bars if drawing.sort == "bars" else _lines)(axes, drawing)
    if len(drawing.series) > 1:
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, handlelength=2.6)
    return canvas


def _bars(axes: Any, drawing: Drawing) -> None:
    thick = 0.8 / len(drawing.series)
    most = max(point.value or 0.0 for one in drawing.series for point in one.points) or 1.0
    for place, (one, (fill, hatch)) in enumerate(zip(drawing.series, _FILLS, strict=False)):
        at = [line + (place - (len(drawing.series) - 1) / 2) * thick for line in range(len(drawing.places))]
        long = [point.value or 0.0 for point in one.points]
        axes.barh(at, long, thick, label=visible(one.name), color=fill, hatch=hatch, edgecolor=_INK, linewidth=0.7)
        for y, point in zip(at, one.points, strict=True):
            axes.text((point.value or 0.0) + most * 0.012, y, point.written, va="center", fontsize=8)
    axes.set_yticks(range(len(drawing.places)), [_wrapped(label) for label in drawing.places])
    axes.invert_yaxis()
    axes.set_xlim(0, max(most, 100) * 1.2 if drawing.unit == "share" else most * 1.2)
    if drawing.unit == "share":
        axes.set_xticks(range(0, 101, 20))
    else:
        _whole_numbers(axes.xaxis)
    axes.set_xlabel(visible(axis_of(drawing)))


def _lines(axes: Any, drawing: Drawing) -> None:
    nothing = float("nan")
    for one, (colour, dashes, marker) in zip(drawing.series, _LINES, strict=False):
        values = [nothing if point.value is None else point.value for point in one.points]
        axes.plot(
            range(len(values)), values, dashes, color=colour, marker=marker, markersize=6, label=visible(one.name)
        )
    most = max(point.value or 0.0 for one in drawing.series for point in one.points) or 1.0
    for place in range(len(drawing.places)):
        for point, colour, up in _beside([one.points[place] for one in drawing.series], _PLOT_HEIGHT / (most * 1.15)):
            axes.annotate(
                point.written,
                (place, 0),
                (6, up),
                xycoords=("data", "data"),
                textcoords="offset points",
                ha="left",
                va="center",
                fontsize=8,
                color=colour,
                zorder=3,
                bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
            )
        unknown = [one.points[place] for one in drawing.series if one.points[place].value is None]
        if unknown:
            signs = " ".join(dict.fromkeys(point.written for point in unknown))
            axes.annotate(signs, (place, 0), (0, 3), textcoords="offset points", ha="center")
    axes.set_xticks(range(len(drawing.places)), [_wrapped(label, 16) for label in drawing.places])
    axes.set_ylim(0, most * 1.15)
    axes.margins(x=0.08)
    axes.set_ylabel(visible(axis_of(drawing)))
    _whole_numbers(axes.yaxis)


def _beside(points: Sequence[Point], points_per_unit: float) -> list[tuple[Point, str, float]]:
    """Return the numbers of one place as (point, its line's colour, how high above the axis): none over another.

    Each stands beside its mark, or as little above that as the number below leaves free.
    """
    known = [
        (point.value, point, line[0]) for point, line in zip(points, _LINES, strict=False) if point.value is not None
    ]
    placed: list[tuple[Point, str, float]] = []
    free = 0.0
    for value, point, colour in sorted(known, key=lambda one: one[0]):
        up = max(value * points_per_unit, free)
        placed.append((point, colour, up))
        free = up + _LABEL_HEIGHT
    return placed


def _whole_numbers(axis: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=6, integer=True))


def _wrapped(label: str, width: int = _LABEL) -> str:
    lines = textwrap.wrap(visible(label), width) or [""]
    return "\n".join(lines if len(lines) < 3 else [lines[0], lines[1][: width - 1] + "…"])


_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_OPENING = re.compile(r"<svg\b[^>]*?viewBox=\"([^\"]+)\"[^>]*>", re.DOTALL)
_CLIPPED = re.compile(r'\s*clip-path="[^"]*"')
_STYLE = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_FONT = re.compile(r"'DejaVu Sans'|DejaVu Sans")


def _for_a_page(svg: str, drawing: Drawing) -> str:
    """Return matplotlib's file as an element: no addresses, no names that another chart of the page has too."""
    svg = _METADATA.sub("", _PROLOGUE.sub("", svg, count=1))
    svg = _STYLE.sub("", svg)
    svg = _CLIPPED.sub("", _FONT.sub(_FONTS, svg)).replace("xlink:href", "href").replace('id="matplotlib.', 'id="')
    prefix = re.sub(r"[^a-z0-9]+", "-", drawing.id.lower())
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'\bhref="#', f'href="#{prefix}-', svg)
    svg = svg.replace("url(#", f"url(#{prefix}-")
    title = escape(visible(drawing.called))
    labelled = f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
    return _OPENING.sub(
        lambda found: (
            f'<svg viewBox="{found[1]}" stroke-linejoin="round" {labelled}>\n'
            f' <title id="{prefix}-title">{title}</title>\n'
            f' <desc id="{prefix}-desc">{escape(described(drawing))}</desc>'
        ),
        svg,
        count=1,
    )
