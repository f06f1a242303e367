"""The published edition of a report: numbers that tell of no one, or none.

What is withheld is said. A reader who put together everything that was ever published over the same days does not come
to a count of 1 to 4, nor close to one; a table that would let them is withheld whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from escalate.core.reports.adding_up import Count, Shape, found, true_counts
from escalate.core.reports.attacker import WITHHELD, Won, attacks, is_withheld
from escalate.core.reports.intervals import Range
from escalate.core.reports.report import Figure, Report, Row, Table, Unit, Untold
from escalate.core.reports.rule import Rule

_DEFAULT: Final = Rule()
_NO_OTHERS: Final[Mapping[str, frozenset[str]]] = {}
_OTHER_CUT: Final = 'Withheld: it divides the same cases as "{}" does otherwise, and only one such table is published.'
_WOULD_TELL: Final = "Withheld: with what else is published, a small number could be worked out from it."
_WORDS: Final = "Withheld: words are published only where they were chosen line by line."
_COUNTED: Final = re.compile(
    r"(?<!stage )(?<!level )(?<!step )(?<!tier )(?<!appendix )"
    r"(\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)|^(one|an?|no))\s+(\w+\s+){0,2}"
    r"(cases?|escalations?|forms?|child(ren)?|concerns?|entr(y|ies)|answers?|of (them|these))\b",
    re.IGNORECASE,
)


def published(
    report: Report,
    before: Sequence[Report] = (),
    rule: Rule = _DEFAULT,
    among: Mapping[str, frozenset[str]] = _NO_OTHERS,
) -> Report:
    """Return the published edition of a report.

    Counts of 0 to 7 are hidden and the others rounded to 5, totals too; shares and days are told only where what they
    rest on is. One cut is published. Words are not, except in the tables that the rule names; nor are changes, which
    are small numbers of their own. Sentences that count cases are left out, and the rule is said in their place.

    Args:
        report: the true figures, over the period to be published. Its lines are those of a fixed list, whether or not
            they had cases; what is not known is `Untold`, while no cases are a 0.
        before: what was published before, as it was issued, in any order.
        among: which groups' cases hold all those of a group, as `groups.among` says.
    """
    before = _that_overlap(report, before)
    cuts = [table for table in report.tables if table.is_cut]
    cut = next((table for table in cuts if table.id == rule.cut), cuts[0] if cuts else None)
    tables = []
    for table in report.tables:
        if cut and table.is_cut and table is not cut:
            tables.append(withheld(table, _OTHER_CUT.format(cut.title)))
        elif set(table.units) == {"words"} and table.id not in rule.words:
            tables.append(withheld(table, _WORDS))
        else:
            tables.append(_told(table, rule))
    told = replace(
        report,
        edition="published",
        tables=tuple(tables),
        unknown=(*rule.in_words(), *(sentence for sentence in report.unknown if not _COUNTED.search(sentence))),
        distribution=(),
    )
    left = {table.id for table in tables if not is_withheld(table)}
    shape = found([table for table in report.tables if table.id in left])
    return _until_nothing_is_won(told, before, rule, replace(shape, among=among))


def withheld(table: Table, why: str) -> Table:
    """Return a table of which nothing is told, not even its lines, and why."""
    figures = (Untold("–", WITHHELD),) * len(table.columns)
    return replace(table, rows=(Row("all lines", figures),), notes=(why,), chart="")


def _told(table: Table, rule: Rule) -> Table:
    """Return a table with each count hidden or rounded."""
    rows = [list(row.figures) for row in table.rows]
    for place, unit in enumerate(table.units):
        column = [row.figures[place] for row in table.rows]
        for row, figure in zip(rows, _column(column, unit, rule, chosen=table.id in rule.words), strict=True):
            row[place] = figure
    for told, true in zip(rows, table.rows, strict=True):
        if _are_all_unknown(true.figures):
            told[:] = true.figures
    return replace(
        table,
        rows=tuple(replace(row, figures=tuple(told)) for row, told in zip(table.rows, rows, strict=True)),
        notes=tuple(note for note in table.notes if not _COUNTED.search(note)),
    )


def _column(figures: Sequence[Figure], unit: Unit, rule: Rule, *, chosen: bool) -> list[Figure]:
    """Return what is published of one column."""
    if _are_all_unknown(figures):
        return list(figures)
    if unit == "words":
        return list(figures) if chosen else [Untold("–", "words are not published")] * len(figures)
    if any(isinstance(figure, int) and (figure < 0 or unit != "cases") for figure in figures):
        return [Untold("–", "not published")] * len(figures)
    return [rule.figure(figure) for figure in figures]


def _are_all_unknown(figures: Sequence[Figure]) -> bool:
    """Are all not known, for one reason? One alone in its line and column could stand for no cases."""
    return len(figures) > 1 and isinstance(figures[0], Untold) and len(set(figures)) == 1


def _that_overlap(report: Report, before: Sequence[Report]) -> list[Report]:
    """Return the reports of the same policy that share days with this one, or with one that does, oldest first."""
    first = min([report.period.first, *(r.period.first for r in before if _share_days(r, report))])
    last = max([report.period.last, *(r.period.last for r in before if _share_days(r, report))])
    near = [r for r in before if r.policy == report.policy and first <= r.period.last and r.period.first <= last]
    return sorted(near, key=lambda r: (r.period.last, r.period.first, r.as_of, r.group))


def _share_days(one: Report, other: Report) -> bool:
    return one.period.first <= other.period.last and other.period.first <= one.period.last


def _until_nothing_is_won(told: Report, before: Sequence[Report], rule: Rule, shape: Shape) -> Report:
    """Withhold the table that gives most away, and attack again, until nothing more is won than was before."""
    lost: dict[tuple[int, Count], Range] | None = None
    while left := [table for table in told.tables if not is_withheld(table)]:
        won = attacks([*before, told], rule, shape).won
        if won and lost is None:
            alone = attacks([*before, replace(told, tables=())], rule, shape).won
            lost = {(one.report, one.count): one.known for one in alone}
        new = [one for one in won if (lost or {}).get((one.report, one.count)) != one.known]
        if not new:
            break
        worst = _worst(left, new, shape)
        tables = [withheld(table, _WOULD_TELL) if table is worst else table for table in told.tables]
        told = replace(told, tables=tuple(tables))
    return told


def _worst(left: Sequence[Table], won: Sequence[Won], shape: Shape) -> Table:
    """Return the table in which most was won, the last of several; the last of all where it was won elsewhere."""
    at_stake = Counter(one.count._replace(group="") for one in won)
    given = [(sum(at_stake[name] for name in _names(table, shape)), place) for place, table in enumerate(left)]
    return left[max(given)[1]]


def _names(table: Table, shape: Shape) -> set[Count]:
    return {shape.name(count) for count in true_counts(table)} | {
        shape.name(count) for count in shape.same if count.table == table.id
    }
