"""A report as one page for a browser: all in one file, nothing fetched, no script; it reads aloud and prints."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from escalate.core.reports.report import Report, Row, Table
from escalate.render.console import visible
from escalate.render.report_charts import as_svg, drawing_of
from escalate.render.report_words import (
    about,
    beneath,
    caption,
    figure_words,
    heading,
    how_to_read,
    imprint,
    marking,
    printed,
)

# What a browser may do with the page, should a name in it ever be taken for more than words: nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LOOKS = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1rem 2rem; max-width: 62rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; }
a { color: #0b4a8f; }
a:focus, [tabindex]:focus { outline: 3px solid #0b4a8f; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.marking { border: 2px solid #1a1a1a; padding: .4rem .8rem; margin: 1rem 0; font-weight: bold; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1.2rem; margin: 0; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border-bottom: 1px solid #767676; padding: .3rem .6rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #1a1a1a; vertical-align: bottom; }
tbody th { font-weight: normal; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
td.share { white-space: nowrap; }
tr.total th, tr.total td { font-weight: bold; border-top: 2px solid #1a1a1a; }
.notes { font-size: .9rem; margin: .3rem 0; padding-left: 1.2rem; }
figure { margin: 1rem 0; }
figure svg { width: 100%; max-width: 46rem; height: auto; display: block; }
figcaption { font-weight: bold; }
footer { margin-top: 2.5rem; border-top: 2px solid #1a1a1a; }
@media (max-width: 34rem) { dl { display: block; } dd { margin-bottom: .5rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  .wide { overflow: visible; }
  h2, section > p, caption, figcaption { break-after: avoid; }
  footer { break-before: avoid; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def page(report: Report) -> str:
    """Return the report as an HTML document: landmarks, headings, each chart with its captioned table beneath."""
    return "\n".join(_document(report)) + "\n"


def _document(report: Report) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    edition = report.edition.capitalize()
    yield f"<title>{_text(f'{edition}: {heading(report)}')}</title>"
    yield f"<style>{_LOOKS}{_on_each_sheet(report)}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#figures">Skip to the figures</a>'
    yield "<header>"
    yield f'<p class="marking">{_text(marking(report))}</p>'
    yield f"<h1>{_text(heading(report))}</h1>"
    yield "<dl>"
    for name, words in about(report):
        yield f"<dt>{_text(name)}</dt><dd>{_text(words)}</dd>"
    yield "</dl>"
    yield "</header>"
    yield from _contents(report)
    yield '<main id="figures">'
    yield from _sentences("What this report does not know", "unknown", report.unknown)
    yield from _sentences("How to read it", "reading", how_to_read(report))
    charts = 0
    for place, table in enumerate(printed(report), start=1):
        drawing = drawing_of(table)
        charts += drawing is not None
        yield f'<section aria-labelledby="heading-{place}">'
        yield f'<h2 id="heading-{place}">{place}. {_text(table.title)}</h2>'
        if table.says:
            yield f"<p>{_text(table.says)}</p>"
        if drawing:
            yield f"<figure>\n<figcaption>Figure {charts}. {_text(drawing.called)}, from table {place}</figcaption>"
            yield as_svg(drawing).rstrip()
            yield "</figure>"
        yield from _table(report, table, place)
        yield from _notes(beneath(report, table))
        yield "</section>"
    yield "</main>"
    yield f"<footer><p>{_text(imprint(report))}. {_text(marking(report))}.</p></footer>"
    yield "</body>"
    yield "</html>"


def _contents(report: Report) -> Iterator[str]:
    yield '<nav aria-labelledby="contents">'
    yield '<h2 id="contents">Contents</h2>'
    yield "<ul>"
    for place, table in enumerate(printed(report), start=1):
        yield f'<li><a href="#heading-{place}">{place}. {_text(table.title)}</a></li>'
    yield "</ul>"
    yield "</nav>"


def _sentences(title: str, name: str, sentences: tuple[str, ...]) -> Iterator[str]:
    if sentences:
        yield f'<section aria-labelledby="{name}">'
        yield f'<h2 id="{name}">{title}</h2>'
        yield f"<ul>{''.join(f'<li>{_text(sentence)}</li>' for sentence in sentences)}</ul>"
        yield "</section>"


def _table(report: Report, table: Table, place: int) -> Iterator[str]:
    if not table.rows:
        yield "<p>Nothing in this period.</p>"
        return
    # Reached by the keyboard, since on a narrow screen it scrolls sideways.
    yield f'<div class="wide" tabindex="0" role="region" aria-labelledby="caption-{place}">'
    yield "<table>"
    yield f'<caption id="caption-{place}">Table {place}. {_text(caption(report, table))}</caption>'
    heads = "".join(
        f'<th scope="col"{_class(unit)}>{_text(name)}</th>'
        for name, unit in zip(table.columns, table.units, strict=True)
    )
    yield f'<thead><tr><th scope="col">{_text(table.heads)}</th>{heads}</tr></thead>'
    yield "<tbody>"
    for row in table.rows:
        yield _row(table, row)
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _row(table: Table, row: Row) -> str:
    cells = "".join(
        f"<td{_class(unit)}>{_text(figure_words(figure))}</td>"
        for figure, unit in zip(row.figures, table.units, strict=True)
    )
    total = ' class="total"' if row.is_total else ""
    return f'<tr{total}><th scope="row">{_text(row.label)}</th>{cells}</tr>'


def _notes(lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f'<ul class="notes">{"".join(f"<li>{_text(line)}</li>" for line in lines)}</ul>'


def _class(unit: str) -> str:
    return {"words": "", "share": ' class="figure share"'}.get(unit, ' class="figure"')


def _on_each_sheet(report: Report) -> str:
    """Return what is printed in the margin of each sheet; the words are ours, and the number has letters and digits."""
    font = "font-family: Arial, sans-serif; font-size: 9pt;"
    left = "".join(letter for letter in imprint(report) if letter.isalnum() or letter in " ,-")
    return (
        "@page { size: A4; margin: 2cm 1.6cm;"
        f' @top-center {{ content: "{marking(report)}"; font-weight: bold; {font} }}'
        f' @bottom-left {{ content: "{left}"; {font} }}'
        f' @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {font} }} }}\n'
    )


def _text(words: str) -> str:
    return escape(visible(words))
