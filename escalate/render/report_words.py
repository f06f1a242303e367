"""The words of a report, the same on the screen, on paper, in a sheet and on a page."""

from __future__ import annotations

from collections.abc import Iterator

from escalate.core.forms.dates import format_form_date
from escalate.core.reports.report import Days, Figure, Report, Share, Table, Untold
from escalate.core.reports.rule import Rule
from escalate.core.reports.time_tables import GUIDE
from escalate.render.days import format_day

TITLE = "Professional disagreements and escalation"
LEAST_FOR_PERCENT = 10
LEAST_FOR_MEDIAN = 5

_SMALL = Rule().fewer_than
_WITHHELD = "Withheld: "
RESTRICTED = "RESTRICTED"
PUBLISHED = "PUBLISHED EDITION"


def figure_words(figure: Figure) -> str:
    """Return a figure as it is read; a percentage and a 90th percentile only of ten cases or more, a median of five.

    Example:
        >>> [figure_words(one) for one in (12, Share(9, 12), Share(3, 4), Share(0, 0), Share(15, 20, rounded_to=5))]
        ['12', '9 of 12 (75%)', '3 of 4', 'no cases', '15 of 20']
        >>> [figure_words(one) for one in (Days(4.5, 11, 10), Days(4.5, 11, 9), Days(22, 22, 1))]
        ['median 4.5, 90% within 11 (10)', 'median 4.5 (9)', 'too few (1)']
    """
    match figure:
        case Share(met=_, of=0):
            return "no cases"
        case Share(met=met, of=of):
            return f"{met} of {of}" + (f" ({percent(met, of)}%)" if has_percent(figure) else "")
        case Days(of=of) if of < LEAST_FOR_MEDIAN:
            return f"too few ({of})"
        case Days(median=median, ninetieth=ninetieth, of=of):
            within = f", 90% within {number(ninetieth)}" if of >= LEAST_FOR_PERCENT else ""
            return f"median {number(median)}{within} ({of})"
        case Untold(sign=sign):
            return sign
    return str(figure)


def has_percent(share: Share) -> bool:
    """Return whether a share is told as a percentage too: it is of enough cases, and rounding has not moved it far."""
    return share.of >= LEAST_FOR_PERCENT and share.is_near


def printed(report: Report) -> tuple[Table, ...]:
    """Return the tables that are shown: of a published report none without a figure, which `how_to_read` names."""
    return tuple(table for table in report.tables if report.edition != "published" or not _is_all_hidden(table))


def _why_hidden(table: Table) -> str:
    return next((n.removeprefix(_WITHHELD) for n in table.notes if n.startswith(_WITHHELD)), "every figure is hidden.")


def _is_all_hidden(table: Table) -> bool:
    return bool(table.rows) and all(isinstance(figure, Untold) for row in table.rows for figure in row.figures)


def number(value: float) -> str:
    """Return a number without an empty decimal: 4 for 4.0."""
    return str(int(value)) if value == int(value) else str(value)


def percent(met: int, of: int) -> int:
    """Return a share of a hundred, halves rounded up."""
    return (200 * met + of) // (2 * of)


def marking(report: Report) -> str:
    """Return what stands on every page: for whom the report is.

    Until a published one is issued, nothing knows of it that must know what was published before the next.
    """
    if report.edition == "published":
        return PUBLISHED if report.number else f"{PUBLISHED}, NOT ISSUED: not to be given to anybody yet"
    return f"{RESTRICTED}: only for those on its distribution list"


def imprint(report: Report) -> str:
    """Return by what one issue is known from another: its number and the head of the record; or that it is none.

    Example:
        >>> from datetime import date
        >>> from escalate.core.reports.report import Period
        >>> period = Period(date(2026, 1, 1), date(2026, 3, 31), "January to March 2026")
        >>> imprint(Report(policy="", partnership="", group="", edition="restricted", period=period,
        ...     as_of=date(2026, 4, 15), tables=(), number="KSCP-R2026-003", anchor="L17-c38e-1b5c-ab80-28dc"))
        'Report KSCP-R2026-003, L17-c38e-1b5c-ab80-28dc'
    """
    if not report.number:
        return "Draft, not issued"
    return f"Report {report.number}" + (f", {report.anchor}" if report.anchor else "")


def heading(report: Report) -> str:
    """Return the report's title with its period."""
    return f"{TITLE}, {report.period.called}"


def about(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the title block, line by line: what each says and its words."""
    lines = [
        ("Partnership", report.partnership),
        ("Policy", report.policy),
        ("For", report.group),
        ("Period", _period(report)),
        ("Counted", f"from what was recorded by the end of {format_day(report.as_of)}"),
        ("Edition", edition_words(report)),
        ("Issue", imprint(report)),
    ]
    if report.edition == "restricted":
        lines.append(("Distribution", "; ".join(report.distribution) or "nobody is named yet"))
    return tuple((name, words) for name, words in lines if words)


def edition_words(report: Report) -> str:
    """Return which edition it is and what may be done with it."""
    if report.edition == "published":
        may = "may be given to anybody" if report.number else "may be given to anybody once it is issued"
        return f"Published: {may}. Small numbers are not shown."
    return "Restricted: small numbers are shown and may tell of a child. Not to be passed on or published."


def caption(report: Report, table: Table) -> str:
    """Return a table's caption without its number: what it is about, and over which days."""
    return f"{table.title}, {report.period.called}"


def beneath(report: Report, table: Table) -> tuple[str, ...]:
    """Return what stands under a table: its notes, what each sign means, whether numbers are small, the clause."""
    said = list(table.notes)
    said += [f"{sign} stands for: {why}." for sign, why in _signs(table)]
    if report.edition == "restricted" and has_small_numbers(table):
        said.append(f"Holds numbers below {_SMALL}: not to be passed on.")
    if table.clause:
        said.append(f"Asked for by the policy: {table.clause}.")
    return tuple(dict.fromkeys(said))


def has_small_numbers(table: Table) -> bool:
    """Whether a count in the table is so small that it may tell of one family; none is not."""
    return any(0 < count < _SMALL for row in table.rows for figure in row.figures for count in _counts(figure))


def how_to_read(report: Report) -> tuple[str, ...]:
    """Return what must be known to read the figures that this report has, a sentence each."""
    figures = [figure for table in printed(report) for row in table.rows for figure in row.figures]
    said = []
    hidden: dict[str, list[str]] = {}
    for table in report.tables:
        if table not in printed(report):
            hidden.setdefault(_why_hidden(table), []).append(table.title)
    said += [f"{_WITHHELD}{'; '.join(titles)}: {why}" for why, titles in hidden.items()]
    if any(isinstance(figure, Days) for figure in figures):
        said.append(
            "Days are working days. The median is the middle case; nine cases in ten took no longer than the second"
            " number. The number in brackets says how many cases were measured: a median is given of"
            f" {LEAST_FOR_MEDIAN} or more, the second number of {LEAST_FOR_PERCENT} or more."
        )
    if any(isinstance(figure, Share) for figure in figures):
        said.append(f"A percentage is given where it is a share of {LEAST_FOR_PERCENT} or more.")
    if any(isinstance(figure, Share) and figure.rounded_to > 1 for figure in figures):
        said.append(
            "Percentages are of the rounded counts, and given only where rounding cannot have moved them by more than"
            " 5 points."
        )
    if any(row.label.endswith(GUIDE) for table in report.tables for row in table.rows):
        said.append(f"What is marked {GUIDE} does not bind: to go past its last day is not to break the policy.")
    return tuple(said)


def base_name(report: Report) -> str:
    """Return the name of its files, without an ending: no person's name, and another for each issue.

    Example:
        >>> from datetime import date
        >>> from escalate.core.reports.report import Period
        >>> period = Period(date(2026, 1, 1), date(2026, 3, 31), "January to March 2026")
        >>> base_name(Report(policy="", partnership="", group="", edition="published", period=period,
        ...     as_of=date(2026, 4, 15), tables=(), number="KSCP-R2026-003"))
        'KSCP-R2026-003-published-2026-01-01-to-2026-03-31'
    """
    issue = "".join(letter for letter in report.number if letter.isascii() and (letter.isalnum() or letter == "-"))
    return f"{issue or 'draft'}-{report.edition}-{report.period.first}-to-{report.period.last}"


def _period(report: Report) -> str:
    days = f"{format_form_date(report.period.first)} to {format_form_date(report.period.last)}"
    return days if report.period.called == days else f"{report.period.called} ({days}, both days included)"


def _signs(table: Table) -> Iterator[tuple[str, str]]:
    seen: dict[tuple[str, str], None] = {}
    for row in table.rows:
        for figure in row.figures:
            if isinstance(figure, Untold):
                seen.setdefault((figure.sign, figure.why.rstrip(".")))
    yield from seen


def _counts(figure: Figure) -> tuple[int, ...]:
    match figure:
        case Share(met=met, of=of):
            return met, of - met, of
        case Days(of=of):
            return (of,)
        case int():
            return (figure,)
    return ()
