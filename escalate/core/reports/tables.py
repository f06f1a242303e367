"""From what was counted to the tables of a report: how often, by whom, about what, how long, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from escalate.core.policy import Policy
from escalate.core.reports.counted import Counted, Headline, Line
from escalate.core.reports.need import LEVELS, OTHERWISE
from escalate.core.reports.open_tables import open_tables
from escalate.core.reports.periods import is_quarter
from escalate.core.reports.report import Row, Share, Table
from escalate.core.reports.time_tables import time_of, time_tables

NOT_ASKED = "not recorded"
_NEED = (*LEVELS, *(f"level {number}" for number in range(5, 0, -1)), OTHERWISE, NOT_ASKED)
_REOPENED = (
    "A case that was reopened counts as open all the while, and as resolved or withdrawn only on the day of its last"
    " end: what it had come to before it was reopened is left out."
)
_ADDING_UP = (
    "Open at the start, and what was raised, less what was resolved or withdrawn, are those open at the end; reopened"
    " is how often a case was, within them."
)
_SEVERAL = "A case counts in each of its lines: they do not add up to the number of cases."


def tables_of(
    counted: Counted,
    policy: Policy,
    earlier: Sequence[tuple[str, Headline]],
    agencies: Sequence[tuple[str, str, str]],
    *,
    is_published: bool = False,
) -> tuple[Table, ...]:
    """Return the tables of a report.

    Args:
        policy: with its followed readings put in (`core.policy.follow`).
        earlier: the periods to compare with, the oldest first; none for a published edition, or where there are none.
        agencies: those that have a line whether or not anything was counted for them: (sort, mark, name).
        is_published: leave out what only a restricted one tells: what adds up more, and single times.
    """
    if is_published:
        # Not known and none are told alike there: a line without a date would say that there is a case.
        counted = replace(counted, undated={})
    return (
        _overview(counted.headline, is_published=is_published),
        *_quarters(counted, earlier),
        _stages(counted, policy),
        *_cuts(counted, policy, agencies, is_fixed=is_published),
        *time_tables(counted, policy, is_published=is_published),
        *(() if is_published else open_tables(counted, policy)),
        *_what_came_of_it(counted, policy),
    )


def _overview(headline: Headline, *, is_published: bool) -> Table:
    start = () if is_published else (("open at the start of the period", headline.open_at_start),)
    adding = () if is_published else (_ADDING_UP,)
    lines: tuple[tuple[str, int], ...] = (
        *start,
        ("raised", headline.raised),
        ("received here", headline.received),
        ("resolved", headline.resolved),
        ("withdrawn", headline.withdrawn),
        ("reopened", headline.reopened),
        ("open at the end of the period", headline.open_at_end),
    )
    return Table(
        id="overview",
        title="Escalations in the period",
        heads="Escalations",
        columns=("number",),
        units=("cases",),
        rows=tuple(Row(label, (number,)) for label, number in lines),
        says="Each is counted in the period in which its day lies; linked cases are one escalation and count once.",
        notes=(
            "Received here: raised with the agency that keeps this record, or logged by the partnership from a form, on"
            " the day it came in.",
            _REOPENED,
            *adding,
        ),
    )


def _quarters(counted: Counted, earlier: Sequence[tuple[str, Headline]]) -> Iterator[Table]:
    if not earlier:
        return
    periods = (*earlier, (counted.period.called, counted.headline))
    are_quarters = is_quarter(counted.period)
    yield Table(
        id="quarters" if are_quarters else "years",
        title=f"Change against the four {'quarters' if are_quarters else 'years'} before",
        heads="Period",
        columns=("raised", "resolved", "withdrawn", "open at the end", "kept in time", "time to resolve"),
        units=("cases", "cases", "cases", "cases", "share", "working days"),
        rows=tuple(
            Row(
                called,
                (one.raised, one.resolved, one.withdrawn, one.open_at_end, Share(*one.in_time), time_of(one.days)),
            )
            for called, one in periods
        ),
        says="The last line is the period itself. Time to resolve is counted from the concern.",
        notes=(
            "Kept in time: the share of last days that were kept, of all clocks that bind, by the readings followed.",
        ),
        chart="lines" if are_quarters else "",
    )


def _stages(counted: Counted, policy: Policy) -> Table:
    return Table(
        id="stages",
        title=f"By {policy.policy.called}",
        heads=policy.policy.called.capitalize(),
        columns=("entered", "resolved there"),
        units=("cases", "cases"),
        rows=tuple(
            Row(stage.title, (counted.entered.get(stage.id, 0), counted.resolved_at.get(stage.id, 0)))
            for stage in policy.stage
        ),
        says=f"Cases by the {policy.policy.called} entered in the period, and by that at which they were resolved.",
        notes=("A case that entered several counts in each.",),
        chart="bars",
        is_cut=True,
    )


def _cuts(
    counted: Counted, policy: Policy, agencies: Sequence[tuple[str, str, str]], *, is_fixed: bool
) -> Iterator[Table]:
    for sort, title in (("raising", "By agency that raised it"), ("receiving", "By agency it was raised with")):
        lines = {mark: Line(label=label) for of, mark, label in agencies if of == sort} | dict(counted.lines[sort])
        rows = [_row(line) for line in sorted(lines.values(), key=lambda line: (-line.raised, line.label.casefold()))]
        if is_fixed:
            rows.sort(key=lambda row: row.label.casefold())
        is_one_each = sort == "raising"
        total = [_total(rows)] if is_one_each and rows else []
        yield _cut(sort, title, "Agency", (*rows, *total), notes=() if is_one_each else (_SEVERAL,))
    themes = dict(counted.lines["theme"])
    rows = [_row(themes.pop(one.id, Line(label="")), one.title) for one in policy.theme]
    rows += [_row(line) for line in themes.values()]
    yield _cut("theme", "By theme", "Theme", tuple(rows), notes=(_SEVERAL,))
    yield _needs(counted, is_fixed=is_fixed)


def _needs(counted: Counted, *, is_fixed: bool) -> Table:
    lines = dict(counted.lines["need"])
    headline = counted.headline
    lines[NOT_ASKED] = Line(
        label=NOT_ASKED,
        raised=headline.raised - sum(line.raised for line in lines.values()),
        resolved=headline.resolved - sum(line.resolved for line in lines.values()),
    )
    rows = [_row(lines.get(level, Line(label=level)), level) for level in _NEED if is_fixed or level in lines]
    return _cut(
        "need",
        "By level of need",
        "Level of need",
        (*rows, _total(rows)),
        notes=("As recorded for a form, or as the child's plan says; of several children, the highest.",),
    )


def _cut(id_: str, title: str, heads: str, rows: tuple[Row, ...], *, notes: tuple[str, ...]) -> Table:
    return Table(
        id=id_,
        title=title,
        heads=heads,
        columns=("raised", "resolved"),
        units=("cases", "cases"),
        rows=rows,
        says="Cases raised in the period, and cases resolved in it whenever they were raised.",
        notes=notes,
        chart="bars",
        is_cut=True,
    )


def _row(line: Line, label: str = "") -> Row:
    return Row(label or line.label, (line.raised, line.resolved))


def _total(rows: Sequence[Row]) -> Row:
    sums = (sum(figure for row in rows if isinstance(figure := row.figures[at], int)) for at in range(2))
    return Row("all", tuple(sums), is_total=True)


def _what_came_of_it(counted: Counted, policy: Policy) -> Iterator[Table]:
    titles = {form.form: form.title for form in policy.form}
    owed = {**dict.fromkeys(titles, (0, 0, 0)), **counted.forms}
    if owed:
        yield Table(
            id="forms",
            title="Forms owed and sent",
            heads="Form",
            columns=("owed", "sent", "not owed after all", "not sent yet"),
            units=("cases",) * 4,
            rows=tuple(
                Row(titles.get(form, form), (due, sent, fell, due - sent - fell))
                for form, (due, sent, fell) in owed.items()
            ),
            says="Forms that became owed in the period, each sending once, and what became of them since.",
        )
    yield _plain(
        "recurrences",
        "What came back",
        "Cases",
        (
            ("about a child of an earlier case", counted.same_child),
            ("between the same two agencies, about the same theme, within a year", counted.same_pair),
            ("reopened in the period", counted.headline.reopened),
        ),
        "Of the cases raised in the period; a child is the same by its id here, or by initials and day of birth.",
    )
    learning = counted.learning
    yield _plain(
        "learning",
        "Learning points",
        "What became of them",
        tuple((state, learning.get(key, 0)) for state, key in _LEARNING),
        "Points identified in the period, and where they stand now.",
    )
    responses = counted.responses
    made = counted.recommendations
    yield _plain(
        "recommendations",
        "Recommendations and answers",
        "Recorded in the period",
        (
            *((says, made.get(does, 0)) for does, says in _ENDINGS),
            *((f"answered by an agency: {answer}", responses.get(answer, 0)) for answer in _ANSWERS),
        ),
        "By whoever ends the ladder; each agency answers for itself.",
    )


_LEARNING = (("open", "open"), ("closed, with what changed", "closed"), ("dropped, with a reason", "dropped"))
_ENDINGS = (("recommends", "recommendations"), ("decides", "decisions"), ("mediates", "mediations"))
_ANSWERS = ("accepted", "accepted in part", "not accepted")


def _plain(id_: str, title: str, heads: str, lines: Sequence[tuple[str, int]], says: str) -> Table:
    return Table(
        id=id_,
        title=title,
        heads=heads,
        columns=("number",),
        units=("cases",),
        rows=tuple(Row(label, (number,)) for label, number in lines),
        says=says,
    )
