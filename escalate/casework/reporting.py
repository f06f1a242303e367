"""Counting a report, and issuing one: frozen with its figures, so that it can be rendered again as it was.

Counting only reads. What was published before is read from the reports that were issued: they are the register.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from escalate.casework.published_days import (
    published_before,
    refuse_days_not_to_be_published,
    refuse_published_twice,
)
from escalate.casework.report_wanted import Wanted, group_asked, narrowed, scope_of
from escalate.core.policy import Policy, follow
from escalate.core.policy_items import Report as ReportAsked
from escalate.core.reports.groups import among
from escalate.core.reports.learning_lines import LINES, LearningLine, lines_table
from escalate.core.reports.periods import periods_before, year_ending_with
from escalate.core.reports.plain_report import plain_report, report_from_plain
from escalate.core.reports.report import Period, Report, Table
from escalate.core.reports.rule import Rule
from escalate.core.reports.tables import tables_of
from escalate.core.reports.unknown import unknown_of
from escalate.errors import CannotDecide, NotFound
from escalate.files.policies.kept_policy import policy_kept
from escalate.store import readers, reports_issued
from escalate.store.chain import canonical, text_digest
from escalate.store.report_rows import agencies_of, count, headline, not_known
from escalate.store.report_scope import Asked, asked_of

if TYPE_CHECKING:
    from escalate.casework.desk import Desk
    from escalate.core.events import ReportIssued

_REMOVED_SINCE = (
    "Words were removed from it on {on:%d/%m/%Y}, after it was issued: [removed] stands for them, and an earlier copy"
    " still holds them."
)

Publish = Callable[[Report, Sequence[Report], Rule, Mapping[str, frozenset[str]]], Report]
"""Makes the published edition of a report, given what was published before: `core.reports.publishing.published`."""


def report_for(database: Path, wanted: Wanted, today: date, publish: Publish | None = None) -> Report:
    """Return the report that was asked for, as counted now. Nothing is recorded.

    The published edition is rolled over the year that ends with the period, and made by `publish`.

    Raises:
        NotFound: no such policy, group, agency, theme or stage.
        CannotDecide: a part of the cases, or a day after today, is asked for where it cannot be.
    """
    with closing(readers.open_for_reading(database)) as con:
        con.execute("BEGIN")
        return _report(con, wanted, today, publish)[1]


def issue_report(desk: Desk, wanted: Wanted, publish: Publish | None = None) -> Report:
    """Count a report, record it for good under a number of its own, and return it as it is to be rendered.

    Raises:
        NotFound, CannotDecide: as for `report_for`.
    """
    from escalate.core.deciding import Decided
    from escalate.core.events import ReportIssued

    scribe = desk.scribe()
    # Counted while nobody else can write: what it says is what its anchor stands for.
    with desk.ledger.writing() as book, desk.reading() as con:
        policy, counted, lines = _report(con, wanted, desk.today, publish)
        this_year = [one for on, one in reports_issued.reports_issued(con) if on.year == desk.today.year]
        report = replace(
            counted,
            number=f"{policy.policy.prefix}-R{desk.today.year}-{len(this_year) + 1:03d}",
            anchor=book.anchor(),
            distribution=wanted.distribution if wanted.edition == "restricted" else (),
        )
        plain = plain_report(report)
        fact = ReportIssued(
            number=report.number,
            policy=policy.name,
            group=report.group,
            edition=report.edition,
            first_on=report.period.first,
            last_on=report.period.last,
            as_of=report.as_of,
            digest=text_digest(canonical(plain)),
            distribution=report.distribution,
            report=plain,
            lines=tuple(line.key for line in lines),
        )
        book.append(reports_issued.REPORTS, desk.new_events((Decided(fact=fact, on=desk.today),)), scribe)
    return report


def lines_to_choose(database: Path, wanted: Wanted, today: date) -> tuple[LearningLine, ...]:
    """Return the learning points of which a published report may tell those that somebody chooses.

    Raises:
        NotFound, CannotDecide: as for `report_for`.
    """
    with closing(readers.open_for_reading(database)) as con:
        con.execute("BEGIN")
        return _learning_told(con, _counting(con, wanted, today).question)


def issued_reports(database: Path) -> list[tuple[date, ReportIssued]]:
    """Return every report that was issued, with the day it was, the latest first."""
    with closing(readers.open_for_reading(database)) as con:
        return reports_issued.reports_issued(con)[::-1]


def issued_report(database: Path, number: str) -> Report:
    """Return a report as it was issued; where words were removed from it since, it says so and on which day.

    Raises:
        NotFound: none was issued under this number.
    """
    with closing(readers.open_for_reading(database)) as con:
        for _, fact in reports_issued.reports_issued(con):
            if fact.number.casefold() == number.strip().casefold():
                report, on = report_from_plain(fact.report), reports_issued.words_removed_on(con, fact.number)
                return replace(report, unknown=(*report.unknown, _REMOVED_SINCE.format(on=on))) if on else report
    raise NotFound("no report was issued under this number", remedy="`escalate report --list` shows them all")


@dataclass(frozen=True, slots=True)
class _Counting:
    """What is counted: under which policy, for which group, in which days; and what was published before."""

    policy: Policy
    asked: ReportAsked | None
    question: Asked
    period: Period
    before: tuple[Report, ...] = ()


def _counting(con: sqlite3.Connection, wanted: Wanted, today: date) -> _Counting:
    """Return what is counted; this connection then holds the record as of the day that was asked for."""
    as_of = wanted.as_of or today
    is_published = wanted.edition == "published"
    _refuse(wanted, as_of, today)
    name = reports_issued.policy_named(con, wanted.policy)
    policy = follow(policy_kept(reports_issued.policy_text_named(con, name), name))
    asked = group_asked(policy, wanted.group)
    scope = scope_of(con, wanted, policy, asked)
    period = year_ending_with(wanted.period) if is_published else wanted.period
    # The register is of today, whatever day the figures are of.
    before = published_before(reports_issued.reports_issued(con), policy, asked) if is_published else ()
    refuse_published_twice(before, asked.group if asked else "", period)
    if as_of < today:
        from escalate.casework.standing import stand_as_of_day

        stand_as_of_day(con, as_of)
    return _Counting(policy, asked, asked_of(con, scope, period, as_of.isoformat()), period, before)


def _report(
    con: sqlite3.Connection, wanted: Wanted, today: date, publish: Publish | None
) -> tuple[Policy, Report, tuple[LearningLine, ...]]:
    """Return the policy that governs, the report as counted, and the learning points whose words it tells."""
    what = _counting(con, wanted, today)
    policy, question, period, group = what.policy, what.question, what.period, what.asked.group if what.asked else ""
    is_published = wanted.edition == "published"
    earlier = () if is_published else periods_before(period)
    headlines = [
        (one.called, headline(con, replace(question, first=one.first.isoformat(), last=one.last.isoformat())))
        for one in earlier
    ]
    agencies = agencies_of(con, policy.name, period.last.isoformat()) if is_published else []
    lines = _lines(con, wanted, question)
    tables = tables_of(count(con, question, period), policy, headlines, agencies, is_published=is_published)
    report = Report(
        policy=f"{policy.policy.title}, edition {policy.policy.edition}",
        partnership=policy.policy.partnership,
        group=group,
        edition="restricted",
        period=period,
        as_of=date.fromisoformat(question.as_of),
        tables=(*tables, *_lines_tables(lines, wanted)),
        unknown=(
            *narrowed(con, wanted, policy),
            *unknown_of(not_known(con, question), policy, what.asked, period, date.fromisoformat(question.as_of)),
        ),
        distribution=wanted.distribution,
    )
    if is_published:
        if publish is None:
            raise ValueError("a published edition needs what makes it")
        rule = Rule(words=frozenset({LINES} if wanted.lines else ()))
        report = publish(report, what.before, rule, among(policy))
    return policy, report, lines


def _lines(con: sqlite3.Connection, wanted: Wanted, question: Asked) -> tuple[LearningLine, ...]:
    """Return the learning points whose words a report tells: all by day, or those chosen, as they were when chosen."""
    if not wanted.with_learning:
        return ()
    lines = _learning_told(con, question)
    if wanted.edition == "restricted":
        return lines
    chosen = wanted.lines or ()
    if not set(chosen) <= set(lines):
        raise CannotDecide(
            "a learning point that was chosen says something else by now, or is there no more",
            remedy="issue it again, and choose again",
            recorded="",
        )
    # By their words, which tell no order in which they came.
    return tuple(sorted(chosen, key=lambda line: (line.words.casefold(), line.key)))


def _learning_told(con: sqlite3.Connection, question: Asked) -> tuple[LearningLine, ...]:
    # It reads whole cases, which figures alone do not need.
    from escalate.casework.learning_told import learning_lines

    return learning_lines(con, question)


def _lines_tables(lines: Sequence[LearningLine], wanted: Wanted) -> tuple[Table, ...]:
    """Return the table of learning in words, if any; of one to be published, withheld before anything is chosen."""
    is_published = wanted.edition == "published"
    if not wanted.with_learning or (is_published and wanted.lines == ()):
        return ()
    return (lines_table(lines, is_published=is_published),)


def _refuse(wanted: Wanted, as_of: date, today: date) -> None:
    if as_of > today:
        raise CannotDecide("a report cannot say what will be recorded: that day has not come", recorded="")
    if wanted.edition == "published":
        if wanted.agency or wanted.theme or wanted.stage:
            raise CannotDecide(
                "a published report counts every case: what a part leaves out could be worked out from the whole",
                remedy="leave out --agency, --theme and --stage, or make it restricted",
                recorded="",
            )
        refuse_days_not_to_be_published(wanted.period, as_of)
